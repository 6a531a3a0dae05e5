"""`taizhang merge` on real files: folders, archives and bad files in, one whole committee workbook out."""

import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.cli import main
from addin.desk import Desk
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from addin.registry import CANNOT_USE, FOUND_ERRORS, OK, WRONG_USAGE
from addin.submissions import merged_registers
from tests.drawing import COVER, draw, person
from tests.filling import filled_rows
from tests.handing_in import COMMITTEE, HOME, code
from tests.workbook_editing import write_drawn
from validators.table import Value
from validators.wording import shown

ROSTERS = {
    1: "姓名 | 手机号 \n 张三 | 15400000001 \n 李四 | 15400000002",
    2: "姓名 | 手机号 | 关系归属 \n 张三 | 15400000003 | 转出未回执 \n 王五 | | ",
    3: "姓名 \n 赵六 \n 钱七 \n 孙八",
}


def file_name(number: int) -> str:
    return f"{code(number)}_第{number}支部_2026Q4.xlsx"


def write_branch(folder: Path, number: int, cover: Mapping[str, Value] | None = None, **drawings: str) -> Path:
    front = {"organisation_code": code(number), "organisation_name": f"第{number}支部", "superior_code": COMMITTEE}
    return write_drawn(folder / file_name(number), draw(cover={**front, **(cover or {})}, **drawings))


@pytest.fixture(scope="module")
def branches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("报送")
    for number, roster in ROSTERS.items():
        write_branch(folder, number, member_roster=roster)
    return folder


@pytest.fixture
def inbox(branches: Path, tmp_path: Path) -> Path:
    """A copy of the three files, so that tests may change them."""
    return Path(shutil.copytree(branches, tmp_path / "报送"))


@pytest.fixture(autouse=True)
def nine_thirty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Desk, "now", lambda self: datetime(2026, 11, 24, 9, 30))
    yield


