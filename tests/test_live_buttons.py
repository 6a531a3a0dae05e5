"""A clerk at a real LibreOffice: the mouse clicks buttons of the toolbar, results are read from the open workbook."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.buttons import tab
from addin.calc.bridge import OFFICE_GONE, Office, struct, uno
from addin.calc.calls import Calls
from addin.calc.engine import register
from addin.calc.runner import CLOSED
from addin.cli import main
from addin.hosts.snapshots import content, timeline
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from addin.marking import MARKS_SHEET
from addin.oxt import PROTOCOL
from addin.stopping import STOPPED
from tests.benchmarks.live import branch_file
from tests.drawing import draw
from tests.handing_in import HOME
from tests.office import Running, running_office
from tests.screen import Screen, button_place, screen, wait_for
from tests.small_branch import AS_OF, small_branch_file
from tests.workbook_editing import write_drawn

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("office")]

ROOT = Path(__file__).resolve().parents[1]
TITLE = "台账工具"
MARKED = 0xFFB3B3


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    with screen(tmp_path_factory.mktemp("screen"), ROOT) as shown:
        yield shown


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return small_branch_file(tmp_path).rename(tmp_path / "branch.xlsx")


@pytest.fixture
def document(desk: Screen, file: Path) -> Iterator[Any]:
    opened = desk.open(file)
    yield opened
    opened.close(True)


def cells(document: Any, sheet: str, place: str) -> Any:
    return document.getSheets().getByName(sheet).getCellRangeByName(place)


def text(document: Any, sheet: str, place: str) -> str:
    return str(cells(document, sheet, place).getString())


def press(desk: Screen, document: Any, label: str) -> str:
    """Click the button, close the message; what it said."""
    before = len(desk.said())
    desk.press(document, label)
    desk.answer(TITLE)
    return desk.said()[before:]


def test_check_is_pressed_and_taken_back(desk: Screen, document: Any) -> None:
    cells(document, "党员名册", "A4").setString("")
    assert "校核完成：错误" in press(desk, document, "校核")
    assert document.getCurrentController().getActiveSheet().getName() == "问题清单"
    assert text(document, "问题清单", "B4") == "错误"
    assert cells(document, "党员名册", "A4").CellBackColor == MARKED
    assert "【错误】" in cells(document, "党员名册", "A4").getAnnotation().getString()
    assert "已撤销“校核”" in press(desk, document, "撤销上一步")
    assert text(document, "问题清单", "B4") == ""
    assert cells(document, "党员名册", "A4").CellBackColor == -1


def test_toolbar_buttons_show_their_icons(desk: Screen, document: Any) -> None:
    for button in (button for button in tab().buttons if button.large):
        x, y = wait_for(lambda label=button.label: button_place(document, label), f"the button {button.label}")
        drawing = (ROOT / "macros" / "oxt" / "icons" / f"{button.key}.svg").read_text(encoding="utf-8")
        seen = desk.colours(x - 60, y - 14, 60, 28)
        for colour in set(re.findall(r"#[0-9A-F]{6}", drawing)):
            assert min(apart(colour, shown) for shown in seen) < 30, (button.label, colour)


def apart(one: str, other: str) -> int:
    """How far two colours are from each other; smoothing leaves hardly a dot of a thin line quite as it was drawn."""
    return sum(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5))


def test_calls_made_inside_the_office_give_the_same_as_from_outside(desk: Screen, document: Any) -> None:
    sheet = document.getSheets().getByName("党员名册")
    alone = Office(desk.office.context)
    alone.calls = None

    def told(office: Office) -> list[Any]:
        calls = Calls(office)
        cursor = calls.add(sheet, "createCursor")
        calls.add(cursor, "gotoEndOfUsedArea", False)
        calls.add(cursor, "getRangeAddress", wanted=True)
        calls.add(calls.add(sheet, "getCellRangeByName", "A4:C5"), "getDataArray", wanted=True)
        calls.add(calls.add(sheet, "queryContentCells", 1024), "getPropertyValue", "无", wanted=True, may_fail=True)
        return [calls.are_quick, *calls.run()]

    inside, outside = told(desk.office), told(alone)
    assert (inside[0], outside[0]) == (True, False)
    assert inside[1].EndRow == outside[1].EndRow > 10
    assert inside[2:] == outside[2:] == [outside[2], None]
    failing = Calls(desk.office)
    failing.add(sheet, "getCellRangeByName", "没有")
    with pytest.raises(uno().getClass("com.sun.star.uno.Exception")):
        failing.run()


def test_a_note_put_inside_the_office_is_as_large_as_one_from_outside(desk: Screen, document: Any) -> None:
    text = "〔校核 1〕\n【错误】“民族”没有填写\n怎么改：请补填（R-FLD-REQUIRED）\n〔校核完〕"
    sheet = register(desk.office).impl.book_of(document.RuntimeUID).sheets("党员名册")
    sheet.add_notes([(20, 3, text)])
    sheet.annotations.insertNew(struct("table.CellAddress", Row=20, Column=2), text)
    quick, plain = (sheet.api.getCellByPosition(2, row).getAnnotation() for row in (19, 20))
    assert quick.getString() == plain.getString() == text
    sizes = [note.getAnnotationShape().getSize() for note in (quick, plain)]
    assert sizes[0] == sizes[1]


def test_the_lists_are_pressed(desk: Screen, document: Any) -> None:
    press(desk, document, "逾期与到期")
    assert text(document, "逾期与到期", "A1") == "逾期与到期"
    assert text(document, "逾期与到期", "A4") != ""
    press(desk, document, "失联名单")
    names = {text(document, "失联名单", f"C{row}") for row in range(4, 30)}
    assert "王失联" in names


def test_a_contact_is_pressed_in(desk: Screen, document: Any) -> None:
    document.getCurrentController().select(cells(document, "党员名册", "A7"))
    assert "王失联登记一次联系" in press(desk, document, "登记联系")
    row = next(row for row in range(4, 100) if not text(document, "联系记录", f"A{row + 1}"))
    assert text(document, "联系记录", f"C{row}") == "王失联"
    chosen = document.getCurrentSelection().getRangeAddress()
    assert (document.getCurrentController().getActiveSheet().getName(), chosen.StartRow) == ("联系记录", row - 1)


def test_forms_are_pressed_and_a_number_traced(desk: Screen, tmp_path: Path) -> None:
    roster = "姓名 | 最近参加组织生活日期 \n 张三 | 2025-11-01 \n 王五 | 2026-11-01"
    away, talks = "姓名 | 外出日期 | 流动范围 \n 张三 | 2025-12-01 | 跨省流动", "姓名 | 联系日期 \n 张三 | 2026-10-20"
    book = draw(member_roster=roster, outflow=away, contact_log=talks)
    opened = desk.open(write_drawn(tmp_path / "branch.xlsx", book))
    assert "已出表" in press(desk, opened, "出表")
    opened.close(True)
    form = tmp_path / "官方表格" / "外出流动党员情况汇总表.xlsx"
    shown = desk.open(form.rename(tmp_path / "form.xlsx"))
    shown.getCurrentController().select(shown.getSheets().getByIndex(0).getCellRangeByName("H7"))
    told = press(desk, shown, "反查")
    assert "合计、跨省 = 1" in told
    assert "党员名册第4行" in told
    shown.close(True)


def test_every_button_without_a_place_on_the_toolbar_works_from_the_menu(
    desk: Screen, document: Any, file: Path
) -> None:
    cells(document, "党员名册", "A4").setString("  钱在家　")
    told = {}
    for key in ("tidy", "unmark", "matching", "conflicts", "return", "carry", "about", "submit", "merge", "help"):
        before = len(desk.said())
        desk.dispatch(document, PROTOCOL + key)
        desk.answer(TITLE)
        told[key] = desk.said()[before:]
    assert "整理了 1 格" in told["tidy"]
    assert text(document, "党员名册", "A4") == "钱在家"
    assert "没有校核标记" in told["unmark"]
    assert all("请打开党委汇总" in told[key] for key in ("matching", "conflicts", "return", "merge"))
    assert "“上期”文件夹" in told["carry"]
    assert "校核规则" in told["about"]
    assert "使用手册" in told["help"]
    assert "没有生成报送文件" in told["submit"]


def test_a_committee_is_merged_from_the_menu(desk: Screen, tmp_path: Path) -> None:
    committee = tmp_path / "committee.xlsx"
    write_workbook(committee, "committee", cover={**HOME, "as_of": AS_OF, "period": "2026Q4"})
    (tmp_path / "报送").mkdir()
    small_branch_file(tmp_path / "报送")
    assert "应报 1 个党组织，已报 1" in press(desk, desk.open(committee), "合并下级")
    assert "王失联" in [row.text("name") for row in load_book(committee)["member_roster"]]
    again = next(one for one in documents(desk) if one.getURL() == committee.as_uri())
    shown = cells(again, "党员名册", "A4:J20").getDataArray()
    assert "王失联" in {value for row in shown for value in row}
    before = len(desk.said())
    desk.dispatch(again, PROTOCOL + "return")
    desk.answer(TITLE)
    assert "退回单" in desk.said()[before:]
    assert list((tmp_path / "退回单").glob("*.xlsx"))
    next(one for one in documents(desk) if one.getURL() == committee.as_uri()).close(True)


def documents(desk: Screen) -> list[Any]:
    components = desk.office.desktop.getComponents().createEnumeration()
    found = []
    while components.hasMoreElements():
        found.append(components.nextElement())
    return [one for one in found if hasattr(one, "getURL")]


def test_new_and_rules_come_up_in_windows_of_their_own(desk: Screen, document: Any, file: Path) -> None:
    for key in ("new", "rules", "doctor"):
        desk.dispatch(document, PROTOCOL + key)
        desk.answer(TITLE)
    made = {Path(one.getURL()).name: one for one in documents(desk) if one.getURL() != file.as_uri()}
    assert len(made) == 2
    for one in made.values():
        assert one.getSheets().getCount() >= 1
        one.close(True)
    assert (file.parent / "环境自检.txt").exists()
    assert {path.name for path in file.parent.glob("*.xlsx")} == {"branch.xlsx", "支部台账.xlsx", "规则清单.xlsx"}


def test_undoing_by_the_usual_key_takes_a_whole_button_back(desk: Screen, document: Any) -> None:
    press(desk, document, "失联名单")
    undo = document.getUndoManager()
    assert undo.getAllUndoActionTitles() == ("失联名单",)
    cells(document, "党员名册", "A4").setString("改动")
    desk.to_front(document)
    desk.xdotool("key", "ctrl+z")
    wait_for(lambda: text(document, "党员名册", "A4") != "改动", "what was typed being undone")
    assert "失联名单" in document.getSheets().getElementNames()
    desk.xdotool("key", "ctrl+z")
    desk.answer(TITLE)
    assert "失联名单" not in document.getSheets().getElementNames()
    assert not undo.isUndoPossible()


def test_a_key_presses_a_button(desk: Screen, document: Any) -> None:
    desk.to_front(document)
    desk.xdotool("key", "ctrl+alt+q")
    desk.answer(TITLE)
    assert "逾期与到期" in document.getSheets().getElementNames()


def test_each_of_two_windows_has_its_own_buttons(desk: Screen, tmp_path: Path) -> None:
    one = desk.open(write_drawn(tmp_path / "one.xlsx", draw(member_roster="姓名 | 性别 \n 张三 | 不明")))
    two = desk.open(write_drawn(tmp_path / "two.xlsx", draw(member_roster="姓名 | 民族 \n 李四 | 不明")))
    for shown, name in ((one, "张三"), (two, "李四")):
        desk.to_front(shown)
        press(desk, shown, "校核")
        named = {text(shown, "问题清单", f"F{row}") for row in range(4, 12)} - {""}
        assert named == {name}
    desk.to_front(one)
    press(desk, one, "撤销上一步")
    assert (text(one, "问题清单", "F4"), text(two, "问题清单", "F4")) == ("", "李四")
    two.close(True)
    one.close(True)


def test_storing_in_libreoffice_keeps_the_file_it_replaces(desk: Screen, document: Any, file: Path) -> None:
    stored = file.read_bytes()
    cells(document, "党员名册", "A4").setString("改动")
    document.store()
    kept = timeline(file)
    assert file.read_bytes() != stored
    assert content(file, kept[0]) == stored
    assert main(["undo", str(file), "--list"]) == 0


def test_storing_a_workbook_that_is_not_ours_leaves_nothing_beside_it(desk: Screen, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(other)
    opened = desk.open(other)
    opened.getSheets().getByIndex(0).getCellRangeByName("A1").setString("别的")
    opened.store()
    opened.close(True)
    assert [path.name for path in tmp_path.iterdir()] == ["other.xlsx"]


def test_a_button_at_work_is_stopped_by_pressing_another(desk: Screen, tmp_path: Path) -> None:
    opened = desk.open(branch_file(tmp_path, faulty=True).rename(tmp_path / "branch.xlsx"))
    names = opened.getSheets().getElementNames()
    before = len(desk.said())
    desk.press(opened, "校核")
    wait_for(lambda: MARKS_SHEET in opened.getSheets().getElementNames(), "the first mark", pause=0.01)
    worker = the_runner(desk)
    os.kill(worker, signal.SIGSTOP)
    desk.press(opened, "失联名单")
    desk.answer(TITLE, "alt+y")
    os.kill(worker, signal.SIGCONT)
    desk.answer(TITLE)
    assert STOPPED in desk.said()[before:]
    assert opened.getSheets().getElementNames() == names
    assert text(opened, "问题清单", "A4") == ""
    assert cells(opened, "党员名册", "C4").CellBackColor == -1
    opened.close(True)


def the_runner(desk: Screen) -> int:
    """The process of the button under way: no other in the office's group runs our module."""
    told = subprocess.run(
        ["pgrep", "-g", str(desk.running.process.pid), "-f", "addin.calc.runner"],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout)


