"""The buttons in an open workbook: unsaved changes are seen, results stand in sheets, everything can be taken back."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from addin.buttons import tab
from addin.calc.bridge import struct
from addin.calc.engine import register
from addin.calc.notes import add_notes
from addin.calc.sheets import Sheet
from addin.desk import Desk
from addin.hosts.closed import sheets_of as closed_sheets
from addin.hosts.door import admit
from addin.hosts.live import read_open_book, sheet_named, sheets_of
from addin.hosts.live_marks import marks_standing
from addin.hosts.live_results import QUESTION
from addin.hosts.marks import clear_marks as clear_closed_marks
from addin.hosts.patching import patched
from addin.hosts.workbook_writer import write_workbook
from addin.journal import JOURNAL_SHEET, Block, Step, from_pieces, to_pieces
from addin.live.commands import shortened
from addin.live.press import BUTTONS, press
from addin.live.session import Session
from addin.loading import load_book
from addin.marking import MARKS_SHEET, Mark
from addin.stopping import STOPPED
from addin.unread_sheets import is_data
from tests.office import running_office
from tests.small_branch import AS_OF, small_branch_file

RED = (255, 179, 179)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[xw.App]:
    with running_office(tmp_path_factory.mktemp("profile")) as running:
        yield register(running.office, hidden=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_branch_file(tmp_path_factory.mktemp("branch"))


@pytest.fixture
def session(app: xw.App, made: Path) -> Iterator[Session]:
    book = app.books.open(made)
    yield Session(app, book, Desk())
    book.close()


def grid(book: xw.Book, name: str) -> list[list[object]]:
    sheet = book.sheets[name]
    last = sheet.used_range.last_cell
    return sheet.range((1, 1), (last.row, last.column)).options(ndim=2).value


def test_every_button_does_something() -> None:
    assert {button.key for button in tab().buttons} == set(BUTTONS)


def test_a_long_answer_keeps_its_beginning_and_its_end() -> None:
    lines = [str(number) for number in range(50)]
    assert shortened(lines[:24]) == lines[:24]
    assert list(shortened(lines)) == [*lines[:20], "……", *lines[-4:]]


def test_a_step_survives_the_way_through_cells() -> None:
    day = dt.datetime(2026, 3, 1)
    step = Step("校核", ["问题清单"], [Block("表", 4, 1, [[day, None]], [["新", 2.5]])], [Mark("表", 4, 1, "E", "错")])
    assert from_pieces(to_pieces(step)) == step
    with pytest.raises(ValueError, match="damaged"):
        from_pieces(["改过的内容"])


def test_undoing_leaves_what_was_typed_since() -> None:
    block = Block("表", 4, 1, before=[["原来", None]], after=[["工具写的", "工具写的"]])
    assert block.restored([["工具写的", "文书又填的"]]) == [["原来", "文书又填的"]]


LOADED = """
import sys
import addin.calc.runner, addin.desktop, addin.live.checking, addin.live.listing
from addin.actions.terms import policy_of
from tests.drawing import AS_OF, draw
from validators.check import check
from validators.rule import Case
book = draw(member_roster="姓名 | 性别 \\n 某甲 | 不知道")
assert check(Case(book, policy_of(book), AS_OF))
print(*{"numpy", "pandas", "matplotlib", "xlsxwriter", "openpyxl"} & set(sys.modules))
"""


def test_pressing_check_loads_no_pandas() -> None:
    """xlwings would load pandas where it is installed; that alone takes longer than checking a branch."""
    told = subprocess.run([sys.executable, "-X", "utf8", "-c", LOADED], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_the_open_workbook_reads_as_the_closed_one(session: Session, made: Path) -> None:
    shown = {sheet.name: sheet for sheet in sheets_of(session.book)}
    stored = closed_sheets(admit(made), is_data)
    assert list(shown) == [sheet.name for sheet in stored]
    assert read_open_book(session.book).tables == load_book(made).tables


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_change_that_is_not_saved_is_seen(session: Session) -> None:
    session.book.sheets["党员名册"]["A4"].value = "新名字"
    read = read_open_book(session.book)
    assert read["member_roster"].rows[0].text("name") == "新名字"


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_an_error_value_is_told_with_its_cell(session: Session) -> None:
    session.book.sheets["党员名册"]["J4"].value = "=1/0"
    told = [remark for remark in read_open_book(session.book).remarks if remark.rule == "R-READ-CELL"]
    assert [(remark.sheet, remark.column, remark.row) for remark in told] == [("党员名册", "J", 4)]


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_check_lists_marks_and_is_undone(session: Session) -> None:
    book = session.book
    roster = book.sheets["党员名册"]
    column = roster["A3:AK3"].value.index("公民身份号码") + 1
    cell = roster.range((4, column))
    own = cell.value
    cell.value = "'" + own[:-1] + ("0" if own[-1] != "0" else "1")
    before = (cell.color, grid(book, "问题清单"))
    reply = press("taizhang_check", session)
    assert reply.code == 1
    assert "错误" in reply.text
    rows = grid(book, "问题清单")[3:]
    place = cell.get_address(False, False)
    assert any(row[2] == "党员名册" and row[3] == place and row[1] == "错误" for row in rows)
    assert cell.color == RED
    assert "校验" in cell.note.text or "身份" in cell.note.text
    assert not book.sheets[MARKS_SHEET].visible
    assert not book.sheets[JOURNAL_SHEET].visible
    assert book.sheets.active.name == "问题清单"
    assert "已撤销“校核”" in press("undo", session).text
    assert (cell.color, cell.note, grid(book, "问题清单")[3:]) == (before[0], None, before[1][3:])
    assert marks_standing(book).marks() == []
    logged = [line for line in grid(book, "操作记录")[3:] if line[1]]
    assert [str(line[4]).startswith("校验 ") for line in logged] == [True, True]
    assert all("接不上" not in remark.message for remark in read_open_book(book).remarks)
    book.sheets["操作记录"].range("C4").value = "没有错误"
    assert [one.row for one in read_open_book(book).remarks if "接不上" in one.message] == [4]


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_marks_come_off_as_if_they_had_never_been(session: Session, tmp_path: Path) -> None:
    book = session.book
    roster = book.sheets["党员名册"]
    roster["A4"].color = "#CCFFCC"
    roster["A4"].add_note("文书自己的批注")
    roster["A4"].value = None
    press("check", session)
    assert roster["A4"].color == RED
    assert roster["A4"].note.text.startswith("文书自己的批注\n")
    assert "已清除" in press("unmark", session).text
    assert (roster["A4"].color, roster["A4"].note.text) == ((204, 255, 204), "文书自己的批注")
    assert "没有校核标记" in press("unmark", session).text


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_mark_goes_with_its_row(session: Session) -> None:
    roster = session.book.sheets["党员名册"]
    roster["C6"].value = "不明"
    press("check", session)
    assert roster["C6"].color == RED
    roster.impl.api.unprotect("")
    roster["A4"].api.getRows().insertByIndex(0, 2)
    assert (roster["C6"].color, roster["C8"].color) == (None, RED)
    assert roster["C8"].value == "不明"
    press("check", session)
    assert roster["C8"].color == RED
    press("unmark", session)
    assert (roster["C8"].color, roster["C8"].note) == (None, None)


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_marks_that_stay_keep_what_they_remember(session: Session, tmp_path: Path) -> None:
    roster = session.book.sheets["党员名册"]
    roster["E6"].value = None
    press("check", session)
    roster["C8"].value = "不明"
    press("check", session)
    session.book.save(tmp_path / "两次.xlsx")
    with patched(tmp_path / "两次.xlsx") as workbook:
        assert clear_closed_marks(workbook) > 1
    sheet = openpyxl.load_workbook(tmp_path / "两次.xlsx")["党员名册"]
    assert (sheet["E6"].number_format.replace("\\", ""), sheet["E6"].comment) == ("yyyy-mm-dd", None)
    assert (sheet["C8"].fill.fill_type, sheet["C8"].comment) == (None, None)


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_marked_row_that_was_copied_comes_clean_too(session: Session) -> None:
    roster = session.book.sheets["党员名册"]
    roster["C6"].value = "不明"
    press("check", session)
    roster["A6:AI6"].copy(roster["A15"])
    assert roster["C15"].color == RED
    press("unmark", session)
    assert [(roster[place].color, roster[place].note) for place in ("C6", "C15")] == [(None, None)] * 2


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_marks_of_the_open_workbook_come_off_in_the_closed_one(session: Session, tmp_path: Path) -> None:
    roster = session.book.sheets["党员名册"]
    roster["A4"].value = None
    press("check", session)
    target = tmp_path / "带标记.xlsx"
    session.book.save(target)
    with patched(target) as workbook:
        assert clear_closed_marks(workbook) > 0
    again = session.app.books.open(target.rename(tmp_path / "去掉标记.xlsx"))
    assert again.sheets["党员名册"]["A4"].color is None
    assert again.sheets["党员名册"]["A4"].note is None
    again.close()


@pytest.mark.live
@pytest.mark.xdist_group("office")
@pytest.mark.parametrize(("button", "sheet"), [("due", "逾期与到期"), ("lost", "失联名单")])
def test_lists_stand_in_their_sheet_and_go_with_undo(session: Session, button: str, sheet: str) -> None:
    book = session.book
    reply = press(button, session)
    assert reply.code == 0
    rows = grid(book, sheet)
    assert rows[0][0] == sheet
    assert len(rows) > 5
    names = [row[:4] for row in rows[3:]]
    assert any("王失联" in row for row in names)
    column = rows[2].index("单元格") + 1
    assert book.sheets[sheet].range((4, column)).formula.startswith("=HYPERLINK(\"#'")
    assert press(button, session).code == 0
    press("undo", session)
    press("undo", session)
    assert sheet_named(book, sheet) is None
    assert "没有可以撤销" in press("undo", session).text


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_result_sheet_somebody_typed_into_is_replaced_only_when_he_says_so(session: Session) -> None:
    book, asked = session.book, []

    def answering(answer: bool) -> Session:
        return replace(session, asked=lambda question: asked.append(question) or answer)

    press("lost", answering(False))
    press("lost", answering(False))
    assert asked == []
    listed = book.sheets["失联名单"]
    listed["C4"].value = "文书改的"
    refused = press("lost", answering(False))
    assert (refused.code, listed["C4"].value) == (2, "文书改的")
    assert asked == [QUESTION.format("失联名单")]
    assert press("lost", answering(True)).code == 0
    assert listed["C4"].value != "文书改的"
    press("undo", session)
    assert listed["C4"].value == "文书改的"


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_explaining_a_finding_asks_nothing_and_is_kept(session: Session) -> None:
    book = session.book
    book.sheets["党员名册"]["A4"].value = None
    press("check", session)
    issues = book.sheets["问题清单"]
    column = grid(book, "问题清单")[2].index("说明") + 1
    issues.range((4, column)).value = "本人在外地，月底补"
    assert press("check", replace(session, asked=lambda question: False)).code == 1
    assert issues.range((4, column)).value == "本人在外地，月底补"


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_sheet_of_the_clerk_with_our_name_is_not_written_over(session: Session) -> None:
    own = session.book.sheets.add("逾期与到期", after=session.book.sheets[-1])
    own["A1:B4"].value = [["我的", "备忘"]] * 4
    assert press("due", replace(session, asked=lambda question: False)).code == 2
    assert own["A1:B4"].value == [["我的", "备忘"]] * 4


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_stopped_in_the_middle_everything_is_as_it_was(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    book = session.book
    roster = book.sheets["党员名册"]
    roster["A4:A6"].value = [[None]] * 3
    names, before = [sheet.name for sheet in book.sheets], grid(book, "问题清单")
    noted = [note.text for note in roster.notes]
    written: list[str] = []

    def add_one(sheet: Sheet, notes: list[tuple[int, int, str]]) -> None:
        written.append(notes[0][2])
        add_notes(sheet, notes[:1])
        raise KeyboardInterrupt

    with monkeypatch.context() as stopping:
        stopping.setattr("addin.calc.sheets.add_notes", add_one)
        reply = press("check", session)
    assert (reply.code, reply.text, len(written)) == (2, STOPPED, 1)
    assert ([sheet.name for sheet in book.sheets], grid(book, "问题清单")) == (names, before)
    assert [note.text for note in roster.notes] == noted
    assert roster["A4:A6"].color is None
    assert (session.app.screen_updating, session.app.status_bar) == (True, False)
    assert press("check", session).code == 1


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_protected_sheet_is_one_sentence_and_nothing_is_half_done(session: Session) -> None:
    book = session.book
    book.sheets["流出党员"]["A4"].select()
    contacts = book.sheets["联系记录"].impl.api
    contacts.unprotect("")
    contacts.getCellRangeByName("C1:C5000").CellProtection = locked_cells()
    contacts.protect("别人的口令")
    before = grid(book, "联系记录")
    reply = press("contact", session)
    assert (reply.code, reply.text) == (2, "“联系记录”受保护，写不进去，没有改动：请先取消这张表的保护，再按一次。")
    assert grid(book, "联系记录") == before


def locked_cells() -> object:
    return struct("util.CellProtection", IsLocked=True)


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_contact_is_logged_for_the_selected_member(session: Session) -> None:
    book = session.book
    book.sheets["流出党员"]["A4"].select()
    name = book.sheets["流出党员"]["A4"].value
    reply = press("contact", session)
    assert reply.code == 0, reply.text
    last = read_open_book(book)["contact_log"].rows[-1]
    assert (last.text("name"), last.day("contacted_on")) == (name, session.desk.today())
    assert len(last.text("identity_number")) == 18
    selected = session.app.selection
    titles = grid(book, "联系记录")[2]
    assert (selected.row, titles[selected.column - 1]) == (last.origin.row, "联系方式"), "the first cell left to fill"
    book.sheets["封面"]["A1"].select()
    assert press("contact", session).code == 2


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_tidying_writes_only_what_loses_nothing(session: Session) -> None:
    roster = session.book.sheets["党员名册"]
    name = roster["A4"].value
    roster["A4"].value = f"  {name}　"
    reply = press("tidy", session)
    assert "整理了 1 格" in reply.text
    assert roster["A4"].value == name
    press("undo", session)
    assert roster["A4"].value == f"  {name}　"


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_a_lost_number_is_offered_by_check_and_written_by_tidying(session: Session) -> None:
    roster = session.book.sheets["党员名册"]
    row = next(row for row in range(4, 20) if roster.range((row, 1)).value == "张外出")
    cell, whole = roster.range((row, 2)), roster.range((row, 2)).value
    cell.value = float(f"{whole[:15]}000")
    assert "1 个身份证号在别处有完整的，核对后点“整理”可以写回" in press("check", session).text
    reply = press("tidy", session)
    assert "（依据：" in reply.text
    assert whole not in reply.text
    assert cell.value == whole
    press("undo", session)
    assert cell.value == float(f"{whole[:15]}000")


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_the_status_bar_tells_how_much_is_written(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(type(session.app.impl), "_show_status", lambda program, value: shown.append(value))
    press("lost", session)
    count = len(grid(session.book, "失联名单")) - 3
    assert shown == [f"台账工具：正在写“失联名单”，{count} 条……", False]


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_settings_and_the_sheet_in_front_are_as_found_after_an_error(session: Session) -> None:
    book = session.book
    book.sheets["封面"]["B4"].value = None
    book.sheets["封面"].activate()
    book.sheets["党员名册"].delete()
    reply = press("check", session)
    assert reply.code == 2
    assert "党员名册" in reply.text
    assert (session.app.screen_updating, session.app.status_bar) == (True, False)
    assert book.sheets.active.name == "封面"


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_without_a_workbook_every_button_answers_with_a_sentence(app: xw.App) -> None:
    for key in ("check", "due", "submit", "merge", "undo", "trace", "matching"):
        reply = press(key, Session(app, None, Desk()))
        assert (reply.code, reply.text[-1]) == (2, "。")
    assert press("关机", Session(app, None, Desk())).code == 3


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_buttons_on_files_write_beside_the_workbook(app: xw.App, tmp_path: Path) -> None:
    path = small_branch_file(tmp_path)
    session = Session(app, app.books.open(path), Desk())
    assert press("forms", session).code == 0
    made = sorted((tmp_path / "官方表格").glob("*.xlsx"))
    assert made
    refused = press("submit", session)
    assert refused.code != 0
    assert "错误" in refused.text
    assert "请打开党委汇总" in press("merge", session).text
    assert "上期" in press("carry", session).text
    assert "请打开党委汇总" in press("matching", session).text
    session.book.close()


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_new_and_rules_open_what_they_made(app: xw.App, tmp_path: Path) -> None:
    session = Session(app, app.books.open(small_branch_file(tmp_path)), Desk())
    assert press("new", session).code == 0
    assert press("rules", session).code == 0
    opened = {book.name for book in app.books}
    assert {"支部台账.xlsx", "规则清单.xlsx"} <= opened
    for name in ("支部台账.xlsx", "规则清单.xlsx", "示例支部.xlsx"):
        app.books[name].close()
    assert "版本" in press("about", session).text
    told = press("doctor", Session(app, app.books.open(small_branch_file(tmp_path)), Desk()))
    written = (tmp_path / "环境自检.txt").read_text(encoding="utf-8")
    assert "√" in written and "√" not in told.text and told.text.splitlines()[1] in written
    app.books["示例支部.xlsx"].close()


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_merging_closes_the_workbook_and_opens_the_new_one(app: xw.App, tmp_path: Path) -> None:
    committee = tmp_path / "党委汇总.xlsx"
    write_workbook(committee, "committee", cover={"as_of": AS_OF, "period": "2026Q4"})
    (tmp_path / "报送").mkdir()
    small_branch_file(tmp_path / "报送")
    session = Session(app, app.books.open(committee), Desk())
    reply = press("merge", session)
    assert reply.code in (0, 1), reply.text
    again = Session(app, app.books["党委汇总.xlsx"], Desk())
    read = read_open_book(again.book)
    assert "王失联" in [row.text("name") for row in read["member_roster"]]
    assert press("matching", again).code == 0
    assert press("conflicts", again).code == 0
    again.book.close()