class GbkName(zipfile.ZipInfo):
    """An entry named as Chinese Windows names it: in GBK, and without saying so."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), 0


def merge(*words: object) -> int:
    return main(["merge", *(str(word) for word in words)])


def merge_to_json(inbox: Path, target: Path, *words: object) -> dict[str, Any]:
    out = target.with_suffix(".json")
    merge(inbox, "--into", target, "--json", out, *words)
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def sheet_rows(path: Path, name: str) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path)[name]
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(value is not None for value in row)]


def test_a_folder_becomes_one_workbook(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "党委汇总.xlsx"
    before = {path: path.read_bytes() for path in inbox.iterdir()}
    assert merge(inbox, "--into", target) == OK
    assert {path: path.read_bytes() for path in inbox.iterdir()} == before
    roster = sheet_rows(target, "党员名册")
    assert [row[:4] for row in roster] == [
        (code(1), file_name(1), 4, "张三"),
        (code(1), file_name(1), 5, "李四"),
        (code(2), file_name(2), 4, "张三"),
        (code(2), file_name(2), 5, "王五"),
        *((code(3), file_name(3), row, name) for row, name in enumerate(("赵六", "钱七", "孙八"), 4)),
    ]
    said = capsys.readouterr().out
    assert "应报 3 个党组织，已报 3。" in said
    assert "读入 7 = 新增 6 + 更新 0 + 未变 0 + 冲突 1 + 退回 0。" in said
    assert "冲突处理 2 行（双重名册 1、字段不一致 1），其中 2 行还没有选“采用”。" in said


def test_merging_again_leaves_every_byte(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "党委汇总.xlsx"
    merge(inbox, "--into", target)
    before = target.read_bytes()
    assert merge_to_json(inbox, target)["counts"] == {
        "读入": 7,
        "新增": 0,
        "更新": 0,
        "未变": 6,
        "冲突": 1,
        "退回": 0,
    }
    assert target.read_bytes() == before
    assert "没有改动它" in capsys.readouterr().out


def test_whatever_people_type_comes_through_and_stays(tmp_path: Path) -> None:
    inbox, target = tmp_path / "报送", tmp_path / "党委汇总.xlsx"
    front = {**COVER, "organisation_code": code(1), "superior_code": COMMITTEE}
    write_workbook(inbox / "甲.xlsx", "branch", cover=front, rows=filled_rows("branch"))
    counts = merge_to_json(inbox, target)["counts"]
    merged, handed_in = load_book(target), load_book(inbox / "甲.xlsx")
    named = 0
    for register in merged_registers():
        rows = {row.whole("source_row"): row for row in merged[register.key]}
        for row in handed_in[register.key]:
            if row.origin.row in rows:
                named += 1
                theirs = {key: shown(value) for key, value in row.values.items()}
                ours = {key: shown(value) for key, value in rows[row.origin.row].values.items()}
                assert theirs == {key: text for key, text in ours.items() if not key.startswith("source_")}
    assert counts["读入"] == named + counts["退回"] > 30
    before = target.read_bytes()
    again = merge_to_json(inbox, target)["counts"]
    assert target.read_bytes() == before
    assert (again["新增"], again["更新"]) == (0, 0)


def test_any_order_and_any_packing_gives_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    merge(inbox, "--into", one)
    nested = tmp_path / "乱放"
    (nested / "内层").mkdir(parents=True)
    shutil.move(inbox / file_name(2), nested / "内层" / file_name(2))
    with zipfile.ZipFile(nested / "邮件附件.zip", "w") as package:
        package.writestr(GbkName(f"附件/{file_name(1)}"), (inbox / file_name(1)).read_bytes())
    (nested / "~$锁.xlsx").write_bytes(b"x")
    (nested / "说明.docx").write_bytes(b"x")
    merge(inbox / file_name(3), nested, "--into", two, "--workers", "2")
    assert one.read_bytes() == two.read_bytes()


def test_the_json_is_as_the_contract_says(inbox: Path, tmp_path: Path) -> None:
    found = merge_to_json(inbox, tmp_path / "党委汇总.xlsx")
    assert found["counts"] == {"读入": 7, "新增": 6, "更新": 0, "未变": 0, "冲突": 1, "退回": 0}
    assert {(one["file"], one["organisation"], one["status"], one["rows"]) for one in found["files"]} == {
        (file_name(1), code(1), "已报", 2),
        (file_name(2), code(2), "已报", 2),
        (file_name(3), code(3), "已报", 3),
    }
    (double,) = found["doubles"]
    assert double["id"] == person("张三")[:6] + "*" * 8 + person("张三")[-4:]
    assert [source["organisation"] for source in double["sources"]] == [code(1), code(2)]
    assert [(one["field"], one["value_one"]) for one in found["conflicts"]] == [
        ("关系归属", "在册"),
        ("手机号", "154****0001"),
    ]
    assert set(found["matching"]) >= {"已对上", "仅流出方", "仅流入方", "不一致", "外部", "超期未确认"}
    assert len(found["changes"]) == 7
    full = merge_to_json(inbox, tmp_path / "党委汇总.xlsx", "--full-ids")
    assert full["doubles"][0]["id"] == person("张三")
    assert full["conflicts"][1]["value_one"] == "15400000001"


def test_a_bad_file_stops_nobody_and_is_named(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / file_name(3)).write_bytes(b"PK\x03\x04 half a file")
    (inbox / "旧版.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    write_branch(inbox, 4, {"period": "2026Q3"}, member_roster="姓名 \n 周九")
    target = tmp_path / "党委汇总.xlsx"
    assert merge(inbox, "--into", target) == FOUND_ERRORS
    statuses = {row[3]: row[2] for row in sheet_rows(target, "报送情况")}
    assert statuses == {
        file_name(1): "已报",
        file_name(2): "已报",
        file_name(3): "无法读取",
        file_name(4): "期别不符",
        "旧版.xls": "无法读取",
    }
    said = capsys.readouterr().out
    assert "已经损坏" in said
    assert "这次合并的是“2026Q4”" in said
    assert [row[3] for row in sheet_rows(target, "党员名册")] == ["张三", "李四", "张三", "王五"]


def test_what_clerks_typed_into_the_committee_workbook_stays(inbox: Path, tmp_path: Path) -> None:
    target = tmp_path / "党委汇总.xlsx"
    listed = [
        {"organisation_code": code(number), "organisation_name": f"望湖第{number}支部", "is_expected": "是"}
        for number in (1, 2, 3, 9)
    ]
    write_workbook(
        target,
        "committee",
        cover={**HOME, "secretary": "沈知秋"},
        rows={"organisation_directory": listed},
        policy_overrides={"match.date_days": "60"},
    )
    merge(inbox, "--into", target)
    book = load_book(target)
    assert book.cover.text("secretary") == "沈知秋"
    assert book.policy_overrides == {"match.date_days": "60"}
    assert [row.text("organisation_name") for row in book["organisation_directory"]] == [
        f"望湖第{number}支部" for number in (1, 2, 3, 9)
    ]
    assert [(row.text("organisation_code"), row.text("status")) for row in book["submission_status"]] == [
        (code(1), "已报"),
        (code(2), "已报"),
        (code(3), "已报"),
        (code(9), "未报"),
    ]
    assert [row.text("operation") for row in book.results["operation_log"]] == ["合并"]


@pytest.mark.parametrize(
    ("words", "answer", "told"),
    [
        (["没有这个文件夹", "--into", "汇总.xlsx"], CANNOT_USE, "找不到“没有这个文件夹”"),
        (["空", "--into", "汇总.xlsx"], CANNOT_USE, "没有找到工作簿"),
        (["报送", "--into", "汇总.xls"], WRONG_USAGE, "要以 .xlsx 结尾"),
        (["报送", "--into", f"报送/{file_name(1)}"], CANNOT_USE, "是支部台账，不是党委汇总"),
        (["报送", "--into", "汇总.xlsx", "--workers", "0"], WRONG_USAGE, "至少是 1"),
    ],
)
def test_wrong_words_are_answered_with_one_sentence(
    inbox: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    answer: int,
    told: str,
) -> None:
    monkeypatch.chdir(inbox.parent)
    (inbox.parent / "空").mkdir()
    assert merge(*words) == answer
    assert told in capsys.readouterr().err
    assert not (inbox.parent / "汇总.xlsx").exists()


def run_merge(inbox: Path, target: Path) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-X", "utf8", "-m", "addin", "merge", str(inbox), "--into", str(target)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, stdout=quiet, stderr=quiet, cwd=Path(__file__).parents[1])


@pytest.mark.slow
def test_a_merge_killed_at_any_moment_leaves_the_old_or_the_new_workbook(inbox: Path, tmp_path: Path) -> None:
    target = tmp_path / "党委汇总.xlsx"
    merge(inbox, "--into", target)
    old = target.read_bytes()
    write_branch(inbox, 3, member_roster="姓名 \n 赵六 \n 吴十")
    started = time.monotonic()
    assert run_merge(inbox, tmp_path / "试.xlsx").wait() == OK
    whole = time.monotonic() - started
    for part in range(1, 9):
        target.write_bytes(old)
        running = run_merge(inbox, target)
        time.sleep(whole * part / 8)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        assert target.read_bytes() == old or len(load_book(target)["member_roster"].rows) == 6


def test_stopping_a_merge_leaves_everything_and_says_so(inbox: Path, tmp_path: Path) -> None:
    target = tmp_path / "党委汇总.xlsx"
    slow = (
        "import sys, time\n"
        "from addin.hosts import submission_reader as reader\n"
        "reader.load_book = lambda path: time.sleep(60)\n"
        "from addin.cli import main\n"
        "sys.exit(main(['merge', *sys.argv[1:], '--workers', '2']))"
    )
    words = [sys.executable, "-X", "utf8", "-c", slow, str(inbox), "--into", str(target)]
    root = Path(__file__).parents[1]
    running = subprocess.Popen(words, stderr=subprocess.PIPE, cwd=root, start_new_session=True)
    assert running.stderr is not None
    assert "读取 3 个文件" in running.stderr.readline().decode()
    helpers_at_work = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    for _ in range(300):
        if len(helpers_at_work.read_text().split()) == 2:
            break
        time.sleep(0.1)
    time.sleep(0.5)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=30)
    assert running.returncode == CANNOT_USE
    assert told.decode().strip() == "taizhang：已按您的要求停下，文件保持原样。"
    assert not target.exists()


def test_two_merges_at_once_do_not_mix(inbox: Path, tmp_path: Path) -> None:
    target = tmp_path / "党委汇总.xlsx"
    halves = []
    for number in (1, 3):
        half = tmp_path / f"半{number}"
        half.mkdir()
        shutil.copy(inbox / file_name(number), half)
        halves.append(half)
    running = [run_merge(half, target) for half in halves]
    assert [each.wait() for each in running] == [OK, OK]
    assert {row.text("source_organisation") for row in load_book(target)["member_roster"]} == {code(1), code(3)}


def test_helpers_and_one_process_read_the_same(inbox: Path, tmp_path: Path) -> None:
    alone, helped = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    merge(inbox, "--into", alone, "--workers", "1")
    merge(inbox, "--into", helped, "--workers", str(min(3, multiprocessing.cpu_count() + 1)))
    assert alone.read_bytes() == helped.read_bytes()
