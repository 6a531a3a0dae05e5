"""Every change of a workbook is one step: a snapshot before it, a line in 操作记录, and undo takes it back."""

import errno
import json
import multiprocessing
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.hosts import atomic
from addin.hosts.changing import changing
from addin.hosts.in_use import only_writer
from addin.hosts.patching import write_cells
from addin.hosts.snapshots import FOLDER, MOST_KEPT, OPERATIONS, timeline
from addin.hosts.workbook_writer import write_workbook
from addin.problem import CannotUse
from addin.registry import CANNOT_USE, OK
from tests.ooxml_validator import validate

AT = datetime(2026, 11, 24, 9, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "台账.xlsx"
    write_workbook(path, "branch", cover={"as_of": date(2026, 11, 24)}, rows={"member_roster": [{"name": "张三"}]})
    return path


@pytest.fixture
def target(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "台账.xlsx"))


def rename(path: Path, name: str = "李四", at: datetime = AT) -> None:
    with changing(path, "改名", at) as change:
        write_cells(change.workbook, [("党员名册", 4, 1, name)])
        change.outcome, change.rows_affected = f"改为{name}", 1


def name_in(path: Path) -> object:
    return openpyxl.load_workbook(path)["党员名册"]["A4"].value


def test_a_change_is_written_logged_and_kept(made: Path, target: Path) -> None:
    rename(target)
    assert name_in(target) == "李四"
    log = openpyxl.load_workbook(target)["操作记录"]
    line = [cell.value for cell in log[4]][:5]
    assert line[:4] == ["2026-11-24 09:30", "改名", "改为李四", 1]
    (kept,) = timeline(target)
    assert re.fullmatch(re.escape(kept.file) + " 校验 [0-9a-f]{10}", line[4])
    assert (target.parent / ".taizhang" / FOLDER / target.name / kept.file).read_bytes() == made.read_bytes()


def test_the_log_only_grows(target: Path) -> None:
    rename(target, "李四")
    rename(target, "王五")
    log = openpyxl.load_workbook(target)["操作记录"]
    assert [log.cell(row, 3).value for row in range(4, log.max_row + 1)] == ["改为李四", "改为王五"]


def test_a_missing_log_sheet_is_made(target: Path) -> None:
    book = openpyxl.load_workbook(target)
    del book["操作记录"]
    book.save(target)
    rename(target)
    assert openpyxl.load_workbook(target)["操作记录"]["B4"].value == "改名"


