"""What is remembered from merge to merge says what reading again would say, and is used only while it does."""

import pickle
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from addin.actions import merge as merge_action
from addin.cli import main
from addin.demo.population import clean_population
from addin.hosts import submission_reader
from addin.hosts.merge_memory import merge_memory
from addin.hosts.merge_store import NAME
from addin.hosts.packed_values import packed, packed_apart, submission_from, unpacked_told
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from addin.merging.previous import Previous, previous_of
from addin.registry import FOUND_ERRORS, OK
from addin.submissions import Seal, submission_of
from tests.drawing import draw
from tests.workbook_editing import edited, write_drawn
from validators.table import MonthOnly

AS_OF = date(2026, 11, 24)
COMMITTEE = "037990100000"


def code(number: int) -> str:
    return f"0379901000{number:02d}"


def branch_file(inbox: Path, number: int, **sheets: str) -> Path:
    front = {"organisation_code": code(number), "organisation_name": f"第{number}支部", "superior_code": COMMITTEE}
    return write_drawn(inbox / f"{code(number)}.xlsx", draw(cover=front, **sheets))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Branches with everything a register may hold: a person twice, half dates, texts no date can be read from."""
    inbox = tmp_path / "报送"
    branch_file(inbox, 1, member_roster="姓名 | 入党日期 | 党员标签 \n 张三 | 1998-07 | 重点、境外 \n 李四 | 不详 | ")
    branch_file(inbox, 2, member_roster="姓名 \n 张三 \n 王五", contact_log="姓名 | contacted_on \n 王五 | 2026-10-08")
    members = clean_population(members=60, as_of=AS_OF, seed=4)
    cover = {**members.cover, "organisation_code": code(3), "superior_code": COMMITTEE}
    write_workbook(inbox / f"{code(3)}.xlsx", "branch", cover=cover, rows=members.rows)
    return inbox


def merge(inbox: Path, target: Path) -> int:
    return main(["merge", str(inbox), "--into", str(target), "--workers", "1"])


@pytest.mark.parametrize("seal", Seal)
def test_what_is_packed_comes_back_under_every_python(seal: Seal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.11.2 of Debian 12 writes members of enumerations in a way no reader of ours may follow."""
    sent = replace(submission_of(draw(member_roster="姓名 \n 张三")), seal=seal)
    monkeypatch.setattr(Seal, "__reduce_ex__", lambda self, protocol: (getattr, (Seal, self.name)))
    assert submission_from(packed(sent), packed_apart({})) == sent


def remembered(target: Path) -> Previous | None:
    with merge_memory(target) as memory:
        return memory.workbook(target)


def choose(target: Path, typed: Mapping[str, str]) -> None:
    """Type something into the first row of 冲突处理, by title."""

    def change(book: object) -> None:
        sheet = book["冲突处理"]  # type: ignore[index]
        titles = {cell.value: cell.column for cell in sheet[3]}
        for title, value in typed.items():
            sheet.cell(4, titles[title]).value = value

    edited(target, target, change)


