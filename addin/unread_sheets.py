"""Sheets of a workbook that are not read, each told once: twins and copies of registers, sheets that are not ours."""

from collections.abc import Collection, Iterator, Sequence

from addin.grid import Sheet
from addin.journal import JOURNAL_SHEET
from addin.layout import CODES, FIRST_ROW, GUIDE, POLICY
from addin.marking import MARKS_SHEET
from addin.sealing import SHEET as SEAL
from validators.codes import fold
from validators.registers import registers
from validators.table import Level, Remark

_BEFORE_DATA = FIRST_ROW - 1
_GENERATED = frozenset({fold(GUIDE), fold(CODES), fold(MARKS_SHEET), fold(JOURNAL_SHEET)})


def is_data(name: str) -> bool:
    """Only sheets that are data; an unknown sheet may be a misspelt register, so it is looked at too."""
    return fold(name) not in _GENERATED


def unread_sheets(sheets: Sequence[Sheet], read: Collection[Sheet], rule: str) -> Iterator[Remark]:
    """A remark for every sheet with content that is not among those read: no row is left out without a word.

    A second sheet of a register's name is an error, a likely copy of one a doubt, any other sheet only worth knowing.
    """
    titles = {fold(register.title): register.title for register in registers().values()}
    known = {fold(POLICY), fold(SEAL)}
    for sheet in sheets:
        name = fold(sheet.name)
        if any(sheet is one for one in read) or name in known or not _rows(sheet, 0):
            continue
        of_register = next((title for key, title in titles.items() if name.startswith(key)), None)
        if name in titles and (rows := _rows(sheet, _BEFORE_DATA)):
            text = f"有两张“{titles[name]}”，工作表“{sheet.name}”里的 {rows} 行没有读取"
            yield _remark(rule, "E", sheet, text, "请把两张表的内容并到一张，删除另一张，再保存")
        elif of_register is not None and (rows := _rows(sheet, _BEFORE_DATA)):
            text = f"工作表“{sheet.name}”像是“{of_register}”的副本，里面的 {rows} 行没有读取"
            yield _remark(rule, "W", sheet, text, f"里面如有要上报的内容，请并到“{of_register}”；不需要就删除这张表")
        else:
            yield _remark(rule, "I", sheet, f"工作表“{sheet.name}”不是台账的表，没有读取", "不用处理；报送时不会带走")


def _remark(rule: str, level: Level, sheet: Sheet, message: str, fix: str) -> Remark:
    return Remark(rule, level, sheet.name, 1, "A", "", message, fix)


def _rows(sheet: Sheet, after: int) -> int:
    """How many rows below this row hold anything."""
    return sum(1 for row in range(after + 1, len(sheet.rows) + 1) if any(sheet.texts(row)))
