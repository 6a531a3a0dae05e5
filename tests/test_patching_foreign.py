"""Workbooks of other programs are written into without losing what this tool knows nothing about."""

import re
import shutil
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from addin.cli import main
from addin.hosts.changing import changing
from addin.hosts.marks import clear_marks, put_marks
from addin.hosts.package.markup import shape
from addin.hosts.package.transplant import code_name
from addin.hosts.package.workbook import Workbook
from addin.hosts.patching import append_rows, patched, put_results, write_cells
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from addin.marking import COLOURS, MARKS_SHEET, Mark
from addin.registry import FOUND_ERRORS, OK
from tests.drawing import COVER
from tests.filling import filled_rows
from tests.foreign_books import crowded_book, saved_by_libreoffice, with_prefixes
from tests.ooxml_validator import validate
from tests.package_compare import changed_parts, parts_of
from validators.registers import columns_of, registers
from validators.table import Table, Value

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

ROSTER = "党员名册"
AT = datetime(2026, 11, 24, 9, 30)
MARKS = (
    Mark(ROSTER, 4, 1, "E", "【错误】一"),
    Mark(ROSTER, 4, 50, "W", "【疑点】二"),
    Mark("其他", 1, 1, "W", "【疑点】三"),
)
KEPT_IN_SHEET = (
    *("extLst", "tableParts", "drawing", "legacyDrawingHF", "conditionalFormatting", "dataValidations"),
    *("headerFooter", "legacyDrawing"),
)


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    crowded_book(path)
    return path


def table(register: str, title: str) -> Table:
    places = {column.key: number for number, column in enumerate(columns_of(registers()[register], "branch"), 1)}
    return Table(register, title, places, ())


def edit(path: Path) -> None:
    """Everything the tool does to a workbook."""
    with changing(path, "校核", AT) as change:
        put_results(change.workbook, {"issue_list": [{"number": 1, "sheet": ROSTER, "cell": "A4"}]}, "branch", {})
        append_rows(change.workbook, table("member_roster", ROSTER), [{"name": "李四", "birth_date": date(1980, 1, 1)}])
        write_cells(change.workbook, [(ROSTER, 4, 3, "男")])
        put_marks(change.workbook, MARKS)


def roster_of(path: Path) -> etree._Element:
    book = Workbook(path.read_bytes())
    place = book.sheet(ROSTER)
    assert place is not None
    return book.parts.tree(place.part)


def test_what_stands_outside_the_cells_survives(crowded: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(crowded, tmp_path / "before.xlsx"))
    edit(crowded)
    changed = changed_parts(before, crowded)
    untouched = ("chart", "media", "drawings/drawing", "tables", "theme", "sharedStrings")
    assert not [name for name in changed if any(part in name for part in untouched)]
    old, new = roster_of(before), roster_of(crowded)
    for tag in KEPT_IN_SHEET:
        assert [shape(entry) for entry in new.iter(f"{{*}}{tag}")] == [
            shape(entry) for entry in old.iter(f"{{*}}{tag}")
        ]
    assert new.find(".//{*}c[@r='AJ4']/{*}v").text == "2"  # type: ignore[union-attr]
    assert new.find(".//{*}c[@r='AK4']/{*}v").text == "#DIV/0!"  # type: ignore[union-attr]
    sheet = openpyxl.load_workbook(crowded)[ROSTER]
    assert sheet["A4"].comment.text.startswith("自己的批注")
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == ["张三", "李四", None]


def looks(path: Path, title: str) -> list[tuple[object, ...]]:
    """What the cells of a sheet with a format of their own look like, row by row."""
    return [
        (
            cell.coordinate,
            *(cell.font.name, cell.font.sz, cell.font.b, cell.font.u, cell.font.color and cell.font.color.value),
            *(cell.fill.fill_type, cell.fill.fgColor.value, cell.border.left.style, cell.border.left.color),
            *(cell.alignment.horizontal, cell.alignment.wrap_text, cell.number_format),
        )
        for row in openpyxl.load_workbook(path)[title].iter_rows(max_row=5)
        for cell in row
        if cell.has_style
    ]


@pytest.mark.parametrize("saver", ["another program", "openpyxl"])
def test_a_result_sheet_looks_the_same_in_every_workbook(crowded: Path, tmp_path: Path, saver: str) -> None:
    """Fonts and grounds of ours are put behind those of the other workbook, whatever those are."""
    own, other = tmp_path / "自己的.xlsx", tmp_path / "别处存过的.xlsx"
    write_workbook(own, "branch", cover={})
    if saver == "openpyxl":
        openpyxl.load_workbook(own).save(other)
    else:
        shutil.copy(crowded, other)
    row = {"number": 1, "level": "错误", "sheet": ROSTER, "cell": "A4", "message": "姓名没有填写", "fix": "请补填"}
    for path in (own, other):
        with patched(path) as book:
            put_results(book, {"issue_list": [row], "lost_list": []}, "branch", {})
    assert looks(other, "问题清单") == looks(own, "问题清单")
    assert looks(other, "失联名单") == looks(own, "失联名单")


