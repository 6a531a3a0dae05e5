"""Hides the middle of identity numbers and phones in whatever leaves the branch (R-SEC-MIN)."""

import re

_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|\d{15}|1[3-9]\d{9})(?![0-9A-Za-z])")
_MOBILE_LENGTH = 11


def mask_identity(number: str) -> str:
    """公民身份号码 as ``379901********0013``: area and last four stay; shorter texts keep only their ends."""
    return _masked(number, 6, 4)


def ends_only(number: str) -> str:
    """The first and the last character of a number, as ``3****************3``: it tells neither birthday nor place."""
    return _masked(number, 1, 1)


def mask_phone(number: str) -> str:
    """A phone as ``154****5678``."""
    return _masked(number, 3, 4)


def mask_numbers(text: str) -> str:
    """A sentence with every identity number and mobile number in it masked."""
    return _IN_TEXT.sub(lambda found: _mask_either(found[0]), text)


def _mask_either(number: str) -> str:
    return mask_phone(number) if len(number) == _MOBILE_LENGTH else mask_identity(number)


def _masked(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        head, tail = min(1, len(text)), 1 if len(text) > 2 else 0
    end = len(text) - tail
    return text[:head] + "*" * max(0, end - head) + text[end:]
