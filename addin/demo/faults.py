"""Plants one known fault (faults.json, doubts.json) in a made-up register and says where a check must find it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from addin.demo.books import FIRST_ROW
from addin.demo.ledger import Values
from addin.demo.population import Register
from validators.dates import edate
from validators.identity import check_character
from validators.table import Level, Value
from validators.words import Sex

STRANGER = "37999919770707001"
"""The first 17 digits of a made-up number that no made-up branch gives to anybody."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A rule that must speak: at the faulty row, at every row of the person, at the row it was made equal to, or at
    the copy that was added."""

    rule: str
    register: str = ""
    column: str = ""
    every: bool = False
    next: bool = False
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the ``nth`` member of a story, which sheet and column of his, what is changed (``to``, ``of``).

    ``branch`` is the branch of the demonstration committee that has it; empty: in tests only. ``level`` is that of
    what must be said: an error, or a doubt and no error.
    """

    name: str
    register: str
    column: str
    change: str
    expected: tuple[Expected, ...]
    story: str = ""
    nth: int = 0
    to: Any = None
    of: str = ""
    branch: str = ""
    level: Level = "E"


Place = tuple[str, str, int, str]
"""Rule, register, sheet row (0 on the cover), column key."""


@cache
def faults() -> tuple[Fault, ...]:
    """Every fault of faults.json and doubts.json."""
    folder = files("addin.demo")
    data: list[Mapping[str, Any]] = []
    for name in ("faults.json", "doubts.json"):
        data += json.loads(folder.joinpath(name).read_text(encoding="utf-8"))
    return tuple(
        Fault(**{**entry, "expected": tuple(Expected(**each) for each in entry["expected"])}) for entry in data
    )


def plant(register: Register, fault: Fault) -> frozenset[Place]:
    """Change the register in place and return where the check must speak at the fault's level.

    Raises LookupError when the register has nobody to plant it on.
    """
    if fault.register == "cover":
        _change(register, fault, register.cover, register.cover)
        return frozenset((each.rule, "cover", 0, each.column or fault.column) for each in fault.expected)
    rows = register.rows[fault.register]
    number = _number(register, fault.story, fault.nth)
    at = _row_of(rows, number, fault.nth)
    other = _row_of(rows, _number(register, fault.story, fault.nth + 1), fault.nth + 1) if _needs_next(fault) else at
    _change(register, fault, rows[at], rows[other])
    found: set[Place] = set()
    for each in fault.expected:
        sheet, column = each.register or fault.register, each.column or fault.column
        given = register.rows.get(sheet, ())
        if each.every or sheet != fault.register:
            places = _rows_of(given, number)
        else:
            places = [len(given) - 1 if each.copy else other if each.next else at]
        found |= {(each.rule, sheet, FIRST_ROW + place, column) for place in places}
    return frozenset(found)


def _needs_next(fault: Fault) -> bool:
    return fault.change == "same_as_next"


def _number(register: Register, story: str, nth: int) -> Value:
    """Whose fault it is; None for sheets about other people."""
    if not story:
        return None
    lives = register.lives(story)
    if nth >= len(lives):
        raise LookupError(f"{register.branch.name}: fewer than {nth + 1} members live {story}")
    return lives[nth]["identity_number"]


def _row_of(rows: Sequence[Values], number: Value, nth: int) -> int:
    found = [nth] if number is None and nth < len(rows) else _rows_of(rows, number)
    if not found:
        raise LookupError(f"no row about {number}")
    return found[-1]


def _rows_of(rows: Sequence[Values], number: Value) -> list[int]:
    return [place for place, row in enumerate(rows) if row["identity_number"] == number]


def _change(register: Register, fault: Fault, row: Values, other: Values) -> None:
    if fault.change == "as_lived":
        return
    if fault.change == "copy_row":
        register.rows[fault.register].append({**row, **(fault.to or {})})
    elif fault.change == "drop_row":
        register.rows[fault.register].remove(row)
    elif fault.change == "cells":
        row |= fault.to
        for key in [key for key, value in row.items() if value is None]:
            del row[key]
    elif fault.change == "blank":
        del row[fault.column]
    else:
        of, next_one = row.get(fault.of), other.get(fault.column)
        cell = _Cell(row.get(fault.column), fault.to, of, next_one, register.cover["as_of"], register, row)
        row[fault.column] = _CHANGES[fault.change](cell)


def _day(value: Value) -> date:
    if not isinstance(value, date):
        raise TypeError(f"not a date: {value!r}")
    return value


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a change may look at: the cell's value, ``to`` of the fault, the value of its ``of`` column, the cell of
    the next member, the as-of date, the register and the row it stands in."""

    value: Value
    to: Any
    of: Value
    other: Value
    as_of: Value
    register: Register
    row: Values


def _colleague(cell: _Cell) -> Value:
    """The number of somebody at home who is of the same sex as the person of the row."""
    return next(one["identity_number"] for one in cell.register.lives("at_home") if one["sex"] == cell.row["sex"])


_CHANGES: Mapping[str, Callable[[_Cell], Value]] = {
    "set": lambda cell: str(cell.to),
    "number": lambda cell: int(cell.to),
    "words": lambda cell: tuple(cell.to),
    "fifteen": lambda cell: str(cell.value)[:6] + str(cell.value)[8:17],
    "own_name": lambda cell: cell.row["name"],
    "plus": lambda cell: int(str(cell.value)) + int(cell.to),
    "colleague": _colleague,
    "as_number": lambda cell: float(str(cell.value).replace("X", "0")),
    "check_character": lambda cell: str(cell.value)[:17] + ("1" if str(cell.value)[17] != "1" else "2"),
    "other_sex": lambda cell: Sex.FEMALE if cell.value == Sex.MALE else Sex.MALE,
    "same_as_next": lambda cell: cell.other,
    "stranger": lambda cell: STRANGER + check_character(STRANGER),
    "days": lambda cell: _day(cell.value) + timedelta(days=cell.to),
    "days_after": lambda cell: _day(cell.of) + timedelta(days=cell.to),
    "months_after": lambda cell: edate(_day(cell.of), cell.to),
    "days_after_as_of": lambda cell: _day(cell.as_of) + timedelta(days=cell.to),
}
"""What a cell becomes, by the name of the change."""
