"""Every command is run as a clerk runs it; no full identity number or mobile number shows where it need not.

Looked through: both streams, every file made or changed down to the parts of packages and packed cells, names of files,
the log and 报送记录.
"""

import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from addin.actions import MODULES
from addin.cli import main
from addin.desk_log import FOLDER_VARIABLE
from addin.layout import COVER, FIRST_ROW
from tests.drawing import draw, person
from tests.full_numbers import NUMBER, numbers_in
from tests.small_branch import small_branch
from tests.workbook_editing import write_drawn
from validators.table import Book

BRANCH, COMMITTEE, CALLS = "支部.xlsx", "汇总.xlsx", "通话/支部_通话与期限_2026-11-24.xlsx"
NAMED = f"支部{person('李四')}.xlsx"

IN_FULL = {
    BRANCH: "the register itself",
    NAMED: "a copy of it",
    "差.xlsx": "a register with faults",
    "报来/1.xlsx": "what a branch handed in",
    "报来/2.xlsx": "what a branch handed in",
    "名册.xlsx": "a roster exported by another program",
    "上期.xlsx": "the register of last year",
    COMMITTEE: "the committee's register: branches are merged and matched by numbers",
    CALLS: "the contact person's call sheet: phones are for calling, numbers bring the answers back",
    "全号.json": "asked for with --full-ids",
    "内部表/党员基本信息汇总表.xlsx": "asked for with --for 内部",
    "填好.xlsx": "asked for with --for 内部",
    "表册/中国共产党党员组织关系介绍信.xlsx": "a letter of introduction is void without the number",
    "汇总表册/中国共产党党员组织关系介绍信.xlsx": "the same from the committee's register",
    "新.xlsx": "the phone of the branch, typed by the clerk, on the cover",
}
"""Where full numbers may stand, and why. Snapshots and sealed submissions are the registers they come from."""

