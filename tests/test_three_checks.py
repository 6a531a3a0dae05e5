"""三查三核: what the merge writes for each branch is what the form 三查三核核查报告 counts for it."""

import pytest

from addin.demo.books import as_book
from addin.forms.counting import TOTAL
from addin.forms.filling import fill_form
from addin.forms.library import load_forms
from addin.merging.tallies import Tally, tallies
from tests.drawing import BRANCH_CODE, draw_case
from tests.recount.committees import SEEDS, town
from validators.policy import load_policy, policy_data
from validators.rule import Case
from validators.table import Value

FORM = load_forms()["三查三核核查报告"]
PROFILES = tuple(policy_data()["profiles"])
COLUMNS = {
    "c2": "members",
    "c3": "checked_members",
    "c4": "basic_facts_problems",
    "c5": "dues_life_problems",
    "c6": "relation_problems",
    "c7": "floating",
    "c8": "detached",
    "c9": "lost",
    "c10": "branch_floating",
    "c11": "branch_detached",
    "c12": "branch_lost",
}
"""Columns of the form and the numbers of the merge they show."""

QUICK = 4


def of_the_form(case: Case) -> dict[str, dict[str, Value]]:
    """The numbers of the form by organisation, none where it has nobody to look at."""
    found = {}
    for row in fill_form(FORM, case).rows:
        cells = dict(zip((leaf.key for leaf in FORM.leaves), (cell.value for cell in row.cells), strict=True))
        if row.key != TOTAL and cells["c2"] not in (0, "未报"):
            found[row.key] = {name: cells[key] for key, name in COLUMNS.items()}
    return found


def of_the_merge(case: Case) -> dict[str, dict[str, Value]]:
    """The same numbers as the merge counts them, unchecked ones as the form prints them."""
    return {one.organisation: {name: getattr(one, name) or 0 for name in COLUMNS.values()} for one in tallies(case)}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[] if seed <= QUICK else pytest.mark.slow) for seed in SEEDS]
)
def test_the_merge_and_the_form_count_the_same(seed: int, profile: str) -> None:
    chosen = town(seed)
    book = as_book("汇总.xlsx", {**chosen.cover, "policy_profile": profile}, chosen.rows, "committee")
    case = Case(book, load_policy(profile), chosen.as_of)
    found = of_the_merge(case)
    assert found == of_the_form(case)
    assert all(sum(int(str(one[name])) for one in found.values()) for name in ("members", "floating", "lost"))


def drawn(roster: str, **others: str) -> Tally:
    case = draw_case(member_roster=roster, **others)
    (found,) = tallies(case)
    numbers = of_the_form(case)
    assert numbers.get(BRANCH_CODE, dict.fromkeys(COLUMNS.values(), 0)) == of_the_merge(case)[BRANCH_CODE]
    return found


def test_whose_membership_is_stopped_is_not_looked_at() -> None:
    found = drawn(
        "姓名 | 党籍状态 | 关系归属 | 离开情形\n张三 | 正常 | 在册 |\n"
        "李四 | 停止党籍 | 在册 |\n王五 | 正常 | 已离开 | 去世",
        campaign_check="姓名 | 排查结论\n张三 | 正常在册\n李四 | 失联",
    )
    assert (found.members, found.checked_members, found.branch_lost) == (1, 1, 0)


@pytest.mark.parametrize(
    ("left_on", "number"),
    [("2026-05-24", 1), ("2026-05-25", 0)],
    ids=["six months away: 流动党员", "a day less: neither side counts it"],
)
def test_only_who_is_away_six_months_is_floating(left_on: str, number: int) -> None:
    found = drawn(
        "姓名\n张三",
        outflow=f"姓名 | 外出日期\n张三 | {left_on}",
        contact_log="姓名 | 联系日期\n张三 | 2026-11-02",
        campaign_check="姓名 | 排查结论\n张三 | 外出流动",
    )
    assert (found.floating, found.branch_floating, found.is_consistent) == (number, number, True)


def test_a_stay_abroad_concluded_as_away_is_no_difference() -> None:
    found = drawn(
        "姓名\n张三",
        abroad="姓名 | 出境日期 | 返回日期\n张三 | 2026-06-01 | ",
        campaign_check="姓名 | 排查结论\n张三 | 外出流动",
    )
    assert (found.floating, found.branch_floating) == (0, 0)


def test_the_latest_look_counts_and_one_still_to_come_does_not() -> None:
    found = drawn(
        "姓名\n张三",
        contact_log="姓名 | 联系日期\n张三 | 2026-11-02",
        campaign_check=(
            "姓名 | 核查日期 | 名册核查 | 档案核查 | 介绍信存根核查 | 排查结论\n"
            "张三 | 2026-03-01 | 有问题 | 有问题 | 有问题 | 空挂\n"
            "张三 | 2025-03-01 | 有问题 | 无问题 | 无问题 | 失联\n"
            "张三 | 2027-01-01 | 无问题 | 无问题 | 无问题 | 失联"
        ),
    )
    assert (found.basic_facts_problems, found.relation_problems, found.dues_life_problems) == (1, 1, 0)
    assert (found.branch_detached, found.branch_lost) == (1, 0)


def test_a_branch_that_looked_at_nobody_says_nothing() -> None:
    found = drawn("姓名\n张三", contact_log="姓名 | 联系日期\n张三 | 2026-11-02")
    assert (found.checked_members, found.branch_floating, found.is_consistent) == (0, None, None)
