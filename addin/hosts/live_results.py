"""Writes result sheets (问题清单, 逾期与到期, 失联名单) into the open workbook, never over what the clerk typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlwings as xw

from addin.guide import hint_of
from addin.hosts.live import block_at, cells_now, sheet_named, to_type
from addin.hosts.live_undo import Recorder
from addin.journal import print_of
from addin.layout import FIRST_ROW, HEADER_ROW, HIDDEN_KEYS, HINT_ROW, TITLE_ROW, SheetPlan, clerks_own, result_plan
from addin.problem import CannotUse
from validators.table import BookKind, Value

Rows = Sequence[Mapping[str, Value]]
Ask = Callable[[str], bool]

QUESTION = "“{}”里有您填写或改动过的内容，继续会换成新的结果。要继续吗？"
_HEADER, _TITLE, _HINT, _LINK = "#E8ECF2", "#9C1C1C", "#595959", "#0563C1"
_HEADER_HEIGHT, _PREPARED = 42, 5_000
_FORMATS = {"date": "yyyy-mm-dd", "whole": "0"}


def put_results(recorder: Recorder, key: str, rows: Rows, kind: BookKind, ask: Ask) -> xw.Sheet:
    """Renew a result sheet by register key, rows by column key; the first places lead to their cells by a click.

    What was typed into it since the tool wrote it is replaced only when ``ask`` says so; else raises CannotUse.
    """
    plan = result_plan(key, kind)
    found = sheet_named(recorder.book, plan.title)
    sheet = found or _new_sheet(recorder, plan, kind)
    old = _rows_now(sheet, plan)
    if found and not _is_ours(recorder, sheet, plan, old) and not ask(QUESTION.format(plan.title)):
        raise CannotUse(f"没有改动。要留住“{plan.title}”里填的内容，请先把它另存或改个表名，再按一次。")
    width = len(plan.columns)
    grid = [[to_type(row.get(column.key)) for column in plan.columns] for row in rows]
    blank = [[None] * width for _ in range(len(old) - len(grid))]
    if _titles_now(sheet, plan) != _titles(plan):
        recorder.write(sheet, HEADER_ROW, 1, [_titles(plan)])
    recorder.write(sheet, FIRST_ROW, 1, [*grid, *blank])
    _link(sheet, plan, rows)
    if grid and recorder.step.blocks[-1].before != recorder.step.blocks[-1].after:
        sheet.range((FIRST_ROW, 1), (FIRST_ROW + len(grid) - 1, width)).rows.autofit()
    recorder.written[plan.title] = _print_of(_rows_now(sheet, plan), plan)
    return sheet


def _rows_now(sheet: xw.Sheet, plan: SheetPlan) -> list[list[Any]]:
    height = sheet.used_range.last_cell.row - FIRST_ROW + 1
    return cells_now(block_at(sheet, FIRST_ROW, 1, [[None] * len(plan.columns)] * height)) if height > 0 else []


def _is_ours(recorder: Recorder, sheet: xw.Sheet, plan: SheetPlan, old: list[list[Any]]) -> bool:
    """Whether the sheet is as the tool left it. One no button has written yet is the tool's when its titles are."""
    left = recorder.written_before().get(plan.title)
    if left:
        return _print_of(old, plan) in ("", *left)
    return not _print_of(old, plan) or _titles_now(sheet, plan) == _titles(plan)


def _titles(plan: SheetPlan) -> list[str]:
    return [column.title for column in plan.columns]


def _titles_now(sheet: xw.Sheet, plan: SheetPlan) -> list[Any]:
    return cells_now(block_at(sheet, HEADER_ROW, 1, [plan.columns]))[0]


def _print_of(rows: list[list[Any]], plan: SheetPlan) -> str:
    """A fingerprint of what a sheet says, without the clerk's own columns; empty for a blank one."""
    return print_of(rows, clerks_own(plan))


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
    header.horizontal_alignment = "center"
    sheet.range((TITLE_ROW, 1), (FIRST_ROW + _PREPARED - 1, width)).vertical_alignment = "center"
    for number, column in enumerate(plan.columns, 1):
        cells = sheet.range((FIRST_ROW, number), (FIRST_ROW + _PREPARED - 1, number))
        cells.column_width = column.width
        cells.number_format = _FORMATS.get(column.cell, "@")
        cells.wrap_text = column.cell == "general"
        if column.cell in _FORMATS:
            cells.horizontal_alignment = "center"
        if column.key in HIDDEN_KEYS:
            cells.column_width = 0
    sheet.freeze_panes.freeze_at(sheet.range((HEADER_ROW, max(1, plan.frozen))))
    return sheet


def _link(sheet: xw.Sheet, plan: SheetPlan, rows: Rows) -> None:
    """Places become links by a formula: hundreds go in at once, and a click works in every program."""
    column = plan.position("cell")
    if column is None or not rows:
        return
    linked = []
    for row in rows:
        name, place = str(row.get("sheet") or ""), str(row.get("cell") or "")
        linked.append([link_formula(name, place) if name and place else '=""'])
    cells = block_at(sheet, FIRST_ROW, column + 1, linked)
    cells.number_format = "General"
    cells.formula = linked
    cells.font.color = _LINK


def link_formula(sheet: str, place: str) -> str:
    """What leads to a cell of the same workbook by a click and shows its address."""
    target = f"#'{sheet.replace(chr(39), chr(39) * 2)}'!{place}".replace('"', '""')
    return f'=HYPERLINK("{target}","{place}")'
