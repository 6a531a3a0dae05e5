"""Arithmetic of forms: ``c3 = c4 + c5``, ``c23 <= c5``, ``c5 / c2`` – parsed and worked out, nothing else allowed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

Sign = Literal["=", "<=", ">="]

_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_.]*)|(?P<number>\d+)|(?P<sign><=|>=|=|[-+/]))")


_WHEN = " when "


class ArithmeticError_(Exception):
    """An expression that cannot be read. Its text is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Two sums and how they compare; each sum is (sign, key) pairs.

    ``when`` names a column: the relation is held against those rows only, the total aside, that count somebody there.
    """

    text: str
    left: tuple[tuple[int, str], ...]
    sign: Sign
    right: tuple[tuple[int, str], ...]
    when: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that is named."""
        return tuple(key for _, key in (*self.left, *self.right))

    def holds(self, left: float, right: float) -> bool:
        """Whether two worked-out sides stand in the relation."""
        match self.sign:
            case "=":
                return left == right
            case "<=":
                return left <= right
            case ">=":
                return left >= right


@cache
def relation(text: str) -> Relation:
    """Read ``c3 = c4 + c5``, perhaps followed by ``when c2``. Raises ArithmeticError_."""
    text, _, when = text.partition(_WHEN)
    tokens = list(_tokens(text))
    signs = [place for place, token in enumerate(tokens) if token in ("=", "<=", ">=")]
    if len(signs) != 1:
        raise ArithmeticError_(f"关系式“{text}”里应有一个 =、<= 或 >=")
    at = signs[0]
    sign: Sign = "=" if tokens[at] == "=" else "<=" if tokens[at] == "<=" else ">="
    return Relation(text, _sum(tokens[:at], text), sign, _sum(tokens[at + 1 :], text), when.strip())


def evaluate(text: str, number_of: Callable[[str], float]) -> float | None:
    """The value of ``a + b - c`` or of such a sum over another (``/``); None when that is 0."""
    tokens = list(_tokens(text))
    if "/" in tokens:
        at = tokens.index("/")
        over = _total(_sum(tokens[at + 1 :], text), number_of)
        return _total(_sum(tokens[:at], text), number_of) / over if over else None
    return _total(_sum(tokens, text), number_of)


def expression_keys(text: str) -> tuple[str, ...]:
    """The keys an expression names. Raises ArithmeticError_."""
    return tuple(token for token in _tokens(text) if token[0].isalpha())


def _total(terms: tuple[tuple[int, str], ...], number_of: Callable[[str], float]) -> float:
    return sum(sign * number_of(key) for sign, key in terms)


def _tokens(text: str) -> Iterator[str]:
    place = 0
    stripped = text.rstrip()
    while place < len(stripped):
        found = _TOKEN.match(stripped, place)
        if found is None:
            raise ArithmeticError_(f"关系式“{text}”从“{stripped[place:]}”起看不懂")
        yield found[0].strip()
        place = found.end()


def _sum(tokens: list[str], text: str) -> tuple[tuple[int, str], ...]:
    terms, sign = [], 1
    for place, token in enumerate(tokens):
        if place % 2 == 1:
            if token not in "+-":
                raise ArithmeticError_(f"关系式“{text}”在“{token}”处缺少加减号")
            sign = -1 if token == "-" else 1
        elif not token[0].isalpha():
            raise ArithmeticError_(f"关系式“{text}”的“{token}”处应是栏目编号")
        else:
            terms.append((sign, token))
    if len(tokens) % 2 == 0:
        raise ArithmeticError_(f"关系式“{text}”不完整")
    return tuple(terms)
