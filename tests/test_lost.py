"""The ten lists of R-LOST-LISTS: who stands on which, the arithmetic shown, and what is still missing."""

from collections.abc import Mapping

import pytest

from tests.drawing import draw_case, person
from validators.facts import person_facts
from validators.lost import ListedPerson, lost_lists
from validators.table import BookKind
from validators.words import LostListName

NUMBER = "037990100001-2026-001"


def lists(
    as_of: str, policy: Mapping[str, str] | None = None, kind: BookKind = "branch", **drawings: str
) -> Mapping[str, tuple[ListedPerson, ...]]:
    case = draw_case(as_of, kind=kind, policy=policy, **drawings)
    return lost_lists(case.book, person_facts(case.book, case.policy, case.as_of), case.policy, case.as_of)


def on(as_of: str, policy: Mapping[str, str] | None = None, **drawings: str) -> dict[str, list[str]]:
    """The lists that are not empty, with the names on them."""
    return {name: [one.name for one in people] for name, people in lists(as_of, policy, **drawings).items() if people}


def only(as_of: str, name: str, **drawings: str) -> ListedPerson:
    (one,) = lists(as_of, **drawings)[name]
    return one


def called(day: str) -> str:
    return f"姓名 | 联系日期\n张三 | {day}"


AWAY = "姓名 | 外出日期 | 外出报告日期\n张三 | 2025-01-10 | 2025-01-05"


def test_all_ten_lists_are_there_even_when_empty() -> None:
    names = [value for name, value in vars(LostListName).items() if name.isupper()]
    assert list(lists("2026-11-24")) == names
    assert on("2026-11-24") == {}


# --- 失控 -----------------------------------------------------------------------------------------------------------

UNREPORTED = "姓名 | 外出日期\n张三 | 2025-01-31"


def test_out_of_control_from_the_day_after_one_month_away_unreported() -> None:
    """Appendix B 7."""
    assert on("2025-02-28", outflow=UNREPORTED) == {}
    one = only("2025-03-01", "失控名单", outflow=UNREPORTED)
    assert (one.sheet, one.row, one.rule) == ("流出党员", 4, "R-LOST-OUTOFCONTROL")
    assert one.text == "外出 2025-01-31 + 1个月 = 2025-02-28 ＜ 基准日 2025-03-01，没有外出报告，也没有联系"


def test_a_report_a_contact_since_leaving_or_the_return_takes_off_the_list() -> None:
    assert "失控名单" in on("2025-03-20", outflow=UNREPORTED, contact_log=called("2025-01-30"))
    assert "失控名单" not in on("2025-03-20", outflow=UNREPORTED, contact_log=called("2025-01-31"))
    reported = "姓名 | 外出日期 | 外出报告日期\n张三 | 2025-01-31 | 2025-03-10"
    assert "失控名单" in on("2025-03-09", outflow=reported)
    assert "失控名单" not in on("2025-03-10", outflow=reported)
    back = "姓名 | 外出日期 | 返回日期\n张三 | 2025-01-31 | 2025-03-15"
    assert "失控名单" not in on("2025-03-15", outflow=back)


# --- 季度未联系 ------------------------------------------------------------------------------------------------------


def test_not_contacted_in_the_last_closed_quarter_says_whether_it_was_made_up() -> None:
    away = "姓名 | 外出日期 | 外出报告日期\n张三 | 2026-02-10 | 2026-02-01"
    assert on("2026-06-30", outflow=away) == {}
    assert only("2026-07-01", "季度未联系名单", outflow=away).made_up == "否"
    made_up = only("2026-07-02", "季度未联系名单", outflow=away, contact_log=called("2026-07-01"))
    assert made_up.made_up == "是"
    assert made_up.text.endswith("2026年第2季度（至2026-06-30）没有联系；其后已补联系")
    assert on("2026-10-01", outflow=away, contact_log=called("2026-07-01")) == {}


