"""One at a time: two programs that would rewrite the same workbook wait for each other."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def turn_for(target: Path, tell: Callable[[], None]) -> Iterator[None]:
    """Hold the turn for a workbook on this machine; ``tell`` is called once when it must be waited for.

    The mark lies in the temporary folder, not beside the workbook, and goes with the program that holds it, however
    that ends.
    """
    name = hashlib.sha256(os.path.normcase(str(target.resolve())).encode()).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"taizhang-{getattr(os, 'getuid', lambda: 0)()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / f"{name}.lock").open("a+b") as mark:
        if not _take(mark, wait=False):
            tell()
            _take(mark, wait=True)
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(mark: IO[bytes], *, wait: bool) -> bool:
        mark.seek(0)
        while True:
            try:
                msvcrt.locking(mark.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
            else:
                return True

else:
    import fcntl

    def _take(mark: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
