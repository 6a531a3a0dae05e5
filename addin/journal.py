"""What a button changed in an open workbook, kept as text so that the next 撤销上一步 can take it back."""

import base64
import hashlib
import json
import zlib
from collections.abc import Container, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from addin.marking import Mark

JOURNAL_SHEET = "撤销记录"
"""Hidden sheet with one row a step: its title, then its text in pieces a cell can hold; then one a result sheet."""

RESULT = "#"
"""Leads the title in the line of a result sheet; fingerprints of how the tool has left it the last times follow."""

MOST_STEPS = 5
MOST_PRINTS = MOST_STEPS + 1
PIECE = 30_000

Cell = str | float | bool | datetime | None
Grid = list[list[Cell]]

_NO_TIME = datetime.min.time()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of cells a button wrote: where it begins (1-based), what stood there and what stands there now."""

    sheet: str
    row: int
    column: int
    before: Grid
    after: Grid

    def restored(self, now: Sequence[Sequence[Cell]]) -> Grid:
        """The cells as they should be after undoing: what somebody has typed since then stays."""
        return [
            [was if current == wrote else current for was, wrote, current in zip(*rows, strict=True)]
            for rows in zip(self.before, self.after, now, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Step:
    """One button's changes in the order they were made. ``marks`` are the marks before, None when left alone."""

    title: str
    added: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] | None = None


def to_pieces(step: Step) -> list[str]:
    """The step as pieces of text."""
    plain = json.dumps(asdict(step), ensure_ascii=False, default=_encode)
    text = base64.b85encode(zlib.compress(plain.encode("utf-8"))).decode("ascii")
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def from_pieces(pieces: Sequence[str]) -> Step:
    """The step again. Raises ValueError when the text was changed."""
    try:
        plain = zlib.decompress(base64.b85decode("".join(pieces)))
        data = json.loads(plain, object_hook=_decode)
        blocks = [Block(**block) for block in data["blocks"]]
        marks = None if data["marks"] is None else [Mark(**mark) for mark in data["marks"]]
    except (ValueError, zlib.error, KeyError, TypeError) as fault:
        raise ValueError("the record of the last step is damaged") from fault
    return Step(data["title"], data["added"], blocks, marks)


def print_of(rows: Sequence[Sequence[object]], clerks_own: Container[int] = ()) -> str:
    """A fingerprint of what rows of a sheet say, the same whether a program shows them or a file is written.

    ``clerks_own`` are columns, counted from 0, that do not count. Empty for a blank sheet.
    """
    said = [[_said(value) for number, value in enumerate(row) if number not in clerks_own] for row in rows]
    filled = [row for row in said if any(row)]
    return hashlib.sha256(json.dumps(filled).encode()).hexdigest()[:16] if filled else ""


def _said(value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, _NO_TIME)
    elif isinstance(value, tuple):
        value = "、".join(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    return str(value or "")


def _encode(value: Any) -> dict[str, str]:
    return {"moment": value.isoformat()}


def _decode(data: dict[str, Any]) -> Any:
    return datetime.fromisoformat(data["moment"]) if data.keys() == {"moment"} else data
