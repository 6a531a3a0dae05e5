"""One fault, one finding: a register in order is spoilt in one place, and exactly that is told."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from addin.demo.books import as_book
from addin.demo.population import Register, clean_population
from validators.check import check
from validators.policy import load_policy
from validators.rule import Case
from validators.table import Finding

AS_OF = date(2026, 11, 24)
OURS = (
    "R-CONTACT",
    "R-LOST",
    "R-SEARCH",
    "R-FOLLOW",
    "R-RELOST",
    "R-A9",
    "R-DUES",
    "R-CHECK5",
    "R-FLOAT",
    "R-X",
    "R-FLD",
)


@cache
def in_order() -> Register:
    return clean_population(members=120, as_of=AS_OF, seed=3)


def told(rows: Any, register: Register | None = None) -> set[Finding]:
    it = register or in_order()
    as_of, profile = it.cover["as_of"], str(it.cover["policy_profile"])
    assert isinstance(as_of, date)
    return set(check(Case(as_book("示例.xlsx", it.cover, rows), load_policy(profile), as_of)))


@cache
def told_before() -> frozenset[Finding]:
    return frozenset(told(in_order().rows))


class Life:
    """The rows of one member of a spoilt copy of the register."""

    def __init__(self, story: str) -> None:
        self.rows = deepcopy(dict(in_order().rows))
        self.number = in_order().lives(story)[0]["identity_number"]

    def of(self, register: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.rows[register]  # type: ignore[assignment]
        return [row for row in rows if row["identity_number"] == self.number]

    def set(self, register: str, **values: Any) -> None:
        """Overwrite cells of the member's last row in a register; None makes a cell blank."""
        row = self.of(register)[-1]
        for key, value in values.items():
            row.pop(key, None)
            if value is not None:
                row[key] = value

    def drop(self, register: str, after: date = date.min) -> None:
        """Take the member's rows out of a log, by default all of them."""
        column = {"contact_log": "contacted_on", "search_log": "searched_on"}.get(register, "happened_on")
        gone = [row for row in self.of(register) if register == "lost_file" or row[column] > after]
        self.rows[register] = [row for row in self.rows[register] if row not in gone]

    def add(self, register: str, **values: Any) -> None:
        who = {"identity_number": self.number, "name": self.of("member_roster")[0]["name"]}
        self.rows[register] = [*self.rows[register], {**who, **values}]


@dataclass(frozen=True)
class Fault:
    """What is spoilt in whose rows, and the findings: ``sheet/title rule level``."""

    why: str
    story: str
    spoil: Callable[[Life], None]
    expected: tuple[str, ...]


def fault(why: str, story: str, spoil: Callable[[Life], None], *expected: str) -> Fault:
    return Fault(why, story, spoil, expected)


def blank(register: str, *keys: str) -> Callable[[Life], None]:
    return lambda life: life.set(register, **dict.fromkeys(keys))


def change(register: str, **values: Any) -> Callable[[Life], None]:
    return lambda life: life.set(register, **values)


def without_emergency(life: Life) -> None:
    for register in ("outflow", "member_roster"):
        life.set(register, emergency_contact=None, emergency_phone=None)


def silent_and_unreported(life: Life) -> None:
    life.set("outflow", reported_on=None)
    life.drop("contact_log")


def without_file(life: Life) -> None:
    life.drop("lost_file")
    life.drop("search_log")


def unmarked_without_file(life: Life) -> None:
    without_file(life)
    life.set("member_roster", is_lost="否", lost_since=None)


def without_clock(life: Life) -> None:
    life.drop("life_dues_log")
    life.set("member_roster", last_life_on=None, last_dues_on=None)


def called_while_searched(life: Life) -> None:
    call = {"initiator": "支部", "channel": "电话", "answered": "是", "contact_person": "李四", "content": "已联系上"}
    life.add("contact_log", contacted_on=AS_OF, **call)


def broadcasts_only(life: Life) -> None:
    for row in life.of("contact_log"):
        if row["contacted_on"] >= date(2026, 7, 1):
            row |= {"channel": "群发通知", "answered": "否"}


def no_life_since_april(life: Life) -> None:
    life.drop("life_dues_log")
    life.set("member_roster", last_life_on=date(2026, 4, 1))


def two_cards(life: Life) -> None:
    first = life.of("outflow")[-1]
    life.add("outflow", **{**first, "left_on": first["left_on"] + timedelta(days=30), "certificate_number": "新0009"})


