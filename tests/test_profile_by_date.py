"""R-DISP-PROFILE: a blank 限期改正月数 means the same day in facts, due list, lists, findings and tables."""

from datetime import date

import pytest

from addin.forms.derived_rows import correction_ends_on
from addin.forms.subjects import Organisation, Subject
from tests.drawing import BRANCH_CODE, draw_case
from validators.check import check
from validators.due import due_items
from validators.facts import PersonFacts, person_facts
from validators.lost import lost_lists
from validators.policy import load_policy, policy_on
from validators.rule import Case

RULE = "R-DISP-CORRECT-PERIOD"
LAST_OF_2019, FIRST_OF_2024 = "2024-06-15", "2024-06-16"
"""The days of 立案 on both sides of the 2024 办法: a year's term before it, half a year from then on."""

AFTER_A_YEAR, AFTER_HALF_A_YEAR = date(2025, 8, 31), date(2025, 2, 28)


def case(opened: str, profile: str, as_of: str = "2025-09-01", policy: dict[str, str] | None = None) -> Case:
    """A 限期改正 approved on 2024-08-31, the number of months left blank."""
    row = f"姓名|情形|拟处理|立案日期|审批日期\n张三|D07|限期改正|{opened}|2024-08-31"
    return draw_case(as_of, {"政策方案": profile}, profile=profile, policy=policy, disposition=row)


def answers(it: Case) -> set[date | None]:
    """The last day on time: in the facts, on the due list, and in the official tables."""
    (one,) = members(it)
    due = [item.due for item in due_items(it.book, [one], it.policy, it.as_of, 3650) if item.rule == RULE]
    (row,) = it.book["disposition"]
    table = correction_ends_on(Subject(1, row, Organisation(BRANCH_CODE, "示例支部", "农村"), it, one, "disposition"))
    assert len(due) == 1
    return {one.correction_ends_on, *due, table}


def members(it: Case) -> tuple[PersonFacts, ...]:
    return tuple(person_facts(it.book, it.policy, it.as_of))


@pytest.mark.parametrize("profile", ["current_2024", "tiaoli_2019", "legacy_2016"])
@pytest.mark.parametrize(("opened", "end"), [(LAST_OF_2019, AFTER_A_YEAR), (FIRST_OF_2024, AFTER_HALF_A_YEAR)])
def test_one_answer_everywhere_whatever_the_cover_says(opened: str, end: date, profile: str) -> None:
    it = case(opened, profile)
    assert answers(it) == {end}
    listed = lost_lists(it.book, members(it), it.policy, it.as_of)["限期改正到期名单"]
    (told,) = [found for found in check(it) if found.rule == RULE]
    assert str(end) in told.message
    assert [str(end) in entry.text for entry in listed] == [True]


@pytest.mark.parametrize("profile", ["current_2024", "tiaoli_2019", "legacy_2016"])
def test_the_last_day_of_a_year_is_on_time_for_the_older_row_only(profile: str) -> None:
    told = {
        opened: [found.title for found in check(case(opened, profile, "2025-08-31")) if found.level == "W"]
        for opened in (LAST_OF_2019, FIRST_OF_2024)
    }
    assert "期满结论" not in told[LAST_OF_2019]
    assert "期满结论" in told[FIRST_OF_2024]


def test_a_value_typed_in_the_policy_sheet_is_about_the_profile_of_the_cover() -> None:
    typed = {"correct.default_months": "9"}
    assert answers(case(FIRST_OF_2024, "current_2024", policy=typed)) == {date(2025, 5, 31)}
    assert answers(case(LAST_OF_2019, "current_2024", policy=typed)) == {AFTER_A_YEAR}


def test_without_a_day_the_policy_of_the_cover_holds() -> None:
    policy = load_policy("legacy_2016", {"correct.default_months": "10"})
    assert policy_on(None, policy) is policy
    assert policy_on(date(2018, 1, 1), policy) is policy
    assert policy_on(date(2020, 1, 1), policy).profile == "tiaoli_2019"
