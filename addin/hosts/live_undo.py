"""Writes blocks into the open workbook so that 撤销上一步 can take them back, and takes them back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import xlwings as xw

from addin.hosts.live import block_at, cells_now, sheet_named
from addin.hosts.live_marks import Marked, marks_standing, renew_marks
from addin.journal import JOURNAL_SHEET, MOST_PRINTS, MOST_STEPS, RESULT, Block, Step, from_pieces, to_pieces
from addin.marking import MARKS_SHEET, Mark
from addin.problem import CannotUse

_FIRST = 1


class Recorder:
    """Writes for one button and remembers what was there.

    ``outcome`` and ``rows_affected`` are for 操作记录, ``written`` are fingerprints of result sheets by their title.
    """

    def __init__(self, book: xw.Book, title: str) -> None:
        self.book, self.step = book, Step(title)
        self.outcome, self.rows_affected = "", 0
        self.written: dict[str, str] = {}

    def write(self, sheet: xw.Sheet, row: int, column: int, rows: Sequence[Sequence[Any]]) -> None:
        """Put values into the block that begins at a 1-based place. Raises CannotUse when it is locked."""
        if not rows or not rows[0]:
            return
        block = block_at(sheet, row, column, rows)
        before = cells_now(block)
        try:
            block.value = rows
        except Exception as fault:  # every program has an error of its own for this
            name = sheet.name  # fails itself when the program is gone
            raise CannotUse(f"“{name}”受保护，写不进去，没有改动：请先取消这张表的保护，再按一次。") from fault
        self.step.blocks.append(Block(sheet.name, row, column, before, cells_now(block)))

    def add_sheet(self, name: str) -> xw.Sheet:
        """A new sheet behind all others."""
        sheet = self.book.sheets.add(name, after=self.book.sheets[len(self.book.sheets) - 1])
        self.step.added.append(name)
        return sheet

    def renew_marks(self, marks: Sequence[Mark]) -> Marked:
        """Leave exactly these marks."""
        standing = marks_standing(self.book)
        self.step = replace(self.step, marks=standing.marks())
        if sheet_named(self.book, MARKS_SHEET) is None:
            self.step.added.append(MARKS_SHEET)
        return renew_marks(self.book, marks, standing)

    def written_before(self) -> dict[str, list[str]]:
        """By its title, how buttons have left a result sheet the last times."""
        return _stored(self.book).written

    def keep(self) -> None:
        """Store the step in the workbook."""
        kept = _stored(self.book)
        for title, left in self.written.items():
            kept.written[title] = [*kept.written.get(title, []), left][-MOST_PRINTS:]
        kept.steps.append([self.step.title, *to_pieces(self.step)])
        _store(self.book, kept)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the hidden sheet holds: steps, and fingerprints of result sheets, one line each."""

    steps: list[list[str]]
    written: dict[str, list[str]]


def undo_last(book: xw.Book) -> str | None:
    """Take the last button's changes back; its title, None when there is nothing to undo. Raises CannotUse."""
    kept = _stored(book)
    if not kept.steps:
        return None
    pieces = kept.steps.pop()[1:]
    try:
        step = from_pieces(pieces)
    except ValueError:
        _store(book, kept)
        raise CannotUse("上一步的撤销记录被改动过，没有退回：可以打开以前保存的文件。") from None
    take_back(book, step)
    _store(book, kept)
    return step.title


def next_undo(book: xw.Book) -> str | None:
    """The title of what 撤销上一步 would take back now."""
    steps = _stored(book).steps
    return steps[-1][0] if steps else None


def take_back(book: xw.Book, step: Step) -> None:
    """Undo what a step has done so far; what somebody typed since stays."""
    for block in reversed(step.blocks):
        _take_back(book, block)
    if step.marks is not None:
        renew_marks(book, step.marks)
    for name in step.added:
        sheet = sheet_named(book, name)
        if sheet is not None:
            sheet.delete()


def _take_back(book: xw.Book, block: Block) -> None:
    sheet = sheet_named(book, block.sheet)
    if sheet is None:
        return
    cells = block_at(sheet, block.row, block.column, block.before)
    restored = block.restored(cells_now(cells))
    cells.value = [[f"'{value}" if isinstance(value, str) else value for value in row] for row in restored]


def _stored(book: xw.Book) -> _Kept:
    sheet = sheet_named(book, JOURNAL_SHEET)
    if sheet is None:
        return _Kept([], {})
    last = sheet.used_range.last_cell
    rows = sheet.range((_FIRST, 1), (last.row, last.column)).options(ndim=2).value
    lines = [[str(piece) for piece in row if piece not in (None, "")] for row in rows if row[0]]
    steps = [line for line in lines if not line[0].startswith(RESULT)]
    return _Kept(steps, {line[0][len(RESULT) :]: line[1:] for line in lines if line[0].startswith(RESULT)})


def _journal(book: xw.Book) -> xw.Sheet:
    sheet = sheet_named(book, JOURNAL_SHEET)
    if sheet is None:
        sheet = book.sheets.add(JOURNAL_SHEET, after=book.sheets[len(book.sheets) - 1])
        sheet.visible = False
    return sheet


def _store(book: xw.Book, kept: _Kept) -> None:
    sheet = _journal(book)
    sheet.clear_contents()
    lines = [*kept.steps[-MOST_STEPS:], *([f"{RESULT}{title}", *left] for title, left in kept.written.items())]
    if not lines:
        return
    width = max(len(line) for line in lines)
    block = sheet.range((_FIRST, 1), (len(lines), width))
    block.number_format = "@"
    block.value = [[*(f"'{piece}" for piece in line), *[None] * (width - len(line))] for line in lines]