def test_undo_takes_a_change_back_byte_for_byte_and_is_undone_itself(
    made: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rename(target)
    changed = target.read_bytes()
    assert main(["undo", str(target)]) == OK
    assert target.read_bytes() == made.read_bytes()
    said = capsys.readouterr().out
    assert "退回到 2026-11-24 09:30:00“改名”之前" in said
    assert "又被改动" not in said
    assert main(["undo", str(target)]) == OK
    assert target.read_bytes() == changed


def test_every_snapshot_is_listed_and_can_be_chosen(
    made: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("李四", "王五", "赵六"):
        rename(target, name)
    assert main(["undo", str(target), "--list"]) == OK
    lines = capsys.readouterr().out.splitlines()
    assert "共 3 个" in lines[0]
    assert lines[1].startswith("   1. 2026-11-24 09:30:00  “改名”之前")
    assert main(["undo", str(target), "--to", "3"]) == OK
    assert target.read_bytes() == made.read_bytes()
    assert main(["undo", str(target), "--to", "9"]) == CANNOT_USE
    assert "没有编号为 9 的快照" in capsys.readouterr().err


def test_edits_made_by_hand_since_are_told_and_can_be_had_back(
    target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rename(target)
    book = openpyxl.load_workbook(target)
    book["党员名册"]["A5"] = "手工添的"
    book.save(target)
    by_hand = target.read_bytes()
    assert main(["undo", str(target)]) == OK
    assert "又被改动并保存过" in capsys.readouterr().out
    assert main(["undo", str(target)]) == OK
    assert target.read_bytes() == by_hand


def test_only_the_latest_snapshots_are_kept(target: Path) -> None:
    for number in range(MOST_KEPT + 2):
        rename(target, f"第{number}人")
    assert len(timeline(target)) == MOST_KEPT
    folder = target.parent / ".taizhang" / FOLDER / target.name
    assert len(list(folder.glob("*.xlsx"))) == MOST_KEPT


def test_undo_without_snapshots_or_with_a_damaged_one_is_one_sentence(
    target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["undo", str(target)]) == CANNOT_USE
    assert "没有可以退回的快照" in capsys.readouterr().err
    assert not (target.parent / ".taizhang").exists()
    rename(target)
    folder = target.parent / ".taizhang" / FOLDER / target.name
    (folder / timeline(target)[0].file).write_bytes(b"damaged")
    changed = target.read_bytes()
    assert main(["undo", str(target)]) == CANNOT_USE
    assert "已损坏，没有退回" in capsys.readouterr().err
    (folder / "时间线.json").write_text("[{]", encoding="utf-8")
    assert main(["undo", str(target), "--list"]) == CANNOT_USE
    assert "快照目录坏了" in capsys.readouterr().err
    assert target.read_bytes() == changed


def test_a_deleted_workbook_can_be_had_back(made: Path, target: Path) -> None:
    rename(target)
    target.unlink()
    assert main(["undo", str(target)]) == OK
    assert target.read_bytes() == made.read_bytes()


@pytest.mark.parametrize("owner", ["~$台账.xlsx", ".~lock.台账.xlsx#", ".~台账.xlsx"])
def test_a_workbook_open_elsewhere_is_left_alone(made: Path, target: Path, owner: str) -> None:
    (target.parent / owner).write_text("someone")
    with pytest.raises(CannotUse, match=r"正在 .* 中打开，没有写入：请保存并关闭它"):
        rename(target)
    assert target.read_bytes() == made.read_bytes()
    assert timeline(target) == ()


def test_a_file_changed_while_we_write_is_left_alone(target: Path) -> None:
    with pytest.raises(CannotUse, match="在写入期间被别的程序改动"), changing(target, "改名", AT):
        target.write_bytes(target.read_bytes() + b"\0")
    assert timeline(target) == ()


def test_a_sealed_file_is_left_alone(target: Path) -> None:
    book = openpyxl.load_workbook(target)
    book.create_sheet("报送清单")
    book.save(target)
    sealed = target.read_bytes()
    with pytest.raises(CannotUse, match="是封好的报送文件"):
        rename(target)
    assert target.read_bytes() == sealed


def test_a_read_only_workbook_is_left_alone(made: Path, target: Path) -> None:
    target.chmod(0o444)
    with pytest.raises(PermissionError) as refusal:
        rename(target)
    assert refusal.value.filename == str(target)
    assert target.read_bytes() == made.read_bytes()
    assert timeline(target) == ()


def test_a_failed_change_leaves_file_and_timeline_as_they_were(made: Path, target: Path) -> None:
    with pytest.raises(ZeroDivisionError), changing(target, "改名", AT) as change:
        write_cells(change.workbook, [("党员名册", 4, 1, "李四")])
        raise ZeroDivisionError
    assert target.read_bytes() == made.read_bytes()
    assert timeline(target) == ()
    assert [path.name for path in target.parent.iterdir() if path.is_file()] == [target.name]


def test_two_writers_do_not_meet(target: Path) -> None:
    with only_writer(target), pytest.raises(CannotUse, match=r"另一个 taizhang 正在写“台账\.xlsx”"):
        in_other_process(rename_quietly, target)
    rename(target)
    assert name_in(target) == "李四"


def rename_quietly(path: Path) -> str | None:
    try:
        rename(path)
    except CannotUse as problem:
        return str(problem)
    return None


def in_other_process(run: object, path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        told = pool.apply(run, (path,))  # type: ignore[arg-type]
    if told:
        raise CannotUse(told)


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file of this process may grow beyond ``size`` bytes: what a full disk looks like to it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_leaves_the_old_file_and_says_so(
    made: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rename(target)
    changed = target.read_bytes()
    for size in (1000, len(changed) - 1):
        with at_most(size):
            assert main(["undo", str(target)]) == CANNOT_USE
        assert "空间不足，“" in capsys.readouterr().err
        assert target.read_bytes() == changed
        with at_most(size), pytest.raises(OSError) as trouble:
            rename(target, "王五")
        assert trouble.value.errno in (errno.EFBIG, errno.ENOSPC)
        assert target.read_bytes() == changed
    assert [path.name for path in target.parent.iterdir() if path.is_file()] == [target.name]


KILLED = """
import sys
from pathlib import Path
from tests.test_undo import rename

path = Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number += 1
    rename(path, f"第{number}人")
"""


@pytest.mark.slow
def test_a_killed_run_leaves_the_old_or_the_complete_new_file(target: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    for delay in (0.03, 0.11, 0.17, 0.29, 0.41):
        run = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", KILLED, str(target)],
            stdout=subprocess.PIPE,
            cwd=root,
            env=environment,
        )
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(delay)
        run.kill()
        run.wait()
        run.stdout.close()
        assert str(name_in(target)).endswith(("张三", "人"))
        assert main(["undo", str(target)]) in (OK, CANNOT_USE)
        assert str(name_in(target)).endswith(("张三", "人"))
    rename(target)
    assert name_in(target) == "李四"


def change_several_times(path: Path) -> int:
    """How many of five changes were let through."""
    return sum(rename_quietly(path) is None for _ in range(5))


@pytest.mark.slow
def test_no_change_is_lost_when_several_run_at_once(target: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        done = sum(pool.map(change_several_times, [target] * 3, chunksize=1))
    log = openpyxl.load_workbook(target)["操作记录"]
    lines = [log.cell(row, 2).value for row in range(4, log.max_row + 1)]
    assert lines == ["改名"] * done
    assert 5 <= done <= 15
    assert len(timeline(target)) == done


def test_windows_sharing_errors_are_waited_for(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, refused = Path.replace, []

    def replace(self: Path, other: Path) -> Path:
        if len(refused) < 3:
            refusal = PermissionError(13, "in use", str(self))
            refusal.winerror = 32  # type: ignore[attr-defined]
            refused.append(refusal)
            raise refusal
        return really(self, other)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(atomic, "_PAUSES", (0.0,) * 7)
    rename(target)
    assert len(refused) == 3
    assert name_in(target) == "李四"


def test_the_timeline_is_plain_data(target: Path) -> None:
    rename(target)
    index = target.parent / ".taizhang" / FOLDER / target.name / "时间线.json"
    (entry,) = json.loads(index.read_text(encoding="utf-8"))
    assert set(entry) == {"at", "operation", "file", "sha256", "after"}


@pytest.mark.ooxml
def test_a_logged_workbook_is_valid(target: Path) -> None:
    rename(target)
    assert validate([target]) == []


def test_every_operation_is_linked_to_the_one_before(target: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was done to a workbook cannot be struck from the record without it showing."""
    rename(target, "李四")
    rename(target, "王五")
    main(["undo", str(target)])
    log = target.parent / ".taizhang" / OPERATIONS
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    told = [json.loads(line) for line in lines]
    assert [(one["workbook"], one["operation"]) for one in told] == [
        ("台账.xlsx", "改名"),
        ("台账.xlsx", "改名"),
        ("台账.xlsx", "撤销"),
    ]
    assert [one["after"] for one in told[:2]] == [one["sha256"] for one in told[1:]], "before is what it was after"
    assert told[-1]["after"] == told[0]["after"]
    main(["undo", str(target), "--list"])
    assert "操作链" not in capsys.readouterr().out
    log.write_text("".join([lines[0], lines[2]]), encoding="utf-8")
    main(["undo", str(target), "--list"])
    assert "操作链第 2 行起与前面接不上" in capsys.readouterr().out
