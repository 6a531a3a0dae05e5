"""任意表样取数: an empty table of one's superior is recognised by its titles, filled in a copy, the mapping kept."""

import json
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.forms.fields import title_of
from addin.forms.recognising import NUMBER, dictionary, recognise
from addin.grid import Sheet
from addin.hosts.workbook_writer import write_workbook
from tests.drawing import COVER, draw, person

TITLES = ("序号", "姓名", "身份证号", "出生年月", "所在支部", "外出时间", "外出地点", "籍贯")


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = draw(
        member_roster="姓名 | 最近交纳党费日期\n张三 | 2026-11-01\n李四 | 2026-11-01",
        outflow="姓名 | 外出日期 | 外出地点\n张三 | 2025-12-01 | 上海市浦东新区",
    )
    rows = {key: [dict(row.values) for row in table] for key, table in book.tables.items() if key != "cover"}
    path = tmp_path_factory.mktemp("branch") / "支部.xlsx"
    write_workbook(path, "branch", cover=COVER, rows=rows)
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Two rows of titles, the second under a heading; printed numbers; a footer in row 7."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    sheet["A1"] = "某县外出党员名册"
    for number, title in enumerate(TITLES, 1):
        sheet.cell(3 if title in ("外出时间", "外出地点") else 2, number, title)
    sheet["F2"] = "外出情况"
    for letter in "ABCDEH":
        sheet.merge_cells(f"{letter}2:{letter}3")
    sheet.merge_cells("F2:G2")
    for row in range(4, 7):
        sheet.cell(row, 1, row - 3)
    sheet["A7"] = "填表人："
    book.save(tmp_path / "空表.xlsx")
    return tmp_path / "空表.xlsx"


def test_an_empty_table_is_filled_in_a_copy(
    branch: Path, empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = empty.read_bytes()
    assert main(["fill", str(empty), "--from", str(branch), "--for", "内部"]) == 0
    assert empty.read_bytes() == before
    rows = list(openpyxl.load_workbook(tmp_path / "空表_已填.xlsx")["名册"].iter_rows(values_only=True))
    assert rows[3][:5] == (1, "张三", person("张三"), rows[3][3], "示例支部")
    assert str(rows[3][3]).startswith("198") and len(str(rows[3][3])) == 7, "出生年月 as year and month"
    assert str(rows[3][5])[:10] == "2025-12-01" and rows[3][6] == "上海市浦东新区" and rows[3][7] is None
    assert rows[4][1] == "李四" and rows[4][5] is None
    assert rows[6][0] == "填表人："
    told = capsys.readouterr().out
    assert "F 列“外出时间” ← 流出党员·外出日期" in told and "H 列“籍贯”：台账没有对应的数据项，留空" in told


def test_only_the_wanted_people_are_listed(branch: Path, empty: Path, tmp_path: Path) -> None:
    assert main(["fill", str(empty), "--from", str(branch), "--who", "流动党员", "-o", str(tmp_path / "出.xlsx")]) == 0
    rows = list(openpyxl.load_workbook(tmp_path / "出.xlsx")["名册"].iter_rows(values_only=True))
    assert [row[1] for row in rows[3:6]] == ["张三", None, None]


def test_the_kept_mapping_can_be_changed_and_used_again(branch: Path, empty: Path, tmp_path: Path) -> None:
    main(["fill", str(empty), "--from", str(branch)])
    kept = tmp_path / "空表_已填.取数.json"
    mapping = json.loads(kept.read_text(encoding="utf-8"))
    entry = next(each for each in mapping["columns"] if each["title"] == "籍贯")
    entry["show"] = "member.home_address"
    kept.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
    again = tmp_path / "再.xlsx"
    assert main(["fill", str(empty), "--from", str(branch), "--mapping", str(kept), "-o", str(again)]) == 0
    assert openpyxl.load_workbook(again)["名册"]["H4"].value == "示例市示例区一号"
    entry["show"] = "member.hometown"
    kept.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
    assert main(["fill", str(empty), "--from", str(branch), "--mapping", str(kept), "-o", str(again)]) == 2


def test_the_mapping_is_shown_without_filling(branch: Path, empty: Path, tmp_path: Path) -> None:
    assert main(["fill", str(empty), "--from", str(branch), "--show"]) == 0
    assert not (tmp_path / "空表_已填.xlsx").exists()


def test_too_few_rows_are_refused(branch: Path, empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(empty)
    book["名册"]["A5"] = "审核人："
    book["名册"]["B5"] = "某人"
    book.save(empty)
    assert main(["fill", str(empty), "--from", str(branch)]) == 2
    assert "只空着 1 行，要填 2 人" in capsys.readouterr().err


def test_unknown_people_and_unknown_tables_are_said(
    branch: Path, empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fill", str(empty), "--from", str(branch), "--who", "流动人员党员"]) == 2
    assert "不知道“流动人员党员”是哪些人。" in capsys.readouterr().err
    book = openpyxl.Workbook()
    book.save(tmp_path / "白.xlsx")
    assert main(["fill", str(tmp_path / "白.xlsx"), "--from", str(branch)]) == 2
    assert "认不出列标题" in capsys.readouterr().err


def test_column_numbers_below_the_titles_are_skipped() -> None:
    sheet = Sheet("表", [["", "", ""], ["序号", "姓名", "性别"], ["1", "2", "3"]])
    layout = recognise(sheet)
    assert layout is not None and (layout.header_row, layout.first_row, layout.free_rows) == (2, 4, None)


def test_every_title_leads_to_a_field_that_exists() -> None:
    for show, _ in dictionary().values():
        assert show == NUMBER or title_of(show, "member")