def run_check(running: Running, document: Any) -> "subprocess.Popen[str]":
    """The process a press of 校核 starts, once it is in the middle of its work."""
    place = running.where.removeprefix("pipe,name=")
    words = ["-m", "addin.calc.runner", "check", f"--pipe={place}", f"--document={document.RuntimeUID}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    started = subprocess.Popen(
        [sys.executable, *words], env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: MARKS_SHEET in document.getSheets().getElementNames(), "the first change", pause=0.01)
    return started


def test_closing_the_workbook_in_the_middle_is_one_sentence(tmp_path: Path) -> None:
    path = branch_file(tmp_path, faulty=True)
    with running_office(tmp_path / "profile") as running:
        document = running.office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
        pressed = run_check(running, document)
        document.close(True)
        _, told = pressed.communicate(timeout=60)
    assert (pressed.returncode, told.strip()) == (2, CLOSED)


def test_killing_the_office_in_the_middle_is_one_sentence_and_no_damage(tmp_path: Path) -> None:
    path = small_branch_file(tmp_path)
    stored = path.read_bytes()
    with running_office(tmp_path / "profile") as doomed:
        document = doomed.office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
        pressed = run_check(doomed, document)
        doomed.kill()
        _, told = pressed.communicate(timeout=60)
    assert (pressed.returncode, told.strip()) == (2, OFFICE_GONE)
    assert path.read_bytes() == stored
    with running_office(tmp_path / "profile") as again:
        reopened = again.office.desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, ())
        assert text(reopened, "党员名册", "A4") == "钱在家"
