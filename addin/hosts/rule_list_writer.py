"""Writes the list of rules (规则清单) as a workbook of one sheet, to filter and to print."""

from collections.abc import Sequence
from pathlib import Path

from addin.hosts.fresh_workbook import fresh_workbook
from addin.hosts.page_setup import set_page
from addin.hosts.table_writer import put_heading
from addin.hosts.text_size import height_for
from addin.hosts.workbook_styles import TABS, Styles
from addin.layout import FIRST_ROW, HEADER_ROW
from addin.rule_list import CHECKED, TITLES, RuleLine, summary

NAME = "规则清单"
_TITLES = (*TITLES[:1], "怎样执行", *TITLES[1:])
_WIDTHS = (26, 11, 7, 26, 48, 48, 20, 34, 34, 14, 12)


def write_rule_list(path: Path, lines: Sequence[RuleLine]) -> None:
    """Write the workbook, whole or not at all."""
    with fresh_workbook(path, {}) as workbook:
        sheet, styles = workbook.add_worksheet(NAME), Styles(workbook)
        put_heading(sheet, styles, NAME, summary(lines), len(_TITLES))
        for number, (title, width) in enumerate(zip(_TITLES, _WIDTHS, strict=True)):
            sheet.set_column(number, number, width)
            sheet.write_string(HEADER_ROW - 1, number, title, styles("header"))
        for row, line in enumerate(lines, FIRST_ROW - 1):
            cells = (line.id, line.how, *line.cells[1:])
            for number, cell in enumerate(cells):
                looks = ("boxed", "wrap") if line.how == CHECKED else ("boxed", "wrap", "quiet")
                sheet.write_string(row, number, cell, styles(*looks))
            sheet.set_row(row, height_for(zip(cells, _WIDTHS, strict=True)))
        sheet.autofilter(HEADER_ROW - 1, 0, max(HEADER_ROW, HEADER_ROW - 1 + len(lines)), len(_TITLES) - 1)
        sheet.freeze_panes(HEADER_ROW, 1)
        sheet.set_tab_color(TABS["reference"])
        set_page(sheet, "A3", {})
