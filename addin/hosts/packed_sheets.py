"""Packs sheets for the way from one process to another: nothing but rows of plain values comes out at the other end."""

import io
import pickle
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from addin.grid import Sheet
from addin.hosts.plain_pickle import DAMAGED, OnlyPlain, by_name
from addin.problem import CannotUse


class _OnlySheets(OnlyPlain):
    """Makes sheets and what a cell may hold."""

    kinds = by_name((Sheet, date, datetime, time, timedelta))


def packed_sheets(content: Sequence[Sheet] | str) -> bytes:
    """Sheets, or the sentence why there are none."""
    return pickle.dumps(content if isinstance(content, str) else list(content), pickle.HIGHEST_PROTOCOL)


def unpacked_sheets(data: bytes) -> list[Sheet] | str:
    """What ``packed_sheets`` was given. Raises CannotUse for anything else."""
    try:
        found = _OnlySheets(io.BytesIO(data)).load()
    except DAMAGED:
        found = None
    if isinstance(found, str) or (isinstance(found, list) and all(isinstance(one, Sheet) for one in found)):
        return found
    raise CannotUse("读文件的进程给出的内容不完整：请再试一次。")
