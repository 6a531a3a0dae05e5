"""`taizhang trace`: from a number of a written form back to the persons, and who was left out and why (反查)."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from addin.actions.common import JSON_OUT, write_json
from addin.desk import Desk
from addin.forms.evidence import SHEET
from addin.forms.tracing import CannotTrace, Trace, TracedPerson, read_evidence, trace
from addin.grid import Sheet
from addin.hosts.closed import sheets_of
from addin.hosts.door import admit, every_sheet
from addin.hosts.plain_sheet import write_plain
from addin.problem import CannotUse
from addin.registry import OK, action, argument
from validators.table import column_number
from validators.wording import shown

_NAMED = 12
"""So many persons are named for each reason, unless all are asked for."""


@action(
    "trace",
    label="反查",
    tip="从表册上的一个数查回是哪些人、在台账哪一行，以及没有计入的人各因哪一条。",
    arguments=(
        argument("form", metavar="表册", type=Path, help="taizhang forms 出的表（.xlsx）"),
        argument("cell", metavar="单元格", help="要查的格，如 D7"),
        argument("--all", action="store_true", help="未计入的人全部列出（默认每条原因列前几名）"),
        argument("-o", "--output", metavar="文件", type=Path, help="把反查结果另存为工作簿（工作表“反查”）"),
        JSON_OUT,
    ),
)
def trace_cell(args: argparse.Namespace, desk: Desk) -> int:
    """Show the persons behind a cell. Raises CannotUse when the file is no form or the cell holds no number."""
    sheets = sheets_of(admit(args.form, every_sheet), every_sheet)
    found = trace_in(sheets, args.form.name, args.cell)
    now = value_at(sheets[0], found.address)
    for line in told(found, now, every_one=args.all):
        desk.say(line)
    if args.output is not None:
        write_plain(args.output, "反查", TITLES, list(_table(found)))
        desk.say(f"反查结果已存为 {args.output}")
    if args.json is not None:
        write_json(args.json, {"schema": 1, **asdict(found)})
    return OK


TITLES = ("是否计入", "姓名", "公民身份号码", "党组织", "工作表", "行", "原因")


def trace_in(sheets: list[Sheet], file: str, address: str) -> Trace:
    """The trace of a cell in the sheets of a form. Raises CannotUse."""
    hidden = next((sheet for sheet in sheets if sheet.name == SHEET), None)
    if hidden is None:
        raise CannotUse(
            f"“{file}”里没有反查依据：请打开“出表”（taizhang forms）做的官方表格，在那里选一个数字；"
            f"另存时不要删掉隐藏的“{SHEET}”工作表。"
        )
    try:
        return trace(read_evidence(hidden.rows), address.rpartition("!")[2])
    except CannotTrace as problem:
        raise CannotUse(f"“{file}”：{problem}") from None


def value_at(sheet: Sheet, address: str) -> str:
    """What stands in a cell now, as text; empty beyond the used area."""
    letters = address.rstrip("0123456789")
    row, column = int(address[len(letters) :]) - 1, column_number(letters) - 1
    if row >= len(sheet.rows) or column >= len(sheet.rows[row]):
        return ""
    value: Any = sheet.rows[row][column]
    return shown(value) if value is not None else ""


def told(found: Trace, now: str, *, every_one: bool) -> Iterator[str]:
    """The trace in words: what the cell is, who is in it, who is not and why."""
    where = "、".join(title for title in (found.row_title.strip(), found.column_title) if title)
    number = f" = {found.value}" if found.value else ""
    yield f"{found.form}　{found.address}　{where}{number}（基准日 {found.as_of}，来自 {found.file}）"
    if found.value and now != found.value:
        yield f"注意：这一格现在是“{now}”，出表时是“{found.value}”，已被改动或挪动；以下是出表时的依据。"
    for condition in found.conditions:
        yield f"　条件：{condition}"
    yield f"计入 {len(found.counted)}："
    for person in found.counted:
        yield f"　{_named(person)}"
    yield f"未计入 {len(found.left_out)}（先列最接近计入的）："
    reasons: dict[str, list[TracedPerson]] = {}
    for person in found.left_out:
        reasons.setdefault(person.reason, []).append(person)
    for reason, persons in sorted(reasons.items(), key=lambda entry: (-entry[1][0].step, len(entry[1]))):
        shown_ones = persons if every_one else persons[:_NAMED]
        more = f"……共 {len(persons)}" if len(persons) > len(shown_ones) else ""
        yield f"　{reason}：{'、'.join(f'{one.name}（{one.sheet}第{one.row}行）' for one in shown_ones)}{more}"


def _named(person: TracedPerson) -> str:
    parts = (person.name, person.number, person.organisation, f"{person.sheet}第{person.row}行")
    return "　".join(part for part in parts if part)


def _table(found: Trace) -> Iterator[tuple[str | int, ...]]:
    for word, persons in (("计入", found.counted), ("未计入", found.left_out)):
        for one in persons:
            yield word, one.name, one.number, one.organisation, one.sheet, one.row, one.reason
