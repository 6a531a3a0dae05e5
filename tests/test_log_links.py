"""操作记录 is a chain: whichever line is changed, taken out or put in between, the check says where it is broken."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from addin.hosts.changing import changing
from addin.hosts.patching import write_cells
from addin.loading import load_book
from addin.log_links import first_break, linked
from tests.drawing import draw
from tests.workbook_editing import write_drawn
from validators.table import Value

AT = datetime(2026, 11, 24, 9, 30)
NAMES = ("李四", "王五", "赵六", "钱七")
Lines = list[dict[str, Value]]

texts = st.text("校验 改为０1李四\u3000", max_size=6)
entries = st.lists(
    st.fixed_dictionaries(
        {"at": texts, "operation": texts, "outcome": texts, "rows_affected": st.integers(0, 9), "snapshot": texts}
    ),
    max_size=6,
)


def chained(entries: list[dict[str, Value]]) -> Lines:
    lines: Lines = []
    for entry in entries:
        lines.append(linked(lines, entry))
    return lines


def as_another_program_reads(line: Mapping[str, Value]) -> dict[str, Value | float]:
    """Whole numbers as figures with a point, blanks at the ends gone, nothing instead of an empty text."""
    return {
        key: float(value) if isinstance(value, int) else (str(value).strip() or None) for key, value in line.items()
    }


@given(entries)
def test_what_was_written_holds_however_it_is_read(entries: list[dict[str, Value]]) -> None:
    lines = chained(entries)
    assert first_break(lines) == first_break(map(as_another_program_reads, lines)) == 0


@given(entries, st.data())
def test_the_first_line_that_was_touched_is_told(entries: list[dict[str, Value]], data: st.DataObject) -> None:
    assume(entries)
    lines = chained(entries)
    place = data.draw(st.integers(0, len(lines) - 1))
    for key, value in (("outcome", "别的"), ("rows_affected", 10), ("at", "后来"), ("operation", "撤销")):
        assert first_break([*lines[:place], {**lines[place], key: value}, *lines[place + 1 :]]) == place + 1
    typed: dict[str, Value] = {"at": "2026-11-24 09:30", "operation": "改名"}
    assert first_break([*lines[: place + 1], typed, *lines[place + 1 :]]) == place + 2
    if place < len(lines) - 1:
        assert first_break([*lines[:place], *lines[place + 1 :]]) == place + 1


def test_lines_of_older_versions_are_covered_by_the_first_that_is_linked() -> None:
    old: Lines = [{"at": "2025", "operation": "校核", "outcome": f"错误 {number}"} for number in (1, 2)]
    assert first_break(old) == 0
    lines = [*old, linked(old, {"at": "2026", "operation": "校核"})]
    assert first_break(lines) == 0
    assert first_break([{**old[0], "outcome": "错误 0"}, *lines[1:]]) == 3


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """A workbook with four lines in 操作记录, from row 4."""
    path = write_drawn(tmp_path / "台账.xlsx", draw(member_roster="姓名\n张三"))
    for name in NAMES:
        with changing(path, "改名", AT) as change:
            write_cells(change.workbook, [("党员名册", 4, 1, name)])
            change.outcome, change.rows_affected = f"改为{name}", 1
    return path


def told(path: Path) -> list[tuple[str, int, str]]:
    return [(one.sheet, one.row, one.level) for one in load_book(path).remarks if "接不上" in one.message]


EDITS: Mapping[str, tuple[Callable[[Any], object], int]] = {
    "nothing": (lambda sheet: None, 0),
    "another outcome": (lambda sheet: sheet.cell(5, 3, "改为别人"), 5),
    "another number": (lambda sheet: sheet.cell(4, 4, 100), 4),
    "a line less": (lambda sheet: sheet.delete_rows(6), 6),
    "a line more": (lambda sheet: sheet.cell(8, 2, "改名"), 8),
    "another order": (lambda sheet: sheet.move_range("A5:E5", 3), 6),
}


@pytest.mark.parametrize(("edit", "row"), EDITS.values(), ids=EDITS)
def test_what_somebody_did_to_the_sheet_is_told_once(branch: Path, edit: Callable[[Any], object], row: int) -> None:
    book = openpyxl.load_workbook(branch)
    edit(book["操作记录"])
    book.save(branch)
    expected = [("操作记录", row, "I")] if row else []
    assert told(branch) == expected
    with changing(branch, "改名", AT) as change:
        change.outcome = "又一次"
    assert told(branch) == expected
