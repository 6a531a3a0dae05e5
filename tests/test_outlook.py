"""What lies ahead of a listed member: the next obliged step, gaps before a decision, what the table would allow."""

from datetime import date

import pytest

from tests.drawing import draw_case
from tests.small_branch import small_branch
from validators.facts import person_facts
from validators.lost import ListedPerson, lost_lists
from validators.policy import load_policy
from validators.words import LostListName

NUMBER = "037990100001-2026-001"
LOST = "姓名 | last_dues_on\n张三 | 2025-12-01"
FAMILIES = f"""
姓名 | 档案编号 | 查找日期 | 查找方式 | 结果
张三 | {NUMBER} | 2026-07-02 | A | 未联系上
张三 | {NUMBER} | 2026-07-20 | B | 未联系上
张三 | {NUMBER} | 2026-08-01 | C | 无线索
"""


def only(as_of: str, name: str, profile: str = "current_2024", **drawings: str) -> ListedPerson:
    case = draw_case(as_of, profile=profile, **drawings)
    (one,) = lost_lists(case.book, person_facts(case.book, case.policy, case.as_of), case.policy, case.as_of)[name]
    return one


def search_file(outcome: str = "无法取得联系", discovered: str = "2026-07-01", ended: str = "2026-09-10") -> str:
    return f"姓名 | 发现失联日期 | 查找结果 | 查找结束日期\n张三 | {discovered} | {outcome} | {ended}"


# --- the next obliged step ------------------------------------------------------------------------------------------


def test_a_late_step_comes_before_a_nearer_one_to_come() -> None:
    one = only("2026-11-24", "失联总名单", member_roster=LOST, lost_file=search_file("查找中", "2026-11-10", ""))
    assert (one.next_step, one.next_due, one.next_rule) == ("失联上报", date(2026, 11, 17), "R-LOST-REPORT")


def test_without_a_file_the_next_step_is_to_open_one() -> None:
    one = only("2026-11-24", "失联总名单", member_roster=LOST)
    assert (one.next_step, one.next_due, one.next_rule) == ("建立查找档案", date(2026, 6, 1), "R-SEARCH-ONEFILE")


def test_each_list_has_the_step_of_its_own_matter() -> None:
    """郑改正 stands on two lists: searched for, and at the end of his 限期改正."""
    book, policy, as_of = small_branch(), load_policy("current_2024", {}), date(2026, 11, 24)
    lists = lost_lists(book, person_facts(book, policy, as_of), policy, as_of)
    rules = {name: people[0].next_rule for name, people in lists.items()}
    assert rules == {
        "失控名单": "R-CONTACT-QUARTER",
        "季度未联系名单": "R-CONTACT-QUARTER",
        "疑似失联": "R-LOST-REPORT",
        "失联总名单": "R-LOST-REPORT",
        "经查找取得联系": "R-FOLLOW-WEEKLY",
        "经查找仍无法取得联系": "R-SEARCH-CONTINUE",
        "超期未收回执名单": "R-XFER-RECEIPT-OVERDUE",
        "停止党籍满2年名单": "R-DISP-STOP-2Y",
        "限期改正到期名单": "R-DISP-CORRECT-PERIOD",
        "预备期满未议名单": "R-DISP-PROB-TERM",
    }


# --- what a decision still lacks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["失联总名单", "经查找仍无法取得联系"])
def test_the_search_lacks_families_attempts_and_days(name: str) -> None:
    one_call = f"姓名 | 档案编号 | 查找日期 | 查找方式\n张三 | {NUMBER} | 2026-07-02 | A"
    one = only("2026-11-24", name, member_roster=LOST, lost_file=search_file(), search_log=one_call)
    assert one.missing[:3] == ("还没有做人际查找、部门查找", "查找次数1次，少于3次", "首末次相隔0天，不足30天")


