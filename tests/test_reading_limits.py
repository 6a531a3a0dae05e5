"""What is large or nearly empty is read apart, within limits of time and memory; nothing it does stops this process."""

import os
import resource
from pathlib import Path

import pytest

from addin.grid import Sheet
from addin.hosts import closed
from addin.hosts.door import Admitted, admit
from addin.hosts.helpers import MOST_MEMORY
from addin.hosts.parts_scan import MOST_BLANK_ROWS
from addin.loading import load_book
from addin.problem import CannotUse
from tests.drawing import draw
from tests.package_editing import repacked
from tests.workbook_editing import write_drawn

FAR = b'<row r="100000"><c r="B100000" t="str"><f>"x"</f><v>x</v></c></row></sheetData>'
"""A formula, so that the door leaves the sheet to the general reader."""


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one cell far below its only member."""
    path = write_drawn(tmp_path_factory.mktemp("thin") / "支部.xlsx", draw(member_roster="姓名\n张三"))
    path.write_bytes(with_far_cells(path.read_bytes(), 1))
    return path


def with_far_cells(honest: bytes, sheets: int, far: bytes = FAR) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        for number in range(2, 2 + sheets):
            name = f"xl/worksheets/sheet{number}.xml"
            parts[name] = parts[name].replace(b"</sheetData>", far)

    return repacked(honest, change)


def test_a_thin_workbook_is_read_in_another_process_and_alike(thin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = admit(thin)
    assert file.blank_rows > closed.MANY_BLANK_ROWS
    monkeypatch.setattr(closed, "_sheets", with_the_process_as_name)
    assert [sheet.name for sheet in closed.sheets_of(file, lambda _: True)] != [str(os.getpid())]
    monkeypatch.undo()
    assert closed.sheets_of(file, lambda name: name == "党员名册") == closed._sheets(
        file, lambda name: name == "党员名册"
    )
    assert [row.text("name") for row in load_book(thin)["member_roster"].rows if row.text("name")] == ["张三"]


def test_a_usual_workbook_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = admit(write_drawn(tmp_path / "支部.xlsx", draw(member_roster="姓名\n张三")))
    monkeypatch.setattr(closed, "_sheets", with_the_process_as_name)
    assert [sheet.name for sheet in closed.sheets_of(file, lambda _: True)] == [str(os.getpid())]


def test_a_thin_workbook_of_plain_values_is_read_by_the_door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = FAR.replace(b'<f>"x"</f>', b"")
    path = write_drawn(tmp_path / "支部.xlsx", draw(member_roster="姓名\n张三"))
    path.write_bytes(with_far_cells(path.read_bytes(), 1, plain))
    monkeypatch.setattr(closed, "_sheets", never_ends)
    assert [row.text("name") for row in load_book(path)["member_roster"].rows if row.text("name")] == ["张三"]


def test_one_that_takes_too_long_is_given_up(thin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed, "MOST_SECONDS", 1)
    monkeypatch.setattr(closed, "_sheets", never_ends)
    with pytest.raises(CannotUse, match=r"支部.*要的时间或内存太多"):
        load_book(thin)


def test_one_that_takes_too_much_memory_is_given_up(thin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    monkeypatch.setattr(closed, "_sheets", takes_all_memory)
    with pytest.raises(CannotUse, match="时间或内存太多"):
        load_book(thin)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_many_thin_sheets_are_not_even_tried(tmp_path: Path) -> None:
    """Each alone would pass; together they would take gigabytes from a file of some kilobytes."""
    path = write_drawn(tmp_path / "支部.xlsx", draw(member_roster="姓名\n张三"))
    path.write_bytes(with_far_cells(path.read_bytes(), 7))
    with pytest.raises(CannotUse, match=f"空行加起来超过 {MOST_BLANK_ROWS} 行"):
        load_book(path)


def with_the_process_as_name(_: Admitted, __: object) -> list[Sheet]:
    return [Sheet(str(os.getpid()), ())]


def never_ends(_: Admitted, __: object) -> list[Sheet]:
    while True:
        pass


def takes_all_memory(_: Admitted, __: object) -> list[Sheet]:
    return [Sheet(str(len(bytearray(MOST_MEMORY))), ())]
