"""One contract for every host: the same presses on the same workbook leave the same results, marks and content.

The hosts are the closed file, LibreOffice live, and Excel live where it is installed.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, Protocol

import openpyxl
import pytest
import xlwings as xw
from openpyxl.worksheet.table import Table as ExcelTable

from addin.calc.engine import register
from addin.cli import main
from addin.desk import Desk
from addin.hosts.live import read_open_book
from addin.hosts.patching import patched, write_cells
from addin.live.press import press
from addin.live.session import Session
from addin.loading import load_book
from addin.marking import COLOURS, MARKS_SHEET
from addin.registry import FOUND_ERRORS, OK
from tests.office import running_office
from tests.small_branch import small_branch_file
from tests.workbook_editing import edited
from validators.table import Book, column_number

ROSTER, ISSUES, LOST = "党员名册", "问题清单", "失联名单"
MINE = "文书自己的批注"
RED = COLOURS["E"]


class Host(Protocol):
    """A workbook on a desk, however it is held."""

    def type(self, sheet: str, row: int, column: str, value: str | None) -> None:
        """What the clerk types."""

    def press(self, button: str) -> int:
        """A button, or its command; the exit code."""

    def read(self) -> Book:
        """The registers as they stand."""

    def stored(self) -> Path:
        """The workbook as a file."""


class ClosedFile:
    """The commands on a closed file."""

    WORDS: ClassVar = {
        "check": ("check", "--write"),
        "tidy": ("check", "--fix"),
        "lost": ("lost", "--write"),
        "due": ("due", "--write"),
        "unmark": ("unmark",),
        "undo": ("undo",),
    }

    def __init__(self, path: Path) -> None:
        self.path = path

    def type(self, sheet: str, row: int, column: str, value: str | None) -> None:
        with patched(self.path) as workbook:
            write_cells(workbook, [(sheet, row, column_number(column), value)])

    def press(self, button: str) -> int:
        command, *options = self.WORDS[button]
        return main([command, str(self.path), *options])

    def read(self) -> Book:
        return load_book(self.path)

    def stored(self) -> Path:
        return self.path


class OpenWorkbook:
    """The buttons in a spreadsheet program."""

    def __init__(self, app: xw.App, path: Path) -> None:
        self.session = Session(app, app.books.open(path), Desk())
        self.path = path

    def type(self, sheet: str, row: int, column: str, value: str | None) -> None:
        self.session.book.sheets[sheet].range((row, column_number(column))).value = value

    def press(self, button: str) -> int:
        return press(button, self.session).code

    def read(self) -> Book:
        return read_open_book(self.session.book)

    def stored(self) -> Path:
        target = self.path.with_name("存下.xlsx")
        self.session.book.save(target)
        return target


def excel_is_here() -> bool:
    """Whether xlwings' own engine finds Excel on this machine."""
    return sys.platform in ("win32", "darwin") and any(engine.name == "excel" for engine in xw.engines)


PROGRAMS = ["closed file", "LibreOffice", *(["Excel"] if excel_is_here() else [])]
Desks = Callable[[Callable[[Any], None] | None], Host]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_branch_file(tmp_path_factory.mktemp("branch"))


@pytest.fixture(scope="module", name="Excel")
def excel() -> Iterator[xw.App]:
    started = xw.App(visible=False)
    yield started
    started.quit()


@pytest.fixture(scope="module", name="LibreOffice")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.App]:
    with running_office(tmp_path_factory.mktemp("profile")) as running:
        yield register(running.office, hidden=True)


@pytest.fixture(
    params=[
        pytest.param(name, marks=[pytest.mark.live, pytest.mark.xdist_group("office")] if name != "closed file" else [])
        for name in PROGRAMS
    ]
)
def on_desk(request: pytest.FixtureRequest, made: Path, tmp_path: Path) -> Iterator[Desks]:
    """Puts the drawn branch, prepared by ``change``, on the desk of one host."""
    opened: list[OpenWorkbook] = []

    def put(change: Callable[[Any], None] | None = None) -> Host:
        path = edited(made, tmp_path / "台账.xlsx", change or (lambda workbook: None))
        if request.param == "closed file":
            return ClosedFile(path)
        opened.append(OpenWorkbook(request.getfixturevalue(request.param), path))
        return opened[-1]

    yield put
    for host in opened:
        host.session.book.close()


def stored(host: Host) -> Any:
    """The workbook as it is stored, for looking at."""
    return openpyxl.load_workbook(host.stored(), data_only=True)


def looks(workbook: Any, sheet: str, place: str) -> tuple[str | None, str | None]:
    """Ground and note of a cell."""
    cell = workbook[sheet][place]
    filled = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
    return filled, cell.comment.text if cell.comment else None


def lines(workbook: Any, sheet: str) -> list[tuple[Any, ...]]:
    """The rows of a result sheet by what they say; a link shows its address."""
    rows = workbook[sheet].iter_rows(min_row=4, values_only=True)
    return [tuple(value or None for value in row) for row in rows if any(row)]


