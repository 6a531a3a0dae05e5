"""Everything derived per member (一人一行): each value with the rows it rests on and its arithmetic in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from types import MappingProxyType

from validators.collecting import collecting_paused
from validators.contacts import ContactDuty
from validators.derive import contact_duties, derive, owed_searches
from validators.happened import Basis
from validators.member_state import State, member_state
from validators.people import Person, PersonKey, number_of, organisation_of, people
from validators.policy import Policy
from validators.searches import SearchDuty
from validators.situation import Situation, situation
from validators.table import Book, Row
from validators.words import YesNo


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """The derived values of one roster row at the as-of date. A value that does not apply is None.

    ``basis`` names, by attribute, the rows a value rests on; each carries its arithmetic in words, as
    ``最近联系 2025-08-31 + 6个月 = 2026-02-28 ≤ 基准日 2026-03-01``. Dates whose day is unknown count as month-ends.
    """

    key: PersonKey
    member: Row
    situation: Situation = field(repr=False)
    grounds: State = field(repr=False)
    basis: Mapping[str, tuple[Basis, ...]] = field(repr=False)
    state: str = field(default="", metadata={"title": "主状态"})
    six_months_away_on: date | None = field(default=None, metadata={"title": "外出满六个月日"})
    contacted_this_quarter: str = field(default=YesNo.NO, metadata={"title": "本季是否已联系"})
    last_contact_on: date | None = field(default=None, metadata={"title": "最近联系日"})
    missed_quarters: int = field(default=0, metadata={"title": "连续未联系季度数"})
    next_contact_due: date | None = field(default=None, metadata={"title": "下次应联系截止日"})
    contact_clock_start: date | None = field(default=None, metadata={"title": "联系失联起算日"})
    lost_on: date | None = field(default=None, metadata={"title": "满失联日"})
    form_clock_start: date | None = field(default=None, metadata={"title": "表列失去联系起算日"})
    months_lost: int | None = field(default=None, metadata={"title": "失去联系月数"})
    article_nine: str | None = field(default=None, metadata={"title": "党章九条提示"})
    letter_expires_on: date | None = field(default=None, metadata={"title": "介绍信到期日"})
    receipt_due_on: date | None = field(default=None, metadata={"title": "回执应到日"})
    next_search_due: date | None = field(default=None, metadata={"title": "下次查找截止日"})
    correction_ends_on: date | None = field(default=None, metadata={"title": "限期改正止日"})
    stop_two_years_on: date | None = field(default=None, metadata={"title": "停止党籍满二年日"})
    age: int | None = field(default=None, metadata={"title": "年龄"})
    party_age: int | None = field(default=None, metadata={"title": "党龄"})
    education_class: str | None = field(default=None, metadata={"title": "学历三类"})
    age_class: str | None = field(default=None, metadata={"title": "年龄分档"})
    party_age_class: str | None = field(default=None, metadata={"title": "党龄分档"})
    lost_time_class: str | None = field(default=None, metadata={"title": "失去联系时间分档"})
    is_found: str = field(default=YesNo.NO, metadata={"title": "经查找取得联系"})

    @property
    def name(self) -> str:
        """姓名 as in the roster."""
        return self.member.text("name")

    @property
    def contact_person(self) -> str:
        """支部联系人: of the absence, else of the latest contact; empty when nobody is named."""
        away = self.situation.away
        if away is not None and away.row.text("contact_person"):
            return away.row.text("contact_person")
        rows = [row for row in self.situation.person.of("contact_log") if row.text("contact_person")]
        return rows[-1].text("contact_person") if rows else ""

    @property
    def contact_duties(self) -> tuple[ContactDuty, ...]:
        """The contact duties that bind now; none for 失联 (R-CONTACT-LOSTCOVER)."""
        return contact_duties(self.situation, self.grounds)

    @property
    def search_duties(self) -> tuple[SearchDuty, ...]:
        """What the latest search file still owes."""
        return owed_searches(self.situation, self.grounds)


@cache
def fact_titles() -> Mapping[str, str]:
    """The name of every derived value by attribute, in the order of the table."""
    titles = {entry.name: entry.metadata["title"] for entry in fields(PersonFacts) if "title" in entry.metadata}
    return MappingProxyType(titles)


def person_facts(
    book: Book, policy: Policy, as_of: date, known: Mapping[PersonKey, Person] | None = None
) -> tuple[PersonFacts, ...]:
    """The derived values of every roster row, in sheet order; branch and committee workbooks alike.

    A row without usable identity number has only what the roster itself says; a person on the roster twice has a
    row of facts for each. ``known`` is what ``people`` gave for the same book, when it is at hand.
    """
    with collecting_paused():
        gathered = people(book) if known is None else known
        by_row = {id(person.member): person for person in gathered.values()}
        return tuple(
            facts_of(by_row.get(id(row)) or _person_on(book, row, gathered), row, policy, as_of)
            for row in book["member_roster"]
        )


def facts_of(person: Person, member: Row, policy: Policy, as_of: date) -> PersonFacts:
    """The derived values of one member."""
    it = situation(person, member, policy, as_of)
    state = member_state(it)
    derived = derive(it, state)
    values = {attribute: value for attribute, (value, _) in derived.items()}
    rests = {attribute: rows for attribute, (_, rows) in derived.items() if rows}
    return PersonFacts(person.key, member, it, state, MappingProxyType(rests), **values)


def _person_on(book: Book, row: Row, known: Mapping[PersonKey, Person]) -> Person:
    """Everything about the person of a roster row that is not his first, or that cannot be joined to other sheets."""
    key = PersonKey(organisation_of(book, row), number_of(row))
    person = known.get(key)
    return Person(key, row) if person is None else Person(key, row, person.rows)
