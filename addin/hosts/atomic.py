"""Writes a file whole or not at all: a temporary file beside it takes its place only when everything is on disk."""

import contextlib
import errno
import os
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from addin.hosts.leftovers import MARK, sweep_folder

_SHARING = frozenset({5, 32, 33})
"""Windows errors of a file somebody (a virus scanner, a preview) has open for a moment."""

_STEM = 20
"""Letters of the target's name in that of its temporary file: Windows counts the letters of a whole path."""

_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)


@contextmanager
def atomic_path(target: Path, *, like: Path | None = None) -> Iterator[Path]:
    """Yield a path beside ``target`` to write to; it replaces ``target`` when the block ends well.

    On any failure the old file stays as it was and nothing is left behind. The temporary name keeps the ending of
    the target, because writers choose the format by it. A new file may be read by those who may read ``like``. Raises
    OSError naming the target, e.g. when it is read-only, open in Excel, or the disk is full.
    """
    if target.is_symlink():
        target = target.resolve()
    refuse_read_only(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.stem[:_STEM]}{MARK}{os.getpid()}-"
    with _named(target, target.parent / prefix):
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=target.suffix, dir=target.parent)
    os.close(handle)
    fresh = Path(name)
    sweep_folder(fresh.parent)
    try:
        with _named(target, fresh):
            yield fresh
            _flush(fresh)
            fresh.chmod(_permissions(target if target.exists() else like or target))
            _replace(fresh, target)
        _flush_folder(target.parent)
    finally:
        fresh.unlink(missing_ok=True)


def refuse_read_only(target: Path) -> None:
    """Raises PermissionError naming the file when it may not be written."""
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


@contextmanager
def _named(target: Path, fresh: Path) -> Iterator[None]:
    """Trouble with the temporary file is told as trouble with the target: the clerk knows no other."""
    try:
        yield
    except OSError as trouble:
        about = str(trouble.filename or fresh)
        if trouble.errno is None or not about.startswith(str(fresh)):
            raise
        raise OSError(trouble.errno, trouble.strerror, str(target)) from trouble


def _replace(fresh: Path, target: Path) -> None:
    for pause in _PAUSES:
        try:
            fresh.replace(target)
        except PermissionError as refusal:
            if getattr(refusal, "winerror", None) not in _SHARING:
                raise
            time.sleep(pause)
        else:
            return
    fresh.replace(target)


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
