"""Derived values about the last sign of a member: 组织生活, 党费, and the day of leaving."""

from datetime import date

from addin.forms.derived import FOUND, derived, lost_result, settled_row
from addin.forms.subjects import Subject
from validators.dates import deadline
from validators.happened import Event, happened, latest_day
from validators.letters import transferred_on
from validators.lost_clocks import clocks
from validators.lost_clocks import dues_paid_to as latest_dues
from validators.table import Value
from validators.words import MemberState


@derived("dues_paid_to", "党费交至年月")
def dues_paid_to(subject: Subject) -> str | None:
    """The later of the roster's own column and the event log."""
    paid = latest_dues(subject.facts.situation.person, subject.case.as_of) if subject.facts is not None else None
    return str(paid[0]) if paid is not None else None


@derived("last_life_on", "最近参加组织生活日期")
def last_life_on(subject: Subject) -> Value:
    """The latest of the roster's own column and the logs; of a member lost and found, as it stood when lost."""
    return _last(subject, "life", "last_life_on")


@derived("last_dues_on", "最近交纳党费日期")
def last_dues_on(subject: Subject) -> Value:
    """As ``last_life_on``, of 党费."""
    return _last(subject, "dues", "last_dues_on")


def _last(subject: Subject, clock: str, column: str) -> Value:
    if subject.facts is None:
        return None
    it = subject.facts.situation
    found_on = it.file.closed_on if it.file is not None and lost_result(subject) == FOUND else None
    then = clocks(it.seen, upto=deadline(found_on, -1)) if found_on is not None else it.now
    event: Event | None = getattr(then, clock)
    if event is None:
        return None
    # The cell itself: a month without day is printed as such, not as its last day.
    cells = (event.row[key] for key in (column, "happened_on", "contacted_on"))
    return next((value for value in cells if latest_day(value) == event.day), event.day)


@derived("gone_on", "离开的日期")
def gone_on(subject: Subject) -> date | None:
    """离开日期, else the day of the receipt or of the removal that ended the membership here."""
    one, as_of = subject.facts, subject.case.as_of
    if one is None:
        return None
    if (written := happened(one.member, "left_on", as_of)) is not None:
        return written
    if one.state == MemberState.EXPELLED and (row := settled_row(subject)) is not None:
        return happened(row, "approved_on", as_of) or happened(row, "effective_on", as_of)
    return transferred_on(one.situation.letters) if one.state == MemberState.TRANSFERRED else None
