"""The manual a clerk opens with the help button: made from ``docs``, complete, and readable without a network."""

import argparse
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from addin import desktop
from addin.build import DOCS
from addin.desk import Desk
from addin.live import looking
from addin.live.press import press
from addin.live.session import Session
from addin.manual import FOLDER, manual_page
from addin.manual_pages import PAGES, heading_id, html_page
from addin.problem import CannotUse


class Page(HTMLParser):
    """What a page points to, and the places in it that can be pointed to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.links, self.pictures, self.ids = set[str](), list[str](), list[str](), set[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.links += [unquote(values["href"])] if "href" in values else []
        self.pictures += [unquote(values["src"])] if "src" in values else []
        self.ids |= {values["id"]} if "id" in values else set()


class Reader(Desk):
    """A desk that remembers the page it was asked to show."""

    def __init__(self, has_browser: bool = True) -> None:
        super().__init__()
        self.has_browser, self.shown = has_browser, list[Path]()

    def show_page(self, page: Path) -> bool:
        self.shown.append(page)
        return self.has_browser


def page(name: str) -> Page:
    return Page((DOCS / f"{name}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_those_of_the_present_text(name: str) -> None:
    made = html_page(name, (DOCS / f"{name}.md").read_text(encoding="utf-8"))
    assert (DOCS / f"{name}.html").read_text(encoding="utf-8") == made, "run python -m addin.build"


@pytest.mark.parametrize("name", PAGES)
def test_everything_a_page_points_to_is_on_the_disk(name: str) -> None:
    shown = page(name)
    places = {(target.partition("#")[0] or f"{name}.html", target.partition("#")[2]) for target in shown.links}
    assert [file for file, _ in places if not (DOCS / file).is_file()] == []
    assert [(file, place) for file, place in places if place and place not in page(Path(file).stem).ids] == []
    assert [picture for picture in shown.pictures if not (DOCS / picture).is_file()] == []
    assert not shown.tags & {"script", "link", "iframe", "object"}
    assert not any(target.startswith(("http", "//")) for target in (*shown.links, *shown.pictures))


def test_a_table_in_the_text_is_a_table_on_the_page() -> None:
    for name in PAGES:
        text = (DOCS / f"{name}.html").read_text(encoding="utf-8")
        assert "|---" not in text and not re.search(r"<p>\|", text), name


def test_the_manual_shows_pictures() -> None:
    assert len(page("使用手册").pictures) >= 4


def test_links_and_headings_become_those_of_the_page() -> None:
    made = html_page(
        "使用手册", "# 一、甲：乙 C\n\n[x](信息员.md#a) [y](#一甲乙-c) [z](folder/o.md)\n\n| a |\n|---|\n| b |\n"
    )
    assert 'id="一甲乙-c"' in made and heading_id("一、甲：乙 C") == "一甲乙-c"
    shown = Page(made.split("</nav>")[1])
    assert shown.links == ["信息员.html#a", "#一甲乙-c", "folder/o.md"]
    assert "<table>" in made


@pytest.mark.parametrize(("has_browser", "said"), [(True, "使用手册在浏览器里打开"), (False, "没有找到浏览器")])
def test_the_help_button_opens_the_manual(has_browser: bool, said: str) -> None:
    desk = Reader(has_browser)
    reply = press("help", Session(None, None, desk))  # type: ignore[arg-type]
    assert (reply.code, desk.shown) == (0, [FOLDER / "使用手册.html"])
    assert said in reply.text and str(desk.shown[0]) in reply.text


def test_the_help_button_of_excel_opens_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, answer = Reader(), tmp_path / "回 答.txt"
    monkeypatch.setattr(desktop, "running_app", lambda window: argparse.Namespace(books=[]))
    monkeypatch.setattr(desktop, "Desk", lambda: desk)
    assert desktop.main(["taizhang_help", "--window=1", f"--reply={answer}"]) == 0
    assert "使用手册" in answer.read_text(encoding="utf-16")
    assert desk.shown == [manual_page()]


def test_a_manual_that_did_not_come_along_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotUse, match="请重新解压安装包"):
        manual_page(tmp_path)
    monkeypatch.setattr(looking, "manual_page", lambda: manual_page(tmp_path))
    reply = press("help", Session(None, None, Reader()))  # type: ignore[arg-type]
    assert reply.code == 2 and "没有找到使用手册" in reply.text
