"""Who reads the files of a merge: this process, helper processes here, or a cluster that is already there."""

import faulthandler
import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from addin.hosts.memory_limit import limit_memory
from addin.problem import CannotUse

MOST_MEMORY = 2 << 30
"""Bytes one helper process may use."""

MOST_SECONDS = 60
"""So long may reading one file take."""

FEW_FILES = 8
"""So few files are read sooner than helpers are started."""


@contextmanager
def helpers(wanted: int | None, tasks: int, scheduler: str = "") -> Iterator[Executor | None]:
    """An executor for so many tasks, None when this process does them itself. An error in the block stops them all.

    ``scheduler`` is the address of a distributed scheduler. Raises CannotUse when it cannot be reached.
    """
    if scheduler:
        with _cluster(scheduler) as executor:
            yield executor
        return
    workers = min(wanted or os.cpu_count() or 1, tasks)
    if workers <= 1 or (wanted is None and tasks < FEW_FILES):
        yield None
        return
    pool = helper_processes(workers)
    try:
        yield pool
    except BaseException:
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def helper_processes(number: int) -> ProcessPoolExecutor:
    """Processes that leave Ctrl+C to the one they work for and may not take the whole machine's memory."""
    return ProcessPoolExecutor(number, initializer=prepare)


@contextmanager
def no_longer(seconds: int) -> Iterator[None]:
    """In a helper process: end the process, even inside native code, when a file takes longer than this.

    The one that waits for the result sees a helper that died.
    """
    if not _Here.is_helper:
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        # A watchdog thread of the interpreter: works on every system, and whatever native code does.
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def is_helper() -> bool:
    """Whether this process works for another one, under limits."""
    return _Here.is_helper


class _Here:
    """What this process is."""

    is_helper = False


def prepare() -> None:
    """A helper lives for one job, and what it reads and finds holds no cycles: looking for them is time lost."""
    _Here.is_helper = True
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(MOST_MEMORY)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise CannotUse("这台电脑没有装 distributed，不能用 --scheduler：请去掉它，用本机处理器合并。") from None
    try:
        client = distributed.Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError):
        raise CannotUse(
            f"连不上调度器“{address}”：请检查地址（如 tcp://127.0.0.1:8786），或去掉 --scheduler。"
        ) from None
    with client:
        executor: Executor = client.get_executor()
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
