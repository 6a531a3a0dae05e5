"""Overdue and coming deadlines (逾期与到期) of members, letters, inflow, agreements and the branch itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from validators.dates import deadline, is_late, month_end
from validators.facts import PersonFacts
from validators.happened import day_of, happened
from validators.letters import outgoing_letters
from validators.member_state import IN_CAMPAIGN
from validators.people import PersonKey, number_of, organisation_of, people
from validators.periods import CADENCES, in_words
from validators.policy import Policy
from validators.reminders import Reminder, letter_reminders, reminders
from validators.table import Book, Row
from validators.words import MemberState

Status = Literal["overdue", "due", "coming"]
"""overdue: the last day on time has passed; due: it is near; coming: further ahead."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One deadline as shown. ``days`` are the days left, negative when late. A whole branch's deadline names nobody."""

    kind: str
    rule: str
    key: PersonKey
    name: str
    file: str
    sheet: str
    row: int
    contact_person: str
    due: date
    status: Status
    days: int
    text: str


def due_items(book: Book, facts: Iterable[PersonFacts], policy: Policy, as_of: date, days: int) -> tuple[DueItem, ...]:
    """Everything late, and what falls due within ``days`` from the as-of date; 0 means late things only.

    Sorted by contact person, then by day.
    """
    facts = tuple(facts)
    found = [item for item in _all(book, facts, policy, as_of) if item.days < 0 or (days > 0 and item.days <= days)]
    return tuple(sorted(found, key=lambda item: (item.contact_person, item.due, item.sheet, item.row, item.kind)))


def _all(book: Book, facts: Sequence[PersonFacts], policy: Policy, as_of: date) -> Iterator[DueItem]:
    for one in facts:
        for reminder in reminders(one):
            yield _item(reminder, one.key, one.name, as_of)
    known = {one.key for one in facts}
    for key, person in people(book).items():
        if key not in known:
            letters = outgoing_letters(person.of("transfer_letter"), policy, as_of)
            for reminder in letter_reminders(letters, policy, ""):
                yield _item(reminder, key, reminder.row.text("name"), as_of)
    for reminder in (*_inflow(book, policy, as_of), *_agreements(book, as_of)):
        key = PersonKey(organisation_of(book, reminder.row), number_of(reminder.row))
        yield _item(reminder, key, reminder.row.text("name"), as_of)
    yield from _annual_review(book, facts, policy, as_of)
    yield from _annual_check(book, facts, policy, as_of)
    yield from _annual_forms(book, facts, policy, as_of)


def _item(reminder: Reminder, key: PersonKey, name: str, as_of: date) -> DueItem:
    place = reminder.row.origin
    days = (reminder.due - as_of).days
    return DueItem(
        kind=reminder.kind,
        rule=reminder.rule,
        key=key,
        name=name,
        file=place.file,
        sheet=place.sheet,
        row=place.row,
        contact_person=reminder.who,
        due=reminder.due,
        status=_status(days, reminder.soon),
        days=days,
        text=reminder.text,
    )


def _status(days: int, soon: int) -> Status:
    if days < 0:
        return "overdue"
    return "due" if days <= soon else "coming"


def _inflow(book: Book, policy: Policy, as_of: date) -> Iterator[Reminder]:
    """R-FLOAT-HOST-ENTRY: who arrived is taken into a branch or group."""
    days = policy.whole("host.enroll_days")
    for row in book["inflow"]:
        arrived_on = happened(row, "arrived_on", as_of)
        gone = happened(row, "departed_on", as_of) is not None
        if arrived_on is None or gone or happened(row, "enrolled_on", as_of) is not None:
            continue
        due = deadline(arrived_on, days)
        yield Reminder("流入编组", "R-FLOAT-HOST-ENTRY", row, due, f"流入 {arrived_on} + {days}天 = {due}", "")


