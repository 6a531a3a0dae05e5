"""Marks on cells: coloured and noted by level, and taken off again as if they had never been."""

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from addin.hosts.marks import clear_marks, marked_cells, put_marks
from addin.hosts.package.markup import shape
from addin.hosts.package.notes import Notes
from addin.hosts.package.workbook import Workbook
from addin.hosts.patching import patched
from addin.hosts.workbook_writer import write_workbook
from addin.marking import COLOURS, MARKS_SHEET, Mark, marks_of
from tests.drawing import identity
from tests.filling import filled_rows
from tests.foreign_books import saved_by_libreoffice
from tests.ooxml_validator import validate
from tests.package_compare import changed_parts, parts_of, sheet_part
from validators.table import Finding

ROSTER = "党员名册"
MARKS = (
    Mark(ROSTER, 4, 1, "E", "【错误】姓名不对\n怎么改：改对"),
    Mark(ROSTER, 9, 6, "W", "【疑点】空着"),
    Mark(ROSTER, 3, 2, "I", "【提示】标题"),
    Mark("联系记录", 4, 1, "W", "【疑点】太早"),
    Mark("没有这张表", 4, 1, "E", "【错误】"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "台账.xlsx"
    write_workbook(path, "branch", cover={"as_of": date(2026, 11, 24)}, rows=filled_rows("branch"))
    return path


@pytest.fixture
def target(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "台账.xlsx"))


def mark(path: Path) -> int:
    with patched(path) as book:
        return put_marks(book, MARKS)


def clear(path: Path) -> int:
    with patched(path) as book:
        return clear_marks(book)


def look(path: Path) -> dict[str, tuple[object, ...]]:
    """Every cell of the marked sheets that is not plain: value, ground, number format, lock and note."""
    book = openpyxl.load_workbook(path)
    found = {}
    for title in (ROSTER, "联系记录"):
        for row in book[title].iter_rows():
            for cell in row:
                note = cell.comment.text if cell.comment else None
                ground = cell.fill.fgColor.rgb if cell.fill.fill_type else None
                found[f"{title}!{cell.coordinate}"] = (
                    cell.value,
                    ground,
                    cell.number_format,
                    cell.font.name,
                    cell.protection.locked,
                    note,
                )
    return {place: said for place, said in found.items() if said[0] or said[1] or said[5]}


def test_cells_are_coloured_by_level_and_say_what_is_wrong(made: Path, target: Path) -> None:
    assert mark(target) == 4
    sheet = openpyxl.load_workbook(target)[ROSTER]
    grounds = [sheet[place].fill.fgColor.rgb for place in ("A4", "F9", "B3")]
    assert grounds == [COLOURS["E"], COLOURS["W"], COLOURS["I"]]
    assert "姓名不对\n怎么改：改对" in sheet["A4"].comment.text
    assert sheet["A4"].value == openpyxl.load_workbook(made)[ROSTER]["A4"].value
    title_note = sheet["B3"].comment.text
    assert title_note.startswith(openpyxl.load_workbook(made)[ROSTER]["B3"].comment.text)
    assert "【提示】标题" in title_note
    assert openpyxl.load_workbook(target)[MARKS_SHEET].sheet_state == "veryHidden"
    assert sheet_part(made, "流出党员") not in changed_parts(made, target)


def test_cleared_sheets_say_the_same_as_before(made: Path, target: Path) -> None:
    mark(target)
    assert clear(target) == 4
    old, new = parts_of(made), parts_of(target)
    assert old.keys() == new.keys()
    for name in changed_parts(made, target) - {"xl/styles.xml"}:
        assert shape(etree.fromstring(old[name])) == shape(etree.fromstring(new[name])), name
    assert "xl/drawings/vmlDrawing2.vml" not in changed_parts(made, target)


def test_marking_again_renews_the_marks(made: Path, target: Path) -> None:
    mark(target)
    once = look(target)
    with patched(target) as book:
        clear_marks(book)
        put_marks(book, MARKS)
    assert look(target) == once
    clear(target)
    assert look(target) == look(made)


def test_a_sheet_without_notes_gets_them_and_loses_them_again(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    book = openpyxl.Workbook()
    book.active.title = ROSTER
    book.active["A4"] = "张三"
    book.active["A4"].fill = PatternFill("solid", fgColor="FF00FF00")
    book.save(path)
    before = Path(shutil.copy(path, tmp_path / "before.xlsx"))
    mark(path)
    assert openpyxl.load_workbook(path)[ROSTER]["A4"].fill.fgColor.rgb == COLOURS["E"]
    clear(path)
    assert parts_of(path).keys() == parts_of(before).keys()
    assert changed_parts(path, before) <= {
        *("xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"),
        *("xl/_rels/workbook.xml.rels",),
    }
    assert openpyxl.load_workbook(path)[ROSTER]["A4"].fill.fgColor.rgb == "FF00FF00"
    assert openpyxl.load_workbook(path).sheetnames == [ROSTER]


def test_marks_come_off_after_rows_were_moved_and_the_file_saved_elsewhere(made: Path, target: Path) -> None:
    mark(target)
    book = openpyxl.load_workbook(target)
    book[ROSTER].move_range("A4:AI6", rows=2)
    sheet = book[ROSTER]
    for row in range(6, 3, -1):
        for column in range(1, 36):
            here, there = sheet.cell(row, column), sheet.cell(row + 2, column)
            there._style, here._style = here._style, sheet["A30"]._style
            if here.comment:
                there.comment, here.comment = Comment(here.comment.text, "另一人"), None
    book.save(target)
    assert clear(target) == 4
    was = openpyxl.load_workbook(made)[ROSTER]["A4"]
    now = openpyxl.load_workbook(target)[ROSTER]["A6"]
    assert (now.value, now.comment, now.fill.fill_type) == (was.value, None, None)
    assert look(target).keys() >= {f"{ROSTER}!B3"}


def test_what_the_clerk_added_to_a_note_or_colour_stays(target: Path) -> None:
    mark(target)
    book = openpyxl.load_workbook(target)
    sheet = book[ROSTER]
    sheet["A4"].comment = Comment(sheet["A4"].comment.text + "\n我问过本人", "书记")
    sheet["F9"].fill = PatternFill("solid", fgColor="FF00FF00")
    book["联系记录"]["A4"].comment = None
    book.save(target)
    clear(target)
    sheet = openpyxl.load_workbook(target)[ROSTER]
    assert sheet["A4"].comment.text == "\n我问过本人"
    assert sheet["A4"].fill.fill_type is None
    assert (sheet["F9"].fill.fgColor.rgb, sheet["F9"].comment) == ("FF00FF00", None)
    assert openpyxl.load_workbook(target)["联系记录"]["A4"].fill.fill_type is None


def test_a_conversation_in_a_note_is_not_touched(target: Path) -> None:
    with patched(target) as book:
        place = book.sheet(ROSTER)
        assert place is not None
        notes = Notes(book.parts, place.part)
        notes.put("A4", "[Threaded comment] 甲：乙？")
        notes.save()
    mark(target)
    sheet = openpyxl.load_workbook(target)[ROSTER]
    assert sheet["A4"].comment.text == "[Threaded comment] 甲：乙？"
    assert sheet["A4"].fill.fgColor.rgb == COLOURS["E"]
    clear(target)
    assert openpyxl.load_workbook(target)[ROSTER]["A4"].fill.fill_type is None


def test_formatted_notes_come_back_with_their_format(made: Path, target: Path) -> None:
    mark(target)
    clear(target)
    comments = Workbook(target.read_bytes())
    place = comments.sheet(ROSTER)
    assert place is not None
    assert "rFont" in Notes(comments.parts, place.part).content("B3")
    assert marked_cells(comments) == 0


def finding(level: str, column: str, message: str, row: int = 4) -> Finding:
    return Finding("R-X", level, ROSTER, row, column, "姓名", "v", message, "改", "依据")  # type: ignore[arg-type]


def test_findings_of_one_cell_share_one_mark_and_numbers_are_masked() -> None:
    number = identity()
    found = [finding("I", "B", "提示一"), finding("E", "B", f"号码 {number} 不对"), finding("W", "AA", "疑点")]
    first, second = marks_of([*found, finding("E", "", "no place")])
    assert (first.level, first.row, first.column) == ("E", 4, 2)
    assert first.text.index("不对") < first.text.index("提示一")
    assert number not in first.text
    assert (second.level, second.column) == ("W", 27)


@pytest.mark.ooxml
def test_marked_and_cleared_workbooks_are_valid(target: Path) -> None:
    mark(target)
    assert validate([target]) == []
    clear(target)
    assert validate([target]) == []


@pytest.mark.live
def test_marks_come_off_after_libreoffice_saved_the_file(made: Path, target: Path, tmp_path: Path) -> None:
    mark(target)
    plain = saved_by_libreoffice(made, tmp_path / "plain")
    marked = saved_by_libreoffice(target, tmp_path / "marked")
    assert look(marked)[f"{ROSTER}!A4"] != look(plain)[f"{ROSTER}!A4"]
    assert clear(marked) == 4
    # LibreOffice names a font of its own for Chinese texts; a blank cell remembers the font that was meant.
    assert without_fonts(look(marked)) == without_fonts(look(plain))
    assert openpyxl.load_workbook(marked)[ROSTER]["A4"].font.name == "微软雅黑"


def without_fonts(said: dict[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    return {place: (*seen[:3], *seen[4:]) for place, seen in said.items()}
