"""Loads a closed workbook as a Book: the door, the reader, and the sheets bound by title."""

from pathlib import Path

from addin.hosts.closed import read_sheets
from addin.layout import CODES, GUIDE
from addin.reading import read_book
from validators.codes import fold
from validators.table import Book

_GENERATED = frozenset({fold(GUIDE), fold(CODES)})


def load_book(path: Path) -> Book:
    """Read a 支部台账 or 党委汇总. Raises CannotUse with one sentence, OSError when the file cannot be opened."""
    return read_book(read_sheets(path, _is_wanted), path.name)


def _is_wanted(name: str) -> bool:
    """Only sheets that are data; an unknown sheet may be a misspelt register, so it is looked at too."""
    return fold(name) not in _GENERATED
