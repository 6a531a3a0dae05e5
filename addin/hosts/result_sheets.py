"""Renders result sheets (问题清单, 逾期与到期, 失联名单 …) with the template's look, their places as links."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from lxml import etree

from addin.hosts.bulk_sheet import BulkSheet, style_number
from addin.hosts.package.cells import Cells, place_of
from addin.hosts.package.markup import SHEET_ORDER, Element, ensure_child, main
from addin.hosts.package.workbook import Workbook
from addin.hosts.table_writer import put_table
from addin.hosts.workbook_styles import Styles
from addin.hosts.workbook_writer import OPTIONS
from addin.layout import FIRST_ROW, SheetPlan, result_plan
from validators.table import BookKind, Value, column_letter

Rows = Sequence[Mapping[str, Value]]

MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 links."""


def render_results(results: Mapping[str, Rows], kind: BookKind, cover: Mapping[str, Value]) -> Workbook:
    """A scratch workbook with one sheet a register key. Raises KeyError for unknown registers or column keys."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {**OPTIONS, "in_memory": True})
    styles = Styles(workbook)
    plans = {key: result_plan(key, kind) for key in results}
    for key, plan in plans.items():
        put_table(workbook.add_worksheet(plan.title, BulkSheet), styles, plan, results[key], kind, cover)
    look = style_number(styles("open", "general", "link"))
    workbook.close()
    scratch = Workbook(stream.getvalue())
    for key, plan in plans.items():
        _link_places(scratch, plan, results[key], str(look))
    return scratch


def _link_places(scratch: Workbook, plan: SheetPlan, rows: Rows, look: str) -> None:
    """A click on a row's 单元格 leads to the cell of its 工作表."""
    column = plan.position("cell")
    sheet = scratch.sheet(plan.title)
    if column is None or plan.position("sheet") is None or sheet is None:
        return
    root = scratch.parts.tree(sheet.part)
    cells = Cells(root)
    links = ensure_child(root, "hyperlinks", SHEET_ORDER)
    for number, row in enumerate(rows[:MOST_LINKS], FIRST_ROW):
        name, place = str(row.get("sheet") or ""), str(row.get("cell") or "")
        if not name or place_of(place) == (0, 0):
            continue
        cells.make(number, column + 1).set("s", look)
        links.append(_link(f"{column_letter(column + 1)}{number}", name, place))
    scratch.parts.touch(sheet.part)


def _link(reference: str, sheet: str, place: str) -> Element:
    quoted = sheet.replace("'", "''")
    link = etree.Element(main("hyperlink"))
    link.set("ref", reference)
    link.set("location", f"'{quoted}'!{place}")
    link.set("display", place)
    return link
