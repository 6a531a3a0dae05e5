"""One table sheet of a generated workbook: titles with notes, rows, drop-downs, highlights, protection, print."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from addin.guide import hint_of, note_text
from addin.highlights import highlights
from addin.hosts.bulk_rows import BulkColumn
from addin.hosts.bulk_sheet import BulkSheet, style_number
from addin.hosts.page_setup import set_page
from addin.hosts.text_size import height_for, lines_in
from addin.hosts.workbook_styles import FONT, TABS, Styles
from addin.layout import COVER, FIRST_ROW, HEADER_ROW, HIDDEN_KEYS, HINT_ROW, TITLE_ROW, SheetPlan, code_name
from addin.text_width import columns_of
from validators.registers import Column
from validators.table import BookKind, Value, column_letter

_READY_ROWS = 5_000
_SPARE_ROWS = 1_000
_NOTE_WIDTH = 52

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
    sheet: BulkSheet,
    styles: Styles,
    plan: SheetPlan,
    rows: Sequence[Mapping[str, Value]],
    kind: BookKind,
    cover: Mapping[str, Value],
    *,
    alone: bool = False,
) -> None:
    """Fill one table sheet, the only one of its workbook when ``alone``.

    Raises KeyError for a key the sheet has no column for, CannotUse for over-long text.
    """
    last_row = max(_READY_ROWS, FIRST_ROW + len(rows) + _SPARE_ROWS)
    put_heading(sheet, styles, plan.title, hint_of(kind, plan.register.hint), len(plan.columns), linked=not alone)
    _put_columns(sheet, styles, plan)
    _put_titles(sheet, styles, plan)
    sheet.put_rows(FIRST_ROW, bulk_columns(styles, plan), rows)
    for number, column in enumerate(plan.columns):
        _validate(sheet, column, number, last_row)
    for mark in highlights(plan):
        settings = {"type": "formula", "criteria": f"={mark.formula}", "format": styles.highlight(mark.look)}
        sheet.conditional_format(FIRST_ROW - 1, mark.first, last_row - 1, mark.last, settings)
    sheet.freeze_panes(HEADER_ROW, plan.frozen)
    sheet.set_selection(FIRST_ROW - 1, 0, FIRST_ROW - 1, 0)
    sheet.autofilter(HEADER_ROW - 1, 0, last_row - 1, len(plan.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:{column_letter(len(plan.columns))}{last_row}"})
    sheet.set_tab_color(TABS[plan.register.kind])
    if plan.protected:
        sheet.protect("", PROTECTION)
    set_page(sheet, plan.paper, cover)


def put_heading(sheet: Any, styles: Styles, title: str, hint: str, width: int, *, linked: bool = True) -> None:
    """Rows 1 and 2: the merged title (a click leads back to the cover when ``linked``) and the hint."""
    sheet.set_row(TITLE_ROW - 1, 30)
    sheet.set_row(HINT_ROW - 1, 20)
    if width > 1:
        sheet.merge_range(TITLE_ROW - 1, 0, TITLE_ROW - 1, width - 1, "", styles("title"))
        sheet.merge_range(HINT_ROW - 1, 0, HINT_ROW - 1, width - 1, "", styles("hint"))
    if linked:
        sheet.write_url(TITLE_ROW - 1, 0, f"internal:'{COVER}'!A1", styles("title"), title, f"回到{COVER}")
    else:
        sheet.write_string(TITLE_ROW - 1, 0, title, styles("title"))
    sheet.write_string(HINT_ROW - 1, 0, hint, styles("hint"))


def _looks(column: Column) -> tuple[str, ...]:
    looks = ("open", column.cell)
    if column.codes and not column.multiple:
        return (*looks, "wrap", "centre")
    return (*looks, "wrap") if column.cell == "general" else looks


def _looks_for_date(column: Column) -> tuple[str, ...]:
    """A date shows as a date wherever it stands."""
    return _looks(column) if column.cell == "date" else (*_looks(column), "date")


def _looks_for_number(column: Column) -> tuple[str, ...]:
    """A number in a date column must not turn into a date."""
    return (*_looks(column), "general") if column.cell == "date" else _looks(column)


def _put_columns(sheet: BulkSheet, styles: Styles, plan: SheetPlan) -> None:
    for number, column in enumerate(plan.columns):
        hidden = {"hidden": True} if column.key in HIDDEN_KEYS else {}
        sheet.set_column(number, number, column.width, styles(*_looks(column)), hidden)
    sheet.format_beyond(len(plan.columns), styles("open"))
    # Unlocking the empty columns lets clerks delete rows and add columns; it must not make the sheet 16384 wide.
    sheet.dim_colmax = len(plan.columns) - 1


def _put_titles(sheet: Any, styles: Styles, plan: SheetPlan) -> None:
    sheet.set_comments_author("taizhang")
    for number, column in enumerate(plan.columns):
        style = styles("header", "required") if column.required else styles("header")
        sheet.write_string(HEADER_ROW - 1, number, column.title, style)
        note(sheet, HEADER_ROW - 1, number, note_text(column))
    titles = [(column.title, column.width - 2) for column in plan.columns if column.key not in HIDDEN_KEYS]
    sheet.set_row(HEADER_ROW - 1, height_for(titles) + 10)


def note(sheet: Any, row: int, column: int, text: str) -> None:
    """A note large enough to show all its text."""
    per_line = min(_NOTE_WIDTH, max(columns_of(line) for line in text.split("\n")) + 2)
    size = {"width": per_line * 6.5 + 24, "height": lines_in(text, per_line) * 19 + 16}
    sheet.write_comment(row, column, text, {**size, "font_name": FONT, "font_size": 9, "color": "#FFFDE7"})


def bulk_columns(styles: Styles, plan: SheetPlan) -> tuple[BulkColumn, ...]:
    """How rows of a sheet are drawn in the workbook these styles belong to."""
    return tuple(
        BulkColumn(
            column.key,
            style_number(styles(*_looks(column))),
            style_number(styles(*_looks_for_date(column))),
            style_number(styles(*_looks_for_number(column))),
            column.width if "wrap" in _looks(column) else None,
        )
        for column in plan.columns
    )


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
