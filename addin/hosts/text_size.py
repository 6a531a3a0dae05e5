"""How much room text needs: row heights for wrapped cells and note boxes (a Chinese character is two columns wide)."""

import math
import unicodedata
from collections.abc import Iterable

LINE = 16.5
"""Points a line of 10-point text takes."""


def columns_of(text: str) -> int:
    """Width of a text in narrow characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def lines_in(text: str, width: float) -> int:
    """Lines a text takes when wrapped at ``width`` narrow characters."""
    room = max(width - 1.5, 2)
    return sum(max(1, math.ceil(columns_of(line) / room)) for line in text.split("\n"))


def height_for(cells: Iterable[tuple[str, float]], least: int = 1) -> float:
    """Row height in points that shows every (text, column width) pair in full; Excel allows at most 409."""
    lines = max([least, *(lines_in(text, width) for text, width in cells)])
    return min(lines * LINE + 3, 409)