FAULTS = [
    fault(
        "not called since July",
        "floating",
        lambda life: life.drop("contact_log", after=date(2026, 6, 30)),
        "流出党员/外出日期 R-CONTACT-QUARTER W",
    ),
    fault("broadcasts only", "floating", broadcasts_only, "流出党员/外出日期 R-CONTACT-QUARTER W"),
    fault("never called", "floating", lambda life: life.drop("contact_log"), "流出党员/外出日期 R-CONTACT-QUARTER W"),
    fault(
        "abroad, never called",
        "abroad",
        lambda life: life.drop("contact_log"),
        "出国境/出境日期 R-CONTACT-ABROAD-HALF W",
    ),
    fault("no contact person", "floating", blank("outflow", "contact_person"), "流出党员/支部联系人 R-FLD-REQUIRED E"),
    fault("nobody to call", "floating", without_emergency, "流出党员/应急联系人 R-CONTACT-EMERG W"),
    fault(
        "at home, nobody to call",
        "at_home",
        blank("member_roster", "emergency_contact"),
        "党员名册/应急联系人 R-FLD-REQUIRED W",
    ),
    fault("left without a word", "floating", blank("outflow", "reported_on"), "流出党员/外出报告日期 R-FLOAT-PREDEP I"),
    fault(
        "left without a word, not heard of",
        "away_short",
        silent_and_unreported,
        "流出党员/外出报告日期 R-LOST-OUTOFCONTROL W",
    ),
    fault("no briefing", "floating", blank("outflow", "briefed_on"), "流出党员/行前教育日期 R-FLOAT-PREDEP I"),
    fault(
        "a card without day",
        "floating",
        blank("outflow", "certificate_issued_on"),
        "流出党员/发证日期 R-FLOAT-CERT W",
    ),
    fault("two cards", "floating", two_cards, "流出党员/活动证编号 R-FLOAT-CERT E"),
    fault(
        "return not looked at",
        "returned",
        blank("outflow", "return_checked_on"),
        "流出党员/返回查验日期 R-FLOAT-CERT-RETURN W",
    ),
    fault("no file", "searching", without_file, "党员名册/是否为失联党员 R-SEARCH-ONEFILE E"),
    fault("not marked, no file", "searching", unmarked_without_file, "党员名册/是否为失联党员 R-X-LOSTFLAG E"),
    fault(
        "not marked",
        "searching",
        change("member_roster", is_lost="否"),
        "党员名册/是否为失联党员 R-X-LOSTFLAG E",
    ),
    fault("not verified", "searching", blank("lost_file", "verified_on"), "失联档案/核查日期 R-LOST-VERIFY-30 W"),
    fault("not reported", "searching", blank("lost_file", "reported_on"), "失联档案/上报日期 R-LOST-REPORT W"),
    fault("since when", "searching", without_clock, "党员名册/最近参加组织生活日期 R-LOST-CLEAR3 W"),
    fault(
        "other situation",
        "searching",
        change("lost_file", situation="其他", remark=None),
        "失联档案/备注 R-LOST-SITUATION E",
    ),
    fault("cause too early", "searching", change("lost_file", cause="主观"), "失联档案/失联原因 R-LOST-CAUSE W"),
    fault(
        "past the deadline",
        "searching",
        change("lost_file", search_deadline=AS_OF - timedelta(days=1)),
        "失联档案/查找时限 R-SEARCH-HEAD W",
    ),
    fault(
        "not searched since October",
        "searching",
        lambda life: life.drop("search_log", after=date(2026, 10, 20)),
        "失联档案/是否重点 R-SEARCH-WEEKLY W",
    ),
    fault(
        "reached, not closed",
        "searching",
        change("search_log", method="直接联系", result="本人取得联系"),
        "查找记录/结果 R-SEARCH-RESULT W",
    ),
    fault(
        "a poster",
        "searching",
        change("search_log", method="公告寻找", result="未联系上"),
        "查找记录/查找方式 R-SEARCH-METHOD E",
    ),
    fault(
        "a department said more than it may",
        "searching",
        change("search_log", method="部门查找", result="确认去世"),
        "查找记录/结果 R-SEARCH-METHOD E",
    ),
    fault(
        "called, and neither the roster nor the file changed",
        "searching",
        called_while_searched,
        "党员名册/是否为失联党员 R-X-LOSTFLAG E",
        "失联档案/查找结果 R-LOST-FOUND W",
    ),
    fault(
        "given up without a search",
        "not_found",
        lambda life: life.drop("search_log"),
        "失联档案/查找结果 R-SEARCH-EXHAUST W",
    ),
    fault(
        "given up, when", "not_found", blank("lost_file", "search_ended_on"), "失联档案/查找结束日期 R-SEARCH-ONEFILE E"
    ),
    fault("not asked", "found", blank("lost_file", "attitude"), "失联档案/本人态度 R-SEARCH-AFTERFOUND E"),
    fault("found, when", "found", blank("lost_file", "found_on"), "失联档案/取得联系日期 R-X-FOUND E"),
    fault(
        "not visited",
        "found",
        lambda life: life.drop("contact_log", after=AS_OF - timedelta(days=20)),
        "失联档案/取得联系日期 R-FOLLOW-WEEKLY W",
    ),
    fault(
        "not searched for since the stop",
        "stopped_two_years",
        lambda life: life.drop("search_log", after=date(2025, 6, 30)),
        "失联档案/查找结束日期 R-SEARCH-CONTINUE W",
    ),
    fault("no life for six months", "at_home", no_life_since_april, "党员名册/最近参加组织生活日期 R-A9 W"),
    fault("not checked", "floating", change("campaign_check", file_check="未查"), "排查记录/档案核查 R-CHECK5 W"),
    fault(
        "which papers",
        "floating",
        change("campaign_check", file_check="有问题"),
        "排查记录/缺少材料 R-LOST-4CASES W",
    ),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: f"{case.story}: {case.why}")
def test_one_fault_one_finding(case: Fault) -> None:
    life = Life(case.story)
    case.spoil(life)
    new = sorted(
        told(life.rows) - told_before(), key=lambda found: (found.sheet != "党员名册", found.sheet, found.column)
    )
    assert [f"{found.sheet}/{found.title} {found.rule} {found.level}" for found in new] == list(case.expected)


@pytest.mark.parametrize("profile", ["current_2024", "tiaoli_2019", "legacy_2016"])
@pytest.mark.parametrize("as_of", ["2024-12-31", "2026-01-04", "2026-02-28", "2026-07-01"])
def test_nothing_is_told_about_a_register_in_order(as_of: str, profile: str) -> None:
    register = clean_population(members=120, as_of=date.fromisoformat(as_of), profile=profile, seed=5)
    ours = [found for found in told(register.rows, register) if found.rule.startswith(OURS)]
    assert [(found.cell, found.rule, found.message) for found in ours] == []
