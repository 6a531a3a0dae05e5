"""Duties that recur every quarter, half-year, month or week: which periods were owed, missed, and come next."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol, Self, TypeVar

from validators.dates import Half, Month, Quarter, Week


class Period(Protocol):
    """A calendar period of ``validators.dates``: Quarter, Half, Month or Week."""

    @property
    def last(self) -> date: ...
    def next(self) -> Self: ...
    def previous(self) -> Self: ...
    def __lt__(self, other: Self, /) -> bool: ...


P = TypeVar("P", bound=Period)


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A calendar year."""

    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The year a day lies in."""
        return cls(day.year)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.number, 12, 31)

    def next(self) -> Self:
        """The year after."""
        return type(self)(self.number + 1)

    def previous(self) -> Self:
        """The year before."""
        return type(self)(self.number - 1)


@dataclass(frozen=True, slots=True)
class Duty:
    """A span in which something recurs: owed from the period after ``start`` until the one in which it ends."""

    start: date
    end: date | None = None
    same: bool = False
    """Whether the period in which the duty starts is owed already (``contact.first_quarter = same``)."""


def first_owed(of: Callable[[date], P], duty: Duty) -> P:
    """The first period owed: the one after the start, or the same one."""
    period = of(duty.start)
    return period if duty.same else period.next()


def is_owed(of: Callable[[date], P], duties: Sequence[Duty], period: P) -> bool:
    """Whether a whole period was owed; a period in which the duty ended is not judged."""
    return any(not period < first_owed(of, duty) and (duty.end is None or duty.end > period.last) for duty in duties)


def missed(of: Callable[[date], P], duties: Sequence[Duty], done: Container[P], as_of: date) -> tuple[P, ...]:
    """The unbroken run of closed, owed periods without what was owed, the latest first; empty when none is late."""
    run: list[P] = []
    period = of(as_of).previous()
    while is_owed(of, duties, period) and period not in done:
        run.append(period)
        period = period.previous()
    return tuple(run)


def next_owed(of: Callable[[date], P], duties: Sequence[Duty], done: Container[P], as_of: date) -> P | None:
    """The running period, or the first one to come, that still asks for something; None when no duty is open."""
    firsts = [first_owed(of, duty) for duty in duties if duty.end is None]
    if not firsts:
        return None
    first, period = min(firsts), of(as_of)
    if period < first:
        return first
    return period.next() if period in done else period


def in_words(period: Period) -> str:
    """A period as a clerk says it: 2026年第4季度, 2026年下半年, 2026年11月, 11月23日这一周."""
    last = period.last
    match period:
        case Quarter():
            return f"{last.year}年第{last.month // 3}季度"
        case Half():
            return f"{last.year}年{'上' if last.month == 6 else '下'}半年"
        case Year():
            return f"{last.year}年"
        case Month():
            return f"{last.year}年{last.month}月"
        case Week(first=first):
            return f"{first.month}月{first.day}日这一周"
        case _:
            return f"至{last}"


def in_a_row(run: Sequence[Period]) -> str:
    """How long something has been missing, as the end of a sentence: ，已连续3个季度; nothing for a single period."""
    if len(run) < 2:
        return ""
    units = {Quarter: "个季度", Half: "个半年", Year: "年", Month: "个月", Week: "周"}
    return f"，已连续{len(run)}{units[type(run[0])]}"


CADENCES: Mapping[str, tuple[str, Callable[[date], Any]]] = MappingProxyType(
    {
        "quarter": ("季度", Quarter.of),
        "half_year": ("半年", Half.of),
        "half": ("半年", Half.of),
        "year": ("年", Year.of),
    }
)
"""What policy words for a rhythm mean: the unit in words and the period a day lies in."""
