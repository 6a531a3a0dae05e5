"""What a host hands over: the cells of each sheet as a grid of raw values, row 1 and column A first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validators.cleaning import Raw

Grid = Sequence[Sequence[Raw]]
"""Rows of cells from row 1, cells from column A; rows may be of different length, blanks are None or ''."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet as read. ``trouble`` maps (row, column), 1-based, to why that cell has no usable value."""

    name: str
    rows: Grid
    is_visible: bool = True
    trouble: tuple[tuple[int, int, str], ...] = ()

    def cell(self, row: int, column: int) -> Raw:
        """The value at a 1-based place, None outside the grid."""
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """The non-blank cells of a row as (1-based column, text)."""
        for number, value in enumerate(self.rows[row - 1] if 0 < row <= len(self.rows) else (), 1):
            text = "" if value is None else str(value).strip()
            if text:
                yield number, text
