"""Rebuilds what is committed though generated, blank workbooks and the page of rules: ``python -m addin.build``."""

import sys
from pathlib import Path

from addin.desk import Desk
from addin.hosts.workbook_writer import write_workbook
from addin.layout import BOOK_TITLES
from addin.rule_list import as_markdown, rule_lines
from validators.policy import load_policy

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "workbook_templates"
RULES_PAGE = ROOT / "docs" / "规则清单.md"


def build(folder: Path, desk: Desk) -> None:
    """Write one blank workbook of each kind into ``folder``."""
    for kind, title in BOOK_TITLES.items():
        target = folder / f"{title}.xlsx"
        write_workbook(target, kind, cover={})
        desk.say(str(target))


def build_rules_page(target: Path, desk: Desk) -> None:
    """Write the page of rules with the values of the present policy."""
    target.write_text(as_markdown(rule_lines(load_policy())), encoding="utf-8")
    desk.say(str(target))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES, Desk())
    if len(sys.argv) == 1:
        build_rules_page(RULES_PAGE, Desk())