# --- 疑似失联, 失联总名单 --------------------


def test_an_unanswered_call_after_the_last_contact_makes_suspected() -> None:
    log = "姓名 | 联系日期 | 本人应答\n张三 | 2026-08-10 | 是\n张三 | 2026-10-10 | 否"
    one = only("2026-11-24", "疑似失联", contact_log=log)
    assert (one.sheet, one.row) == ("联系记录", 5)
    assert one.text == (
        "电话联系本人未应答 2026-10-10，尚未建档；最近联系 2026-08-10 + 6个月 = 2027-02-10 ＞ 基准日 2026-11-24"
    )
    assert on("2026-11-24", contact_log=log + "\n张三 | 2026-10-10 | 是") == {}


def test_with_an_open_file_suspected_turns_into_lost_when_the_clock_runs_out() -> None:
    drawn = {"contact_log": called("2025-08-31"), "lost_file": "姓名 | 发现失联日期\n张三 | 2026-01-10"}
    assert on("2026-02-27", **drawn) == {"疑似失联": ["张三"]}
    assert on("2026-02-28", **drawn) == {"失联总名单": ["张三"]}


def test_lost_without_a_file_is_listed_as_without_file() -> None:
    one = only("2026-11-24", "失联总名单", contact_log=called("2026-05-24"))
    assert (one.rule, one.sheet, one.missing, one.file_number) == ("R-LOST-6M", "党员名册", ("未建档",), "")
    assert one.text == "最近联系 2026-05-24 + 6个月 = 2026-11-24 ≤ 基准日 2026-11-24"


def test_lost_with_a_file_shows_both_clocks_the_effort_and_what_is_unclear() -> None:
    one = only(
        "2026-11-24",
        "失联总名单",
        member_roster="姓名 | 最近交纳党费日期\n张三 | 2026-01-31",
        lost_file="姓名 | 失去联系情形\n张三 | 其他",
        search_log=(
            f"档案编号 | 姓名 | 查找日期 | 查找方式\n{NUMBER} | 张三 | 2026-06-02 | A\n{NUMBER} | 张三 | 2026-07-06 | C"
        ),
    )
    assert one.text == (
        "最近交纳党费 2026-01-31 + 6个月 = 2026-07-31 ≤ 基准日 2026-11-24；"
        "表列自 2026-01-31 起满9个月；已查找2次（A、C类），跨34天"
    )
    assert one.missing == ("还没有做人际查找", "查找次数2次，少于3次", "情形为其他，备注要写明具体原因")


def test_lost_again_after_being_found_is_said() -> None:
    drawn = {
        "contact_log": called("2024-01-10"),
        "lost_file": "姓名 | 发现失联日期 | 查找结果 | 取得联系日期\n张三 | 2025-01-10 | 取得联系 | 2025-08-31",
    }
    assert only("2026-03-01", "失联总名单", **drawn).text.endswith("曾取得联系1次，属再次失联")


# --- 查找结果 -------------------------------------------------------------------------------------------------------


def file(outcome: str, key: str, day: str) -> str:
    return f"姓名 | 发现失联日期 | 查找结果 | {key}\n张三 | 2026-01-10 | {outcome} | {day}"


def test_found_after_six_months_is_on_the_found_list_only() -> None:
    drawn = {"contact_log": called("2025-08-31"), "lost_file": file("取得联系", "取得联系日期", "2026-02-28")}
    assert on("2026-02-28", **drawn) == {"经查找取得联系": ["张三"]}
    one = only("2026-02-28", "经查找取得联系", **drawn)
    assert one.text == ("取得联系 2026-02-28；此前最近联系 2025-08-31 + 6个月 = 2026-02-28，失联满6个月后找到")
    assert one.missing == ("失联原因未填", "失联期间表现未填", "本人态度未填", "愿否留党未填", "处置台账没有立案")


