"""Private folders for what is unpacked or unlocked on the way: gone afterwards, and after a crash at the next start."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from addin.hosts.file_lock import try_lock

PREFIX = "taizhang-"
_LOCK = ".in-use"
_JUST_MADE = 10.0
"""Seconds; a younger folder may not be locked by its owner yet."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder nobody else can read, for as long as the block lasts. Raises OSError."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with (folder / _LOCK).open("w+b") as lock:
            try_lock(lock)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_scratch() -> None:
    """Remove the folders of runs that were killed; nobody holds their lock any more."""
    now = time.time()
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if not folder.is_symlink() and now - folder.stat().st_mtime > _JUST_MADE and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    lock = folder / _LOCK
    if not lock.is_file():
        return False
    with lock.open("r+b") as stream:
        return try_lock(stream)
