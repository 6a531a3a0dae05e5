"""The load of the coming weeks as a table for a chart: every week in between, the busiest contact persons by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from addin.weekly_load import weekly_load
from validators.dates import iso_week
from validators.due import DueItem

MOST_PEOPLE = 9
"""More names make a chart nobody can read; the others are added up."""

OTHERS = "其他联系人"


@dataclass(frozen=True, slots=True)
class LoadTable:
    """``weeks`` are (Monday, deadlines a person in the order of ``people``), without gaps."""

    people: tuple[str, ...]
    weeks: tuple[tuple[date, tuple[int, ...]], ...]


def load_table(items: Iterable[DueItem], as_of: date) -> LoadTable:
    """Deadlines counted by week and contact person, from the running week to the last one."""
    load = weekly_load(items, as_of)
    busiest = sorted(load, key=lambda name: -sum(load[name].values()))
    named = [name for name in load if name in busiest[:MOST_PEOPLE]]
    others = [name for name in load if name not in named]
    last = max((week.first for weeks in load.values() for week in weeks), default=None)
    weeks = []
    week = iso_week(as_of)
    while last is not None and week.first <= last:
        counts = [load[name].get(week, 0) for name in named]
        if others:
            counts.append(sum(load[name].get(week, 0) for name in others))
        weeks.append((week.first, tuple(counts)))
        week = iso_week(week.first + timedelta(days=7))
    return LoadTable((*named, *((OTHERS,) if others else ())), tuple(weeks))
