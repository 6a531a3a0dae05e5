"""A file that keeps a command busy for longer than its size explains is given up; nothing is changed."""

import threading
import time
from pathlib import Path

import pytest

from addin import loading
from addin.cli import main
from addin.hosts import time_budget
from addin.registry import CANNOT_USE, OK
from tests.drawing import draw
from tests.package_editing import in_sheet, repacked
from tests.workbook_editing import write_drawn
from validators.table import column_letter

# The end of the time may fall into a callback of the garbage collector, which swallows it; it comes again a tick later.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    return write_drawn(tmp_path / "支部.xlsx", draw(member_roster="姓名\n张三"))


def dense(path: Path, rows: int) -> Path:
    """Rows and rows of numbers where persons should stand: every cell is worth a finding."""
    letters = [column_letter(number) for number in range(1, 36)]
    xml = ""
    for row in range(10, 10 + rows):
        cells = "".join(f'<c r="{letter}{row}"><v>{row % 97}</v></c>' for letter in letters)
        xml += f'<row r="{row}">{cells}</row>'
    path.write_bytes(repacked(path.read_bytes(), in_sheet(xml.encode())))
    return path


def test_a_dense_file_is_given_up(
    branch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["submit", "没有.xlsx"])
    capsys.readouterr()
    file = dense(branch, 2500)
    before = file.read_bytes()
    monkeypatch.setattr(time_budget, "SECONDS", 0.4)
    monkeypatch.setattr(time_budget, "SECONDS_A_ROW", 0.0001)
    monkeypatch.setattr(time_budget, "_TICK", 0.05)
    for words in (["check", str(file), "--write"], ["submit", str(file)]):
        started = time.process_time()
        assert main(words) == CANNOT_USE
        assert time.process_time() - started < 30
        said = capsys.readouterr().err
        assert said == (
            "taizhang：“支部.xlsx”处理的时间太长，已停下，文件保持原样："
            "请检查是不是选错了文件，或表里粘贴了别的数据、大量无用的行。\n"
        )
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir() if path.is_file()] == [file.name]


def test_work_takes_time_in_proportion_to_the_rows(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Even a file of nothing but faults is checked within what its rows are granted."""
    file = dense(branch, 1500)
    started = time.process_time()
    assert main(["check", str(file)]) == 1
    assert time.process_time() - started < 1500 * time_budget.SECONDS_A_ROW
    assert capsys.readouterr().err == ""


def test_reading_alone_is_within_the_budget_too(
    branch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never_ends(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr(loading, "read_book", never_ends)
    monkeypatch.setattr(time_budget, "SECONDS", 0.2)
    monkeypatch.setattr(time_budget, "_TICK", 0.05)
    assert main(["check", str(branch)]) == CANNOT_USE
    assert "处理的时间太长，已停下" in capsys.readouterr().err


def test_an_honest_file_notices_nothing(branch: Path) -> None:
    assert main(["check", str(branch)]) in (OK, 1)
    assert not time_budget._Budget.is_running
    assert threading.active_count() < 10


def test_too_little_memory_is_one_sentence(
    branch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def takes_all(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(loading, "read_book", takes_all)
    assert main(["check", str(branch)]) == CANNOT_USE
    assert capsys.readouterr().err.startswith("taizhang：内存不够，已停下，文件保持原样")
