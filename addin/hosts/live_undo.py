"""Writes blocks into the open workbook so that 撤销上一步 can take them back, and takes them back."""

from collections.abc import Sequence
from typing import Any

import xlwings as xw

from addin.hosts.live import block_at, cells_now, sheet_named
from addin.hosts.live_marks import clear_marks, marks_now, put_marks
from addin.journal import JOURNAL_SHEET, MOST_STEPS, Block, Step, from_pieces, to_pieces
from addin.problem import CannotUse

_FIRST = 1


class Recorder:
    """Writes for one button and remembers what was there.

    Sheets a button needs are made before it writes anything: Calc's own undo fails when one comes in between.
    """

    def __init__(self, book: xw.Book, title: str) -> None:
        self.book, self.step = book, Step(title)
        _journal(book)

    def write(self, sheet: xw.Sheet, row: int, column: int, rows: Sequence[Sequence[Any]]) -> None:
        """Put values into the block that begins at a 1-based place."""
        if not rows or not rows[0]:
            return
        block = block_at(sheet, row, column, rows)
        before = cells_now(block)
        block.value = rows
        self.step.blocks.append(Block(sheet.name, row, column, before, cells_now(block)))

    def add_sheet(self, name: str) -> xw.Sheet:
        """A new sheet behind all others."""
        sheet = self.book.sheets.add(name, after=self.book.sheets[len(self.book.sheets) - 1])
        self.step.added.append(name)
        return sheet

    def before_marks(self) -> None:
        """Remember the marks as they are, before they are changed."""
        self.step = Step(self.step.title, self.step.added, self.step.blocks, list(marks_now(self.book)))

    def keep(self) -> None:
        """Store the step in the workbook."""
        steps = [*_stored(self.book), [self.step.title, *to_pieces(self.step)]]
        _store(self.book, steps[-MOST_STEPS:])


def undo_last(book: xw.Book) -> str | None:
    """Take the last button's changes back; its title, None when there is nothing to undo. Raises CannotUse."""
    steps = _stored(book)
    if not steps:
        return None
    try:
        step = from_pieces(steps[-1][1:])
    except ValueError:
        _store(book, steps[:-1])
        raise CannotUse("上一步的撤销记录被改动过，没有退回：可以用“编辑—撤销”，或打开以前保存的文件。") from None
    for block in reversed(step.blocks):
        _take_back(book, block)
    if step.marks is not None:
        clear_marks(book)
        put_marks(book, step.marks)
    for name in step.added:
        sheet = sheet_named(book, name)
        if sheet is not None:
            sheet.delete()
    _store(book, steps[:-1])
    return step.title


def _take_back(book: xw.Book, block: Block) -> None:
    sheet = sheet_named(book, block.sheet)
    if sheet is None:
        return
    cells = block_at(sheet, block.row, block.column, block.before)
    restored = block.restored(cells_now(cells))
    cells.value = [[f"'{value}" if isinstance(value, str) else value for value in row] for row in restored]


def _stored(book: xw.Book) -> list[list[str]]:
    sheet = sheet_named(book, JOURNAL_SHEET)
    if sheet is None:
        return []
    last = sheet.used_range.last_cell
    rows = sheet.range((_FIRST, 1), (last.row, last.column)).options(ndim=2).value
    return [[str(piece) for piece in row if piece not in (None, "")] for row in rows if row[0]]


def _journal(book: xw.Book) -> xw.Sheet:
    sheet = sheet_named(book, JOURNAL_SHEET)
    if sheet is None:
        sheet = book.sheets.add(JOURNAL_SHEET, after=book.sheets[len(book.sheets) - 1])
        sheet.visible = False
    return sheet


def _store(book: xw.Book, steps: Sequence[Sequence[str]]) -> None:
    sheet = _journal(book)
    sheet.clear_contents()
    if not steps:
        return
    width = max(len(step) for step in steps)
    block = sheet.range((_FIRST, 1), (len(steps), width))
    block.number_format = "@"
    block.value = [[*(f"'{piece}" for piece in step), *[None] * (width - len(step))] for step in steps]
