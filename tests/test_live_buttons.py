"""A clerk at a real LibreOffice: the mouse clicks buttons of the toolbar, results are read from the open workbook."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from addin.calc.bridge import OFFICE_GONE
from addin.marking import MARKS_SHEET
from tests.office import running_office
from tests.screen import Screen, screen, wait_for
from tests.small_branch import small_branch_file

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("office")]

ROOT = Path(__file__).resolve().parents[1]
TITLE = "台账工具"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("screen")


@pytest.fixture(scope="module")
def desk(folder: Path) -> Iterator[Screen]:
    with screen(folder, ROOT) as shown:
        yield shown


@pytest.fixture
def document(desk: Screen, tmp_path: Path) -> Iterator[Any]:
    opened = desk.open(small_branch_file(tmp_path).rename(tmp_path / "branch.xlsx"))
    yield opened
    opened.close(True)


def cell(document: Any, sheet: str, place: str) -> str:
    return str(document.getSheets().getByName(sheet).getCellRangeByName(place).getString())


def press(desk: Screen, document: Any, label: str) -> None:
    desk.press(document, label)
    desk.answer(TITLE)


def test_check_is_pressed_and_taken_back(desk: Screen, document: Any) -> None:
    roster = document.getSheets().getByName("党员名册")
    roster.getCellRangeByName("A4").setString("")
    press(desk, document, "校核")
    assert document.getCurrentController().getActiveSheet().getName() == "问题清单"
    assert cell(document, "问题清单", "B4") == "错误"
    assert roster.getCellRangeByName("A4").CellBackColor == 0xFFB3B3
    press(desk, document, "撤销上一步")
    assert cell(document, "问题清单", "B4") == ""
    assert roster.getCellRangeByName("A4").CellBackColor == -1


def test_the_lists_are_pressed(desk: Screen, document: Any) -> None:
    press(desk, document, "逾期与到期")
    assert cell(document, "逾期与到期", "A1") == "逾期与到期"
    assert cell(document, "逾期与到期", "A4") != ""
    press(desk, document, "失联名单")
    names = {cell(document, "失联名单", f"C{row}") for row in range(4, 30)}
    assert "王失联" in names


def test_after_a_button_the_office_itself_offers_no_half_undo(desk: Screen, document: Any) -> None:
    document.getSheets().getByName("党员名册").getCellRangeByName("A4").setString("改动")
    assert document.getUndoManager().isUndoPossible()
    press(desk, document, "失联名单")
    assert not document.getUndoManager().isUndoPossible()
    press(desk, document, "撤销上一步")
    assert "失联名单" not in document.getSheets().getElementNames()
    assert cell(document, "党员名册", "A4") == "改动"


def test_a_key_presses_a_button(desk: Screen, document: Any) -> None:
    window = desk.xdotool("search", "--name", "LibreOffice Calc").split()[-1]
    desk.xdotool("windowfocus", "--sync", window)
    desk.xdotool("key", "ctrl+alt+q")
    desk.answer(TITLE)
    assert "逾期与到期" in document.getSheets().getElementNames()


def test_a_tool_whose_folder_was_moved_says_so_at_once(desk: Screen, document: Any, folder: Path) -> None:
    (known,) = folder.rglob("taizhang.pth")
    kept = known.read_bytes()
    known.write_text("/no/such/folder\n")
    try:
        press(desk, document, "校核")
    finally:
        known.write_bytes(kept)
    assert "问题清单" not in document.getSheets().getElementNames() or cell(document, "问题清单", "A4") == ""
    press(desk, document, "校核")
    assert cell(document, "问题清单", "A4") != ""


def test_killing_the_office_in_the_middle_is_one_sentence(tmp_path: Path) -> None:
    with running_office(tmp_path / "profile") as doomed:
        document = doomed.office.desktop.loadComponentFromURL(small_branch_file(tmp_path).as_uri(), "_blank", 0, ())
        place = doomed.where.removeprefix("pipe,name=")
        words = ["-m", "addin.calc.runner", "check", f"--pipe={place}", f"--document={document.RuntimeUID}"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        pressed = subprocess.Popen([sys.executable, *words], env=environment, stderr=subprocess.PIPE, text=True)
        wait_for(lambda: MARKS_SHEET in document.getSheets().getElementNames(), "the first change of the button")
        doomed.kill()
        _, told = pressed.communicate(timeout=60)
    assert (pressed.returncode, told.strip()) == (2, OFFICE_GONE)
