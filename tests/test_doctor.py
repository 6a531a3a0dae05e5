"""环境自检: what the facts of a desk mean, and the one thing to do for each problem."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from addin.cli import main
from addin.installing.desk_facts import DeskFacts, Tool, desk_facts
from addin.installing.diagnosis import diagnose, page
from addin.installing.install import carry_out, code_folders, plan
from addin.installing.places import Places, interpreters, places
from addin.problem import CannotUse

ROOT = Path(__file__).resolve().parents[1]

GOOD = DeskFacts(
    system="windows",
    python="3.12.1",
    bits=64,
    interpreter="pythonw.exe",
    excel_server=r"C:\Program Files\Microsoft Office\EXCEL.EXE",
    excel_version="16.0",
    addin_installed=True,
    tool="ready",
    office_version="LibreOffice 24.2",
    fonts=("方正小标宋", "仿宋", "黑体"),
    can_write={"临时文件夹": True},
)
LINUX = replace(GOOD, system="linux", excel_server=None, addin_installed=False, buttons="there")
PACKAGES = {"taizhang": "0.1.0", "xlwings": "0.37"}


def advice(facts: DeskFacts, packages: dict[str, str | None] | None = None) -> dict[str, str]:
    return {check.title: check.advice for check in diagnose(facts, packages or PACKAGES) if check.advice}


@pytest.mark.parametrize("facts", [GOOD, LINUX])
def test_a_good_desk_needs_nothing(facts: DeskFacts) -> None:
    assert advice(facts) == {}
    assert next(page(diagnose(facts, PACKAGES))) == "一切正常。"


@pytest.mark.parametrize(
    ("facts", "title", "said"),
    [
        (replace(GOOD, excel_server=r"C:\WPS\office6\et.exe /automation"), "Excel", "取消“兼容第三方系统和软件”"),
        (replace(GOOD, excel_server=None), "Excel", "没有装 Excel"),
        (replace(GOOD, addin_installed=False), "Excel 按钮", "taizhang install --excel"),
        (replace(GOOD, forbids_addins=True), "Excel 按钮", "请信息员放行加载项"),
        (replace(GOOD, forbids_macros=True), "宏设置", "请信息员允许 VBA"),
        (replace(GOOD, forbids_trusted_places=True), "受信任位置", "请信息员恢复受信任位置"),
        (replace(LINUX, speaks_chinese=False), "中文文件名", "选 zh_CN.UTF-8"),
        (replace(GOOD, tool="none"), "按钮用的程序", "安装.bat"),
        (replace(GOOD, tool="broken"), "按钮用的程序", "安装.bat"),
        (
            replace(LINUX, tool="broken"),
            "按钮用的程序",
            "请放在固定位置，然后请重新运行 taizhang install --libreoffice",
        ),
        (replace(LINUX, tool="none"), "按钮用的程序", "请重新运行 taizhang install --libreoffice"),
        (replace(LINUX, tool="no bridge"), "LibreOffice 接口", "/usr/bin/python3 run.py install --libreoffice"),
        (replace(LINUX, buttons="none"), "LibreOffice 按钮", "请运行 taizhang install --libreoffice"),
        (replace(LINUX, buttons="half"), "LibreOffice 按钮", "请关闭 LibreOffice，再运行一次"),
        (replace(LINUX, buttons="lost"), "LibreOffice 按钮", "请关闭 LibreOffice，再运行一次"),
        (replace(LINUX, office_version=None), "LibreOffice", "apt install libreoffice-calc"),
        (replace(GOOD, addin_is_marked=True), "Excel 按钮", "解除锁定"),
        (replace(GOOD, macro_policy=4), "宏设置", "受信任位置"),
        (replace(GOOD, fonts=("黑体",)), "字体", "缺少 方正小标宋、仿宋"),
        (replace(GOOD, can_write={"临时文件夹": False}), "写入临时文件夹", "写入权限"),
    ],
)
def test_each_problem_has_the_one_thing_to_do(facts: DeskFacts, title: str, said: str) -> None:
    assert said in advice(facts)[title]
    lines = list(page(diagnose(facts, PACKAGES)))
    assert lines[0].startswith(f"有 {len(advice(facts))} 处要处理")
    assert f"！ {title}：" in "\n".join(lines)


def test_a_desk_without_buttons_needs_no_program_for_them() -> None:
    bare = replace(LINUX, buttons="none", tool="none")
    assert set(advice(bare)) == {"LibreOffice 按钮"}


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
        ("HKCU", r"Software\Policies\Microsoft\Office\16.0\Excel\Security", "DisableAllAddins"): 1,
        ("HKCU", r"Software\Policies\Microsoft\Office\16.0\Common", "VBAOff"): 1,
        ("HKCU", r"Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations", "AllLocationsDisabled"): 1,
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
    assert facts.forbids_addins and facts.forbids_macros and facts.forbids_trusted_places
    assert {"Excel 按钮", "宏设置", "受信任位置", "写入没有的"} <= set(advice(facts))
    assert facts.can_write == {"有的": True, "没有的": False}


def nothing(root: str, path: str, name: str = "") -> None:
    """A registry with nothing in it."""


def linux_facts(home: Path) -> DeskFacts:
    return desk_facts(places("linux", {}, home), nothing, {"用户文件夹": home})


def put_program(here: Places, code: int) -> None:
    """A stand-in for the private interpreter that leaves with this code."""
    (program,) = interpreters(here.interpreter_folder, "linux")
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\nexit {code}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(("code", "tool"), [(0, "ready"), (1, "broken"), (3, "no bridge")])
def test_the_program_behind_the_buttons_is_tried(code: int, tool: Tool, tmp_path: Path) -> None:
    assert linux_facts(tmp_path).tool == "none"
    put_program(places("linux", {}, tmp_path), code)
    assert linux_facts(tmp_path).tool == tool


def test_the_real_program_finds_the_tool_and_misses_it_when_its_folder_moved(tmp_path: Path) -> None:
    here = places("linux", {}, tmp_path)
    for code, found in ((code_folders(ROOT), {"ready", "no bridge"}), ((tmp_path / "moved",), {"broken"})):
        carry_out(plan(here, addin=None, extension=None, unopkg=None, code=code), here, lambda command: (0, ""))
        assert linux_facts(tmp_path).tool in found


def test_buttons_that_are_not_whole_are_seen(tmp_path: Path) -> None:
    here = places("linux", {}, tmp_path)
    put_program(here, 0)
    steps = plan(here, addin=None, extension=b"oxt", unopkg="unopkg", code=())
    assert linux_facts(tmp_path).buttons == "none"
    with pytest.raises(CannotUse):
        carry_out(steps, here, lambda command: (1, "locked"))
    assert linux_facts(tmp_path).buttons == "half"
    carry_out(steps, here, lambda command: (0, ""))
    assert linux_facts(tmp_path).buttons == "lost"
    registered = here.office_profiles / "4/user/uno_packages/cache/uno_packages/lu1.tmp_/taizhang.oxt"
    registered.parent.mkdir(parents=True)
    registered.write_bytes(b"oxt")
    assert linux_facts(tmp_path).buttons == "there"
    (here.home / "taizhang.oxt").unlink()
    assert linux_facts(tmp_path).buttons == "half"


def test_a_home_nobody_can_write_to_is_told(tmp_path: Path) -> None:
    facts = desk_facts(places("linux", {}, tmp_path), nothing, {"用户文件夹": Path("/proc")})
    assert advice(facts)["写入用户文件夹"] == "请信息员检查用户文件夹的写入权限"


def test_the_launchers_look_where_the_interpreter_may_be() -> None:
    launcher = (ROOT / "macros" / "Launcher.bas").read_text(encoding="ascii")
    handler = (ROOT / "macros" / "oxt" / "handler.py").read_text(encoding="utf-8")
    for program in interpreters(Path("python"), "windows"):
        windows_path = str(program).replace("/", "\\")
        assert f'"%LOCALAPPDATA%\\Taizhang\\{windows_path}"' in launcher
        assert all(f'"{part}"' in handler for part in program.parts)


def test_the_command_writes_the_page_as_text_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, data = tmp_path / "自检.txt", tmp_path / "自检.json"
    assert main(["doctor", "-o", str(text), "--json", str(data)]) == 0
    assert text.read_text(encoding="utf-8") == capsys.readouterr().out
    titles = [entry["title"] for entry in json.loads(data.read_text(encoding="utf-8"))["checks"]]
    assert {"运行环境", "组件", "Excel", "字体", "模板“支部台账”"} <= set(titles)


@pytest.mark.parametrize(("language", "speaks"), [("C.UTF-8", True), ("xx_XX.UTF-8", False), ("C", False)])
def test_a_language_that_is_not_installed_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, speaks: bool
) -> None:
    """Programs then take no file with a Chinese name, though Python itself, which mends this on starting, does."""
    monkeypatch.setenv("LANG", language)
    monkeypatch.setenv("LC_CTYPE", "C.UTF-8" if not speaks else language)
    monkeypatch.delenv("LC_ALL", raising=False)
    here = places("linux", {"XDG_DATA_HOME": str(tmp_path)}, tmp_path)
    found = desk_facts(here, lambda root, path, name="": None, {})
    assert found.speaks_chinese == (speaks or shutil.which("locale") is None)