def _agreements(book: Book, as_of: date) -> Iterator[Reminder]:
    """共管协议: the next consultation and the end of the agreement."""
    for row in book["agreement"]:
        partner, expires_on = row.text("partner"), day_of(row, "expires_on")
        if expires_on is not None:
            text = f"与{partner}的共管协议 {row.text('agreement_number')} {expires_on} 到期"
            yield Reminder("共管协议到期", "R-FLOAT-AGREEMENT", row, expires_on, text, row.text("contacts"), 30)
        next_on, last_on = day_of(row, "next_consultation_on"), happened(row, "last_consulted_on", as_of)
        ended = expires_on is not None and is_late(as_of, expires_on)
        if next_on is not None and not ended and (last_on is None or last_on < next_on):
            text = f"与{partner}的下次会商 {next_on}"
            yield Reminder("共管会商", "R-FLOAT-AGREEMENT", row, next_on, text, row.text("contacts"))


def _annual_review(book: Book, facts: Sequence[PersonFacts], policy: Policy, as_of: date) -> Iterator[DueItem]:
    """R-ANNUAL-MEMBER: one 年审 row per member and year, for organisations that keep the sheet."""
    month, day = (int(part) for part in policy.word("annual.due").split("-"))
    due = date(as_of.year, month, min(day, month_end(as_of.year, month).day))
    reviewed = [row for row in book["annual_review"] if row.text("year")[:4] == str(as_of.year)]
    done = {_key(book, row) for row in reviewed}
    keeping = {organisation_of(book, row) for row in book["annual_review"]}
    members = [one for one in facts if one.state in IN_CAMPAIGN and one.key.organisation in keeping]
    for organisation, count in Counter(one.key.organisation for one in members if one.key not in done).items():
        total = sum(1 for one in members if one.key.organisation == organisation)
        text = f"{as_of.year}年年审截止 {due}：{total}人中还有{count}人没有年审记录"
        yield _branch_item(book, "annual_review", "年审", "R-ANNUAL-MEMBER", organisation, due, text, as_of)


def _annual_check(book: Book, facts: Sequence[PersonFacts], policy: Policy, as_of: date) -> Iterator[DueItem]:
    """R-FLOAT-ANNUAL-CHECK: everyone away is looked at once a year, for organisations that keep 排查记录."""
    unit, of = CADENCES[policy.word("float.check_period")]
    period = of(as_of)
    done = {
        _key(book, row)
        for row in book["campaign_check"]
        if (day := happened(row, "checked_on", as_of)) is not None and of(day) == period
    }
    keeping = {organisation_of(book, row) for row in book["campaign_check"]}
    away = [one for one in facts if one.state in (MemberState.FLOATING, MemberState.AWAY)]
    left = Counter(one.key.organisation for one in away if one.key not in done and one.key.organisation in keeping)
    for organisation, count in left.items():
        text = f"流动党员每{unit}排查一次：{in_words(period)}还有{count}名外出党员没有排查记录，截止 {period.last}"
        rule = "R-FLOAT-ANNUAL-CHECK"
        yield _branch_item(book, "campaign_check", "流动党员排查", rule, organisation, period.last, text, as_of)


def _annual_forms(book: Book, facts: Sequence[PersonFacts], policy: Policy, as_of: date) -> Iterator[DueItem]:
    """R-FLOAT-ANNUALFORM: the paper form of everyone away, by the end of the year, where the policy asks for it."""
    if not policy.flag("float.annual_forms"):
        return
    due = date(as_of.year, 12, 31)
    away = Counter(one.key.organisation for one in facts if one.state in (MemberState.FLOATING, MemberState.AWAY))
    for organisation, count in away.items():
        text = f"{as_of.year}年双向共管登记表截止 {due}：{count}名外出党员各报一份，由党委汇成一览表送组织部备案"
        yield _branch_item(book, "outflow", "双向共管登记表", "R-FLOAT-ANNUALFORM", organisation, due, text, as_of)


def _branch_item(
    book: Book, register: str, kind: str, rule: str, organisation: str, due: date, text: str, as_of: date
) -> DueItem:
    table, days = book[register], (due - as_of).days
    key, status = PersonKey(organisation, ""), _status(days, 30)
    return DueItem(kind, rule, key, "", book.file, table.sheet, table.header_row, "", due, status, days, text)


def _key(book: Book, row: Row) -> PersonKey:
    return PersonKey(organisation_of(book, row), number_of(row))
