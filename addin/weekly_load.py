"""How much falls to whom in which week: deadlines counted by contact person and ISO week."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from validators.dates import Week, iso_week
from validators.due import DueItem

NOBODY = "未指定联系人"
"""Where nobody is named: the branch itself has to see to it."""


def who(item: DueItem) -> str:
    """支部联系人 of a deadline, or ``NOBODY``."""
    return item.contact_person or NOBODY


def by_person(items: Iterable[DueItem]) -> Mapping[str, tuple[DueItem, ...]]:
    """The deadlines of each contact person in their order; those of nobody come last."""
    found: dict[str, list[DueItem]] = {}
    for item in items:
        found.setdefault(who(item), []).append(item)
    return {name: tuple(found[name]) for name in sorted(found, key=lambda name: (name == NOBODY, name))}


def weekly_load(items: Iterable[DueItem], as_of: date) -> Mapping[str, Mapping[Week, int]]:
    """Deadlines by contact person and week, weeks in order; what is late weighs on the running week."""
    return {
        name: dict(sorted(Counter(iso_week(max(item.due, as_of)) for item in theirs).items()))
        for name, theirs in by_person(items).items()
    }


def week_word(week: Week, as_of: date) -> str:
    """``本周``, ``下周`` or ``12-07这周``."""
    weeks = (week.first - iso_week(as_of).first).days // 7
    return {0: "本周", 1: "下周"}.get(weeks, f"{week.first:%m-%d}起一周")
