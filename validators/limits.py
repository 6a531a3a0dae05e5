"""What these registers never hold (R-EXCL-RELIGION, R-SEC-TEXT): words, identity numbers and phones in free text."""

import re

RELIGIOUS_WORDS = ("信教", "参教", "宗教", "信仰")
"""No field, code, filter or free text about religious belief: a column so named is dropped, a text is questioned."""

_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")


def religious_word(text: str) -> str | None:
    """The first word about religion in a text, None when there is none."""
    return next((word for word in RELIGIOUS_WORDS if word in text), None)


def holds_identity_number(text: str) -> bool:
    """Whether an 18-digit identity number stands in a text."""
    return _IDENTITY.search(text) is not None


def holds_mobile(text: str) -> bool:
    """Whether an 11-digit mobile number stands in a text."""
    return _MOBILE.search(text) is not None
