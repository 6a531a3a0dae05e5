"""`taizhang facts`, `due` and `lost` on a real workbook: what is printed, and the JSON other programs read."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.cli import main
from addin.due_sheet import days_words, due_rows
from addin.lost_sheet import lost_rows
from addin.organisations import organisation_names
from addin.text_width import columns_of, table_lines, wrapped
from addin.weekly_load import NOBODY, weekly_load
from tests.drawing import draw, person
from tests.small_branch import AS_OF, small_branch, small_branch_file
from tests.workbook_editing import write_drawn
from validators.dates import iso_week
from validators.due import due_items
from validators.facts import fact_titles, person_facts
from validators.lost import lost_lists
from validators.policy import load_policy
from validators.registers import registers
from validators.words import LostListName

POLICY = load_policy("current_2024", {})


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_branch_file(tmp_path_factory.mktemp("branch"))


def answer(command: str, workbook: Path, folder: Path, *words: str) -> Any:
    out = folder / "结果.json"
    assert main([command, str(workbook), "--json", str(out), *words]) == 0
    return json.loads(out.read_text(encoding="utf-8"))


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(list(words)) == 0
    return capsys.readouterr().out


# --- facts ----------------------------------------------------------------------------------------------------------


def test_facts_json_names_every_derived_value_and_the_rows_it_rests_on(workbook: Path, tmp_path: Path) -> None:
    data = answer("facts", workbook, tmp_path)
    assert (data["schema"], data["as_of"], data["profile"]) == (1, "2026-11-24", "current_2024")
    assert len(data["persons"]) == 11
    lost = next(one for one in data["persons"] if one["name"] == "王失联")
    assert set(fact_titles().values()) < set(lost)
    assert (lost["sheet"], lost["row"], lost["主状态"]) == ("党员名册", 7, "失联")
    assert (lost["联系失联起算日"], lost["满失联日"]) == ("2026-02-28", "2026-08-28")
    assert (lost["表列失去联系起算日"], lost["失去联系月数"]) == ("2025-12-31", 10)
    assert lost["下次应联系截止日"] is None
    assert lost["basis"]["满失联日"] == [
        {"sheet": "联系记录", "row": 5, "text": "最近联系 2026-02-28 + 6个月 = 2026-08-28 ≤ 基准日 2026-11-24"}
    ]


def test_the_as_of_date_of_the_command_line_wins_over_the_cover(workbook: Path, tmp_path: Path) -> None:
    data = answer("facts", workbook, tmp_path, "--as-of", "2026-08-27")
    assert data["as_of"] == "2026-08-27"
    states = {one["name"]: one["主状态"] for one in data["persons"]}
    assert states["王失联"] == "流动党员"


def test_one_member_with_every_basis(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "facts", str(workbook), "--name", "张外出")
    assert "外出满六个月日      2026-07-31" in text
    assert "依据 流出党员 第4行：外出 2026-01-31 + 6个月 = 2026-07-31" in text
    assert "王失联" not in text


def test_a_name_nobody_has_is_one_sentence(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", str(workbook), "--name", "查无此人"]) == 2
    told = capsys.readouterr()
    assert "查无此人" in told.err
    assert told.out == ""


# --- due ------------------------------------------------------------------------------------------------------------


def test_due_json_has_exactly_what_the_contract_says(workbook: Path, tmp_path: Path) -> None:
    data = answer("due", workbook, tmp_path)
    keys = {"kind", "rule", "name", "id", "sheet", "row", "contact_person", "due", "status", "days", "text"}
    assert all(set(item) == keys | {"organisation"} for item in data["items"])
    first = next(item for item in data["items"] if item["contact_person"] == "沈知秋")
    assert (first["kind"], first["status"], first["due"], first["days"]) == ("季度联系", "overdue", "2026-09-30", -55)
    assert (first["sheet"], first["row"], first["name"]) == ("流出党员", 4, "张外出")
    assert {item["status"] for item in data["items"]} == {"overdue", "due", "coming"}


def test_days_zero_lists_what_is_late_only(workbook: Path, tmp_path: Path) -> None:
    assert {item["status"] for item in answer("due", workbook, tmp_path, "--days", "0")["items"]} == {"overdue"}
    week = answer("due", workbook, tmp_path, "--days", "7")["items"]
    assert max(item["days"] for item in week) == 6


@pytest.mark.parametrize("typed", ["-1", "1.5", "many", "99999"])
def test_days_that_make_no_sense_are_wrong_usage(
    workbook: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", str(workbook), f"--days={typed}"]) == 3
    assert "天数" in capsys.readouterr().err


def test_due_is_printed_by_contact_person_with_the_load_of_the_weeks(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, "due", str(workbook))
    assert "今后90天内：逾期 12 件，到期 1 件，将到期 10 件。" in text
    blocks = re.findall(r"【(.+?)】", text)
    assert blocks == [*sorted(blocks[:-1]), NOBODY]
    assert "【沈知秋】逾期 1 件，到期 0 件，将到期 2 件\n  工作量：本周 1 件，12-28起一周 2 件\n" in text


def test_what_is_late_weighs_on_the_running_week() -> None:
    book = small_branch()
    items = due_items(book, person_facts(book, POLICY, AS_OF), POLICY, AS_OF, 90)
    load = weekly_load(items, AS_OF)
    assert sum(sum(weeks.values()) for weeks in load.values()) == len(items)
    assert load["沈知秋"] == {iso_week(AS_OF): 1, iso_week(date(2026, 12, 31)): 2}
    assert min(week for weeks in load.values() for week in weeks) == iso_week(AS_OF)


# --- lost -----------------------------------------------------------------------------------------------------------


def test_somebody_of_the_small_branch_is_on_every_list(workbook: Path, tmp_path: Path) -> None:
    lists = answer("lost", workbook, tmp_path)["lists"]
    assert list(lists) == [word for key, word in vars(LostListName).items() if key.isupper()]
    assert {name: [one["name"] for one in people] for name, people in lists.items()} == {
        "失控名单": ["李失控"],
        "季度未联系名单": ["张外出"],
        "疑似失联": ["郑改正"],
        "失联总名单": ["王失联", "孙难找"],
        "经查找取得联系": ["赵找到"],
        "经查找仍无法取得联系": ["孙难找"],
        "超期未收回执名单": ["周转出"],
        "停止党籍满2年名单": ["吴停籍"],
        "限期改正到期名单": ["郑改正"],
        "预备期满未议名单": ["冯预备"],
    }


def test_lost_is_printed_with_arithmetic_and_never_as_a_decision(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, "lost", str(workbook))
    assert "不是认定结果" in text
    assert "最近联系 2026-02-28 + 6个月 = 2026-08-28 ≤ 基准日 2026-11-24" in text
    assert "【失控名单】1 人" in text
    quiet = printed(capsys, "lost", str(workbook), "--as-of", "2023-01-15")
    assert "【失控名单】无" in quiet


# --- numbers stay in the branch -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["facts", "due", "lost"])
def test_identity_numbers_are_masked_unless_asked_for(
    command: str, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = re.compile(r"\d{17}[\dX]")
    assert not whole.search(printed(capsys, command, str(workbook)))
    masked = json.dumps(answer(command, workbook, tmp_path), ensure_ascii=False)
    assert not whole.search(masked)
    assert "********" in masked
    full = json.dumps(answer(command, workbook, tmp_path, "--full-ids"), ensure_ascii=False)
    assert person("郑改正") in full


# --- sheets ---------------------------------------------------------------------------------------------------------


def test_sheet_rows_fill_the_columns_of_their_registers() -> None:
    book = small_branch()
    facts = person_facts(book, POLICY, AS_OF)
    names = organisation_names(book)
    due = due_rows(due_items(book, facts, POLICY, AS_OF, 90), names)
    lost = lost_rows(lost_lists(book, facts, POLICY, AS_OF), names)
    for key, rows in (("due_list", due), ("lost_list", lost)):
        columns = {column.key for column in registers()[key].columns}
        assert all(set(row) <= columns for row in rows)
        filled = {name for row in rows for name, value in row.items() if value is not None}
        assert filled == columns
    assert [row["number"] for row in due] == list(range(1, len(due) + 1))
    assert due[-1]["contact_person"] == NOBODY
    assert [row["number"] for row in lost if row["list"] == "失联总名单"] == [1, 2]
    assert {row["organisation"] for row in (*due, *lost)} == {"示例支部"}


def test_a_merged_workbook_says_whose_member_it_is(tmp_path: Path) -> None:
    directory = "党组织代码 | 党组织名称 \n 037990100002 | 东村支部 \n 037990100003 | 西村支部"
    away = "姓名 | 外出日期 | 来源党组织代码 \n 张三 | 2025-01-10 | 037990100002 \n 李四 | 2025-01-10 | 037990100003"
    roster = "姓名 | 来源党组织代码 \n 张三 | 037990100002 \n 李四 | 037990100003"
    book = draw("committee", member_roster=roster, outflow=away, organisation_directory=directory)
    file = write_drawn(tmp_path / "党委汇总.xlsx", book)
    data = answer("due", file, tmp_path, "--days", "0", "--full-ids")
    late = {(item["organisation"], item["id"]) for item in data["items"] if item["kind"] == "季度联系"}
    assert late == {("037990100002", person("张三")), ("037990100003", person("李四"))}
    names = organisation_names(book)
    assert (names["037990100002"], names["037990100003"]) == ("东村支部", "西村支部")


# --- text -----------------------------------------------------------------------------------------------------------


@given(st.text(alphabet="党员ab /，。\n", max_size=60), st.integers(4, 30))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width).split("\n")
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(columns_of(line.rstrip("，。")) <= width for line in lines)


def test_wrapped_lines_read_well() -> None:
    assert wrapped("已写入：/home/li/党委 汇总.xlsx。", 20) == "已写入：/home/li/党\n委 汇总.xlsx。"
    assert wrapped("甲乙丙丁。\n\n戊", 8) == "甲乙丙丁。\n\n戊"
    assert wrapped("x" * 7, 3) == "xxx\nxxx\nx"


def test_columns_of_chinese_text_are_aligned() -> None:
    lines = list(table_lines(("姓名", "证号", "说明"), [("欧阳娜娜", "12", "甲"), ("王五", "3456", "乙乙")]))
    starts = {columns_of(line[: line.index(last)]) for line, last in zip(lines, ("说明", "甲", "乙乙"), strict=True)}
    assert len(starts) == 1


@pytest.mark.parametrize(("days", "words"), [(-55, "逾期55天"), (-1, "逾期1天"), (0, "今天"), (1, "还有1天")])
def test_days_in_words(days: int, words: str) -> None:
    assert days_words(days) == words


@pytest.mark.parametrize(("command", "title", "rows"), [("due", "逾期与到期", 23), ("lost", "失联名单", 11)])
def test_write_adds_the_sheet_with_links_and_undo_takes_it_back(
    command: str, title: str, rows: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = small_branch_file(tmp_path)
    before = file.read_bytes()
    assert f"“{title}”表（{rows}行）" in printed(capsys, command, str(file), "--write")
    sheet = openpyxl.load_workbook(file)[title]
    titles = [cell.value for cell in sheet[3]]
    assert titles == [column.title for column in registers()[f"{command}_list"].columns]
    written = [row for row in sheet.iter_rows(min_row=4) if row[0].value is not None]
    assert len(written) == rows
    place = titles.index("单元格")
    for row in written:
        assert row[place].hyperlink.location == f"'{row[place - 1].value}'!{row[place].value}"
    assert main(["undo", str(file)]) == 0
    assert file.read_bytes() == before


def test_a_second_write_replaces_the_sheet_and_both_are_logged(tmp_path: Path) -> None:
    file = small_branch_file(tmp_path)
    assert main(["due", str(file), "--write"]) == 0
    assert main(["due", str(file), "--write", "--days", "0"]) == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames.count("逾期与到期") == 1
    states = {cell.value for cell in book["逾期与到期"]["F"][3:]}
    assert states == {"逾期"}
    log = [[cell.value for cell in row[1:4]] for row in book["操作记录"].iter_rows(min_row=4, max_row=5)]
    assert log == [
        ["逾期与到期", "基准日 2026-11-24：逾期 12 件，到期 1 件，将到期 10 件", 23],
        ["逾期与到期", "基准日 2026-11-24：逾期 12 件，到期 0 件，将到期 0 件", 12],
    ]
