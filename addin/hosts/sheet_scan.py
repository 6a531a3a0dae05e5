"""Looks through the bytes of one sheet part before a reader parses it: far or doubled cells, uncertain values."""

import re
from functools import cache

MOST_ROWS = 250_000
MOST_CELLS = 5_000_000
TALL_ROWS = 20_000
"""A reader sets memory aside for rows times columns: 256 columns (IV) for sheets up to this height, else 104 (CZ)."""

LEAST_IN_ROW = 100
"""Bytes; a row with two cells has more."""

NAMESPACE = b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_USUAL_ROW = re.compile(rb'<row r="(\d+)"')
_FAR_COLUMN = rb"[A-Za-z]{3}|[J-Zj-z][A-Za-z]\d|[Ii][W-Zw-z]\d"
_FAR_IN_TALL = rb"[A-Za-z]{3}|[D-Zd-z][A-Za-z]\d"
_FAR_ROW, _FARTHEST_ROW = rb"[A-Za-z]{1,2}\d{6}", rb"[A-Za-z]{1,2}\d{7}"
_FAR_FROM = 100_000
_USUAL_FORMULA = re.compile(rb"<f[ />]")
_ODDITIES = (b"r='", b"t='", b'\nr="', b'\tr="', b'\rr="', b"r =", b"t =")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\sr\s*=\s*[\"'](\d+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*")
_LONGEST_TAG = 10_000


def is_usual(text: bytes) -> bool:
    """Whether a sheet is written the way spreadsheet programs write, so that plain searches see everything in it:
    one unprefixed namespace, double quotes, one blank before each ``r``.
    """
    return (
        text.count(NAMESPACE) == 1
        and b"xmlns=" + NAMESPACE in text[:2048]
        and (_is_bare(text) or not any(oddity in text for oddity in _ODDITIES))
        and len(_USUAL_ROW.findall(text)) == text.count(b"<row")
    )


def _is_bare(text: bytes) -> bool:
    """Whether not one character stands in it that an oddity needs: single characters are found several times faster."""
    ends_of_declaration = 100
    return (
        text.find(b"='") < 0
        and text.find(b" =") < 0
        and text.find(b"\n", ends_of_declaration) < 0
        and text.find(b"\t") < 0
        and text.find(b"\r", ends_of_declaration) < 0
    )


def sheet_fault(text: bytes, usual: bool) -> str | None:
    """Rows and cells where no register has any: a reader would set aside memory for all the blanks between."""
    last = 0
    for digits in (_USUAL_ROW if usual else _ROW).findall(text):
        number = int(digits)
        if number == last:
            return f"的第 {number} 行出现了两次"
        if number < last:
            return f"的行顺序乱了（第 {number} 行排在第 {last} 行后面）"
        last = number
    if last > MOST_ROWS:
        return f"有内容或格式落在第 {last} 行，超过 {MOST_ROWS} 行"
    if any(not _is_harmless(text, far) for far in _far_cells(usual, last).finditer(text)):
        return "有内容落在离数据极远的单元格"
    cells = text.count(b"<c ") if usual else sum(1 for _ in _ANY_CELL.finditer(text))
    if cells > MOST_CELLS:
        return f"的单元格超过 {MOST_CELLS} 个"
    return None


def blank_rows(text: bytes, usual: bool) -> int:
    """How many rows of a sheet without fault hold next to nothing: a reader sets memory aside for them all the same."""
    return max(0, _last_row(text, usual) - len(text) // LEAST_IN_ROW)


def _last_row(text: bytes, usual: bool) -> int:
    if usual:
        found = _USUAL_ROW.match(text, max(text.rfind(b"<row "), 0))
        return int(found[1]) if found is not None else 0
    return max((int(digits) for digits in _ROW.findall(text)), default=0)


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
    start = text.rfind(b"<", max(0, far.start() - _LONGEST_TAG), far.start())
    tag = text[start + 1 : far.start()]
    return start >= 0 and re.match(rb"(?:\w+:)?c\b", tag) is None
