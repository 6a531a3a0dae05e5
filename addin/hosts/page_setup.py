"""Print set-up of generated sheets: landscape, one page wide, titles repeated, page numbers and signatures."""

from collections.abc import Mapping
from typing import Any

from addin.layout import HEADER_ROW, Paper
from validators.table import Value

PAPER_CODES: Mapping[Paper, int] = {"A4": 9, "A3": 8}
CONFIDENTIAL = "内部资料　不得公开、不得在网络发布"
"""On every page (R-SEC-NOPUBLISH)."""

FOOTER_FONT = '&"微软雅黑,Regular"&9'
_BLANK = "____________"
_LONGEST_NAME = 40


def set_page(sheet: Any, paper: Paper, cover: Mapping[str, Value], *, tables: bool = True) -> None:
    """Landscape, all columns on one page, footer with unit, preparer, reviewer and page numbers.

    ``tables`` run over as many pages as they need and repeat rows 1-3; a form (the cover) fits one page.
    """
    sheet.set_paper(PAPER_CODES[paper])
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0 if tables else 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    if tables:
        sheet.repeat_rows(0, HEADER_ROW - 1)
    sheet.set_header(f"&R{FOOTER_FONT}{CONFIDENTIAL}", {"margin": 0.3})
    unit, preparer = (_shown(cover.get(key)) for key in ("organisation_name", "preparer"))
    left = f"&L{FOOTER_FONT}填报单位：{unit}　填报人：{preparer}　审核人：{_BLANK}"
    sheet.set_footer(f"{left}&R{FOOTER_FONT}第 &P 页　共 &N 页", {"margin": 0.3})


def _shown(value: Value) -> str:
    text = str(value or "")[:_LONGEST_NAME]
    return text.replace("&", "&&") or _BLANK
