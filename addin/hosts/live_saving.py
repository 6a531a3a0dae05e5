"""The stored file behind an open workbook, as a command needs it. What was stored before stays as a snapshot.

LibreOffice does not write everything of a template back (``addin/installing/office_losses.json``), so the file it
replaces is never the only copy.
"""

from datetime import datetime
from pathlib import Path

import xlwings as xw

from addin.hosts.live import read_open_book, saved_path
from addin.hosts.snapshots import confirm, fingerprint, keep, timeline
from addin.loading import load_book
from addin.problem import CannotUse
from addin.stopping import finishing
from validators.table import Book


def stored_file(book: xw.Book, operation: str, at: datetime) -> Path:
    """The workbook's file, with the registers of the screen in it. Raises CannotUse when it was never stored."""
    path = saved_path(book)
    if not _says_the_same(book, path):
        save(book, operation, at)
    return path


def save(book: xw.Book, operation: str, at: datetime) -> Path:
    """Store everything that is on the screen; the file as it was is kept."""
    path = saved_path(book)
    with finishing():
        keep_before(path, operation, at)
        book.save()
        for entry in timeline(path)[:1]:
            confirm(path, entry)
    return path


def keep_before(path: Path, operation: str, at: datetime) -> None:
    """A snapshot of the file as it is now, unless the latest one is just that."""
    latest = timeline(path)[:1]
    if not latest or latest[0].sha256 != fingerprint(path.read_bytes()):
        keep(path, operation, at)


def _says_the_same(book: xw.Book, path: Path) -> bool:
    shown = read_open_book(book)
    try:
        stored = load_book(path)
    except CannotUse:
        return False
    return _said(shown) == _said(stored)


def _said(book: Book) -> object:
    return book.tables, book.results, dict(book.policy_overrides)
