"""Fills wordings and shows values the way a clerk reads them; suggests the word that was probably meant."""

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from validators.table import Value

MAX_WORDS = 8
"""So many words of a list are named in a finding; longer lists are looked up in 代码表."""


def shown(value: Value) -> str:
    """A cell value as the sheet shows it: dates ``yyyy-mm-dd``, choices joined by 、, long numbers in full."""
    match value:
        case None:
            return ""
        case tuple():
            return "、".join(value)
        case date():
            return value.isoformat()
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def fill(text: str, details: Mapping[str, Any]) -> str:
    """The wording with its blanks filled. Raises KeyError when a detail is missing."""
    return text.format_map({key: shown(value) for key, value in details.items()})


def some_of(words: Sequence[str]) -> str:
    """The words of a list for a finding, short: the first few, then where the others are."""
    if len(words) <= MAX_WORDS:
        return "、".join(words)
    return "、".join(words[:MAX_WORDS]) + f"等 {len(words)} 项（见“代码表”）"


def nearest(typed: str, words: Sequence[str]) -> str | None:
    """The word probably meant: one that contains, is contained in, or closely resembles what was typed."""
    text = typed.strip()
    if not text:
        return None
    close = get_close_matches(text, words, n=1, cutoff=0.6)
    if close:
        return close[0]
    holding = [word for word in words if len(text) > 1 and (text in word or word in text)]
    return holding[0] if len(holding) == 1 else None
