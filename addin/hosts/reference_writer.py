"""The sheets of a generated workbook that hold no rows of members: 封面, 说明, 代码表."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import xlsxwriter

from addin.guide import (
    CELL_FORMATS,
    GUIDE_TITLES,
    HABITS,
    STEPS,
    guide_lines,
    note_text,
    sheet_purposes,
)
from addin.hosts.bulk_rows import shown
from addin.hosts.page_setup import set_page
from addin.hosts.table_writer import PROTECTION, note, put_heading
from addin.hosts.text_size import height_for
from addin.hosts.workbook_styles import TABS, Styles
from addin.layout import (
    AS_OF_NAME,
    BOOK_TITLES,
    CODES,
    COVER,
    COVER_TITLES,
    FIRST_ROW,
    GUIDE,
    HEADER_ROW,
    code_name,
    cover_columns,
    cover_row,
    used_codes,
)
from validators.codes import code_lists
from validators.registers import Column
from validators.table import BookKind, Value, column_letter

COVER_WIDTHS = (17, 32, 38, 14, 60)
GUIDE_WIDTHS = (13, 22, 6, 44, 30, 38, 24, 36)
LOCKED_ON_COVER = frozenset({"template_version"})


def put_cover(
    workbook: xlsxwriter.Workbook,
    sheets: Mapping[str, Any],
    styles: Styles,
    kind: BookKind,
    cover: Mapping[str, Value],
) -> None:
    """The form of the cover in A:C and the index of sheets in D:E. Raises KeyError for an unknown cover key."""
    sheet = sheets[COVER]
    hint = "填写 B 列，红字为必填。点右边的工作表名可直接前往；点任何一张表的大标题可回到这里。"
    put_heading(sheet, styles, BOOK_TITLES[kind], hint, 5)
    for number, width in enumerate(COVER_WIDTHS):
        sheet.set_column(number, number, width)
    for number, title in enumerate((*COVER_TITLES, "工作表", "用来做什么")):
        sheet.write_string(HEADER_ROW - 1, number, title, styles("header"))
    sheet.set_row(HEADER_ROW - 1, 24)
    for column in cover_columns():
        _put_field(sheet, styles, column, cover.get(column.key))
    unknown = set(cover) - {column.key for column in cover_columns()}
    if unknown:
        raise KeyError(f"no such cover field: {', '.join(sorted(unknown))}")
    for number, (name, purpose) in enumerate(sheet_purposes(kind), FIRST_ROW - 1):
        sheet.write_url(number, 3, f"internal:'{name}'!A1", styles("link", "boxed", "left"), name)
        sheet.write_string(number, 4, purpose, styles("boxed", "left", "wrap", "quiet"))
        sheet.set_row(number, 33)
    workbook.define_name(AS_OF_NAME, f"='{COVER}'!$B${cover_row('as_of')}")
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.set_tab_color(TABS["cover"])
    sheet.protect("", PROTECTION)
    sheet.activate()
    sheet.set_selection(FIRST_ROW - 1, 1, FIRST_ROW - 1, 1)
    set_page(sheet, "A4", cover, tables=False)


def _put_field(sheet: Any, styles: Styles, column: Column, value: Value) -> None:
    row = cover_row(column.key) - 1
    label = ("label", "required", "boxed") if column.required else ("label", "boxed")
    sheet.write_string(row, 0, column.title, styles(*label))
    note(sheet, row, 0, note_text(column))
    field = ("boxed", column.cell, "left")
    style = styles(*field, "quiet") if column.key in LOCKED_ON_COVER else styles("open", *field)
    match value:
        case None:
            sheet.write_blank(row, 1, None, style)
        case date():
            sheet.write_datetime(row, 1, value, style)
        case int() | float() if not isinstance(value, bool):
            sheet.write_number(row, 1, value, style)
        case _:
            sheet.write_string(row, 1, shown(value), style)
    sheet.write_string(row, 2, _cover_hint(column), styles("quiet", "left", "wrap"))
    if column.codes:
        sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": f"={code_name(column.codes)}"})


def _cover_hint(column: Column) -> str:
    example = f"，如 {column.example}" if column.example and not column.codes else ""
    return f"{(column.hint or CELL_FORMATS[column.cell]).rstrip('。')}{example}"


def put_guide(sheets: Mapping[str, Any], styles: Styles, kind: BookKind, cover: Mapping[str, Value]) -> None:
    """说明: the steps of the work, habits worth having, then every column with its meaning."""
    sheet = sheets[GUIDE]
    put_heading(sheet, styles, GUIDE, "由程序按当前模板生成，不用填写。", len(GUIDE_TITLES))
    for number, width in enumerate(GUIDE_WIDTHS):
        sheet.set_column(number, number, width)
    row = HEADER_ROW - 1
    for heading, lines in (("怎么做", STEPS[kind]), ("小提示", HABITS)):
        sheet.write_string(row, 0, heading, styles("bold"))
        for number, step in enumerate(lines, 1):
            sheet.merge_range(row + number, 0, row + number, len(GUIDE_TITLES) - 1, "", styles("step"))
            sheet.write_string(row + number, 0, f"{number}. {step}", styles("step"))
            sheet.set_row(row + number, height_for([(step, sum(GUIDE_WIDTHS))]) + 2)
        row += len(lines) + 2
    for number, title in enumerate(GUIDE_TITLES):
        sheet.write_string(row, number, title, styles("header"))
    first = row
    for row, line in enumerate(guide_lines(kind), first + 1):
        for number, cell in enumerate(line):
            looks = ("boxed", "wrap", "required") if number == 2 else ("boxed", "wrap")
            sheet.write_string(row, number, cell, styles(*looks))
        sheet.set_row(row, height_for(zip(line, GUIDE_WIDTHS, strict=True)))
    sheet.autofilter(first, 0, row, len(GUIDE_TITLES) - 1)
    sheet.freeze_panes(HEADER_ROW - 1, 0)
    sheet.set_tab_color(TABS["reference"])
    set_page(sheet, "A4", cover)
    sheet.repeat_rows(first)


def put_codes(workbook: xlsxwriter.Workbook, sheets: Mapping[str, Any], styles: Styles, kind: BookKind) -> None:
    """代码表: a pair of columns a list (code, word); the words carry the defined name the drop-downs use. Hidden."""
    sheet = sheets[CODES]
    lists = {key: code_lists()[key] for key in used_codes(kind)}
    put_heading(
        sheet, styles, CODES, "下拉列表的来源，由程序生成，请勿修改；每两列一个代码表：代码、名称。", 2 * len(lists)
    )
    for number, (key, codes) in enumerate(lists.items()):
        left, right = 2 * number, 2 * number + 1
        sheet.write_string(HEADER_ROW - 1, left, "代码", styles("header"))
        sheet.write_string(HEADER_ROW - 1, right, codes.title, styles("header"))
        note(sheet, HEADER_ROW - 1, right, f"依据：{codes.source}\n等级：{codes.grade}")
        for row, entry in enumerate(codes.entries, FIRST_ROW - 1):
            sheet.write_string(row, left, entry.code, styles("text", "centre", "boxed"))
            sheet.write_string(row, right, entry.word, styles("text", "boxed"))
        longest = max(len(text) for text in (codes.title, *codes.words))
        sheet.set_column(left, left, 7)
        sheet.set_column(right, right, min(2 * longest + 3, 60))
        letter = column_letter(right + 1)
        last = FIRST_ROW + len(codes.entries) - 1
        workbook.define_name(code_name(key), f"='{CODES}'!${letter}${FIRST_ROW}:${letter}${last}")
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.set_tab_color(TABS["reference"])
    sheet.protect("", PROTECTION)
    sheet.hide()
    set_page(sheet, "A3", {})
