"""反查: reads the hidden sheet of a form back; who stands behind a cell, and why everyone else does not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from addin.forms.evidence import CELL, CONDITION, FORM, MORE, PERSON, REASON, SCHEMA, numbers_in
from validators.table import column_letter, column_number

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class CannotTrace(Exception):
    """The cell cannot be traced. Its text is one Chinese sentence."""


_UNREADABLE = "反查依据读不出来，可能被改动过；请用 taizhang forms 重新出表。"

_ELSEWHERE = "在本表的另一行"
"""A roll lists one person a row: the others in scope stand in other rows."""


@dataclass(frozen=True, slots=True)
class TracedPerson:
    """One person (or row): name, masked identity number, organisation, sheet and row; why left out, else empty.

    ``step`` tells which condition failed (from 1): the later, the nearer the person was to being counted.
    """

    name: str
    number: str
    organisation: str
    sheet: str
    row: int
    reason: str = ""
    step: int = 0
    organisation_code: str = ""


@dataclass(frozen=True, slots=True)
class _Condition:
    title: str
    organisation_code: str


@dataclass(frozen=True, slots=True)
class _Cell:
    first: str
    last: str
    row_title: str
    column_title: str
    value: str
    population: str
    conditions: tuple[int, ...]
    persons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What stands behind one cell: what it is, its value when the form was made, who is in, who is out and why."""

    form: str
    as_of: str
    file: str
    code: str
    address: str
    row_title: str
    column_title: str
    value: str
    conditions: tuple[str, ...]
    counted: tuple[TracedPerson, ...]
    left_out: tuple[TracedPerson, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The hidden sheet as read."""

    form: tuple[str, ...]
    persons: Mapping[str, Mapping[int, TracedPerson]]
    conditions: Mapping[int, _Condition]
    reasons: Mapping[int, Mapping[int, str]]
    cells: tuple[_Cell, ...]


def read_evidence(rows: Iterable[Sequence[object]]) -> Evidence:
    """The lines of 反查依据. Raises CannotTrace when it is not ours, of another version or was changed."""
    try:
        found = _evidence(rows)
    except (ValueError, IndexError):
        raise CannotTrace(_UNREADABLE) from None
    asked = {one for cell in found.cells for one in cell.conditions}
    if found.form[:1] != (str(SCHEMA),) or not asked <= found.conditions.keys():
        raise CannotTrace(_UNREADABLE)
    return found


def _evidence(rows: Iterable[Sequence[object]]) -> Evidence:
    form: tuple[str, ...] = ()
    persons: dict[str, dict[int, TracedPerson]] = {}
    conditions: dict[int, _Condition] = {}
    reasons: dict[int, dict[int, str]] = {}
    cells: list[_Cell] = []
    for kind, line in _joined(rows):
        if kind == FORM:
            form = tuple(line)
        elif kind == PERSON:
            person = TracedPerson(line[2], line[3], line[5], line[6], int(line[7]), organisation_code=line[4])
            persons.setdefault(line[0], {})[int(line[1])] = person
        elif kind == CONDITION:
            conditions[int(line[0])] = _Condition(line[2], line[3])
        elif kind == REASON:
            reasons.setdefault(int(line[0]), {}).update(dict.fromkeys(numbers_in(line[2]), line[1]))
        elif kind == CELL:
            first, _, last = line[0].partition(":")
            ids = tuple(int(part) for part in line[5].split())
            cells.append(_Cell(first, last, line[1], line[2], line[3], line[4], ids, numbers_in(line[6])))
    return Evidence(form, persons, conditions, reasons, tuple(cells))


def trace(evidence: Evidence, address: str) -> Trace:
    """What stands behind a cell given as ``D7``. Raises CannotTrace with the cells that can be traced."""
    row, column = _place(address)
    for cell in evidence.cells:
        top, left = _place(cell.first)
        bottom, right = _place(cell.last)
        if top <= row <= bottom and left <= column <= right:
            return _trace_of(evidence, cell, f"{column_letter(column)}{row}")
    span = f"，本表可反查的格如 {evidence.cells[0].first}" if evidence.cells else ""
    raise CannotTrace(f"{address} 不是统计出来的数，也不是名册行，没有可反查的人{span}。")


def _trace_of(evidence: Evidence, cell: _Cell, address: str) -> Trace:
    known = evidence.persons.get(cell.population, {})
    inside = set(cell.persons)
    left_out = []
    for number, person in known.items():
        if number not in inside:
            reasons = (
                (text, step)
                for step, one in enumerate(cell.conditions, 1)
                if (text := _reason(evidence, one, number, person))
            )
            reason, step = next(reasons, (_ELSEWHERE, len(cell.conditions) + 1))
            left_out.append(replace(person, reason=reason, step=step))
    _, form, as_of, file, code = (*evidence.form, "", "", "", "")[:5]
    return Trace(
        form=form,
        as_of=as_of,
        file=file,
        code=code,
        address=address,
        row_title=cell.row_title,
        column_title=cell.column_title,
        value=cell.value,
        conditions=tuple(evidence.conditions[one].title for one in cell.conditions),
        counted=tuple(known[number] for number in cell.persons if number in known),
        left_out=tuple(left_out),
    )


def _reason(evidence: Evidence, one: int, number: int, person: TracedPerson) -> str:
    """Why a person does not meet a condition; empty when it is met (or an earlier one already failed)."""
    asked = evidence.conditions[one]
    if asked.organisation_code:
        here = person.organisation_code == asked.organisation_code
        return "" if here else f"党组织是“{person.organisation}”（要求：{asked.title}）"
    return evidence.reasons.get(one, {}).get(number, "")


def _joined(rows: Iterable[Sequence[object]]) -> Iterable[tuple[str, list[str]]]:
    """The lines with their kinds; what was continued in lines of the kind MORE is put together again."""
    found: list[tuple[str, list[str]]] = []
    for row in rows:
        texts = [_text(value) for value in row]
        if not texts:
            continue
        if texts[0] == MORE and found:
            found[-1][1][-1] += "," + texts[1]
            continue
        width = _WIDTHS.get(texts[0])
        if width is not None:
            found.append((texts[0], [*texts[1 : width + 1], *[""] * (width - len(texts) + 1)]))
    return found


_WIDTHS = {FORM: 5, PERSON: 8, CONDITION: 4, REASON: 3, CELL: 7}


def _text(value: object) -> str:
    """A cell as it was written: whole numbers may come back as floats."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _place(address: str) -> tuple[int, int]:
    """Row and column of ``D7`` or ``$D$7``. Raises CannotTrace."""
    found = _ADDRESS.fullmatch(address.strip().upper())
    if found is None:
        raise CannotTrace(f"“{address}”不是单元格，请写成 D7 这样。")
    return int(found[2]), column_number(found[1])
