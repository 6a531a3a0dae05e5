"""No file keeps a desk busy for ever: a command has processor time for what it reads, then it stops and says so."""

import _thread
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from addin.problem import CannotUse

SECONDS = 60.0
"""Of processor time any command has, and as much again for every file it reads."""

SECONDS_A_ROW = 0.01
"""More for every row that was read: a large committee has them, and honest rows take a tenth of it."""

_TICK = 1.0


class _OutOfTime(BaseException):
    """Passes through every handler of ordinary faults."""


class _Budget:
    """What the running command may still use."""

    is_running = False
    until = 0.0
    about = ""


def grant(file: str, rows: int) -> None:
    """A file was read: working on it may take so much longer."""
    _Budget.until += SECONDS + SECONDS_A_ROW * rows
    _Budget.about = file


@contextmanager
def time_budget() -> Iterator[None]:
    """Within the block no more processor time is used than granted. Raises CannotUse, at any step of the block.

    What native code does is not interrupted: the door bounds what a file may hold, and the general reader works apart.
    """
    if _Budget.is_running or threading.current_thread() is not threading.main_thread():
        yield
        return
    _Budget.is_running = True
    _Budget.until, _Budget.about = time.process_time() + SECONDS, ""
    stop = _watch()
    try:
        yield
    except (_OutOfTime, KeyboardInterrupt) as why:
        if isinstance(why, KeyboardInterrupt) and not _is_over():
            raise
        what = f"“{_Budget.about}”" if _Budget.about else "文件"
        raise CannotUse(
            f"{what}处理的时间太长，已停下，文件保持原样：请检查是不是选错了文件，或表里粘贴了别的数据、大量无用的行。"
        ) from None
    finally:
        stop()
        _Budget.is_running = False


def _is_over() -> bool:
    return time.process_time() > _Budget.until


if sys.platform == "win32":

    def _watch() -> Callable[[], None]:
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(_TICK):
                if _is_over():
                    _thread.interrupt_main()
                    return

        threading.Thread(target=watch, daemon=True).start()
        return ended.set

else:

    def _watch() -> Callable[[], None]:
        """A signal instead of a thread: helper processes are forked."""

        def look(*_: object) -> None:
            if _is_over():
                raise _OutOfTime

        before = signal.signal(signal.SIGPROF, look)
        signal.setitimer(signal.ITIMER_PROF, _TICK, _TICK)

        def stop() -> None:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

        return stop
