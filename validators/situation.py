"""Everything the sheets say about one member at the as-of date, looked up once: what all derived values start from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from validators.contacts import (
    Absence,
    ContactDuty,
    abroad_duties,
    abroad_duty,
    absences,
    attended_life,
    away_duties,
    away_six_months,
    home_attendance,
    missed_quarters,
    month_duty,
    open_absence,
    quarter_duty,
)
from validators.happened import Event, day_of, happened
from validators.letters import Letter, outgoing_letters, transferred_on
from validators.lost_clocks import Clocks, Traces, clocks, traces
from validators.people import Person
from validators.policy import Policy
from validators.searches import FileState, SearchFile, search_files
from validators.table import Row
from validators.terms import Term, stop_term
from validators.words import MembershipStatus, Outcome, RelationBelonging


@dataclass(frozen=True, slots=True)
class Situation:
    """One member at the as-of date. ``belonging`` and ``stop`` are what holds then, not what was typed later."""

    person: Person
    member: Row
    policy: Policy
    as_of: date
    belonging: str
    letters: tuple[Letter, ...]
    is_stopped: bool
    stop: Term | None
    files: tuple[SearchFile, ...]
    seen: Traces
    now: Clocks
    stays: tuple[Absence, ...]
    away: Absence | None
    six_months: tuple[date, Event] | None
    abroad: Absence | None
    contact_duty: ContactDuty | None
    abroad_duty: ContactDuty | None
    call_duty: ContactDuty | None
    missed_quarters: int

    @property
    def file(self) -> SearchFile | None:
        """The latest search file."""
        return self.files[-1] if self.files else None

    @property
    def open_file(self) -> SearchFile | None:
        """The latest search file unless it ended with contact: the search, or its failure, still stands."""
        return self.file if self.file is not None and self.file.state is not FileState.FOUND else None


def situation(person: Person, member: Row, policy: Policy, as_of: date) -> Situation:
    """Looks up what the sheets say about a member."""
    dispositions = person.of("disposition")
    letters = outgoing_letters(person.of("transfer_letter"), policy, as_of)
    belonging = belonging_at(person, member, letters, as_of)
    stop = stop_term(dispositions, policy, as_of)
    is_stopped = _is_stopped(member, dispositions, stop)
    files = search_files(person.of("lost_file"), as_of)
    attended = attended_life(person, as_of)
    seen = traces(person, attended, files, policy, as_of)
    stays = absences(person.of("outflow"), "left_on", as_of)
    away, abroad_stays = open_absence(stays), absences(person.of("abroad"), "departed_on", as_of)
    came_home = home_attendance(attended)
    received = transferred_on(letters) if belonging != RelationBelonging.HERE else None
    ended_on = min((day for day in (received, stop.starts_on if stop and is_stopped else None) if day), default=None)
    spans = away_duties(stays, came_home, policy, as_of, ended_on)
    return Situation(
        person=person,
        member=member,
        policy=policy,
        as_of=as_of,
        belonging=belonging,
        letters=letters,
        is_stopped=is_stopped,
        stop=stop,
        files=files,
        seen=seen,
        now=clocks(seen),
        stays=stays,
        away=away,
        six_months=away_six_months(away, came_home, policy) if away is not None else None,
        abroad=open_absence(abroad_stays),
        contact_duty=quarter_duty(spans, seen.contacts, policy, as_of),
        abroad_duty=abroad_duty(abroad_duties(abroad_stays, ended_on), seen.contacts, policy, as_of),
        call_duty=month_duty(spans, seen.contacts, as_of) if policy.flag("contact.month_call") else None,
        missed_quarters=missed_quarters(spans, seen.contacts, as_of),
    )


def belonging_at(person: Person, member: Row, letters: Sequence[Letter], as_of: date) -> str:
    """关系归属 as it stood: a leave or a letter dated after the as-of date has not happened yet. Blank is 在册."""
    typed = member.text("relation_belonging") or RelationBelonging.HERE
    if typed == RelationBelonging.LEFT:
        left = member["left_on"] is None or happened(member, "left_on", as_of) is not None
        return RelationBelonging.LEFT if left else _before_leaving(letters)
    if typed == RelationBelonging.NO_RECEIPT and letters:
        return RelationBelonging.LEFT if transferred_on(letters) is not None else typed
    if typed == RelationBelonging.NO_RECEIPT and _is_still_to_be_written(person, as_of):
        return RelationBelonging.HERE
    return typed


def _is_still_to_be_written(person: Person, as_of: date) -> bool:
    days = [day_of(row, "issued_on") for row in person.of("transfer_letter")]
    return any(day is not None and day > as_of for day in days)


def _before_leaving(letters: Sequence[Letter]) -> str:
    return RelationBelonging.NO_RECEIPT if any(letter.is_permanent for letter in letters) else RelationBelonging.HERE


def _is_stopped(member: Row, dispositions: Sequence[Row], stop: Term | None) -> bool:
    """The roster says 停止党籍 and no approval contradicts that it was so by the as-of date."""
    if member["membership_status"] != MembershipStatus.STOPPED:
        return False
    to_come = any(
        row["proposal"] == Outcome.STOP_MEMBERSHIP and isinstance(row["approved_on"], date) for row in dispositions
    )
    return stop is not None or not to_come
