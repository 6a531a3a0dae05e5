"""LibreOffice opens the macro-enabled workbook, types every module right, and runs the launcher's pure functions."""

from collections.abc import Iterator
from typing import Any

import pytest

from addin.buttons import tab
from addin.calc.bridge import properties
from addin.cli import main
from tests.office import running_office

pytestmark = pytest.mark.live

NORMAL, CLASS, DOCUMENT = 1, 2, 4
"""Module types as com.sun.star.script.ModuleType numbers them."""

MACROS_ALLOWED = 4


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("macros")
    path = folder / "支部台账.xlsm"
    assert main(["new", "branch", "-o", str(path)]) == 0
    allowed = properties(Hidden=True, MacroExecutionMode=MACROS_ALLOWED)
    with running_office(folder / "profile") as running:
        opened = running.office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, allowed)
        assert opened is not None
        yield opened
        opened.close(True)


def library(document: Any) -> Any:
    libraries = document.BasicLibraries
    for name in libraries.ElementNames:
        libraries.loadLibrary(name)
        if "Launcher" in libraries.getByName(name).ElementNames:
            return name, libraries.getByName(name)
    raise AssertionError("no library with the launcher")


def run(document: Any, function: str, *arguments: object) -> Any:
    name, _ = library(document)
    address = f"vnd.sun.star.script:{name}.{function}?language=Basic&location=document"
    return document.getScriptProvider().getScript(address).invoke(arguments, (), ())[0]


def test_every_module_is_there_and_of_its_kind(document: Any) -> None:
    _, modules = library(document)
    kinds = {name: modules.getModuleInfo(name).ModuleType for name in modules.ElementNames}
    assert {name for name, kind in kinds.items() if kind == NORMAL} == {"Launcher", "Messages", "Buttons"}
    assert {kind for name, kind in kinds.items() if name.startswith(("Sheet", "ThisWorkbook"))} == {DOCUMENT}
    assert all(f"Taizhang_{button.key}" in modules.getByName("Buttons") for button in tab().buttons)


PYTHONW = r"\python\pythonw.exe"
HANDED_OVER = "-I -X utf8 -m addin.desktop"


@pytest.mark.parametrize(
    ("program", "button", "reply", "built"),
    [
        (
            rf"C:\Users\zhang{PYTHONW}",
            "taizhang_check",
            r"C:\Temp\r.tmp",
            rf'"C:\Users\zhang{PYTHONW}" {HANDED_OVER} taizhang_check --window=1234 --reply="C:\Temp\r.tmp"',
        ),
        (
            rf"C:\用户 张三{PYTHONW}",
            "due",
            r"C:\Temp 目录\r.tmp",
            rf'"C:\用户 张三{PYTHONW}" {HANDED_OVER} due --window=1234 --reply="C:\Temp 目录\r.tmp"',
        ),
        (
            rf'C:\a" & calc & "{PYTHONW}',
            'check" & calc --reply=x',
            r'C:\Temp" x\r.tmp',
            rf'"C:\a & calc & {PYTHONW}" {HANDED_OVER} checkcalcreplyx --window=1234 --reply="C:\Temp x\r.tmp"',
        ),
        (
            rf"C:\百分%TEMP%^&(1){PYTHONW}",
            "",
            r"C:\r.tmp",
            rf'"C:\百分%TEMP%^&(1){PYTHONW}" {HANDED_OVER}  --window=1234 --reply="C:\r.tmp"',
        ),
    ],
    ids=["plain", "blanks and Chinese", "quotes", "signs of the shell, no button"],
)
def test_the_command_line_holds_what_paths_may_and_no_foreign_word(
    program: str, button: str, reply: str, built: str, document: Any
) -> None:
    assert run(document, "Launcher.CommandLine", program, button, "1234", reply) == built


def test_the_texts_come_back_in_chinese(document: Any) -> None:
    assert run(document, "Messages.AppTitle") == "台账工具"
    assert "启用编辑" in run(document, "Messages.InProtectedView")
