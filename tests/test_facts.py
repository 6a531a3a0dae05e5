"""Derived values per member: main state, the two lost clocks, terms, ages and classes, each with its basis."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drawing import draw_case, identity, person
from validators.facts import PersonFacts, fact_titles, person_facts
from validators.table import BookKind
from validators.words import MemberState


def everyone(
    as_of: str, profile: str = "current_2024", policy: Mapping[str, str] | None = None, **drawings: str
) -> tuple[PersonFacts, ...]:
    case = draw_case(as_of, profile=profile, policy=policy, **drawings)
    return person_facts(case.book, case.policy, case.as_of)


def facts(
    as_of: str, profile: str = "current_2024", policy: Mapping[str, str] | None = None, **drawings: str
) -> PersonFacts:
    return everyone(as_of, profile, policy, **drawings)[0]


def roster(titles: str, row: str) -> str:
    return f"姓名 | {titles}\n张三 | {row}"


def called(day: str) -> str:
    return f"姓名 | 联系日期\n张三 | {day}"


# --- 失联: which day -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last_contact", "profile", "day_before", "first_day"),
    [
        ("2025-08-31", "current_2024", "2026-02-27", "2026-02-28"),  # Appendix B 1
        ("2025-08-31", "legacy_2016", "2026-02-28", "2026-03-01"),  # Appendix B 2
        ("2025-08-30", "current_2024", "2026-02-27", "2026-02-28"),  # Appendix B 3: month-end trap
        ("2025-03-15", "current_2024", "2025-09-14", "2025-09-15"),
        ("2025-03-15", "legacy_2016", "2025-09-15", "2025-09-16"),
        ("2023-08-31", "current_2024", "2024-02-28", "2024-02-29"),
    ],
)
def test_a_member_is_lost_from_that_day_on(last_contact: str, profile: str, day_before: str, first_day: str) -> None:
    assert facts(day_before, profile, contact_log=called(last_contact)).state == "正常"
    lost = facts(first_day, profile, contact_log=called(last_contact))
    assert (lost.state, lost.lost_on) == ("失联", date.fromisoformat(first_day))


def test_who_answers_the_phone_but_skips_life_and_dues_is_not_lost_but_reaches_article_nine() -> None:
    """Appendix B 4."""
    one = facts(
        "2026-02-01",
        member_roster=roster("最近参加组织生活日期 | 最近交纳党费日期", "2025-03-01 | 2025-04-01"),
        contact_log=called("2026-01-10"),
    )
    assert (one.state, one.contact_clock_start) == ("正常", date(2026, 1, 10))
    assert (one.form_clock_start, one.months_lost) == (date(2025, 4, 1), 10)
    assert one.article_nine == (
        "达到党章第九条期限，请支部研究：连续6个月未参加组织生活（2025-03-01 + 6个月 = 2025-09-01 ≤ 基准日 2026-02-01）"
    )


def test_the_arithmetic_of_being_lost_is_shown_with_its_row() -> None:
    basis = facts("2026-03-01", contact_log=called("2025-08-31")).basis["lost_on"][0]
    assert (basis.sheet, basis.row) == ("联系记录", 4)
    assert basis.text == "最近联系 2025-08-31 + 6个月 = 2026-02-28 ≤ 基准日 2026-03-01"


def test_both_clocks_take_the_later_of_roster_and_event_log() -> None:
    log = "姓名 | 日期 | 事项 | 参加地\n张三 | 2026-01-05 | 组织生活 | 流入地\n张三 | 2026-02-06 | 交纳党费 |"
    one = facts("2026-06-01", member_roster=roster("最近参加组织生活日期", "2025-12-01"), life_dues_log=log)
    assert (one.form_clock_start, one.contact_clock_start) == (date(2026, 2, 6), date(2026, 2, 6))
    assert one.last_contact_on is None


def test_dues_paid_by_relatives_count_unless_the_policy_says_otherwise() -> None:
    drawn = {
        "member_roster": roster("最近交纳党费日期", "2025-01-05"),
        "life_dues_log": "姓名 | 日期 | 事项 | 是否代交\n张三 | 2026-05-06 | 交纳党费 | 是",
    }
    assert facts("2026-06-01", **drawn).state == "正常"
    assert facts("2026-06-01", policy={"lost.proxy_dues_counts": "否"}, **drawn).state == "失联"


def test_the_printed_clock_ends_when_the_search_ends() -> None:
    one = facts(
        "2026-11-24",
        member_roster=roster("最近交纳党费日期", "2025-01-31"),
        lost_file="姓名 | 发现失联日期 | 查找结果 | 查找结束日期\n张三 | 2025-09-01 | 无法取得联系 | 2026-02-28",
    )
    assert (one.state, one.months_lost, one.lost_time_class) == ("失联", 13, "1年至5年")


def test_a_found_member_keeps_the_printed_clock_of_his_absence_until_the_disposition_is_closed() -> None:
    drawn = {
        "member_roster": roster("最近参加组织生活日期 | 最近交纳党费日期", "2025-01-31 | 2025-02-01"),
        "lost_file": "姓名 | 发现失联日期 | 查找结果 | 取得联系日期\n张三 | 2025-09-01 | 取得联系 | 2026-10-01",
    }
    one = facts("2026-11-24", **drawn)
    assert (one.state, one.is_found, one.form_clock_start, one.months_lost) == ("正常", "是", date(2025, 2, 1), 20)
    settled = "姓名 | 情形 | 拟处理 | 立案日期 | 审批日期\n张三 | D01 | 纳入正常管理 | 2026-10-05 | 2026-10-20"
    assert facts("2026-11-24", disposition=settled, **drawn).is_found == "否"
    assert facts("2026-10-19", disposition=settled, **drawn).is_found == "是"


def test_found_before_six_months_were_full_is_no_found_member() -> None:
    """Appendix B 5."""
    one = facts(
        "2026-11-24",
        contact_log=called("2026-04-30"),
        lost_file="姓名 | 发现失联日期 | 查找结果 | 取得联系日期\n张三 | 2026-06-01 | 取得联系 | 2026-10-29",
    )
    assert (one.state, one.is_found) == ("正常", "否")


def test_six_months_after_being_found_a_silent_member_is_lost_again() -> None:
    drawn = {
        "contact_log": called("2024-01-10"),
        "lost_file": "姓名 | 发现失联日期 | 查找结果 | 取得联系日期\n张三 | 2025-01-10 | 取得联系 | 2025-08-31",
    }
    assert [facts(day, **drawn).state for day in ("2026-02-27", "2026-02-28")] == ["正常", "失联"]


def test_without_any_date_only_who_the_branch_itself_calls_lost_is_lost() -> None:
    assert facts("2026-11-24", outflow="姓名 | 外出日期\n张三 | 2024-01-10").state == "流动党员"
    flagged = facts("2026-11-24", member_roster=roster("是否为失联党员", "是"))
    assert (flagged.state, flagged.lost_on) == ("失联", None)
    assert "失联时间不详" in flagged.grounds.lost_text
    on_file = facts("2026-11-24", lost_file="姓名 | 发现失联日期\n张三 | 2026-06-01")
    assert on_file.state == "失联"
    typed = roster("是否为失联党员 | 失去联系日期", "是 | 2026-06-30")
    assert facts("2026-12-29", member_roster=typed).state == "正常"
    assert facts("2026-12-30", member_roster=typed).state == "失联"


# --- 主状态 ---------------------------------------------------------------------------------------------------------

AWAY = "姓名 | 外出日期\n张三 | 2025-08-31"
OLD_CALL = called("2024-01-10")
LETTER = "姓名 | 开出日期\n张三 | 2026-10-20"


def test_left_members_come_first() -> None:
    for way, state in (("已出党", "已出党"), ("去世", "去世"), ("已转出", "已转出且收到回执")):
        left = roster("关系归属 | 离开情形 | 离开日期 | 党籍状态", f"已离开 | {way} | 2026-03-01 | 停止党籍")
        one = facts("2026-11-24", member_roster=left, outflow=AWAY, contact_log=OLD_CALL)
        assert (one.state, one.lost_on, one.contact_duties) == (state, None, ())


def test_before_the_day_of_leaving_the_member_was_still_here() -> None:
    left = roster("关系归属 | 离开情形 | 离开日期", "已离开 | 已转出 | 2026-03-01")
    assert facts("2026-02-28", member_roster=left).state == "正常"
    assert facts("2026-02-28", member_roster=left, transfer_letter="姓名 | 开出日期\n张三 | 2026-01-20").state == (
        "已转出未收到回执"
    )
    assert facts("2026-03-01", member_roster=left).state == "已转出且收到回执"


def test_a_transfer_is_complete_when_the_receipt_is_logged() -> None:
    out = roster("关系归属", "转出未回执")
    letter = "姓名 | 开出日期 | 回执收到日期\n张三 | 2026-10-20 | 2026-11-10"
    assert facts("2026-11-09", member_roster=out, transfer_letter=letter).state == "已转出未收到回执"
    assert facts("2026-11-10", member_roster=out, transfer_letter=letter).state == "已转出且收到回执"
    assert facts("2026-10-19", member_roster=out, transfer_letter=letter).state == "正常"


def test_stopped_goes_before_lost_and_lost_before_away() -> None:
    """Appendix B 27: a person in two states counts once, in the first."""
    stopped = roster("党籍状态", "停止党籍")
    assert facts("2026-11-24", member_roster=stopped, contact_log=OLD_CALL).state == "停止党籍"
    assert facts("2026-11-24", outflow=AWAY, contact_log=OLD_CALL).state == "失联"
    out = roster("关系归属", "转出未回执")
    assert facts("2026-11-24", member_roster=out, transfer_letter=LETTER, contact_log=OLD_CALL).state == "失联"
    assert facts("2026-11-24", member_roster=out, transfer_letter=LETTER, outflow=AWAY).state == "已转出未收到回执"


def test_stopping_counts_from_its_approval() -> None:
    drawn = {
        "member_roster": roster("党籍状态", "停止党籍"),
        "disposition": "姓名 | 情形 | 拟处理 | 审批日期\n张三 | D14 | 停止党籍 | 2026-03-01",
        "contact_log": OLD_CALL,
    }
    assert [facts(day, **drawn).state for day in ("2026-02-28", "2026-03-01")] == ["失联", "停止党籍"]


def test_away_becomes_floating_on_the_day_six_months_are_full() -> None:
    states = [facts(day, outflow=AWAY).state for day in ("2025-08-30", "2025-08-31", "2026-02-27", "2026-02-28")]
    assert states == ["正常", "外出", "外出", "流动党员"]
    assert facts("2026-02-01", outflow=AWAY).six_months_away_on == date(2026, 2, 28)


def test_the_day_of_return_ends_the_absence() -> None:
    back = "姓名 | 外出日期 | 返回日期\n张三 | 2025-08-31 | 2026-06-01"
    assert [facts(day, outflow=back).state for day in ("2026-05-31", "2026-06-01")] == ["流动党员", "正常"]


def test_organisation_life_in_the_home_branch_starts_the_six_months_anew() -> None:
    home = "姓名 | 日期 | 事项 | 参加地\n张三 | 2026-01-31 | 组织生活 | 本支部"
    one = facts("2026-07-30", outflow=AWAY, life_dues_log=home)
    assert (one.state, one.six_months_away_on) == ("外出", date(2026, 7, 31))
    assert one.basis["six_months_away_on"][0].text == "回本支部参加组织生活 2026-01-31 + 6个月 = 2026-07-31"
    online = home.replace("本支部", "线上")
    assert facts("2026-07-30", outflow=AWAY, life_dues_log=online).state == "流动党员"
    kept = {"float.break_on_attendance": "否"}
    assert facts("2026-07-30", policy=kept, outflow=AWAY, life_dues_log=home).state == "流动党员"


def test_abroad_goes_before_floating_and_ends_with_the_return() -> None:
    drawn = {"abroad": "姓名 | 出境日期 | 返回日期\n张三 | 2025-03-01 | 2026-09-01", "outflow": AWAY}
    states = [facts(day, **drawn).state for day in ("2026-08-31", "2026-09-01")]
    assert states == ["出国（境）保留组织关系", "流动党员"]


def test_abroad_within_the_half_year_rule_is_not_lost_though_six_months_have_passed() -> None:
    drawn = {"abroad": "姓名 | 出境日期\n张三 | 2025-01-10", "contact_log": called("2026-01-05")}
    assert facts("2026-12-31", **drawn).state == "出国（境）保留组织关系"
    assert facts("2027-01-01", **drawn).state == "出国（境）保留组织关系"
    assert facts("2027-07-01", **drawn).state == "失联"


def test_abroad_and_searched_for_is_lost_once_a_half_year_was_missed() -> None:
    drawn = {
        "abroad": "姓名 | 出境日期\n张三 | 2025-01-10",
        "contact_log": called("2026-06-30"),
        "lost_file": "姓名 | 发现失联日期\n张三 | 2026-12-01",
    }
    states = [facts(day, **drawn).state for day in ("2026-12-31", "2027-01-01")]
    assert states == ["出国（境）保留组织关系", "失联"]


def test_tagged_detached_or_simply_here() -> None:
    assert facts("2026-11-24", member_roster=roster("标签", "生活困难;空挂")).state == "空挂"
    assert facts("2026-11-24", member_roster=roster("标签", "生活困难")).state == "正常"


DAYS = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2027, 12, 31)))


@settings(max_examples=80)
@given(
    belonging=st.sampled_from(["", "在册", "转出未回执", "已离开"]),
    way=st.sampled_from(["", "已转出", "已出党", "去世"]),
    status=st.sampled_from(["", "正常", "停止党籍"]),
    days=st.tuples(*[DAYS] * 9),
    outcome=st.sampled_from(["", "查找中", "取得联系", "无法取得联系"]),
    as_of=st.dates(date(2023, 1, 1), date(2027, 12, 31)),
)
def test_everyone_is_in_exactly_one_state_whatever_the_sheets_say(
    belonging: str, way: str, status: str, days: tuple[date | None, ...], outcome: str, as_of: date
) -> None:
    text = ["" if day is None else str(day) for day in days]
    one = facts(
        str(as_of),
        member_roster=roster(
            "关系归属 | 离开情形 | 离开日期 | 党籍状态 | 最近交纳党费日期 | 失去联系日期",
            f"{belonging} | {way} | {text[0]} | {status} | {text[1]} | {text[2]}",
        ),
        outflow=f"姓名 | 外出日期 | 返回日期\n张三 | {text[3]} | {text[4]}",
        abroad=f"姓名 | 出境日期 | 返回日期\n张三 | {text[5]} | {text[6]}",
        lost_file=f"姓名 | 发现失联日期 | 查找结果 | 取得联系日期\n张三 | {text[7]} | {outcome} | {text[8]}",
        transfer_letter=f"姓名 | 开出日期 | 回执收到日期\n张三 | {text[4]} | {text[8]}",
    )
    states = {value for name, value in vars(MemberState).items() if name.isupper()}
    assert one.state in states
    assert one.basis["state"]
    assert (one.state == "失联") == bool(one.grounds.lost_text)


@settings(max_examples=60)
@given(
    contact=st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    as_of=st.dates(date(2023, 1, 1), date(2027, 12, 31)),
    later=st.integers(1, 900),
    profile=st.sampled_from(["current_2024", "tiaoli_2019", "legacy_2016"]),
)
def test_who_is_lost_stays_lost_as_time_goes_on(contact: date, as_of: date, later: int, profile: str) -> None:
    if contact > as_of:
        return
    now = facts(str(as_of), profile, contact_log=called(str(contact)))
    then = facts(str(as_of + timedelta(days=later)), profile, contact_log=called(str(contact)))
    assert now.lost_on == then.lost_on
    assert (now.state, then.state) != ("失联", "正常")


# --- 党章第九条, letters, terms --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("as_of", "flagged"), [("2026-03-31", False), ("2026-04-01", True)])
def test_unpaid_dues_flag_after_six_full_months(as_of: str, flagged: bool) -> None:
    """Appendix B 11."""
    one = facts(as_of, member_roster=roster("党费交至年月", "2025-09"))
    assert (one.article_nine is not None) is flagged


def test_article_nine_spares_who_is_stopped_or_abroad() -> None:
    row = roster("最近参加组织生活日期 | 党籍状态", "2024-01-01 | 停止党籍")
    assert facts("2026-11-24", member_roster=row).article_nine is None
    life = roster("最近参加组织生活日期", "2024-01-01")
    abroad = "姓名 | 出境日期\n张三 | 2026-02-10"
    drawn = {"member_roster": life, "contact_log": called("2026-10-10")}
    assert facts("2026-11-24", **drawn).article_nine is not None
    assert facts("2026-11-24", abroad=abroad, **drawn).article_nine is None


def test_a_letter_is_valid_for_its_days_and_the_receipt_is_due_with_the_grace() -> None:
    """Appendix B 12: 2026-01-20 + 90 days."""
    drawn = {"transfer_letter": "姓名 | 开出日期 | 有效期天数\n张三 | 2026-01-20 | 90"}
    one = facts("2026-03-01", **drawn)
    assert (one.letter_expires_on, one.receipt_due_on) == (date(2026, 4, 20), date(2026, 4, 20))
    graced = facts("2026-03-01", policy={"receipt.grace_days": "10"}, **drawn)
    assert graced.receipt_due_on == date(2026, 4, 30)
    blank = facts("2026-03-01", transfer_letter="姓名 | 开出日期\n张三 | 2026-01-20")
    assert blank.letter_expires_on == date(2026, 4, 20)


@pytest.mark.parametrize("closing", ["回执收到日期 | 2026-02-01", "存根状态 | 作废", "存根状态 | 已确认落实"])
def test_a_settled_letter_expects_no_receipt(closing: str) -> None:
    title, value = closing.split(" | ")
    letter = f"姓名 | 开出日期 | {title}\n张三 | 2026-01-20 | {value}"
    one = facts("2026-11-24", transfer_letter=letter)
    assert (one.letter_expires_on, one.receipt_due_on) == (None, None)


def test_the_term_of_correction_ends_as_typed_or_after_the_months_of_the_policy() -> None:
    """Appendix B 15: 2026-08-31 + 6 months."""
    head = "姓名 | 情形 | 拟处理 | 立案日期 | 审批日期"
    row = "张三 | D07 | 限期改正 | 2026-08-01 | 2026-08-31"
    assert facts("2026-11-24", disposition=f"{head}\n{row}").correction_ends_on == date(2027, 2, 28)
    typed = f"{head} | 限期改正月数 | 限期改正止\n{row} | 6 | 2027-03-01"
    assert facts("2026-11-24", disposition=typed).correction_ends_on == date(2027, 3, 1)
    closed = f"{head} | 期满结论\n{row} | 合格"
    assert facts("2027-03-24", disposition=closed).correction_ends_on is None
    assert facts("2026-08-30", disposition=f"{head}\n{row}").correction_ends_on is None


@pytest.mark.parametrize(("stopped", "end"), [("2024-02-29", date(2026, 2, 28)), ("2024-03-31", date(2026, 3, 31))])
def test_two_years_after_stopping(stopped: str, end: date) -> None:
    """Appendix B 16."""
    one = facts(
        "2025-11-24",
        member_roster=roster("党籍状态", "停止党籍"),
        disposition=f"姓名 | 情形 | 拟处理 | 审批日期\n张三 | D14 | 停止党籍 | {stopped}",
    )
    assert one.stop_two_years_on == end


def test_the_next_search_is_due_at_the_end_of_the_first_owed_week() -> None:
    """Appendix B 35."""
    drawn = {"lost_file": "姓名 | 发现失联日期\n张三 | 2025-12-31", "contact_log": called("2025-01-01")}
    assert facts("2026-01-04", **drawn).next_search_due == date(2026, 1, 11)
    searched = "姓名 | 查找日期\n张三 | 2026-01-06"
    log = {"search_log": searched.replace("姓名", "档案编号 | 姓名").replace("张三", "037990100001-2026-001 | 张三")}
    assert facts("2026-01-07", **drawn, **log).next_search_due == date(2026, 1, 18)


# --- ages and classes ------------------------------------------------------------------------------------------------


def test_ages_are_full_years_and_fall_into_the_classes_of_table_43() -> None:
    born = identity("1990-11-24", 7)
    one = facts(
        "2026-11-24",
        member_roster=f"姓名 | 公民身份号码 | 转为正式党员日期 | 学历\n张三 | {born} | 2020-11-25 | 高中、中技",
    )
    assert (one.age, one.age_class) == (36, "36岁至45岁")
    assert (one.party_age, one.party_age_class) == (5, "1年至5年")
    assert one.education_class == "中专、高中、中技"


def test_a_probationary_member_has_a_party_age_under_one_year() -> None:
    one = facts("2026-11-24", member_roster=roster("人员类别", "预备党员"))
    assert (one.party_age, one.party_age_class) == (0, "1年以下")


@pytest.mark.parametrize(
    ("last", "word"),
    [
        ("2026-05-24", "6个月以上不满1年"),
        ("2025-11-25", "6个月以上不满1年"),
        ("2025-11-24", "1年至5年"),
        ("2020-11-25", "1年至5年"),
        ("2020-11-24", "6年至10年"),
        ("2015-11-24", "11年及以上"),
    ],
)
def test_time_lost_is_classed_by_full_months(last: str, word: str) -> None:
    one = facts("2026-11-24", member_roster=roster("最近交纳党费日期", last))
    assert (one.state, one.lost_time_class) == ("失联", word)


# --- the table as a whole --------------------------------------------------------------------------------------------


def test_the_derived_table_has_every_name_of_the_workbook_contract() -> None:
    assert list(fact_titles().values()) == [
        "主状态",
        "外出满六个月日",
        "本季是否已联系",
        "最近联系日",
        "连续未联系季度数",
        "下次应联系截止日",
        "联系失联起算日",
        "满失联日",
        "表列失去联系起算日",
        "失去联系月数",
        "党章九条提示",
        "介绍信到期日",
        "回执应到日",
        "下次查找截止日",
        "限期改正止日",
        "停止党籍满二年日",
        "年龄",
        "党龄",
        "学历三类",
        "年龄分档",
        "党龄分档",
        "失去联系时间分档",
        "经查找取得联系",
    ]
    assert {entry.name for entry in fields(PersonFacts)} > set(fact_titles())


def test_every_roster_row_has_facts_even_without_a_usable_number() -> None:
    drawn = f"姓名 | 公民身份号码\n张三 | {person('张三')}\n李四 | #3.79901E+17\n王五 |\n张三 | {person('张三')}"
    all_facts = everyone("2026-11-24", member_roster=drawn, contact_log=called("2026-10-10"))
    assert [(one.name, one.member.origin.row) for one in all_facts] == [
        ("张三", 4),
        ("李四", 5),
        ("王五", 6),
        ("张三", 7),
    ]
    assert [one.last_contact_on for one in all_facts] == [date(2026, 10, 10), None, None, date(2026, 10, 10)]


def test_in_a_committee_workbook_a_member_of_two_branches_is_two_persons() -> None:
    kind: BookKind = "committee"
    case = draw_case(
        "2026-11-24",
        kind=kind,
        member_roster="来源党组织代码 | 姓名\n001 | 张三\n002 | 张三",
        contact_log="来源党组织代码 | 姓名 | 联系日期\n002 | 张三 | 2026-10-10",
    )
    one, two = person_facts(case.book, case.policy, case.as_of)
    assert (one.key.organisation, one.last_contact_on) == ("001", None)
    assert (two.key.organisation, two.last_contact_on) == ("002", date(2026, 10, 10))