@pytest.mark.parametrize(("outcome", "key"), [("取得联系", "取得联系日期"), ("无法取得联系", "查找结束日期")])
def test_under_six_months_neither_found_nor_not_found(outcome: str, key: str) -> None:
    """Appendix B 5."""
    drawn = {"contact_log": called("2025-08-31"), "lost_file": file(outcome, key, "2026-02-10")}
    names = on("2026-02-11", **drawn)
    assert "经查找取得联系" not in names
    assert "经查找仍无法取得联系" not in names


def test_not_found_lists_what_the_effort_lacks() -> None:
    drawn = {
        "contact_log": called("2025-03-31"),
        "lost_file": file("无法取得联系", "查找结束日期", "2026-03-01"),
        "search_log": f"档案编号 | 姓名 | 查找日期 | 查找方式\n{NUMBER} | 张三 | 2026-01-12 | A\n"
        f"{NUMBER} | 张三 | 2026-01-20 | B",
    }
    assert set(on("2026-03-10", **drawn)) == {"失联总名单", "经查找仍无法取得联系"}
    one = only("2026-03-10", "经查找仍无法取得联系", **drawn)
    assert one.rule == "R-LOST-NOTFOUND"
    assert one.missing == (
        "还没有做部门查找",
        "查找次数2次，少于3次",
        "首末次相隔8天，不足30天",
        "失联时间不清楚（组织生活、党费日期都没有）",
        "处置台账没有立案",
    )


def test_a_known_host_organisation_must_have_been_asked_too() -> None:
    one = only(
        "2026-03-10",
        "经查找仍无法取得联系",
        contact_log=called("2025-03-31"),
        outflow="姓名 | 外出日期 | 流入地党组织\n张三 | 2024-01-10 | 外地支部",
        lost_file=file("无法取得联系", "查找结束日期", "2026-03-01"),
    )
    assert one.missing[0] == "还没有做直接联系、人际查找、部门查找、流入地党组织协查"


# --- 介绍信, 处置, 预备期 ---------------------------------------------------------------------------------------------


def letter(issued: str) -> str:
    return f"姓名 | 开出日期 | 有效期天数\n张三 | {issued} | 90"


def test_a_receipt_is_overdue_from_the_day_after_the_letter_expires() -> None:
    """Appendix B 12."""
    assert on("2026-04-20", transfer_letter=letter("2026-01-20")) == {}
    one = only("2026-04-21", "超期未收回执名单", transfer_letter=letter("2026-01-20"))
    assert (one.sheet, one.row, one.rule) == ("介绍信", 4, "R-XFER-RECEIPT-OVERDUE")
    assert one.text == "介绍信 2026-001 开出 2026-01-20 + 90天 = 2026-04-20 ＜ 基准日 2026-04-21，未收到回执"
    assert on("2026-04-21", {"receipt.grace_days": "1"}, transfer_letter=letter("2026-01-20")) == {}


def test_letters_from_before_2007_are_not_listed() -> None:
    """Appendix B 14."""
    assert on("2026-11-24", transfer_letter=letter("2006-12-31")) == {}
    assert on("2026-11-24", transfer_letter=letter("2007-01-01")) == {"超期未收回执名单": ["张三"]}


def test_a_letter_of_somebody_not_on_the_roster_is_still_listed() -> None:
    drawn = lists("2026-11-24", member_roster="姓名\n李四", transfer_letter=letter("2026-01-20"))
    (one,) = drawn["超期未收回执名单"]
    assert (one.name, one.key.identity_number) == ("张三", person("张三"))
    assert one.text.endswith("不在党员名册")


def stopped(day: str, situation: str = "D14") -> dict[str, str]:
    return {
        "member_roster": "姓名 | 党籍状态\n张三 | 停止党籍",
        "disposition": f"姓名 | 情形 | 拟处理 | 审批日期\n张三 | {situation} | 停止党籍 | {day}",
    }


