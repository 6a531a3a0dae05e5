"""Takes the pictures of ``docs``: a clerk presses buttons in LibreOffice, the screen is photographed.

python -m tests.picture_tour [FOLDER]
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.screen import screen
from tests.small_branch import small_branch_file

ROOT = Path(__file__).resolve().parents[1]
TITLE = "台账工具"
STOPS = (("校核", "live_check.png"), ("逾期与到期", "live_due.png"), ("失联名单", "live_lost.png"))
"""Each button pressed, and the picture taken when its message is closed."""

_SETTLED = 2.0


def main(folder: Path) -> None:
    """Press, answer, photograph."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, screen(Path(scratch), ROOT) as shown:
        document = shown.open(small_branch_file(Path(scratch)).rename(Path(scratch) / "branch.xlsx"))
        for label, picture in STOPS:
            shown.press(document, label)
            shown.answer(TITLE)
            time.sleep(_SETTLED)
            shown.picture(folder / picture)
            print(folder / picture)
        sheets = document.getSheets()
        document.getCurrentController().setActiveSheet(sheets.getByName("党员名册"))
        time.sleep(_SETTLED)
        shown.picture(folder / "live_marks.png")
        document.close(True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
