"""Boxes of cells and their A1 addresses, 1-based as Excel counts them. No spreadsheet program."""

import re
from dataclasses import dataclass
from typing import Any

from validators.table import column_letter, column_number

ROWS, COLUMNS = 1_048_576, 16_384
"""The size of a sheet."""

ONE_BASED = "Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based."

_CORNER = r"\$?([A-Za-z]{1,3})?\$?(\d+)?"
_ADDRESS = re.compile(rf"{_CORNER}(?::{_CORNER})?")


@dataclass(frozen=True, slots=True)
class Box:
    """A block of cells: its first row and column and its size. A size of 0 is nothing."""

    row: int
    column: int
    height: int = 1
    width: int = 1

    @property
    def last_row(self) -> int:
        """Its lowest row."""
        return self.row + self.height - 1

    @property
    def last_column(self) -> int:
        """Its rightmost column."""
        return self.column + self.width - 1

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self.height * self.width

    @property
    def is_cell(self) -> bool:
        """Whether it is one cell."""
        return (self.height, self.width) == (1, 1)

    def cell(self, row: int, column: int) -> "Box":
        """The cell ``row`` down and ``column`` right, both 1-based from the first cell."""
        return Box(self.row + row - 1, self.column + column - 1)

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell of the sheet is inside."""
        return self.row <= row <= self.last_row and self.column <= column <= self.last_column

    def within(self, other: "Box") -> "Box":
        """The part of it up to the other's lower right corner, at least its first cell."""
        height = min(self.last_row, other.last_row) - self.row + 1
        width = min(self.last_column, other.last_column) - self.column + 1
        return Box(self.row, self.column, max(1, height), max(1, width))

    def address(self, row_absolute: bool = True, column_absolute: bool = True) -> str:
        """``$A$1:$B$2``."""
        first = _corner(self.row, self.column, row_absolute, column_absolute)
        if self.is_cell:
            return first
        return f"{first}:{_corner(self.last_row, self.last_column, row_absolute, column_absolute)}"


def spanned(one: Box, two: Box) -> Box:
    """The smallest box around two."""
    row, column = min(one.row, two.row), min(one.column, two.column)
    last_row, last_column = max(one.last_row, two.last_row), max(one.last_column, two.last_column)
    return Box(row, column, last_row - row + 1, last_column - column + 1)


def box_of(address: str) -> Box | None:
    """``B2``, ``A1:C3``, ``A:C``, ``2:5`` as a box; None when it is no address (but perhaps a name)."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    if ":" not in address:
        return Box(int(top), column_number(left.upper())) if left and top else None
    if bool(left) != bool(right) or bool(top) != bool(bottom) or not (left or top):
        return None
    first = Box(int(top or 1), column_number(left.upper()) if left else 1)
    last = Box(int(bottom or ROWS), column_number(right.upper()) if right else COLUMNS)
    return spanned(first, last)


def box_at(place: tuple[int, ...]) -> Box:
    """``(row, column)`` or ``(row, column, height, width)`` as a box. Raises IndexError for a 0."""
    if 0 in place[:2]:
        raise IndexError(ONE_BASED)
    return Box(*place)


def box_at_address(address: Any) -> Box:
    """A UNO CellRangeAddress as a box."""
    height, width = address.EndRow - address.StartRow + 1, address.EndColumn - address.StartColumn + 1
    return Box(address.StartRow + 1, address.StartColumn + 1, height, width)


def _corner(row: int, column: int, row_absolute: bool, column_absolute: bool) -> str:
    return f"{'$' * column_absolute}{column_letter(column)}{'$' * row_absolute}{row}"
