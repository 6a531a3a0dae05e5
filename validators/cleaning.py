"""Cleans one cell at the door: what stood there -> the value everything works with, and whether it was changed.

Forgiving and loss-free: what cannot be read for certain stays as typed, for the rules to report (R-READ-CLEAN).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from validators.codes import code_lists
from validators.registers import Column
from validators.table import MonthOnly, Value

Raw = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell as a spreadsheet reader gives it."""

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_LINE_END = re.compile(r"\r\n?")
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･．●", "·"))
_NUMBERED = frozenset({"identity-number", "phone", "organisation-code"})
"""Formats whose numeric cells stay numeric: their lost digits are a finding, never repaired."""

_CODELIKE = frozenset({"identity-number", "phone", "organisation-code", "area-code", "wechat", "file-number", "period"})
_WORD_BREAKS = re.compile(r"[、，,;；/\s]+")
_FULL_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(\s+0{1,2}:00(:00)?)?")
_PACKED_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_SHORT_MONTH = re.compile(r"(\d{2})\s*年\s*(\d{1,2})\s*月")
_PACKED_MONTH = re.compile(r"(\d{4})(\d{2})")
_WHOLE = re.compile(r"(\d+)(\.0+)?\s*(天|日|个月|月|人|名|票|个|年)?")
_FIRST_SERIAL, _LAST_SERIAL = 61, 73415
"""Excel day numbers of 1900-03-01 and 2100-12-31; below 61 Excel's calendar has a day that never was."""

_SERIAL_START = date(1899, 12, 30)
_FIRST_YEAR = 1900
_PIVOT = 21
"""Two-digit years: 21-99 are 19xx; the Party was founded in 1921. Others are left as typed."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The value to use; ``changed`` when it does not read as it stood in the cell."""

    value: Value
    changed: bool = False


def clean(raw: Raw, column: Column) -> Cleaned:
    """The value of a cell of this column. Blank in any form is None; nothing is ever lost or guessed."""
    if isinstance(raw, str):
        tidy = raw if raw.isascii() and raw.isalnum() else _tidy(raw)
        if not tidy:
            return Cleaned(None)
        value = _reader(column)(tidy, column)
        return Cleaned(value, changed=_differs(raw, value))
    if raw is None:
        return Cleaned(None)
    return _from_typed(raw, column)


def plain(text: str) -> str:
    """A text without invisible characters and outer blanks, NBSP and tabs as blanks, full-width forms folded."""
    return _tidy(unicodedata.normalize("NFKC", text))


def _tidy(text: str) -> str:
    return _LINE_END.sub("\n", _INVISIBLE.sub("", text)).replace("\u00a0", " ").replace("\u3000", " ").strip()


def _differs(raw: str, value: Value) -> bool:
    if isinstance(value, tuple):
        return value != tuple(word for word in raw.split("、") if word)
    return str(value) != raw or not isinstance(value, str)


