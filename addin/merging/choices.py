"""The clerk's choices in 冲突处理: applied to the merged rows, and taken back from rows kept from an earlier merge.

A choice never changes a branch's file; it is applied anew in every merge, so clearing 采用 undoes it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from addin.conflicts import ROSTER, Conflict
from addin.submissions import MergedRow, Rows
from validators.cleaning import clean
from validators.registers import Column, registers
from validators.table import Value
from validators.words import ConflictChoice, ConflictKind

_SOURCE = re.compile(r"(?P<file>.+) 第(?P<row>\d+)行")
_TAKEN = (ConflictChoice.ONE, ConflictChoice.TWO)

Place = tuple[str, str, int]
"""Register key, file and row of a merged row."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The rows after the choices, and the roster rows left out because their person counts elsewhere."""

    rows: Rows
    left_out: tuple[MergedRow, ...]


def source_text(row: MergedRow) -> str:
    """Where a value comes from, as 冲突处理 shows it: file and row."""
    return f"{row.file or '本表'} 第{row.row}行"


def apply_choices(rows: Rows, decided: Iterable[Conflict]) -> Applied:
    """Adopted values take the place of the others; of a decided 双重名册 only the adopted row stays on the roster."""
    edits: dict[Place, dict[str, Value]] = {}
    left_out: set[tuple[str, int]] = set()
    for conflict in decided:
        if conflict.adopt not in _TAKEN:
            continue
        first = conflict.adopt == ConflictChoice.ONE
        good, other = (conflict.one, conflict.two) if first else (conflict.two, conflict.one)
        if conflict.kind == ConflictKind.DOUBLE_ROSTER:
            left_out.add((other.file, other.row))
        elif conflict.kind == ConflictKind.FIELD_DIFFERS:
            columns = registers()[conflict.register].columns
            key = next(column.key for column in columns if column.title == conflict.field)
            home = conflict.register if first else ROSTER
            edits.setdefault((home, other.file, other.row), {})[key] = good.values.get(key)
    found = dict(_with_edits(rows, edits))
    roster = found.get(ROSTER, ())
    found[ROSTER] = tuple(row for row in roster if (row.file, row.row) not in left_out)
    return Applied(found, tuple(row for row in roster if (row.file, row.row) in left_out))


def take_back(rows: Rows, previous: Iterable[Mapping[str, Value]]) -> Rows:
    """Rows kept from an earlier merge as their branches wrote them: values adopted there are put back.

    ``previous`` are the rows of the sheet 冲突处理 that merge left behind; they name file and row of both sides.
    """
    edits: dict[Place, dict[str, Value]] = {}
    for row in previous:
        register = _register(row)
        if row.get("kind") == ConflictKind.FIELD_DIFFERS and register is not None:
            _note(edits, row, register, _place(ROSTER, row.get("source_one")), row.get("value_one"))
            _note(edits, row, register, _place(register, row.get("source_two")), row.get("value_two"))
    return _with_edits(rows, edits)


def adopt_again(rows: Rows, kept: Iterable[Mapping[str, Value]]) -> Rows:
    """The values adopted in rows of 冲突处理 that are kept as they are (``still_decided``)."""
    edits: dict[Place, dict[str, Value]] = {}
    for row in kept:
        register = _register(row)
        if row.get("kind") != ConflictKind.FIELD_DIFFERS or register is None or row.get("adopt") not in _TAKEN:
            continue
        if row["adopt"] == ConflictChoice.ONE:
            _note(edits, row, register, _place(register, row.get("source_two")), row.get("value_one"))
        else:
            _note(edits, row, register, _place(ROSTER, row.get("source_one")), row.get("value_two"))
    return _with_edits(rows, edits)


def still_decided(
    previous: Iterable[Mapping[str, Value]], rows: Rows, kept_files: frozenset[str]
) -> list[Mapping[str, Value]]:
    """Rows of 冲突处理 that stay although nothing shows the conflict now: a roster row left out earlier by choice whose
    file (``kept_files``) was not handed in this time.
    """
    present = {(row.file, row.row) for row in rows.get(ROSTER, ())}
    kept = []
    for row in previous:
        if row.get("register") != registers()[ROSTER].title or row.get("kind") == ConflictKind.MAYBE_SAME:
            continue
        sides = [place for key in ("source_one", "source_two") if (place := _place(ROSTER, row.get(key)))]
        gone = [file for _, file, number in sides if file in kept_files and (file, number) not in present]
        if gone:
            kept.append(row if row.get("adopt") in _TAKEN else _needs_file(row, gone[0]))
    return kept


def _needs_file(row: Mapping[str, Value], file: str) -> Mapping[str, Value]:
    note = f"要恢复被略去的一行，请连同“{file}”再合并一次"
    reason = str(row.get("reason") or "")
    return row if note in reason else {**row, "reason": "；".join(part for part in (reason, note) if part)}


def _note(
    edits: dict[Place, dict[str, Value]], row: Mapping[str, Value], register: str, place: Place | None, text: Value
) -> None:
    """One value of the sheet, read as its column reads it, for the row it came from."""
    column = _column(register, str(row.get("field")))
    if place is not None and column is not None and text is not None:
        edits.setdefault(place, {})[column.key] = clean(str(text), column).value


def _with_edits(rows: Rows, edits: Mapping[Place, Mapping[str, Value]]) -> Rows:
    if not edits:
        return rows
    return {
        register: tuple(
            _edited(row, edits[place]) if (place := (register, row.file, row.row)) in edits else row for row in group
        )
        for register, group in rows.items()
    }


def date_choices(found: Iterable[Conflict], today: str) -> list[Conflict]:
    """A choice without 处理日期 was made since the last merge: it is dated now."""
    return [replace(one, decided_on=today) if one.adopt and not one.decided_on else one for one in found]


def _edited(row: MergedRow, edits: Mapping[str, Value]) -> MergedRow:
    values = {key: value for key, value in {**row.values, **edits}.items() if value is not None}
    return replace(row, values=values)


def _place(register: str, text: Value) -> Place | None:
    match = _SOURCE.fullmatch(text) if isinstance(text, str) else None
    return (register, match["file"], int(match["row"])) if match else None


def _register(row: Mapping[str, Value]) -> str | None:
    return next((key for key, register in registers().items() if register.title == row.get("register")), None)


def _column(register: str, title: str) -> Column | None:
    return next((column for column in registers()[register].columns if column.title == title), None)
