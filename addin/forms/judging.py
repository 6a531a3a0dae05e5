"""Answers, once for each condition and population, which subjects satisfy it."""

from collections.abc import Iterable, Mapping

from addin.forms.conditions import Condition, Group, Test, compare
from addin.forms.fields import value_of
from addin.forms.filled import Evidence
from addin.forms.subjects import Organisation, Subject, subjects
from validators.rule import Case
from validators.table import Value

Numbers = frozenset[int]


def organisation_test(one: Organisation) -> Test:
    """The condition that a row belongs to an organisation."""
    return Test(f"党组织为{one.name}", "org.code", "党组织", "is", (one.code,))


class Judge:
    """The subjects of one case by condition; every value and every answer is worked out once however many ask."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._everyone: dict[str, Numbers] = {}
        self._met: dict[tuple[str, Condition], Numbers] = {}
        self._values: dict[tuple[str, str], Mapping[int, Value]] = {}
        self._groups: dict[tuple[str, str], Mapping[Value, Numbers]] = {}

    def subjects(self, population: str) -> tuple[Subject, ...]:
        """Everyone of a population, numbered from 1."""
        return subjects(self.case, population)

    def everyone(self, population: str) -> Numbers:
        """The numbers of everyone of a population."""
        if population not in self._everyone:
            self._everyone[population] = frozenset(range(1, len(self.subjects(population)) + 1))
        return self._everyone[population]

    def values(self, population: str, path: str) -> Mapping[int, Value]:
        """The values of a field by subject number."""
        key = (population, path)
        if key not in self._values:
            self._values[key] = {it.number: value_of(it, path) for it in self.subjects(population)}
        return self._values[key]

    def meeting(self, one: Condition, population: str) -> Numbers:
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
            found &= self.meeting(one, population)
        return Evidence(population, asked, found)

    def _group(self, one: Group, population: str) -> Numbers:
        met = [self.meeting(part, population) for part in one.parts]
        if one.mode == "any":
            return frozenset().union(*met)
        if one.mode == "none":
            return self.everyone(population).difference(*met)
        return self.everyone(population).intersection(*met)

    def _test(self, one: Test, population: str) -> Numbers:
        if one.operator in ("is", "is_not"):
            groups = self._grouped(population, one.path)
            met = frozenset[int]().union(*(groups.get(word, frozenset()) for word in one.operands))
            return met if one.operator == "is" else self.everyone(population) - met
        values = self.values(population, one.path)
        return frozenset(it.number for it in self.subjects(population) if compare(one, values[it.number], it))

    def _grouped(self, population: str, path: str) -> Mapping[Value, Numbers]:
        key = (population, path)
        if key not in self._groups:
            found: dict[Value, set[int]] = {}
            for number, value in self.values(population, path).items():
                for word in value if isinstance(value, tuple) else (value,):
                    found.setdefault(word, set()).add(number)
            self._groups[key] = {word: frozenset(numbers) for word, numbers in found.items()}
        return self._groups[key]
