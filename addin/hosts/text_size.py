"""How much room text needs: row heights for wrapped cells and note boxes."""

import math
from collections.abc import Iterable

from addin.text_width import columns_of

LINE = 16.5
"""Points a line of 10-point text takes."""

_EM = 0.96
"""A Chinese character of 10-point text is a little narrower than two digits."""


def lines_in(text: str, width: float) -> int:
    """Lines a text takes when wrapped at ``width`` narrow characters."""
    if "\n" not in text:
        return max(1, math.ceil(columns_of(text) * _EM / max(width, 2)))
    return sum(lines_in(line, width) for line in text.split("\n"))


def sure_to_fit(text: str, width: float) -> bool:
    """Whether even the widest characters fit in one line: a quick look that spares most cells the counting."""
    return len(text) * 2 * _EM <= width and "\n" not in text


def row_height(lines: int) -> float:
    """Points a row of so many lines needs; Excel allows at most 409."""
    return min(lines * LINE + 3, 409)


def height_for(cells: Iterable[tuple[str, float]], least: int = 1) -> float:
    """Row height in points that shows every (text, column width) pair in full."""
    return row_height(max([least, *(lines_in(text, width) for text, width in cells)]))