def _from_typed(raw: int | float | bool | date | datetime | time | timedelta, column: Column) -> Cleaned:
    """A cell that is no text: a number, a date, a truth value."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _from_date(raw, column)
    if isinstance(raw, bool):
        return Cleaned(_word("是" if raw else "否", column), changed=True)
    if isinstance(raw, time | timedelta):
        return Cleaned(str(raw), changed=column.cell != "date")
    return _from_number(raw, column)


def _from_number(raw: int | float, column: Column) -> Cleaned:
    if column.cell == "date":
        return _from_date_number(raw)
    if column.cell == "whole":
        whole = float(raw).is_integer()
        return Cleaned(int(raw) if whole else float(raw))
    if column.format in _NUMBERED:
        return Cleaned(int(raw) if float(raw).is_integer() and abs(raw) < 1e15 else float(raw))
    text = str(int(raw)) if float(raw).is_integer() else repr(float(raw))
    return Cleaned(_reader(column)(text, column), changed=column.codes is None)


def _from_date(day: date, column: Column) -> Cleaned:
    if column.cell == "date":
        return Cleaned(day)
    if column.format == "year-month":
        return Cleaned(f"{day:%Y-%m}", changed=True)
    if column.format == "year":
        return Cleaned(f"{day:%Y}", changed=True)
    return Cleaned(day.isoformat(), changed=True)


def _from_date_number(number: int | float) -> Cleaned:
    """A number in a date column: 20190701, or a day number whose date format was lost."""
    if float(number).is_integer():
        packed = _packed(str(int(number)))
        if packed is not None:
            return Cleaned(packed, changed=True)
        if _FIRST_SERIAL <= number <= _LAST_SERIAL:
            return Cleaned(_SERIAL_START + timedelta(days=int(number)), changed=True)
    return Cleaned(float(number))


def _reader(column: Column) -> Callable[[str, Column], Value]:
    if column.multiple:
        return _words
    if column.codes is not None:
        return _word
    if column.cell == "date":
        return _date
    if column.cell == "whole":
        return _whole
    return _BY_FORMAT.get(column.format or "", _text)


def _text(text: str, _: Column) -> Value:
    return text


def _word(text: str, column: Column) -> Value:
    return code_lists()[column.codes].find(text) or text if column.codes else text


def _words(text: str, column: Column) -> Value:
    words = tuple(word for word in _WORD_BREAKS.split(text) if word)
    return tuple(dict.fromkeys(str(_word(word, column)) for word in words)) or None


def _folded(text: str) -> str:
    """Full-width forms folded; a lone accent unfolds to a blank and a mark, and the blank goes."""
    return unicodedata.normalize("NFKC", text).strip()


def _code(text: str, _: Column) -> Value:
    if text.isascii() and text.isalnum():
        return text.upper()
    # Once more: a mark whose blank has gone joins the letter before it.
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", _folded(text)).upper())


def _phone(text: str, _: Column) -> Value:
    """Digits folded; blanks and dashes inside a mobile number and +86 taken off; several numbers stay a list."""
    folded = _folded(text)
    bare = re.sub(r"[\s-]", "", folded)
    mobile = re.fullmatch(r"(?:\+?86|0086)?(1[3-9]\d{9})", bare)
    return mobile.group(1) if mobile else folded


def _name(text: str, _: Column) -> Value:
    """Middle dots as `·`; blanks between Chinese characters taken out. Never converted between scripts."""
    dotted = text.translate(_MIDDLE_DOTS)
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", re.sub(r"\s*·\s*", "·", dotted))


def _month(text: str, _: Column) -> Value:
    """A 年月 as yyyy-mm."""
    folded = _folded(text)
    full = _full(folded)
    if full is not None:
        return f"{full:%Y-%m}"
    month = _month_only(folded)
    return str(month) if month is not None else folded


def _whole(text: str, _: Column) -> Value:
    match = _WHOLE.fullmatch(unicodedata.normalize("NFKC", text))
    return int(match.group(1)) if match else text


def _date(text: str, _: Column) -> Value:
    """A full date in any usual writing; year and month alone as MonthOnly; everything else as typed (R-FLD-DATES)."""
    folded = unicodedata.normalize("NFKC", text)
    full = _full(folded)
    if full is not None:
        return full
    month = _month_only(folded)
    return month if month is not None else text


def _full(text: str) -> date | None:
    match = _FULL_DATE.fullmatch(text)
    if match is not None:
        return _day(*match.groups()[:3])
    return _packed(text)


def _packed(text: str) -> date | None:
    match = _PACKED_DATE.fullmatch(text)
    return _day(*match.groups()) if match is not None else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None


def _month_only(text: str) -> MonthOnly | None:
    match = _MONTH.fullmatch(text) or _PACKED_MONTH.fullmatch(text)
    if match is not None:
        year, month = int(match.group(1)), int(match.group(2))
    elif (short := _SHORT_MONTH.fullmatch(text)) is not None and int(short.group(1)) >= _PIVOT:
        year, month = 1900 + int(short.group(1)), int(short.group(2))
    else:
        return None
    return MonthOnly(year, month) if 1 <= month <= 12 and _FIRST_YEAR <= year <= 2100 else None


_BY_FORMAT: dict[str, Callable[[str, Column], Value]] = {
    **dict.fromkeys(_CODELIKE, _code),
    "phone": _phone,
    "wechat": lambda text, _: _folded(text),
    "person-name": _name,
    "year-month": _month,
    "year": _code,
    "year-list": lambda text, _: ",".join(
        part for part in _WORD_BREAKS.split(unicodedata.normalize("NFKC", text)) if part
    ),
}
