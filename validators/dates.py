"""The date arithmetic of the registers (rules §0.3): months, deadlines, quarters, halves, months and ISO weeks."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def edate(start: date, months: int) -> date:
    """P-EDATE: the same day ``months`` calendar months later (or earlier), at the latest that month's last day.

    Always counted from the original date in one step: going month by month would lose days at month ends.
    Outside the years 1–9999 it is the first or last day there is: 9999-12-31 typed for "for ever" is no fault here.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.min if year < 1 else date.max
    day = start.day if start.day <= 28 else min(start.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, day)


def reached(as_of: date, start: date, months: int) -> bool:
    """P-REACHED: "满n个月 / n个月以上" – true from the corresponding day on."""
    return as_of >= edate(start, months)


def exceeded(as_of: date, start: date, months: int) -> bool:
    """P-EXCEEDED: "超过n个月" – first true the day after the corresponding day."""
    return as_of > edate(start, months)


def full_months(start: date, end: date) -> int:
    """P-FULLMONTHS: the largest k with ``edate(start, k) <= end``; negative when ``end`` lies before ``start``."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if edate(start, months) <= end else months - 1


def deadline(start: date, days: int) -> date:
    """P-DUE: the last day on time, ``days`` calendar days after ``start`` (the start day is not counted)."""
    return start + timedelta(days=max((date.min - start).days, min(days, (date.max - start).days)))


def is_late(as_of: date, last_day: date) -> bool:
    """P-DUE: whether the last day on time has passed; on that day itself nothing is late."""
    return as_of > last_day


def month_end(year: int, month: int) -> date:
    """The last day of a month: the latest day a date may mean whose day is unknown (日不详)."""
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """``number`` counts spans of equal length in months since year 0, so that neighbours differ by one."""

    number: int

    @classmethod
    def _of(cls, day: date, months: int) -> int:
        return (day.year * 12 + day.month - 1) // months

    def _first(self, months: int) -> date:
        year, month = divmod(self.number * months, 12)
        return date(year, month + 1, 1)

    def _last(self, months: int) -> date:
        year, month = divmod(self.number * months + months - 1, 12)
        return month_end(year, month + 1)


@dataclass(frozen=True, slots=True, order=True)
class Quarter(_Span):
    """P-QUARTER: a calendar quarter, printed ``2026Q4``."""

    @classmethod
    @lru_cache(maxsize=1 << 14)
    def of(cls, day: date) -> "Quarter":
        """The quarter a day lies in."""
        return cls(cls._of(day, 3))

    @property
    def first(self) -> date:
        """Its first day."""
        return self._first(3)

    @property
    def last(self) -> date:
        """Its last day."""
        return self._last(3)

    def next(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.number + 1)

    def previous(self) -> "Quarter":
        """The quarter before."""
        return Quarter(self.number - 1)

    def __str__(self) -> str:
        return f"{self.number // 4}Q{self.number % 4 + 1}"


@dataclass(frozen=True, slots=True, order=True)
class Half(_Span):
    """P-HALF: a calendar half-year, printed ``2026H1``."""

    @classmethod
    def of(cls, day: date) -> "Half":
        """The half-year a day lies in."""
        return cls(cls._of(day, 6))

    @property
    def first(self) -> date:
        """Its first day."""
        return self._first(6)

    @property
    def last(self) -> date:
        """Its last day."""
        return self._last(6)

    def next(self) -> "Half":
        """The half-year after."""
        return Half(self.number + 1)

    def previous(self) -> "Half":
        """The half-year before."""
        return Half(self.number - 1)

    def __str__(self) -> str:
        return f"{self.number // 2}H{self.number % 2 + 1}"


@dataclass(frozen=True, slots=True, order=True)
class Month(_Span):
    """P-MONTH: a calendar month, printed ``2026-11`` as in year-month columns."""

    @classmethod
    @lru_cache(maxsize=1 << 14)
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(cls._of(day, 1))

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written ``yyyy-mm``. Raises ValueError."""
        return cls.of(date.fromisoformat(f"{text}-01"))

    @property
    def first(self) -> date:
        """Its first day."""
        return self._first(1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self._last(1)

    def next(self) -> "Month":
        """The month after."""
        return Month(self.number + 1)

    def previous(self) -> "Month":
        """The month before."""
        return Month(self.number - 1)

    def __str__(self) -> str:
        return f"{self.number // 12:04d}-{self.number % 12 + 1:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """P-WEEK: an ISO week, Monday to Sunday; weeks cross years (2025-12-29 lies in 2026-W01)."""

    first: date

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    def next(self) -> "Week":
        """The week after."""
        return Week(self.first + timedelta(days=7))

    def previous(self) -> "Week":
        """The week before."""
        return Week(self.first - timedelta(days=7))

    def __str__(self) -> str:
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02d}"


def iso_week(day: date) -> Week:
    """The ISO week a day lies in."""
    return Week(day - timedelta(days=day.weekday()))
