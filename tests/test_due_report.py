"""`taizhang due -o` and `taizhang contact`: call sheet, calendars, load, forecast; typed results come back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.actions.due import reporting_day
from addin.call_sheet import call_rows
from addin.cli import main
from addin.desk import Desk
from addin.due_calendar import MOST_LINES, month_pages
from addin.load_table import MOST_PEOPLE, OTHERS, load_table
from addin.loading import load_book
from tests.drawing import draw, person
from tests.ooxml_validator import validate
from tests.small_branch import AS_OF, small_branch, small_branch_file
from tests.workbook_editing import edited, write_drawn
from validators.due import DueItem, due_items
from validators.facts import person_facts
from validators.forecast import forecast
from validators.people import PersonKey
from validators.policy import load_policy

POLICY = load_policy("current_2024", {})
AWAY = "姓名 | 外出日期 | 外出报告日期 | 支部联系人 | away_phone | 应急联系人 | 应急联系人电话"
TWO_AWAY = f"""{AWAY}
张三 | 2026-02-10 | 2026-02-01 | 沈知秋 | 15412345678 | 张父 | 15412345670
李四 | 2026-02-10 | 2026-02-01 | 韩守信 | 15412345679 | |"""


def item(person_name: str, due: date, name: str = "张三") -> DueItem:
    days = (due - AS_OF).days
    key = PersonKey("037990100001", person(name))
    return DueItem("季度联系", "R", key, name, "", "流出党员", 4, person_name, due, "coming", days, "")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's calendar shows the as-of date, whenever the tests run."""
    monkeypatch.setattr(Desk, "today", lambda self: AS_OF)


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    return write_drawn(tmp_path / "示例支部.xlsx", draw(outflow=TWO_AWAY))


@pytest.fixture
def report(branch: Path, tmp_path: Path) -> Path:
    assert main(["due", str(branch), "-o", str(tmp_path / "打印")]) == 0
    return tmp_path / "打印" / "示例支部_通话与期限_2026-11-24.xlsx"


def fill(**typed: str | date) -> Callable[[Any], None]:
    """Type into the row of a member: ``fill(张三="联系日期=2026-11-23;…")``."""

    def change(workbook: Any) -> None:
        sheet = workbook["通话登记单"]
        columns = {cell.value: cell.column for cell in sheet[3]}
        for row in range(4, sheet.max_row + 1):
            name = sheet.cell(row, columns["姓名"]).value
            for pair in str(typed.get(name, "")).split(";") if name in typed else ():
                title, value = pair.split("=")
                shown: Any = date.fromisoformat(value) if title == "联系日期" and value[:4].isdigit() else value
                sheet.cell(row, columns[title]).value = shown

    return change


CALLED = "联系日期=2026-11-23;联系方式=电话;本人应答=是;谈话内容=工作稳定"

# --- the printable workbook -----------------------------------------------------------------------------------------


def test_the_report_has_its_sheets_and_prints_each_month_on_one_page(report: Path) -> None:
    book = openpyxl.load_workbook(report)
    assert book.sheetnames == [
        *("封面", "通话登记单", "逾期与到期", "日历 2026-11", "日历 2026-12", "日历 2027-01", "日历 2027-02"),
        *("工作量", "到期预测", "代码表"),
    ]
    for month in book.sheetnames[3:7]:
        setup, properties = book[month].page_setup, book[month].sheet_properties
        assert (setup.orientation, properties.pageSetUpPr.fitToPage) == ("landscape", True)
        assert (setup.fitToWidth or 1, 1 if setup.fitToHeight is None else setup.fitToHeight) == (1, 1)
    assert len(book["工作量"]._charts) == 1


@pytest.mark.ooxml
def test_the_report_is_valid_open_xml(report: Path) -> None:
    assert validate([report]) == []


