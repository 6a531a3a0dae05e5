"""Writes filled forms as workbooks ready to print (XlsxWriter): values only, with 校核 and the hidden 反查依据."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from addin.forms.evidence import FAILED_TITLES, HEAD, SHEET, Failed, Line
from addin.forms.sheet import CONFIDENTIAL, PrintedForm
from addin.hosts.atomic import atomic_path
from addin.hosts.form_package import fill_sheets
from addin.hosts.form_rows import form_rows, plain_rows
from addin.hosts.form_styles import BODY_FONT, FormStyles
from addin.hosts.text_size import lines_in

CHECK_SHEET = "校核"

_CREATED = datetime(2026, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": BODY_FONT, "font_size": 11, "font_charset": 134, "font_scheme": False},
}
_PAPERS = {"A4": 9, "A3": 8}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LINE, _ROOM = 15.5, 5.0
_MOST_BREAKS = 1023
"""Excel keeps no more page breaks on a sheet; the pages beyond follow each other."""


def write_form(path: Path, printed: PrintedForm, evidence: Iterable[Line], failed: Sequence[Failed]) -> None:
    """Write one form as a workbook of its own, whole or not at all. Raises OSError."""
    with atomic_path(path) as fresh:
        scratch = io.BytesIO()
        workbook = xlsxwriter.Workbook(scratch, dict(_OPTIONS))
        workbook.calc_on_load = False  # no cell is a formula, and recalculating would ask to save on closing
        title = printed.filled.form.name
        workbook.set_properties({"title": title, "comments": CONFIDENTIAL, "created": _CREATED})
        styles = FormStyles(workbook)
        sheet = workbook.add_worksheet(sheet_name(title))
        for number, width in enumerate(printed.widths):
            sheet.set_column(number, number, width)
        _set_page(sheet, printed)
        if failed:
            _put_failed(workbook.add_worksheet(CHECK_SHEET), styles, failed)
        workbook.add_worksheet(SHEET).hide()
        hidden = len(workbook.worksheets())
        rows = form_rows(printed, styles.number)
        lines = plain_rows((HEAD, *evidence), styles.number(("evidence",)))
        workbook.close()
        fill_sheets(fresh, scratch.getvalue(), {1: rows, hidden: lines}, frozenset({hidden}))


def sheet_name(title: str) -> str:
    """A form's name as a sheet name: without forbidden characters, at most 31 long."""
    return _FORBIDDEN.sub("", title)[:_LONGEST_NAME]


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
    last_row = printed.last_row
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
