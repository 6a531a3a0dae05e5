"""The tool's own folder beside a workbook: snapshots and locks, nothing the clerk has to look at."""

import contextlib
import ctypes
import sys
from pathlib import Path

NAME = ".taizhang"
_HIDDEN = 0x2


def own_folder(path: Path) -> Path:
    """The folder beside ``path``, whether it is there or not."""
    return path.parent / NAME


def make_own_folder(path: Path) -> Path:
    """The folder beside ``path``, made when missing and hidden as the system does it."""
    folder = own_folder(path)
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                ctypes.windll.kernel32.SetFileAttributesW(str(folder), _HIDDEN)
    return folder
