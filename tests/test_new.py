"""`taizhang new`: a blank workbook, its cover filled, nothing ever overwritten unasked."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.layout import FIRST_ROW, TEMPLATE_VERSION, sheet_names
from addin.registry import CANNOT_USE, OK, WRONG_USAGE


def cover_of(path: Path) -> dict[str, object]:
    sheet = openpyxl.load_workbook(path)["封面"]
    return {row[0].value: row[1].value for row in sheet.iter_rows(min_row=FIRST_ROW) if row[1].value is not None}


def test_the_cover_is_filled_as_far_as_it_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "示例支部.xlsx"
    given = (
        "--code 011100126220 --name 示例支部 --parent 011100126 --parent-name 示例党委 --level 党支部 --period 2026Q4"
    )
    assert main(["new", "branch", "-o", str(target), *given.split(), "--as-of", "2026-12-31"]) == OK
    assert cover_of(target) == {
        "党组织名称": "示例支部",
        "党组织代码": "011100126220",
        "党组织层级": "党支部",
        "上级党组织名称": "示例党委",
        "上级党组织代码": "011100126",
        "填报期": "2026Q4",
        "基准日": datetime(2026, 12, 31),
        "政策方案": "current_2024",
        "模板版本": TEMPLATE_VERSION,
    }
    said = capsys.readouterr().out
    assert f"已生成支部台账（模板版本 {TEMPLATE_VERSION}）" in said
    assert "红字项：党组织类别、填报人" in said
    assert "taizhang check 示例支部.xlsx --write" in said


def test_a_committee_workbook_has_its_own_sheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "汇总.xlsx"
    assert main(["new", "committee", "-o", str(target)]) == OK
    assert openpyxl.load_workbook(target).sheetnames == list(sheet_names("committee"))
    assert "taizhang merge 文件夹 --into 汇总.xlsx" in capsys.readouterr().out


def test_an_existing_file_is_never_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_text("三年的心血")
    assert main(["new", "branch", "-o", str(target)]) == CANNOT_USE
    assert target.read_text() == "三年的心血"
    assert "已经存在，没有改动它" in capsys.readouterr().err
    assert main(["new", "branch", "-o", str(target), "--force"]) == OK
    assert cover_of(target)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["branch", "-o", "台账.xls"], WRONG_USAGE, "要以 .xlsx 结尾"),
        (["branch", "-o", "台账.xlsx", "--level", "小组"], WRONG_USAGE, "党支部、党总支、基层党委、县级组织部"),
        (["branch", "-o", "台账.xlsx", "--period", "去年"], WRONG_USAGE, "请写成 2026、2026Q4 或 2026-11"),
        (["branch", "-o", "台账.xlsx", "--as-of", "31/12"], WRONG_USAGE, "请写成 2026-03-31"),
        (["branch", "-o", "folder.xlsx"], CANNOT_USE, "是文件夹"),
        (["party", "-o", "台账.xlsx"], WRONG_USAGE, "branch"),
        (["branch"], WRONG_USAGE, "还缺"),
    ],
)
def test_wrong_words_are_answered_with_one_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    code: int,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.xlsx").mkdir()
    assert main(["new", *words]) == code
    assert told in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]


def test_a_code_number_on_the_command_line_becomes_its_word(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    assert main(["new", "branch", "-o", str(target), "--level", "1"]) == OK
    assert cover_of(target)["党组织层级"] == "党支部"


def test_what_force_replaces_can_be_had_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "支部.xlsx"
    main(["new", "branch", "-o", str(target), "--name", "旧支部"])
    before = target.read_bytes()
    assert main(["new", "branch", "-o", str(target), "--name", "新支部", "--force"]) == OK
    assert "可用 taizhang undo 支部.xlsx 退回" in capsys.readouterr().out
    assert main(["undo", str(target)]) == OK
    assert target.read_bytes() == before