def test_what_is_typed_is_read(on_desk: Desks) -> None:
    host = on_desk(None)
    host.type(ROSTER, 4, "A", "新名字")
    host.type(ROSTER, 5, "A", None)
    names = [row.text("name") for row in host.read()["member_roster"]]
    assert names[:3] == ["新名字", "", "李失控"]


def test_a_list_says_the_same_everywhere(on_desk: Desks, made: Path, tmp_path: Path) -> None:
    host = on_desk(None)
    assert host.press("lost") == OK
    (tmp_path / "同样").mkdir()
    same = ClosedFile(edited(made, tmp_path / "同样" / "台账.xlsx", lambda workbook: None))
    same.press("lost")
    expected = lines(stored(same), LOST)
    assert lines(stored(host), LOST) == expected
    assert len(expected) > 5


def test_marks_come_and_go_and_leave_what_was_there(on_desk: Desks) -> None:
    def coloured(workbook: Any) -> None:
        cell = workbook[ROSTER]["A4"]
        cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FFCCFFCC")
        cell.comment = openpyxl.comments.Comment(MINE, "文书")

    host = on_desk(coloured)
    host.type(ROSTER, 4, "A", None)
    host.type(ROSTER, 6, "C", "不明")
    assert host.press("check") == FOUND_ERRORS
    marked = stored(host)
    assert any(line[2:4] == (ROSTER, "A4") for line in lines(marked, ISSUES))
    ground, note = looks(marked, ROSTER, "A4")
    assert ground == RED
    assert note is not None and note.startswith(f"{MINE}\n")
    assert looks(marked, ROSTER, "C6")[0] == RED
    assert host.press("unmark") == OK
    cleared = stored(host)
    assert looks(cleared, ROSTER, "A4") == ("FFCCFFCC", MINE)
    assert looks(cleared, ROSTER, "C6") == (None, None)


def test_undoing_takes_everything_back(on_desk: Desks) -> None:
    host = on_desk(None)
    host.type(ROSTER, 4, "A", None)
    assert host.press("check") == FOUND_ERRORS
    assert host.press("undo") == OK
    undone = stored(host)
    assert lines(undone, ISSUES) == []
    assert looks(undone, ROSTER, "A4") == (None, None)


def test_tidying_loses_nothing(on_desk: Desks) -> None:
    host = on_desk(None)
    host.type(ROSTER, 4, "A", "  钱在家　")
    assert host.press("tidy") in (OK, FOUND_ERRORS)
    assert host.read()["member_roster"].rows[0].text("name") == "钱在家"
    assert stored(host)[ROSTER]["A4"].value == "钱在家"


def test_a_protected_sheet_stays_protected(on_desk: Desks) -> None:
    host = on_desk(lambda workbook: workbook[ROSTER].protection.set_password("别人的口令"))
    host.type(ROSTER, 4, "A", None)
    assert host.press("check") == FOUND_ERRORS
    checked = stored(host)
    assert checked[ROSTER].protection.sheet
    assert looks(checked, ROSTER, "A4")[0] == RED


def test_filtered_and_hidden_rows_are_read_marked_and_stay_hidden(on_desk: Desks) -> None:
    def hidden(workbook: Any) -> None:
        sheet = workbook[ROSTER]
        sheet.auto_filter.ref = "A3:AI5000"
        sheet.auto_filter.add_filter_column(0, ["钱在家"])
        for row in range(5, 15):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["D"].hidden = True

    host = on_desk(hidden)
    host.type(ROSTER, 7, "C", "不明")
    assert len(host.read()["member_roster"].rows) == 11
    assert host.press("check") == FOUND_ERRORS
    checked = stored(host)
    assert looks(checked, ROSTER, "C7")[0] == RED
    sheet = checked[ROSTER]
    assert [sheet.row_dimensions[row].hidden for row in (4, 5, 7, 14)] == [False, True, True, True]
    assert sheet.column_dimensions["D"].hidden
    assert sheet.auto_filter.ref.startswith("A3:AI")
    assert [column.colId for column in sheet.auto_filter.filterColumn] == [0]


def test_merged_cells_stay_merged(on_desk: Desks) -> None:
    host = on_desk(lambda workbook: workbook[ROSTER].merge_cells("AI6:AI8"))
    host.type(ROSTER, 6, "C", "不明")
    assert host.press("check") == FOUND_ERRORS
    checked = stored(host)
    assert looks(checked, ROSTER, "C6")[0] == RED
    assert "AI6:AI8" in {str(area) for area in checked[ROSTER].merged_cells.ranges}


