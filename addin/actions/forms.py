"""`taizhang forms`: official tables from a workbook, print-ready, each with its balance and the way back to persons."""

import argparse
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from addin.actions.common import AS_OF, DISCLOSURE, JSON_OUT, disclosed, noting_disclosure, open_case, write_json
from addin.desk import Desk
from addin.disclosing import PUBLIC, Masking
from addin.forms.card_sheet import lay_out_cards
from addin.forms.cards import PAGES_A_FILE, in_files
from addin.forms.charts import NAME, charts
from addin.forms.cross_checks import TITLES, CrossResult, cross_check, load_cross_checks
from addin.forms.evidence import evidence_lines, failed_lines
from addin.forms.filled import FilledForm
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from addin.forms.sheet import CONFIDENTIAL
from addin.forms.spec import Form, FormError
from addin.forms.table_sheet import lay_out_table
from addin.hosts.chart_writer import write_charts
from addin.hosts.form_writer import write_form
from addin.hosts.pdf import NoPdf, make_pdfs
from addin.hosts.plain_sheet import write_plain
from addin.installing.desk_facts import fonts_here
from addin.installing.diagnosis import lacking_fonts
from addin.layout import BOOK_TITLES
from addin.problem import CannotUse, WrongUsage
from addin.registry import FOUND_ERRORS, OK, action, argument
from validators.collecting import collecting_paused
from validators.rule import Case
from validators.wording import nearest

OPERATION = "出表"

FOLDER = "表册"
"""Where forms go unless told otherwise: a folder beside the workbook."""

CROSS = "表间校核"
"""The workbook with the results of holding forms against each other."""

_STATUS = {"confirmed": "栏目与原表一致", "derived": "栏目为推定"}


@action(
    "forms",
    label="出表",
    tip="从台账或汇总生成官方表册，可直接打印；表内关系逐项核对，不平衡的印“草稿”并附校核表。",
    arguments=(
        argument("file", metavar="工作簿", nargs="?", type=Path, help="支部台账或党委汇总（.xlsx 或 .xlsm）"),
        argument("--form", metavar="表名", nargs="+", action="extend", default=[], help="只出这些表；不写则全部"),
        argument("-o", "--output", metavar="文件夹", type=Path, help=f"放表册的文件夹，默认在工作簿旁边的“{FOLDER}”"),
        argument("--pdf", action="store_true", help="同时出 PDF（要装有 LibreOffice）"),
        AS_OF,
        *DISCLOSURE,
        argument("--forms-dir", metavar="文件夹", type=Path, help="自己的表样文件夹；同名的表以它为准"),
        argument("--charts", action="store_true", help="另出一页图表（状态、流向、失联等）"),
        argument("--list", action="store_true", help="列出能出的表，不生成文件"),
        JSON_OUT,
    ),
)
def forms(args: argparse.Namespace, desk: Desk) -> int:
    """Write the forms; exit code 1 when some relation does not hold. Raises CannotUse."""
    known = known_forms(args.forms_dir)
    if args.list:
        return _show_list(known, args.json, desk)
    if args.file is None:
        raise WrongUsage("还缺：工作簿。写法见：taizhang forms --help")
    case = open_case(args, desk)
    wanted = chosen(known, args.form, case)
    disclosed_as = disclosed(args, case.policy)
    if disclosed_as.grade == PUBLIC:
        wanted = without_persons(wanted, are_named=bool(args.form))
    folder = args.output or args.file.parent / FOLDER
    judge = Judge(case)
    too_long = pages_beyond(judge, wanted)
    if not args.form:
        wanted = [form for form in wanted if form.name not in too_long]
    in_full = (
        () if args.mask or disclosed_as.masking != "usual" else [form.name for form in wanted if form.needs_numbers]
    )
    what = f"{OPERATION} {len(wanted)} 张" + (f"（{'、'.join(in_full)}按表样要完整号码，没有遮）" if in_full else "")
    with noting_disclosure(args.file, disclosed_as, what, folder, desk):
        filled = write_forms(judge, wanted, folder, desk, masking=disclosed_as.masking, in_full=in_full)
    crossed = write_cross_checks(judge, filled, folder)
    if args.charts:
        _write_charts(judge, folder, desk)
    if args.json is not None:
        write_json(args.json, {**forms_json(case, filled), "too_many_pages": dict(too_long)})
    if args.pdf:
        _make_pdfs(filled, folder, desk)
    for line in (*summary(filled, folder), *told_beyond(too_long, are_made=bool(args.form)), *cross_summary(crossed)):
        desk.say(line)
    is_wrong = any(one.is_draft for one in filled) or not all(one.holds for one in crossed)
    return FOUND_ERRORS if is_wrong else OK


