"""Reading real workbooks: columns by title wherever they stand, values cleaned, one sentence if not."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.loading import load_book
from addin.problem import CannotUse
from tests.drawing import draw, person
from tests.workbook_editing import blank, edited, rename_title, reorder_columns, write_drawn
from validators.check import check
from validators.facts import person_facts
from validators.policy import load_policy
from validators.rule import Case
from validators.table import Book, MonthOnly

AS_OF = date(2026, 11, 24)

DRAWN = draw(
    member_roster=(
        "姓名|公民身份号码|手机号|最近参加组织生活日期|最近交纳党费日期|党费交至年月|标签\n"
        f"张三|{person('张三')}|15400000001|2026-03-31|2026-02-28|2026-02|生活困难;重点\n"
        f"阿依·古丽|{person('阿依·古丽')}|15400000002|2026-10-01|2026-10-01|2026-10|"
    ),
    outflow="姓名|外出日期|外出报告日期\n张三|2025-08-31|2025-08-01",
    contact_log="姓名|联系日期\n张三|2026-03-31\n张三|2026-05-02",
)


@pytest.fixture(scope="module")
def clean_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_drawn(tmp_path_factory.mktemp("clean") / "支部台账.xlsx", DRAWN)


def content(book: Book) -> dict[str, list[dict[str, object]]]:
    return {key: [dict(row.values) for row in table] for key, table in book.tables.items() if key != "cover"}


def all_facts(book: Book) -> list[dict[str, object]]:
    shown = []
    for one in person_facts(book, load_policy(), AS_OF):
        values = {entry.name: getattr(one, entry.name) for entry in fields(one) if "title" in entry.metadata}
        shown.append({"name": one.name, **values})
    return shown


def test_a_written_workbook_reads_back_as_it_was(clean_file: Path) -> None:
    book = load_book(clean_file)
    assert content(book) == content(DRAWN)
    assert book.kind == "branch" and book.cover.text("organisation_name") == "示例支部"
    assert book.remarks == () and book.cleanings == ()


def test_every_row_knows_its_place(clean_file: Path) -> None:
    second = load_book(clean_file)["contact_log"].rows[1]
    assert (second.origin.file, second.origin.sheet, second.origin.row) == ("支部台账.xlsx", "联系记录", 5)
    assert load_book(clean_file)["contact_log"].place(second, "contacted_on") == (5, "A")


def messy(workbook: Any) -> None:
    """As it comes back from a busy desk: columns moved and renamed, dates typed, digits full-width."""
    reorder_columns("流出党员")(workbook)
    reorder_columns("联系记录")(workbook)
    for sheet, old, new in (
        ("党员名册", "公民身份号码", "身份证号码"),
        ("党员名册", "加入党组织日期", "入党时间"),
        ("党员名册", "性别", "性別"),
        ("党员名册", "民族", " 民 族*"),
        ("党员名册", "最近参加组织生活日期", "最近參加組織生活日期"),
        ("流出党员", "外出日期", "外出时间"),
        ("联系记录", "联系日期", "聯繫日期（必填）"),
    ):
        rename_title(sheet, old, new)(workbook)
    roster = workbook["党员名册"]
    titles = {cell.value: cell.column for cell in roster[3]}
    roster.cell(4, titles["身份证号码"]).value = "".join(chr(ord(c) + 0xFEE0) for c in person("张三"))
    roster.cell(4, titles["最近參加組織生活日期"]).value = "2026年3月31日"
    roster.cell(4, titles["最近交纳党费日期"]).value = "2026.2.28"
    roster.cell(5, titles["最近交纳党费日期"]).value = 20261001
    roster.cell(5, titles["姓名"]).value = "　阿依•古丽 "
    roster.cell(4, titles["人员类别"]).value = "正式"
    roster.cell(4, titles["手机号"]).value = "154-0000-0001"
    roster.insert_rows(5)


def test_a_messy_workbook_gives_the_same_facts_as_the_clean_one(clean_file: Path, tmp_path: Path) -> None:
    book = load_book(edited(clean_file, tmp_path / "乱.xlsx", messy))
    assert content(book) == content(DRAWN)
    assert all_facts(book) == all_facts(DRAWN)


def test_what_was_cleaned_is_told_with_its_cell(clean_file: Path, tmp_path: Path) -> None:
    book = load_book(edited(clean_file, tmp_path / "乱.xlsx", messy))
    told = {f"{one.sheet}!{one.column}{one.row}": (one.before, one.after) for one in book.cleanings}
    assert told["党员名册!G4"] == ("正式", "正式党员")
    assert told["党员名册!A6"] == ("　阿依•古丽 ", "阿依·古丽")
    assert ("2026年3月31日", "2026-03-31") in told.values()


def test_an_unknown_day_stays_unknown_and_a_lost_digit_stays_a_number(clean_file: Path, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["党员名册"]["H4"].value = "1998.7"
        workbook["党员名册"]["B5"].value = 3.79901198001011e17

    rows = load_book(edited(clean_file, tmp_path / "x.xlsx", change))["member_roster"].rows
    assert rows[0]["joined_on"] == MonthOnly(1998, 7)
    assert isinstance(rows[1]["identity_number"], float)


def test_an_own_column_is_kept_and_reported_as_information(clean_file: Path, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["党员名册"]["AK3"].value = "血型"
        workbook["党员名册"]["AK4"].value = "A"

    book = load_book(edited(clean_file, tmp_path / "x.xlsx", change))
    assert book["member_roster"].rows[0].extra == {"血型": "A"}
    assert [(one.rule, one.level, one.column, one.title) for one in book.remarks] == [
        ("R-READ-COLUMN", "I", "AK", "血型")
    ]


def test_a_column_about_religion_is_dropped_unread(clean_file: Path, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        workbook["党员名册"]["AK3"].value = "是否信教"
        workbook["党员名册"]["AK4"].value = "某值"

    book = load_book(edited(clean_file, tmp_path / "x.xlsx", change))
    assert [(one.rule, one.level, one.column, one.title) for one in book.remarks] == [
        ("R-EXCL-RELIGION", "W", "AK", "")
    ]
    assert "某值" not in repr(book) and "信教" not in repr(book)


def test_a_misspelt_optional_column_is_a_doubt_with_a_guess(clean_file: Path, tmp_path: Path) -> None:
    book = load_book(edited(clean_file, tmp_path / "x.xlsx", rename_title("流出党员", "外出报告日期", "外出报告日")))
    (remark,) = book.remarks
    assert remark.level == "W" and "您是否指“外出报告日期”" in remark.message


def test_two_columns_of_one_title_are_an_error(clean_file: Path, tmp_path: Path) -> None:
    book = load_book(edited(clean_file, tmp_path / "x.xlsx", rename_title("党员名册", "备注", "姓名")))
    assert [(one.level, one.title) for one in book.remarks if one.level == "E"] == [("E", "姓名")]


def formula(workbook: Any) -> None:
    workbook["党员名册"]["O4"].value = "=1+1"


def error_value(workbook: Any) -> None:
    workbook["党员名册"]["O4"].value = "#N/A"
    workbook["党员名册"]["O4"].data_type = "e"


@pytest.mark.parametrize("change", [formula, error_value])
def test_a_cell_without_value_is_an_error_at_its_cell(
    change: Callable[[Any], None], clean_file: Path, tmp_path: Path
) -> None:
    book = load_book(edited(clean_file, tmp_path / "x.xlsx", change))
    assert [(one.rule, one.level, one.sheet, f"{one.column}{one.row}") for one in book.remarks] == [
        ("R-READ-CELL", "E", "党员名册", "O4")
    ]


def drop_sheet(name: str) -> Callable[[Any], None]:
    return lambda workbook: workbook.remove(workbook[name])


def rename_sheet(name: str, new: str) -> Callable[[Any], None]:
    return lambda workbook: setattr(workbook[name], "title", new)


def newer(workbook: Any) -> None:
    next(row[1] for row in workbook["封面"].iter_rows() if row[0].value == "模板版本").value = "9.0"


UNUSABLE = [
    ("renamed column", rename_title("联系记录", "联系日期", "联系日子"), "您是否指“联系日期”"),
    ("missing column", rename_title("联系记录", "联系日期", "颜色"), "缺少必填列“联系日期”"),
    ("missing sheet", drop_sheet("联系记录"), "缺少工作表“联系记录”"),
    ("renamed sheet", rename_sheet("联系记录", "联系纪录表"), "“联系纪录表”您是否指“联系记录”"),
    ("no roster", drop_sheet("党员名册"), "不是支部台账或党委汇总"),
    ("no cover", drop_sheet("封面"), "没有“封面”工作表"),
    ("no titles", lambda workbook: workbook["联系记录"].delete_rows(1, 3), "看不到列标题"),
    ("newer template", newer, "比本工具支持的"),
    ("no code on the cover", lambda workbook: setattr(workbook["封面"]["A5"], "value", "颜色"), "党组织代码"),
]


@pytest.mark.parametrize(("change", "said"), [(c, s) for _, c, s in UNUSABLE], ids=[name for name, _, _ in UNUSABLE])
def test_an_unusable_workbook_is_told_in_one_sentence(
    change: Callable[[Any], None], said: str, clean_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(CannotUse) as told:
        load_book(edited(clean_file, tmp_path / "某支部.xlsx", change))
    assert said in str(told.value)
    assert "“某支部.xlsx”" in str(told.value) and "\n" not in str(told.value)


def test_the_event_log_may_be_missing(clean_file: Path, tmp_path: Path) -> None:
    book = load_book(edited(clean_file, tmp_path / "x.xlsx", drop_sheet("组织生活党费")))
    assert book["life_dues_log"].rows == ()


def test_an_empty_workbook_is_told(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.save(tmp_path / "空.xlsx")
    with pytest.raises(CannotUse, match="是空的工作簿"):
        load_book(tmp_path / "空.xlsx")


def test_an_old_template_is_a_doubt(tmp_path: Path) -> None:
    def older(workbook: Any) -> None:
        next(row[1] for row in workbook["封面"].iter_rows() if row[0].value == "模板版本").value = "0.9"

    book = load_book(edited(blank(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", older))
    assert [(one.rule, one.level) for one in book.remarks] == [("R-READ-VERSION", "W")]


def test_a_committee_workbook_is_known_by_its_sheets(tmp_path: Path) -> None:
    book = load_book(blank(tmp_path / "汇总.xlsx", "committee"))
    assert book.kind == "committee" and "organisation_directory" in book.tables


def test_own_policy_values_are_read(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        page = workbook["政策参数"]
        own = next(cell.column for cell in page[3] if cell.value == "本单位取值")
        row = next(cell.row for cell in page["A"] if cell.value == "contact.remind_days")
        page.cell(row, own).value = 20

    book = load_book(edited(blank(tmp_path / "a.xlsx"), tmp_path / "b.xlsx", change))
    assert book.policy_overrides == {"contact.remind_days": "20"}


def test_a_hidden_sheet_is_read_and_told(clean_file: Path, tmp_path: Path) -> None:
    def hide(workbook: Any) -> None:
        workbook["联系记录"].sheet_state = "hidden"

    book = load_book(edited(clean_file, tmp_path / "x.xlsx", hide))
    assert len(book["contact_log"].rows) == 2
    assert [(one.rule, one.level, one.sheet) for one in book.remarks] == [("R-READ-SHEET", "I", "联系记录")]


def test_a_code_stored_as_a_number_is_told_since_its_leading_zero_is_gone(clean_file: Path, tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        page = workbook["流出党员"]
        column = next(cell.column for cell in page[3] if cell.value == "流入地党组织代码")
        page.cell(4, column).value = 37990100002

    book = load_book(edited(clean_file, tmp_path / "x.xlsx", change))
    findings = check(Case(book, load_policy(), AS_OF))
    assert [(one.rule, one.level) for one in findings if one.title == "流入地党组织代码"] == [("R-FLD-ORG", "E")]
