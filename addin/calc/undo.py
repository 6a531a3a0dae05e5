"""One step of undo for everything a button does, and what must never enter the list of undo."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from addin.calc.bridge import struct

if TYPE_CHECKING:
    from addin.calc.books import Book
    from addin.calc.sheets import Sheet


STEPS = "cn.taizhang.Steps"
"""The service of the extension that puts a step of ours into the list of undo."""


@contextmanager
def one_step(book: "Book", title: str) -> Iterator[None]:
    """All changes inside are one entry ``title`` under 编辑 → 撤销; the entry is closed also after an error.

    Sheets that were added stay behind when it is undone (see ``unrecorded``); what stands in them goes.
    """
    manager = book.undo_manager
    manager.enterUndoContext(title)
    book.app.recording = True
    try:
        yield
    finally:
        book.app.recording = False
        manager.leaveUndoContext()
        if book.app.undo_is_stale:
            forget(book)


@contextmanager
def unrecorded(book: "Book") -> Iterator[None]:
    """Changes inside cannot be undone: undoing the insertion of a sheet from outside ends LibreOffice."""
    if book.app.undo_is_off:
        yield
        return
    manager = book.undo_manager
    manager.lock()
    try:
        yield
    finally:
        manager.unlock()


@contextmanager
def without_undo(book: "Book") -> Iterator[None]:
    """What a button does, kept out of the list of undo, which is empty afterwards, as in Excel after a macro.

    Calc undoes sheets, links and notes made from outside only in part; half a result is worse than none, and the
    tool's own 撤销上一步 takes a whole button back.
    """
    try:
        # Rather than locking the list: this also saves Calc from copying what it would put there.
        book.api.IsUndoEnabled = False
        book.app.undo_is_off = True
        yield
    finally:
        book.app.undo_is_off = False
        book.api.IsUndoEnabled = True
        forget(book)


def offer_undo(book: "Book", title: str) -> None:
    """Let Ctrl+Z press 撤销上一步, by way of the extension; without it, nothing stands in the list."""
    context = book.app.office.context
    steps = context.ServiceManager.createInstanceWithContext(STEPS, context)
    if steps is not None:
        given = (("Document", book.api), ("Title", title))
        steps.execute(tuple(struct("beans.NamedValue", Name=name, Value=value) for name, value in given))


def if_shown(sheet: "Sheet") -> AbstractContextManager[None]:
    """Changes inside can be undone, but on a hidden sheet: Calc stops undoing the whole entry there."""
    return nullcontext() if sheet.book.app.undo_is_off or sheet.visible else unrecorded(sheet.book)


def forget(book: "Book") -> None:
    """Empty the list of undo: it counts sheets by number, and these have changed."""
    book.app.undo_is_stale = book.app.recording
    if not book.app.recording:
        book.undo_manager.clear()
