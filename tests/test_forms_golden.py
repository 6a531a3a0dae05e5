"""Every official table as a written workbook against its golden text: values, places, looks, page, hidden sheets.

``python -m tests.test_forms_golden`` writes the golden texts anew; look at the difference before committing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from addin.forms.card_sheet import lay_out_cards
from addin.forms.evidence import evidence_lines, failed_lines
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from addin.forms.spec import Form
from addin.forms.table_sheet import lay_out_table
from addin.hosts.form_writer import write_form
from tests.small_forms import small_case
from validators.rule import Case
from validators.table import BookKind
from validators.wording import shown

GOLDEN = Path(__file__).parent / "golden"
FORMS = {Path(form.file).stem: form for form in load_forms().values()}
PAGES = 2
"""So many pages of a form with one page a person are kept."""

_CHANGES = re.compile(r"政策方案 \S+（\w+）|校验码 [0-9A-F]{4}-[0-9A-F]{4}")


@cache
def judge(kind: BookKind) -> Judge:
    case: Case = small_case(kind)
    return Judge(case)


def written(form: Form, path: Path) -> Any:
    """The workbook of a form, as a committee makes it when it does."""
    of = judge("committee" if "committee" in form.levels else "branch")
    filled = fill_form(form, of.case, of)
    filled = replace(filled, cards=filled.cards[:PAGES])
    printed = (lay_out_cards if form.kind == "card" else lay_out_table)(filled, of.case, "2026-11-24 08:00")
    write_form(path, printed, evidence_lines(printed, of.case, of), failed_lines(printed))
    return openpyxl.load_workbook(path)


def as_text(form: Form) -> str:
    """The workbook normalised: page, column widths, styles by number, then one line a row and one a cell."""
    with TemporaryDirectory() as scratch:
        book = written(form, Path(scratch) / "表.xlsx")
    sheet = book.worksheets[0]
    styles: dict[str, str] = {}
    body = list(_rows(sheet, styles))
    looks = [f"{number} = {look}" for look, number in styles.items()]
    return "\n".join([*_page(book, sheet), *looks, *body]) + "\n"


def _page(book: Any, sheet: Any) -> Iterator[str]:
    sheets = [f"{each.title}{'' if each.sheet_state == 'visible' else '（隐藏）'}" for each in book.worksheets]
    setup = sheet.page_setup
    yield f"工作表 {'、'.join(sheets)}"
    yield f"纸 {setup.paperSize} {setup.orientation} 宽 {setup.fitToWidth} 页 高 {setup.fitToHeight} 页"
    yield f"重复行 {sheet.print_title_rows} 打印区 {sheet.print_area} 冻结 {sheet.freeze_panes}"
    yield f"分页 {[mark.id for mark in sheet.row_breaks.brk]}"
    yield f"页眉 {sheet.oddHeader.center.text or ''}|{sheet.oddHeader.right.text} 页脚 {sheet.oddFooter.center.text}"
    yield "列宽 " + " ".join(f"{letter}{size.width:.4g}" for letter, size in sheet.column_dimensions.items())


def _rows(sheet: Any, styles: dict[str, str]) -> Iterator[str]:
    extents = {block.coord.split(":")[0]: block.coord for block in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        yield f"行 {row[0].row} 高 {sheet.row_dimensions[row[0].row].height:g}"
        for cell in row:
            if isinstance(cell, MergedCell) or (cell.value is None and not cell.has_style):
                continue
            number = styles.setdefault(_look(cell), f"s{len(styles) + 1}")
            value = _CHANGES.sub("…", shown(cell.value)).replace("\n", "⏎")
            yield f"{extents.get(cell.coordinate, cell.coordinate)} {number} {value}".rstrip()


def _look(cell: Any) -> str:
    font, alignment = cell.font, cell.alignment
    colour = font.color.rgb if font.color is not None and font.color.type == "rgb" else ""
    parts = (
        f"{font.name} {font.sz:g}",
        "粗" if font.b else "",
        colour,
        f"{alignment.horizontal or ''}/{alignment.vertical or ''}",
        "换行" if alignment.wrap_text else "",
        "框" if cell.border.left.style else "",
        cell.number_format,
        cell.fill.patternType or "",
    )
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("file", FORMS)
def test_a_form_is_written_as_its_golden_text(file: str) -> None:
    assert as_text(FORMS[file]) == (GOLDEN / f"{file}.txt").read_text(encoding="utf-8")


def test_there_is_no_golden_text_without_form() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(FORMS)


if __name__ == "__main__":
    for each, form in FORMS.items():
        (GOLDEN / f"{each}.txt").write_text(as_text(form), encoding="utf-8")
