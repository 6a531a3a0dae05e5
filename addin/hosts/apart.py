"""Runs work on foreign files in a process of its own, under limits of time and memory that also hold in native code."""

import contextlib
import faulthandler
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from addin.hosts.helpers import MOST_SECONDS, is_helper, no_longer, prepare
from addin.hosts.memory_limit import memory_for
from addin.problem import CannotUse

_TO_START = 30
"""Seconds a process may take to come up on a slow desk, not counted to its work."""

MOST_MEMORY, MEMORY_A_BYTE = 1 << 30, 40
"""Bytes reading may take here, and more for every byte of the file; large honest ones take 27."""


class Stopped(Exception):
    """The work took too long, too much memory, or its process died."""


def is_limited() -> bool:
    """Whether this process works for another one, under limits: a helper, or a worker of a cluster."""
    return is_helper() or multiprocessing.current_process().daemon


@contextmanager
def within_memory(path: Path) -> Iterator[None]:
    """Reading a file in the block takes no more memory than its size explains. Raises CannotUse."""
    if is_limited() or threading.current_thread() is not threading.main_thread():
        yield
        return
    try:
        size = path.stat().st_size if path.is_file() else 0
        with memory_for(MOST_MEMORY + MEMORY_A_BYTE * size):
            yield
    except MemoryError:
        raise too_much(path.name) from None


def too_much(name: str) -> CannotUse:
    """The sentence for a file that asks for more time or memory than any register does."""
    return CannotUse(f"“{name}”要的时间或内存太多，已停止读取：请检查是不是粘贴了别的数据或大量空行，清理后另存再用。")


def apart(work: Callable[..., bytes], *arguments: object) -> bytes:
    """What the work gives. Raises Stopped; nothing the work does reaches this process but those bytes."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_do, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(_TO_START + MOST_SECONDS):
            raise Stopped
        return ours.recv_bytes()
    except (EOFError, OSError):
        raise Stopped from None
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _do(end: Connection, work: Callable[..., bytes], arguments: tuple[object, ...]) -> None:
    _silence()
    prepare()
    try:
        with no_longer(MOST_SECONDS):
            end.send_bytes(work(*arguments))
    except MemoryError:
        # A closed end is what the other side takes for this.
        end.close()


def _silence() -> None:
    """Native code that runs out of memory says so in English, which no clerk is to see."""
    faulthandler.disable()
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
