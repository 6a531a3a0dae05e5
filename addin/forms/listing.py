"""Fills rolls (名册): one row a subject in scope, each row traceable to that subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from addin.disclosing import Masking
from addin.forms.crowd import Crowd
from addin.forms.filled import Evidence, FilledCell, FilledRow
from addin.forms.judging import Judge
from addin.forms.printing import printed
from addin.forms.spec import Column, Form
from addin.forms.subjects import Subject
from validators.happened import latest_day
from validators.table import Value
from validators.wording import shown


@dataclass(frozen=True, slots=True)
class RollRows(Sequence[FilledRow]):
    """The rows of a roll, kept by column: ``columns`` one list of values a leaf, ``numbers`` the subjects in order."""

    form: Form
    numbers: tuple[int, ...]
    columns: tuple[Sequence[Value], ...]

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> FilledRow: ...
    @overload
    def __getitem__(self, place: slice) -> "RollRows": ...
    def __getitem__(self, place: int | slice) -> "FilledRow | RollRows":
        if isinstance(place, slice):
            return RollRows(self.form, self.numbers[place], tuple(column[place] for column in self.columns))
        evidence = Evidence(self.form.population, self.form.scope, Crowd.of([self.numbers[place]]))
        cells = (
            FilledCell(values[place], evidence, leaf.by_hand)
            for leaf, values in zip(self.form.leaves, self.columns, strict=True)
        )
        return FilledRow(f"n{range(1, len(self) + 1)[place]}", "", tuple(cells))


def listed(form: Form, judge: Judge) -> tuple[Subject, ...]:
    """The subjects a roll or card form is about, in printing order: by the form's order, else as in the register."""
    numbers = list(judge.evidence(form.population, form.scope).persons)
    everyone = judge.subjects(form.population)
    if not form.order or not numbers:
        return tuple(everyone[number - 1] for number in numbers)
    keys = [_sort_keys(judge.values_of(form.population, path, numbers)) for path in form.order]
    ordered = sorted(zip(*keys, numbers, strict=True))
    return tuple(everyone[entry[-1] - 1] for entry in ordered)


def list_rows(form: Form, judge: Judge, *, masking: Masking = "") -> RollRows:
    """The filled rows of a roll."""
    subjects = listed(form, judge)
    columns = tuple(_column(leaf, form.population, subjects, judge, masking) for leaf in form.leaves)
    return RollRows(form, tuple(it.number for it in subjects), columns)


def _column(
    leaf: Column, population: str, subjects: Sequence[Subject], judge: Judge, masking: Masking
) -> Sequence[Value]:
    if leaf.show == ("#",):
        return range(1, len(subjects) + 1)
    parts = [_printed(leaf, path, population, subjects, judge, masking) for path in leaf.show]
    if not parts:
        return [None] * len(subjects)
    if len(parts) == 1:
        return parts[0]
    return [
        leaf.join.join(text for value in values if (text := shown(value))) or None
        for values in zip(*parts, strict=True)
    ]


def _printed(
    leaf: Column, path: str, population: str, subjects: Sequence[Subject], judge: Judge, masking: Masking
) -> Sequence[Value]:
    """The values of a field as the column prints them; equal ones are worked out once."""
    values = judge.values_of(population, path, [it.number for it in subjects])
    each_once = dict(zip(values, subjects, strict=True))
    known = {value: printed(value, leaf.way, path, subject, masking=masking) for value, subject in each_once.items()}
    return [known[value] for value in values]


def _sort_keys(values: Sequence[Value]) -> list[tuple[int, str]]:
    known = {value: _sort_key(value) for value in set(values)}
    return [known[value] for value in values]


def _sort_key(value: Value) -> tuple[int, str]:
    """Blank last; dates by day; 正式 before 预备 comes out of the words' own order being turned by ``member_type``."""
    if value is None:
        return (1, "")
    day = latest_day(value)
    if isinstance(day, date):
        return (0, day.isoformat())
    return (0, {"正式党员": "0", "预备党员": "1"}.get(str(value), str(value)))
