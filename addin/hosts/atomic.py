"""Writes a file whole or not at all: a temporary file beside it takes its place only when everything is on disk."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; it replaces ``target`` when the block ends well.

    On any failure the old file stays as it was and nothing is left behind. The temporary name keeps the ending of
    the target, because writers choose the format by it. Raises OSError, e.g. when the target is open in Excel.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem[:40]}~", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        _flush(fresh)
        fresh.chmod(_permissions(target))
        fresh.replace(target)
        _flush_folder(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _permissions(target: Path) -> int:
    """Those of the file being replaced, else what the user's umask gives (mkstemp alone is private)."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call for folders."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
