"""The sheet 报送清单 of a sealed workbook, and its check code in the footer of every sheet."""

from collections.abc import Mapping
from typing import Any

import xlsxwriter

from addin.hosts.page_setup import FOOTER_FONT, set_page
from addin.hosts.table_writer import PROTECTION, put_heading
from addin.hosts.text_size import height_for
from addin.hosts.workbook_styles import TABS, Styles
from addin.layout import FIRST_ROW, HEADER_ROW
from addin.sealing import CODE_TITLE, HINT, SHEET, TITLES, Manifest
from validators.table import Value

WIDTHS = (28, 72)


def put_seal(workbook: xlsxwriter.Workbook, manifest: Manifest, cover: Mapping[str, Value]) -> None:
    """Add the sheet as the last one, and the check code to the footer of every sheet."""
    _fill(workbook.add_worksheet(SHEET), Styles(workbook), manifest, cover)
    for sheet in workbook.worksheets():
        left, right = sheet.footer.split("&R", 1)
        sheet.set_footer(f"{left}&C{FOOTER_FONT}{CODE_TITLE} {manifest.code}&R{right}", {"margin": 0.3})


def _fill(sheet: Any, styles: Styles, manifest: Manifest, cover: Mapping[str, Value]) -> None:
    put_heading(sheet, styles, SHEET, HINT, len(TITLES))
    for number, (title, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        sheet.set_column(number, number, width)
        sheet.write_string(HEADER_ROW - 1, number, title, styles("header"))
    for row, (title, text) in enumerate(manifest.lines(), FIRST_ROW - 1):
        looks = ("bold",) if title == CODE_TITLE else ()
        sheet.write_string(row, 0, title, styles("boxed", "label"))
        sheet.write_string(row, 1, text, styles("boxed", "text", "left", "wrap", *looks))
        sheet.set_row(row, height_for([(text, WIDTHS[1])]))
    sheet.freeze_panes(HEADER_ROW, 0)
    sheet.set_tab_color(TABS["cover"])
    sheet.protect("", PROTECTION)
    set_page(sheet, "A4", cover, tables=False)
