"""Reads the cells of a sheet part written the way spreadsheet programs write them, in one pass over its text.

It reads all of a sheet or nothing: whatever is not exactly as expected is left to the general reader.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isinf
from typing import Literal

from addin.hosts.sheet_scan import MOST_CELLS, MOST_ROWS, NAMESPACE, TALL_ROWS
from validators.cleaning import Raw
from validators.table import column_letter

Kind = Literal["number", "date", "unsure"]
"""What a numeric cell of some format shows."""

_START, _END, _EMPTY = b"<sheetData>", b"</sheetData>", b"<sheetData/>"
_ROW, _ROW_END = "<row ", "</row>"
_ROW_BYTES = _ROW.encode()
_BLOCK = 1 << 20
"""Bytes read at a time, so that a large sheet is not held several times over."""

_CELL = re.compile(
    r'<c r="([A-Z]{1,2}+)(\d++)"((?: s="\d++")?+(?: t="[a-zA-Z]++")?+)'
    r'(?: ?/>|>(?:<v>([^<]*+)</v>|<is><t(?: xml:space="preserve")?+>([^<]*+)</t></is>)</c>)'
)
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?"\s?/>')
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml [^<>]*>")
_NOT_OUTSIDE = re.compile(rb"<(?:[!?]|row|c[ >/])")
"""Neither comments nor instructions, rows nor cells stand before or behind the rows."""

_ROW_ATTRIBUTE = r'(?!xmlns|r=)[a-zA-Z0-9]++(?::[a-zA-Z0-9]++)?="[^"<>&]*+"'
# Groups are not possessive: Python before 3.11.5 (Debian 12 has 3.11.2) never matches such a group twice.
_ROW_LOOKS = re.compile(rf'(?:{_ROW_ATTRIBUTE} )*r="(\d++)"(?: {_ROW_ATTRIBUTE})* ?/?>')
_LOOKS = re.compile(r'(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?')
_FIGURES = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_FIRST_SURE_DAY, _LAST_DAY = 61, 2_958_465
"""Day numbers of 1 March 1900, before which readers differ, and of the last day of 9999."""

_ORDINAL_OF_NONE = date(1899, 12, 30).toordinal()
"""Of day number 0."""

_DIGITS_OF_A_DAY = 5
"""Days from 1927 to 2173, nearly all there are."""

_MOST_COLUMNS, _MOST_COLUMNS_OF_TALL = 256, 104
_COLUMNS = {column_letter(number + 1): number for number in range(_MOST_COLUMNS)}
_COLUMNS_OF_TALL = {letters: number for letters, number in _COLUMNS.items() if number < _MOST_COLUMNS_OF_TALL}
_TAGS_OF_A_VALUE, _MORE_OF_A_TEXT, _LESS_OF_A_BLANK = 4, 2, 3
"""`<c><v></v></c>`, `<c><is><t></t></is></c>` and `<c/>`."""

_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ESCAPED = re.compile(r"_x[0-9a-fA-F]{4}_")
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_FIRST_PRINTED = 32


@dataclass(frozen=True, slots=True)
class Setting:
    """What the cells of a workbook rest on: its shared strings (None: not read), the kind of each cell format."""

    strings: Sequence[str | None] | None
    kinds: Sequence[Kind]
    shown: dict[tuple[str, Kind], dict[str, Raw]] = field(default_factory=dict)
    """By type and kind of format, what stored values show: worked out once for all sheets."""


class _Unusual(Exception):
    """Something the general reader has to look at."""


def usual_rows(data: bytes, setting: Setting) -> list[list[Raw]] | None:
    """The cells of a sheet from row 1 and column A, blanks None; None when anything about the part is unusual."""
    try:
        return _rows(data, *_borders(data), setting)
    except (ValueError, LookupError, OverflowError, _Unusual):
        return None


def _borders(data: bytes) -> tuple[int, int]:
    """Where the rows of a sheet begin and end. Raises _Unusual."""
    empty = data.find(_EMPTY)
    start, end = (empty, empty) if empty >= 0 else (data.index(_START) + len(_START), data.rindex(_END))
    head, tail = data[:start], data[end:]
    if head.count(b"xmlns=" + NAMESPACE) != 1 or data.count(NAMESPACE, 0, start) != 1 or NAMESPACE in tail:
        raise _Unusual
    if b"<dimension" in head and _DIMENSION.search(head) is None:
        raise _Unusual
    declaration = _DECLARATION.match(head)
    first = declaration.end() if declaration is not None else 0
    if _NOT_OUTSIDE.search(head, first) is not None or _NOT_OUTSIDE.search(tail) is not None:
        raise _Unusual
    return start, end


def _rows(data: bytes, start: int, end: int, setting: Setting) -> list[list[Raw]]:
    last, first = _last_row(data, start, end), data.find(_ROW_BYTES, start, end)
    if last > MOST_ROWS or data[start : first if first >= 0 else end].strip():
        raise _Unusual
    cells = _Cells(setting, _COLUMNS_OF_TALL if last > TALL_ROWS else _COLUMNS)
    rows: list[list[Raw]] = []
    count = 0
    for block in _blocks(data, start, end):
        if "\r" in block or has_escapes(block):
            raise _Unusual
        cells.has_entities = "&" in block
        pieces = block.split(_ROW)
        counted = closed = 0
        for piece in pieces[1:]:
            looks = _ROW_LOOKS.match(piece)
            if looks is None:
                raise _Unusual
            number = looks[1]
            place = int(number)
            if not len(rows) < place <= last:
                raise _Unusual
            while len(rows) < place - 1:
                rows.append([])
            found = _CELL.findall(piece)
            is_closed = piece.endswith(_ROW_END) or piece.rstrip().endswith(_ROW_END)
            is_empty = piece[looks.end() - 2] == "/"
            if is_closed == is_empty or (is_empty and found):
                raise _Unusual
            rows.append(cells.row(number, found) if found else [])
            counted += len(found)
            closed += is_closed
        count += counted
        if count > MOST_CELLS or block.count("<") != len(pieces) - 1 + closed + cells.tags():
            raise _Unusual
    return rows


def _last_row(data: bytes, start: int, end: int) -> int:
    place = data.rfind(_ROW_BYTES, start, end)
    looks = _ROW_LOOKS.match(data[place + len(_ROW_BYTES) : end].decode()) if place >= 0 else None
    return int(looks[1]) if looks is not None else 0


def _blocks(data: bytes, start: int, end: int) -> Iterator[str]:
    """Whole rows, about as many as fit in a block."""
    while start < end:
        cut = data.find(_ROW_BYTES, start + _BLOCK, end)
        stop = cut if cut >= 0 else end
        yield data[start:stop].decode()
        start = stop


class _Cells:
    """Makes values of the cells of one sheet; equal contents are worked out once."""

    def __init__(self, setting: Setting, columns: Mapping[str, int]) -> None:
        self.has_entities = False
        self._columns = columns
        self._values = _ByLooks(setting)
        self._texts: set[str] = set()
        self._blanks: set[str] = set()
        self._tags = 0

    def tags(self) -> int:
        """How many tags the cells since the last call have."""
        tags, self._tags = self._tags, 0
        return tags

    def row(self, number: str, found: Sequence[tuple[str, str, str, str, str]]) -> list[Raw]:
        """The cells of one row, each further to the right than the one before. Raises _Unusual, LookupError."""
        cells: list[Raw] = []
        columns, values, has_entities = self._columns, self._values, self.has_entities
        texts, blanks = self._texts, self._blanks
        place, size = -1, 0
        tags = _TAGS_OF_A_VALUE * len(found)
        value: Raw
        for letters, row, looks, stored, typed in found:
            column = columns[letters]
            if row != number or column <= place:
                raise _Unusual
            place = column
            if typed:
                if looks not in texts:
                    self._check_text(looks)
                value = unescaped(typed) if has_entities else typed
                tags += _MORE_OF_A_TEXT
            elif stored:
                value = values[looks][stored]
            else:
                if looks not in blanks:
                    self._check_blank(looks)
                tags -= _LESS_OF_A_BLANK
                continue
            if column > size:
                cells += [None] * (column - size)
            cells.append(value)
            size = column + 1
        self._tags += tags
        return cells

    def _check_text(self, looks: str) -> None:
        if not looks.endswith(' t="inlineStr"'):
            raise _Unusual
        self._texts.add(looks)

    def _check_blank(self, looks: str) -> None:
        """A cell that names a type but holds nothing of it is for the general reader to judge."""
        if _parts(looks)[1] not in ("", "n", "str", "inlineStr"):
            raise _Unusual
        self._blanks.add(looks)


class _ByLooks(dict[str, dict[str, Raw]]):
    """By the attributes of a cell, what its stored values show."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self._setting = setting

    def __missing__(self, looks: str) -> dict[str, Raw]:
        """Raises _Unusual, LookupError."""
        style, kind = _parts(looks)
        figures: Kind = self._setting.kinds[style] if kind in ("", "n") else "unsure"
        shown = self._setting.shown
        if (kind, figures) not in shown:
            shown[kind, figures] = _Shown(kind, self._setting.strings, figures)
        shows = self[looks] = shown[kind, figures]
        return shows