def test_formulas_are_computed_anew_when_a_value_changed(crowded: Path, tmp_path: Path) -> None:
    with patched(crowded) as book:
        write_cells(book, [(ROSTER, 4, 1, "李四")])
    assert b'fullCalcOnLoad="1"' in parts_of(crowded)["xl/workbook.xml"]
    plain = tmp_path / "plain.xlsx"
    write_workbook(plain, "branch", cover={})
    with patched(plain) as book:
        write_cells(book, [(ROSTER, 4, 1, "李四")])
    assert b"fullCalcOnLoad" not in parts_of(plain)["xl/workbook.xml"]


def test_marks_come_off_a_crowded_sheet(crowded: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(crowded, tmp_path / "before.xlsx"))
    with patched(crowded) as book:
        put_marks(book, MARKS)
    assert openpyxl.load_workbook(crowded)[ROSTER]["A4"].fill.fgColor.rgb == COLOURS["E"]
    with patched(crowded) as book:
        clear_marks(book)
    old, new = parts_of(before), parts_of(crowded)
    assert old.keys() == new.keys()
    for name in changed_parts(before, crowded) - {"xl/styles.xml"}:
        assert shape(etree.fromstring(new[name])) == shape(etree.fromstring(old[name])), name


def test_prefixed_workbooks_are_edited_too(crowded: Path, tmp_path: Path) -> None:
    path = tmp_path / "prefixed.xlsx"
    with_prefixes(crowded, path)
    assert b"<x:worksheet" in parts_of(path)["xl/worksheets/sheet1.xml"]
    edit(path)
    assert not re.search(rb"<ns\d+:", parts_of(path)["xl/worksheets/sheet1.xml"])
    book = openpyxl.load_workbook(path)
    assert (book[ROSTER]["A5"].value, book[ROSTER]["C4"].value) == ("李四", "男")
    assert book["问题清单"]["D4"].hyperlink.location == "'党员名册'!A4"


@pytest.fixture
def macros(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsm"
    assert main(["new", "branch", "-o", str(path), "--name", "示例支部"]) == OK
    return path


def test_macros_buttons_and_code_names_survive(macros: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(macros, tmp_path / "before.xlsm"))
    assert main(["check", str(macros), "--write", "--as-of", "2026-11-24"]) == FOUND_ERRORS
    changed = changed_parts(before, macros)
    assert not [name for name in changed if "vba" in name or "customUI" in name]
    old, new = Workbook(before.read_bytes()), Workbook(macros.read_bytes())
    for place in old.sheets():
        now = new.sheet(place.title)
        assert now is not None
        assert code_name(new.parts.tree(now.part)) == code_name(old.parts.tree(place.part)) != ""
    assert main(["undo", str(macros)]) == OK
    assert macros.read_bytes() == before.read_bytes()


def test_a_hidden_sheet_macros_know_is_emptied_not_removed(macros: Path) -> None:
    with patched(macros) as book:
        put_marks(book, [Mark(ROSTER, 4, 1, "E", "【错误】一")])
        place = book.sheet(MARKS_SHEET)
        assert place is not None
        root = book.parts.tree(place.part)
        settings = etree.SubElement(root, "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheetPr")
        settings.set("codeName", "Sheet99")
        root.insert(0, settings)
        book.parts.touch(place.part)
    for _ in range(2):
        with patched(macros) as book:
            assert clear_marks(book) in (0, 1)
        assert MARKS_SHEET in openpyxl.load_workbook(macros).sheetnames
    with patched(macros) as book:
        assert put_marks(book, [Mark(ROSTER, 4, 1, "E", "【错误】一")]) == 1
    assert openpyxl.load_workbook(macros)[ROSTER]["A4"].fill.fgColor.rgb == COLOURS["E"]
    with patched(macros) as book:
        assert clear_marks(book) == 1


@pytest.mark.ooxml
def test_edited_foreign_workbooks_are_as_valid_as_before(crowded: Path, macros: Path, tmp_path: Path) -> None:
    prefixed = tmp_path / "prefixed.xlsx"
    with_prefixes(crowded, prefixed)
    for path in (crowded, prefixed):
        known = {problem.description for problem in validate([path])}
        edit(path)
        assert {problem.description for problem in validate([path])} == known
    main(["check", str(macros), "--write", "--as-of", "2026-11-24"])
    assert validate([macros]) == []


@pytest.mark.live
def test_a_workbook_libreoffice_saved_is_written_and_read_back_by_it(tmp_path: Path) -> None:
    made = tmp_path / "台账.xlsx"
    rows: dict[str, list[dict[str, Value]]] = dict(filled_rows("branch"))
    rows["issue_list"] = []
    write_workbook(made, "branch", cover=dict(COVER), rows=rows)
    path = saved_by_libreoffice(made, tmp_path / "one")
    before = Path(shutil.copy(path, tmp_path / "before.xlsx"))
    assert main(["check", str(path), "--write"]) == FOUND_ERRORS
    read = load_book(path)
    listed = len(read.results["issue_list"].rows)
    assert listed > 10
    again = saved_by_libreoffice(path, tmp_path / "two")
    assert len(load_book(again).results["issue_list"].rows) == listed
    assert main(["unmark", str(again)]) == OK
    grounds = {cell.fill.fgColor.rgb for row in openpyxl.load_workbook(again)[ROSTER].iter_rows() for cell in row}
    assert not grounds & set(COLOURS.values())
    assert main(["undo", str(path)]) == OK
    assert path.read_bytes() == before.read_bytes()
