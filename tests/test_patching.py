"""Writing into a clerk's own workbook: the sheet concerned changes, everything else stays byte for byte."""

import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TypeGuard

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from addin.hosts.package.cells import Cells
from addin.hosts.package.styles import Styles
from addin.hosts.package.workbook import Workbook
from addin.hosts.patching import append_rows, patched, put_results, write_cells
from addin.hosts.workbook_writer import write_workbook
from addin.layout import FIRST_ROW
from addin.loading import load_book
from addin.problem import CannotUse
from tests.filling import NASTY, filled_rows
from tests.ooxml_validator import validate
from tests.package_compare import changed_parts, parts_of, sheet_part
from validators.table import Value

COVER: dict[str, Value] = {"organisation_name": "示例支部", "as_of": date(2026, 11, 24)}
DUE: dict[str, Value] = {
    "number": 1,
    "contact_person": "沈知秋",
    "name": "林晓舟",
    "due_on": date(2026, 9, 30),
    "days": 55,
    "text": "=不是公式",
    "sheet": "流出党员",
    "cell": "A4",
}
CALLED: dict[str, Value] = {
    "contacted_on": date(2026, 11, 20),
    "identity_number": "379901198503070013",
    "name": "张三",
    "answered": True,
    "content": "=1+1",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "台账.xlsx"
    write_workbook(path, "branch", cover=COVER, rows=filled_rows("branch"))
    return path


@pytest.fixture
def target(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "台账.xlsx"))


@pytest.fixture
def foreign(made: Path, tmp_path: Path) -> Path:
    """The workbook as another program saves it, with what clerks add: formulas, notes, colours, rules."""
    book = openpyxl.load_workbook(made)
    sheet = book["党员名册"]
    sheet["AK3"] = "自己的列"
    sheet["AK4"] = "=LEN(A4)"
    sheet["AK5"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["AK5"].comment = Comment("自己的批注", "书记")
    sheet["A5"].font = Font(name="楷体", size=14)
    sheet.conditional_formatting.add("AK4:AK9", CellIsRule(operator="greaterThan", formula=["3"], font=Font(bold=True)))
    own = DataValidation(type="list", formula1='"甲,乙"')
    own.add("AK6")
    sheet.add_data_validation(own)
    path = tmp_path / "别处存的.xlsx"
    book.save(path)
    return path


def test_a_new_result_sheet_touches_no_other_sheet(made: Path, target: Path) -> None:
    with patched(target) as book:
        put_results(book, {"due_list": [DUE]}, "branch", COVER)
    fresh = {"xl/worksheets/sheet20.xml", "xl/worksheets/_rels/sheet20.xml.rels"}
    notes = {"xl/comments19.xml", "xl/drawings/vmlDrawing19.vml"}
    shared = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"}
    assert changed_parts(made, target) == fresh | notes | shared
    sheet = openpyxl.load_workbook(target)["逾期与到期"]
    row = {sheet.cell(3, cell.column).value: cell for cell in sheet[FIRST_ROW] if cell.value is not None}
    assert row["截止日"].value == datetime(2026, 9, 30)
    assert row["截止日"].number_format == "yyyy-mm-dd"
    assert (row["说明"].value, row["说明"].data_type) == ("=不是公式", "s")
    assert row["单元格"].hyperlink.location == "'流出党员'!A4"
    assert sheet["A3"].comment is not None
    assert sheet.freeze_panes == "E4"
    assert (sheet.print_title_rows, sheet.auto_filter.ref) == ("$1:$3", "A3:M5000")
    assert sheet.page_setup.orientation == "landscape"


def test_untouched_parts_keep_even_their_compressed_bytes(made: Path, target: Path) -> None:
    with patched(target) as book:
        put_results(book, {"issue_list": []}, "branch", COVER)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target) as new:
        same = parts_of(made).keys() - changed_parts(made, target)
        assert {new.getinfo(name).compress_size for name in same} == {old.getinfo(name).compress_size for name in same}
        assert {new.getinfo(name).date_time for name in same} == {old.getinfo(name).date_time for name in same}


def test_writing_the_same_results_again_changes_no_byte(target: Path) -> None:
    for key in ("due_list", "lost_list"):
        with patched(target) as book:
            put_results(book, {key: [{**DUE, "text": "算法"}] if key == "due_list" else []}, "branch", COVER)
    once = target.read_bytes()
    with patched(target) as book:
        put_results(book, {"due_list": [{**DUE, "text": "算法"}]}, "branch", COVER)
    again = parts_of(target)
    target.write_bytes(once)
    assert again == parts_of(target)


