"""Reads and writes blocks of cell values in one call, keeping what dates, errors and truth values are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from addin.calc.addresses import Box, box_at_address
from addin.calc.bridge import Office, Uno
from addin.calc.calls import Calls
from addin.calc.formulas import place
from addin.calc.notes import notes_kept
from addin.calc.number_formats import Meaning, NumberFormats
from addin.calc.values import ERRORS, TRUTH, ErrorText, Moment, Serial, Typed, as_excel_types

Grid = Sequence[Sequence[object]]

_NUMBERS, _DATES, _FORMULAS = 1, 2, 16
"""com.sun.star.sheet.CellFlags: VALUE, DATETIME, FORMULA."""

_MARKED = ("date", "truth")
_NO_VALUE = "#N/A"
_SEVERAL = "AMBIGUOUS_VALUE"
"""com.sun.star.beans.PropertyState of a property that differs among the cells."""

_FEW_CELLS = 200
_MANY_PARTS = 60
_MANY_ROWS = 200
"""From here on Calc is told not to measure every row's height while writing."""


def read_cells(cells: Uno, box: Box, formats: NumberFormats, office: Office) -> list[list[object]]:
    """The values of a block: text, float, bool, Serial for dates, ErrorText; ``""`` where blank."""
    grid: list[list[object]] = [list(row) for row in cells.getDataArray()]
    if any(isinstance(value, float) for row in grid for value in row):
        for meaning, part in _meaningful(cells, box, formats, office):
            _mark(grid, part, meaning)
    if box.is_cell and grid == [[""]]:
        grid = [[None]]
    for down, row in enumerate(grid):
        while None in row:
            right = row.index(None)
            row[right] = _error_or_blank(cells.getCellByPosition(right, down))
    return grid


def _error_or_blank(cell: Uno) -> str:
    number = cell.getError()
    return ErrorText(ERRORS.get(number, _NO_VALUE)) if number else ""


def _meaningful(cells: Uno, box: Box, formats: NumberFormats, office: Office) -> Iterator[tuple[Meaning, Box]]:
    """The parts of a block, counted from its own first cell, in which a number is a date or a truth value.

    Calc is asked where numbers stand rather than where formats do: a register has far fewer such parts.
    """
    if box.is_cell:
        yield formats.meaning(cells.NumberFormat), Box(1, 1)
        return
    calls = Calls(office)
    for flags in (_DATES, _NUMBERS | _FORMULAS):
        found = calls.add(cells, "queryContentCells", flags)
        calls.add(found, "getRangeAddresses", wanted=True)
        for method in ("getPropertyValue", "getPropertyState"):
            calls.add(found, method, "NumberFormat", wanted=True, may_fail=True)
    told = calls.run()
    for addresses, key, state in (told[:3], told[3:]):
        meaning = _meaning(key, state, formats) if addresses else "number"
        if meaning in _MARKED:
            for address in addresses:
                yield meaning, _inside(address, box)
        elif meaning is None and len(addresses) > _MANY_PARTS:
            yield from _by_format(cells, box, formats)
            return
        elif meaning is None:
            yield from _by_part(cells, addresses, box, formats)


def _one_meaning(cells: Uno, formats: NumberFormats) -> Meaning | None:
    """What a number means in all of these cells, None when that differs."""
    return _meaning(cells.NumberFormat, cells.getPropertyState("NumberFormat"), formats)


def _meaning(key: int, state: Uno, formats: NumberFormats) -> Meaning | None:
    if key:  # 0 is General, or several formats
        return formats.meaning(key)
    return None if state.value == _SEVERAL else "number"


def _by_part(cells: Uno, addresses: Sequence[Uno], box: Box, formats: NumberFormats) -> Iterator[tuple[Meaning, Box]]:
    sheet = cells.getSpreadsheet()
    for address in addresses:
        at = (address.StartColumn, address.StartRow, address.EndColumn, address.EndRow)
        part = sheet.getCellRangeByPosition(*at)
        meaning = _one_meaning(part, formats)
        if meaning is None:
            yield from _by_format(part, box, formats)
        elif meaning in _MARKED:
            yield meaning, _inside(address, box)


def _by_format(cells: Uno, box: Box, formats: NumberFormats) -> Iterator[tuple[Meaning, Box]]:
    groups = cells.getUniqueCellFormatRanges()
    for number in range(groups.getCount()):
        group = groups.getByIndex(number)
        meaning = formats.meaning(group.getPropertyValue("NumberFormat"))
        if meaning in _MARKED:
            for address in group.getRangeAddresses():
                yield meaning, _inside(address, box)


def _inside(address: Uno, box: Box) -> Box:
    part = box_at_address(address)
    return Box(part.row - box.row + 1, part.column - box.column + 1, part.height, part.width)


def _mark(grid: list[list[object]], part: Box, meaning: Meaning) -> None:
    make = {"date": Serial, "truth": bool}.get(meaning)
    if make is None:
        return
    for row in grid[part.row - 1 : part.last_row]:
        for right in range(part.column - 1, part.last_column):
            value = row[right]
            if isinstance(value, float):
                row[right] = make(value)