class _Shown(dict[str, Raw]):
    """What the stored values of cells of one type and format show."""

    def __init__(self, kind: str, strings: Sequence[str | None] | None, figures: Kind) -> None:
        super().__init__()
        self._kind = kind
        self._strings = strings
        self._figures = figures

    def __missing__(self, stored: str) -> Raw:
        """Raises _Unusual, LookupError, ValueError."""
        value = self[stored] = self._value(stored)
        return value

    def _value(self, stored: str) -> Raw:
        if self._kind == "s":
            if self._strings is None or not (stored.isascii() and stored.isdigit()):
                raise _Unusual
            string = self._strings[int(stored)]
            if string is None:
                raise _Unusual
            return string
        if self._kind in ("", "n"):
            return _from_figures(stored, self._figures)
        if self._kind == "str":
            return unescaped(stored)
        if self._kind == "b" and stored in ("0", "1"):
            return stored == "1"
        raise _Unusual


def _parts(looks: str) -> tuple[int, str]:
    """The format number and the type a cell states."""
    match = _LOOKS.fullmatch(looks)
    if match is None:
        raise _Unusual
    return int(match[1] or 0), match[2] or ""


def has_escapes(text: str) -> bool:
    """Whether entities nobody knows or characters by number after an underscore stand in it."""
    return ("&" in text and len(_ENTITY.findall(text)) != text.count("&")) or (
        "_" in text and "_x" in text and _ESCAPED.search(text) is not None
    )


