"""`taizhang fill`: fills somebody else's empty roll or summary table, by its titles; the mapping is shown and kept."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from addin.actions.common import AS_OF, DISCLOSURE, disclosed, noting_disclosure, write_json
from addin.actions.filling_counts import count_layout, fill_counts, mapped_layout, shown_layout
from addin.actions.forms import chosen, known_forms
from addin.actions.terms import as_of_for, policy_of
from addin.desk import Desk
from addin.disclosing import Masking
from addin.forms.conditions import ConditionError, condition
from addin.forms.count_filling import COUNT, as_count_data
from addin.forms.fields import title_of, value_of
from addin.forms.judging import Judge
from addin.forms.library import CONDITIONS, FORMS, read_json
from addin.forms.printing import printed
from addin.forms.recognising import NUMBER, Layout, Match, as_data, place_of, recognise
from addin.forms.subjects import MEMBER, Subject
from addin.grid import Sheet
from addin.hosts.closed import sheets_of
from addin.hosts.copying import filled_copy
from addin.hosts.door import Admitted, admit
from addin.hosts.patching import CellValue
from addin.loading import load_book
from addin.problem import CannotUse
from addin.registry import OK, action, argument
from validators.rule import Case
from validators.table import Value, column_letter, column_number
from validators.wording import nearest

EVERYONE = "名册党员"
"""Whom a table lists unless told otherwise."""


@action(
    "fill",
    label="任意表取数",
    tip="上级发来的空白名册或汇总表，按标题认出要什么，从台账取数填好；对应关系显示并存下，可改后再用。原空表不动。",
    arguments=(
        argument("empty", metavar="空表", type=Path, help="要填的空白名册或汇总表（.xlsx）"),
        argument("--from", dest="file", metavar="工作簿", type=Path, required=True, help="支部台账或党委汇总"),
        argument("-o", "--output", metavar="文件", type=Path, help="填好的表，默认在空表旁边，名字加“_已填”"),
        argument("--who", metavar="人员", default=None, help=f"填哪些人，如 流动党员、排查对象；默认{EVERYONE}"),
        argument("--sheet", metavar="工作表", help="空表有几张工作表时，填哪一张"),
        argument("--mapping", metavar="文件", type=Path, help="用存下来（改好）的对应关系"),
        argument("--form", metavar="表名", help="汇总表按这一张官方表的栏目取数；不写则认最像的"),
        argument("--forms-dir", metavar="文件夹", type=Path, help="自己的表样文件夹；汇总表也按其中的表样认"),
        argument("--show", action="store_true", help="只显示对应关系，不填"),
        *DISCLOSURE,
        AS_OF,
    ),
)
def fill(args: argparse.Namespace, desk: Desk) -> int:
    """Recognise, show, fill a copy, keep the mapping; 1 when a sum does not hold. Raises CannotUse with what to do."""
    mapping = read_json(args.mapping) if args.mapping is not None else {}
    admitted = admit(args.empty)
    sheets = _sheets(admitted, args.sheet or mapping.get("sheet"))
    layout = _roll_layout(sheets)
    if args.form or mapping.get("kind") == COUNT or not (mapping or (layout is not None and layout.is_about_persons)):
        done = _summary(args, desk, mapping, admitted, sheets)
        if done is not None:
            return done
    if layout is None:
        raise CannotUse(
            f"“{args.empty.name}”里认不出列标题：名册至少要有两个（如 姓名、公民身份号码），"
            "汇总表的栏目和行要像本工具的某张汇总表（见 taizhang forms --list）；标题在前 15 行。"
        )
    return _roll(args, desk, mapping, _changed(layout, mapping, args.mapping.name) if mapping else layout)


def _summary(
    args: argparse.Namespace, desk: Desk, mapping: Mapping[str, Any], admitted: Admitted, sheets: Sequence[Sheet]
) -> int | None:
    """Fill a summary table; None when the sheets hold none."""
    known, case = known_forms(args.forms_dir), _case(args, desk)
    if mapping:
        layout = mapped_layout(mapping, args.mapping.name, known, case)
    else:
        forms = chosen(known, [args.form], case) if args.form else list(known.values())
        found = count_layout(admitted, sheets, forms, case)
        if found is None:
            return None
        layout = found
    for line in shown_layout(layout, case):
        desk.say(line)
    if args.show:
        return OK
    target = _target(args)
    sheet = next((sheet for sheet in sheets if sheet.name == layout.sheet), sheets[0])
    code = fill_counts(args.empty, target, sheet, layout, case, desk)
    _keep(target, as_count_data(layout, case), desk)
    return code


def _roll(args: argparse.Namespace, desk: Desk, mapping: Mapping[str, Any], layout: Layout) -> int:
    """Fill a roll."""
    who = args.who or str(mapping.get("who") or EVERYONE)
    for line in shown_mapping(layout):
        desk.say(line)
    if args.show:
        return OK
    case = _case(args, desk)
    disclosed_as = disclosed(args, case.policy)
    target = _target(args)
    persons = persons_for(case, who)
    if layout.free_rows is not None and len(persons) > layout.free_rows:
        raise CannotUse(
            f"“{args.empty.name}”从第 {layout.first_row} 行起只空着 {layout.free_rows} 行，要填 {len(persons)} 人："
            "请先在空表里插入足够的空行（含格式），再试一次。"
        )
    with noting_disclosure(args.file, disclosed_as, f"任意表取数 {len(persons)} 人", target, desk):
        filled_copy(args.empty, target, list(_values(layout, persons, masking=disclosed_as.masking)))
    desk.say(f"已填 {len(persons)} 人（{who}），存为 {target}。")
    _keep(target, as_data(layout, who), desk)
    return OK


def _case(args: argparse.Namespace, desk: Desk) -> Case:
    book = load_book(args.file)
    return Case(book, policy_of(book), as_of_for(book, args.as_of, desk))


def _target(args: argparse.Namespace) -> Path:
    target: Path = args.output or args.empty.with_name(f"{args.empty.stem}_已填{args.empty.suffix}")
    return target


def _keep(target: Path, data: Mapping[str, object], desk: Desk) -> None:
    """The mapping beside the filled table."""
    kept = target.with_name(f"{target.stem}.取数.json")
    write_json(kept, dict(data))
    desk.say(f"对应关系存为 {kept.name}，改好后可用 --mapping 再用。")


def _sheets(file: Admitted, wanted: str | None) -> list[Sheet]:
    sheets = sheets_of(file, lambda name: wanted is None or name == wanted)
    if not sheets:
        raise CannotUse(f"“{file.path.name}”里没有“{wanted}”这张工作表。")
    return sheets


def _roll_layout(sheets: Sequence[Sheet]) -> Layout | None:
    """The layout of the sheet that is recognised best."""
    found = [layout for sheet in sheets if sheet.is_visible and (layout := recognise(sheet)) is not None]
    return max(found, key=lambda layout: layout.known, default=None)


def shown_mapping(layout: Layout) -> Iterator[str]:
    """The mapping in words, one line a column."""
    yield f"工作表“{layout.sheet}”，标题在第 {layout.header_row} 行，从第 {layout.first_row} 行填起："
    for match in layout.matches:
        letter = column_letter(match.column)
        if match.show:
            yield f"  {letter} 列“{match.title}” ← {place_of(match)}"
        else:
            near = f"，相近的有“{match.suggestion}”" if match.suggestion else ""
            yield f"  {letter} 列“{match.title}”：台账没有对应的数据项，留空{near}"


def persons_for(case: Case, who: str) -> list[Subject]:
    """The members meeting a named condition, by organisation. Raises CannotUse."""
    named = read_json(FORMS / CONDITIONS)
    judge = Judge(case)
    try:
        met = judge.meeting(condition(who, named, MEMBER), MEMBER)
    except ConditionError:
        near = nearest(who, list(named))
        hint = f"您是否指“{near}”？" if near else f"可用：{'、'.join(_for_members(named))}。"
        raise CannotUse(f"不知道“{who}”是哪些人。{hint}") from None
    found = [it for it in judge.subjects(MEMBER) if it.number in met]
    return sorted(found, key=lambda it: it.organisation.code)


def _for_members(named: Mapping[str, Any]) -> Iterator[str]:
    for name in named:
        try:
            condition(name, named, MEMBER)
        except ConditionError:
            continue
        yield name


def _changed(layout: Layout, mapping: Mapping[str, Any], file: str) -> Layout:
    """The layout with the fields of a saved mapping. Raises CannotUse for a field that does not exist."""
    given = {entry["column"]: entry for entry in mapping.get("columns", ()) if "column" in entry}
    matches = []
    for match in layout.matches:
        entry = given.get(column_letter(match.column))
        matches.append(match if entry is None else _as_given(match, entry, file))
    known = {column_letter(match.column) for match in layout.matches}
    for letter, entry in given.items():
        if letter not in known:
            matches.append(_as_given(Match(column_number(letter), str(entry.get("title", ""))), entry, file))
    return replace(layout, first_row=int(mapping.get("first_row", layout.first_row)), matches=tuple(matches))


def _as_given(match: Match, entry: Mapping[str, Any], file: str) -> Match:
    show = str(entry.get("show", ""))
    if show and show != NUMBER:
        try:
            title_of(show, MEMBER)
        except KeyError:
            raise CannotUse(f"对应关系“{file}”里没有“{show}”这个数据项，请改正后再用。") from None
    return replace(match, show=show, way=entry.get("as", "value"))


def _values(layout: Layout, persons: list[Subject], *, masking: Masking) -> Iterator[CellValue]:
    for place, person in enumerate(persons):
        for match in layout.matches:
            value = _value(match, person, place + 1, masking=masking)
            if value is not None:
                yield layout.sheet, layout.first_row + place, match.column, value


def _value(match: Match, person: Subject, number: int, *, masking: Masking) -> Value:
    if not match.show:
        return None
    if match.show == NUMBER:
        return number
    return printed(value_of(person, match.show), match.way, match.show, person, masking=masking)
