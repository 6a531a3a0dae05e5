"""Rows and cells of one worksheet part: found by place, read as text, written with their format."""

import re
from collections.abc import Container, Iterator
from datetime import date
from functools import cached_property

from lxml import etree

from addin.hosts.bulk_rows import serial, shown, text_element
from addin.hosts.package.markup import MAIN, SHEET_ORDER, Element, child, elements, ensure_child, main
from addin.hosts.package.workbook import plain_text
from validators.table import Value, column_letter, column_number

_PLACE = re.compile(r"([A-Z]+)([0-9]+)")
_CONTENT = ("f", "v", "is")
_FIRST_DAY = (date(1900, 1, 1), date(1904, 1, 1))
_DAYS_TO_1904 = 1462


class Cells:
    """The cells of a worksheet tree. Row and column numbers are 1-based."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._data = ensure_child(root, "sheetData", SHEET_ORDER)
        self._rows: dict[int, Element] = {}
        number = 0
        for row in elements(self._data):
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self._rows[number] = row
        self._last = max(self._rows, default=0)

    @cached_property
    def merged(self) -> list[tuple[int, int, int, int]]:
        """First row and column, last row and column of every merged block."""
        found = child(self.root, "mergeCells")
        names = [area.get("ref", "").partition(":") for area in elements(found)] if found is not None else []
        return [(*place_of(first), *place_of(last)) for first, _, last in names]

    def home(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the merged block a place lies in, else the place itself."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def last_filled_row(self, columns: Container[int]) -> int:
        """The last row with a value or formula in one of the columns; 0 when there is none."""
        for number in sorted(self._rows, reverse=True):
            if any(column in columns and _is_filled(cell) for column, cell in self.in_row(number)):
                return number
        return 0

    def in_row(self, row: int) -> Iterator[tuple[int, Element]]:
        """The cells of a row as (column, element)."""
        found = self._rows.get(row)
        column = 0
        for cell in elements(found) if found is not None else ():
            column = place_of(cell.get("r", ""))[1] or column + 1
            yield column, cell

    def find(self, row: int, column: int) -> Element | None:
        """The cell at a place, None when the sheet has none there."""
        return next((cell for number, cell in self.in_row(row) if number == column), None)

    def make(self, row: int, column: int) -> Element:
        """The cell at a place; a new one looks as its row or column does."""
        found = self.find(row, column)
        if found is not None:
            return found
        line = self.make_row(row)
        fresh = line.makeelement(main("c"), {"r": f"{column_letter(column)}{row}"})
        style = line.get("s") if line.get("customFormat") in ("1", "true") else self._column_styles.get(column)
        if style and style != "0":
            fresh.set("s", style)
        before = [cell for number, cell in self.in_row(row) if number < column]
        line.insert(line.index(before[-1]) + 1 if before else 0, fresh)
        return fresh

    def make_row(self, row: int) -> Element:
        """The row element; a new one in its place."""
        found = self._rows.get(row)
        if found is None:
            found = self._data.makeelement(main("row"), {"r": str(row)})
            if row > self._last:
                self._data.append(found)
                self._last = row
            else:
                below = min(number for number in self._rows if number > row)
                self._data.insert(self._data.index(self._rows[below]), found)
            self._rows[row] = found
        return found

    def remove(self, row: int, cell: Element) -> None:
        """Take a blank cell away, and its row when nothing else is said about that."""
        line = self._rows[row]
        line.remove(cell)
        if not len(line) and not set(line.attrib) - {"r", "spans"}:
            self._data.remove(line)
            del self._rows[row]
            self._last = max(self._rows, default=0)

    def clear(self) -> None:
        """Take all rows away."""
        for row in list(self._data):
            self._data.remove(row)
        self._rows.clear()
        self._last = 0

    @cached_property
    def _column_styles(self) -> dict[int, str]:
        columns = child(self.root, "cols")
        found: dict[int, str] = {}
        for entry in elements(columns) if columns is not None else ():
            first, last = int(entry.get("min", "1")), int(entry.get("max", "1"))
            for number in range(first, min(last, 512) + 1):
                found[number] = entry.get("style", "0")
        return found

    def cover_cells(self) -> None:
        """Keep the ``dimension`` true after cells were added."""
        rows = [number for number, row in self._rows.items() if len(row)]
        columns = [number for row in rows for number, _ in self.in_row(row)]
        dimension = child(self.root, "dimension")
        if dimension is not None and rows:
            last = f"{column_letter(max(columns))}{max(rows)}"
            dimension.set("ref", f"{column_letter(min(columns))}{min(rows)}:{last}")


def set_value(cell: Element, value: Value, *, since_1904: bool = False) -> None:
    """Write a value: dates and numbers as numbers, all else as text that is never a formula; None makes it blank."""
    for tag in _CONTENT:
        for old in cell.findall(main(tag)):
            cell.remove(old)
    cell.attrib.pop("t", "")
    if value is None:
        return
    number = _number(value, since_1904)
    if number is not None:
        etree.SubElement(cell, main("v")).text = number
        return
    cell.set("t", "inlineStr")
    cell.append(etree.fromstring(f'<is xmlns="{MAIN}">{text_element(shown(value))}</is>'))


def text_of(cell: Element, shared: list[str]) -> str:
    """The text of a cell; numbers as they are kept; empty when blank."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = child(cell, "is")
        return plain_text(inline) if inline is not None else ""
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    return shared[int(text)] if kind == "s" and text else text


def has_formula(cell: Element) -> bool:
    """Whether the cell computes its value."""
    return child(cell, "f") is not None


def place_of(text: str) -> tuple[int, int]:
    """Row and column of an A1 place; (0, 0) when it is none."""
    match = _PLACE.fullmatch(text.replace("$", ""))
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def _is_filled(cell: Element) -> bool:
    return any(child(cell, tag) is not None for tag in _CONTENT)


def _number(value: Value, since_1904: bool) -> str | None:
    if isinstance(value, date) and value >= _FIRST_DAY[since_1904]:
        return str(serial(value) - (_DAYS_TO_1904 if since_1904 else 0))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(value)
    return None
