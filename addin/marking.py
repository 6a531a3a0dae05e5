"""Marks on cells: which cell gets which colour and what its note says, from the findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from addin.finding_summary import level_word
from addin.masking import mask_numbers
from validators.table import LEVELS, Finding, Level, column_number

COLOURS: Mapping[Level, str] = {"E": "FFFFB3B3", "W": "FFFFE08A", "I": "FFD6E6F5"}
"""Grounds of marked cells as FFRRGGBB: red for errors, amber for doubts, pale blue for information."""

MOST_MARKS = 2_000
"""Beyond this a sheet full of notes helps nobody and opens slowly; 问题清单 still lists everything."""

MARKS_SHEET = "校核标记"
"""Hidden sheet that remembers how marked cells looked before."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What one cell is marked with: sheet title, 1-based place, worst level, text of the note."""

    sheet: str
    row: int
    column: int
    level: Level
    text: str


def marks_of(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """One mark a cell, the worst ones first; at most ``MOST_MARKS``."""
    cells: dict[tuple[str, int, str], list[Finding]] = {}
    for finding in findings:
        if finding.row > 0 and finding.column:
            cells.setdefault((finding.sheet, finding.row, finding.column), []).append(finding)
    marks = [_mark(found) for found in cells.values()]
    return tuple(sorted(marks, key=lambda mark: LEVELS.index(mark.level))[:MOST_MARKS])


def _mark(findings: list[Finding]) -> Mark:
    ranked = sorted(findings, key=lambda finding: LEVELS.index(finding.level))
    lines = [f"【{level_word(found.level)}】{found.message}\n怎么改：{found.fix}（{found.rule}）" for found in ranked]
    first = ranked[0]
    return Mark(first.sheet, first.row, column_number(first.column), first.level, mask_numbers("\n".join(lines)))
