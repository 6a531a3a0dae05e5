"""One button's work in the open workbook as one step: recorded, logged, taken back whole when it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import xlwings as xw

from addin.hosts.live import at_work, sheet_named, to_type
from addin.hosts.live_undo import Recorder, take_back
from addin.layout import FIRST_ROW, result_plan
from addin.log_links import LOG, linked
from addin.stopping import finishing
from validators.table import BookKind, Value


@contextmanager
def one_step(
    book: xw.Book, title: str, at: datetime, kind: BookKind = "branch", count: int | None = None
) -> Iterator[Recorder]:
    """What a button writes; the status bar says so, with the ``count`` of lines.

    ``outcome`` and ``rows_affected`` of the recorder say what 操作记录 will tell; without an outcome nothing is kept.
    After an error, or when the clerk stops it, the workbook is as it was.
    """
    with at_work(book, f"台账工具：正在写“{title}”{f'，{count} 条' if count else ''}……"):
        recorder = Recorder(book, title)
        try:
            yield recorder
        except BaseException:
            with finishing():
                take_back(book, recorder.step)
            raise
        if recorder.outcome:
            with finishing():
                recorder.keep()
                log(book, title, recorder.outcome, recorder.rows_affected, at, kind)


def log(book: xw.Book, operation: str, outcome: str, affected: int, at: datetime, kind: BookKind) -> None:
    """One more line of 操作记录, which no undo takes away."""
    plan = result_plan(LOG, kind)
    sheet = sheet_named(book, plan.title)
    if sheet is None:
        return
    line: dict[str, Value] = {"at": f"{at:%Y-%m-%d %H:%M}", "operation": operation, "outcome": outcome}
    line["rows_affected"] = affected
    row = max(sheet.used_range.last_cell.row + 1, FIRST_ROW)
    keys = [column.key for column in plan.columns]
    above = sheet.range((FIRST_ROW, 1), (row, len(keys))).options(ndim=2).value
    lines = [dict(zip(keys, cells, strict=True)) for cells in above if any(cell not in (None, "") for cell in cells)]
    line = linked(lines, line)
    sheet.range((row, 1)).value = [to_type(line.get(key)) for key in keys]