def test_the_workbook_remembered_is_the_workbook_read(tmp_path: Path, inbox: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    for _ in range(2):
        assert merge(inbox, target) in (OK, FOUND_ERRORS)
        assert remembered(target) == previous_of(load_book(target))
        choose(target, {"采用": "甲", "理由": "组织关系在甲支部"})
        assert remembered(target) is None
        branch_file(inbox, 2, member_roster="姓名 \n 张三 \n 王五 \n 赵六")


def test_a_merge_with_its_memory_and_one_without_write_the_same(tmp_path: Path, inbox: Path) -> None:
    with_memory, without = tmp_path / "甲" / "汇总.xlsx", tmp_path / "乙" / "汇总.xlsx"
    for target in (with_memory, without):
        merge(inbox, target)
    branch_file(inbox, 1, member_roster="姓名 | 入党日期 \n 张三 | 1998-08")
    for file in (without.parent / ".taizhang").iterdir():
        file.unlink() if file.is_file() else None
    for target in (with_memory, without):
        merge(inbox, target)
    one, other = (previous_of(load_book(target)) for target in (with_memory, without))
    assert one.rows == other.rows
    tells_the_time = {"submission_status", "operation_log"}
    assert {key: rows for key, rows in one.sheets.items() if key not in tells_the_time} == {
        key: rows for key, rows in other.sheets.items() if key not in tells_the_time
    }


def test_nothing_unchanged_is_read_again(tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "汇总.xlsx"
    merge(inbox, target)
    read: list[str] = []

    def noting(path: Path) -> object:
        read.append(path.name)
        return load_book(path)

    monkeypatch.setattr(submission_reader, "load_book", noting)
    monkeypatch.setattr(merge_action, "load_book", noting)
    merge(inbox, target)
    assert read == []
    branch_file(inbox, 2, member_roster="姓名 \n 张三")
    merge(inbox, target)
    assert read == [f"{code(2)}.xlsx"]


def test_what_files_held_is_kept_while_they_or_the_workbook_need_it(tmp_path: Path, inbox: Path) -> None:
    target = tmp_path / "汇总.xlsx"

    def kept() -> int:
        merge(inbox, target)
        with closing(sqlite3.connect(tmp_path / ".taizhang" / NAME)) as connection:
            number: int = connection.execute("SELECT count(*) FROM contents").fetchone()[0]
            return number

    assert kept() == 3
    (inbox / f"{code(3)}.xlsx").unlink()
    assert kept() == 3
    assert remembered(target) == previous_of(load_book(target))
    branch_file(inbox, 2, member_roster="姓名 \n 张三")
    assert kept() == 2
    assert remembered(target) == previous_of(load_book(target))


class Runs:
    """What foreign bytes might want to make."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, ("1/0",)


FOREIGN = {
    "nothing": b"",
    "no archive": b"nothing",
    "no rows": zlib.compress(b"nothing"),
    "something that runs": zlib.compress(pickle.dumps(Runs())),
    "something else": zlib.compress(pickle.dumps({1: 2})),
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN.keys())
def test_foreign_bytes_are_nothing(data: bytes) -> None:
    assert submission_from(data, packed_apart({})) is None
    assert unpacked_told(data) is None


def test_packing_loses_nothing() -> None:
    roster = "姓名 | 入党日期 | 党员标签 | 出生日期 \n 张三 | 1998-07 | 重点、境外 | 1970-01-02"
    read = submission_of(draw(member_roster=roster), fingerprint="f")
    assert MonthOnly(1998, 7) in read.rows["member_roster"][0].values.values()
    assert submission_from(packed(read), packed_apart({})) == read
    assert unpacked_told(packed(read)) is None


def test_nothing_is_remembered_beside_snapshots_under_a_password(tmp_path: Path, inbox: Path) -> None:
    target, password = tmp_path / "汇总.xlsx", tmp_path / "口令.txt"
    password.write_text("一个够长的口令abc123\n", encoding="utf-8")
    merge(inbox, target)
    assert main(["undo", str(target), "--lock", "--password-file", str(password)]) == OK
    assert not (tmp_path / ".taizhang" / NAME).exists()
    merge(inbox, target)
    with closing(sqlite3.connect(tmp_path / ".taizhang" / NAME)) as connection:
        kept = [connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("contents", "workbook")]
    assert kept == [(0,), (0,)]


def test_what_clerks_added_to_the_workbook_is_named_when_it_is_left_behind(
    tmp_path: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "汇总.xlsx"
    merge(inbox, target)

    def add(book: object) -> None:
        sheet = book["党员名册"]  # type: ignore[index]
        sheet.cell(3, sheet.max_column + 1).value = "自己的备注"
        sheet.cell(4, sheet.max_column).value = "看过"
        book.create_sheet("我的记事").append(["问过县委组织部"])  # type: ignore[attr-defined]

    edited(target, target, add)
    branch_file(inbox, 2, member_roster="姓名 \n 张三")
    capsys.readouterr()
    merge(inbox, target)
    told = capsys.readouterr().out
    assert "没有带进新文件：“党员名册”的“自己的备注”列、工作表“我的记事”。" in told
    assert "taizhang undo 汇总.xlsx" in told
    branch_file(inbox, 2, member_roster="姓名 \n 王五")
    merge(inbox, target)
    assert "没有带进新文件" not in capsys.readouterr().out


def test_every_file_of_a_merge_brings_its_time_along(
    tmp_path: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Helpers read the files, or the memory has them: the merge itself works for all of them."""
    target = tmp_path / "汇总.xlsx"
    granted: list[str] = []
    monkeypatch.setattr(merge_action, "grant", lambda file, rows: granted.append(file))
    merge(inbox, target)
    files = [f"{code(number)}.xlsx" for number in (1, 2, 3)]
    assert granted == files
    granted.clear()
    merge(inbox, target)
    assert granted == ["汇总.xlsx", *files]
