"""Formulas between Excel's spelling and Calc's tokens."""

import re
from collections.abc import Sequence
from typing import Any

from addin.calc.addresses import Box
from addin.calc.bridge import Uno, enum, struct

_EXCEL_SPELLING = 3
"""com.sun.star.sheet.AddressConvention.XL_OOX: commas, Sheet!A1, {1,2;3,4}."""


_SAID = re.compile(r'"[^"]*"')
_OTHERWISE_IN_CALC = re.compile(r"[!\[\]{}']")


class Formulas:
    """Reads and prints Excel formulas for one document."""

    def __init__(self, document: Uno) -> None:
        self._document = document
        self._made: Uno = None

    @property
    def _parser(self) -> Uno:
        if self._made is None:
            self._made = self._document.createInstance("com.sun.star.sheet.FormulaParser")
            self._made.CompileEnglish = True
            self._made.FormulaConvention = _EXCEL_SPELLING
            self._made.IgnoreLeadingSpaces = False
        return self._made

    def of(self, cell: Uno) -> str:
        """The formula of a cell as Excel shows it; a constant as text, a blank as ``""``."""
        shown = str(cell.getFormula())
        if not shown.startswith("="):
            return shown.removeprefix("'")
        return "=" + str(self._parser.printFormula(cell.getTokens(), place(cell)))

    def put(self, cell: Uno, formula: str) -> None:
        """Set a cell's formula. Column names of a table (``Table1[Amount]``) are known to Calc's own parser only."""
        if "[" in formula:
            cell.setFormula(formula.replace(",", ";"))
        else:
            cell.setTokens(self._parser.parseFormula(formula.removeprefix("="), place(cell)))

    def spread(self, cells: Uno, box: Box, formula: str) -> None:
        """One formula over a block: relative references move along, as in Excel."""
        self.put(cells.getCellByPosition(0, 0), formula)
        if box.height > 1:
            first = cells.getCellRangeByPosition(0, 0, 0, box.height - 1)
            first.fillAuto(enum("sheet.FillDirection", "TO_BOTTOM"), 1)
        if box.width > 1:
            cells.fillAuto(enum("sheet.FillDirection", "TO_RIGHT"), 1)


def calc_formulas(rows: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...] | None:
    """A block of formulas as Calc takes it in one go; None when one needs the parser (sheets, tables, arrays)."""
    spelled = tuple(tuple(_calc_formula(text) for text in row) for row in rows)
    return None if any(text is None for row in spelled for text in row) else spelled  # type: ignore[return-value]


def _calc_formula(formula: Any) -> str | None:
    if not isinstance(formula, str) or not formula.startswith("=") or _OTHERWISE_IN_CALC.search(_SAID.sub("", formula)):
        return None
    parts = _SAID.split(formula)
    said = [*_SAID.findall(formula), ""]
    return "".join(part.replace(",", ";") + text for part, text in zip(parts, said, strict=True))


def place(cells: Uno) -> Any:
    """The UNO address of the first cell."""
    address = cells.getRangeAddress()
    return struct("table.CellAddress", Sheet=address.Sheet, Row=address.StartRow, Column=address.StartColumn)
