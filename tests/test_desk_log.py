"""The log: one line a command, linked to the line before, no full number in it, and no traceback for a clerk."""

import json
import multiprocessing
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from addin import cli
from addin.desk_log import FOLDER_VARIABLE, DeskLog
from tests.drawing import person

NOW = datetime(2026, 11, 24, 9, 30)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskLog:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "日志"))
    return DeskLog(tmp_path / "日志")


def entries(log: DeskLog) -> list[dict[str, object]]:
    return [json.loads(line) for path in sorted(log.folder.iterdir()) for line in path.read_text("utf-8").splitlines()]


def test_every_command_leaves_a_line(log: DeskLog, tmp_path: Path) -> None:
    cli.main(["check", str(tmp_path / "没有.xlsx")])
    cli.main(["new", "branch", "-o", str(tmp_path / "支部.xlsx")])
    told = [(entry["command"], entry["words"], entry["code"]) for entry in entries(log)]
    assert told == [("check", ["没有.xlsx"], 2), ("new", ["branch", "-o", "支部.xlsx"], 0)]
    assert log.first_break() is None


def test_a_changed_or_missing_line_shows(log: DeskLog) -> None:
    for month in (10, 11):
        for day in (1, 2, 3):
            log.add(NOW.replace(month=month, day=day), "check", [], 0)
    assert log.first_break() is None
    october = log.folder / "2026-10.jsonl"
    lines = october.read_text("utf-8").splitlines(keepends=True)
    october.write_text("".join([lines[0], lines[1].replace('"code": 0', '"code": 1'), lines[2]]), encoding="utf-8")
    assert log.first_break() == "2026-10.jsonl:3"
    october.write_text("".join(lines[:2]), encoding="utf-8")
    assert log.first_break() == "2026-11.jsonl:1"


def test_the_chain_goes_on_over_the_months_and_nothing_is_dropped(log: DeskLog) -> None:
    """What is kept must be kept six months and more; the tool itself deletes nothing."""
    for month in range(1, 13):
        log.add(NOW.replace(month=month), "check", [], 0)
    assert len(list(log.folder.glob("*.jsonl"))) == 12
    assert [str(entry["time"])[:7] for entry in entries(log)] == [f"2026-{month:02}" for month in range(1, 13)]
    assert log.first_break() is None


def test_only_files_older_than_six_months_may_go(log: DeskLog) -> None:
    for month in range(1, 10):
        log.add(NOW.replace(month=month), "check", [], 0)
    for month in (1, 2):
        (log.folder / f"2026-0{month}.jsonl").unlink()
        assert log.first_break() is None
    for month in (3, 4):
        (log.folder / f"2026-0{month}.jsonl").unlink()
    assert log.first_break() == "2026-05.jsonl:1"


def test_a_clock_set_back_and_a_power_cut_are_no_forgery(log: DeskLog) -> None:
    log.add(NOW, "check", [], 0)
    log.add(NOW.replace(month=10), "due", [], 0)
    november = log.folder / "2026-11.jsonl"
    with november.open("a", encoding="utf-8") as stream:
        stream.write('{"time": "2026-11-2')
    log.add(NOW, "lost", [], 0)
    assert [json.loads(line)["command"] for line in november.read_text("utf-8").splitlines() if line[-1] == "}"] == [
        "check",
        "due",
        "lost",
    ]
    assert log.first_break() is None


def test_several_at_once_write_one_chain(log: DeskLog) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        pool.map(write_ten, [log.folder] * 3, chunksize=1)
    assert len(entries(log)) == 30
    assert log.first_break() is None


def write_ten(folder: Path) -> None:
    for _ in range(10):
        DeskLog(folder).add(NOW, "check", [], 0)


def test_the_log_is_private(log: DeskLog) -> None:
    log.add(NOW, "check", [], 0)
    assert (log.folder / "2026-11.jsonl").stat().st_mode & 0o777 == 0o600


def test_no_full_number_is_kept(log: DeskLog) -> None:
    log.add(NOW, "trace", [f"{person('张三')}.xlsx"], 2, f"ValueError: {person('张三')} 15412345678")
    text = (log.folder / "2026-11.jsonl").read_text("utf-8")
    assert person("张三") not in text and "15412345678" not in text


def test_an_internal_error_is_one_sentence_and_its_detail_is_kept(
    log: DeskLog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> None:
        raise ZeroDivisionError(f"about {person('张三')}")

    monkeypatch.setattr(cli, "_parser", fail)
    assert cli.main(["check", "x.xlsx"]) == 2
    said = capsys.readouterr().err
    assert "工具内部出错（ZeroDivisionError）" in said and "Traceback" not in said and len(said.splitlines()) == 1
    (entry,) = entries(log)
    assert "ZeroDivisionError" in str(entry["detail"]) and person("张三") not in str(entry["detail"])


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file" / "日志"))
    assert cli.main(["new", "branch", "-o", str(tmp_path / "支部.xlsx")]) == 0


WATCHED = """
import sys
def refuse(event, args):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
        raise RuntimeError(f"network: {event} {args}")
sys.addaudithook(refuse)
from addin.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_no_command_opens_a_connection(tmp_path: Path, log: DeskLog) -> None:
    """The demonstration runs every part of the job; none of them may speak to a network."""
    command = [sys.executable, "-X", "utf8", "-c", WATCHED, "demo", str(tmp_path / "demo")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "network:" not in done.stderr and "network:" not in json.dumps(entries(log))
