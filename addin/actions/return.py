"""`taizhang return`: one 退回单 for every branch that has something to mend, and the list kept in 退回事项."""

import argparse
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from addin.actions.common import AS_OF, JSON_OUT, iso_date, open_case, write_json
from addin.desk import Desk
from addin.hosts.changing import changing
from addin.hosts.list_writer import ListSheet, write_lists
from addin.hosts.patching import put_results
from addin.masking import mask_numbers
from addin.merging.directory import Directory, directory_of
from addin.merging.items import items_of
from addin.merging.previous import SheetRow
from addin.merging.returned import for_branch, returned_rows
from addin.problem import CannotUse
from addin.registry import OK, action, argument
from validators.registers import registers
from validators.rule import Case
from validators.table import Value
from validators.wording import shown
from validators.words import ReturnStatus

OPERATION = TITLE = "退回单"
_SHOWN = (
    *("matter", "sheet", "cell", "name", "identity_number", "message", "fix", "rule"),
    *("due_on", "status", "closed_on", "reply", "item_key"),
)
DAYS = 10
"""Days from 基准日 until what was returned must be done, unless --due says otherwise: this tool's own default."""

_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
_LONGEST_NAME = 60


@action(
    "return",
    label="生成退回单",
    tip="把校核出的问题、没定下来的冲突和对不上的流动情况按支部分开，每个支部一本退回单；下次合并时改好的自动销号。",
    arguments=(
        argument("file", metavar="党委汇总", type=Path, help="合并好的党委汇总（.xlsx）"),
        argument("-o", "--output", metavar="文件夹", type=Path, help="放在哪里，默认放在汇总旁边的“退回单”文件夹"),
        argument("--due", metavar="日期", type=iso_date, help=f"要求办结日期，默认为基准日后 {DAYS} 天"),
        AS_OF,
        JSON_OUT,
    ),
)
def return_(args: argparse.Namespace, desk: Desk) -> int:
    """Write the 退回单 and the sheet 退回事项. Raises CannotUse for a branch workbook."""
    path: Path = args.file
    case = open_case(args, desk)
    if case.book.kind != "committee":
        raise CannotUse(f"“{path.name}”是支部台账：退回单要从党委汇总生成，请先用 taizhang merge 合并。")
    folder = args.output or path.parent / TITLE
    due = args.due or case.as_of + timedelta(days=DAYS)
    directory = directory_of(row.values for row in case.book["organisation_directory"])
    rows = _listed(case, directory, f"{desk.now():%Y-%m-%d}", due)
    open_rows = [row for row in rows if row.get("status") == ReturnStatus.OPEN]
    files = {
        code: _write(folder, code, for_branch(rows, code), directory, case)
        for code in sorted({shown(row.get("organisation_code")) for row in open_rows})
    }
    with changing(path, OPERATION, desk.now()) as change:
        put_results(change.workbook, {"return_items": rows}, "committee", dict(case.book.cover.values))
        change.kind = "committee"
        change.outcome = f"退回 {len(files)} 个党组织 {len(open_rows)} 条"
        change.rows_affected = len(rows)
    if args.json is not None:
        write_json(args.json, _json(open_rows, files))
    _tell(desk, folder, open_rows, files, directory)
    return OK


def _listed(case: Case, directory: Directory, today: str, due: date) -> list[SheetRow]:
    before = [dict(row.values) for row in case.book["return_items"] if row.values]
    return returned_rows(before, items_of(case.book, case.policy, case.as_of), directory, today, due)


def _write(folder: Path, code: str, rows: Sequence[SheetRow], directory: Directory, case: Case) -> Path:
    name = _UNFIT.sub("", directory.name(code))[:_LONGEST_NAME]
    period = case.book.cover.text("period")
    path = folder / f"{code}_{name}_{period}_{TITLE}.xlsx"
    cover: dict[str, Value] = {key: case.book.cover[key] for key in ("organisation_name", "preparer")}
    number = sum(1 for row in rows if row.get("status") == ReturnStatus.OPEN)
    hint = (
        f"{directory.name(code)}（{code}）{period}：请在要求办结日期前逐条办理 {number} 条，"
        "改在原台账里，改好后重新报送；属实不用改的，在“问题清单”的“说明”里写明。"
    )
    columns = [registers()["return_items"].column(key) for key in _SHOWN]
    shown_rows = [{key: _masked(value) for key, value in row.items() if key in _SHOWN} for row in rows]
    write_lists(path, [ListSheet(TITLE, hint, columns, shown_rows)], cover)
    return path


def _masked(value: Value) -> Value:
    """A branch gets its own matters, but of a conflict also what another branch has written."""
    return mask_numbers(value) if isinstance(value, str) else value


def _json(rows: Sequence[SheetRow], files: dict[str, Path]) -> dict[str, Any]:
    return {
        "schema": 1,
        "files": [{"organisation": code, "file": path.name} for code, path in files.items()],
        "items": [{key: mask_numbers(shown(value)) for key, value in row.items()} for row in rows],
    }


def _tell(desk: Desk, folder: Path, rows: Sequence[SheetRow], files: dict[str, Path], directory: Directory) -> None:
    if not files:
        desk.say("没有要退回的事项，没有生成退回单。")
        return
    desk.say(f"已生成 {len(files)} 本退回单，共 {len(rows)} 条，在：{folder}")
    for code in files:
        desk.say(f"  {directory.name(code)}（{code}）{len(for_branch(rows, code))} 条")
    desk.say("汇总里的“退回事项”记着每一条，下次合并时改好的自动销号。")
