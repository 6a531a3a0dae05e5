"""Looks through the bytes of one sheet part before a reader parses it: far cells, doubled rows, uncertain values."""

import re
from functools import cache

MOST_ROWS = 250_000
TALL_ROWS = 20_000
"""A reader sets memory aside for rows times columns: 256 columns (IV) for sheets up to this height, else 104 (CZ)."""

_NAMESPACE = b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_USUAL_ROW = re.compile(rb'<row r="(\d+)"')
_FAR_COLUMN = rb"[A-Za-z]{3}|[J-Zj-z][A-Za-z]\d|[Ii][W-Zw-z]\d"
_FAR_IN_TALL = rb"[A-Za-z]{3}|[D-Zd-z][A-Za-z]\d"
_FAR_ROW, _FARTHEST_ROW = rb"[A-Za-z]{1,2}\d{6}", rb"[A-Za-z]{1,2}\d{7}"
_FAR_FROM = 100_000
_USUAL_FORMULA = re.compile(rb"<f[ />]")
_ODDITIES = (b"r='", b"t='", b'\nr="', b'\tr="', b'\rr="', b"r =", b"t =")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"'](\d+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")


def is_usual(text: bytes) -> bool:
    """Whether a sheet is written the way spreadsheet programs write, so that plain searches see everything in it:
    one unprefixed namespace, double quotes, one blank before each ``r``.
    """
    return (
        text.count(_NAMESPACE) == 1
        and b"xmlns=" + _NAMESPACE in text[:2048]
        and not any(oddity in text for oddity in _ODDITIES)
        and len(_USUAL_ROW.findall(text)) == text.count(b"<row")
    )


def sheet_fault(text: bytes, usual: bool) -> str | None:
    """Rows and cells where no register has any: a reader would set aside memory for all the blanks between."""
    last = 0
    for digits in (_USUAL_ROW if usual else _ROW).findall(text):
        number = int(digits)
        if number <= last:
            return f"的第 {number} 行出现了两次"
        last = number
    if last > MOST_ROWS:
        return f"有内容或格式落在第 {last} 行，超过 {MOST_ROWS} 行"
    if any(not _is_harmless(text, far) for far in _far_cells(usual, last).finditer(text)):
        return "有内容落在离数据极远的单元格"
    return None


@cache
def _far_pattern(usual: bool, is_tall: bool, has_far_rows: bool) -> re.Pattern[bytes]:
    places = (_FAR_IN_TALL if is_tall else _FAR_COLUMN) + b"|" + (_FARTHEST_ROW if has_far_rows else _FAR_ROW)
    return re.compile((rb' r="(?:' if usual else rb"\sr\s*=\s*[\"'](?:") + places + b")")


def _far_cells(usual: bool, last: int) -> re.Pattern[bytes]:
    """What a reference looks like that lies beyond what a sheet with so many rows may use."""
    return _far_pattern(usual, last > TALL_ROWS, last >= _FAR_FROM)


def is_uncertain(text: bytes, usual: bool) -> bool:
    """Whether a sheet has formulas or error values."""
    if usual:
        return b't="e"' in text or _USUAL_FORMULA.search(text) is not None
    return _ERROR.search(text) is not None or _FORMULA.search(text) is not None


def _is_harmless(text: bytes, far: re.Match[bytes]) -> bool:
    """A far reference outside cells (a row number, a range of a validation) allocates nothing."""
    tag = text[text.rfind(b"<", 0, far.start()) + 1 : far.start()]
    return re.match(rb"(?:\w+:)?c\b", tag) is None
