"""Which contacts count, which quarters and half-years are owed, and what is late (R-CONTACT-…)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drawing import draw_case
from validators.contacts import QUARTER, counting_channels, counts
from validators.dates import Half, Month, Quarter, iso_week
from validators.facts import PersonFacts, person_facts
from validators.periods import Duty, Year, in_words, is_owed, missed, next_owed
from validators.policy import load_policy


def facts(as_of: str, policy: dict[str, str] | None = None, **drawings: str) -> PersonFacts:
    case = draw_case(as_of, policy=policy, **drawings)
    return person_facts(case.book, case.policy, case.as_of)[0]


def late(one: PersonFacts) -> bool:
    return any(duty.late_since is not None and not duty.made_up for duty in one.contact_duties)


AWAY = "姓名 | 外出日期\n张三 | 2026-02-10"
LONG_AWAY = "姓名 | 外出日期\n张三 | 2025-01-10"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("电话 | 是 | 联系员 | 问候", True),
        ("面谈 | 是 | 联系员 | 问候", True),
        ("微信 | 是 | 联系员 | 问候", True),
        ("参加组织生活 | 是 | 联系员 | 学习", True),
        ("电话 | 否 | 联系员 | 未接", False),
        ("群发通知 | 是 | 联系员 | 通知开会", False),
        ("家属转告 | 是 | 联系员 | 儿子说平安", False),
        ("电话 | 是 |  | 问候", False),
        ("电话 | 是 | 联系员 |", False),
    ],
)
def test_a_contact_counts_when_answered_two_way_with_contact_person_and_content(row: str, expected: bool) -> None:
    case = draw_case(contact_log=f"姓名 | 联系方式 | 本人应答 | 支部联系人 | 谈话内容\n张三 | {row}")
    assert counts(case.book["contact_log"].rows[0], counting_channels(case.policy)) is expected


def test_a_reply_in_writing_does_not_count_in_a_campaign_that_asks_for_voice_or_face() -> None:
    strict = load_policy(overrides={"contact.text_reply_counts": "否"})
    assert counting_channels(strict) == {"面谈", "电话", "视频", "参加组织生活"}


def test_the_quarter_of_leaving_is_not_owed_and_the_next_is_late_from_the_day_after_it() -> None:
    """Appendix B 8."""
    first = facts("2026-04-01", outflow=AWAY)
    assert not late(first)
    assert (first.missed_quarters, first.next_contact_due) == (0, date(2026, 6, 30))
    assert not late(facts("2026-06-30", outflow=AWAY))
    second = facts("2026-07-01", outflow=AWAY)
    assert late(second)
    assert (second.missed_quarters, second.next_contact_due) == (1, date(2026, 9, 30))


def test_leaving_on_the_first_day_of_a_quarter_does_not_make_that_quarter_owed() -> None:
    assert facts("2026-04-01", outflow="姓名 | 外出日期\n张三 | 2026-01-01").missed_quarters == 0


def test_with_first_quarter_same_the_quarter_of_leaving_is_owed() -> None:
    assert late(facts("2026-04-01", {"contact.first_quarter": "same"}, outflow=AWAY))


def test_a_contact_on_the_last_day_of_a_quarter_is_for_that_quarter_only() -> None:
    """Appendix B 9."""
    one = facts("2026-04-01", outflow=LONG_AWAY, contact_log="姓名 | 联系日期\n张三 | 2026-03-31")
    assert (one.missed_quarters, one.contacted_this_quarter, one.next_contact_due) == (0, "否", date(2026, 6, 30))


def test_a_contacted_quarter_moves_the_next_deadline_to_the_end_of_the_next_one() -> None:
    one = facts("2026-05-20", outflow=LONG_AWAY, contact_log="姓名 | 联系日期\n张三 | 2026-04-02")
    assert (one.contacted_this_quarter, one.last_contact_on, one.next_contact_due) == (
        "是",
        date(2026, 4, 2),
        date(2026, 9, 30),
    )


def test_group_broadcasts_alone_leave_the_quarter_late() -> None:
    """Appendix B 10."""
    log = "姓名 | 联系日期 | 联系方式\n张三 | 2026-05-20 | 群发通知"
    assert late(facts("2026-07-01", outflow=AWAY, contact_log=log))


@pytest.mark.parametrize(("place", "expected"), [("本支部", True), ("线上", True), ("流入地", False), ("", False)])
def test_organisation_life_at_home_or_online_is_a_contact(place: str, expected: bool) -> None:
    log = f"姓名 | 日期 | 事项 | 参加地\n张三 | 2026-05-20 | 组织生活 | {place}"
    one = facts("2026-07-01", outflow=AWAY, life_dues_log=log)
    assert (one.last_contact_on == date(2026, 5, 20)) is expected
    assert late(one) is not expected


def test_a_contact_after_the_as_of_date_has_not_happened() -> None:
    log = "姓名 | 联系日期\n张三 | 2026-06-30"
    assert facts("2026-06-29", outflow=AWAY, contact_log=log).last_contact_on is None


def test_calendar_quarters_are_never_late_where_rolling_months_are() -> None:
    """Contacts 2026-01-02 and 2026-06-29: rolling three months late from 2026-04-03 to 2026-06-28."""
    drawn = {"outflow": LONG_AWAY, "contact_log": "姓名 | 联系日期\n张三 | 2026-01-02\n张三 | 2026-06-29"}
    rolling = {"contact.mode": "rolling_3_months"}
    for day, is_late in [("2026-04-02", False), ("2026-04-03", True), ("2026-06-28", True), ("2026-06-29", False)]:
        assert late(facts(day, rolling, **drawn)) is is_late
        assert not late(facts(day, **drawn))
    ninety = facts("2026-04-03", {"contact.mode": "rolling_90_days"}, **drawn)
    assert (ninety.next_contact_due, late(ninety)) == (date(2026, 4, 2), True)


def test_a_quarter_in_which_the_member_returned_is_not_judged() -> None:
    back = "姓名 | 外出日期 | 返回日期\n张三 | 2025-01-10 | 2026-06-30"
    assert facts("2026-07-01", outflow=back).missed_quarters == 0
    still = "姓名 | 外出日期 | 返回日期\n张三 | 2025-01-10 | 2026-07-01"
    assert facts("2026-07-01", outflow=still).missed_quarters == 5


def test_missed_quarters_are_counted_back_to_the_last_contact() -> None:
    log = "姓名 | 联系日期\n张三 | 2025-08-15"
    assert facts("2026-02-10", outflow=LONG_AWAY, contact_log=log).missed_quarters == 1


def test_duties_of_floating_members_only_start_when_six_months_are_full() -> None:
    narrow = {"contact.scope": "floating_6m_only"}
    assert facts("2026-08-09", narrow, outflow=AWAY).next_contact_due is None
    assert facts("2026-08-10", narrow, outflow=AWAY).next_contact_due == date(2026, 12, 31)


def test_a_monthly_call_is_due_at_month_end_when_the_policy_asks_for_it() -> None:
    assert facts("2026-04-10", outflow=AWAY).next_contact_due == date(2026, 6, 30)
    assert facts("2026-04-10", {"contact.month_call": "是"}, outflow=AWAY).next_contact_due == date(2026, 4, 30)


def test_abroad_a_contact_each_half_year_replaces_the_quarter() -> None:
    """Appendix B 33."""
    drawn = {"abroad": "姓名 | 出境日期\n张三 | 2025-02-10", "contact_log": "姓名 | 联系日期\n张三 | 2026-06-30"}
    on_time = facts("2026-12-31", **drawn)
    assert (on_time.state, on_time.next_contact_due, late(on_time)) == (
        "出国（境）保留组织关系",
        date(2026, 12, 31),
        False,
    )
    too_late = facts("2027-01-01", **drawn)
    assert (too_late.state, late(too_late)) == ("出国（境）保留组织关系", True)
    assert [duty.rule for duty in too_late.contact_duties] == ["R-CONTACT-ABROAD-HALF"]


def test_a_lost_member_is_searched_for_and_not_also_late_in_contact() -> None:
    one = facts("2026-07-01", outflow=LONG_AWAY, contact_log="姓名 | 联系日期\n张三 | 2025-08-15")
    assert (one.state, one.contact_duties, one.next_contact_due) == ("失联", (), None)


def test_a_date_without_day_counts_as_the_last_day_of_its_month() -> None:
    assert facts("2026-07-01", outflow="姓名 | 外出日期\n张三 | 2026-03").next_contact_due == date(2026, 9, 30)
    assert facts("2026-03-15", outflow="姓名 | 外出日期\n张三 | 2026-03").state == "外出"


def test_periods_are_named_as_clerks_say_them() -> None:
    day = date(2025, 12, 31)
    spoken = [in_words(of(day)) for of in (Quarter.of, Half.of, Month.of, Year.of, iso_week)]
    assert spoken == ["2025年第4季度", "2025年下半年", "2025年12月", "2025年", "12月29日这一周"]


def test_the_week_after_opening_is_the_first_owed_across_the_year() -> None:
    """Appendix B 35: opened Wednesday 2025-12-31 (2026-W01), first owed 2026-W02."""
    duty = Duty(date(2025, 12, 31))
    assert str(next_owed(iso_week, (duty,), set(), date(2025, 12, 31))) == "2026-W02"
    assert not is_owed(iso_week, (duty,), iso_week(date(2026, 1, 4)))
    assert missed(iso_week, (duty,), set(), date(2026, 1, 11)) == ()
    assert [str(week) for week in missed(iso_week, (duty,), set(), date(2026, 1, 12))] == ["2026-W02"]


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@settings(max_examples=60)
@given(left=DAYS, contacts=st.lists(DAYS, max_size=6), extra=DAYS, as_of=DAYS)
def test_one_more_contact_never_makes_anyone_later(left: date, contacts: list[date], extra: date, as_of: date) -> None:
    log = "姓名 | 联系日期\n" + "\n".join(f"张三 | {day}" for day in contacts)
    before = facts(str(as_of), outflow=f"姓名 | 外出日期\n张三 | {left}", contact_log=log)
    after = facts(str(as_of), outflow=f"姓名 | 外出日期\n张三 | {left}", contact_log=f"{log}\n张三 | {extra}")
    assert after.missed_quarters <= before.missed_quarters
    assert after.lost_on is None or before.lost_on is None or after.lost_on >= before.lost_on
    assert (after.contacted_this_quarter, before.contacted_this_quarter) != ("否", "是")


@settings(max_examples=60)
@given(left=DAYS, contacts=st.lists(DAYS, max_size=4), as_of=DAYS, later=st.integers(1, 400))
def test_without_new_contacts_time_never_mends_a_missed_quarter(
    left: date, contacts: list[date], as_of: date, later: int
) -> None:
    known = [day for day in contacts if day <= as_of]
    log = "姓名 | 联系日期\n" + "\n".join(f"张三 | {day}" for day in known)
    drawn = {"outflow": f"姓名 | 外出日期\n张三 | {left}", "contact_log": log}
    now, then = facts(str(as_of), **drawn), facts(str(as_of + timedelta(days=later)), **drawn)
    run_goes_on = not any(Quarter.of(day) == Quarter.of(as_of) for day in known)
    if run_goes_on:
        assert then.missed_quarters >= now.missed_quarters


def test_the_duty_names_the_rule_and_shows_its_arithmetic() -> None:
    duty = facts("2026-07-01", outflow=AWAY).contact_duties[0]
    assert (duty.rule, duty.late_since, duty.missed) == (QUARTER, date(2026, 6, 30), 1)
    assert duty.text == ("外出 2026-02-10，自2026年第2季度起每季度至少联系1次；2026年第2季度（至2026-06-30）没有联系")
