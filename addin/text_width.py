"""How wide text is on a console or in a cell: a Chinese character takes two narrow columns."""

import unicodedata
from collections.abc import Iterator, Sequence

_GAP = "  "


def columns_of(text: str) -> int:
    """Width of a text in narrow characters."""
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """The width of each character, looked up once."""

    def __missing__(self, char: str) -> int:
        width = self[char] = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def padded(text: str, width: int) -> str:
    """The text with blanks up to a width in narrow characters."""
    return text + " " * max(0, width - columns_of(text))


def table_lines(titles: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "  ") -> Iterator[str]:
    """Titles and rows in aligned columns, one line each; the last column is as long as its text."""
    lines = [titles, *rows]
    widths = [max(columns_of(line[number]) for line in lines) for number in range(len(titles) - 1)]
    for line in lines:
        cells = [*(padded(cell, width) for cell, width in zip(line, widths, strict=False)), line[-1]]
        yield (indent + _GAP.join(cells)).rstrip()
