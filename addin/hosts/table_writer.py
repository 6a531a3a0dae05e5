"""One table sheet of a generated workbook: titles with notes, rows, drop-downs, highlights, protection, print."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from addin.guide import hint_of, note_text
from addin.highlights import highlights
from addin.hosts.page_setup import set_page
from addin.hosts.text_size import columns_of, height_for, lines_in
from addin.hosts.workbook_styles import FONT, TABS, Styles
from addin.layout import COVER, FIRST_ROW, HEADER_ROW, HINT_ROW, JOINER, TITLE_ROW, SheetPlan, code_name
from addin.problem import CannotUse
from validators.registers import Column
from validators.table import BookKind, Value, column_letter

LONGEST_TEXT = 32_767
"""Characters one cell can hold."""

HIDDEN_KEYS = frozenset({"finding_key", "row_key"})
"""Columns for the tool alone."""

_READY_ROWS = 5_000
_SPARE_ROWS = 1_000
_NOTE_WIDTH = 52
_ONE_LINE = height_for([])
_LAST_COLUMN = 16_383
_FIRST_WRITABLE_YEAR = 1900

_MAY = (
    "objects",
    "format_cells",
    "format_columns",
    "format_rows",
    "insert_columns",
    "insert_rows",
    "insert_hyperlinks",
    "delete_rows",
    "sort",
    "autofilter",
)
PROTECTION = dict.fromkeys(_MAY, True)
"""Titles are safe from slips; everything a clerk does with rows stays allowed. There is no password."""


def put_table(
    sheet: Any,
    styles: Styles,
    plan: SheetPlan,
    rows: Sequence[Mapping[str, Value]],
    kind: BookKind,
    cover: Mapping[str, Value],
) -> None:
    """Fill one table sheet. Raises KeyError for a key the sheet has no column for, CannotUse for over-long text."""
    last_row = max(_READY_ROWS, FIRST_ROW + len(rows) + _SPARE_ROWS)
    put_heading(sheet, styles, plan.title, hint_of(kind, plan.register.hint), len(plan.columns))
    _put_columns(sheet, styles, plan)
    _put_titles(sheet, styles, plan)
    _put_rows(sheet, styles, plan, rows)
    for number, column in enumerate(plan.columns):
        _validate(sheet, column, number, last_row)
    for mark in highlights(plan):
        settings = {"type": "formula", "criteria": f"={mark.formula}", "format": styles.highlight(mark.look)}
        sheet.conditional_format(FIRST_ROW - 1, mark.first, last_row - 1, mark.last, settings)
    sheet.freeze_panes(HEADER_ROW, plan.frozen)
    bottom = max(FIRST_ROW - 1, FIRST_ROW + len(rows) - 2)
    sheet.autofilter(HEADER_ROW - 1, 0, bottom, len(plan.columns) - 1)
    sheet.set_tab_color(TABS[plan.register.kind])
    if plan.protected:
        sheet.protect("", PROTECTION)
    set_page(sheet, plan.paper, cover)


def put_heading(sheet: Any, styles: Styles, title: str, hint: str, width: int) -> None:
    """Rows 1 and 2: the merged title (a click leads back to the cover) and the hint."""
    sheet.set_row(TITLE_ROW - 1, 30)
    sheet.set_row(HINT_ROW - 1, 20)
    if width > 1:
        sheet.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, width - 1, "", styles("title"))
        sheet.merge_range(HINT_ROW - 1, 0, HINT_ROW - 1, width - 1, "", styles("hint"))
    sheet.write_url(TITLE_ROW - 1, 0, f"internal:'{COVER}'!A1", styles("title"), title, f"回到{COVER}")
    sheet.write_string(HINT_ROW - 1, 0, hint, styles("hint"))


def _looks(column: Column) -> tuple[str, ...]:
    looks = ("open", column.cell)
    if column.codes and not column.multiple:
        return (*looks, "centre")
    return (*looks, "wrap") if column.cell == "general" else looks


def _looks_for(column: Column, value: Value) -> tuple[str, ...]:
    """A date shows as a date wherever it stands, and a number in a date column must not turn into one."""
    looks = _looks(column)
    if isinstance(value, date) and column.cell != "date":
        return (*looks, "date")
    if isinstance(value, int | float) and column.cell == "date":
        return (*looks, "general")
    return looks


def _put_columns(sheet: Any, styles: Styles, plan: SheetPlan) -> None:
    for number, column in enumerate(plan.columns):
        hidden = {"hidden": True} if column.key in HIDDEN_KEYS else {}
        sheet.set_column(number, number, column.width, styles(*_looks(column)), hidden)
    sheet.set_column(len(plan.columns), _LAST_COLUMN, None, styles("open"))
    # Unlocking the empty columns lets clerks delete rows and add columns; it must not make the sheet 16384 wide.
    sheet.dim_colmax = len(plan.columns) - 1


def _put_titles(sheet: Any, styles: Styles, plan: SheetPlan) -> None:
    sheet.set_comments_author("taizhang")
    for number, column in enumerate(plan.columns):
        style = styles("header", "required") if column.required else styles("header")
        sheet.write_string(HEADER_ROW - 1, number, column.title, style)
        note(sheet, HEADER_ROW - 1, number, note_text(column))
    titles = [(column.title, column.width - 1.5) for column in plan.columns if column.key not in HIDDEN_KEYS]
    sheet.set_row(HEADER_ROW - 1, height_for(titles) + 10)


def note(sheet: Any, row: int, column: int, text: str) -> None:
    """A note large enough to show all its text."""
    per_line = min(_NOTE_WIDTH, max(columns_of(line) for line in text.split("\n")) + 2)
    size = {"width": per_line * 6.5 + 24, "height": lines_in(text, per_line) * 19 + 16}
    sheet.write_comment(row, column, text, {**size, "font_name": FONT, "font_size": 9, "color": "#FFFDE7"})


def _put_rows(sheet: Any, styles: Styles, plan: SheetPlan, rows: Sequence[Mapping[str, Value]]) -> None:
    places = {column.key: (number, column) for number, column in enumerate(plan.columns)}
    widths = {column.key: column.width for column in plan.columns if "wrap" in _looks(column)}
    for number, row in enumerate(rows, FIRST_ROW - 1):
        for key, value in row.items():
            if key not in places:
                raise KeyError(f"no such column in {plan.register.key}: {key}")
            if value is not None:
                position, column = places[key]
                put_value(sheet, number, position, value, styles(*_looks_for(column, value)))
        height = height_for((str(value), widths[key]) for key, value in row.items() if key in widths)
        if height > _ONE_LINE:
            sheet.set_row(number, height)


def put_value(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    """One cell with the type its value has; text is never taken for a formula, link or number."""
    match value:
        case date() if value.year >= _FIRST_WRITABLE_YEAR:
            sheet.write_datetime(row, column, value, style)
        case bool():
            sheet.write_string(row, column, "是" if value else "否", style)
        case int() | float() if math.isfinite(value):
            sheet.write_number(row, column, value, style)
        case tuple():
            _put_text(sheet, row, column, JOINER.join(value), style)
        case _:
            _put_text(sheet, row, column, str(value), style)


def _put_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    if len(text) > LONGEST_TEXT:
        place = f"{column_letter(column + 1)}{row + 1}"
        raise CannotUse(
            f"“{sheet.get_name()}”{place} 的文字有 {len(text)} 字，Excel 一格最多 {LONGEST_TEXT} 字，请缩短后重试。"
        )
    sheet.write_string(row, column, text, style)


def _validate(sheet: Any, column: Column, number: int, last_row: int) -> None:
    """Drop-downs and typing checks; multiple choices and dates of known month may be typed freely."""
    settings: dict[str, Any] = {"ignore_blank": True, "error_title": column.title}
    if column.codes:
        settings |= {"validate": "list", "source": f"={code_name(column.codes)}"}
        if column.multiple:
            settings["show_error"] = False
        else:
            settings["error_message"] = "请从下拉列表中选一项。"
    elif column.cell == "date":
        settings |= {"validate": "date", "criteria": "between", "minimum": date(1900, 1, 1)}
        settings |= {"maximum": date(2199, 12, 31), "error_type": "warning"}
        settings["error_message"] = (
            "这里要日期，请写成 2026-03-31。确实只知道年月的可写 1998-07。仍要保留现在的内容吗？"
        )
    elif column.cell == "whole":
        settings |= {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "这里要整数，不带单位。"}
    else:
        return
    sheet.data_validation(FIRST_ROW - 1, number, last_row - 1, number, settings)
