"""Where Ctrl+arrow ends, which cells belong together, and inserting, deleting and copying blocks."""

from typing import TYPE_CHECKING, Literal

from addin.calc.addresses import COLUMNS, ROWS, Box, box_at_address
from addin.calc.bridge import Uno, enum, struct

if TYPE_CHECKING:
    from addin.calc.ranges import Range

Direction = Literal["up", "down", "left", "right"]

_SHORT: dict[str, Direction] = {"u": "up", "d": "down", "l": "left", "r": "right"}
_INSERT = {"right": "RIGHT", "down": "DOWN"}
_DELETE = {"left": "LEFT", "up": "UP"}


def end_of(start: "Range", direction: str) -> Box:
    """The cell Ctrl+arrow goes to. The line is read once and walked here: two calls instead of one a cell."""
    way = _SHORT.get(direction, direction)
    row, column = start.row, start.column
    used = start.sheet.used_box
    if way in ("up", "down"):
        last = max(used.last_row, row)
        cells = start.sheet.api.getCellRangeByPosition(column - 1, 0, column - 1, last - 1)
        line = [value for (value,) in cells.getDataArray()]
        return Box(_walk(line, row - 1, way == "down", ROWS - 1) + 1, column)
    last = max(used.last_column, column)
    cells = start.sheet.api.getCellRangeByPosition(0, row - 1, last - 1, row - 1)
    return Box(row, _walk(list(cells.getDataArray()[0]), column - 1, way == "right", COLUMNS - 1) + 1)


def _walk(line: list[object], start: int, forward: bool, edge: int) -> int:
    """The 0-based end of a run of filled cells, else the next filled cell, else the edge of the sheet."""
    step = 1 if forward else -1

    def filled(place: int) -> bool:
        return 0 <= place < len(line) and line[place] != ""

    here = start + step
    if filled(start) and filled(here):
        while filled(here + step):
            here += step
        return here
    while 0 <= here < len(line) and not filled(here):
        here += step
    if filled(here):
        return here
    return edge if forward else 0


def region_around(start: "Range") -> Box:
    """The block of filled cells around, up to the first blank row and column."""
    cursor = start.sheet.api.createCursorByRange(start.api)
    cursor.collapseToCurrentRegion()
    return box_at_address(cursor.getRangeAddress())


def merged_around(start: "Range") -> Box:
    """The merged block a cell belongs to, or the cell itself."""
    cursor = start.sheet.api.createCursorByRange(start.api)
    cursor.collapseToMergedArea()
    return box_at_address(cursor.getRangeAddress())


def insert(block: "Range", shift: str | None) -> None:
    """Make room; whole rows and columns move whole rows and columns."""
    mode = _whole(block.box) or _INSERT.get(shift or "down", "DOWN")
    block.sheet.api.insertCells(block.api.getRangeAddress(), enum("sheet.CellInsertMode", mode))


def delete(block: "Range", shift: str | None) -> None:
    """Take cells out and close the gap, by default along the block's shorter side as Excel does."""
    default = "left" if block.box.height >= block.box.width else "up"
    mode = _whole(block.box) or _DELETE.get(shift or default, "UP")
    block.sheet.api.removeRange(block.api.getRangeAddress(), enum("sheet.CellDeleteMode", mode))


def _whole(box: Box) -> str | None:
    if box.width == COLUMNS:
        return "ROWS"
    return "COLUMNS" if box.height == ROWS else None


def _address(block: "Range") -> Uno:
    box = block.box
    return struct(
        "table.CellRangeAddress",
        Sheet=block.sheet.index - 1,
        StartRow=box.row - 1,
        StartColumn=box.column - 1,
        EndRow=box.last_row - 1,
        EndColumn=box.last_column - 1,
    )


def copy(block: "Range", target: "Range") -> None:
    """Copy, formats and all; into another workbook by way of the two windows, without the clipboard."""
    if block.sheet.book is target.sheet.book or (block.sheet.book.api.RuntimeUID == target.sheet.book.api.RuntimeUID):
        row, column = target.row - 1, target.column - 1
        destination = struct("table.CellAddress", Sheet=target.sheet.index - 1, Row=row, Column=column)
        block.sheet.api.copyRange(destination, _address(block))
        return
    block.select()
    content = block.sheet.book.controller.getTransferable()
    target.select()
    target.sheet.book.controller.insertTransferable(content)
