"""Marks on cells: which cell gets which colour and what its note says, from the findings."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from addin.finding_summary import level_word
from addin.masking import mask_numbers
from validators.table import LEVELS, Finding, Level, column_letter, column_number

COLOURS: Mapping[Level, str] = {"E": "FFFFB3B3", "W": "FFFFE08A", "I": "FFD6E6F5"}
"""Grounds of marked cells as FFRRGGBB: red for errors, amber for doubts, pale blue for information."""

MOST_MARKS = 2_000
"""Beyond this a sheet full of notes helps nobody and opens slowly; 问题清单 still lists everything."""

MARKS_SHEET = "校核标记"
"""Hidden sheet that remembers how marked cells looked before."""


MEMORY_TITLES = ("编号", "工作表", "单元格", "原来的格式", "原来没有的格", "底色", "原来的批注")
"""Columns of the hidden sheet; a cell of the fourth carries the old format itself."""

NOTE_HEAD, NOTE_END = "〔校核 {}〕", "〔校核完〕"
"""What is added to a note stands between these; the number leads to the line of the hidden sheet."""

NOTE_BLOCK = re.compile(r"\n?〔校核 (\d+)〕\n?(.*?)\n?〔校核完〕", re.S)
"""The added part of a note: number and text."""


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


def in_sight(marks: Iterable[Mark], home: Callable[[str, int, int], tuple[int, int]]) -> tuple[Mark, ...]:
    """One mark a place, those of cells hidden in a merged block in its first cell, the only one that shows.

    ``home`` gives the row and column of that cell for a sheet, row and column. A mark that moves says whose it is.
    """
    places: dict[tuple[str, int, int], list[Mark]] = {}
    for mark in marks:
        row, column = home(mark.sheet, mark.row, mark.column)
        moved = (row, column) != (mark.row, mark.column)
        text = f"{column_letter(mark.column)}{mark.row} {mark.text}" if moved else mark.text
        places.setdefault((mark.sheet, row, column), []).append(replace(mark, row=row, column=column, text=text))
    return tuple(_joined(group) for group in places.values())


def _joined(marks: list[Mark]) -> Mark:
    worst = min((mark.level for mark in marks), key=LEVELS.index)
    return replace(marks[0], level=worst, text="\n".join(mark.text for mark in marks))


def note_block(number: int, text: str) -> str:
    """What is added to the note of a marked cell."""
    return f"{NOTE_HEAD.format(number)}\n{text}\n{NOTE_END}"


def _mark(findings: list[Finding]) -> Mark:
    ranked = sorted(findings, key=lambda finding: LEVELS.index(finding.level))
    lines = [f"【{level_word(found.level)}】{found.message}\n怎么改：{found.fix}（{found.rule}）" for found in ranked]
    first = ranked[0]
    return Mark(first.sheet, first.row, column_number(first.column), first.level, mask_numbers("\n".join(lines)))
