"""Half-written files a killed run left beside a workbook: known by their name alone, removed once they are old."""

import contextlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from addin.hosts.file_lock import try_lock
from addin.hosts.own_folder import own_folder

MARK = "~taizhang-"
"""In the name of every temporary file of ours, of no other program's and no clerk's."""

_OLD = 3600.0
"""Seconds after which nobody is writing it any more."""


def sweep_beside(paths: Iterable[Path]) -> None:
    """Tidy the folders of these files, these folders, and the tool's own folder in each."""
    for folder in {path if path.is_dir() else path.parent for path in paths}:
        sweep_folder(folder)
        for inside, _, _ in os.walk(own_folder(folder / "_")):
            sweep_folder(Path(inside))


def sweep_folder(folder: Path) -> None:
    """Remove what was left in a folder; what cannot be removed, or is in use, stays."""
    with contextlib.suppress(OSError):
        for left in _left_in(folder):
            with contextlib.suppress(OSError):
                if not _is_in_use(left):
                    left.unlink()


def _left_in(folder: Path) -> Iterator[Path]:
    now = time.time()
    with os.scandir(folder) as entries:
        for entry in entries:
            is_ours = entry.name.startswith(".") and MARK in entry.name and entry.is_file(follow_symlinks=False)
            if is_ours and now - entry.stat(follow_symlinks=False).st_mtime > _OLD:
                yield Path(entry.path)


def _is_in_use(left: Path) -> bool:
    """Windows removes no file somebody has open; elsewhere whoever writes one holds a lock on it."""
    if os.name == "nt":
        return False
    with left.open("rb") as stream:
        return not try_lock(stream)
