"""What a file asks for is bounded: the general reader works in a process that is ended, the door under a limit."""

import multiprocessing
import os
import resource
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from addin.cli import main
from addin.grid import Sheet
from addin.hosts import apart, closed, helpers, usual_book
from addin.hosts.door import Admitted, admit, every_sheet
from addin.hosts.helpers import MOST_MEMORY
from addin.hosts.packed_sheets import packed_sheets, unpacked_sheets
from addin.hosts.parts_scan import MOST_BLANK_ROWS
from addin.hosts.usual_book import SheetPlace
from addin.loading import load_book
from addin.problem import CannotUse
from addin.registry import CANNOT_USE
from tests.drawing import draw
from tests.package_editing import in_sheet, repacked, with_part, zipped
from tests.workbook_editing import write_drawn

FAR = b'<row r="100000"><c r="B100000" t="str"><f>"x"</f><v>x</v></c></row></sheetData>'
"""A formula, so that the door leaves the sheet to the general reader."""

FARTHEST = FAR.replace(b"100000", b"250000").replace(b'"B', b'"CZ')
TOO_MUCH = (
    "taizhang：“支部.xlsx”要的时间或内存太多，已停止读取：请检查是不是粘贴了别的数据或大量空行，清理后另存再用。\n"
)


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    return write_drawn(tmp_path / "支部.xlsx", draw(member_roster="姓名\n张三"))


@pytest.fixture
def with_formula(branch: Path) -> Path:
    """A workbook one sheet of which the door leaves to the general reader."""
    branch.write_bytes(with_far_cells(branch.read_bytes(), 1, FAR.replace(b"100000", b"9")))
    return branch


def with_far_cells(honest: bytes, sheets: int, far: bytes = FAR) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        for number in range(2, 2 + sheets):
            name = f"xl/worksheets/sheet{number}.xml"
            parts[name] = parts[name].replace(b"</sheetData>", far)

    return repacked(honest, change)


def names_in(file: Path) -> list[str]:
    return [row.text("name") for row in load_book(file)["member_roster"].rows if row.text("name")]


