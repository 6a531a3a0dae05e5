"""The milestone calendars of a 集中排查 (R-INSP-CALENDAR) from campaigns.json: due days, reminders, order of levels."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from validators.dates import month_end

_DUE = re.compile(r"Y(\+1)?-(?:(\d\d)-)?(\S+)")


@dataclass(frozen=True, slots=True)
class Milestone:
    """One delivery: which level owes what to whom. ``due`` as written (``Y+1-02-月底``); ``feeds`` the one above."""

    key: str
    level: str
    what: str
    due: str
    recipient: str
    attachments: tuple[str, ...] = ()
    feeds: str = ""
    note: str = ""

    def due_on(self, year: int) -> date:
        """The last day on time in a campaign that begins in ``year``. Raises ValueError for an unreadable ``due``."""
        return due_day(self.due, year)


@dataclass(frozen=True, slots=True)
class Campaign:
    """One milestone profile (P1–P4) of the policy key ``calendar.profile``."""

    key: str
    title: str
    source: str
    grade: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class OrderFault:
    """A delivery that is not due before the one that rests on it."""

    child: Milestone
    parent: Milestone
    child_due: date
    parent_due: date

    @property
    def text(self) -> str:
        """In the clerk's words."""
        return (
            f"“{self.child.what}”（{self.child.level}，{self.child_due}）应早于"
            f"“{self.parent.what}”（{self.parent.level}，{self.parent_due}），请把下级的日期提前"
        )


@cache
def campaigns() -> Mapping[str, Campaign]:
    """Every profile by key."""
    return {entry["key"]: _campaign(entry) for entry in _data()["profiles"]}


@cache
def reminder_days() -> tuple[int, ...]:
    """How many days before a milestone one is reminded."""
    return tuple(_data()["reminders"])


def due_day(text: str, year: int) -> date:
    """A due day as written in a profile, for a campaign that begins in ``year``.

    上旬、中旬 mean the 10th and 20th, 下旬 and 月底 the last day of the month, 年初 03-31 (``words`` of the file).
    Raises ValueError.
    """
    match = _DUE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a due day: {text!r}")
    year, month, day = year + (1 if match[1] else 0), match[2], match[3]
    day = _data()["words"].get(day, day)
    if month is None:
        return date.fromisoformat(f"{year:04d}-{day}")
    return month_end(year, int(month)) if day == "month_end" else date(year, int(month), int(day))


def order_faults(milestones: Iterable[Milestone], year: int) -> tuple[OrderFault, ...]:
    """Where a parent's due day is not later than its child's; a ``feeds`` that names nothing is no fault."""
    rows = tuple(milestones)
    by_key = {row.key: row for row in rows}
    found = []
    for child in rows:
        parent = by_key.get(child.feeds)
        if parent is not None and parent.due_on(year) <= child.due_on(year):
            found.append(OrderFault(child, parent, child.due_on(year), parent.due_on(year)))
    return tuple(found)


def reminders_on(milestones: Iterable[Milestone], year: int, as_of: date) -> tuple[tuple[Milestone, int], ...]:
    """The milestones to remind of on a day, with the days left."""
    days = {timedelta(days=left) for left in reminder_days()}
    found = [(row, row.due_on(year) - as_of) for row in milestones]
    return tuple((row, left.days) for row, left in found if left in days)


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = json.loads(files("validators").joinpath("campaigns.json").read_text(encoding="utf-8"))
    return data


def _campaign(entry: Mapping[str, Any]) -> Campaign:
    rows = tuple(Milestone(**{**row, "attachments": tuple(row["attachments"])}) for row in entry["milestones"])
    return Campaign(entry["key"], entry["title"], entry["source"], entry["grade"], rows)
