"""环境自检: what the facts of a desk mean, and the one thing to do for each problem."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from addin.cli import main
from addin.installing.desk_facts import DeskFacts, desk_facts
from addin.installing.diagnosis import diagnose, page
from addin.installing.places import places

GOOD = DeskFacts(
    system="windows",
    python="3.12.1",
    bits=64,
    interpreter="pythonw.exe",
    excel_server=r"C:\Program Files\Microsoft Office\EXCEL.EXE",
    excel_version="16.0",
    addin_installed=True,
    office_version="LibreOffice 24.2",
    fonts=("方正小标宋", "仿宋", "黑体"),
    can_write={"临时文件夹": True},
)
PACKAGES = {"taizhang": "0.1.0", "xlwings": "0.37"}


def advice(facts: DeskFacts, packages: dict[str, str | None] | None = None) -> dict[str, str]:
    return {check.title: check.advice for check in diagnose(facts, packages or PACKAGES) if check.advice}


def test_a_good_desk_needs_nothing() -> None:
    assert advice(GOOD) == {}
    assert list(page(diagnose(GOOD, PACKAGES)))[-1] == "一切正常。"


@pytest.mark.parametrize(
    ("facts", "title", "said"),
    [
        (replace(GOOD, excel_server=r"C:\WPS\office6\et.exe /automation"), "Excel", "取消“兼容第三方系统和软件”"),
        (replace(GOOD, excel_server=None), "Excel", "没有装 Excel"),
        (replace(GOOD, addin_installed=False), "Excel 按钮", "taizhang install --excel"),
        (replace(GOOD, addin_is_marked=True), "Excel 按钮", "解除锁定"),
        (replace(GOOD, macro_policy=4), "宏设置", "受信任位置"),
        (replace(GOOD, fonts=("黑体",)), "字体", "缺少 方正小标宋、仿宋"),
        (replace(GOOD, can_write={"临时文件夹": False}), "写入临时文件夹", "写入权限"),
        (replace(GOOD, system="linux", excel_server=None), "LibreOffice 接口", "python3-uno"),
    ],
)
def test_each_problem_has_the_one_thing_to_do(facts: DeskFacts, title: str, said: str) -> None:
    assert said in advice(facts)[title]


def test_a_missing_package_is_named() -> None:
    assert "缺少 xlwings" in advice(GOOD, {"taizhang": "0.1.0", "xlwings": None})["组件"]


def test_the_registry_is_read_as_windows_keeps_it(tmp_path: Path) -> None:
    kept = {
        ("HKCR", r"Excel.Application\CLSID", ""): "{1}",
        ("HKCR", r"CLSID\{1}\LocalServer32", ""): r"C:\Office\EXCEL.EXE",
        ("HKCR", r"Ket.Application\CLSID", ""): "{2}",
        ("HKCR", r"CLSID\{2}\LocalServer32", ""): r"C:\WPS\et.exe",
        ("HKCU", r"Software\Microsoft\Office\16.0\Excel\Security", "VBAWarnings"): 2,
        ("HKCU", r"Software\Policies\Microsoft\Office\16.0\Excel\Security", "VBAWarnings"): 4,
    }
    here = places("windows", {"APPDATA": str(tmp_path / "r"), "LOCALAPPDATA": str(tmp_path / "l")}, tmp_path)
    assert here.excel_start is not None
    here.excel_start.mkdir(parents=True)
    (here.excel_start / "taizhang.xlam").write_bytes(b"x")
    (here.excel_start / "taizhang.xlam:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\n")
    folders = {"有的": tmp_path, "没有的": tmp_path / "none"}
    facts = desk_facts(here, lambda root, path, name="": kept.get((root, path, name)), folders)
    assert facts.excel_server == r"C:\Office\EXCEL.EXE" and facts.wps_server == r"C:\WPS\et.exe"
    assert facts.macro_policy == 4, "a policy of the organisation wins over the user's own setting"
    assert facts.addin_installed and facts.addin_is_marked
    assert facts.can_write == {"有的": True, "没有的": False}


def test_the_command_writes_the_page_as_text_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, data = tmp_path / "自检.txt", tmp_path / "自检.json"
    assert main(["doctor", "-o", str(text), "--json", str(data)]) == 0
    assert text.read_text(encoding="utf-8") == capsys.readouterr().out
    titles = [entry["title"] for entry in json.loads(data.read_text(encoding="utf-8"))["checks"]]
    assert {"运行环境", "组件", "Excel", "字体", "模板“支部台账”"} <= set(titles)
