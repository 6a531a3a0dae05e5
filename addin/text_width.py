"""How wide text is on a console or in a cell: a Chinese character takes two narrow columns."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

_GAP = "  "
_NEVER_FIRST = "，。；：、！？）》”’…)],.;:!?"
_WORD = re.compile(r"[!-~]+|.", re.S)


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


def wrapped(text: str, width: int) -> str:
    """The text in lines no wider than so many narrow characters; words stay whole, no line begins with a full stop."""
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph, width))


def _lines(paragraph: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for word in _pieces(paragraph, width):
        wide = columns_of(word)
        if used + wide > width and word not in _NEVER_FIRST:
            yield line.rstrip(" ")
            line, used = "", 0
        line += word
        used += wide
    yield line


def _pieces(paragraph: str, width: int) -> Iterator[str]:
    """Chinese characters one by one, other words whole unless they are longer than a line."""
    for word in _WORD.findall(paragraph):
        yield from (word[start : start + width] for start in range(0, len(word), width))
