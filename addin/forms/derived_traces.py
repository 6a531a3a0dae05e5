"""Derived values about the last sign of a member: 组织生活 and 党费."""

from datetime import date

from addin.forms.derived import FOUND, derived, lost_result, once_a_person
from addin.forms.subjects import Subject
from validators.dates import deadline
from validators.happened import Event, latest_day
from validators.lost_clocks import clocks
from validators.lost_clocks import dues_paid_to as latest_dues
from validators.table import Value


@derived("dues_paid_to", "党费交至年月")
@once_a_person
def dues_paid_to(subject: Subject) -> str | None:
    """The later of the roster's own column and the event log."""
    paid = latest_dues(subject.facts.situation.person, subject.case.as_of) if subject.facts is not None else None
    return str(paid[0]) if paid is not None else None


@derived("last_contact_on", "最近联系日期")
def last_contact_on(subject: Subject) -> date | None:
    """The latest counting contact, also of who has left since."""
    contacts = subject.facts.situation.seen.contacts if subject.facts is not None else ()
    return max((event.day for event in contacts), default=None)


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
