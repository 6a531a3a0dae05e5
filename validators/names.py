"""Names of people: how long they may be and what they may not contain (R-FLD-NAME)."""

import re

SHORTEST, LONGEST = 2, 30
_DIGIT = re.compile(r"[0-9０-９]")
_STRANGE = re.compile(r"[^\w·\s.'’\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff-]|_")
"""Private-use and replacement characters are told by the reader (R-READ-CHAR)."""


def has_digit(text: str) -> bool:
    """A digit stands in the name, as when a number was typed into it."""
    return _DIGIT.search(text) is not None


def strange_character(text: str) -> str | None:
    """The first character no name has, such as a bracket or a comma; None when there is none."""
    match = _STRANGE.search(text)
    return match.group() if match else None


def length_fits(text: str) -> bool:
    """2–30 characters."""
    return SHORTEST <= len(text) <= LONGEST
