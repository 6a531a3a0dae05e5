"""Writes one plain table as a workbook of its own: titles, rows, frozen head, ready to print."""

from collections.abc import Sequence
from pathlib import Path

from addin.hosts.form_styles import BODY_FONT, FormStyles
from addin.hosts.fresh_workbook import fresh_workbook
from addin.text_width import columns_of

_WIDEST, _NARROWEST = 60, 8


def write_plain(path: Path, title: str, titles: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    """Write the table, whole or not at all; numbers stay numbers, everything else is text. Raises OSError."""
    defaults = {"font_name": BODY_FONT, "font_size": 11, "font_charset": 134, "font_scheme": False}
    with fresh_workbook(path, {"default_format_properties": defaults}) as workbook:
        workbook.calc_on_load = False
        styles = FormStyles(workbook)
        sheet = workbook.add_worksheet(title)
        for number, head in enumerate(titles):
            widest = max([columns_of(head), *(columns_of(str(row[number])) for row in rows)])
            sheet.set_column(number, number, min(_WIDEST, max(_NARROWEST, widest + 2)))
            sheet.write_string(0, number, head, styles("head"))
        for place, row in enumerate(rows, 1):
            for number, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, number, value, styles("cell", "centre"))
                else:
                    sheet.write_string(place, number, value, styles("cell", "text"))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
