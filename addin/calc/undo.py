"""One step of undo for everything a button does."""

from collections.abc import Iterator
from contextlib import contextmanager

from addin.calc.books import Book


@contextmanager
def one_step(book: Book, title: str) -> Iterator[None]:
    """All changes inside are one entry ``title`` under 编辑 → 撤销; the entry is closed also after an error."""
    manager = book.api.getUndoManager()
    manager.enterUndoContext(title)
    book.app.recording = True
    try:
        yield
    finally:
        book.app.recording = False
        manager.leaveUndoContext()