def unescaped(text: str) -> str:
    """A text of the part with its entities resolved. Raises ValueError for one readers treat differently."""
    if "&" not in text:
        return text
    found = _ENTITY.sub(_character, text)
    if "_x" in found and _ESCAPED.search(found) is not None:
        raise ValueError(found)
    return found


def _character(entity: re.Match[str]) -> str:
    name, decimal, digits = entity.groups()
    if name is not None:
        return _ENTITIES[name]
    code = int(decimal) if decimal is not None else int(digits, 16)
    if code < _FIRST_PRINTED or 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE:
        raise ValueError(code)
    return chr(code)


def _from_figures(text: str, kind: Kind) -> Raw:
    if kind == "date" and len(text) == _DIGITS_OF_A_DAY and text[0] != "0" and text.isascii() and text.isdigit():
        return date.fromordinal(_ORDINAL_OF_NONE + int(text))
    if kind == "unsure" or not text.isascii() or _FIGURES.fullmatch(text) is None:
        raise _Unusual
    figure = float(text)
    if isinf(figure):
        raise _Unusual
    if kind == "number":
        return figure
    if not (figure.is_integer() and _FIRST_SURE_DAY <= figure <= _LAST_DAY):
        raise _Unusual
    return date.fromordinal(_ORDINAL_OF_NONE + int(figure))
