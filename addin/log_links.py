"""操作记录 as a chain: behind its snapshot every line carries a 校验 over itself and all the lines above it.

So a line that was changed, removed or put in between shows, wherever the workbook goes. What older versions of the tool
wrote has none; the first line that has one covers them too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from validators.table import Remark, Table, Value, column_letter

LOG = "operation_log"

Line = Mapping[str, Value | datetime]
"""A line by column key."""

_COLUMNS = ("at", "operation", "outcome", "rows_affected")
_SNAPSHOT = "snapshot"
_LENGTH = 10
_MARK = re.compile(rf"(.*?)\s*校验\s*([0-9a-f]{{{_LENGTH}}})", re.DOTALL)


def linked(above: Iterable[Line], line: Mapping[str, Value]) -> dict[str, Value]:
    """A line as it is to be written below the others."""
    link = ""
    for one in above:
        link = _link(link, one)
    snapshot = str(line.get(_SNAPSHOT) or "")
    return {**line, _SNAPSHOT: f"{snapshot} 校验 {_link(link, line)}".strip()}


def first_break(lines: Iterable[Line]) -> int:
    """The number of the first line, from 1, that does not follow from those above; 0 while every line does."""
    link, is_chained = "", False
    for number, line in enumerate(lines, 1):
        link, mark = _link(link, line), _parted(line)[1]
        is_chained = is_chained or bool(mark)
        if is_chained and mark != link:
            return number
    return 0


def broken_log(log: Table | None, rule: str) -> Iterator[Remark]:
    """A remark at the first line of the sheet that does not follow from those above it."""
    rows = [row for row in log if row.values] if log is not None else []
    number = first_break(row.values for row in rows)
    if log is not None and number:
        message = "操作记录从这一行起与上面接不上，有人改动、删除或插入过记录"
        fix = "请向经手的人问清；台账内容不受影响，以前的操作可用 taizhang undo --list 对照"
        row, column = rows[number - 1].origin.row, column_letter(log.columns[_SNAPSHOT])
        yield Remark(rule, "I", log.sheet, row, column, "快照", message, fix)


def _link(before: str, line: Line) -> str:
    content = "\n".join((before, *(_text(line.get(key)) for key in _COLUMNS), _parted(line)[0]))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _parted(line: Line) -> tuple[str, str]:
    """The snapshot and the 校验, "" for what is not there."""
    typed = str(line.get(_SNAPSHOT) or "").strip()
    found = _MARK.fullmatch(typed)
    return (_text(found[1]), found[2]) if found is not None else (_text(typed), "")


def _text(value: object) -> str:
    """A value alike whoever has read it: programs differ in blanks, widths and how a whole number is kept."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d%H:%M}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else "".join(unicodedata.normalize("NFKC", str(value)).split())
