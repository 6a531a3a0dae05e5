"""`taizhang reconcile`: a roster exported from the national system against the register, person by person."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from addin.actions.common import FULL_IDS, JSON_OUT, write_json
from addin.desk import Desk
from addin.hosts.closed import sheets_of
from addin.hosts.door import admit, every_sheet
from addin.hosts.list_writer import ListSheet, column, write_lists
from addin.loading import load_book
from addin.masking import mask_identity
from addin.problem import WrongUsage
from addin.reconciling import SAME, Compared, read_roster, reconcile, result_counts
from addin.registry import FOUND_ERRORS, OK, action, argument
from validators.table import Book, Value

_MOST_NAMED = 50
_COLUMNS = (
    column("result", "对账结果", 14),
    column("name", "姓名", 12),
    column("identity_number", "公民身份号码", 22),
    column("their_row", "名册行", 8, "whole"),
    column("our_row", "台账行", 8, "whole"),
    column("organisation", "党组织代码", 18),
    column("difference", "不一致内容", 60),
)


@action(
    "reconcile",
    label="名册对账",
    tip="把从全国党员管理信息系统等处导出的名册与台账逐人核对：仅一边有的、证号不同的、内容不一致的分开列出。只读文件，不连网络。",
    arguments=(
        argument("roster", metavar="导出名册", type=Path, help="导出的名册（.xlsx），要有姓名和身份证号两列"),
        argument("--with", dest="file", metavar="台账", type=Path, required=True, help="支部台账或党委汇总"),
        argument("-o", "--output", metavar="文件", type=Path, help="把结果另存为一本工作簿（.xlsx）"),
        JSON_OUT,
        FULL_IDS,
    ),
)
def reconcile_(args: argparse.Namespace, desk: Desk) -> int:
    """Compare and tell; exit code 1 when anything differs. Raises CannotUse when either file cannot be used."""
    if args.output is not None and args.output.suffix.lower() != ".xlsx":
        raise WrongUsage(f"结果文件“{args.output.name}”要以 .xlsx 结尾。")
    book = load_book(args.file)
    theirs = read_roster(sheets_of(admit(args.roster, every_sheet), every_sheet), args.roster.name)
    found = reconcile(theirs, book)
    counts = result_counts(found)
    desk.say(f"对账：名册“{args.roster.name}”{len(theirs)} 人，台账“{book.file}”{len(book['member_roster'].rows)} 行")
    desk.say("，".join(f"{result} {number}" for result, number in counts.items()) + "。")
    for line in _lines(found):
        desk.say(line)
    if args.json is not None:
        persons = [_json(one, args.full_ids) for one in found if one.result != SAME]
        write_json(args.json, {"schema": 1, "counts": counts, "persons": persons})
    if args.output is not None:
        _write(args.output, found, book)
        desk.say(f"已写入：{args.output}")
    return FOUND_ERRORS if any(one.result != SAME for one in found) else OK


def _lines(found: Sequence[Compared]) -> Iterator[str]:
    differing = [one for one in found if one.result != SAME]
    for one in differing[:_MOST_NAMED]:
        text = "；".join(one.differences)
        yield f"  {one.result}　{one.name}　{mask_identity(one.identity_number)}" + (f"　{text}" if text else "")
    if len(differing) > _MOST_NAMED:
        yield f"  其余 {len(differing) - _MOST_NAMED} 人请加 -o 另存为工作簿看"


def _json(one: Compared, full_ids: bool) -> dict[str, Any]:
    return {
        "result": one.result,
        "name": one.name,
        "id": one.identity_number if full_ids else mask_identity(one.identity_number),
        "roster_row": one.theirs.row if one.theirs else None,
        "row": one.ours.origin.row if one.ours else None,
        "differences": list(one.differences),
    }


def _write(path: Path, found: Sequence[Compared], book: Book) -> None:
    rows: list[dict[str, Value]] = [
        {
            "result": one.result,
            "name": one.name,
            "identity_number": mask_identity(one.identity_number),
            "their_row": one.theirs.row if one.theirs else None,
            "our_row": one.ours.origin.row if one.ours else None,
            "organisation": one.ours.text("source_organisation") if one.ours else None,
            "difference": "；".join(one.differences),
        }
        for one in found
        if one.result != SAME
    ]
    same = sum(1 for one in found if one.result == SAME)
    hint = f"导出名册与台账逐人核对，只列不一致的；完全一致的 {same} 人不列。"
    write_lists(path, [ListSheet("名册对账", hint, _COLUMNS, rows)], dict(book.cover.values))