def test_a_search_of_exactly_thirty_days_is_enough() -> None:
    drawn = {"member_roster": LOST, "lost_file": search_file(), "search_log": FAMILIES}
    assert only("2026-11-24", "失联总名单", **drawn).missing == ()
    shorter = {**drawn, "search_log": FAMILIES.replace("2026-07-02", "2026-07-03")}
    assert only("2026-11-24", "失联总名单", **shorter).missing == ("首末次相隔29天，不足30天",)


def test_the_meetings_an_open_disposition_still_lacks() -> None:
    row = "姓名 | 情形 | 拟处理 | 立案日期 | 支部大会日期 | 审批日期\n张三 | D14 | 停止党籍 | 2026-10-01 | {} | {}"
    drawn = {"member_roster": LOST, "lost_file": search_file(), "search_log": FAMILIES}
    none = only("2026-11-24", "经查找仍无法取得联系", **drawn)
    assert none.missing == ("处置台账没有立案",)
    begun = only("2026-11-24", "经查找仍无法取得联系", **drawn, disposition=row.format("", ""))
    assert begun.missing == ("停止党籍程序还差：支部大会日期或支委会日期、审批日期、备案日期",)
    met = only("2026-11-24", "经查找仍无法取得联系", **drawn, disposition=row.format("2026-11-01", ""))
    assert met.missing == ("停止党籍程序还差：审批日期、备案日期",)


def test_nothing_that_needs_contact_is_asked_of_who_cannot_be_reached() -> None:
    row = "姓名 | 情形 | 拟处理 | 立案日期\n张三 | D14 | 自行脱党除名 | 2017-10-01"
    drawn = {
        "member_roster": "姓名 | last_dues_on\n张三 | 2016-12-01",
        "lost_file": search_file(discovered="2017-07-01", ended="2017-09-10"),
        "search_log": FAMILIES.replace("2026", "2017"),
    }
    one = only("2017-11-24", "经查找仍无法取得联系", "legacy_2016", **drawn, disposition=row)
    assert "谈话申辩日期" not in "".join(one.missing)
    assert "县级预审日期" in "".join(one.missing)


# --- what the table would allow -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "outcome"), [("current_2024", "停止党籍"), ("tiaoli_2019", "停止党籍"), ("legacy_2016", "自行脱党除名")]
)
def test_not_found_after_six_months_by_profile(profile: str, outcome: str) -> None:
    """Appendix B 19: one or the other, never both."""
    drawn = {"member_roster": LOST, "lost_file": search_file(), "search_log": FAMILIES}
    one = only("2026-11-24", "经查找仍无法取得联系", profile, **drawn)
    assert one.outcomes.startswith(f"建议核查（由支部研究决定）：{outcome}（D14")
    assert sum(word in one.outcomes for word in ("停止党籍（", "自行脱党除名（")) == 1


def test_while_the_search_runs_the_table_says_what_it_must_know_first() -> None:
    one = only("2026-11-24", "失联总名单", member_roster=LOST, lost_file=search_file("查找中", "2026-11-10", ""))
    assert one.outcomes == "决定表暂无可选处理，缺：联系结果（失联档案“查找结果”）"


def test_a_stopped_member_two_years_on() -> None:
    stopped = "姓名 | 情形 | 拟处理 | 立案日期 | 审批日期\n张三 | D14 | 停止党籍 | 2024-01-10 | 2024-02-29"
    roster = "姓名 | 党籍状态 | last_dues_on\n张三 | 停止党籍 | 2023-01-10"
    file = search_file(discovered="2023-09-01", ended="2024-01-05")
    one = only("2026-02-28", "停止党籍满2年名单", member_roster=roster, disposition=stopped, lost_file=file)
    assert "自行脱党除名（D15" in one.outcomes


def test_lists_that_call_for_no_decision_name_no_outcome() -> None:
    one = only("2025-03-01", LostListName.OUT_OF_CONTROL, outflow="姓名 | 外出日期\n张三 | 2025-01-31")
    assert one.outcomes == ""
    assert one.missing == ()
