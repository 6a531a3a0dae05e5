"""Who reads the files of a merge: this process, helper processes here, or a cluster that is already there."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from addin.problem import CannotUse

FEW_FILES = 8
"""So few files are read sooner than helpers are started."""


@contextmanager
def helpers(wanted: int | None, tasks: int, scheduler: str = "") -> Iterator[Executor | None]:
    """An executor for so many tasks, None when this process does them itself. On leaving, tasks not begun are dropped.

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
    pool = ProcessPoolExecutor(workers)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


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