def known_forms(own: Path | None = None) -> Mapping[str, Form]:
    """The forms at hand. Raises CannotUse for a form file that cannot be used."""
    try:
        return load_forms(own)
    except FormError as problem:
        raise CannotUse(str(problem)) from None


def chosen(known: Mapping[str, Form], names: Sequence[str], case: Case) -> list[Form]:
    """The forms asked for, by name or number; without names all of the workbook's level. Raises CannotUse."""
    kind = case.book.kind
    if not names:
        return [form for form in known.values() if kind in form.levels]
    by_number = {form.number: form for form in reversed(list(known.values())) if form.number}
    found = []
    for name in names:
        form = known.get(name) or by_number.get(name)
        if form is None:
            near = nearest(name, list(known))
            hint = f"您是否指“{near}”？" if near else ""
            raise CannotUse(f"没有“{name}”这张表。{hint}全部表名见：taizhang forms --list")
        if kind not in form.levels:
            levels = "、".join(BOOK_TITLES[level] for level in form.levels)
            raise CannotUse(f"“{form.name}”要从{levels}出，“{case.book.file}”是{BOOK_TITLES[kind]}。")
        found.append(form)
    return list(dict.fromkeys(found))


def without_persons(wanted: Sequence[Form], *, are_named: bool) -> list[Form]:
    """Those forms that name nobody: no list of persons is made for posting up (R-SEC-NAMELIST). Raises CannotUse."""
    nominal = next((form for form in wanted if form.kind != "count"), None)
    if are_named and nominal is not None:
        raise CannotUse(
            f"“{nominal.name}”逐人列名，不能公示：排查数据不向社会公布。请只选汇总表，或改用 --for 内部、--for 上级。"
        )
    return [form for form in wanted if form.kind == "count"]


def pages_beyond(judge: Judge, wanted: Sequence[Form]) -> Mapping[str, int]:
    """The forms with a page for each person that have more pages than go into one file, with how many."""
    pages = {
        form.name: len(judge.evidence(form.population, form.scope).persons) for form in wanted if form.kind == "card"
    }
    return {name: number for name, number in pages.items() if number > PAGES_A_FILE}


def told_beyond(pages: Mapping[str, int], *, are_made: bool) -> list[str]:
    """What became of the forms with too many pages, and what to do."""
    if not pages:
        return []
    named = "、".join(f"{name}（{number} 页）" for name, number in pages.items())
    if are_made:
        return [f"{named}每 {PAGES_A_FILE} 页存为一个文件，文件名写着第几页到第几页。"]
    how = f"请由各支部台账出，或用 --form 加表名单出（每 {PAGES_A_FILE} 页一个文件）。"
    return [f"一人一页、超过 {PAGES_A_FILE} 页的没有随全部表出：{named}。{how}"]


def write_forms(
    judge: Judge,
    wanted: Sequence[Form],
    folder: Path,
    desk: Desk,
    *,
    masking: Masking = "",
    in_full: Collection[str] = (),
) -> list[FilledForm]:
    """Fill and write each form to ``folder``, those named in ``in_full`` with full numbers. Raises OSError."""
    made = f"{desk.now():%Y-%m-%d %H:%M}"
    with collecting_paused():
        return [
            write_one(judge, form, folder, made, masking="" if form.name in in_full else masking)
            for form in desk.progress(wanted, "出表", len(wanted))
        ]


def write_one(judge: Judge, form: Form, folder: Path, made: str, *, masking: Masking = "") -> FilledForm:
    """Fill one form and write it to ``folder``; ``made`` is the time of making as printed. Raises OSError."""
    filled = fill_form(form, judge.case, judge, masking=masking)
    for name, part in in_files(filled):
        printed = (lay_out_cards if form.kind == "card" else lay_out_table)(part, judge.case, made)
        # What is posted up must not carry the names behind its numbers along on a hidden sheet.
        lines = [] if masking == "strong" else list(evidence_lines(printed, judge.case, judge))
        write_form(folder / f"{name}.xlsx", printed, lines, failed_lines(printed))
    return filled


