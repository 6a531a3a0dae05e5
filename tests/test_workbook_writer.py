"""What is handed to the writer stands in the workbook: in its place, with its type, and changed by nobody."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from addin.hosts.bulk_rows import serial, text_element
from addin.hosts.workbook_writer import write_workbook
from addin.layout import BOOK_TITLES, FIRST_ROW, HEADER_ROW, result_sheets, table_sheets
from addin.problem import CannotUse
from tests.filling import NASTY, filled_rows
from validators.codes import code_lists
from validators.registers import registers
from validators.table import BookKind, MonthOnly, Value, column_letter

KINDS: tuple[BookKind, ...] = tuple(BOOK_TITLES)


def written(path: Path, kind: BookKind = "branch", **rows: list[dict[str, Value]]) -> openpyxl.Workbook:
    write_workbook(path, kind, cover={}, rows=rows)
    return openpyxl.load_workbook(path)


def cells(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row] if cell.value is not None]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(name).decode()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return written(tmp_path_factory.mktemp("blank") / "blank.xlsx")


def test_values_keep_their_types(target: Path) -> None:
    row: dict[str, Value] = {
        "name": "王小明",
        "identity_number": "379901198001010013",
        "birth_date": date(1980, 1, 1),
        "joined_on": MonthOnly(1998, 7),
        "mobile": "15400000000",
        "tags": ("生活困难", "口袋"),
        "remark": None,
    }
    sheet = written(target, member_roster=[row])["党员名册"]
    found = {sheet.cell(HEADER_ROW, cell.column).value: cell for cell in sheet[FIRST_ROW] if cell.value is not None}
    assert {title: cell.value for title, cell in found.items()} == {
        "姓名": "王小明",
        "公民身份号码": "379901198001010013",
        "出生日期": datetime(1980, 1, 1),
        "加入党组织日期": "1998-07",
        "手机号": "15400000000",
        "标签": "生活困难、口袋",
    }
    assert found["公民身份号码"].number_format == "@"
    assert found["出生日期"].number_format == "yyyy-mm-dd"


def test_what_could_not_be_read_stays_as_typed(target: Path) -> None:
    typed: list[Value] = [3.7990119800101e17, date(1899, 12, 31), float("nan"), True, 12, 43831.5, "2026.13.45"]
    sheet = written(target, member_roster=[{"birth_date": value} for value in typed])["党员名册"]
    found = [row[0] for row in sheet.iter_rows(min_row=FIRST_ROW, min_col=5, max_col=5)]
    assert [cell.value for cell in found] == [3.7990119800101e17, "1899-12-31", "nan", "是", 12, 43831.5, "2026.13.45"]
    assert not any(cell.is_date for cell in found)


def test_text_is_never_a_formula_link_or_number(target: Path) -> None:
    sheet = written(target, member_roster=[{"remark": text, "mobile": text} for text in NASTY])["党员名册"]
    assert [cells(sheet, row) for row in range(FIRST_ROW, FIRST_ROW + len(NASTY))] == [[text, text] for text in NASTY]
    filled = [cell for row in sheet.iter_rows(min_row=FIRST_ROW) for cell in row if cell.value is not None]
    assert all(cell.data_type in ("s", "inlineStr") and cell.hyperlink is None for cell in filled)


@given(st.dates(date(1900, 3, 1), date(2200, 1, 1)))
def test_dates_get_the_number_spreadsheets_use(day: date) -> None:
    assert serial(day) == to_excel(day)


def test_the_first_two_months_of_1900_know_no_29_february() -> None:
    assert [serial(day) for day in (date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1))] == [1, 59, 61]
    assert serial(datetime(2026, 3, 31, 12)) == to_excel(datetime(2026, 3, 31, 12))


@pytest.mark.parametrize(
    ("text", "xml"),
    [
        ("甲", "<t>甲</t>"),
        (" 甲", '<t xml:space="preserve"> 甲</t>'),
        ("a<b>&", '<t xml:space="preserve">a&lt;b&gt;&amp;</t>'),
        ("a\x01\r\n", '<t xml:space="preserve">a_x0001__x000D_\n</t>'),
        ("_x0041_", '<t xml:space="preserve">_x005F_x0041_</t>'),
    ],
)
def test_text_is_escaped_as_spreadsheets_expect(text: str, xml: str) -> None:
    assert text_element(text) == xml


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_can_be_filled(target: Path, kind: BookKind) -> None:
    rows = filled_rows(kind)
    book = written(target, kind, **rows)
    for plan in (*table_sheets(kind), *result_sheets(kind)):
        sheet = book[plan.title]
        assert cells(sheet, HEADER_ROW) == [column.title for column in plan.columns]
        assert len(cells(sheet, FIRST_ROW)) == len(cells(sheet, FIRST_ROW + 1)) == len(plan.columns)
        assert sheet.max_column == len(plan.columns)
        assert sheet.max_row == FIRST_ROW + 2


def test_committee_rows_begin_with_where_they_come_from(target: Path) -> None:
    row: dict[str, Value] = {"source_organisation": "011", "source_file": "甲.xlsx", "source_row": 4, "name": "王小明"}
    sheet = written(target, "committee", member_roster=[row])["党员名册"]
    assert cells(sheet, HEADER_ROW)[:4] == ["来源党组织代码", "来源文件", "来源行", "姓名"]
    assert cells(sheet, FIRST_ROW) == ["011", "甲.xlsx", 4, "王小明"]


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    for path in (one, two):
        write_workbook(path, "committee", cover={"as_of": date(2026, 3, 31)}, rows=filled_rows("committee"))
    assert one.read_bytes() == two.read_bytes()


def test_cover_and_policy_values_stand_in_their_cells(target: Path) -> None:
    write_workbook(
        target,
        "branch",
        cover={"organisation_code": "011100126220", "as_of": date(2026, 3, 31), "members_last_year": 36},
        policy_overrides={"lost.months": "5"},
    )
    book = openpyxl.load_workbook(target)
    cover = {row[0].value: row[1].value for row in book["封面"].iter_rows(min_row=FIRST_ROW) if row[0].value}
    assert cover["党组织代码"] == "011100126220"
    assert cover["基准日"] == datetime(2026, 3, 31)
    assert cover["上年底党员总数"] == 36
    assert cover["政策方案"] == "current_2024"
    policy = {row[0].value: row[2].value for row in book["政策参数"].iter_rows(min_row=FIRST_ROW)}
    assert {key: value for key, value in policy.items() if value} == {"lost.months": "5"}


@pytest.mark.parametrize(
    "arguments",
    [
        {"cover": {"no_such_field": "x"}},
        {"cover": {}, "rows": {"no_such_register": []}},
        {"cover": {}, "rows": {"member_roster": [{"no_such_column": "x"}]}},
        {"cover": {}, "rows": {"organisation_directory": []}},
        {"cover": {}, "policy_overrides": {"no.such.key": "1"}},
    ],
)
def test_a_key_without_a_place_is_refused_and_nothing_is_written(target: Path, arguments: dict[str, object]) -> None:
    with pytest.raises(KeyError, match=r"no_such|no\.such|organisation_directory"):
        write_workbook(target, "branch", **arguments)  # type: ignore[arg-type]
    assert list(target.parent.iterdir()) == []


def test_text_longer_than_a_cell_is_refused_with_its_place(target: Path) -> None:
    with pytest.raises(CannotUse, match=r"“党员名册”A5 的文字有 32768 字"):
        write_workbook(target, "branch", cover={}, rows={"member_roster": [{}, {"name": "长" * 32_768}]})


def test_long_text_gets_a_row_high_enough(target: Path) -> None:
    sheet = written(target, contact_log=[{"content": "短"}, {"content": "谈话" * 40}])["联系记录"]
    assert sheet.row_dimensions[FIRST_ROW].height is None
    assert sheet.row_dimensions[FIRST_ROW + 1].height > 40


def test_the_clerk_can_still_work_under_the_protection(target: Path) -> None:
    sheet = written(target, member_roster=[{"name": "王小明"}])["党员名册"]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    allowed = ("sort", "autoFilter", "formatColumns", "formatCells", "insertRows", "deleteRows", "insertColumns")
    assert [getattr(sheet.protection, name) for name in allowed] == [False] * len(allowed)
    assert not sheet.cell(FIRST_ROW, 1).protection.locked
    assert sheet.cell(HEADER_ROW, 1).protection.locked
    assert 'min="36" max="16384"' in part(target, "xl/worksheets/sheet2.xml")


def test_titles_stay_in_view_and_on_every_printed_page(blank: openpyxl.Workbook) -> None:
    assert blank["党员名册"].freeze_panes == "C4"
    assert blank["联系记录"].freeze_panes == "D4"
    for name in (plan.title for plan in table_sheets("branch")):
        sheet = blank[name]
        assert sheet.print_title_rows == "$1:$3"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.page_setup.fitToWidth in (None, 1)
        last = column_letter(sheet.max_column)
        assert sheet.auto_filter.ref == f"A3:{last}5000"
        assert "第 &P 页　共 &N 页" in sheet.oddFooter.right.text


def test_coded_columns_offer_exactly_their_words(blank: openpyxl.Workbook) -> None:
    sheet = blank["党员名册"]
    offers = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    titles = {cell.value: f"{cell.column_letter}{FIRST_ROW}" for cell in sheet[HEADER_ROW]}
    ethnicity, tags = offers[titles["民族"]], offers[titles["标签"]]
    assert (ethnicity.type, ethnicity.showErrorMessage) == ("list", True)
    assert (tags.type, tags.showErrorMessage) == ("list", False)
    for column in (column for column in registers()["member_roster"].columns if column.codes):
        rule = offers[titles[column.title]]
        place = blank.defined_names[rule.formula1.removeprefix("=")].attr_text.split("!")[1].replace("$", "")
        words = [row[0].value for row in blank["代码表"][place]]
        assert tuple(words) == code_lists()[column.codes].words


def test_overdue_and_lost_rows_are_marked_by_the_cover_date(blank: openpyxl.Workbook) -> None:
    rules = {
        name: [rule.formula[0] for ranges in blank[name].conditional_formatting for rule in ranges.rules]
        for name in ("党员名册", "失联档案")
    }
    assert any(formula.endswith('="是"') for formula in rules["党员名册"])
    assert any("基准日" in formula for formula in rules["失联档案"])
    assert blank.defined_names["基准日"].attr_text == "'封面'!$B$11"
    assert blank["封面"]["A11"].value == "基准日"
