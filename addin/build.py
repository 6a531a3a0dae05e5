"""Rebuilds the committed blank workbooks in ``workbook_templates``: ``python -m addin.build``."""

import sys
from pathlib import Path

from addin.desk import Desk
from addin.hosts.workbook_writer import write_workbook
from addin.layout import BOOK_TITLES

TEMPLATES = Path(__file__).resolve().parents[1] / "workbook_templates"


def build(folder: Path, desk: Desk) -> None:
    """Write one blank workbook of each kind into ``folder``."""
    for kind, title in BOOK_TITLES.items():
        target = folder / f"{title}.xlsx"
        write_workbook(target, kind, cover={})
        desk.say(str(target))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES, Desk())
