"""Facts as time passes and contacts are added: what may only grow or move one way, and who is in which state."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from addin.demo.books import as_book
from addin.demo.ledger import Values
from addin.demo.population import PLAIN_BRANCH, made_up
from addin.demo.stories import STORIES
from validators.codes import code_lists
from validators.due import DueItem, due_items
from validators.facts import PersonFacts, person_facts
from validators.lost import lost_lists
from validators.member_state import IN_CAMPAIGN, LEFT
from validators.policy import load_policy, policy_data
from validators.words import LostListName, MemberState

MADE_ON = date(2026, 11, 24)
PROFILES = tuple(policy_data()["profiles"])
POLICIES = {
    **{name: load_policy(name) for name in PROFILES},
    "rolling": load_policy(overrides={"contact.mode": "rolling_3_months"}),
    "narrow": load_policy(overrides={"contact.scope": "floating_6m_only", "contact.month_call": "是"}),
}
STOPS_BY_ITSELF = frozenset({"跟踪回访", "年审", "流动党员排查"})
"""Deadlines that end without anything being done: weekly visits after some weeks, duties of one calendar year."""


@cache
def lives() -> tuple[Mapping[str, list[Values]], ...]:
    """The rows of one member each, three of every story; nothing in them lies after the day they were made up."""
    register = made_up(PLAIN_BRANCH, dict.fromkeys(STORIES, 3), as_of=MADE_ON, seed=5)
    numbers = [row["identity_number"] for row in register.rows["member_roster"]]
    return tuple(
        {
            key: [row for row in rows if row.get("identity_number") == number and key != "inflow"]
            for key, rows in register.rows.items()
        }
        for number in numbers
    )


def looked_at(
    rows: Mapping[str, list[Values]], policy: str, as_of: date
) -> tuple[PersonFacts, tuple[DueItem, ...], frozenset[str]]:
    """A member's facts, what is overdue, and the lists he stands on."""
    book = as_book("一人.xlsx", {"organisation_code": PLAIN_BRANCH.code}, rows)
    facts = person_facts(book, POLICIES[policy], as_of)
    late = due_items(book, facts, POLICIES[policy], as_of, 0)
    lists = lost_lists(book, facts, POLICIES[policy], as_of)
    return facts[0], late, frozenset(name for name, people in lists.items() if people)


members = st.integers(0, 3 * len(STORIES) - 1).map(lambda number: lives()[number])
any_day = st.integers(-1500, 1500).map(lambda days: MADE_ON + timedelta(days=days))
later_days = st.integers(0, 1500).map(lambda days: MADE_ON + timedelta(days=days))
policies = st.sampled_from(sorted(POLICIES))


@settings(max_examples=300)
@given(members, policies, any_day)
def test_everyone_is_in_exactly_one_state(rows: Mapping[str, list[Values]], policy: str, as_of: date) -> None:
    one, _, _ = looked_at(rows, policy, as_of)
    assert one.state in code_lists()["member_state"].words
    groups = (one.state in LEFT, one.state == MemberState.STOPPED, one.state in IN_CAMPAIGN)
    assert sum(groups) == 1


@settings(max_examples=300)
@given(members, policies, later_days, later_days)
def test_when_nothing_happens_matters_only_get_later(
    rows: Mapping[str, list[Values]], policy: str, one_day: date, other_day: date
) -> None:
    first, then = sorted((one_day, other_day))
    before, late_before, _ = looked_at(rows, policy, first)
    after, late_after, _ = looked_at(rows, policy, then)
    if before.state == MemberState.LOST:
        assert after.state == MemberState.LOST
    assert (before.contact_clock_start, before.last_contact_on) == (after.contact_clock_start, after.last_contact_on)
    assert before.lost_on == after.lost_on
    assert before.missed_quarters <= after.missed_quarters
    assert (before.age or 0) <= (after.age or 0)
    assert (before.party_age or 0) <= (after.party_age or 0)
    if before.state == after.state:
        assert (before.months_lost or 0) <= (after.months_lost or 0)
        kinds = {(item.kind, item.sheet, item.row) for item in late_before if item.kind not in STOPS_BY_ITSELF}
        assert kinds <= {(item.kind, item.sheet, item.row) for item in late_after}


WORSE = frozenset({LostListName.NOT_CONTACTED_THIS_QUARTER, LostListName.OUT_OF_CONTROL, LostListName.LOST})
"""Lists a contact may take somebody off, never put somebody on."""


@settings(max_examples=400)
@given(members, policies, any_day, st.integers(0, 900))
def test_a_contact_more_makes_nobody_later(
    rows: Mapping[str, list[Values]], policy: str, as_of: date, days_ago: int
) -> None:
    day = as_of - timedelta(days=days_ago)
    before, late_before, lists_before = looked_at(rows, policy, as_of)
    assume(before.contact_clock_start is not None)  # a first trace ever is what starts the clock
    more = {**rows, "contact_log": [*rows.get("contact_log", []), called(rows, day)]}
    after, late_after, lists_after = looked_at(more, policy, as_of)
    if before.state != MemberState.LOST:
        assert after.state == before.state
    assert (after.contact_clock_start or date.min) >= (before.contact_clock_start or date.min)
    assert (after.lost_on or date.min) >= (before.lost_on or date.min)
    if before.state == after.state:
        assert after.missed_quarters <= before.missed_quarters
        kinds = {(item.kind, item.sheet, item.row) for item in late_before}
        assert {(item.kind, item.sheet, item.row) for item in late_after} <= kinds
    assert lists_after & WORSE <= lists_before & WORSE or before.state == MemberState.LOST


def called(rows: Mapping[str, list[Values]], day: date) -> Values:
    """A contact that counts under every policy."""
    member = rows["member_roster"][0]
    return {
        "contacted_on": day,
        "name": member["name"],
        "identity_number": member["identity_number"],
        "initiator": "支部",
        "channel": "电话",
        "answered": "是",
        "contact_person": "联系员",
        "content": "了解近况",
    }
