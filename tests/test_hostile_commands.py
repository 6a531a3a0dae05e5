"""Every command on hostile files, on a console that knows no rare characters; and hostile words that stay words."""

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.registry import CANNOT_USE, WRONG_USAGE
from tests.drawing import draw
from tests.hostile_kinds import FILES
from tests.hostile_packages import BYTES, PARTS
from tests.odd_workbooks import CELLS
from tests.package_editing import repacked
from tests.small_branch import small_branch
from tests.workbook_editing import write_drawn
from validators.registers import registers
from validators.table import Book

ON_A_FILE: Mapping[str, Sequence[str]] = {
    "check": ("check", "{}", "--write"),
    "check tidying": ("check", "{}", "--fix"),
    "facts": ("facts", "{}"),
    "due": ("due", "{}", "-o", "出"),
    "lost": ("lost", "{}", "--write"),
    "contact": ("contact", "{}", "--from", "好.xlsx"),
    "contact from it": ("contact", "好.xlsx", "--from", "{}"),
    "campaign": ("campaign", "{}", "--profile", "P1"),
    "forms": ("forms", "{}", "-o", "出"),
    "trace": ("trace", "{}", "B5"),
    "fill": ("fill", "{}", "--from", "好.xlsx", "-o", "出.xlsx"),
    "fill from it": ("fill", "空表.xlsx", "--from", "{}", "-o", "出.xlsx"),
    "submit": ("submit", "{}"),
    "verify": ("verify", "{}"),
    "merge into it": ("merge", "报来", "--into", "{}"),
    "return": ("return", "{}"),
    "carry": ("carry", "{}", "好.xlsx"),
    "carry to it": ("carry", "好.xlsx", "{}"),
    "reconcile": ("reconcile", "{}", "--with", "好.xlsx"),
    "reconcile with it": ("reconcile", "空表.xlsx", "--with", "{}"),
    "unmark": ("unmark", "{}"),
}
BAD = (
    "坏位.xlsx",
    "快捷方式.xlsx",
    "同名两表.xlsx",
    "远格.xlsx",
    "外部实体.xlsx",
    "旧版.xls",
    "谎报文字数.xlsx",
    "越界.xlsx",
)
"""One of each class of refusal; every hostile file is put to the door itself elsewhere."""

RARE = ("姓名自造字", "末平面自造字", "生僻字", "姓名方向符")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("桌面")
    good = write_drawn(folder / "好.xlsx", draw(member_roster="姓名\n张三"))
    (folder / "报来").mkdir()
    shutil.copy(good, folder / "报来" / "1.xlsx")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["姓名", "身份证号"])
    book.active.append(["张三", "1"])
    book.save(folder / "空表.xlsx")
    honest = good.read_bytes()
    for name in BAD:
        data = FILES[name][0] if name in FILES else b""
        data = data or (BYTES[name][0](honest) if name in BYTES else repacked(honest, PARTS[name][0]))
        (folder / name).write_bytes(data)
    for name in RARE:
        (folder / f"{name}.xlsx").write_bytes(repacked(honest, CELLS[name][0]))
    return folder


def told_on_a_narrow_console(words: Sequence[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Run a command in a folder, both streams as on Chinese Windows, GBK and strict; what it told as an error."""
    said, told = (io.TextIOWrapper(io.BytesIO(), encoding="gbk") for _ in range(2))
    with monkeypatch.context() as patched:
        patched.chdir(folder)
        patched.setattr(sys, "stdout", said)
        patched.setattr(sys, "stderr", told)
        code = main(list(words))
        told.flush()
    return code, told.buffer.getvalue().decode("gbk")  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ON_A_FILE.values(), ids=ON_A_FILE)
def test_every_command_refuses_a_hostile_file_in_one_sentence(
    words: Sequence[str], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in desk.rglob("*.xlsx")}
    for name in BAD:
        code, sentence = told_on_a_narrow_console([word.format(name) for word in words], desk, monkeypatch)
        assert code in (CANNOT_USE, WRONG_USAGE)
        assert sentence.startswith("taizhang：") and f"“{name}”" in sentence and len(sentence.splitlines()) == 1
        assert "内部出错" not in sentence and "Traceback" not in sentence
    assert {path: path.read_bytes() for path in desk.rglob("*.xlsx")} == before


@pytest.mark.parametrize(
    "name", ["姓名自造字.xlsx", "末平面自造字.xlsx", "生僻字.xlsx", "姓名方向符.xlsx", "等号开头.xlsx"]
)
def test_rare_characters_stop_no_command(
    name: str, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("check", "facts", "due", "lost", "forms", "submit", "carry", "reconcile with it"):
        copy = Path(shutil.copytree(desk, tmp_path / key.replace(" ", "")))
        code, told = told_on_a_narrow_console(
            [word.format(f"{name}.xlsx") for word in ON_A_FILE[key]], copy, monkeypatch
        )
        assert code in (0, 1, 2)
        assert "内部出错" not in told and "Traceback" not in told


HOSTILE_WORDS = ("=1+1", '=HYPERLINK("http://example.invalid","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1")


def with_hostile_words(book: Book) -> Book:
    """Every free text of every register begins like a formula."""
    tables = {}
    for key, table in book.tables.items():
        free = [column.key for column in registers()[key].columns if column.cell == "general" and not column.codes]
        keep = {"name", "identity_number", "organisation_code", "organisation_name", "file_number"}
        rows = []
        for number, row in enumerate(table.rows):
            words = {one: HOSTILE_WORDS[(number + place) % len(HOSTILE_WORDS)] for place, one in enumerate(free)}
            rows.append(replace(row, values={**row.values, **{k: v for k, v in words.items() if k not in keep}}))
        tables[key] = replace(table, rows=tuple(rows))
    return replace(book, tables=tables)


def test_no_word_of_a_register_becomes_a_formula_or_a_link_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = {"organisation_name": "=1+1", "preparer": "@SUM(A1)", "secretary": "+1", "superior_name": "-1"}
    drawn = with_hostile_words(small_branch())
    branch = replace(drawn, cover=replace(drawn.cover, values={**drawn.cover.values, **front}))
    (tmp_path / "报来").mkdir()
    file = write_drawn(tmp_path / "=1+1.xlsx", branch)
    shutil.copy(file, tmp_path / "报来" / "=cmd.xlsx")
    monkeypatch.chdir(tmp_path)
    for words in (
        ("check", file.name, "--write", "--json", "甲.json"),
        ("due", file.name, "-o", "出", "--write"),
        ("lost", file.name, "--write"),
        ("forms", file.name, "-o", "表册", "--charts", "--for", "内部"),
        ("merge", "报来", "--into", "汇总.xlsx"),
        ("return", "汇总.xlsx", "-o", "退回"),
        ("forms", "汇总.xlsx", "-o", "汇总表册"),
        ("carry", file.name, "汇总.xlsx", "-o", "衔接.xlsx"),
    ):
        assert main(list(words)) in (0, 1, 2)
    made = [path for path in tmp_path.rglob("*.xlsx") if path.is_file() and ".taizhang" not in path.parts]
    assert len(made) > 30
    assert {path.name: found for path in made if (found := live_parts(path))} == {}


def live_parts(path: Path) -> list[str]:
    """Parts of a workbook in which something could be computed, fetched or run."""
    found = []
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            text = package.read(name)
            if re.search(rb"<f[ >]", text) or b'TargetMode="External"' in text or b"ddeLink" in text:
                found.append(name)
            if re.search("externalLink|connections|vbaProject|embeddings|activeX|queryTable|webextension", name):
                found.append(name)
    return found
