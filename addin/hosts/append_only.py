"""Adds lines to a file that only grows: the whole line or nothing of it, one writer at a time."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from addin.hosts.file_lock import try_lock

_LONGEST_TURN = 10.0
_BETWEEN_TRIES = 0.02


@contextmanager
def in_turn(lock: Path) -> Iterator[None]:
    """Hold a lock file, after those before. Raises OSError when one keeps it longer than any line takes to write."""
    with lock.open("a+b") as stream:
        end = monotonic() + _LONGEST_TURN
        while not try_lock(stream):
            if monotonic() > end:
                raise TimeoutError(f"{lock.name} is held by another process")
            sleep(_BETWEEN_TRIES)
        yield


def append_line(path: Path, line: str) -> None:
    """Add a line behind what is there. Raises OSError naming the file; then it is as it was.

    What a power cut left of an earlier line stays, as a line of its own.
    """
    with path.open("a+b", buffering=0) as stream:
        before = stream.seek(0, os.SEEK_END)
        try:
            _write(stream.fileno(), (b"" if _is_whole(stream.fileno(), before) else b"\n") + line.encode() + b"\n")
        except OSError as trouble:
            with contextlib.suppress(OSError):
                stream.truncate(before)
            raise OSError(trouble.errno, trouble.strerror, str(path)) from trouble


def _is_whole(handle: int, size: int) -> bool:
    if size == 0:
        return True
    os.lseek(handle, size - 1, os.SEEK_SET)
    return os.read(handle, 1) == b"\n"


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
    os.fsync(handle)
