"""Answers, once for each condition and population, which subjects satisfy it, and for the others what stands there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from addin.forms.conditions import Condition, Group, Test, compare
from addin.forms.crowd import Crowd
from addin.forms.derived import DERIVED
from addin.forms.fields import DERIVED_PREFIX, RELATED, ROW, values_of
from addin.forms.filled import Evidence
from addin.forms.subjects import Organisation, Subject, subjects
from validators.rule import Case
from validators.table import EMPTY, Value

Shared = TypeVar("Shared")

_MOST_KINDS = 255
"""So many different values still have numbers that fit a byte, one number left over."""

_MOST_FOR_A_FEW = 4
"""A field is worked out for a whole population when at least one in so many is asked about."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The different values of a field, and for every subject in order the place of its value among them, as a byte."""

    values: Sequence[Value]
    codes: bytes


def _kinds(values: Sequence[Value]) -> Kinds | None:
    distinct = list(dict.fromkeys(values))
    if len(distinct) > _MOST_KINDS:
        return None
    places = {value: place for place, value in enumerate(distinct)}
    return Kinds(distinct, bytes(map(places.__getitem__, values)))


def _is_of_a_row(prefix: str) -> bool:
    return prefix == ROW or prefix in RELATED


def organisation_test(one: Organisation) -> Test:
    """The condition that a row belongs to an organisation."""
    return Test(f"党组织为{one.name}", "org.code", "党组织", "is", (one.code,))


class Judge:
    """The subjects of one case by condition; every value and every answer is worked out once however many ask."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._met: dict[tuple[str, Condition], Crowd] = {}
        self._values: dict[tuple[str, str], Sequence[Value]] = {}
        self._groups: dict[tuple[str, str], Mapping[Value, list[int]]] = {}
        self._with_several: set[tuple[str, str]] = set()
        """Fields that may hold several words at once (tuples)."""
        self._memo: dict[tuple[Any, ...], Any] = {}

    def once(self, key: tuple[Any, ...], compute: Callable[[], Shared]) -> Shared:
        """What several forms of one case need, computed by the first that asks."""
        if key not in self._memo:
            self._memo[key] = compute()
        shared: Shared = self._memo[key]
        return shared

    def subjects(self, population: str) -> tuple[Subject, ...]:
        """Everyone of a population, numbered from 1."""
        return subjects(self.case, population)

    def everyone(self, population: str) -> Crowd:
        """The numbers of everyone of a population."""
        return Crowd.upto(len(self.subjects(population)))

    def values(self, population: str, path: str) -> Sequence[Value]:
        """The values of a field, by subject in order."""
        key = (population, path)
        if key not in self._values:
            self._values[key] = self._worked_out(population, path)
        return self._values[key]

    def values_at(self, population: str, path: str, places: Sequence[int]) -> list[Value]:
        """The values of a field for the subjects at 0-based places; those of few are not worked out for all."""
        everyone = self.subjects(population)
        prefix, _, name = path.partition(".")
        if _is_of_a_row(prefix) and (population, path) not in self._values:
            rows = self.rows(population, prefix)
            return [rows[place].get(name) for place in places]
        if (population, path) in self._values or len(places) * _MOST_FOR_A_FEW >= len(everyone):
            return list(map(self.values(population, path).__getitem__, places))
        return values_of((everyone[place] for place in places), path)

    def _worked_out(self, population: str, path: str) -> Sequence[Value]:
        prefix, _, name = path.partition(".")
        if _is_of_a_row(prefix):
            return [values.get(name) for values in self.rows(population, prefix)]
        rests_on = DERIVED[name].rests_on if prefix == DERIVED_PREFIX else ""
        if not rests_on:
            return values_of(self.subjects(population), path)
        # Few have rows in some registers; of all the others the value is known without looking.
        found = [DERIVED[name].otherwise] * len(self.subjects(population))
        places = self.once(("having", population, rests_on), lambda: self._having(population, rests_on))
        for place, value in zip(places, values_of((self.subjects(population)[at] for at in places), path), strict=True):
            found[place] = value
        return found

    def _having(self, population: str, register: str) -> list[int]:
        """The places of those about whom a register has rows."""
        return [
            place
            for place, it in enumerate(self.subjects(population))
            if it.facts is not None and register in it.facts.situation.person.rows
        ]

    def rows(self, population: str, prefix: str) -> Sequence[Mapping[str, Value]]:
        """The values of everyone's own row, or of a row that belongs to them; nothing where there is none."""
        return self.once(("rows", population, prefix), lambda: self._rows(population, prefix))

    def _rows(self, population: str, prefix: str) -> list[Mapping[str, Value]]:
        if prefix == ROW:
            return [it.row.values for it in self.subjects(population)]
        find = RELATED[prefix][1]
        return [row.values if (row := find(it)) is not None else EMPTY for it in self.subjects(population)]

    def meeting(self, one: Condition, population: str) -> Crowd:
        """The numbers of those who satisfy a condition."""
        key = (population, one)
        if key not in self._met:
            self._met[key] = self._group(one, population) if isinstance(one, Group) else self._test(one, population)
        return self._met[key]

    def evidence(self, population: str, conditions: Iterable[Condition]) -> Evidence:
        """Those who satisfy all conditions."""
        asked = tuple(dict.fromkeys(conditions))
        found = self.everyone(population)
        for one in asked:
            found = found.meet(self.meeting(one, population))
        return Evidence(population, asked, found)

    def _group(self, one: Group, population: str) -> Crowd:
        met = [self.meeting(part, population) for part in one.parts]
        found = Crowd() if one.mode == "any" else self.everyone(population)
        for each in met:
            match one.mode:
                case "any":
                    found = found.join(each)
                case "none":
                    found = found.without(each)
                case "all":
                    found = found.meet(each)
        return found

    def _test(self, one: Test, population: str) -> Crowd:
        kinds = self.kinds(population, one.path)
        if kinds is not None:
            return Crowd.where(kinds.codes, self.met_by(one, population, kinds))
        groups = self.groups(population, one.path)
        if one.operator in ("is", "is_not") and (population, one.path) not in self._with_several:
            named = Crowd.of([number for word in dict.fromkeys(one.operands) for number in groups.get(word, ())])
            return named if one.operator == "is" else self.everyone(population).without(named)
        everyone = self.subjects(population)
        met: list[int] = []
        for value, numbers in groups.items():
            if compare(one, value, everyone[numbers[0] - 1]):
                met += numbers
        return Crowd.of(met)

    def kinds(self, population: str, path: str) -> "Kinds | None":
        """The few different values of a field and who has which; None when they are many."""
        return self.once(("kinds", population, path), lambda: _kinds(self.values(population, path)))

    def met_by(self, one: Test, population: str, kinds: "Kinds") -> list[bool]:
        """Which of the different values of its field meet a test."""
        everyone = self.subjects(population)
        return [compare(one, value, everyone[kinds.codes.index(code)]) for code, value in enumerate(kinds.values)]

    def groups(self, population: str, path: str) -> Mapping[Value, list[int]]:
        """The numbers of the subjects by the value of a field."""
        key = (population, path)
        if key not in self._groups:
            found: defaultdict[Value, list[int]] = defaultdict(list)
            for number, value in enumerate(self.values(population, path), 1):
                found[value].append(number)
            self._groups[key] = found
            if any(isinstance(value, tuple) for value in found):
                self._with_several.add(key)
        return self._groups[key]