def test_a_replaced_sheet_keeps_its_place_and_the_others_their_names(made: Path, target: Path) -> None:
    with patched(target) as book:
        put_results(book, {"issue_list": [{"number": 1, "sheet": "党员名册", "cell": "E4"}]}, "branch", COVER)
    assert "xl/workbook.xml" not in changed_parts(made, target)
    old, new = openpyxl.load_workbook(made), openpyxl.load_workbook(target)
    assert new.sheetnames == old.sheetnames
    assert new["问题清单"].max_row == FIRST_ROW
    assert new["问题清单"]["D4"].font.underline == "single"


def test_a_workbook_saved_elsewhere_keeps_everything_of_its_own(foreign: Path, tmp_path: Path) -> None:
    before = Path(shutil.copy(foreign, tmp_path / "before.xlsx"))
    with patched(foreign) as book:
        put_results(book, {"due_list": [DUE], "issue_list": []}, "branch", COVER)
    assert sheet_part(before, "党员名册") not in changed_parts(before, foreign)
    old, new = openpyxl.load_workbook(before), openpyxl.load_workbook(foreign)
    for name in old.sheetnames:
        if name == "问题清单":
            continue
        for row, other in zip(old[name].iter_rows(), new[name].iter_rows(), strict=True):
            assert [looks(cell) for cell in row] == [looks(cell) for cell in other]
    assert new["逾期与到期"]["A1"].font.color.rgb == "FF9C1C1C"
    assert new["逾期与到期"]["A1"].font.name == "微软雅黑"


def looks(cell: openpyxl.cell.Cell) -> tuple[object, ...]:
    note = cell.comment.text if cell.comment else None
    return (
        cell.value,
        cell.number_format,
        cell.font.name,
        cell.font.sz,
        cell.fill.fgColor.rgb,
        cell.protection.locked,
        note,
    )


def test_rows_are_added_below_the_last_filled_one(target: Path) -> None:
    table = load_book(target)["contact_log"]
    with patched(target) as book:
        first = append_rows(book, table, [CALLED, {**CALLED, "content": text}] if (text := NASTY[4]) else [])
    assert first == FIRST_ROW + 3
    sheet = openpyxl.load_workbook(target)["联系记录"]
    titles = [cell.value for cell in sheet[3]]
    row = dict(zip(titles, sheet[first], strict=True))
    assert row["联系日期"].value == datetime(2026, 11, 20)
    assert row["联系日期"].number_format == "yyyy-mm-dd"
    assert row["公民身份号码"].value == "379901198503070013"
    assert row["公民身份号码"].number_format == "@"
    assert (row["谈话内容"].value, row["谈话内容"].data_type) == ("=1+1", "s")
    assert row["本人应答"].value == "是"
    assert not row["姓名"].protection.locked
    assert sheet.max_row == first + 1
    read = load_book(target)["contact_log"].rows[-2]
    assert read["contacted_on"] == date(2026, 11, 20)


def test_rows_meet_moved_columns_and_plain_formats(tmp_path: Path) -> None:
    path = tmp_path / "moved.xlsx"
    write_workbook(path, "branch", cover=COVER)
    book = openpyxl.load_workbook(path)
    sheet = book["联系记录"]
    titles = [cell.value for cell in sheet[3]]
    for column, title in enumerate(reversed(titles), 1):
        sheet.cell(3, column).value = title
    sheet.column_dimensions.clear()
    book.save(path)
    with patched(path) as package:
        append_rows(package, load_book(path)["contact_log"], [CALLED])
    cell = openpyxl.load_workbook(path)["联系记录"].cell(FIRST_ROW, len(titles))
    assert (cell.value, cell.number_format) == (datetime(2026, 11, 20), "yyyy-mm-dd")


def test_a_value_without_a_column_is_refused_and_the_file_stays(target: Path) -> None:
    table = load_book(target)["contact_log"]
    before = target.read_bytes()
    lacking = type(table)(table.register, table.sheet, {"name": 3}, table.rows)
    with pytest.raises(CannotUse, match="“联系记录”没有“联系日期”一列"), patched(target) as book:
        append_rows(book, lacking, [CALLED])
    assert target.read_bytes() == before


def test_dates_are_written_as_the_workbook_counts_them(foreign: Path) -> None:
    book = openpyxl.load_workbook(foreign)
    book.epoch = datetime(1904, 1, 1)
    book.save(foreign)
    with patched(foreign) as package:
        append_rows(package, load_book(foreign)["contact_log"], [CALLED])
    assert load_book(foreign)["contact_log"].rows[-1]["contacted_on"] == date(2026, 11, 20)


