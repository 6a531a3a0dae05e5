"""One change of a made-up register: a cell, a row more or less, a trace that ends; and what a cell can become."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from addin.demo.ledger import Values, who
from addin.demo.population import Register
from addin.demo.spans import month_text
from validators.dates import edate
from validators.identity import check_character
from validators.table import Value
from validators.words import Sex

STRANGER = "37999919770707001"
"""The first 17 digits of a made-up number that no made-up branch gives to anybody."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a sheet. ``to`` and ``of`` say what it becomes.

    Of a row: ``cells`` (several columns at once; None empties one), ``blank``, ``copy_row``, ``drop_row``,
    ``as_lived`` (the story itself is the fault) or one of CHANGES for one cell. Of the sheet: ``add_row`` about the
    person, ``forget`` his rows from ``to`` days before the as-of date on (``column`` is the date; no ``to``: all).
    In ``to`` of several columns a value may itself be a change: {"change": "days_after_as_of", "to": -3}.
    ``every``: all rows of the person (of everybody, when the fault is nobody's) instead of the last one.
    """

    register: str
    change: str
    column: str = ""
    to: Any = None
    of: str = ""
    every: bool = False


def needs_next(edits: Iterable[Edit]) -> bool:
    """Whether somebody else of the same story is needed to make a row equal to his."""
    return any(edit.change == "same_as_next" for edit in edits)


def rows_about(rows: Iterable[Values], number: Value) -> list[Values]:
    """The rows of a person."""
    return [row for row in rows if number is not None and row.get("identity_number") == number]


def make(register: Register, edit: Edit, number: Value, *, at: Values | None, beside: Values | None) -> None:
    """Change the register in place. ``at`` is the row meant, else the last one about the person; ``beside`` the row
    of the next one. Raises LookupError without a row to change."""
    if edit.register == "cover":
        _change(register, edit, register.cover, register.cover)
        return
    rows = register.rows.setdefault(edit.register, [])
    if edit.change == "add_row":
        row = who(_member(register, number)) if number is not None else {}
        rows.append({**row, **_values(register, edit.to, row)})
    elif edit.change == "forget":
        _forget(rows, edit, number, register.cover["as_of"])
    else:
        for row in _rows(rows, edit, number, at):
            _change(register, edit, row, beside or {})


def _rows(rows: Sequence[Values], edit: Edit, number: Value, at: Values | None) -> list[Values]:
    if edit.every:
        found = rows_about(rows, number) if number is not None else [*rows]
    else:
        found = [at] if at is not None else rows_about(rows, number)[-1:]
    if not found:
        raise LookupError(f"no row of {edit.register} about {number}")
    return found


def _member(register: Register, number: Value) -> Values:
    return next(row for row in register.rows["member_roster"] if row["identity_number"] == number)


def _forget(rows: list[Values], edit: Edit, number: Value, as_of: Value) -> None:
    kept = None if edit.to is None else _day(as_of) + timedelta(days=edit.to)
    about = {id(row) for row in rows_about(rows, number)}
    rows[:] = [row for row in rows if id(row) not in about or (kept is not None and _day(row[edit.column]) < kept)]


def _change(register: Register, edit: Edit, row: Values, other: Values) -> None:
    if edit.change == "as_lived":
        return
    if edit.change == "copy_row":
        register.rows[edit.register].append({**row, **_values(register, edit.to or {}, row)})
    elif edit.change == "drop_row":
        rows = register.rows[edit.register]
        del rows[next(place for place, each in enumerate(rows) if each is row)]
    elif edit.change == "cells":
        row |= _values(register, edit.to, row)
        for key in [key for key, value in row.items() if value is None]:
            del row[key]
    elif edit.change == "blank":
        del row[edit.column]
    else:
        cell = _Cell(row.get(edit.column), edit.to, row.get(edit.of), other.get(edit.column), register, row)
        row[edit.column] = CHANGES[edit.change](cell)


def _values(register: Register, given: Mapping[str, Any], row: Values) -> Values:
    """Several columns at once; a value that is a change is made of the row's cell."""
    found: Values = {}
    for key, to in given.items():
        if isinstance(to, Mapping):
            cell = _Cell(row.get(key), to.get("to"), row.get(to.get("of", "")), None, register, row)
            found[key] = CHANGES[to["change"]](cell)
        else:
            found[key] = to
    return found


def _day(value: Value) -> date:
    if not isinstance(value, date):
        raise TypeError(f"not a date: {value!r}")
    return value


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a change may look at: the cell's value, ``to`` of the edit, the value of its ``of`` column, the cell of
    the next member, the register and the row it stands in."""

    value: Value
    to: Any
    of: Value
    other: Value
    register: Register
    row: Values

    @property
    def as_of(self) -> date:
        """The as-of date of the register."""
        return _day(self.register.cover["as_of"])


def _colleague(cell: _Cell) -> Value:
    """The number of the last one at home who is of the same sex as the person of the row."""
    return [one["identity_number"] for one in cell.register.lives("at_home") if one["sex"] == cell.row["sex"]][-1]


CHANGES: Mapping[str, Callable[[_Cell], Value]] = {
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
    "days_after_as_of": lambda cell: cell.as_of + timedelta(days=cell.to),
    "month_after_as_of": lambda cell: month_text(edate(cell.as_of, cell.to)),
}
"""What a cell becomes, by the name of the change."""
