"""Takes the pictures of ``docs``: a clerk presses buttons in LibreOffice, the screen is photographed.

python -m tests.picture_tour [FOLDER]
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.screen import Screen, screen
from tests.small_branch import small_branch_file

ROOT = Path(__file__).resolve().parents[1]
TITLE = "台账工具"
MENU = "alt+a"
"""LibreOffice gives a menu of an extension the first letter that is free."""

LISTS = (("逾期与到期", "live_due.png"), ("失联名单", "live_lost.png"))

_SETTLED = 2.0


def main(folder: Path) -> None:
    """Press, answer, photograph."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, screen(Path(scratch), ROOT) as shown:
        document = shown.open(small_branch_file(Path(scratch)).rename(Path(scratch) / "branch.xlsx"))
        _menu(shown, folder / "live_menu.png")
        roster = _go(document, "党员名册", "A4")
        roster.getCellRangeByName("B4").setValue(float(roster.getCellRangeByName("B4").getString()))
        _press(shown, "校核", document, folder / "live_check.png")
        _go(document, "党员名册", "B5")
        _photograph(shown, folder / "live_marks.png")
        _go(document, "流出党员", "A4")
        _press(shown, "登记联系", document, folder / "live_contact.png")
        for label, picture in LISTS:
            _press(shown, label, document, folder / picture)
        document.close(True)


def _menu(shown: Screen, target: Path) -> None:
    window = shown.xdotool("search", "--onlyvisible", "--name", "LibreOffice Calc").split()[-1]
    shown.xdotool("windowfocus", "--sync", window)
    shown.xdotool("key", MENU)
    _photograph(shown, target)
    shown.xdotool("key", "Escape", "Escape")


def _go(document: Any, sheet: str, place: str) -> Any:
    """Bring a sheet to the front with a cell selected; the sheet."""
    found = document.getSheets().getByName(sheet)
    document.getCurrentController().setActiveSheet(found)
    document.getCurrentController().select(found.getCellRangeByName(place))
    return found


def _press(shown: Screen, label: str, document: Any, target: Path) -> None:
    shown.press(document, label)
    shown.answer(TITLE)
    shown.xdotool("mousemove", "800", "700")
    _photograph(shown, target)


def _photograph(shown: Screen, target: Path) -> None:
    time.sleep(_SETTLED)
    shown.picture(target)
    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
