"""Fonts and colours of cells."""

from typing import Any

from xlwings import base_classes

from addin.calc.bridge import Uno, enum

Colour = tuple[int, int, int]

_BOLD, _PLAIN = 150.0, 100.0
_NO_COLOUR = -1


def colour_number(colour: Any) -> int:
    """``#FFC7CE``, (255, 199, 206) or Excel's own BGR number as Calc's RGB number; None as no colour."""
    if colour is None:
        return _NO_COLOUR
    if isinstance(colour, str):
        return int(colour.removeprefix("#"), 16)
    if isinstance(colour, tuple | list):
        red, green, blue = colour
        return int(red) << 16 | int(green) << 8 | int(blue)
    number = int(colour)
    return (number & 0xFF) << 16 | number & 0xFF00 | number >> 16


def colour_of(number: int | None) -> Colour | None:
    """Calc's number as red, green, blue; None for no colour (or several)."""
    if number is None or number == _NO_COLOUR:
        return None
    return number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF


class Font(base_classes.Font):
    """The font of a block. Calc keeps Western and Asian text apart; both are set together."""

    def __init__(self, cells: Uno) -> None:
        self._cells = cells

    @property
    def api(self) -> Uno:
        """The UNO range."""
        return self._cells

    def _set(self, name: str, value: object) -> None:
        setattr(self._cells, name, value)
        setattr(self._cells, f"{name}Asian", value)

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self._cells.CharWeight > _PLAIN)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("CharWeight", _BOLD if value else _PLAIN)

    @property
    def italic(self) -> bool:
        """Whether it is italic."""
        return bool(self._cells.CharPosture.value == "ITALIC")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("CharPosture", enum("awt.FontSlant", "ITALIC" if value else "NONE"))

    @property
    def size(self) -> float:
        """Its size in points."""
        return float(self._cells.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self._set("CharHeight", float(value))

    @property
    def name(self) -> str:
        """Its name, e.g. 宋体."""
        return str(self._cells.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self._set("CharFontName", value)

    @property
    def color(self) -> Colour | None:
        """Its colour, None for the automatic one."""
        return colour_of(self._cells.CharColor)

    @color.setter
    def color(self, value: Any) -> None:
        self._cells.CharColor = colour_number(value)
