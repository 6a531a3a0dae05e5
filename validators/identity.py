"""Identity numbers (公民身份号码, GB 11643): check character, birth date, sex, and the 18-digit form of old ones."""

import re
from datetime import date
from functools import lru_cache

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_SHAPE_18 = re.compile(r"[0-9]{17}[0-9X]")
_SHAPE_15 = re.compile(r"[0-9]{15}")

_MOST_KNOWN = 1 << 16
"""Logs repeat the numbers of the same people row by row."""

OLD_LENGTH = 15
"""Digits of the numbers on the cards before 1999."""


def check_character(body: str) -> str:
    """The 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def has_18_shape(text: str) -> bool:
    """Seventeen digits and a digit or X."""
    return _SHAPE_18.fullmatch(text) is not None


def has_15_shape(text: str) -> bool:
    """Fifteen digits, as on the cards before 1999."""
    return _SHAPE_15.fullmatch(text) is not None


@lru_cache(maxsize=_MOST_KNOWN)
def check_fits(text: str) -> bool:
    """Whether the 18th character belongs to the 17 digits before it."""
    return has_18_shape(text) and check_character(text[:17]) == text[17]


@lru_cache(maxsize=_MOST_KNOWN)
def birth_date(text: str) -> date | None:
    """The birth date written in digits 7–14; None when the shape is wrong or there is no such day."""
    if not has_18_shape(text):
        return None
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def is_male(text: str) -> bool:
    """The 17th digit of an 18-digit number is odd for men. Raises ValueError without a digit there."""
    return int(text[16]) % 2 == 1


def to_18(text: str) -> str | None:
    """An old 15-digit number as 18 digits ("19" after the sixth, check character at the end); None if no such day.

    Only a proposal: for people over a hundred the century would be 18 (R-FLD-ID15).
    """
    if not has_15_shape(text):
        return None
    body = f"{text[:6]}19{text[6:]}"
    number = body + check_character(body)
    return number if birth_date(number) else None
