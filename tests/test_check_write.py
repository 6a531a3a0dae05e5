"""`taizhang check --write` and `--fix`: the list of problems kept up across runs, cells tidied, numbers rescued."""

import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.hosts.patching import patched, write_cells
from addin.hosts.workbook_writer import write_workbook
from addin.issue_sheet import changes_text, issue_rows
from addin.loading import load_book
from addin.marking import MARKS_SHEET
from addin.registry import CANNOT_USE, FOUND_ERRORS, OK
from tests.drawing import COVER, identity, person
from tests.ooxml_validator import validate
from tests.package_compare import changed_parts, sheet_part
from validators.registers import registers
from validators.table import Finding, Origin, Row, Table, Value

NUMBER = person("李四")
MEMBER: dict[str, Value] = {
    "name": "张三",
    "identity_number": person("张三"),
    "sex": "女",
    "ethnicity": "汉族",
    "birth_date": "1986.11.17",
    "education": "大学本科",
    "member_type": "正式",
    "joined_on": date(2015, 7, 1),
    "confirmed_on": date(2016, 7, 1),
    "home_address": " 示例市一号",
    "membership_status": "正常",
    "relation_belonging": "在册",
    "is_lost": "否",
    "is_floating": "否",
}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    write_workbook(path, "branch", cover=dict(COVER), rows={"member_roster": [MEMBER, {**MEMBER, "name": None}]})
    return path


def issues(path: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path)["问题清单"]
    titles = [cell.value for cell in sheet[3]]
    rows = sheet.iter_rows(min_row=4, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows if row[0] is not None]


def states(path: Path) -> dict[tuple[object, object], object]:
    return {(row["单元格"], row["规则"]): row["状态"] for row in issues(path)}


def set_cell(path: Path, sheet: str, row: int, column: int, value: Value) -> None:
    with patched(path) as book:
        write_cells(book, [(sheet, row, column, value)])


def test_findings_are_written_with_links_marks_and_a_log_line(
    target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(shutil.copy(target, tmp_path / "before.xlsx"))
    out = tmp_path / "found.json"
    assert main(["check", str(target), "--write", "--json", str(out)]) == FOUND_ERRORS
    told = json.loads(out.read_text(encoding="utf-8"))["findings"]
    rows = issues(target)
    assert len(rows) == len(told)
    assert [row["级别"] for row in rows] == sorted((row["级别"] for row in rows), key=["错误", "疑点", "提示"].index)
    assert {row["状态"] for row in rows} == {"新增"}
    blank = next(row for row in rows if row["单元格"] == "A5")
    assert (blank["规则"], blank["工作表"], blank["序号"]) == ("R-FLD-REQUIRED", "党员名册", rows.index(blank) + 1)
    assert all(person("张三") not in str(value) for row in rows for value in row.values())
    book = openpyxl.load_workbook(target)
    at = next(row[3] for row in book["问题清单"].iter_rows(min_row=4) if row[3].value == "A5")
    assert at.hyperlink.location == "'党员名册'!A5"
    assert "“姓名”没有填写" in book["党员名册"]["A5"].comment.text
    assert book["操作记录"]["B4"].value == "校核"
    assert book["操作记录"]["C4"].value.startswith("错误 ")
    assert "已写入“问题清单”（新增" in capsys.readouterr().out
    assert main(["undo", str(target)]) == OK
    assert target.read_bytes() == before.read_bytes()


def test_explanations_stay_and_states_tell_what_moved(target: Path) -> None:
    main(["check", str(target), "--write"])
    blank, doubt = ("A5", "R-FLD-REQUIRED"), ("K4", "R-FLD-REQUIRED")
    assert states(target)[blank] == "新增"
    row = next(row for row in issues(target) if (row["单元格"], row["规则"]) == doubt)
    set_cell(target, "问题清单", 3 + int(str(row["序号"])), 11, "本人没有手机")
    set_cell(target, "党员名册", 5, 1, "张三")
    main(["check", str(target), "--write"])
    second = states(target)
    assert (second[blank], second[doubt]) == ("已改", "仍在")
    assert [row["说明"] for row in issues(target) if (row["单元格"], row["规则"]) == doubt] == ["本人没有手机"]
    main(["check", str(target), "--write"])
    assert blank not in states(target)
    set_cell(target, "党员名册", 5, 1, None)
    main(["check", str(target), "--write"])
    assert states(target)[blank] == "新增"


def test_check_alone_changes_nothing(target: Path) -> None:
    before = target.read_bytes()
    main(["check", str(target)])
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_unmark_takes_colours_and_notes_off_but_keeps_the_list(
    target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(target), "--write"])
    assert MARKS_SHEET in openpyxl.load_workbook(target).sheetnames
    assert main(["unmark", str(target)]) == OK
    assert "已清除" in capsys.readouterr().out
    book = openpyxl.load_workbook(target)
    assert MARKS_SHEET not in book.sheetnames
    assert (book["党员名册"]["A5"].comment, book["党员名册"]["A5"].fill.fill_type) == (None, None)
    assert issues(target)
    once = target.read_bytes()
    assert main(["unmark", str(target)]) == OK
    assert "没有标记，没有改动" in capsys.readouterr().out
    assert target.read_bytes() == once


