"""The two clocks of R-LOST-CLOCKS, the 失联 threshold of R-LOST-6M and the clocks of 党章第九条 (R-A9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from validators.contacts import Attended, counting_contacts
from validators.dates import Month, deadline, edate, reached
from validators.happened import Basis, Event, basis, happened, latest
from validators.people import Person
from validators.policy import Policy
from validators.searches import FileState, SearchFile
from validators.table import Row
from validators.words import ContactChannel, LifeDuesEvent, YesNo


@dataclass(frozen=True, slots=True)
class Traces:
    """Everything dated that proves a member was in touch, by kind; only what happened by the as-of date."""

    contacts: tuple[Event, ...]
    life: tuple[Event, ...]
    dues: tuple[Event, ...]
    found: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Clocks:
    """``contact`` is L_contact (whether 失联), ``form`` is L_form (what the official tables print); None: never."""

    contact: Event | None
    form: Event | None
    life: Event | None
    dues: Event | None


def traces(
    person: Person, attended: Iterable[Attended], files: tuple[SearchFile, ...], policy: Policy, as_of: date
) -> Traces:
    """Collects the traces of a member from every sheet. ``attended`` is his ``attended_life``."""
    life, dues = [], []
    if person.member is not None:
        life += _dated(person.member, "last_life_on", "最近参加组织生活", as_of)
        dues += _dated(person.member, "last_dues_on", "最近交纳党费", as_of)
    life += [Event(day, row, "最近参加组织生活") for day, row, _ in attended]
    for row in person.of("life_dues_log"):
        if row.values.get("event") == LifeDuesEvent.DUES and _dues_count(row, policy):
            proxy = "（代交）" if row["by_proxy"] == YesNo.YES else ""
            dues += _dated(row, "happened_on", f"最近交纳党费{proxy}", as_of)
    contacts = counting_contacts(person, attended, policy, as_of)
    life += [
        Event(contact.day, contact.row, "最近参加组织生活")
        for contact in contacts
        if contact.row.values.get("channel") == ContactChannel.ORGANISATION_LIFE
    ]
    found = tuple(
        Event(file.closed_on, file.row, "查找取得联系")
        for file in files
        if file.state is FileState.FOUND and file.closed_on is not None
    )
    return Traces(contacts, tuple(life), tuple(dues), found)


def _dated(row: Row, key: str, what: str, as_of: date) -> list[Event]:
    day = happened(row, key, as_of)
    return [Event(day, row, what)] if day is not None else []


def _dues_count(row: Row, policy: Policy) -> bool:
    return row["by_proxy"] != YesNo.YES or policy.flag("lost.proxy_dues_counts")


def clocks(seen: Traces, upto: date | None = None) -> Clocks:
    """Both clocks, by default at the as-of date; with ``upto`` as they stood at the end of that day."""
    life, dues = latest(seen.life, upto), latest(seen.dues, upto)
    form = latest(event for event in (life, dues) if event is not None)
    others = (latest(seen.contacts, upto), latest(seen.found, upto), form)
    return Clocks(latest(event for event in others if event is not None), form, life, dues)


def lost_on(start: date, policy: Policy) -> date:
    """满失联日: the first day a member with this L_contact is 失联 (R-LOST-6M, 满 or 超过 as the policy says)."""
    day = edate(start, policy.whole("lost.months"))
    return deadline(day, 1) if policy.word("lost.boundary") == "exceeded" else day


def lost_arithmetic(start: Event, policy: Policy, as_of: date) -> str:
    """How 满失联日 compares: ``最近联系 2025-08-31 + 6个月 = 2026-02-28 ≤ 基准日 2026-03-01``."""
    months = policy.whole("lost.months")
    day = edate(start.day, months)
    if policy.word("lost.boundary") == "exceeded":
        sign = "＜" if day < as_of else "≥"
    else:
        sign = "≤" if day <= as_of else "＞"
    return f"{start.what} {start.day} + {months}个月 = {day} {sign} 基准日 {as_of}"


def unpaid_months(paid_to: Month, as_of: date) -> int:
    """Fully elapsed months without dues: after ``paid_to`` up to the month before the as-of date's month (R-A9)."""
    return max(0, Month.of(as_of).number - paid_to.number - 1)


def dues_paid_to(person: Person, as_of: date) -> tuple[Month, Row] | None:
    """The latest month dues are paid to, and the row that says so: the roster or a payment in the event log."""
    rows = [
        row
        for row in person.of("life_dues_log")
        if row.values.get("dues_paid_to") is not None and happened(row, "happened_on", as_of) is not None
    ]
    if person.member is not None:
        rows.append(person.member)
    found = [(month, row) for row in rows if (month := _month(row.text("dues_paid_to"))) is not None]
    return max(found, key=lambda pair: pair[0], default=None)


@lru_cache(maxsize=4096)
def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def article_nine(person: Person, now: Clocks, policy: Policy, as_of: date) -> tuple[Basis, ...]:
    """The clocks of 党章第九条 that have run out, each with its arithmetic; never a decision (R-A9)."""
    months = policy.whole("a9.months")
    hints = (life_hint(now, months, as_of), dues_hint(person, months, as_of))
    return tuple(hint for hint in hints if hint is not None)


def life_hint(now: Clocks, months: int, as_of: date) -> Basis | None:
    """The clock of 组织生活: so many months since the last one; None while it runs or when none is on record."""
    if now.life is None or not reached(as_of, now.life.day, months):
        return None
    end = edate(now.life.day, months)
    return now.life.basis(f"连续{months}个月未参加组织生活（{now.life.day} + {months}个月 = {end} ≤ 基准日 {as_of}）")


def dues_hint(person: Person, months: int, as_of: date) -> Basis | None:
    """The clock of 党费: so many fully elapsed unpaid months; None while it runs or when nothing is on record."""
    paid = dues_paid_to(person, as_of)
    if paid is None or (unpaid := unpaid_months(paid[0], as_of)) < months:
        return None
    return basis(paid[1], f"连续{unpaid}个月未交党费（交至 {paid[0]}，基准日 {as_of} 的当月不计）")