def test_the_call_sheet_has_phones_and_blank_boxes(report: Path) -> None:
    sheet = openpyxl.load_workbook(report)["通话登记单"]
    titles = [cell.value for cell in sheet[3]]
    rows = [
        dict(zip(titles, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=4, max_row=5)
    ]
    assert [(row["支部联系人"], row["姓名"], row["电话"], row["应急联系人"]) for row in rows] == [
        ("沈知秋", "张三", "15412345678", "张父 15412345670"),
        ("韩守信", "李四", "15412345679", None),
    ]
    assert all(row["公民身份号码"].count("*") == 8 for row in rows)
    assert {row[box] for row in rows for box in ("联系日期", "联系方式", "本人应答", "谈话内容")} == {None}
    assert sheet.page_setup.paperSize == 9


def test_a_member_with_two_reasons_is_called_once() -> None:
    book = small_branch()
    everyone = person_facts(book, POLICY, AS_OF)
    rows = call_rows(due_items(book, everyone, POLICY, AS_OF, 90), everyone)
    names = [row["name"] for row in rows]
    assert names == ["赵找到", "张外出", "李失控", "陈出国"]
    away = next(row for row in rows if row["name"] == "张外出")
    assert away["due_on"] == date(2026, 9, 30)
    assert away["text"] == "2026年第3季度（至2026-09-30）没有联系"


def test_a_filled_call_sheet_is_never_overwritten(branch: Path, report: Path) -> None:
    before = report.read_bytes()
    assert main(["due", str(branch), "-o", str(report.parent)]) == 0
    assert report.read_bytes() == before
    assert (report.parent / "示例支部_通话与期限_2026-11-24_2.xlsx").exists()


def test_the_calendar_shows_every_day_once_and_says_how_many_more() -> None:
    items = [item("沈知秋", date(2026, 11, 30)) for _ in range(MOST_LINES + 3)] + [item("沈知秋", date(2026, 11, 1))]
    (page,) = month_pages(items, AS_OF, date(2026, 11, 30))
    days = [day for week in page.weeks for day in week if day.inside]
    assert [day.day.day for day in days] == list(range(1, 31))
    assert page.weeks[0][0].day.weekday() == 0
    assert days[-1].lines[-1] == "…另有3件"
    assert days[0].lines == ()


def test_the_calendar_ends_with_the_month_of_the_last_day() -> None:
    assert [page.title for page in month_pages([], AS_OF, date(2027, 1, 1))] == [
        "2026年11月",
        "2026年12月",
        "2027年1月",
    ]


def test_the_load_has_no_gaps_and_adds_up_the_less_busy() -> None:
    names = [f"联系员{number}" for number in range(MOST_PEOPLE + 2)]
    items = [item(name, date(2026, 12, 20)) for name in names] + [item("联系员0", date(2026, 9, 30))]
    load = load_table(items, AS_OF)
    assert load.people[-1] == OTHERS
    assert len(load.people) == MOST_PEOPLE + 1
    assert [week for week, _ in load.weeks] == [
        date(2026, 11, 23),
        date(2026, 11, 30),
        date(2026, 12, 7),
        date(2026, 12, 14),
    ]
    assert sum(sum(counts) for _, counts in load.weeks) == len(items)
    assert load_table([], AS_OF).weeks == ()


# --- forecast -------------------------------------------------------------------------------------------------------


def test_the_forecast_says_what_will_be_so_and_from_which_day() -> None:
    roster = "姓名 | last_dues_on \n 张三 | 2026-06-10"
    changes = forecast(draw(member_roster=roster, outflow=TWO_AWAY), POLICY, AS_OF, date(2026, 12, 31))
    told = {(change.on, change.what, change.name) for change in changes}
    assert (date(2026, 12, 10), "将列入：失联总名单", "张三") in told
    assert any(change.what == "主状态：流动党员 → 失联" and change.on == date(2026, 12, 10) for change in changes)
    assert not any(change.what == "将逾期：季度联系" for change in changes)
    later = forecast(draw(outflow=TWO_AWAY), POLICY, AS_OF, date(2027, 1, 1))
    assert {(change.on, change.name) for change in later if change.what == "将逾期：季度联系"} == {
        (date(2027, 1, 1), "张三"),
        (date(2027, 1, 1), "李四"),
    }


def test_what_recurs_is_late_from_the_first_deadline_not_kept() -> None:
    drawn = draw(
        member_roster="姓名 | last_dues_on \n 张三 | 2026-02-10",
        lost_file="姓名 | 发现失联日期 | 上报日期 | 核查日期 \n 张三 | 2026-11-10 | 2026-11-10 | 2026-11-10",
        search_log="姓名 | 查找日期 \n 张三 | 2026-11-17",
    )
    (change,) = (c for c in forecast(drawn, POLICY, AS_OF, date(2026, 12, 31)) if c.rule == "R-SEARCH-WEEKLY")
    assert change.on == date(2026, 11, 30)
    assert "已连续5周" in change.text


def test_what_is_late_already_is_no_forecast() -> None:
    book = small_branch()
    changes = forecast(book, POLICY, AS_OF, date(2026, 11, 25))
    assert [change.what for change in changes] == []
    with pytest.raises(ValueError, match="not after"):
        forecast(book, POLICY, AS_OF, AS_OF)


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        (date(2026, 11, 24), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2027, 3, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
    ],
)
def test_the_reporting_day_is_the_end_of_the_quarter_still_to_come(as_of: date, day: date) -> None:
    assert reporting_day(as_of) == day


