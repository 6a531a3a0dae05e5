"""Loads a closed workbook as a Book: the door, the reader, and the sheets bound by title."""

from dataclasses import replace
from pathlib import Path

from addin.carried import CARRIED, USUAL_IN_MACRO_FILES
from addin.hosts.closed import sheets_of
from addin.hosts.door import Admitted, admit
from addin.hosts.time_budget import grant
from addin.problem import CannotUse
from addin.reading import FILE, read_book, read_table
from addin.unread_sheets import is_data
from validators.codes import fold
from validators.collecting import collecting_paused
from validators.registers import registers
from validators.table import Book, Remark, Table


def load_book(path: Path) -> Book:
    """Read a 支部台账 or 党委汇总. Raises CannotUse with one sentence, OSError when the file cannot be opened."""
    with collecting_paused():
        file = admit(path, is_data)
        book = read_book(sheets_of(file, is_data), path.name, carried=_carried(file))
    grant(path.name, sum(len(table.rows) for table in book.tables.values()))
    return replace(book, remarks=(*book.remarks, _early_days(book))) if file.from_1904 else book


def load_sheet(path: Path, register: str) -> Table:
    """One register sheet of any workbook, such as a filled 通话登记单.

    Raises CannotUse as ``load_book``, and for a cell that cannot be read: nobody would look at a remark here.
    """
    wanted = registers()[register]

    def is_wanted(name: str) -> bool:
        return fold(name) == fold(wanted.title)

    found = sheets_of(admit(path, is_wanted), is_wanted)
    if not found:
        raise CannotUse(f"“{path.name}”里没有“{wanted.title}”这张表：请检查是不是选错了文件。")
    remarks: list[Remark] = []
    table = read_table(found[0], wanted, "branch", path.name, [], remarks)
    unread = next((remark for remark in remarks if remark.level == "E"), None)
    if unread is not None:
        place = f"“{path.name}”的“{unread.sheet}”{unread.column}{unread.row}"
        raise CannotUse(f"{place}：{unread.message}。{unread.fix}，再试一次。")
    return table


def _early_days(book: Book) -> Remark:
    """Dates are read right; day numbers in cells without a date format cannot be told from those of other files."""
    message = "这个文件的日期从 1904 年算起（早期苹果电脑），没有设日期格式的日期会差 4 年零 1 天"
    fix = "请把内容搬到新生成的台账里，并逐个核对日期"
    return Remark(FILE, "W", book.tables["cover"].sheet, 1, "A", "", message, fix)


def _carried(file: Admitted) -> tuple[str, ...]:
    """What the file carries besides its cells, in the clerk's words; macros are usual only in an .xlsm."""
    is_macro_file = file.path.suffix.lower() == ".xlsm"
    found = {
        word
        for part in file.active
        for mark, (word, _) in CARRIED.items()
        if mark in part and not (is_macro_file and word in USUAL_IN_MACRO_FILES)
    }
    return tuple(sorted(found))
