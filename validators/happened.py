"""When something happened: events with the row they rest on; a day-unknown date counts as its latest possible day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from validators.dates import month_end
from validators.table import MonthOnly, Row, Value


class Basis(NamedTuple):
    """One row a derived value rests on, with what was read there and the arithmetic in the clerk's words."""

    sheet: str
    row: int
    text: str


class Event(NamedTuple):
    """Something dated that happened to a member, and the row that says so. ``what`` is a Chinese noun."""

    day: date
    row: Row
    what: str

    def basis(self, text: str = "") -> Basis:
        """This event as basis; by default it reads ``最近联系 2026-03-01``."""
        return basis(self.row, text or f"{self.what} {self.day}")


def basis(row: Row, text: str) -> Basis:
    """A row as basis of a derived value."""
    return Basis(row.origin.sheet, row.origin.row, text)


def latest_day(value: Value) -> date | None:
    """The latest day a value may mean (R-FLD-DATES: month-end when the day is unknown); None when it is no date."""
    if isinstance(value, MonthOnly):
        return month_end(value.year, value.month)
    return value if isinstance(value, date) else None


def day_of(row: Row, key: str) -> date | None:
    """The latest day a date column may mean, also in the future of the as-of date."""
    return latest_day(row[key])


def happened(row: Row, key: str, as_of: date) -> date | None:
    """The day of something that has happened by ``as_of``; None when blank, unreadable or still to come.

    A day-unknown date of the running month has begun: it counts, but no later than the as-of date.
    """
    value = row.values.get(key)
    if isinstance(value, date):
        return value if value <= as_of else None
    if not isinstance(value, MonthOnly) or date(value.year, value.month, 1) > as_of:
        return None
    return min(month_end(value.year, value.month), as_of)


def latest(events: Iterable[Event], upto: date | None = None) -> Event | None:
    """The latest event (on or before ``upto``), the first of equals."""
    found: Event | None = None
    for event in events:
        if (upto is None or event.day <= upto) and (found is None or event.day > found.day):
            found = event
    return found


def latest_row(rows: Sequence[Row], key: str, as_of: date) -> Row | None:
    """The row with the latest day in a column that has come by ``as_of``, of equal days the lower one; undated rows
    are the earliest.
    """
    found: Row | None = None
    last = date.min
    for row in rows:
        day = day_of(row, key) or date.min
        if last <= day <= as_of:
            found, last = row, day
    return found
