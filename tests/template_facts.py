"""What a workbook offers besides its values, in comparable form: one entry a kind of thing and place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

Fact = tuple[str, str, Any]
"""Kind, place, what is there."""

LOOKED_AT = 40
"""Rows whose looks are compared; below them a template is the same all the way down."""


def facts(path: Path) -> set[Fact]:
    """Everything; spellings that mean the same are equal."""
    workbook = openpyxl.load_workbook(path)
    found: set[Fact] = {("sheets", "", tuple(workbook.sheetnames))}
    for name, defined in workbook.defined_names.items():
        found.add(("names", name, defined.attr_text.replace("'", "")))
    for sheet in workbook:
        found.update((kind, f"{sheet.title}!{place}", what) for kind, place, what in _sheet(sheet))
    workbook.close()
    return found


def _sheet(sheet: Any) -> Iterator[Fact]:
    yield "shown", "", sheet.sheet_state
    yield "tab colours", "", sheet.sheet_properties.tabColor.rgb if sheet.sheet_properties.tabColor else None
    yield "frozen panes", "", sheet.freeze_panes
    yield "filters", "", sheet.auto_filter.ref
    for area in sheet.merged_cells.ranges:
        yield "merged cells", str(area), True
    yield from _rules(sheet)
    yield from _print(sheet)
    for name in (
        "sheet",
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        yield "protection", name, getattr(sheet.protection, name)
    for letter, column in sheet.column_dimensions.items():
        if column.min <= LOOKED_AT:
            yield "column widths", letter, (round(column.width), column.hidden)
    for row in sheet.iter_rows(max_row=LOOKED_AT):
        for cell in row:
            yield from _cell(cell)


def _rules(sheet: Any) -> Iterator[Fact]:
    for rule in sheet.data_validations.dataValidation:
        first, _, last = str(rule.sqref).split()[0].partition(":")
        wording = (rule.error, rule.errorTitle, rule.prompt, rule.promptTitle, rule.showErrorMessage)
        yield "validations", first, (rule.type, rule.formula1, rule.errorStyle or "stop", *wording)
        yield "reach of validations", first, last
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            fill = rule.dxf.fill.bgColor.rgb if rule.dxf and rule.dxf.fill else None
            yield "conditional formats", f"{area.sqref} {rule.formula[0]}", (rule.type, fill)


def _print(sheet: Any) -> Iterator[Fact]:
    page, margins = sheet.page_setup, sheet.page_margins
    fit = bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    paper = (page.orientation, page.paperSize, fit, sheet.print_title_rows, sheet.print_area)
    yield (
        "print set-up",
        "",
        (*paper, *(1 if given is None else given for given in (page.fitToWidth, page.fitToHeight))),
    )
    yield "margins", "", tuple(round(getattr(margins, side), 2) for side in ("left", "right", "top", "bottom"))
    for name in ("oddHeader", "oddFooter"):
        line = getattr(sheet, name)
        yield "headers and footers", name, tuple(part.text for part in (line.left, line.center, line.right))


def _cell(cell: Any) -> Iterator[Fact]:
    place = cell.coordinate
    if cell.comment is not None:
        yield "notes", place, cell.comment.text
        yield "authors of notes", place, cell.comment.author
    if cell.hyperlink is not None:
        yield "links", place, (cell.hyperlink.location, cell.hyperlink.target)
        yield "tips of links", place, cell.hyperlink.tooltip
    if cell.value in (None, ""):
        return
    font = cell.font
    yield "values", place, cell.value
    yield "number formats", place, cell.number_format.replace("\\", "")
    yield "fonts", place, font.name
    yield "sizes and weights", place, (font.sz, bool(font.b))
    yield "fills", place, cell.fill.fgColor.rgb if cell.fill.fill_type else None
    yield "borders", place, (cell.border.left.style, cell.border.bottom.style)
    aligned = cell.alignment
    yield "alignment", place, (aligned.horizontal or "general", aligned.vertical, bool(aligned.wrap_text))
    yield "locked cells", place, cell.protection.locked
