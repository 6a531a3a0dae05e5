"""LibreOffice Calc behind xlwings: values as Excel would take them, settings put back, one undo step, plain words."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from addin.calc.bridge import OFFICE_GONE, connect, plain_words
from addin.calc.engine import register
from addin.calc.undo import one_step
from addin.problem import CannotUse
from tests.drawing import identity
from tests.office import Running, running_office

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("office")]

DAY = dt.datetime(2026, 3, 1)
MINUTE = dt.datetime(2026, 3, 1, 8, 30)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_office(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def app(running: Running) -> xw.App:
    return register(running.office, hidden=True)


@pytest.fixture
def book(app: xw.App) -> Iterator[xw.Book]:
    made = app.books.add()
    yield made
    made.close()


@pytest.fixture
def sheet(book: xw.Book) -> xw.Sheet:
    return book.sheets[0]


def test_a_block_comes_back_as_it_was_written(sheet: xw.Sheet) -> None:
    rows = [["姓名", "外出日期", "人数"], ["阿依古丽·艾合买提", DAY, 3.0], ["䶮某", MINUTE, None], [True, 1.5, "x"]]
    sheet["B2"].value = rows
    assert sheet["B2"].expand("table").value[:2] == rows[:2]
    assert sheet["B2:D5"].value == rows
    assert sheet["C3"].number_format == "yyyy-mm-dd"


def test_typed_text_changes_as_in_excel_unless_the_cell_is_text(sheet: xw.Sheet) -> None:
    number = identity()
    sheet["A1:A9"].number_format = "@"
    sheet["A1"].value = [["00123", "00123"], [number, "2026-03"], ["=1+1", "=1+1"], ["2026-03", "'00123"]]
    assert sheet["A1:A4"].value == ["00123", number, "=1+1", "2026-03"]
    assert sheet["B1:B4"].value == [123.0, DAY, 2.0, "00123"]


def test_a_date_format_of_the_clerk_stays(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "yyyy.m.d"
    sheet["A1:A2"].value = [[DAY], [DAY]]
    assert (sheet["A1"].number_format, sheet["A2"].number_format) == ("yyyy.m.d", "yyyy-mm-dd")


def test_formulas_are_spelled_as_in_excel(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1, 2], [3, 4]]
    sheet["C1:C2"].formula = "=IF(A1>2,SUM(A1:B1),0)"
    assert sheet["C2"].formula == "=IF(A2>2,SUM(A2:B2),0)"
    assert sheet["C1:C2"].value == [0.0, 7.0]
    sheet["D1"].value = "=1/0"
    assert sheet["D1"].value is None
    assert sheet["D1"].options(err_to_str=True).value == "#DIV/0!"


def test_a_block_of_formulas_is_spelled_as_in_excel(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[1], [3]]
    given = [
        ['=IF(A1>2,"a,b",0)', '=HYPERLINK("#\'Sheet1\'!A1","A1")'],
        ["=SUM(A1:A2)", "=SUM(Sheet1!A1,2)"],
    ]
    for rows in (given[:1] * 2, given):
        block = sheet["C1:D2"]
        block.formula = rows
        assert [list(row) for row in block.formula] == rows
    assert sheet["C1:D2"].value == [[0.0, "A1"], [4.0, 3.0]]


def test_general_is_a_number_format_too(sheet: xw.Sheet) -> None:
    sheet["A1"].number_format = "@"
    sheet["A1"].number_format = "General"
    sheet["A1"].value = "007"
    assert sheet["A1"].value == 7.0


def test_numbers_are_dates_where_they_are_shown_as_dates(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[46082, 46082, 1], ["=A1+1", 46082, 0]]
    sheet["A1:A2"].number_format = "yyyy-mm-dd"
    sheet["C1:C2"].number_format = "BOOLEAN"
    after = dt.datetime(2026, 3, 2)
    assert sheet["A1:C2"].value == [[DAY, 46082.0, True], [after, 46082.0, False]]


def test_notes_links_and_colours(sheet: xw.Sheet) -> None:
    sheet["A1"].add_note("缺少回执")
    sheet["A2"].add_hyperlink("#'Sheet1'!B3", "Sheet1!B3")
    sheet["A1"].color = "#FFC7CE"
    assert [note.text for note in sheet.notes] == ["缺少回执"]
    assert sheet["A2"].hyperlink == "#'Sheet1'!B3"
    assert sheet["A2"].value == "Sheet1!B3"
    assert (sheet["A1"].color, sheet["A2"].color) == ((255, 199, 206), None)
    sheet["A1"].value = [["写入以后", "批注还在"]]
    assert sheet["A1"].note.text == "缺少回执"
    sheet["A1"].note.delete()
    assert sheet["A1"].note is None
    with pytest.raises(Exception, match="hyperlink"):
        _ = sheet["A1"].hyperlink


def test_text_stands_where_it_is_put(sheet: xw.Sheet) -> None:
    assert (sheet["A1"].horizontal_alignment, sheet["A1"].vertical_alignment) == ("general", "bottom")
    for across, upright in (("center", "top"), ("right", "center"), ("justify", "justify"), ("left", "bottom")):
        sheet["A1:B2"].horizontal_alignment, sheet["A1:B2"].vertical_alignment = across, upright
        assert (sheet["B2"].horizontal_alignment, sheet["B2"].vertical_alignment) == (across, upright)


def test_settings_are_put_back_also_after_an_error(app: xw.App, book: xw.Book) -> None:
    before = (app.screen_updating, app.calculation)
    with pytest.raises(RuntimeError), app.properties(screen_updating=False, calculation="manual"):
        assert book.impl.api.hasControllersLocked()
        raise RuntimeError
    assert (app.screen_updating, app.calculation) == before
    assert not book.impl.api.hasControllersLocked()
    assert book.impl.api.isAutomaticCalculationEnabled()


def test_everything_of_a_button_is_one_step_of_undo(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = "原来"
    with pytest.raises(RuntimeError), one_step(book.impl, "校核"):
        sheet["A1:B2"].value = [["一", "二"], ["三", "四"]]
        sheet["A1"].color = "#FFC7CE"
        sheet["B2"].add_note("批注")
        raise RuntimeError
    undo = book.impl.api.getUndoManager()
    assert undo.getCurrentUndoActionTitle() == "校核"
    undo.undo()
    assert sheet["A1:B2"].value == [["原来", None], [None, None]]
    assert (sheet["A1"].color, sheet["B2"].note) == (None, None)


def test_undoing_a_big_block_empties_what_was_blank(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["A1"].value = "原来"
    with one_step(book.impl, "失联名单"):
        sheet["A1"].value = [[f"第{number}行", float(number)] for number in range(1000)]
    assert sheet["A1000:B1000"].value == ["第999行", 999.0]
    book.impl.api.getUndoManager().undo()
    assert sheet["A1:B1000"].value == [["原来", None], *[[None, None]] * 999]


def test_adding_and_taking_away_sheets_never_enters_undo(book: xw.Book, sheet: xw.Sheet) -> None:
    undo = book.impl.api.getUndoManager()
    with one_step(book.impl, "失联名单"):
        added = book.sheets.add("失联名单", after=book.sheets[-1])
        added["A1"].value = "名单"
    undo.undo()
    assert [one.name for one in book.sheets] == ["Sheet1", "失联名单"]
    assert added["A1"].value is None
    sheet["A1"].value = "改动"
    assert undo.isUndoPossible()
    with one_step(book.impl, "撤销上一步"):
        added.delete()
    assert not undo.isUndoPossible()


def test_a_password_really_encrypts(app: xw.App, book: xw.Book, sheet: xw.Sheet, tmp_path: Path) -> None:
    sheet["A1"].value = "保密"
    target = tmp_path / "加密.xlsx"
    book.save(target, password="四个字的密码")
    assert target.read_bytes()[:4] == bytes.fromhex("d0cf11e0")
    again = app.books.open(target, password="四个字的密码", read_only=True)
    assert again.sheets[0]["A1"].value == "保密"
    again.close()


def test_a_name_stands_for_cells(book: xw.Book, sheet: xw.Sheet) -> None:
    sheet["B2:C3"].name = "名单"
    assert book.names["名单"].refers_to_range.address == "$B$2:$C$3"
    assert sheet["名单"].address == "$B$2:$C$3"
    with pytest.raises(xw.XlwingsError):
        _ = sheet["没有这个名字"].address


def test_a_killed_office_is_one_sentence(tmp_path: Path) -> None:
    with running_office(tmp_path / "profile") as doomed:
        document = doomed.office.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        with pytest.raises(CannotUse) as told, plain_words(doomed.office):
            doomed.kill()
            document.getSheets()
    assert str(told.value) == OFFICE_GONE


def test_a_mistake_of_ours_is_not_blamed_on_the_office(running: Running) -> None:
    with pytest.raises(ZeroDivisionError), plain_words(running.office):
        _ = 1 / 0


def test_no_office_is_one_sentence() -> None:
    with pytest.raises(CannotUse, match="没有找到正在运行的 LibreOffice"):
        connect("pipe,name=taizhangnobody", timeout=0)
