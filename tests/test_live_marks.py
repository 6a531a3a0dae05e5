"""Marks in the open workbook on cells that are locked, merged, or locked since they were marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from addin.calc.bridge import struct
from addin.calc.engine import register
from addin.desk import Desk
from addin.hosts.live_marks import marks_standing
from addin.hosts.live_places import stretches
from addin.live.checking import LOCKED, STILL_MARKED
from addin.live.press import press
from addin.live.session import Session
from addin.marking import Mark, in_sight
from tests.office import running_office
from tests.small_branch import small_branch_file

ROSTER = "党员名册"
RED = (255, 179, 179)
PASSWORD = "别人的口令"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.App]:
    with running_office(tmp_path_factory.mktemp("profile")) as running:
        yield register(running.office, hidden=True)


@pytest.fixture
def session(app: xw.App, tmp_path: Path) -> Iterator[Session]:
    book = app.books.open(small_branch_file(tmp_path))
    yield Session(app, book, Desk())
    book.close()


def lock(roster: xw.Sheet, place: str, password: str) -> None:
    roster.impl.api.unprotect("")
    roster[place].impl.api.CellProtection = struct("util.CellProtection", IsLocked=True)
    roster.impl.api.protect(password)


def test_marks_of_hidden_cells_move_into_sight_and_say_whose_they_are() -> None:
    marks = [Mark("表", 6, 3, "W", "甲"), Mark("表", 7, 3, "E", "乙"), Mark("表", 9, 3, "I", "丙")]
    shown = in_sight(marks, lambda sheet, row, column: (6, 3) if row < 9 else (row, column))
    assert shown == (Mark("表", 6, 3, "E", "甲\nC7 乙"), Mark("表", 9, 3, "I", "丙"))


def test_cells_below_each_other_go_together_but_for_merged_blocks() -> None:
    marks = [Mark("表", row, 3, "E", "") for row in (4, 5, 6, 9, 10)]
    assert list(stretches(marks)) == [(0, 3), (3, 5)]
    assert list(stretches(marks, {("表", 5, 3)})) == [(0, 1), (1, 2), (2, 3), (3, 5)]
    assert list(stretches([])) == []


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_what_a_password_locks_is_told(session: Session) -> None:
    roster = session.book.sheets[ROSTER]
    roster["C6:C7"].value = [["不明"], ["不明"]]
    lock(roster, "C6", PASSWORD)
    reply = press("check", session)
    assert LOCKED.format(ROSTER, 1) in reply.text.splitlines()
    assert [(roster[place].color, roster[place].note is None) for place in ("C6", "C7")] == [(None, True), (RED, False)]
    places = {(mark.sheet, mark.row, mark.column) for mark in marks_standing(session.book).marks()}
    assert ((ROSTER, 6, 3) in places, (ROSTER, 7, 3) in places) == (False, True)


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_mark_locked_afterwards_stays_until_it_can_be_taken_off(session: Session) -> None:
    roster = session.book.sheets[ROSTER]
    roster["C6:C7"].value = [["不明"], ["不明"]]
    press("check", session)
    lock(roster, "C6", PASSWORD)
    assert STILL_MARKED.format(ROSTER, 1) in press("unmark", session).text.splitlines()
    assert [roster[place].color for place in ("C6", "C7")] == [RED, None]
    roster.impl.api.unprotect(PASSWORD)
    press("unmark", session)
    assert (roster["C6"].color, roster["C6"].note) == (None, None)


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_merged_block_stays_one_and_looks_as_before(session: Session) -> None:
    roster = session.book.sheets[ROSTER]
    roster.impl.api.unprotect("")
    roster["C6:D8"].merge()
    roster["C6"].color = "#CCFFCC"
    roster["C6"].value = "不明"
    press("check", session)
    assert (roster["C6"].color, roster["C6"].merge_area.address) == (RED, "$C$6:$D$8")
    press("unmark", session)
    assert (roster["C6"].color, roster["C6"].note) == ((204, 255, 204), None)
    assert roster["C6"].merge_area.address == "$C$6:$D$8"
