"""A lock on an open file that the system lets go of when its process ends, however it ends."""

import sys
from typing import IO


def try_lock(stream: IO[bytes]) -> bool:
    """Lock an open file; False when another process holds it."""
    try:
        _lock(stream)
    except OSError:
        return False
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        stream.seek(0)
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
