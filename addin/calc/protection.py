"""Sheets that are protected without a password: open for a moment, and then protected as before."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from addin.calc.bridge import Uno, uno

if TYPE_CHECKING:
    from addin.calc.books import Book


@contextmanager
def unlocked(book: "Book", names: Iterable[str]) -> Iterator[frozenset[str]]:
    """Locked cells of these sheets can be changed inside; gives the names of those a password keeps locked.

    LibreOffice protects anew with options of its own, so what the clerk may do on a sheet (sort, filter …) would
    change. Its list of undo keeps them: taking the protection off is undone, and nothing else gets onto that list, as
    long as no sheet is added or brought to the front inside, which lets the list go on behind our back.
    """
    shut = {name: sheet for name in names if (sheet := book.all_sheets.getByName(name)).isProtected()}
    if not shut:
        yield frozenset()
        return
    document, manager = book.api, book.undo_manager
    was_on, document.IsUndoEnabled = document.IsUndoEnabled, True
    locks = _let_go(manager)
    manager.clear()
    for sheet in shut.values():
        with suppress(uno().getClass("com.sun.star.lang.IllegalArgumentException")):  # it has a password
            sheet.unprotect("")
    opened = {name: sheet for name, sheet in shut.items() if not sheet.isProtected()}
    manager.lock()
    try:
        yield frozenset(shut.keys() - opened.keys())
    finally:
        manager.unlock()
        _protect_again(manager, list(opened.values()))
        for _ in range(locks):
            manager.lock()
        document.IsUndoEnabled = was_on


def _protect_again(manager: Uno, sheets: list[Uno]) -> None:
    if len(manager.getAllUndoActionTitles()) == len(sheets):
        for _ in sheets:
            manager.undo()
    for sheet in sheets:
        if not sheet.isProtected():  # the office keeps no list of undo
            sheet.protect("")
    manager.clear()


def _let_go(manager: Uno) -> int:
    """Take every lock off the list of undo; how many there were. Calc's own answer whether there is one is wrong."""
    not_locked = uno().getClass("com.sun.star.util.NotLockedException")
    locks = 0
    while True:
        try:
            manager.unlock()
        except not_locked:
            return locks
        locks += 1
