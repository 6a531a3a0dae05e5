"""Days of made-up events: inside periods, week by week, month by month; never after the as-of date."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from validators.dates import Half, Month, Quarter
from validators.periods import P


def ago(as_of: date, days: int) -> date:
    """So many days before the as-of date."""
    return as_of - timedelta(days=days)


def one_in_each(of: Callable[[date], P], first: date, last: date, rng: Random) -> Iterator[date]:
    """One day in every calendar period from the one after ``first`` to that of ``last``, none later than ``last``.

    The period of ``last`` gets its day only when it is a good week old: a duty of a running period is not late yet.
    """
    period = of(first).next()
    while True:
        begin = period.previous().last + timedelta(days=1)
        end = min(period.last, last)
        if begin > last:
            return
        width = (end - begin).days
        if end == period.last or width > 7:
            yield begin + timedelta(days=rng.randrange(width // 5, width + 1))
        period = period.next()


def each_quarter(first: date, last: date, rng: Random) -> Iterator[date]:
    """One day in every calendar quarter after the one of ``first``."""
    yield from one_in_each(Quarter.of, first, last, rng)


def each_half(first: date, last: date, rng: Random) -> Iterator[date]:
    """One day in every half-year after the one of ``first``."""
    yield from one_in_each(Half.of, first, last, rng)


def weekly(first: date, last: date) -> Iterator[date]:
    """Every seventh day from ``first`` to ``last``: one in every ISO week in between."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=7)


def month_text(day: date) -> str:
    """The month of a day as 年月 columns hold it, yyyy-mm."""
    return str(Month.of(day))
