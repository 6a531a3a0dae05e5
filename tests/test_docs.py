"""What the pages for people say is there: every command, every file they point to."""

import re
from pathlib import Path

import pytest

from addin.actions import MODULES
from addin.buttons import tab

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", "README.zh-CN.md", "docs/使用手册.md", "docs/信息员.md", "CONTRIBUTING.md"]
COMMAND = re.compile(r"taizhang ([a-z]+)\b(?! maintainers)")


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_named_exists(page: str) -> None:
    named = {
        word for line in text(page).splitlines() if "`" in line or "    " in line for word in COMMAND.findall(line)
    }
    assert named - set(MODULES) - {"works"} == set()


def test_every_command_is_told_somewhere() -> None:
    pages = "\n".join(text(page) for page in PAGES)
    assert [name for name in MODULES if f"taizhang {name}" not in pages and f"run.py {name}" not in pages] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text(page))
    folder = (ROOT / page).parent
    assert [name for name in targets if not name.startswith("http") and not (folder / name).exists()] == []


def test_every_heading_in_the_contents_exists() -> None:
    manual = text("docs/使用手册.md")
    wanted = re.findall(r"\]\(#([^)]+)\)", manual)
    headings = {
        re.sub(r"[、，：]", "", line.lstrip("# ").strip()) for line in manual.splitlines() if line.startswith("#")
    }
    assert wanted and set(wanted) <= headings


def test_the_manual_knows_the_buttons_a_clerk_needs_first() -> None:
    manual = text("docs/使用手册.md")
    first = (
        "check",
        "unmark",
        "due",
        "lost",
        "contact",
        "submit",
        "merge",
        "forms",
        "trace",
        "return",
        "undo",
        "doctor",
    )
    assert [button.label for button in tab().buttons if button.key in first and button.label not in manual] == []
