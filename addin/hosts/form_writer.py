"""Writes filled forms as workbooks ready to print (XlsxWriter): values only, with 校核 and the hidden 反查依据."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from addin.forms.evidence import FAILED_TITLES, HEAD, SHEET, Failed, Line
from addin.forms.sheet import CONFIDENTIAL, Placed, PrintedForm
from addin.hosts.atomic import atomic_path
from addin.hosts.form_styles import BODY_FONT, FormStyles
from addin.hosts.text_size import lines_in
from validators.table import Value

CHECK_SHEET = "校核"

_CREATED = datetime(2026, 1, 1)
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": BODY_FONT, "font_size": 11, "font_charset": 134, "font_scheme": False},
}
_PAPERS = {"A4": 9, "A3": 8}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_HEIGHTS = {"title": 34.0, "number": 16.0, "origin": 14.0, "note": 14.0, "sign": 26.0}
_POINTS_A_LINE = {"title": 28.0, "note": 12.5, "origin": 11.0, "numbering": 13.0}
_LINE, _ROOM, _MOST = 15.5, 5.0, 400.0
_MOST_BREAKS = 1023
"""Excel keeps no more page breaks on a sheet; the pages beyond follow each other."""


def write_form(path: Path, printed: PrintedForm, evidence: Iterable[Line], failed: Sequence[Failed]) -> None:
    """Write one form as a workbook of its own, whole or not at all. Raises OSError."""
    with atomic_path(path) as fresh:
        workbook = xlsxwriter.Workbook(str(fresh), dict(_OPTIONS))
        workbook.calc_on_load = False  # no cell is a formula, and recalculating would ask to save on closing
        title = printed.filled.form.name
        workbook.set_properties({"title": title, "comments": CONFIDENTIAL, "created": _CREATED})
        styles = FormStyles(workbook)
        _put_form(workbook.add_worksheet(sheet_name(title)), styles, printed)
        if failed:
            _put_failed(workbook.add_worksheet(CHECK_SHEET), styles, failed)
        _put_evidence(workbook.add_worksheet(SHEET), styles, evidence)
        workbook.close()


def sheet_name(title: str) -> str:
    """A form's name as a sheet name: without forbidden characters, at most 31 long."""
    return _FORBIDDEN.sub("", title)[:_LONGEST_NAME]


def _put_form(sheet: Any, styles: FormStyles, printed: PrintedForm) -> None:
    for number, width in enumerate(printed.widths):
        sheet.set_column(number, number, width)
    for placed in printed.cells:
        _put(sheet, styles, placed)
    for row, height in _heights(printed).items():
        sheet.set_row(row - 1, height)
    _set_page(sheet, printed)


def _put(sheet: Any, styles: FormStyles, placed: Placed) -> None:
    looks = tuple(look for look in placed.looks if ":" not in look)
    if isinstance(placed.value, date):
        looks = (*looks, "day")
    elif isinstance(placed.value, str) and "cell" in looks:
        looks = (*looks, "text")
    style = styles(*looks)
    row, column = placed.row - 1, placed.column - 1
    if placed.rows > 1 or placed.columns > 1:
        sheet.merge_range(row, column, row + placed.rows - 1, column + placed.columns - 1, "", style)
    _write(sheet, row, column, placed.value, style)


def _write(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    match value:
        case None | "":
            sheet.write_blank(row, column, None, style)
        case date():
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)
        case int() | float():
            sheet.write_number(row, column, value, style)
        case _:
            sheet.write_string(row, column, str(value), style)


def _heights(printed: PrintedForm) -> dict[int, float]:
    """Row heights that show every text in full; a merged cell does not grow by itself in any program."""
    found: dict[int, float] = {}
    for placed in printed.cells:
        look = placed.looks[0]
        width = sum(printed.widths[placed.column - 1 : placed.column - 1 + placed.columns])
        text = str(placed.value) if placed.value is not None else ""
        lines = lines_in(text, width - 1) if text else 1
        need = lines * _POINTS_A_LINE.get(look, _LINE) + _ROOM
        given = next((float(each.partition(":")[2]) for each in placed.looks if each.startswith("height:")), 0.0)
        need = max(need, given, _HEIGHTS.get(look, 20.0)) / placed.rows
        for row in range(placed.row, placed.row + placed.rows):
            found[row] = min(max(found.get(row, 0.0), need), _MOST)
    return found


def _set_page(sheet: Any, printed: PrintedForm) -> None:
    form = printed.filled.form
    sheet.set_paper(_PAPERS[form.paper])
    if form.upright:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    draft = '&C&"黑体,Regular"&14&KC00000草　稿' if printed.filled.is_draft else ""
    sheet.set_header(f'{draft}&R&"仿宋,Regular"&9{CONFIDENTIAL}', {"margin": 0.3})
    sheet.set_footer('&C&"仿宋,Regular"&9第 &P 页　共 &N 页', {"margin": 0.3})
    if printed.repeated is not None:
        first, last = printed.repeated
        sheet.repeat_rows(first - 1, last - 1)
        sheet.freeze_panes(last, 1 if form.rows is not None else min(2, len(printed.widths)))
    if printed.breaks:
        sheet.set_h_pagebreaks(list(printed.breaks[:_MOST_BREAKS]))
    last_row = max(placed.row for placed in printed.cells)
    sheet.print_area(0, 0, last_row - 1, len(printed.widths) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row}"})


def _put_failed(sheet: Any, styles: FormStyles, failed: Sequence[Failed]) -> None:
    widths = (24, 24, 20, 10, 10, 10, 60)
    for number, (title, width) in enumerate(zip(FAILED_TITLES, widths, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, styles("head"))
    for row, one in enumerate(failed, 1):
        texts = (one.where, one.relation, one.cells, one.left, one.right, one.difference, one.persons)
        for number, text in enumerate(texts):
            sheet.write_string(row, number, text, styles("cell", "left"))
        sheet.set_row(
            row, max(_LINE * lines_in(text, width) for text, width in zip(texts, widths, strict=True)) + _ROOM
        )
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_PAPERS["A4"])
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_tab_color("#C00000")


def _put_evidence(sheet: Any, styles: FormStyles, evidence: Iterable[Line]) -> None:
    style = styles("evidence")
    for row, line in enumerate((HEAD, *evidence)):
        for number, value in enumerate(line):
            _write(sheet, row, number, value, style)
    sheet.hide()