def test_two_years_after_stopping_for_loss() -> None:
    """Appendix B 16."""
    assert on("2026-02-27", **stopped("2024-02-29")) == {}
    one = only("2026-02-28", "停止党籍满2年名单", **stopped("2024-02-29"))
    assert one.text == "停止党籍批准 2024-02-29 + 2年 = 2026-02-28 ≤ 基准日 2026-02-28"
    assert one.missing == ("停止党籍后没有查找记录", "处置台账没有立案")
    assert on("2026-02-28", **stopped("2024-02-29", "D05")) == {}


def test_a_stopped_member_is_on_no_other_list() -> None:
    drawn = stopped("2024-02-29") | {
        "outflow": "姓名 | 外出日期\n张三 | 2023-01-10",
        "transfer_letter": letter("2023-01-20"),
        "contact_log": called("2023-01-01"),
        "lost_file": file("无法取得联系", "查找结束日期", "2023-12-01"),
    }
    assert on("2026-11-24", **drawn) == {"停止党籍满2年名单": ["张三"]}


CORRECTION = "姓名 | 情形 | 拟处理 | 审批日期 | 期满结论\n张三 | D07 | 限期改正 | 2026-08-31 | "


def test_a_correction_is_listed_from_its_last_day_until_concluded() -> None:
    """Appendix B 15."""
    assert on("2027-02-27", disposition=CORRECTION) == {}
    assert only("2027-02-28", "限期改正到期名单", disposition=CORRECTION).text == (
        "限期改正批准 2026-08-31 + 6个月 = 2027-02-28 = 基准日 2027-02-28"
    )
    assert on("2027-03-01", disposition=CORRECTION) == {"限期改正到期名单": ["张三"]}
    assert on("2027-03-01", disposition=CORRECTION + "合格") == {}


def probationer(extra: str = "", value: str = "") -> str:
    return f"姓名 | 人员类别 | 加入党组织日期 | 预备期延长至\n张三 | 预备党员 | 2025-02-28 | {value}"


def test_probation_undecided_from_the_day_after_it_ends() -> None:
    assert on("2026-02-28", member_roster=probationer()) == {}
    assert only("2026-03-01", "预备期满未议名单", member_roster=probationer()).text == (
        "加入 2025-02-28 + 12个月 = 2026-02-28 ＜ 基准日 2026-03-01，没有讨论记录"
    )


def test_an_extended_or_cancelled_probation_is_decided() -> None:
    assert on("2026-08-28", member_roster=probationer(value="2026-08-28")) == {}
    assert on("2026-08-29", member_roster=probationer(value="2026-08-28")) == {"预备期满未议名单": ["张三"]}
    cancelled = "姓名 | 情形 | 拟处理 | 支部大会日期\n张三 | D17 | 取消预备党员资格 | 2026-03-05"
    assert on("2026-03-04", member_roster=probationer(), disposition=cancelled) == {"预备期满未议名单": ["张三"]}
    assert on("2026-03-05", member_roster=probationer(), disposition=cancelled) == {}


def test_members_who_left_are_on_no_list_and_others_in_roster_order() -> None:
    roster = (
        "姓名 | 关系归属 | 离开情形 | 离开日期\n李四 | 在册 | |\n张三 | 已离开 | 去世 | 2026-05-01\n王五 | 在册 | |"
    )
    log = "姓名 | 联系日期\n王五 | 2025-01-10\n张三 | 2025-01-10\n李四 | 2025-01-10"
    assert on("2026-11-24", member_roster=roster, contact_log=log) == {"失联总名单": ["李四", "王五"]}


def test_lists_work_alike_in_a_committee_workbook() -> None:
    roster = "来源党组织代码 | 姓名\n001 | 张三\n002 | 张三"
    found = lists(
        "2026-11-24",
        kind="committee",
        member_roster=roster,
        contact_log="来源党组织代码 | 姓名 | 联系日期\n001 | 张三 | 2025-01-10",
    )
    assert [one.key.organisation for one in found["失联总名单"]] == ["001"]
