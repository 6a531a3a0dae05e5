"""The open workbook through xlwings' object model alone, whatever program is behind it: sheets as grids, and back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlwings as xw

from addin.grid import Sheet
from addin.problem import CannotUse
from addin.reading import read_book
from addin.unread_sheets import is_data
from validators.cleaning import Raw
from validators.table import Book, Value

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})

_CHANGED_BY_EXCEL = "=+-@'"


def read_open_book(book: xw.Book) -> Book:
    """The open workbook as a Book, unsaved changes included. Raises CannotUse as the reader does."""
    return read_book(sheets_of(book), book.name)


def sheets_of(book: xw.Book) -> list[Sheet]:
    """The sheets of an open workbook that hold data, also hidden ones."""
    return [_sheet(sheet) for sheet in book.sheets if is_data(sheet.name)]


def every_sheet(book: xw.Book) -> list[Sheet]:
    """All sheets of an open workbook of any kind, also hidden ones."""
    return [_sheet(sheet) for sheet in book.sheets]


def _sheet(sheet: xw.Sheet) -> Sheet:
    used = from_the_corner(sheet)
    trouble = []
    rows: list[list[Raw]] = used.options(ndim=2, err_to_str=True, dates=_moment).value
    for number, line in enumerate(rows, 1):
        if not ERRORS.isdisjoint(line):
            for column, value in enumerate(line):
                if value in ERRORS:
                    trouble.append((number, column + 1, f"是错误值 {value}"))
                    line[column] = None
    return Sheet(sheet.name, rows, bool(sheet.visible), tuple(trouble))


def from_the_corner(sheet: xw.Sheet) -> xw.Range:
    """The cells from A1 to the last one with anything in it."""
    used = sheet.used_range
    if (used.row, used.column) == (1, 1):
        return used
    last = used.last_cell
    return sheet.range((1, 1), (last.row, last.column))


def _moment(year: int, month: int, day: int, **clock: Any) -> datetime | date:
    """As the closed host hands it over: a day without time is a date. ``clock``: its hours and so on, no zone."""
    return datetime(year, month, day, **clock) if any(clock.values()) else date(year, month, day)


def to_type(value: Value) -> Any:
    """A value as it is typed in, so that the program takes it as it is: text stays text, a day is a day."""
    if isinstance(value, str):
        return f"'{value}" if _would_change(value) else value
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    if value is None or isinstance(value, bool | int | float | datetime):
        return value
    return f"'{value}" if not isinstance(value, tuple) else "、".join(value)


def _would_change(text: str) -> bool:
    first = text[:1]
    is_plain_word = first.isalpha() and not any(char.isdigit() for char in text)
    return first in _CHANGED_BY_EXCEL or text[:1].isspace() or (text.isascii() and not is_plain_word)


@contextmanager
def at_work(book: xw.Book, words: str) -> Iterator[None]:
    """Say what is going on in the status bar and keep the screen still; afterwards everything is as it was found."""
    front = book.sheets.active
    with book.app.properties(status_bar=words, screen_updating=False):
        try:
            yield
        finally:
            if book.sheets.active != front and front.name in [sheet.name for sheet in book.sheets]:
                front.activate()


def saved_path(book: xw.Book) -> Path:
    """Where the workbook is stored. Raises CannotUse when it never was."""
    path = Path(book.fullname)
    if not path.is_absolute() or not path.exists():
        raise CannotUse(f"“{book.name}”还没有存盘：请先保存到一个文件夹，再按这个按钮。")
    return path


def open_file(app: xw.App, path: Path) -> xw.Book:
    """Open a workbook. LibreOffice, unlike Excel, can have two of one name open, which xlwings does not expect."""
    try:
        return app.books.open(path)
    except ValueError:
        return xw.Book(impl=app.impl.books.open(str(path)))


def cells_now(block: xw.Range) -> list[list[Any]]:
    """What stands in a block."""
    found: list[list[Any]] = block.options(ndim=2).value
    return found


def sheet_named(book: xw.Book, name: str) -> xw.Sheet | None:
    """A sheet by its name, None when the workbook lacks it."""
    if name not in book.sheets:
        return None
    return book.sheets[name]


def block_at(sheet: xw.Sheet, row: int, column: int, rows: Sequence[Sequence[object]]) -> xw.Range:
    """The block of this size that begins at a 1-based place."""
    return sheet.range((row, column), (row + len(rows) - 1, column + len(rows[0]) - 1))