def test_a_forecast_into_the_past_is_wrong_usage(branch: Path, tmp_path: Path) -> None:
    assert main(["due", str(branch), "-o", str(tmp_path), "--until", "2026-11-24"]) == 3


# --- typed results come back ----------------------------------------------------------------------------------------


def test_typed_results_become_contacts_and_end_the_duty(
    branch: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = edited(report, tmp_path / "填好.xlsx", fill(张三=CALLED))
    assert main(["contact", str(branch), "--from", str(filled)]) == 0
    (row,) = load_book(branch)["contact_log"]
    assert (row["name"], row["identity_number"], row["contacted_on"]) == ("张三", person("张三"), date(2026, 11, 23))
    assert (row["initiator"], row["channel"], row["answered"], row["contact_person"]) == (
        "支部",
        "电话",
        "是",
        "沈知秋",
    )
    book = load_book(branch)
    facts = {one.name: one for one in person_facts(book, POLICY, AS_OF)}
    assert (facts["张三"].contacted_this_quarter, facts["李四"].contacted_this_quarter) == ("是", "否")
    capsys.readouterr()
    before = branch.read_bytes()
    assert main(["contact", str(branch), "--from", str(filled)]) == 0
    assert "1行以前记过" in capsys.readouterr().out
    assert branch.read_bytes() == before


def test_an_unfilled_sheet_changes_nothing(branch: Path, report: Path) -> None:
    before = branch.read_bytes()
    assert main(["contact", str(branch), "--from", str(report)]) == 0
    assert branch.read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (CALLED.replace("2026-11-23", "2199-01-01"), "晚于今天"),
        (CALLED.replace("2026-11-23", "下周一"), "看不懂"),
        (CALLED.replace("联系方式=电话", "联系方式=心灵感应"), "不在可选范围"),
        ("联系日期=2026-11-23", "“本人应答”没有填"),
        (CALLED + ";公民身份号码=379901********9999", "党员名册里没有“张三”"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_nothing_is_written(
    typed: str, told: str, branch: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = edited(report, tmp_path / "填好.xlsx", fill(张三=typed, 李四=CALLED))
    before = branch.read_bytes()
    assert main(["contact", str(branch), "--from", str(filled)]) == 2
    message = capsys.readouterr().err
    assert "第4行（张三）" in message
    assert told in message
    assert "第5行" not in message
    assert branch.read_bytes() == before


def test_a_workbook_without_call_sheet_is_one_sentence(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["contact", str(branch), "--from", str(branch)]) == 2
    assert "没有“通话登记单”这张表" in capsys.readouterr().err


def test_the_small_branch_makes_a_report_too(tmp_path: Path) -> None:
    assert main(["due", str(small_branch_file(tmp_path)), "-o", str(tmp_path / "打印"), "--until", "2027-03-31"]) == 0
    sheet = openpyxl.load_workbook(next((tmp_path / "打印").iterdir()))["到期预测"]
    assert "将列入：失联总名单" in {cell.value for cell in sheet["B"]}


def test_a_cell_that_cannot_be_read_is_told_and_nothing_is_entered(
    branch: Path, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = edited(report, tmp_path / "填好.xlsx", fill(张三=f"{CALLED};诉求与处理=#N/A"))
    before = branch.read_bytes()
    assert main(["contact", str(branch), "--from", str(filled)]) == 2
    said = capsys.readouterr().err
    assert "“通话登记单”" in said and "#N/A" in said and branch.read_bytes() == before
