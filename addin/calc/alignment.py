"""Where text stands in its cell."""

from typing import Any

from addin.calc.bridge import enum
from addin.calc.sizes import Sized

_ACROSS = {
    "general": "STANDARD",
    "left": "LEFT",
    "center": "CENTER",
    "right": "RIGHT",
    "fill": "REPEAT",
    "justify": "BLOCK",
}
_UPRIGHT = {"bottom": 3, "top": 1, "center": 2, "justify": 4}
"""com.sun.star.table.CellVertJustify2; its standard, 0, is Excel's bottom."""


class Aligned(Sized):
    """The part of a block of cells that deals with alignment. What only Excel has becomes the nearest Calc has."""

    @property
    def horizontal_alignment(self) -> str | None:
        """``general``, ``left``, ``center`` …; None when the cells differ."""
        found = self.api.HoriJustify
        return None if found is None else next(name for name, value in _ACROSS.items() if value == found.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: Any) -> None:
        self.api.HoriJustify = enum("table.CellHoriJustify", _ACROSS.get(value, "BLOCK"))

    @property
    def vertical_alignment(self) -> str | None:
        """``top``, ``center``, ``bottom``, ``justify``; None when the cells differ."""
        found = self.api.VertJustify
        return None if found is None else next((name for name, value in _UPRIGHT.items() if value == found), "bottom")

    @vertical_alignment.setter
    def vertical_alignment(self, value: Any) -> None:
        self.api.VertJustify = _UPRIGHT.get(value, _UPRIGHT["justify"])
