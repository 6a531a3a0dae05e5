"""Snapshots under a password: kept without asking, listed as before, taken back only with the password."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from addin.cli import main
from addin.desk import Desk
from addin.hosts import snapshots
from addin.hosts.changing import changing
from addin.hosts.patching import write_cells
from addin.hosts.snapshots import CLOSED, FOLDER, timeline
from addin.hosts.workbook_writer import write_workbook
from addin.registry import CANNOT_USE, OK, WRONG_USAGE

NAME = "张三"
AT = datetime(2026, 11, 24, 9, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "台账.xlsx"
    write_workbook(path, "branch", cover={"as_of": date(2026, 11, 24)}, rows={"member_roster": [{"name": NAME}]})
    return path


@pytest.fixture
def target(made: Path, tmp_path: Path) -> Path:
    """A workbook changed once, with one snapshot."""
    path = Path(shutil.copy(made, tmp_path / "台账.xlsx"))
    rename(path, "李四")
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "口令.txt"
    file.write_text("Zhongguo2026\n", encoding="utf-8")
    return file


def rename(path: Path, name: str) -> None:
    with changing(path, "改名", AT) as change:
        write_cells(change.workbook, [("党员名册", 4, 1, name)])


def undo(path: Path, *words: object) -> int:
    return main(["undo", str(path), *map(str, words)])


def kept_files(path: Path) -> list[Path]:
    return sorted((path.parent / ".taizhang" / FOLDER / path.name).iterdir())


def test_a_password_closes_what_there_is_and_what_will_be(
    made: Path, target: Path, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert undo(target, "--lock", "--password-file", key) == OK
    assert "忘了口令，快照就取不回来了" in capsys.readouterr().out
    changed = target.read_bytes()
    rename(target, "王五")
    files = [path for path in kept_files(target) if path.name != "时间线.json"]
    assert [path.suffix for path in files] == [CLOSED, CLOSED]
    assert not [path for path in files if b"PK\3\4" in path.read_bytes()]
    assert undo(target, "--list") == OK
    listed = capsys.readouterr().out
    assert "共 2 个" in listed and listed.count("“改名”之前") == listed.count("加了口令") == 2
    assert undo(target, "--password-file", key) == OK
    assert target.read_bytes() == changed
    assert undo(target, "--to", 3, "--password-file", key) == OK
    assert target.read_bytes() == made.read_bytes()


def test_without_the_right_password_nothing_happens(
    target: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undo(target, "--lock", "--password-file", key)
    before, snapshots_before = target.read_bytes(), [path.read_bytes() for path in kept_files(target)]
    wrong = tmp_path / "错.txt"
    wrong.write_text("another-one", encoding="utf-8")
    assert undo(target, "--password-file", wrong) == CANNOT_USE
    assert "口令不对，或快照已损坏；台账和快照都没有改动" in capsys.readouterr().err
    assert undo(target, "--unlock", "--password-file", wrong) == CANNOT_USE
    assert "快照口令不对，没有改动" in capsys.readouterr().err
    assert undo(target) == WRONG_USAGE
    assert "还缺口令" in capsys.readouterr().err
    assert undo(target, "--lock", "--password-file", key) == CANNOT_USE
    assert "已经加了口令" in capsys.readouterr().err
    assert target.read_bytes() == before
    assert [path.read_bytes() for path in kept_files(target)] == snapshots_before


def test_a_changed_snapshot_is_refused(target: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    undo(target, "--lock", "--password-file", key)
    file = next(path for path in kept_files(target) if path.suffix == CLOSED)
    data = file.read_bytes()
    for place in (-1, len(data) // 2, 30, 330):
        damaged = bytearray(data)
        damaged[place] ^= 1
        file.write_bytes(damaged)
        before = target.read_bytes()
        assert undo(target, "--password-file", key) == CANNOT_USE
        assert "打不开：口令不对，或快照已损坏" in capsys.readouterr().err
        assert target.read_bytes() == before


def test_the_password_is_taken_away_again(made: Path, target: Path, key: Path) -> None:
    undo(target, "--lock", "--password-file", key)
    assert undo(target, "--unlock", "--password-file", key) == OK
    assert CLOSED not in {path.suffix for path in kept_files(target)}
    assert undo(target, "--unlock", "--password-file", key) == CANNOT_USE
    assert undo(target) == OK
    assert target.read_bytes() == made.read_bytes()


def test_the_clerk_is_asked_twice(
    target: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers: list[str] = []
    monkeypatch.setattr(Desk, "ask_password", lambda self, question: answers.pop(0))
    for given, told in (
        (["短"], "口令不足 8 位"),
        (["Zhongguo2026", "Zhongguo2025"], "两次输入的口令不一样"),
    ):
        answers[:] = given
        assert undo(target, "--lock") == CANNOT_USE
        assert told in capsys.readouterr().err
    answers[:] = ["Zhongguo2026", "Zhongguo2026"]
    assert undo(target, "--lock") == OK
    answers[:] = ["Zhongguo2026"]
    assert undo(target) == OK


def test_a_lock_that_was_interrupted_leaves_all_open_or_all_closed(
    made: Path, target: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "_write_index", fail)
        assert undo(target, "--lock", "--password-file", key) == CANNOT_USE
    assert [path.suffix for path in kept_files(target)] == [".xlsx", ".json"]
    assert not timeline(target)[0].is_closed
    with monkeypatch.context() as patched:
        patched.setattr(snapshots, "_remove", lambda folder, entries: None)
        undo(target, "--lock", "--password-file", key)
    assert {path.suffix for path in kept_files(target)} == {CLOSED, ".xlsx", ".json"}
    rename(target, "王五")
    assert {path.suffix for path in kept_files(target)} == {CLOSED, ".json"}, "what was left open is removed"
    assert undo(target, "--to", 2, "--password-file", key) == OK
    assert target.read_bytes() == made.read_bytes()
