"""If nothing happens until a day (上报日): which deadlines pass, who comes on which list, whose state changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from validators.due import DueItem, due_items
from validators.facts import PersonFacts, person_facts
from validators.lost import ListedPerson, lost_lists
from validators.people import PersonKey
from validators.policy import Policy
from validators.table import Book
from validators.words import MemberState

Matter = tuple[str, PersonKey, str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that will be so by the day if nothing is done. ``on`` is the first day of it, None where unknown."""

    on: date | None
    what: str
    name: str
    key: PersonKey
    contact_person: str
    sheet: str
    row: int
    text: str
    rule: str


def forecast(book: Book, policy: Policy, as_of: date, until: date) -> tuple[Change, ...]:
    """What will have changed from ``as_of`` to ``until`` if nobody enters anything, by day. Raises ValueError when
    ``until`` is not later. Dates already typed into the registers for days in between count as happening.
    """
    if until <= as_of:
        raise ValueError(f"{until} is not after {as_of}")
    now, then = (person_facts(book, policy, day) for day in (as_of, until))
    found = [
        *_newly_late(book, now, then, policy, as_of, until),
        *_newly_listed(book, now, then, policy, as_of, until),
        *_new_states(now, then),
    ]
    return tuple(sorted(found, key=lambda change: (change.on or until, change.what, change.contact_person, change.row)))


def _newly_late(
    book: Book, now: Sequence[PersonFacts], then: Sequence[PersonFacts], policy: Policy, as_of: date, until: date
) -> Iterator[Change]:
    span = (until - as_of).days
    today = due_items(book, now, policy, as_of, span)
    late = {(_matter(item), item.due) for item in today if item.days < 0}
    first: dict[Matter, date] = {}
    for item in today:
        if item.days >= 0:
            first[_matter(item)] = min(item.due, first.get(_matter(item), item.due))
    for item in due_items(book, then, policy, until, 0):
        if (_matter(item), item.due) in late or item.due < as_of:
            continue
        yield Change(
            on=min(item.due, first.get(_matter(item), item.due)) + timedelta(days=1),
            what=f"将逾期：{item.kind}",
            name=item.name,
            key=item.key,
            contact_person=item.contact_person,
            sheet=item.sheet,
            row=item.row,
            text=item.text,
            rule=item.rule,
        )


def _matter(item: DueItem) -> Matter:
    """What recurs every week or quarter is one matter: it is late from the first deadline nobody kept."""
    return item.rule, item.key, item.sheet, item.row


def _newly_listed(
    book: Book, now: Sequence[PersonFacts], then: Sequence[PersonFacts], policy: Policy, as_of: date, until: date
) -> Iterator[Change]:
    before = lost_lists(book, now, policy, as_of)
    for name, people in lost_lists(book, then, policy, until).items():
        already = {(one.key, one.sheet, one.row) for one in before[name]}
        for one in people:
            if (one.key, one.sheet, one.row) not in already:
                yield _listed(one)


def _listed(one: ListedPerson) -> Change:
    return Change(
        on=one.lost_on if one.state == MemberState.LOST else None,
        what=f"将列入：{one.list_name}",
        name=one.name,
        key=one.key,
        contact_person=one.contact_person,
        sheet=one.sheet,
        row=one.row,
        text=one.text,
        rule=one.rule,
    )


def _new_states(now: Sequence[PersonFacts], then: Sequence[PersonFacts]) -> Iterator[Change]:
    for before, after in zip(now, then, strict=True):
        if before.state == after.state:
            continue
        days = {MemberState.LOST: after.lost_on, MemberState.FLOATING: after.six_months_away_on}
        ground = after.grounds.basis[0] if after.grounds.basis else None
        place = after.member.origin
        yield Change(
            on=days.get(after.state),
            what=f"主状态：{before.state} → {after.state}",
            name=after.name,
            key=after.key,
            contact_person=after.contact_person,
            sheet=ground.sheet if ground is not None else place.sheet,
            row=ground.row if ground is not None else place.row,
            text=ground.text if ground is not None else "",
            rule="",
        )
