"""反查: reads the hidden sheet of a form back; who stands behind a cell, and why everyone else does not."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from addin.forms.evidence import CELLS, CONDITION, FORM, MORE, PERSONS, ROWS, SCHEMA, unpack
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
    """What was asked: its title, the organisation asked for, else the packed reasons by subject."""

    title: str
    organisation_code: str
    packed: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A traced cell; ``only`` is the one subject of a roll's row, 0 where everyone who meets the conditions counts."""

    first: str
    last: str
    row_title: str
    column_title: str
    value: str
    population: str
    conditions: tuple[int, ...]
    only: int = 0


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
    persons: Mapping[str, Sequence[TracedPerson]]
    conditions: Mapping[int, _Condition]
    cells: tuple[_Cell, ...]


def read_evidence(rows: Iterable[Sequence[object]]) -> Evidence:
    """The lines of 反查依据. Raises CannotTrace when it is not ours, of another version or was changed."""
    try:
        found = _evidence(rows)
    except (ValueError, IndexError, KeyError, TypeError, RecursionError):
        raise CannotTrace(_UNREADABLE) from None
    asked = {one for cell in found.cells for one in cell.conditions}
    known = all(cell.population in found.persons for cell in found.cells)
    if found.form[:1] != (str(SCHEMA),) or not asked <= found.conditions.keys() or not known:
        raise CannotTrace(_UNREADABLE)
    return found


def _evidence(rows: Iterable[Sequence[object]]) -> Evidence:
    form: tuple[str, ...] = ()
    persons: dict[str, Sequence[TracedPerson]] = {}
    conditions: dict[int, _Condition] = {}
    cells: list[_Cell] = []
    for kind, line in _joined(rows):
        if kind == FORM:
            form = tuple(line)
        elif kind == PERSONS:
            persons[line[0]] = _persons(unpack(line[1])[0])
        elif kind == CONDITION:
            conditions[int(line[0])] = _Condition(line[2], line[3], line[4])
        elif kind == CELLS:
            for place, row_title, column_title, value, population, asked in unpack(line[0])[0]:
                first, _, last = place.partition(":")
                cells.append(_Cell(first, last, row_title, column_title, value, population, tuple(asked)))
        elif kind == ROWS:
            cells += _rows(*unpack(line[0]), persons)
    return Evidence(form, persons, conditions, tuple(cells))


def _persons(data: Mapping[str, Any]) -> Sequence[TracedPerson]:
    columns = (data[key] for key in ("names", "numbers", "of", "on", "rows"))
    found = []
    for name, number, whose, sheet, row in zip(*columns, strict=True):
        code, organisation = data["organisations"][whose]
        place = data["sheets"][sheet]
        found.append(TracedPerson(name, number, organisation, place, row, organisation_code=code))
    return found


def _rows(
    data: Mapping[str, Any], packed: "array[int]", persons: Mapping[str, Sequence[TracedPerson]]
) -> Iterator[_Cell]:
    """The rows of a roll or pages of a card; rows that lie close together are told by the first."""
    population, asked = data["population"], tuple(data["conditions"])
    numbers, spans = data.get("numbers", packed), data["spans"]
    if isinstance(spans, int):
        spans = [(row, row) for row in range(spans, spans + len(numbers))]
    for place, ((first, last), number) in enumerate(zip(spans, numbers, strict=True), 1):
        title = persons[population][number - 1].name if data["named"] else f"第{place}行"
        yield _Cell(f"A{first}", f"{data['last']}{last}", title, "", "", population, asked, number)


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
    known = evidence.persons[cell.population]
    asked = [_asked(evidence.conditions[one], known) for one in cell.conditions]
    counted, left_out = [], []
    for place, person in enumerate(known):
        failed = next(((step, reason) for step, why in enumerate(asked, 1) if (reason := why(place))), None)
        if failed is None and cell.only in (0, place + 1):
            counted.append(person)
        else:
            step, reason = failed or (len(asked) + 1, _ELSEWHERE)
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
        counted=tuple(counted),
        left_out=tuple(left_out),
    )


def _asked(one: _Condition, persons: Sequence[TracedPerson]) -> Callable[[int], str]:
    """Why the person at a place does not meet a condition; empty when it is met. Raises CannotTrace."""
    if one.organisation_code:

        def elsewhere(place: int) -> str:
            person = persons[place]
            here = person.organisation_code == one.organisation_code
            return "" if here else f"党组织是“{person.organisation}”（要求：{one.title}）"

        return elsewhere
    try:
        texts, codes = unpack(one.packed)
    except ValueError:
        raise CannotTrace(_UNREADABLE) from None
    if len(codes) != len(persons) or max(codes, default=0) > len(texts):
        raise CannotTrace(_UNREADABLE)
    return lambda place: texts[codes[place] - 1] if codes[place] else ""


def _joined(rows: Iterable[Sequence[object]]) -> Iterable[tuple[str, list[str]]]:
    """The lines with their kinds; what was continued in lines of the kind MORE is put together again."""
    found: list[tuple[str, list[str]]] = []
    for row in rows:
        texts = [_text(value) for value in row]
        if not texts:
            continue
        if texts[0] == MORE and found:
            found[-1][1][-1] += texts[1]
            continue
        width = _WIDTHS.get(texts[0])
        if width is not None:
            found.append((texts[0], [*texts[1 : width + 1], *[""] * (width - len(texts) + 1)]))
    return found


_WIDTHS = {FORM: 5, PERSONS: 2, CONDITION: 5, CELLS: 1, ROWS: 1}


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
