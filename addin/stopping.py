"""Stopping long work when the clerk asks for it: anywhere but in what must be finished once begun."""

import signal
import threading
from _thread import interrupt_main
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

STOP = "stop"
"""The line that asks a running button to stop."""

STOPPED = "已按您的要求停下，工作簿恢复成按按钮以前的样子。"

_finishing = 0


@contextmanager
def finishing() -> Iterator[None]:
    """What is done inside is not stopped any more."""
    global _finishing  # noqa: PLW0603  a signal handler takes no argument of ours
    _finishing += 1
    try:
        yield
    finally:
        _finishing -= 1


def stop_on_request(lines: Iterable[str]) -> None:
    """From now on KeyboardInterrupt is raised where the program is at work, once somebody writes ``STOP``."""
    signal.signal(signal.SIGINT, _stop)
    threading.Thread(target=_listen, args=(lines, interrupt_main), daemon=True).start()


def _listen(lines: Iterable[str], interrupt: Callable[[], None]) -> None:
    for line in lines:
        if line.strip() == STOP:
            interrupt()


def _stop(number: int, frame: Any) -> None:
    if not _finishing:
        raise KeyboardInterrupt
