"""Fills rolls (名册): one row a subject in scope, each row traceable to that subject."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from addin.disclosing import Masking
from addin.forms.crowd import Crowd
from addin.forms.fields import column_of
from addin.forms.filled import Evidence, FilledCell, FilledRow
from addin.forms.judging import Judge
from addin.forms.printing import printed
from addin.forms.spec import Column, Form
from addin.forms.subjects import Subject
from validators.happened import latest_day
from validators.table import Value
from validators.wording import shown

_AS_THEY_ARE = frozenset((str, int, float, date, type(None)))
"""Kinds of values that are printed as they are, unless they are coded or masked."""


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
    places = [number - 1 for number in judge.evidence(form.population, form.scope).persons]
    everyone = judge.subjects(form.population)
    if form.order and places:
        keys = [_ranks(judge.values_at(form.population, path, places)) for path in form.order]
        places = [entry[-1] for entry in sorted(zip(*keys, places, strict=True))]
    return tuple(everyone[place] for place in places)


def list_rows(form: Form, judge: Judge, *, masking: Masking = "") -> RollRows:
    """The filled rows of a roll."""
    subjects = listed(form, judge)
    numbers = tuple(it.number for it in subjects)
    roll = _Roll(form, judge, masking, subjects, [number - 1 for number in numbers])
    return RollRows(form, numbers, tuple(roll.column(leaf) for leaf in form.leaves))


@dataclass(frozen=True, slots=True)
class _Roll:
    """A roll whose subjects are known, with their places in their population."""

    form: Form
    judge: Judge
    masking: Masking
    subjects: Sequence[Subject]
    places: Sequence[int]

    def column(self, leaf: Column) -> Sequence[Value]:
        """What a column shows from top to bottom."""
        if leaf.show == ("#",):
            return range(1, len(self.subjects) + 1)
        parts = [self._printed(leaf, path) for path in leaf.show]
        if not parts:
            return [None] * len(self.subjects)
        if len(parts) == 1:
            return parts[0]
        texts = ([shown(value) for value in values] for values in zip(*parts, strict=True))
        return [leaf.join.join(filter(None, each)) or None for each in texts]

    def _printed(self, leaf: Column, path: str) -> Sequence[Value]:
        """The values of a field as the column prints them; equal ones are worked out once."""
        values = self.judge.values_at(self.form.population, path, self.places)
        if self._stand_as_they_are(leaf, path, values):
            return values
        known = {
            value: printed(value, leaf.way, path, subject, masking=self.masking)
            for value, subject in dict(zip(values, self.subjects, strict=True)).items()
        }
        if all(known[value] is value for value in known):
            return values
        return list(map(known.__getitem__, values))

    def _stand_as_they_are(self, leaf: Column, path: str, values: Sequence[Value]) -> bool:
        """Whether a column prints its values as they are, so that no single one need be looked at."""
        column = column_of(path, self.form.population)
        is_plain = column is not None and column.codes is None and leaf.way == "value" and not self.masking
        return is_plain and _AS_THEY_ARE.issuperset(map(type, values))


def _ranks(values: Sequence[Value]) -> list[int]:
    """Where each value stands in their order; equal ones stand together."""
    keys = {value: _sort_key(value) for value in set(values)}
    rank = {key: place for place, key in enumerate(sorted(set(keys.values())))}
    place_of = {value: rank[key] for value, key in keys.items()}
    return list(map(place_of.__getitem__, values))


def _sort_key(value: Value) -> tuple[int, str]:
    """Blank last; dates by day; 正式 before 预备 comes out of the words' own order being turned by ``member_type``."""
    if value is None:
        return (1, "")
    day = latest_day(value)
    if isinstance(day, date):
        return (0, day.isoformat())
    return (0, {"正式党员": "0", "预备党员": "1"}.get(str(value), str(value)))