def test_cells_are_written_with_their_look_but_never_over_a_formula(foreign: Path) -> None:
    with patched(foreign) as book:
        refused = write_cells(
            book, [("党员名册", 5, 1, "张三"), ("党员名册", 4, 37, "x"), ("党员名册", 4, 5, date(1980, 1, 1))]
        )
    assert refused == [("党员名册", 4, 37, "x")]
    sheet = openpyxl.load_workbook(foreign)["党员名册"]
    assert (sheet["A5"].value, sheet["A5"].font.name) == ("张三", "楷体")
    assert sheet["AK4"].value == "=LEN(A4)"
    assert sheet["E4"].value == datetime(1980, 1, 1)


def test_a_sheet_that_is_not_there_is_named(target: Path) -> None:
    with pytest.raises(CannotUse, match="没有“没有的表”这张表"), patched(target) as book:
        write_cells(book, [("没有的表", 1, 1, "x")])


def test_an_unknown_register_or_column_is_a_mistake_of_the_caller(target: Path) -> None:
    for results in ({"no_such_list": []}, {"due_list": [{"no_such_column": 1}]}):
        with pytest.raises(KeyError), patched(target) as book:
            put_results(book, results, "branch", COVER)


def test_a_package_without_its_styles_gets_one_sentence(target: Path) -> None:
    kept = {name: content for name, content in parts_of(target).items() if name != "xl/styles.xml"}
    with zipfile.ZipFile(target, "w") as package:
        for name, content in kept.items():
            package.writestr(name, content)
    with pytest.raises(CannotUse, match="内部结构与一般 Excel 文件不同"), patched(target) as book:
        put_results(book, {"due_list": [DUE]}, "branch", COVER)


def test_a_removed_sheet_leaves_names_and_tabs_where_they_were(target: Path) -> None:
    with patched(target) as book:
        place = book.sheet("联系记录")
        assert place is not None
        book.remove_sheet(place)
    left = openpyxl.load_workbook(target)
    assert "联系记录" not in left.sheetnames
    assert left["失联档案"].print_title_rows == "$1:$3"
    assert left["问题清单"].auto_filter.ref == "A3:M5000"


def test_rows_without_numbers_are_counted() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    root = etree.fromstring(
        f'<worksheet xmlns="{main}"><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row r="5"><c r="C5"/></row>'
        "</sheetData></worksheet>"
    )
    cells = Cells(root)
    assert cells.last_filled_row((1, 2, 3)) == 1
    assert [column for column, _ in cells.in_row(1)] == [1, 2]
    assert cells.make(3, 2).get("r") == "B3"
    assert [row.get("r") for row in root.iter(f"{{{main}}}row")] == ["1", "3", "5"]


PLACES = st.tuples(st.integers(1, 60), st.integers(1, 40))
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
VALUES = st.text(CHARACTERS, min_size=1, max_size=9) | st.integers(-(10**9), 10**9) | st.dates(date(1900, 3, 1))


@settings(max_examples=50)
@given(st.dictionaries(PLACES, VALUES, max_size=20))
def test_whatever_is_written_is_read_back(plain: Path, values: dict[tuple[int, int], Value]) -> None:
    path = Path(shutil.copy(plain, plain.with_name("copy.xlsx")))
    with patched(path) as book:
        assert write_cells(book, [("党员名册", *place, value) for place, value in values.items()]) == []
    sheet = openpyxl.load_workbook(path)["党员名册"]
    read = {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row}
    days = {place: datetime(value.year, value.month, value.day) for place, value in values.items() if is_day(value)}
    assert {place: value for place, value in read.items() if value is not None} == {(7, 2): "原有", **values, **days}
    rows = Workbook(path.read_bytes()).parts.tree("xl/worksheets/sheet1.xml").iter("{*}row")
    numbers = [int(row.get("r", "0")) for row in rows]
    assert numbers == sorted(set(numbers))


def is_day(value: Value) -> TypeGuard[date]:
    return isinstance(value, date)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plain") / "plain.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].title = "党员名册"
    book.worksheets[0]["B7"] = "原有"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("code", "is_date"), [("yyyy-mm-dd", True), ('0"日"', False), ("[Red]0.00", False), ("d/m", True)]
)
def test_number_formats_that_show_dates_are_known(target: Path, code: str, is_date: bool) -> None:
    book = Workbook(target.read_bytes())
    styles = Styles(book.parts, book.styles_part)
    xf = styles.cell_format(0)
    number = styles._with_number_format(xf, styles._number_format(code, ""))
    assert (styles.as_date(number) == number) == is_date


@pytest.mark.ooxml
def test_patched_workbooks_are_valid(target: Path, foreign: Path) -> None:
    known = {problem.description for problem in validate([foreign])}
    for path in (target, foreign):
        table = load_book(path)["contact_log"]
        with patched(path) as book:
            put_results(book, {"due_list": [DUE], "lost_list": [], "issue_list": []}, "branch", COVER)
            append_rows(book, table, [CALLED])
    assert validate([target]) == []
    assert {problem.description for problem in validate([foreign])} == known
