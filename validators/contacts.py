"""Contacts that count, absences, and who is to be contacted by when (R-CONTACT-…)."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from validators.codes import code_lists
from validators.dates import Month, Quarter, deadline, edate, is_late
from validators.happened import Event, happened, latest
from validators.people import Person
from validators.periods import CADENCES, Duty, P, first_owed, in_a_row, in_words, missed, next_owed
from validators.policy import Policy
from validators.table import Row
from validators.words import LifeDuesEvent, ParticipationPlace, YesNo

QUARTER, ABROAD_HALF, MONTH_CALL = "R-CONTACT-QUARTER", "R-CONTACT-ABROAD-HALF", "R-CONTACT-MONTH-CALL"

_LEFT = {QUARTER: "外出", ABROAD_HALF: "出境", MONTH_CALL: "外出"}
_TWO_WAY_PLACES = frozenset({ParticipationPlace.HOME, ParticipationPlace.ONLINE})


class Attended(NamedTuple):
    """One 组织生活 of the event log a member took part in: its day, the row, 地点."""

    day: date
    row: Row
    place: str


class Absence(NamedTuple):
    """One stay away (流出党员) or abroad (出国境) that has begun; ``ended_on`` None while it lasts."""

    row: Row
    left_on: date
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class ContactDuty:
    """What R-CONTACT-QUARTER, -ABROAD-HALF or -MONTH-CALL asks for one member.

    ``next_due`` is the last day of the running (or first coming) period without contact, None when nothing is owed
    any more. ``late_since`` is the deadline that passed without contact, ``missed`` the number of closed periods in
    a row; ``made_up`` says whether a contact came after that deadline.
    """

    rule: str
    row: Row
    next_due: date | None
    next_text: str
    late_since: date | None
    missed: int
    made_up: bool
    text: str


def counting_channels(policy: Policy) -> frozenset[str]:
    """The channels that may count as contact under a policy; written ones only if a reply in writing counts."""
    return _channels(tuple(policy.words("contact.channels")), policy.flag("contact.text_reply_counts"))


@cache
def _channels(words: tuple[str, ...], text_counts: bool) -> frozenset[str]:
    written = () if text_counts else code_lists()["contact_channel"].with_attribute("text")
    return frozenset(words) - frozenset(written)


def counts(row: Row, channels: Container[str]) -> bool:
    """R-CONTACT-DEF: whether a row of 联系记录 is a contact – answered, two-way, named contact person, content."""
    get = row.values.get
    return (
        get("answered") == YesNo.YES
        and row.text("channel") in channels
        and get("contact_person") is not None
        and get("content") is not None
    )


def counting_contacts(person: Person, attended: Iterable[Attended], policy: Policy, as_of: date) -> tuple[Event, ...]:
    """Every contact of a person that counts, in sheet order (decisions: 组织生活 at home or online is a contact)."""
    found = []
    channels = counting_channels(policy)
    for row in person.of("contact_log"):
        day = happened(row, "contacted_on", as_of)
        if day is not None and counts(row, channels):
            found.append(Event(day, row, "最近联系"))
    found += [Event(day, row, "最近联系（参加组织生活）") for day, row, place in attended if place in _TWO_WAY_PLACES]
    return tuple(found)


def attended_life(person: Person, as_of: date) -> tuple[Attended, ...]:
    """组织生活 a person took part in by ``as_of``, as the event log has it, in sheet order."""
    return tuple(
        Attended(day, row, row.text("place"))
        for row in person.of("life_dues_log")
        if row.values.get("event") == LifeDuesEvent.LIFE and (day := happened(row, "happened_on", as_of)) is not None
    )


def absences(rows: Sequence[Row], begin: str, as_of: date) -> tuple[Absence, ...]:
    """The absences begun by ``as_of``, oldest first; ``begin`` is the column of the first day."""
    if not rows:
        return ()
    found = [
        Absence(row, left_on, happened(row, "returned_on", as_of))
        for row in rows
        if (left_on := happened(row, begin, as_of)) is not None
    ]
    return tuple(sorted(found, key=lambda absence: absence.left_on))


def open_absence(stays: Sequence[Absence]) -> Absence | None:
    """The latest absence that lasts."""
    lasting = [stay for stay in stays if stay.ended_on is None]
    return lasting[-1] if lasting else None


def home_attendance(attended: Iterable[Attended]) -> tuple[Event, ...]:
    """组织生活 attended in the home branch itself, which interrupts an absence (R-FLOAT-BROKEN)."""
    return tuple(
        Event(day, row, "回本支部参加组织生活") for day, row, place in attended if place == ParticipationPlace.HOME
    )


def away_six_months(stay: Absence, attended: Iterable[Event], policy: Policy) -> tuple[date, Event]:
    """外出满六个月日 of an absence (R-FLOAT-DEF, R-FLOAT-BROKEN) and the event the months are counted from."""
    start = Event(stay.left_on, stay.row, "外出")
    if policy.word("float.def") == "yj24" and policy.flag("float.break_on_attendance"):
        attended = [event for event in attended if event.day > stay.left_on]
        start = latest(attended, stay.ended_on) or start
    return edate(start.day, policy.whole("float.months")), start


def away_duties(
    stays: Iterable[Absence], attended: Sequence[Event], policy: Policy, as_of: date, ended_on: date | None
) -> tuple[tuple[Absence, Duty], ...]:
    """The spans in which the branch owes contact, each with its absence. ``ended_on`` ends them all (回执, 停籍)."""
    same = policy.word("contact.first_quarter") == "same"
    narrow = policy.word("contact.scope") == "floating_6m_only"
    found = []
    for stay in stays:
        start = away_six_months(stay, attended, policy)[0] if narrow else stay.left_on
        ends = [day for day in (stay.ended_on, ended_on) if day is not None and day >= stay.left_on]
        if start <= as_of:
            found.append((stay, Duty(start, min(ends, default=None), same)))
    return tuple(found)


def abroad_duties(stays: Iterable[Absence], ended_on: date | None) -> tuple[tuple[Absence, Duty], ...]:
    """As ``away_duties`` for stays abroad; the half-year of departure is never owed."""
    found = []
    for stay in stays:
        ends = [day for day in (stay.ended_on, ended_on) if day is not None and day >= stay.left_on]
        found.append((stay, Duty(stay.left_on, min(ends, default=None))))
    return tuple(found)


def quarter_duty(
    spans: Sequence[tuple[Absence, Duty]], contacts: Sequence[Event], policy: Policy, as_of: date
) -> ContactDuty | None:
    """R-CONTACT-QUARTER in the mode of the policy; None when nothing is or was owed."""
    if not spans:
        return None
    mode = policy.word("contact.mode")
    if mode == "calendar_quarter":
        return _calendar(QUARTER, Quarter.of, "季度", spans, contacts, as_of)
    return _rolling(mode, spans, contacts, as_of)


def abroad_duty(
    spans: Sequence[tuple[Absence, Duty]], contacts: Sequence[Event], policy: Policy, as_of: date
) -> ContactDuty | None:
    """R-CONTACT-ABROAD-HALF: at least one contact each calendar half-year (or as ``contact.abroad`` says)."""
    if not spans:
        return None
    unit, of = CADENCES[policy.word("contact.abroad")]
    return _calendar(ABROAD_HALF, of, unit, spans, contacts, as_of)


def month_duty(spans: Sequence[tuple[Absence, Duty]], contacts: Sequence[Event], as_of: date) -> ContactDuty | None:
    """R-CONTACT-MONTH-CALL: at least one contact each calendar month."""
    return _calendar(MONTH_CALL, Month.of, "月", spans, contacts, as_of) if spans else None


def missed_quarters(spans: Sequence[tuple[Absence, Duty]], contacts: Sequence[Event], as_of: date) -> int:
    """连续未联系季度数: closed owed calendar quarters in a row, up to the last one, without counting contact."""
    if not spans:
        return 0
    done = {Quarter.of(contact.day) for contact in contacts}
    return len(missed(Quarter.of, [duty for _, duty in spans], done, as_of))


def _calendar(
    rule: str,
    of: Callable[[date], P],
    unit: str,
    spans: Sequence[tuple[Absence, Duty]],
    contacts: Sequence[Event],
    as_of: date,
) -> ContactDuty | None:
    done = {of(contact.day) for contact in contacts}
    duties = [duty for _, duty in spans]
    run = missed(of, duties, done, as_of)
    coming = next_owed(of, duties, done, as_of)
    if not run and coming is None:
        return None
    stay, duty = next((span for span in reversed(spans) if span[1].end is None), spans[-1])
    since = f"{_LEFT[rule]} {stay.left_on}，自{in_words(first_owed(of, duty))}起每{unit}至少联系1次"
    late_since = run[0].last if run else None
    return ContactDuty(
        rule=rule,
        row=stay.row,
        next_due=coming.last if coming is not None else None,
        next_text=f"{since}；{in_words(coming)}截止 {coming.last}" if coming is not None else "",
        late_since=late_since,
        missed=len(run),
        made_up=late_since is not None and any(contact.day > late_since for contact in contacts),
        text=f"{since}；{in_words(run[0])}（至{run[0].last}）没有联系{in_a_row(run)}" if run else "",
    )


def _rolling(
    mode: str, spans: Sequence[tuple[Absence, Duty]], contacts: Sequence[Event], as_of: date
) -> ContactDuty | None:
    running = [(stay, duty) for stay, duty in spans if duty.end is None]
    if not running:
        return None
    stay, duty = running[-1]
    start = Event(duty.start, stay.row, "外出")
    last = latest(contacts)
    base = last if last is not None and last.day >= start.day else start
    due, plus = (edate(base.day, 3), "3个月") if mode == "rolling_3_months" else (deadline(base.day, 90), "90天")
    text = f"{base.what} {base.day} + {plus} = {due}"
    late = is_late(as_of, due)
    return ContactDuty(QUARTER, stay.row, due, text, due if late else None, 0, False, text)