def test_what_the_door_does_not_read_is_read_in_another_process(
    with_formula: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = admit(with_formula, every_sheet)
    left = [place for place in file.places if place.part not in file.rows]
    assert [place.name for place in left] == ["党员名册"]
    assert closed.sheets_of(file, lambda name: name == "党员名册") == closed._sheets(file, left)
    assert names_in(with_formula) == ["张三"]
    monkeypatch.setattr(closed, "_sheets", with_the_process_as_name)
    assert closed._sheets_apart(file, left)[0].name != str(os.getpid())


def test_a_process_started_anew_reads_the_same(with_formula: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where no process is a copy of another."""
    file = admit(with_formula, every_sheet)
    here = closed.sheets_of(file, every_sheet)
    monkeypatch.setattr(apart.multiprocessing, "Process", multiprocessing.get_context("spawn").Process)
    assert closed.sheets_of(file, every_sheet) == here


def test_a_usual_workbook_is_read_here(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed, "apart", never_ends)
    assert names_in(branch) == ["张三"]


def test_a_thin_workbook_of_plain_values_is_read_by_the_door(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    branch.write_bytes(with_far_cells(branch.read_bytes(), 1, FAR.replace(b'<f>"x"</f>', b"")))
    monkeypatch.setattr(closed, "apart", never_ends)
    assert names_in(branch) == ["张三"]


def test_one_that_takes_too_long_is_given_up(
    branch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A real file of half a million cells, and a limit it does not keep."""
    rows = b"".join(b'<row r="%d">%s</row>' % (row, b"".join(cells_of(row))) for row in range(10, 5010))
    branch.write_bytes(repacked(branch.read_bytes(), in_sheet(rows)))
    before = branch.read_bytes()
    monkeypatch.setattr(apart, "MOST_SECONDS", 1)
    assert main(["check", str(branch)]) == CANNOT_USE
    assert capsys.readouterr().err == TOO_MUCH
    assert branch.read_bytes() == before
    assert multiprocessing.active_children() == []


def cells_of(row: int) -> list[bytes]:
    return [b'<c r="%s%d"><f>1</f><v>%d</v></c>' % (b"%c%c" % (65 + n // 26, 65 + n % 26), row, n) for n in range(100)]


def test_one_that_never_ends_is_given_up_even_when_its_watch_is_dead(
    with_formula: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_TO_START", 0)
    monkeypatch.setattr(apart, "MOST_SECONDS", 1)
    monkeypatch.setattr(helpers.faulthandler, "dump_traceback_later", lambda *_, **__: None)
    monkeypatch.setattr(closed, "_sheets", never_ends)
    with pytest.raises(CannotUse, match="时间或内存太多"):
        load_book(with_formula)
    assert multiprocessing.active_children() == []


def test_one_that_takes_too_much_memory_is_given_up(
    branch: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A real file of some kilobytes for which the general reader takes a gigabyte, and a limit below that."""
    branch.write_bytes(with_far_cells(branch.read_bytes(), 1, FARTHEST))
    limits = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(helpers, "MOST_MEMORY", bytes_taken() + (300 << 20))
    assert main(["check", str(branch)]) == CANNOT_USE
    assert capfd.readouterr().err == TOO_MUCH
    assert resource.getrlimit(resource.RLIMIT_AS) == limits


def test_one_whose_process_dies_is_given_up() -> None:
    with pytest.raises(apart.Stopped):
        apart.apart(dies)


def test_two_gigabytes_are_too_much(with_formula: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed, "_sheets", takes_all_memory)
    with pytest.raises(CannotUse, match="时间或内存太多"):
        load_book(with_formula)


def test_the_door_itself_takes_no_more_than_the_size_of_a_file_explains(
    branch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A real file with 80 MB of text in cells written as usual."""
    text = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>' % (row, row, b"x" * 30_000)
        for row in range(10, 2710)
    )
    with zipfile.ZipFile(branch) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    in_sheet(text)(parts)
    branch.write_bytes(zipped(parts.items(), zipfile.ZIP_STORED))
    assert admit(branch).path == branch
    limits = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(apart, "MOST_MEMORY", 100 << 20)
    monkeypatch.setattr(apart, "MEMORY_A_BYTE", 0)
    assert main(["check", str(branch)]) == CANNOT_USE
    assert capsys.readouterr().err == TOO_MUCH
    assert resource.getrlimit(resource.RLIMIT_AS) == limits


def test_parts_of_a_size_no_workbook_needs_are_not_made_a_tree(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are left to the process that has limits; the workbook is read all the same."""
    monkeypatch.setattr(usual_book, "_MOST_PARSED", 40_000)
    styles = with_part("xl/styles.xml", lambda text: text.replace(b"</styleSheet>", b" " * 40_000 + b"</styleSheet>"))
    branch.write_bytes(repacked(branch.read_bytes(), styles))
    assert usual_book.format_kinds(b" " * 40_001) == ()
    assert names_in(branch) == ["张三"]
    monkeypatch.setattr(usual_book, "_MOST_TEXTS", 10)
    assert usual_book.shared_strings(b"<sst></sst>") is None


def test_only_sheets_come_back(branch: Path) -> None:
    (sheet,) = closed.sheets_of(admit(branch, every_sheet), lambda name: name == "党员名册")
    assert unpacked_sheets(packed_sheets([sheet])) == [sheet]
    assert unpacked_sheets(packed_sheets("不行。")) == "不行。"
    for foreign in (b"", b"x", b"cos\nsystem\n(S'true'\ntR.", packed_sheets([sheet])[:-9]):
        with pytest.raises(CannotUse, match="不完整"):
            unpacked_sheets(foreign)


def test_many_thin_sheets_are_not_even_tried(branch: Path) -> None:
    """Each alone would pass; together they would take gigabytes from a file of some kilobytes."""
    branch.write_bytes(with_far_cells(branch.read_bytes(), 7))
    with pytest.raises(CannotUse, match=f"空行加起来超过 {MOST_BLANK_ROWS} 行"):
        load_book(branch)


def bytes_taken() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def with_the_process_as_name(_: Admitted, __: Sequence[SheetPlace]) -> list[Sheet]:
    return [Sheet(str(os.getpid()), ())]


def never_ends(*_: object) -> list[Sheet]:
    while True:
        pass


def dies(*_: object) -> bytes:
    os._exit(1)


def takes_all_memory(*_: object) -> list[Sheet]:
    return [Sheet(str(len(bytearray(MOST_MEMORY))), ())]
