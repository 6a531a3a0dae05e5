"""Rebuilds what is committed though generated, blank workbooks and pages to read: ``python -m addin.build``."""

import sys
from pathlib import Path

from addin.desk import Desk
from addin.hosts.workbook_writer import write_workbook
from addin.layout import BOOK_TITLES
from addin.manual_pages import PAGES, html_page
from addin.rule_list import as_markdown, rule_lines
from validators.policy import load_policy

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "workbook_templates"
DOCS = ROOT / "docs"
RULES_PAGE = DOCS / "规则清单.md"


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


def build_pages(folder: Path, desk: Desk) -> None:
    """Write the pages of ``docs`` as HTML beside their sources: what the help button opens."""
    for name in PAGES:
        target = folder / f"{name}.html"
        target.write_text(html_page(name, (folder / f"{name}.md").read_text(encoding="utf-8")), encoding="utf-8")
        desk.say(str(target))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATES, Desk())
    if len(sys.argv) == 1:
        build_rules_page(RULES_PAGE, Desk())
        build_pages(DOCS, Desk())
