"""Fills cards (一人一表): one page a subject, with the small tables of what is logged about the person."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from addin.disclosing import Masking
from addin.forms.crowd import Crowd
from addin.forms.fields import value_of
from addin.forms.filled import Evidence, FilledCard, FilledCell, FilledForm
from addin.forms.judging import Judge
from addin.forms.listing import listed
from addin.forms.printing import printed
from addin.forms.spec import CardCell, CardLine, Form
from addin.forms.subjects import Subject
from validators.happened import latest_day
from validators.table import Row, Value
from validators.wording import shown

PAGES_A_FILE = 1_000
"""Excel keeps 1,023 page breaks on a sheet; more pages are parted into files of so many."""

_Line = tuple[CardLine, tuple[FilledCell, ...]]


def cards(form: Form, judge: Judge, *, masking: Masking = "") -> tuple[FilledCard, ...]:
    """The filled pages of a card form."""
    return tuple(
        FilledCard(subject, tuple(_lines(form, subject, place, masking)))
        for place, subject in enumerate(listed(form, judge), 1)
    )


def in_files(filled: FilledForm, most: int = PAGES_A_FILE) -> Sequence[tuple[str, FilledForm]]:
    """The form under the name of its file, or its pages parted among several (``…（第1001-2000页）``)."""
    pages = len(filled.cards)
    if pages <= most:
        return [(filled.form.name, filled)]
    return [
        (
            f"{filled.form.name}（第{first + 1}-{min(first + most, pages)}页）",
            replace(filled, cards=filled.cards[first : first + most]),
        )
        for first in range(0, pages, most)
    ]


def _lines(form: Form, subject: Subject, place: int, masking: Masking) -> Iterator[_Line]:
    evidence = Evidence(form.population, form.scope, Crowd.of([subject.number]))
    for line in form.lines:
        if not line.register:
            yield line, tuple(_cell(cell, subject, place, masking, evidence) for cell in line.cells)
            continue
        rows = _rows_about(line, subject)
        for number, row in enumerate(rows, 1):
            about = Subject(number, row, subject.organisation, subject.case, subject.facts, line.register)
            yield line, tuple(_cell(cell, about, number, masking, None) for cell in line.cells)
        for _ in range(line.least - len(rows)):
            yield line, tuple(FilledCell() for _ in line.cells)


def _cell(cell: CardCell, subject: Subject, place: int, masking: Masking, evidence: Evidence | None) -> FilledCell:
    if not cell.show:
        return FilledCell(cell.label or None)
    if cell.show == ("#",):
        return FilledCell(place)
    values = [printed(value_of(subject, path), cell.way, path, subject, masking=masking) for path in cell.show]
    if cell.choices:
        return FilledCell(_ticked(cell.choices, shown(values[0])), evidence)
    value: Value = values[0] if len(values) == 1 else cell.join.join(t for v in values if (t := shown(v))) or None
    return FilledCell(value, evidence)


def _ticked(choices: tuple[str, ...], chosen: str) -> str:
    """``正常☑　停止党籍□`` as the paper form has it."""
    return "　".join(f"{word}{'☑' if word == chosen else '□'}" for word in choices)


def _rows_about(line: CardLine, subject: Subject) -> list[Row]:
    """The person's rows of a register, oldest first; ``match`` keeps those that belong to a related row."""
    if subject.facts is None:
        return []
    rows = subject.facts.situation.person.of(line.register)
    key, path = line.match
    if key:
        wanted = value_of(subject, path)
        rows = [row for row in rows if row[key] == wanted]
    if line.year_of:
        rows = [row for row in rows if _is_this_year(row, line.year_of, subject.case.as_of)]
    return sorted(rows, key=_first_day)


def _is_this_year(row: Row, key: str, as_of: date) -> bool:
    day = latest_day(row[key])
    return day is not None and day.year == as_of.year and day <= as_of


def _first_day(row: Row) -> str:
    days = (latest_day(value) for value in row.values.values())
    return next((day.isoformat() for day in days if day is not None), "")