def write_cross_checks(judge: Judge, filled: Sequence[FilledForm], folder: Path) -> list[CrossResult]:
    """Hold the forms against each other; what came out stands in a workbook of its own when there is any."""
    try:
        results = cross_check(load_cross_checks(), filled, judge)
    except FormError as problem:
        raise CannotUse(str(problem)) from None
    if results:
        write_plain(folder / f"{CROSS}.xlsx", CROSS, TITLES, [one.line() for one in results])
    return results


def cross_summary(crossed: Sequence[CrossResult]) -> list[str]:
    """The checks between forms in words; only those that do not hold are named."""
    wrong = [one for one in crossed if not one.holds]
    if not crossed:
        return []
    lines = [f"表间校核 {len(crossed)} 项，{f'{len(wrong)} 项不一致' if wrong else '全部一致'}（见“{CROSS}.xlsx”）。"]
    lines += [f"  {one.title}：{one.left} 与 {one.right}，需核对 {len(one.to_look_at)} 人" for one in wrong]
    return lines


def summary(filled: Sequence[FilledForm], folder: Path) -> list[str]:
    """What was made, what balances, what to do."""
    checked = sum(one.checked for one in filled)
    drafts = [one for one in filled if one.is_draft]
    lines = [f"已出表 {len(filled)} 张，放在 {folder}"]
    for one in filled:
        count = f"{len(one.rows) or len(one.cards)} 行" if one.form.kind != "count" else f"{one.checked} 项关系"
        state = f"不平衡 {len(one.failures)} 处，印“草稿”" if one.is_draft else "平衡" if one.checked else ""
        lines.append(f"  {one.form.name}　{count}　{state}".rstrip())
    if drafts:
        failed = sum(len(one.failures) for one in drafts)
        lines.append(f"表内关系核对 {checked} 项，{failed} 项不平衡：")
        lines.append("  请按各表“校核”工作表列出的单元格和人员核对台账后重出。")
    elif checked:
        lines.append(f"表内关系核对 {checked} 项，全部平衡。")
    return lines


def forms_json(case: Case, filled: Sequence[FilledForm]) -> dict[str, Any]:
    """What was made, as JSON: per form its rows, balance and whether it is a draft."""
    return {
        "schema": 1,
        "file": case.book.file,
        "as_of": case.as_of.isoformat(),
        "forms": [
            {
                "name": one.form.name,
                "status": one.form.status,
                "files": [f"{name}.xlsx" for name, _ in in_files(one)],
                "rows": len(one.rows) or len(one.cards),
                "checked": one.checked,
                "draft": one.is_draft,
                "failures": [
                    {"where": failure.text, "relation": failure.relation, "left": failure.left, "right": failure.right}
                    for failure in one.failures
                ],
            }
            for one in filled
        ],
    }


def _show_list(known: Mapping[str, Form], out: Path | None, desk: Desk) -> int:
    if out is not None:
        entries = [
            {
                "name": form.name,
                "number": form.number,
                "levels": list(form.levels),
                "status": form.status,
                "kind": form.kind,
                "source": form.source,
                "filler": form.filler,
            }
            for form in known.values()
        ]
        write_json(out, {"schema": 1, "forms": entries})
    for form in known.values():
        levels = "、".join(BOOK_TITLES[level] for level in form.levels)
        desk.say(f"{form.name}　{form.number}　{levels}　{_STATUS[form.status]}".replace("　　", "　"))
    return OK


def _write_charts(judge: Judge, folder: Path, desk: Desk) -> None:
    """One page of charts beside the forms."""
    book, policy = judge.case.book, judge.case.policy
    origin = f"{CONFIDENTIAL}　基准日 {judge.case.as_of}　政策方案 {policy.profile}　数据来源 {book.file}"
    write_charts(folder / f"{NAME}.xlsx", book.cover.text("organisation_name"), origin, charts(judge))
    desk.say(f"图表：{folder / f'{NAME}.xlsx'}")


def _make_pdfs(filled: Sequence[FilledForm], folder: Path, desk: Desk) -> None:
    desk.tell("转换 PDF…")
    try:
        make_pdfs([folder / f"{name}.xlsx" for one in filled for name, _ in in_files(one)], folder)
    except NoPdf as problem:
        desk.tell(f"taizhang：{problem}")
        return
    lacking = lacking_fonts(fonts_here())
    if lacking:
        desk.tell(f"这台电脑没有 {'、'.join(lacking)} 字体，PDF 里用了相近的字体；要原字体，请装好字体再出一次。")