@dataclass(slots=True)
class _Plan:
    """What is written: plain values in one go, formats and formulas after that. Places are 0-based."""

    rows: list[list[object]] = field(default_factory=list)
    formats: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    formulas: list[tuple[int, int, str]] = field(default_factory=list)

    def wants_format(self, down: int, right: int, code: str) -> None:
        self.formats.setdefault((right, code), []).append(down)


def write_cells(
    document: Uno, cells: Uno, formats: NumberFormats, grid: Grid, *, undoable: bool = False
) -> list[tuple[int, int, str]]:
    """Put values into a block of exactly their size, as Excel would take them.

    ``undoable`` takes care that undoing empties the cells that were blank; Calc itself forgets that here.
    Gives back the formulas (0-based row, column, text), which the caller sets, since they know their sheet.
    """
    plan = _planned(grid, cells, formats)
    if undoable:
        _remember_blanks(cells, plan.rows)
    measuring = len(plan.rows) > _MANY_ROWS and document.IsAdjustHeightEnabled
    if measuring:
        document.IsAdjustHeightEnabled = False
    try:
        with notes_kept(cells):
            cells.setDataArray(tuple(tuple(row) for row in plan.rows))
    finally:
        if measuring:
            document.IsAdjustHeightEnabled = True
    for (right, code), rows in plan.formats.items():
        for first, last in _runs(rows):
            _give_format(cells.getCellRangeByPosition(right, first, right, last), code, formats)
    return plan.formulas


def _remember_blanks(cells: Uno, rows: Grid) -> None:
    """Undoing ``setDataArray`` leaves what was written into blank cells, so something before it must take that away.

    A few cells are filled one by one, which Calc undoes properly. A big block is copied onto itself: undoing that
    empties it, but it cuts conditional formats into pieces, so it is not done to the clerk's own few cells.
    """
    before = cells.getDataArray()
    blank = [
        (down, right)
        for down, row in enumerate(rows)
        for right, value in enumerate(row)
        if value != "" and before[down][right] == ""
    ]
    if len(blank) > _FEW_CELLS:
        cells.getSpreadsheet().copyRange(place(cells), cells.getRangeAddress())
        return
    for down, right in blank:
        cell, value = cells.getCellByPosition(right, down), rows[down][right]
        if isinstance(value, str):
            cell.setString(value)
        else:
            cell.setValue(value)


def _planned(grid: Grid, cells: Uno, formats: NumberFormats) -> _Plan:
    plan = _Plan()
    texts = _TextCells(cells, len(grid), formats)
    for down, row in enumerate(grid):
        made: list[object] = []
        for right, given in enumerate(row):
            value = given
            if isinstance(value, str) and value:
                is_formula = value.startswith("=") and len(value) > 1
                taken = value if is_formula else as_excel_types(value)
                # Only what would change is worth asking how its cell is formatted.
                if (is_formula or not isinstance(taken, str)) and texts.has(down, right):
                    taken, is_formula = value, False
                if is_formula:
                    plan.formulas.append((down, right, value))
                value = "" if is_formula else taken
            made.append(_as_sent(plan, down, right, value))
        plan.rows.append(made)
    return plan


def _as_sent(plan: _Plan, down: int, right: int, value: object) -> object:
    match value:
        case bool():
            plan.wants_format(down, right, TRUTH)
            return float(value)
        case Typed():
            if value.number_format:
                plan.wants_format(down, right, value.number_format)
            return float(value)
        case Serial() | Moment():
            plan.wants_format(down, right, value.number_format)
            return float(value)
    return value


class _TextCells:
    """Which cells of a block are formatted as text; looked up a column at a time and only when asked."""

    def __init__(self, cells: Uno, height: int, formats: NumberFormats) -> None:
        self._cells, self._height, self._formats = cells, height, formats
        self._columns: dict[int, tuple[Box, ...]] = {}

    def has(self, down: int, right: int) -> bool:
        if right not in self._columns:
            self._columns[right] = tuple(self._text_parts(right))
        return any(part.covers(down + 1, 1) for part in self._columns[right])

    def _text_parts(self, right: int) -> Iterator[Box]:
        column = self._cells.getCellRangeByPosition(right, 0, right, self._height - 1)
        key = column.NumberFormat
        if key:  # 0 is General, or several formats
            if self._formats.meaning(key) == "text":
                yield Box(1, 1, self._height, 1)
            return
        top = column.getRangeAddress().StartRow
        groups = column.getUniqueCellFormatRanges()
        for number in range(groups.getCount()):
            group = groups.getByIndex(number)
            if self._formats.meaning(group.getPropertyValue("NumberFormat")) == "text":
                for address in group.getRangeAddresses():
                    yield Box(address.StartRow - top + 1, 1, address.EndRow - address.StartRow + 1, 1)


def _give_format(part: Uno, code: str, formats: NumberFormats) -> None:
    """A date format of the clerk's own stays; text and numbers get the one that shows what the value is."""
    wanted = formats.key(code)
    groups = part.getUniqueCellFormatRanges()
    for number in range(groups.getCount()):
        group = groups.getByIndex(number)
        if formats.meaning(group.getPropertyValue("NumberFormat")) != formats.meaning(wanted):
            group.setPropertyValue("NumberFormat", wanted)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as first and last of each run."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
