"""Codes of organisations: twelve-digit Party organisation codes and 统一社会信用代码 (GB 32100)."""

import re

_PARTY = re.compile(r"[0-9]{12}")
_CREDIT_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(f"[{_CREDIT_CHARS}]{{18}}")
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_party_code(text: str) -> bool:
    """Twelve digits, leading zero included. Observed, not prescribed: a miss is only worth a question (R-FLD-ORG)."""
    return _PARTY.fullmatch(text) is not None


def credit_check_character(body: str) -> str:
    """The 18th character of a 统一社会信用代码 for its first 17. Raises ValueError on letters it never uses."""
    total = sum(_CREDIT_CHARS.index(char) * weight for char, weight in zip(body, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_CHARS[(31 - total % 31) % 31]


def is_credit_code(text: str) -> bool:
    """A 统一社会信用代码 whose check character fits."""
    return _CREDIT.fullmatch(text) is not None and credit_check_character(text[:17]) == text[17]
