"""The made-up branch: the same arguments the same rows, everybody in the state his story tells, nothing wrong."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from addin.demo.books import as_book
from addin.demo.population import Register, clean_population
from addin.demo.stories import CLEAN
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from validators.check import check
from validators.facts import person_facts
from validators.policy import load_policy
from validators.rule import Case
from validators.table import Finding

AS_OF = date(2026, 11, 24)
PROFILES = ("current_2024", "tiaoli_2019", "legacy_2016")
DAYS = tuple(date(2024, 9, 1) + timedelta(days=Random(number).randrange(1500)) for number in range(8))

STATES = {
    **dict.fromkeys(CLEAN, "正常"),
    **dict.fromkeys(("died",), "去世"),
    **dict.fromkeys(("removed", "cancelled"), "已出党"),
    **dict.fromkeys(("transferred",), "已转出且收到回执"),
    **dict.fromkeys(("stopped", "stopped_two_years"), "停止党籍"),
    **dict.fromkeys(("searching", "not_found"), "失联"),
    **dict.fromkeys(("transferring", "receipt_overdue"), "已转出未收到回执"),
    **dict.fromkeys(("abroad",), "出国（境）保留组织关系"),
    **dict.fromkeys(("floating",), "流动党员"),
    **dict.fromkeys(("away_short",), "外出"),
    **dict.fromkeys(("detached",), "空挂"),
}


def case_of(register: Register) -> Case:
    as_of, profile = register.cover["as_of"], str(register.cover["policy_profile"])
    assert isinstance(as_of, date)
    return Case(as_book("示例.xlsx", register.cover, register.rows), load_policy(profile), as_of)


def faults_in(register: Register) -> list[Finding]:
    return [finding for finding in check(case_of(register)) if finding.level != "I"]


def test_the_same_arguments_give_the_same_rows() -> None:
    one, two = (clean_population(members=80, as_of=AS_OF, seed=7) for _ in range(2))
    assert one == two
    assert one != clean_population(members=80, as_of=AS_OF, seed=8)


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_every_story_ends_in_its_state(as_of: date) -> None:
    register = clean_population(members=120, as_of=as_of, seed=as_of.day)
    case = case_of(register)
    facts = person_facts(case.book, case.policy, as_of)
    told = [(story, one.state) for story, one in zip(register.stories, facts, strict=True)]
    assert [pair for pair in told if STATES[pair[0]] != pair[1]] == []
    assert set(register.stories) == set(CLEAN)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_nothing_is_wrong_in_it(as_of: date, profile: str) -> None:
    register = clean_population(members=120, as_of=as_of, profile=profile, seed=as_of.day)
    assert [(finding.cell, finding.rule, finding.message) for finding in faults_in(register)] == []


def test_names_include_rare_characters_minorities_and_compound_surnames() -> None:
    names = [str(row["name"]) for row in clean_population(members=300, as_of=AS_OF).rows["member_roster"]]
    assert any("·" in name for name in names)
    assert any(ord(char) > 0xFFFF for name in names for char in name)
    assert any(name.startswith(("欧阳", "司马", "诸葛", "上官", "令狐")) for name in names)
    assert Counter(names).most_common(1)[0][1] == 1


def test_a_written_and_read_branch_is_the_one_made_up(tmp_path: Path) -> None:
    register = clean_population(members=70, as_of=AS_OF)
    file = tmp_path / "示例.xlsx"
    write_workbook(file, "branch", cover=register.cover, rows=register.rows)
    read, made = load_book(file), as_book(file.name, register.cover, register.rows)
    assert (read.remarks, read.cleanings) == ((), ())
    assert {key: table.rows for key, table in read.tables.items() if key != "cover"} == {
        key: table.rows for key, table in made.tables.items() if key != "cover"
    }


def test_too_few_members_for_every_story_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        clean_population(members=10, as_of=AS_OF)