COMMANDS: Sequence[Sequence[str]] = (
    ("check", BRANCH, "--all", "--json", "甲.json"),
    ("check", "差.xlsx", "--all", "--json", "乙.json"),
    ("check", "差.xlsx", "--write"),
    ("check", "差.xlsx", "--fix", "--from", "上期.xlsx"),
    ("check", BRANCH, "--json", "全号.json", "--full-ids"),
    ("check", NAMED),
    ("check", f"没有{person('李四')}.xlsx"),
    ("facts", BRANCH, "--json", "丙.json"),
    ("facts", BRANCH, "--name", "张外出"),
    ("facts", BRANCH, "--name", person("张外出")),
    ("due", BRANCH, "--json", "丁.json", "-o", "通话", "--write"),
    ("lost", BRANCH, "--json", "戊.json", "--write"),
    ("contact", BRANCH, "--from", CALLS),
    ("campaign", BRANCH, "--profile", "P1", "-o", "日程.xlsx", "--json", "己.json"),
    ("forms", BRANCH, "-o", "表册", "--charts", "--json", "庚.json"),
    ("forms", BRANCH, "-o", "公示表", "--for", "公示"),
    ("forms", BRANCH, "--form", "党员基本信息汇总表", "-o", "内部表", "--for", "内部"),
    ("trace", "表册/党员组织关系排查情况汇总表.xlsx", "C8", "--all", "-o", "反查.xlsx", "--json", "辛.json"),
    ("fill", "空表.xlsx", "--from", BRANCH, "-o", "填给上级.xlsx"),
    ("fill", "空表.xlsx", "--from", BRANCH, "-o", "填给公示.xlsx", "--for", "公示"),
    ("fill", "空表.xlsx", "--from", BRANCH, "-o", "填好.xlsx", "--for", "内部"),
    ("submit", BRANCH, "--json", "壬.json"),
    ("submit", "报来/2.xlsx", "-o", "报送"),
    ("verify", BRANCH),
    ("merge", "报来", "--into", COMMITTEE, "--json", "癸.json"),
    ("merge", "报来", "--into", COMMITTEE),
    ("check", COMMITTEE, "--all", "--json", "子.json"),
    ("forms", COMMITTEE, "-o", "汇总表册"),
    ("return", COMMITTEE, "-o", "退回单", "--json", "丑.json"),
    ("carry", "上期.xlsx", BRANCH, "-o", "衔接.xlsx", "--json", "寅.json"),
    ("reconcile", "名册.xlsx", "--with", BRANCH, "-o", "对账.xlsx", "--json", "卯.json"),
    ("unmark", BRANCH),
    ("undo", BRANCH, "--list"),
    ("undo", BRANCH),
    ("new", "branch", "-o", "新.xlsx", "--phone", "15400001234"),
    ("doctor", "-o", "自检.txt", "--json", "辰.json"),
    ("rules", "R-SEC", "--json", "巳.json"),
)
APART = {
    "demo": "makes up its own persons and runs the same commands",
    "install": "touches no register",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers whose free texts hold numbers too."""
    folder = tmp_path_factory.mktemp("桌面")
    branch = talkative(small_branch())
    write_drawn(folder / BRANCH, branch)
    write_drawn(folder / NAMED, branch)
    bad = "姓名 | 公民身份号码 | 手机号\n张三 | 379901198611174321 | 15400001111\n李四 | 37990119900101 | 1540000222"
    write_drawn(folder / "差.xlsx", draw(member_roster=bad))
    (folder / "报来").mkdir()
    write_drawn(folder / "报来/1.xlsx", branch)
    other = {"organisation_code": "037990100002", "organisation_name": "第2支部"}
    write_drawn(folder / "报来/2.xlsx", draw(cover=other, member_roster="姓名 | 手机号\n张外出 | 15400000003"))
    write_drawn(folder / "上期.xlsx", draw(cover={"period": "2025", "as_of": "2025-12-31"}, member_roster="姓名\n老人"))
    table(folder / "空表.xlsx", ["姓名", "公民身份号码", "手机号", "备注"])
    table(folder / "名册.xlsx", ["姓名", "身份证号"], ["张外出", person("张外出")], ["外人", person("外人")])
    return folder


def talkative(book: Book) -> Book:
    """Everybody has phones, and a remark that gives away a number and a phone."""
    roster = book.tables["member_roster"]
    rows = []
    for number, row in enumerate(roster.rows):
        remark = f"与{person('李四')}同住，电话15400009{number:03}"
        phones = {"mobile": f"154{number:08}", "emergency_phone": f"155{number:08}"}
        rows.append(replace(row, values={**row.values, **phones, "remark": remark}))
    return replace(book, tables={**book.tables, "member_roster": replace(roster, rows=tuple(rows))})


def table(path: Path, *rows: list[str]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.fixture(scope="module")
def shown(desk: Path) -> dict[str, set[str]]:
    """Full numbers by where they showed: a stream of a command, a file."""
    before, variable = Path.cwd(), os.environ.get(FOLDER_VARIABLE, "")
    os.chdir(desk)
    os.environ[FOLDER_VARIABLE] = str(desk / "日志")
    try:
        found = dict(stream for words in COMMANDS for stream in streams(words))
    finally:
        os.chdir(before)
        os.environ[FOLDER_VARIABLE] = variable
    for path in sorted(desk.rglob("*")):
        if path.is_file():
            found[path.relative_to(desk).as_posix()] = numbers_in(path)
    return {place: numbers for place, numbers in found.items() if numbers}


def streams(words: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    told, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        code = main(words)
    assert code in (0, 1, 2) and "内部出错" not in told.getvalue(), (words, told.getvalue())
    yield f"{' '.join(words)} says", set(NUMBER.findall(said.getvalue()))
    yield f"{' '.join(words)} tells", set(NUMBER.findall(told.getvalue()))


def test_full_numbers_show_only_where_they_are_needed(shown: dict[str, set[str]]) -> None:
    unexpected = {
        place for place in shown if place not in IN_FULL and not place.startswith((".taizhang/快照/", "报送/"))
    }
    assert unexpected == set()


def test_the_search_finds_what_is_there(shown: dict[str, set[str]]) -> None:
    assert {place for place in IN_FULL if place not in shown} == set()
    assert person("张外出") in shown[COMMITTEE]


def test_result_sheets_and_marks_in_a_register_are_masked(desk: Path, shown: dict[str, set[str]]) -> None:
    for name in (BRANCH, "差.xlsx", COMMITTEE):
        book = openpyxl.load_workbook(desk / name)
        for title in {"问题清单", "逾期与到期", "失联名单", "操作记录"} & set(book.sheetnames):
            texts = " | ".join(str(cell) for row in book[title].values for cell in row if cell is not None)
            assert NUMBER.findall(texts) == [], (name, title)
        notes = [
            cell.comment.text
            for sheet in book
            for row in sheet.iter_rows(min_row=FIRST_ROW)
            for cell in row
            if cell.comment and sheet.title != COVER  # whose notes are the examples of the template
        ]
        assert NUMBER.findall(" | ".join(notes)) == []


def test_every_command_was_run() -> None:
    assert {words[0] for words in COMMANDS} | set(APART) == set(MODULES)
