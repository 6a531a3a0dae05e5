"""Cell values on their way between Python and Calc: serial dates, errors, and what Excel makes of typed text."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

EPOCH = dt.datetime(1899, 12, 30)
"""Day 0 of both programs' serial dates (from March 1900 on)."""

ERRORS: Mapping[int, str] = {
    502: "#VALUE!",
    503: "#NUM!",
    504: "#REF!",
    519: "#VALUE!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
"""Calc's error numbers by what Excel shows."""

DAY, SECOND, MONTH, CLOCK, PERCENT, TRUTH = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "mmm-yy", "h:mm", "0%", "BOOLEAN"

_NUMBER = re.compile(r"[+-]?(?=\.?\d)(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?(?P<percent>%)?")
_DATE = re.compile(r"(\d{4})[-/年](\d{1,2})(?:[-/月](\d{1,2})日?|月)?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_SIGNIFICANT = 15


class ErrorText(str):
    """An error of a cell (``#N/A``), told apart from the same text typed in."""

    __slots__ = ()


class Serial(float):
    """A serial number shown as a date; ``number_format`` is what a cell gets that shows no date yet."""

    number_format = DAY


class Moment(Serial):
    """A serial number with a time of day."""

    number_format = SECOND


class Typed(float):
    """A number Excel made of typed text, with the format it gives the cell on doing so (None: none)."""

    number_format: str | None = None


def to_cell(value: object) -> object:
    """A Python value as a cell holds it: blank is ``""``, dates are Serial, numpy's scalars plain."""
    if value is None or value != value:  # noqa: PLR0124  nan and pandas' NaT are the values unlike themselves
        return ""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, dt.date):
        return _serial(value)
    plain = getattr(value, "item", None)
    return to_cell(plain()) if plain is not None else str(value)


def _serial(value: dt.date) -> Serial:
    if not isinstance(value, dt.datetime):
        return Serial((dt.datetime(value.year, value.month, value.day) - EPOCH).days)
    days = (value.replace(tzinfo=None) - EPOCH) / dt.timedelta(days=1)
    return Moment(days) if value.time() != dt.time() else Serial(days)


def moment(serial: float) -> dt.datetime:
    """The date and time behind a serial number, to the millisecond."""
    milliseconds = round(serial * 86_400_000)
    return EPOCH + dt.timedelta(milliseconds=milliseconds)


def from_cells(
    rows: Sequence[Sequence[object]],
    make_date: Callable[..., Any],
    blank: object,
    make_number: Callable[[float], Any] | None,
    errors_as_text: bool,
) -> list[list[object]]:
    """Cell values as the caller of xlwings asked for them."""

    days: dict[float, object] = {}

    def one(value: object) -> object:
        if value is None or value == "":
            return blank
        if isinstance(value, ErrorText):
            return str(value) if errors_as_text else None
        if isinstance(value, Serial):
            if value not in days:
                days[value] = _date(moment(value), make_date)
            return days[value]
        if make_number is not None and isinstance(value, float):
            return make_number(value)
        return value

    # Most cells are text or blank, and there may be a million.
    return [[(value or blank) if value.__class__ is str else one(value) for value in row] for row in rows]


def _date(when: dt.datetime, make_date: Callable[..., Any]) -> object:
    return make_date(
        year=when.year,
        month=when.month,
        day=when.day,
        hour=when.hour,
        minute=when.minute,
        second=when.second,
        microsecond=when.microsecond,
    )


def as_excel_types(text: str) -> str | bool | Typed:
    """What Excel makes of text put into a cell that is not formatted as text.

    ``00123`` becomes 123, a number of 18 digits keeps 15, ``2026-03`` becomes a day, ``TRUE`` a truth value; a
    leading apostrophe is dropped and protects the rest. Days without a year depend on the clock and are left alone.
    """
    if text.startswith("'"):
        return text[1:]
    plain = text.strip()
    if not plain or (not plain.isascii() and "年" not in plain):
        return text
    if plain.upper() in ("TRUE", "FALSE"):
        return plain.upper() == "TRUE"
    for read in (_as_number, _as_day, _as_clock):
        found = read(plain)
        if found is not None:
            return found
    return text


def _typed(value: float, number_format: str | None) -> Typed:
    made = Typed(value)
    made.number_format = number_format
    return made


def _as_number(text: str) -> Typed | None:
    match = _NUMBER.fullmatch(text)
    if match is None or not any(char.isdigit() for char in text):
        return None
    number = float(text.rstrip("%").replace(",", ""))
    kept = float(f"{number:.{_SIGNIFICANT}g}")
    return _typed(kept / 100, PERCENT) if match["percent"] else _typed(kept, None)


def _as_day(text: str) -> Typed | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        when = dt.datetime(year, month, day)
    except ValueError:
        return None
    if year < 1900:
        return None
    return _typed((when - EPOCH).days, DAY if match[3] else MONTH)


def _as_clock(text: str) -> Typed | None:
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return _typed((int(match[1]) * 60 + int(match[2])) / 1440, CLOCK)
