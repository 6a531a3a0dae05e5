"""`taizhang forms`: what is written, how it prints, what a failed balance looks like, exit codes and sentences."""

import io
import json
import re
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from addin.cli import main
from addin.forms.cards import PAGES_A_FILE
from addin.forms.evidence import unpack
from addin.hosts.workbook_writer import write_workbook
from tests.drawing import COVER, identity, person
from tests.ooxml_validator import validate

BASE = {
    "sex": "女",
    "ethnicity": "汉族",
    "birth_date": date(1985, 3, 7),
    "education": "大学本科",
    "member_type": "正式党员",
    "joined_on": date(2015, 7, 1),
    "confirmed_on": date(2016, 7, 1),
    "home_address": "示例市示例区一号",
    "membership_status": "正常",
    "relation_belonging": "在册",
    "is_lost": "否",
    "is_floating": "否",
}
LOST = {"last_life_on": date(2024, 12, 1), "is_lost": "是", "lost_since": date(2024, 12, 1)}
FILE = {
    "file_number": "A1",
    "discovered_on": date(2025, 6, 1),
    "responsible": "书记员",
    "search_outcome": "无法取得联系",
}


def member(name: str, **more: object) -> dict[str, object]:
    return {"name": name, "identity_number": person(name), **BASE, **more}


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A branch with 张三 at home and 赵六, out of contact; the situation of his file is blank."""
    file = {"name": "赵六", "identity_number": person("赵六"), **FILE, "search_ended_on": date(2025, 12, 1)}
    rows = {
        "member_roster": [member("张三", last_dues_on=date(2026, 11, 1)), member("赵六", **LOST)],
        "lost_file": [file],
    }
    path = tmp_path_factory.mktemp("branch") / "支部.xlsx"
    write_workbook(path, "branch", cover=COVER, rows=rows)
    return path


def test_forms_are_listed_for_people_and_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "--list", "--json", str(tmp_path / "list.json")]) == 0
    assert "外出流动党员情况汇总表　表4　支部台账、党委汇总　栏目为推定" in capsys.readouterr().out
    listed = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))["forms"]
    entry = next(each for each in listed if each["name"] == "党员基本信息汇总表")
    assert (entry["status"], entry["levels"], entry["number"]) == ("confirmed", ["branch", "committee"], "表2")


def test_a_form_is_written_ready_to_print(branch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "出"
    assert main(["forms", str(branch), "--form", "党员基本信息汇总表", "-o", str(out), "--for", "内部"]) == 0
    assert "已出表 1 张" in capsys.readouterr().out
    book = openpyxl.load_workbook(out / "党员基本信息汇总表.xlsx")
    sheet = book["党员基本信息汇总表"]
    assert sheet["A2"].value == "党员基本信息汇总表"
    assert sheet["B4"].value == "姓名" and sheet["B5"].value == "张三"
    assert sheet["D5"].value == person("张三") and sheet["D5"].number_format == "@"
    assert sheet["G5"].value.date() == date(1985, 3, 7)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert "第 &P 页" in str(sheet.oddFooter.center.text) and "内部资料" in str(sheet.oddHeader.right.text)
    assert book["反查依据"].sheet_state == "hidden"
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(text.startswith("填报单位（盖章）：示例支部") for text in texts)
    assert any("校验码" in text and "current_2024" in text for text in texts)


def test_cells_are_values_not_formulas(branch: Path, tmp_path: Path) -> None:
    main(["forms", str(branch), "-o", str(tmp_path / "出")])
    for path in (tmp_path / "出").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row), path.name


def test_the_hidden_sheet_holds_no_full_identity_number(branch: Path, tmp_path: Path) -> None:
    main(["forms", str(branch), "--form", "党员基本信息汇总表", "-o", str(tmp_path)])
    sheet = openpyxl.load_workbook(tmp_path / "党员基本信息汇总表.xlsx")["反查依据"]
    lines = list(sheet.iter_rows(values_only=True))
    packed = [unpack(str(cell)) for line in lines for cell in line if len(str(cell)) > 100]
    texts = f"{lines}{packed}"
    assert person("张三") not in texts and person("张三")[:6] + "********" in texts


def test_an_empty_roll_prints_none(branch: Path, tmp_path: Path) -> None:
    main(["forms", str(branch), "--form", "表3", "-o", str(tmp_path)])
    assert openpyxl.load_workbook(tmp_path / "外出流动党员名册.xlsx").worksheets[0]["A5"].value == "无"


def test_a_table_that_does_not_balance_is_a_draft(
    branch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "与党组织失去联系党员情况汇总表"
    assert main(["forms", str(branch), "--form", name, "-o", str(tmp_path), "--json", str(tmp_path / "j.json")]) == 1
    assert "印“草稿”" in capsys.readouterr().out
    book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
    assert "草" in str(book.worksheets[0].oddHeader.center.text)
    stamps = [cell.value for cell in book.worksheets[0][1] if cell.value]
    assert any(str(stamp).startswith("草稿：") for stamp in stamps)
    row = [cell.value for cell in book["校核"][2]]
    assert row[0] == "总计" and row[3:6] == ["1", "0", "1"]
    assert row[6] == "赵六（党员名册第5行）" and str(row[2]).startswith("B8、V8、W8")
    told = json.loads((tmp_path / "j.json").read_text(encoding="utf-8"))["forms"][0]
    assert told["draft"] and told["failures"][0]["left"] == 1


def test_numbers_can_be_masked(branch: Path, tmp_path: Path) -> None:
    main(["forms", str(branch), "--form", "表2", "-o", str(tmp_path), "--mask"])
    sheet = openpyxl.load_workbook(tmp_path / "党员基本信息汇总表.xlsx").worksheets[0]
    assert sheet["D5"].value == person("张三")[:6] + "********" + person("张三")[-4:]


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        (["--form", "外出流动党员汇总表"], 2, "您是否指“外出流动党员情况汇总表”？"),
        (["--as-of", "明天"], 3, "日期“明天”看不懂"),
    ],
)
def test_what_cannot_be_done_is_said(
    branch: Path, capsys: pytest.CaptureFixture[str], more: list[str], code: int, sentence: str
) -> None:
    assert main(["forms", str(branch), *more]) == code
    assert sentence in capsys.readouterr().err


def test_without_libreoffice_the_forms_are_still_written(
    branch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("addin.hosts.pdf.find_office", lambda: None)
    assert main(["forms", str(branch), "--form", "表2", "-o", str(tmp_path), "--pdf"]) == 0
    assert "这台电脑没有 LibreOffice" in capsys.readouterr().err
    assert (tmp_path / "党员基本信息汇总表.xlsx").exists()


def test_the_same_workbook_gives_the_same_check_code(branch: Path, tmp_path: Path) -> None:
    codes = []
    for folder in ("一", "二"):
        main(["forms", str(branch), "--form", "表4", "-o", str(tmp_path / folder)])
        sheet = openpyxl.load_workbook(tmp_path / folder / "外出流动党员情况汇总表.xlsx").worksheets[0]
        text = next(str(cell.value) for row in sheet.iter_rows() for cell in row if "校验码" in str(cell.value))
        codes.append(text.split("校验码 ")[1][:9])
    assert codes[0] == codes[1]


@pytest.mark.ooxml
def test_forms_are_valid_open_xml(branch: Path, tmp_path: Path) -> None:
    main(["forms", str(branch), "-o", str(tmp_path / "出")])
    assert validate(sorted((tmp_path / "出").glob("*.xlsx"))) == []
    assert io.BytesIO((tmp_path / "出" / "外出流动党员名册.xlsx").read_bytes()).read(2) == b"PK"


def test_a_page_of_charts_draws_what_the_facts_say(branch: Path, tmp_path: Path) -> None:
    assert main(["forms", str(branch), "--form", "表2", "-o", str(tmp_path), "--charts"]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "情况图表.xlsx")["情况图表"]
    texts = {str(row[0]): row[1] for row in sheet.iter_rows(min_row=4, max_col=2, values_only=True) if row[0]}
    assert texts["失联"] == 1 and texts["流动党员"] == 0
    assert len(sheet._charts) == 3, "states, time and result of the search; empty series are not drawn"


def test_fonts_a_pdf_had_to_do_without_are_named(
    branch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("addin.actions.forms.make_pdfs", lambda files, folder: [])
    monkeypatch.setattr("addin.actions.forms.fonts_here", lambda: ("黑体",))
    main(["forms", str(branch), "--form", "表2", "-o", str(tmp_path), "--pdf"])
    assert "没有 方正小标宋、仿宋 字体" in capsys.readouterr().err


def test_a_form_of_more_pages_than_a_sheet_can_be_divided_into_waits_to_be_asked_for(
    branch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("addin.actions.forms.PAGES_A_FILE", 1)
    made = tmp_path / "党员基本信息采集表.xlsx"
    main(["forms", str(branch), "-o", str(tmp_path), "--json", str(tmp_path / "j.json")])
    assert not made.exists() and (tmp_path / "党员基本信息汇总表.xlsx").exists()
    told = capsys.readouterr().out
    assert "超过 1 页的没有随全部表出：党员基本信息采集表（2 页）" in told
    assert json.loads((tmp_path / "j.json").read_text(encoding="utf-8"))["too_many_pages"]["党员基本信息采集表"] == 2
    main(["forms", str(branch), "--form", "党员基本信息采集表", "-o", str(tmp_path)])
    assert made.exists() and "每 1 页存为一个文件" in capsys.readouterr().out


def part_of(path: Path, name: str) -> str:
    with ZipFile(path) as package:
        return package.read(name).decode()


def test_many_pages_are_parted_into_files_and_each_leads_back_to_its_persons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members = PAGES_A_FILE + 2
    numbers = [identity(f"19{80 + place % 10}-03-07", place // 10 + 1) for place in range(members)]
    rows = [{"name": f"党员{place}", "identity_number": number} for place, number in enumerate(numbers)]
    book = tmp_path / "支部.xlsx"
    write_workbook(book, "branch", cover=COVER, rows={"member_roster": rows})
    main(["forms", str(book), "--form", "党员基本信息采集表", "-o", str(tmp_path), "--json", str(tmp_path / "j.json")])
    told = json.loads((tmp_path / "j.json").read_text(encoding="utf-8"))["forms"]
    names = [f"党员基本信息采集表（第{pages}页）.xlsx" for pages in ("1-1000", "1001-1002")]
    assert told[0]["files"] == names and told[0]["rows"] == members
    assert sorted(path.name for path in tmp_path.glob("党员基本信息采集表*.xlsx")) == sorted(names)
    for name, pages, first in zip(names, (PAGES_A_FILE, 2), ("党员0", "党员1000"), strict=True):
        breaks = re.findall(r'<brk id="(\d+)"', part_of(tmp_path / name, "xl/worksheets/sheet1.xml"))
        rows_now = CalamineWorkbook.from_path(tmp_path / name).get_sheet_by_index(0).to_python(skip_empty_area=False)
        assert rows_now[3][1] == first and len(breaks) == pages - 1
        capsys.readouterr()
        last_page = int(breaks[-1]) + 4
        main(["trace", str(tmp_path / name), f"B{last_page}"])
        told_of = capsys.readouterr().out.split("计入 1：")[1].split("未计入")[0]
        assert str(rows_now[last_page - 1][1]) in told_of
