"""Half-written files a killed run left beside a workbook: known by their name alone, removed once they are old."""

import contextlib
import ctypes
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from addin.hosts.own_folder import own_folder

MARK = "~taizhang-"
"""In the name of every temporary file of ours, of no other program's and no clerk's; the writing process follows."""

_WRITER = re.compile(re.escape(MARK) + r"(\d+)-")

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
    """Whether the process named in it still runs here."""
    writer = _WRITER.search(left.name)
    return writer is not None and _runs(int(writer[1]))


if sys.platform == "win32":

    def _runs(process: int) -> bool:
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = ctypes.c_void_p
        may_ask, still_active = 0x1000, 259
        handle = ctypes.c_void_p(kernel.OpenProcess(may_ask, False, process))
        code = ctypes.c_ulong(0)
        if handle:
            kernel.GetExitCodeProcess(handle, ctypes.byref(code))
            kernel.CloseHandle(handle)
        return code.value == still_active

else:

    def _runs(process: int) -> bool:
        try:
            os.kill(process, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return True
