"""What a killed run left half-written is tidied by the next command there, once it is old; nothing else is touched."""

import os
import signal
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from addin.cli import main
from addin.hosts.atomic import atomic_path
from addin.hosts.leftovers import MARK
from addin.registry import OK
from tests.drawing import draw
from tests.workbook_editing import write_drawn

LONG_AGO = (0.0, 0.0)
NOT_OURS = (
    "~$台账.xlsx",
    ".~台账.xlsx",
    ".~lock.台账.xlsx#",
    ".台账~abc12345.xlsx",
    ".台账.tmp",
    f"台账{MARK}1-a.xlsx",
    "台账~.xlsx",
)


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    return write_drawn(tmp_path / "台账.xlsx", draw(member_roster="姓名\n张三"))


def killed_while_writing(target: Path) -> Path:
    """What is left when a process dies in the middle of writing."""
    writer = get_context("spawn").Process(target=die_while_writing, args=(target,))
    writer.start()
    writer.join()
    (left,) = target.parent.glob(f".{target.stem}{MARK}*")
    return left


def die_while_writing(target: Path) -> None:
    with atomic_path(target) as fresh:
        fresh.write_text("half")
        os.kill(os.getpid(), signal.SIGTERM)


def test_the_next_command_tidies_up(branch: Path) -> None:
    folder = branch.parent
    left = [
        killed_while_writing(folder / "校核.json"),
        killed_while_writing(folder / ".taizhang" / "快照" / "时间线.json"),
    ]
    fresh = killed_while_writing(folder / "新.xlsx")
    clerks = [folder / name for name in NOT_OURS]
    for path in clerks:
        path.write_bytes(b"x")
    (folder / f".文件夹{MARK}1").mkdir()
    for path in (*left, *clerks, folder / f".文件夹{MARK}1"):
        os.utime(path, LONG_AGO)
    assert main(["facts", str(branch)]) == OK
    assert [path.exists() for path in left] == [False, False]
    assert fresh.exists()
    assert all(path.exists() for path in (*clerks, folder / f".文件夹{MARK}1"))


def test_writing_another_file_there_tidies_up_too(tmp_path: Path) -> None:
    left = killed_while_writing(tmp_path / "校核.json")
    os.utime(left, LONG_AGO)
    with atomic_path(tmp_path / "别的.json") as fresh:
        fresh.write_text("{}")
    assert [path.name for path in tmp_path.iterdir()] == ["别的.json"]


def write_slowly(target: Path, begun: Event, end: Event) -> None:
    with atomic_path(target) as fresh:
        fresh.write_text("new")
        os.utime(fresh, LONG_AGO)
        begun.set()
        end.wait(30)


def test_one_that_is_being_written_stays_however_old_it_looks(tmp_path: Path) -> None:
    context = get_context("spawn")
    begun, end = context.Event(), context.Event()
    writer = context.Process(target=write_slowly, args=(tmp_path / "台账.json", begun, end))
    writer.start()
    assert begun.wait(30)
    with atomic_path(tmp_path / "别的.json") as fresh:
        fresh.write_text("{}")
    end.set()
    writer.join()
    assert (writer.exitcode, (tmp_path / "台账.json").read_text()) == (0, "new")
