"""`taizhang carry`: the period before and this one, person by person: 期初 + 增加 − 减少 = 期末, with reasons."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from addin.actions.common import FULL_IDS, JSON_OUT, write_json
from addin.actions.terms import as_of_for
from addin.carrying import ADDED, REMOVED, UNEXPLAINED, Carried, Movement, carry, movements_of
from addin.desk import Desk
from addin.hosts.list_writer import ListSheet, column, write_lists
from addin.loading import load_book
from addin.masking import mask_identity
from addin.problem import CannotUse, WrongUsage
from addin.registry import FOUND_ERRORS, OK, action, argument
from validators.table import Book, Value

_MOST_NAMED = 30
_TOTALS = (
    column("organisation", "党组织代码", 18),
    column("opening", "期初", 8, "whole"),
    column("added", "增加", 8, "whole"),
    column("removed", "减少", 8, "whole"),
    column("closing", "期末", 8, "whole"),
    column("unexplained", "未说明", 8, "whole"),
    column("note", "说明", 40),
)
_NAMES = (
    column("organisation", "党组织代码", 18),
    column("direction", "增减", 8),
    column("name", "姓名", 12),
    column("identity_number", "公民身份号码", 22),
    column("reason", "原因", 18),
    column("on", "日期", 12, "date"),
    column("text", "依据", 50),
)


@action(
    "carry",
    label="两期衔接",
    tip="上一期和这一期的台账逐人比对：期初 + 增加 − 减少 = 期末，每个增减都写明原因，没有来由的单独列出。",
    arguments=(
        argument("old", metavar="上期台账", type=Path, help="上一期的支部台账或党委汇总"),
        argument("new", metavar="本期台账", type=Path, help="这一期的支部台账或党委汇总"),
        argument("-o", "--output", metavar="文件", type=Path, help="把结果另存为一本工作簿（.xlsx）"),
        JSON_OUT,
        FULL_IDS,
    ),
)
def carry_(args: argparse.Namespace, desk: Desk) -> int:
    """Show the account and every movement; exit code 1 when some have no reason. Raises CannotUse for a wrong pair."""
    if args.output is not None and args.output.suffix.lower() != ".xlsx":
        raise WrongUsage(f"结果文件“{args.output.name}”要以 .xlsx 结尾。")
    old, new = load_book(args.old), load_book(args.new)
    start, end = (as_of_for(book, None, desk) for book in (old, new))
    _refuse_wrong_pair(old, new)
    if start >= end:
        raise CannotUse(
            f"“{old.file}”的基准日 {start} 不早于“{new.file}”的 {end}：请先写上期、后写本期，并核对封面的基准日。"
        )
    carried = carry(old, new, start, end)
    desk.say(f"两期衔接：{start}（{old.file}）至 {end}（{new.file}）")
    for line in _lines(carried):
        desk.say(line)
    if args.json is not None:
        write_json(args.json, _json(carried, full_ids=args.full_ids))
    if args.output is not None:
        _write(args.output, carried, new)
        desk.say(f"已写入：{args.output}")
    return FOUND_ERRORS if any(one.unexplained for one in carried) else OK


def _refuse_wrong_pair(old: Book, new: Book) -> None:
    if old.kind != new.kind:
        raise CannotUse(f"“{old.file}”和“{new.file}”一本是支部台账、一本是党委汇总，不能衔接：请选同一级的两本。")
    codes = old.cover.text("organisation_code"), new.cover.text("organisation_code")
    if codes[0] != codes[1]:
        raise CannotUse(f"两本台账不是同一个党组织的（{codes[0]} 和 {codes[1]}）：请选同一个党组织的两期。")


def _lines(carried: Sequence[Carried]) -> Iterable[str]:
    for one in carried:
        tail = f"，其中未说明 {one.unexplained}" if one.unexplained else ""
        yield f"{one.organisation}：{one.sentence}{tail}"
        if one.is_copy:
            yield "  与上一期一字不差，请核实是不是照抄（R-INSP-TRUE）"
        for movement in one.movements[:_MOST_NAMED]:
            yield f"  {movement.direction}　{movement.name}　{movement.reason}：{movement.text}"
        if len(one.movements) > _MOST_NAMED:
            yield f"  其余 {len(one.movements) - _MOST_NAMED} 人请加 -o 另存为工作簿看"
    opening, closing = sum(one.opening for one in carried), sum(one.closing for one in carried)
    came, went = (sum(one.count(direction) for one in carried) for direction in (ADDED, REMOVED))
    yield f"合计：期初 {opening} + 增加 {came} − 减少 {went} = 期末 {closing}"


def _json(carried: Sequence[Carried], *, full_ids: bool) -> dict[str, Any]:
    return {
        "schema": 1,
        "organisations": [
            {
                "organisation": one.organisation,
                "opening": one.opening,
                "added": one.count(ADDED),
                "removed": one.count(REMOVED),
                "closing": one.closing,
                "unexplained": one.unexplained,
                "copy": one.is_copy,
            }
            for one in carried
        ],
        "persons": [_person(movement, full_ids) for movement in movements_of(carried)],
    }


def _person(movement: Movement, full_ids: bool) -> dict[str, Any]:
    number = movement.identity_number
    return {
        "organisation": movement.organisation,
        "direction": movement.direction,
        "name": movement.name,
        "id": number if full_ids else mask_identity(number),
        "reason": movement.reason,
        "on": movement.on,
        "text": movement.text,
    }


def _write(path: Path, carried: Sequence[Carried], new: Book) -> None:
    totals: list[dict[str, Value]] = [
        {
            "organisation": one.organisation,
            "opening": one.opening,
            "added": one.count(ADDED),
            "removed": one.count(REMOVED),
            "closing": one.closing,
            "unexplained": one.unexplained,
            "note": "与上一期一字不差，请核实是不是照抄" if one.is_copy else None,
        }
        for one in carried
    ]
    names: list[dict[str, Value]] = [
        {
            "organisation": movement.organisation,
            "direction": movement.direction,
            "name": movement.name,
            "identity_number": mask_identity(movement.identity_number),
            "reason": movement.reason,
            "on": movement.on,
            "text": movement.text,
        }
        for movement in sorted(movements_of(carried), key=lambda one: one.reason != UNEXPLAINED)
    ]
    sheets = (
        ListSheet("两期衔接", "期初 + 增加 − 减少 = 期末，逐个党组织。", _TOTALS, totals),
        ListSheet("增减名单", "每一个增减的人和原因，未说明的排在最前面。", _NAMES, names),
    )
    write_lists(path, sheets, dict(new.cover.values))
