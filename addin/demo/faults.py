"""Plants one known fault (faults.json, doubts.json) in a made-up register and says where a check must find it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from addin.demo.books import FIRST_ROW
from addin.demo.edits import Edit, make, needs_next, rows_about
from addin.demo.ledger import Values
from addin.demo.population import Register
from validators.table import Level, Value

TITLES = FIRST_ROW - 1
"""The sheet row of the column titles, where a fault of a whole sheet is told."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A rule that must speak: at the faulty row, at every row of the person, at the row it was made equal to, at the
    last row of the sheet (a copy, an added row), or at the title of the column."""

    rule: str
    register: str = ""
    column: str = ""
    every: bool = False
    next: bool = False
    last: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the ``nth`` member of a story, and what is changed about him; the first edit names the place.

    ``having``: only members whose row of that sheet has this column filled are counted. ``policy`` is what 政策参数
    says besides the profile. ``branch`` is the branch of the demonstration committee that has the fault; empty: in
    tests only. ``level`` is that of what must be said: an error, or a doubt and no error, or a note and neither.
    """

    name: str
    edits: tuple[Edit, ...]
    expected: tuple[Expected, ...]
    story: str = ""
    nth: int = 0
    having: str = ""
    policy: Mapping[str, str] | None = None
    branch: str = ""
    level: Level = "E"

    @property
    def register(self) -> str:
        """The sheet of the faulty cell."""
        return self.edits[0].register

    @property
    def column(self) -> str:
        """The column of the faulty cell."""
        return self.edits[0].column


Place = tuple[str, str, int, str]
"""Rule, register, sheet row (0 on the cover), column key."""


@cache
def faults() -> tuple[Fault, ...]:
    """Every fault of faults.json and doubts.json: the first edit stands in the entry itself, others under ``also``."""
    folder = files("addin.demo")
    data: list[dict[str, Any]] = []
    for name in ("faults.json", "doubts.json"):
        data += json.loads(folder.joinpath(name).read_text(encoding="utf-8"))
    return tuple(_fault(entry) for entry in data)


def _fault(entry: Mapping[str, Any]) -> Fault:
    own = {field.name for field in fields(Edit)} & entry.keys()
    edits = [Edit(**{key: entry[key] for key in own}), *(Edit(**each) for each in entry.get("also", ()))]
    others = {key: value for key, value in entry.items() if key not in own and key != "also"}
    return Fault(**{**others, "edits": tuple(edits), "expected": tuple(Expected(**each) for each in entry["expected"])})


@dataclass(frozen=True, slots=True)
class Mark:
    """A rule that must speak at a column of a row; ``row`` is None at the titles, and the cover itself on the cover."""

    rule: str
    register: str
    column: str
    row: Values | None


def plant(register: Register, fault: Fault) -> frozenset[Place]:
    """Change the register in place and return where the check must speak at the fault's level.

    Raises LookupError when the register has nobody to plant it on.
    """
    return places(register, spoil(register, fault))


def spoil(register: Register, fault: Fault) -> list[Mark]:
    """As ``plant``, with the rows themselves: where they stand is known when no more faults follow (``places``)."""
    register.policy.update(fault.policy or {})
    number, other = _number(register, fault, fault.nth), None
    if needs_next(fault.edits):
        other = _number(register, fault, fault.nth + 1)
    rows = register.rows.get(fault.register, [])
    at, beside = _row(rows, number, fault.nth), _row(rows, other, fault.nth + 1)
    for edit in fault.edits:
        make(register, edit, number, at=at if edit is fault.edits[0] else None, beside=beside)
    marks = []
    for each in fault.expected:
        sheet, column = each.register or fault.register, each.column or fault.column
        if sheet == "cover" or each.title:
            marked: list[Values | None] = [register.cover if sheet == "cover" else None]
        elif each.last:
            marked = [register.rows[sheet][-1]]
        elif each.every or sheet != fault.register:
            marked = [*rows_about(register.rows.get(sheet, ()), number)]
        else:
            marked = [beside if each.next else at]
        marks += [Mark(each.rule, sheet, column, row) for row in marked]
    return marks


def places(register: Register, marks: Iterable[Mark]) -> frozenset[Place]:
    """Where the marked rows stand now."""
    at = {id(row): FIRST_ROW + place for rows in register.rows.values() for place, row in enumerate(rows)}
    at[id(register.cover)] = 0
    return frozenset(
        (mark.rule, mark.register, TITLES if mark.row is None else at[id(mark.row)], mark.column) for mark in marks
    )


def _number(register: Register, fault: Fault, nth: int) -> Value:
    """Whose fault it is; None for sheets about other people."""
    if not fault.story:
        return None
    numbers = [member["identity_number"] for member in register.lives(fault.story)]
    if fault.having:
        rows = register.rows.get(fault.register, ())
        filled = {row["identity_number"] for row in rows if row.get(fault.having) is not None}
        numbers = [number for number in numbers if number in filled]
    if nth >= len(numbers):
        raise LookupError(f"{register.branch.name}: fewer than {nth + 1} members live {fault.story}")
    return numbers[nth]


def _row(rows: Sequence[Values], number: Value, nth: int) -> Values | None:
    """The row of a person, the last if there are several; of sheets about nobody the ``nth``."""
    found = rows_about(rows, number) if number is not None else rows[nth : nth + 1]
    return found[-1] if found else None