def test_a_register_made_into_a_table_stays_one(on_desk: Desks) -> None:
    def table(workbook: Any) -> None:
        sheet = workbook[ROSTER]
        sheet.auto_filter.ref = None
        for name in [name for name in sheet.defined_names if "FilterDatabase" in name]:
            del sheet.defined_names[name]
        sheet.add_table(ExcelTable(displayName="名册", ref="A3:AI14"))

    host = on_desk(table)
    host.type(ROSTER, 6, "C", "不明")
    assert len(host.read()["member_roster"].rows) == 11
    assert host.press("check") == FOUND_ERRORS
    checked = stored(host)
    assert looks(checked, ROSTER, "C6")[0] == RED
    tables = checked[ROSTER].tables
    assert [(one.displayName, one.ref) for one in tables.values()] == [("名册", "A3:AI14")]


def test_sheets_of_the_clerk_are_left_alone(on_desk: Desks) -> None:
    def own(workbook: Any) -> None:
        sheet = workbook.create_sheet("备忘")
        sheet["B2"], sheet["B3"] = "下周开会", "=1+1"
        sheet["B2"].comment = openpyxl.comments.Comment(MINE, "文书")

    host = on_desk(own)
    host.type(ROSTER, 4, "A", None)
    for button in ("check", "lost", "due", "unmark"):
        host.press(button)
    workbook = openpyxl.load_workbook(host.stored())
    sheet = workbook["备忘"]
    assert (sheet["B2"].value, sheet["B3"].value, sheet["B2"].comment.text) == ("下周开会", "=1+1", MINE)
    assert workbook.sheetnames.index("备忘") < workbook.sheetnames.index(LOST)
    assert all(workbook[name].sheet_state != "visible" for name in workbook.sheetnames if name == MARKS_SHEET)


def test_a_locked_cell_is_marked_and_the_sheet_stays_protected_as_it_was(on_desk: Desks) -> None:
    def locked(workbook: Any) -> None:
        sheet = workbook[ROSTER]
        sheet["C6"].value = "不明"
        sheet["C6"].protection = openpyxl.styles.Protection(locked=True)
        sheet.protection.sort, sheet.protection.formatCells = True, True

    host = on_desk(locked)
    before = dict(openpyxl.load_workbook(host.path)[ROSTER].protection)
    assert host.press("check") == FOUND_ERRORS
    checked = stored(host)
    ground, note = looks(checked, ROSTER, "C6")
    assert (ground, note is not None) == (RED, True)
    assert dict(checked[ROSTER].protection) == before
    assert host.press("unmark") == OK
    cleared = stored(host)
    assert looks(cleared, ROSTER, "C6") == (None, None)
    assert dict(cleared[ROSTER].protection) == before


def test_what_a_password_locks_is_listed_and_the_rest_is_marked(on_desk: Desks) -> None:
    def locked(workbook: Any) -> None:
        sheet = workbook[ROSTER]
        sheet["C6"].value = "不明"
        sheet["C6"].protection = openpyxl.styles.Protection(locked=True)
        sheet.protection.set_password("别人的口令")

    host = on_desk(locked)
    host.type(ROSTER, 4, "A", None)
    assert host.press("check") == FOUND_ERRORS
    checked = stored(host)
    assert {(ROSTER, "A4"), (ROSTER, "C6")} <= {line[2:4] for line in lines(checked, ISSUES)}
    assert looks(checked, ROSTER, "A4")[0] == RED
    kept = openpyxl.load_workbook(host.path)[ROSTER].protection.password
    assert checked[ROSTER].protection.password.upper() == kept.upper()
    assert host.press("unmark") == OK
    cleared = stored(host)
    assert [looks(cleared, ROSTER, place) for place in ("A4", "C6")] == [(None, None)] * 2


def test_a_finding_inside_a_merged_block_is_marked_where_it_shows(on_desk: Desks) -> None:
    host = on_desk(lambda workbook: workbook[ROSTER].merge_cells("C6:C8"))
    host.type(ROSTER, 6, "C", "不明")
    assert host.press("check") == FOUND_ERRORS
    checked = stored(host)
    assert {(ROSTER, "C6"), (ROSTER, "C7"), (ROSTER, "C8")} <= {line[2:4] for line in lines(checked, ISSUES)}
    ground, note = looks(checked, ROSTER, "C6")
    assert ground == RED
    assert note is not None and "不明" in note and "\nC7 【错误】" in note and "\nC8 【错误】" in note
    assert [looks(checked, ROSTER, place) for place in ("C7", "C8")] == [(None, None)] * 2
    assert host.press("check") == FOUND_ERRORS
    assert looks(stored(host), ROSTER, "C6") == (ground, note)
    assert host.press("unmark") == OK
    cleared = stored(host)
    assert looks(cleared, ROSTER, "C6") == (None, None)
    assert "C6:C8" in {str(area) for area in cleared[ROSTER].merged_cells.ranges}


def test_a_mark_in_a_merged_block_goes_with_undo(on_desk: Desks) -> None:
    host = on_desk(lambda workbook: workbook[ROSTER].merge_cells("C6:C8"))
    host.type(ROSTER, 6, "C", "不明")
    assert host.press("check") == FOUND_ERRORS
    assert host.press("undo") == OK
    undone = stored(host)
    assert looks(undone, ROSTER, "C6") == (None, None)
    assert lines(undone, ISSUES) == []