def test_the_hidden_sheet_of_marks_is_no_finding(target: Path) -> None:
    main(["check", str(target), "--write"])
    main(["check", str(target), "--write"])
    assert {row["工作表"] for row in issues(target)} <= {"封面", "党员名册"}


def test_fix_writes_back_what_was_cleaned_and_lists_every_cell(
    target: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(shutil.copy(target, tmp_path / "before.xlsx"))
    main(["check", str(target), "--fix"])
    said = capsys.readouterr().out
    assert "整理：改写 6 格。" in said
    assert "党员名册 E4 出生日期：“1986.11.17” → “1986-11-17”" in said
    sheet = openpyxl.load_workbook(target)["党员名册"]
    titles = {cell.value: cell.column for cell in sheet[3]}
    assert sheet.cell(4, titles["出生日期"]).value == datetime(1986, 11, 17)
    assert sheet.cell(4, titles["出生日期"]).number_format == "yyyy-mm-dd"
    assert sheet.cell(4, titles["人员类别"]).value == "正式党员"
    assert sheet.cell(4, titles["家庭住址"]).value == "示例市一号"
    assert load_book(target).cleanings == ()
    assert changed_parts(before, target) == {
        sheet_part(target, "党员名册"),
        sheet_part(target, "操作记录"),
        *({"xl/styles.xml"} & changed_parts(before, target)),
    }
    once = target.read_bytes()
    main(["check", str(target), "--fix"])
    assert "没有需要改写的格" in capsys.readouterr().out
    assert target.read_bytes() == once


def test_a_formula_is_never_overwritten(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(target)
    book["党员名册"]["M4"] = '=" 示例市"&"一号"'
    book.save(target)
    with patched(target) as package:
        place = package.sheet("党员名册")
        assert place is not None
        cell = next(cell for cell in package.parts.tree(place.part).iter("{*}c") if cell.get("r") == "M4")
        cell.set("t", "str")
        cell.find("{*}v").text = " 示例市一号"  # type: ignore[union-attr]
        package.parts.touch(place.part)
    main(["check", str(target), "--fix"])
    assert "没有改：党员名册 M4 是公式" in capsys.readouterr().out
    assert openpyxl.load_workbook(target)["党员名册"]["M4"].value == '=" 示例市"&"一号"'


def damaged(path: Path, value: Value, **rows: list[dict[str, Value]]) -> Path:
    member = {**MEMBER, "name": "李四", "identity_number": value}
    write_workbook(path, "branch", cover=dict(COVER), rows={"member_roster": [member], **rows})
    return path


def test_a_lost_number_is_rescued_from_another_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    abroad: list[dict[str, Value]] = [{"name": "李四", "identity_number": NUMBER, "country": "德国"}]
    path = damaged(tmp_path / "台账.xlsx", float(f"{NUMBER[:15]}000"), abroad=abroad)
    main(["check", str(path), "--fix"])
    said = capsys.readouterr().out
    assert "（依据：出国境第 4 行）" in said
    assert NUMBER not in said
    cell = openpyxl.load_workbook(path)["党员名册"]["B4"]
    assert (cell.value, cell.number_format) == (NUMBER, "@")
    assert "救回身份证号 1 个" in openpyxl.load_workbook(path)["操作记录"]["C4"].value


LOST = float(f"{NUMBER[:15]}000")
OLD_CARD = NUMBER[:6] + NUMBER[8:17]
EXCHANGED = NUMBER[:12] + NUMBER[13] + NUMBER[12] + NUMBER[14:]


@pytest.mark.parametrize("value", [LOST, OLD_CARD])
def test_a_damaged_number_is_rescued_from_the_last_period(
    tmp_path: Path, value: Value, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = damaged(tmp_path / "上期.xlsx", NUMBER)
    path = damaged(tmp_path / "台账.xlsx", value)
    main(["check", str(path), "--fix"])
    assert "救不回：党员名册 B4（李四）：别处没有能证明的完整号码" in capsys.readouterr().out
    main(["check", str(path), "--fix", "--from", str(earlier)])
    assert "（依据：“上期.xlsx”党员名册第 4 行）" in capsys.readouterr().out
    assert openpyxl.load_workbook(path)["党员名册"]["B4"].value == NUMBER


@pytest.mark.parametrize(
    ("typed", "difference"), [(EXCHANGED, "第 13、14 位不同"), (f"{NUMBER[:9]}7{NUMBER[9:]}", "是 18 位，这里有 19 位")]
)
def test_a_digit_somebody_typed_is_never_replaced_by_the_tool(
    tmp_path: Path, typed: str, difference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = damaged(tmp_path / "上期.xlsx", NUMBER)
    path = damaged(tmp_path / "台账.xlsx", typed)
    main(["check", str(path), "--from", str(earlier)])
    told = (
        "1 个身份证号与别处同名的只差一处，请对照身份证，写错的自己改：\n"
        f"  党员名册 B4：“上期.xlsx”党员名册第 4 行的号码{difference}\n"
    )
    assert told in capsys.readouterr().out
    main(["check", str(path), "--fix", "--from", str(earlier)])
    said = capsys.readouterr().out
    assert told in said
    assert openpyxl.load_workbook(path)["党员名册"]["B4"].value == typed


def test_two_possible_numbers_or_another_name_prove_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = identity("1980-01-01", 11), identity("1980-01-01", 12)
    assert one[:15] == other[:15]
    lost = float(f"{one[:15]}000")
    rows: dict[str, list[dict[str, Value]]] = {
        "abroad": [{"name": "李四", "identity_number": one}, {"name": "李四", "identity_number": other}]
    }
    path = damaged(tmp_path / "两人.xlsx", lost, **rows)
    main(["check", str(path), "--fix"])
    assert "找到几个不同的号码，不能认定" in capsys.readouterr().out
    path = damaged(tmp_path / "别名.xlsx", lost, abroad=[{"name": "李五", "identity_number": one}])
    main(["check", str(path), "--fix"])
    assert "别处没有能证明的完整号码" in capsys.readouterr().out
    assert openpyxl.load_workbook(path)["党员名册"]["B4"].value == lost


def test_without_fix_a_repair_is_offered_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier, path = damaged(tmp_path / "上期.xlsx", NUMBER), damaged(tmp_path / "台账.xlsx", LOST)
    before, told = path.read_bytes(), tmp_path / "发现.json"
    main(["check", str(path)])
    assert "证号急救" not in capsys.readouterr().out
    main(["check", str(path), "--from", str(earlier), "--json", str(told)])
    said = capsys.readouterr().out
    assert "证号急救：1 个身份证号在别处有完整的" in said
    assert "（依据：“上期.xlsx”党员名册第 4 行）" in said
    assert NUMBER not in said
    (fix,) = (one["fix"] for one in json.loads(told.read_text("utf-8"))["findings"] if one["rule"] == "R-FLD-IDTEXT")
    assert fix.startswith("“上期.xlsx”党员名册第 4 行有同名、相符的完整号码")
    assert path.read_bytes() == before


def test_a_number_that_stays_wrong_is_not_half_tidied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = damaged(tmp_path / "台账.xlsx", "37990119650l20143９")
    main(["check", str(path), "--fix"])
    assert "B4 公民身份号码：“" not in capsys.readouterr().out
    assert openpyxl.load_workbook(path)["党员名册"]["B4"].value == "37990119650l20143９"


def test_only_the_listed_cells_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    abroad: list[dict[str, Value]] = [{"name": "李四", "identity_number": NUMBER, "country": " 德国"}]
    path = damaged(tmp_path / "台账.xlsx", LOST, abroad=abroad)
    before = contents(path)
    main(["check", str(path), "--fix"])
    listed = set(re.findall(r"^  (\S+) ([A-Z]+\d+) ", capsys.readouterr().out.split("校核“")[0], re.M))
    changed = {place for place, value in contents(path).items() if value != before.get(place)}
    assert {place for place in changed if place[0] != "操作记录"} == listed
    assert {("党员名册", "B4"), ("出国境", "D4")} <= listed


def contents(path: Path) -> dict[tuple[str, str], object]:
    """Every filled cell of a workbook by sheet and place."""
    sheets = openpyxl.load_workbook(path).worksheets
    cells = ((sheet.title, cell) for sheet in sheets for row in sheet.iter_rows() for cell in row)
    return {(title, cell.coordinate): cell.value for title, cell in cells if cell.value is not None}


def test_an_earlier_workbook_must_be_one(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(target), "--from", str(target.parent / "没有.xlsx")]) == CANNOT_USE
    assert "找不到" in capsys.readouterr().err


def found(rule: str, row: int, number: str = "379901198503070013", value: str = "v") -> Finding:
    return Finding(
        rule, "E", "党员名册", row, "C", "性别", value, "不对", "改", "依据", "member_roster", number, "张三"
    )


def table_of(rows: list[dict[str, Value]]) -> Table:
    read = [
        Row(Origin("x", "问题清单", number), {key: value for key, value in row.items() if value is not None})
        for number, row in enumerate(rows, 4)
    ]
    places = {column.key: number for number, column in enumerate(registers()["issue_list"].columns, 1)}
    return Table("issue_list", "问题清单", places, tuple(read))


def test_a_finding_is_known_again_when_its_row_moved() -> None:
    before = [{**row, "explanation": "问过"} for row in issue_rows([found("R-A", 4)], None)]
    (row,) = issue_rows([found("R-A", 9)], table_of(before))
    assert (row["status"], row["explanation"], row["cell"]) == ("仍在", "问过", "C9")


def test_equal_findings_keep_their_own_lines() -> None:
    rows = issue_rows([found("R-A", 4), found("R-A", 5)], None)
    assert len({row["finding_key"] for row in rows}) == 2
    again = issue_rows([found("R-A", 4)], table_of(rows))
    assert [row["status"] for row in again] == ["仍在", "已改"]
    assert changes_text(again) == "新增 0，仍在 1，已改 1"


def test_the_hidden_key_tells_nothing_about_the_person() -> None:
    (row,) = issue_rows([found("R-A", 4)], None)
    assert "379901198503070013" not in str(row)
    assert row["identity_number"] == "379901********0013"


@pytest.mark.ooxml
def test_written_workbooks_are_valid(target: Path) -> None:
    main(["check", str(target), "--fix", "--write"])
    assert validate([target]) == []
    main(["unmark", str(target)])
    assert validate([target]) == []
