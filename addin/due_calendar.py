"""Deadlines as a month calendar: weeks of seven days, each with what falls due on it."""

from calendar import Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from validators.dates import Month
from validators.due import DueItem

MOST_LINES = 6
"""So many deadlines are written into a day; how many more there are follows."""


@dataclass(frozen=True, slots=True)
class Day:
    """One square of the calendar. ``inside`` is false for the days of the months around."""

    day: date
    inside: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One month: its weeks from Monday on."""

    month: Month
    weeks: tuple[tuple[Day, ...], ...]

    @property
    def title(self) -> str:
        """``2026年11月``."""
        return f"{self.month.first.year}年{self.month.first.month}月"


def month_pages(items: Sequence[DueItem], as_of: date, last: date) -> Iterator[MonthPage]:
    """The months from the as-of date to ``last``; deadlines already past stand on no page."""
    by_day: dict[date, list[DueItem]] = {}
    for item in items:
        if item.due >= as_of:
            by_day.setdefault(item.due, []).append(item)
    month = Month.of(as_of)
    while month <= Month.of(last):
        weeks = Calendar().monthdatescalendar(month.first.year, month.first.month)
        yield MonthPage(month, tuple(tuple(_day(day, month, by_day.get(day, ())) for day in week) for week in weeks))
        month = month.next()


def _day(day: date, month: Month, items: Sequence[DueItem]) -> Day:
    inside = Month.of(day) == month
    lines = [f"{item.name or '本支部'} {item.kind}" for item in items] if inside else []
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"…另有{len(lines) - MOST_LINES}件"]
    return Day(day, inside, tuple(lines))
