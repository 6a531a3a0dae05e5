"""Last period's workbook beside the one in front: the folder 上期, in which just that one file lies."""

from pathlib import Path

from addin.live.session import Session
from addin.loading import load_book
from addin.problem import CannotUse
from validators.table import Book

EARLIER = "上期"


def earlier_files(path: Path) -> list[Path]:
    """The workbooks in the folder 上期 beside ``path``."""
    folder = path.parent / EARLIER
    return sorted(folder.glob("*.xls[xm]")) if folder.is_dir() else []


def last_period(session: Session) -> list[Book]:
    """The one workbook of the folder 上期; empty without it, with several, or when it cannot be read."""
    found = earlier_files(Path(session.book.fullname))
    try:
        return [load_book(found[0])] if len(found) == 1 else []
    except CannotUse:
        return []
