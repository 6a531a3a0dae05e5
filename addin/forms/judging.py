"""Answers, once for each condition and population, which subjects satisfy it, and for the others what stands there."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from addin.forms.conditions import Condition, Group, Test, compare
from addin.forms.crowd import Crowd
from addin.forms.fields import RELATED, values_of
from addin.forms.filled import Evidence
from addin.forms.subjects import Organisation, Subject, subjects
from validators.rule import Case
from validators.table import Row, Value

Shared = TypeVar("Shared")

_MOST_FOR_A_FEW = 4
"""A field is worked out for a whole population when at least one in so many is asked about."""


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
        if (population, path) in self._values or len(places) * _MOST_FOR_A_FEW >= len(everyone):
            return list(map(self.values(population, path).__getitem__, places))
        return values_of((everyone[place] for place in places), path)

    def _worked_out(self, population: str, path: str) -> list[Value]:
        prefix, _, name = path.partition(".")
        if prefix not in RELATED:
            return values_of(self.subjects(population), path)
        rows = self.once(("related", population, prefix), lambda: self._related(population, prefix))
        return [row.values.get(name) if row is not None else None for row in rows]

    def _related(self, population: str, prefix: str) -> list[Row | None]:
        find = RELATED[prefix][1]
        return [find(it) for it in self.subjects(population)]

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
        everyone = self.subjects(population)
        met: list[int] = []
        for value, numbers in self.groups(population, one.path).items():
            if compare(one, value, everyone[numbers[0] - 1]):
                met += numbers
        return Crowd.of(met)

    def groups(self, population: str, path: str) -> Mapping[Value, list[int]]:
        """The numbers of the subjects by the value of a field."""
        key = (population, path)
        if key not in self._groups:
            found: defaultdict[Value, list[int]] = defaultdict(list)
            for number, value in enumerate(self.values(population, path), 1):
                found[value].append(number)
            self._groups[key] = found
        return self._groups[key]
