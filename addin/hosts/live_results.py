"""Writes result sheets (问题清单, 逾期与到期, 失联名单) and log lines into the open workbook."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import xlwings as xw

from addin.guide import hint_of
from addin.hosts.live import sheet_named, to_type
from addin.hosts.live_undo import Recorder
from addin.layout import FIRST_ROW, HEADER_ROW, HIDDEN_KEYS, HINT_ROW, TITLE_ROW, SheetPlan, result_plan
from validators.table import BookKind, Value

Rows = Sequence[Mapping[str, Value]]

MOST_LINKS = 300
LOG = "operation_log"
_HEADER, _TITLE, _HINT = "#E8ECF2", "#9C1C1C", "#595959"
_HEADER_HEIGHT = 42
_FORMATS = {"date": "yyyy-mm-dd", "whole": "0"}


def put_results(recorder: Recorder, key: str, rows: Rows, kind: BookKind) -> xw.Sheet:
    """Renew a result sheet by register key, rows by column key; the first places lead to their cells by a click."""
    plan = result_plan(key, kind)
    sheet = sheet_named(recorder.book, plan.title) or _new_sheet(recorder, plan, kind)
    width = len(plan.columns)
    grid = [[to_type(row.get(column.key)) for column in plan.columns] for row in rows]
    old = max(0, sheet.used_range.last_cell.row - FIRST_ROW + 1)
    blank = [[None] * width for _ in range(old - len(grid))]
    recorder.write(sheet, HEADER_ROW, 1, [[column.title for column in plan.columns]])
    recorder.write(sheet, FIRST_ROW, 1, [*grid, *blank])
    _link(sheet, plan, rows)
    if grid:
        sheet.range((FIRST_ROW, 1), (FIRST_ROW + len(grid) - 1, width)).rows.autofit()
    return sheet


def log(book: xw.Book, operation: str, outcome: str, affected: int, at: datetime, kind: BookKind) -> None:
    """One more line of 操作记录, which no undo takes away."""
    plan = result_plan(LOG, kind)
    sheet = sheet_named(book, plan.title)
    if sheet is None:
        return
    line: dict[str, Value] = {"at": f"{at:%Y-%m-%d %H:%M}", "operation": operation, "outcome": outcome}
    line["rows_affected"] = affected
    row = max(sheet.used_range.last_cell.row + 1, FIRST_ROW)
    sheet.range((row, 1)).value = [to_type(line.get(column.key)) for column in plan.columns]


def _new_sheet(recorder: Recorder, plan: SheetPlan, kind: BookKind) -> xw.Sheet:
    """A sheet as the template would have made it, as far as the object model reaches."""
    sheet = recorder.add_sheet(plan.title)
    width = len(plan.columns)
    sheet.range((TITLE_ROW, 1)).value = plan.title
    sheet.range((HINT_ROW, 1)).value = to_type(hint_of(kind, plan.register.hint))
    for row, size, colour, height in ((TITLE_ROW, 16, _TITLE, 30), (HINT_ROW, 9, _HINT, 20)):
        line = sheet.range((row, 1), (row, width))
        line.merge()
        line.row_height = height
        line.font.size, line.font.color, line.font.bold = size, colour, row == TITLE_ROW
    header = sheet.range((HEADER_ROW, 1), (HEADER_ROW, width))
    header.value = [column.title for column in plan.columns]
    header.color, header.font.bold, header.wrap_text = _HEADER, True, True
    header.row_height = _HEADER_HEIGHT
    for number, column in enumerate(plan.columns, 1):
        cells = sheet.range((FIRST_ROW, number), (FIRST_ROW + 4999, number))
        cells.column_width = column.width
        cells.number_format = _FORMATS.get(column.cell, "@")
        cells.wrap_text = column.cell == "general"
        if column.key in HIDDEN_KEYS:
            cells.column_width = 0
    sheet.freeze_panes.freeze_at(sheet.range((HEADER_ROW, max(1, plan.frozen))))
    return sheet


def _link(sheet: xw.Sheet, plan: SheetPlan, rows: Rows) -> None:
    column = plan.position("cell")
    if column is None:
        return
    for number, row in enumerate(rows[:MOST_LINKS], FIRST_ROW):
        name, place = str(row.get("sheet") or ""), str(row.get("cell") or "")
        if name and place:
            quoted = name.replace("'", "''")
            sheet.range((number, column + 1)).add_hyperlink(f"#'{quoted}'!{place}", place)
