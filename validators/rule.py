"""The @rule decorator: binds a rule id to its level, wording, basis and the function that finds its faults."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from validators.policy import Policy
from validators.table import Book, Level, Row

Shared = TypeVar("Shared")

Grade = Literal["S", "V", "P", "R", "U", "C", "D"]
"""How well the basis is proven: S seed, V regulation seen, P secondary, R recalled, U product default, C/D forms."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: one workbook, the policy in force and the as-of date (基准日)."""

    book: Book
    policy: Policy
    as_of: date
    _memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: str, compute: Callable[["Case"], Shared]) -> Shared:
        """What several rules need (facts, rows by person …), computed by the first that asks."""
        if key not in self._memo:
            self._memo[key] = compute(self)
        shared: Shared = self._memo[key]
        return shared


@dataclass(frozen=True, slots=True)
class Hit:
    """One fault: its register, row (None = the title cell), column key, which wording applies and what fills it in."""

    register: str
    row: Row | None
    column: str
    wording: str = ""
    level: Level | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """What is wrong and what to do, in the clerk's words; ``{value}``, ``{title}`` and details are filled in."""

    message: str
    fix: str


Finder = Callable[[Case], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue, complete with wording and basis."""

    id: str
    level: Level
    title: str
    registers: tuple[str, ...]
    wordings: Mapping[str, Wording]
    source: str
    grade: Grade
    find: Finder


RULES: dict[str, Rule] = {}
"""Every rule by id, filled by the decorator when ``validators.rules`` modules are imported."""


def rule(
    id: str,
    *,
    level: Level,
    title: str,
    registers: Iterable[str],
    wordings: Mapping[str, tuple[str, str]],
    source: str,
    grade: Grade,
) -> Callable[[Finder], Finder]:
    """Declare a rule. ``wordings`` maps a wording name ("" = the usual one) to (what is wrong, what to do)."""

    def declare(find: Finder) -> Finder:
        if id in RULES:
            raise ValueError(f"rule {id} is declared twice")
        texts = {name: Wording(*pair) for name, pair in wordings.items()}
        RULES[id] = Rule(id, level, title, tuple(registers), texts, source, grade, find)
        return find

    return declare
