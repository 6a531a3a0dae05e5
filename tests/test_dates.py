"""The date primitives of rules §0.3: the printed vectors, and what must hold for every pair of dates."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.dates import (
    Half,
    Month,
    Quarter,
    deadline,
    edate,
    exceeded,
    full_months,
    is_late,
    iso_week,
    month_end,
    reached,
)

days = st.dates(date(1930, 1, 1), date(2090, 12, 31))
some_months = st.integers(-240, 240)


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2025-08-28", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2025-12-31", 6, "2026-06-30"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2008-02-29", 216, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", 0, "2026-01-15"),
    ],
)
def test_edate(start: str, months: int, expected: str) -> None:
    assert edate(d(start), months) == d(expected)


def test_edate_is_counted_in_one_step() -> None:
    assert edate(d("2025-08-31"), 7) == d("2026-03-31")
    assert edate(edate(d("2025-08-31"), 6), 1) == d("2026-03-28")


def test_dates_end_with_the_calendar() -> None:
    assert edate(date(9999, 12, 1), 1) == deadline(date(9999, 12, 31), 30) == date(9999, 12, 31)
    assert edate(date(1, 1, 31), -1) == deadline(date(1, 1, 1), -1) == date(1, 1, 1)


@pytest.mark.parametrize(
    ("start", "is_reached", "is_exceeded"),
    [("2025-08-31", "2026-02-28", "2026-03-01"), ("2025-03-15", "2025-09-15", "2025-09-16")],
)
def test_reached_and_exceeded_differ_by_one_day(start: str, is_reached: str, is_exceeded: str) -> None:
    first = d(is_reached)
    assert not reached(first - timedelta(days=1), d(start), 6)
    assert reached(first, d(start), 6)
    assert not exceeded(first, d(start), 6)
    assert exceeded(d(is_exceeded), d(start), 6)


def test_month_end_trap_is_tested_forward() -> None:
    """Backward, edate(2026-02-28, -6) = 2025-08-28 < 2025-08-30 would wrongly say no."""
    assert reached(d("2026-02-28"), d("2025-08-30"), 6)


def test_full_months_count_the_last_day_of_a_short_month() -> None:
    """DATEDIF says 5."""
    assert full_months(d("2025-08-31"), d("2026-02-28")) == 6
    assert full_months(d("2025-08-31"), d("2026-02-27")) == 5
    assert full_months(d("2025-04-01"), d("2026-02-01")) == 10
    assert full_months(d("2026-02-01"), d("2026-01-31")) == -1


def test_deadline_day_itself_is_on_time() -> None:
    assert deadline(d("2025-11-05"), 30) == d("2025-12-05")
    assert deadline(d("2026-01-20"), 90) == d("2026-04-20")
    assert not is_late(d("2025-12-05"), deadline(d("2025-11-05"), 30))
    assert is_late(d("2025-12-06"), deadline(d("2025-11-05"), 30))


def test_quarters() -> None:
    quarter = Quarter.of(d("2026-11-24"))
    assert (str(quarter), quarter.first, quarter.last) == ("2026Q4", d("2026-10-01"), d("2026-12-31"))
    assert str(quarter.next()) == "2027Q1"
    assert quarter.next().previous() == quarter


def test_halves() -> None:
    half = Half.of(d("2026-06-30"))
    assert (str(half), half.first, half.last) == ("2026H1", d("2026-01-01"), d("2026-06-30"))
    assert (str(half.next()), str(half.previous())) == ("2026H2", "2025H2")


def test_months() -> None:
    month = Month.of(d("2024-02-10"))
    assert (str(month), month.first, month.last) == ("2024-02", d("2024-02-01"), d("2024-02-29"))
    assert (str(month.next()), str(month.previous())) == ("2024-03", "2024-01")
    assert Month.parse("2024-02") == month
    with pytest.raises(ValueError, match="month"):
        Month.parse("2024-13")


def test_weeks_cross_years() -> None:
    week = iso_week(d("2025-12-29"))
    assert (str(week), week.first, week.last) == ("2026-W01", d("2025-12-29"), d("2026-01-04"))
    assert str(iso_week(d("2025-12-31")).next()) == "2026-W02"
    assert iso_week(d("2025-12-31")).next().first == d("2026-01-05")
    assert week.next().previous() == week


@given(days, some_months)
def test_edate_keeps_the_day_or_takes_the_last_of_the_month(start: date, months: int) -> None:
    end = edate(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])


@given(days, days)
def test_full_months_is_the_largest_that_fits(start: date, end: date) -> None:
    months = full_months(start, end)
    assert edate(start, months) <= end < edate(start, months + 1)


@given(days, days, st.integers(0, 120))
def test_exceeded_is_reached_one_day_later(as_of: date, start: date, months: int) -> None:
    assert exceeded(as_of, start, months) == reached(as_of - timedelta(days=1), start, months)


@given(days)
def test_every_day_lies_in_its_spans_and_spans_touch(day: date) -> None:
    for span in (Quarter.of(day), Half.of(day), Month.of(day), iso_week(day)):
        assert span.first <= day <= span.last
        assert span.next().first - span.last == timedelta(days=1)
        assert span < span.next()


@given(days)
def test_month_end_is_followed_by_a_first(day: date) -> None:
    assert (month_end(day.year, day.month) + timedelta(days=1)).day == 1
