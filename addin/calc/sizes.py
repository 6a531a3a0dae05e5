"""Widths and heights of columns and rows, in Excel's units."""

from typing import Any

from xlwings import base_classes

from addin.calc.bridge import Uno

_POINTS_A_MM100 = 72 / 2540
_WIDTH_UNIT, _WIDTH_MARGIN, _WIDTH_DOUBT = 190.0, 100.0, 0.012
"""A column of Excel width w is 190 w + 100 hundredths of a millimetre wide in Calc's default font."""

_LINES_LOOKED_AT = 256


class Sized(base_classes.Range):
    """The part of a block of cells that deals with its size; ``api`` is its UNO range, ``sheet`` its sheet."""

    sheet: Any

    @property
    def column_width(self) -> float | None:
        """Width in characters, None when the columns differ."""
        hundredths = _common(self.api.getColumns(), "Width")
        return None if hundredths is None else _characters(hundredths)

    @column_width.setter
    def column_width(self, value: float) -> None:
        if not value:
            self.column_hidden = True
            return
        self.api.getColumns().Width = round(value * _WIDTH_UNIT + _WIDTH_MARGIN)

    @property
    def row_height(self) -> float | None:
        """Height in points, None when the rows differ."""
        hundredths = _common(self.api.getRows(), "Height")
        return None if hundredths is None else _points(hundredths)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.api.getRows().Height = round(value / _POINTS_A_MM100)

    @property
    def width(self) -> float:
        """Width in points."""
        return _points(self.api.Size.Width)

    @property
    def height(self) -> float:
        """Height in points."""
        return _points(self.api.Size.Height)

    @property
    def left(self) -> float:
        """Points from the sheet's left edge."""
        return _points(self.api.Position.X)

    @property
    def top(self) -> float:
        """Points from the sheet's upper edge."""
        return _points(self.api.Position.Y)

    @property
    def row_hidden(self) -> bool:
        """Whether its rows are hidden."""
        return not self.api.getRows().IsVisible

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.api.getRows().IsVisible = not value

    @property
    def column_hidden(self) -> bool:
        """Whether its columns are hidden."""
        return not self.api.getColumns().IsVisible

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.api.getColumns().IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        """Make columns and rows as wide and high as their content."""
        if axis in (None, "c", "columns"):
            self.api.getColumns().OptimalWidth = True
        if axis in (None, "r", "rows"):
            document = self.sheet.book.api
            measuring = document.IsAdjustHeightEnabled
            document.IsAdjustHeightEnabled = True
            self.api.getRows().OptimalHeight = True
            document.IsAdjustHeightEnabled = measuring


def _points(hundredths: Uno) -> float:
    """Calc keeps twips and tells hundredths of a millimetre: quarters of a point are what is certain."""
    return round(float(hundredths) * _POINTS_A_MM100 * 4) / 4


def _characters(hundredths: float) -> float:
    exact = (hundredths - _WIDTH_MARGIN) / _WIDTH_UNIT
    near = round(exact, 1)
    return near if abs(near - exact) < _WIDTH_DOUBT else round(exact, 2)


def _common(lines: Uno, size: str) -> float | None:
    """The size of all lines, None when they differ; more than a few are judged by the first ones."""
    looked_at = min(lines.getCount(), _LINES_LOOKED_AT)
    sizes = {getattr(lines.getByIndex(number), size) for number in range(looked_at)}
    return float(sizes.pop()) if len(sizes) == 1 else None
