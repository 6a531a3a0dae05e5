"""Reads cells with a strict XML reader before the general reader does: what they would read differently is refused.

The general reader is lenient: it takes a text number that is none for the first text, and of a number with something in
between it reads the beginning. Here every tag is read as XML has it, whatever stands in its attributes.
"""

import math
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from addin.hosts.usual_book import SAFE
from validators.table import column_number

_CHUNK = 1 << 18
_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_INDEX = re.compile(r"[0-9]{1,9}")
_ATTRIBUTE = rb"\s+[\w.:-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')"
_VALUE = rb"<(?:[\w.-]+:)?v(?:" + _ATTRIBUTE + rb")*\s*>[^<]*&"
_REFERENCE = re.compile(_VALUE)
_FORMULA = rb"(?:<(?:[\w.-]+:)?f(?:" + _ATTRIBUTE + rb")*\s*(?:/>|>[^<]*</(?:[\w.-]+:)?f\s*>))?"
_CELL = rb"<(?:[\w.-]+:)?c(?:" + _ATTRIBUTE + rb")*?\s+t\s*=\s*[\"']str[\"'](?:" + _ATTRIBUTE + rb")*\s*>"
_REFERENCE_IN_TEXT = re.compile(_CELL + rb"\s*" + _FORMULA + rb"\s*" + _VALUE)
_ODD = "里有写法不正常的单元格"
_UNPLACED = "有的单元格没有标明位置"

_ORDER = {"f": 0, "v": 1, "is": 2, "extLst": 3}
"""What a cell is made of; of a formula behind its value the general reader takes the formula for all there is."""

Trouble = tuple[int, int, str]
"""Row, column, and why the cell has no usable value."""

Block = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


class Misread(ValueError):
    """What is wrong with a sheet, as the end of a sentence that begins with the name of the file."""


def strict_look(data: bytes) -> tuple[Trouble, ...]:
    """The cells of a sheet part without usable value, in sheet order. Raises Misread, XMLSyntaxError, ValueError."""
    end = max((found.end() for found in _END.finditer(data)), default=len(data))
    sheet = _Sheet(has_sections=b"<![CDATA[" in data)
    trouble: list[Trouble] = []
    for element in _ended(data, end, ("{*}row", "{*}sheetData")):
        if _local(element) == "row":
            trouble += sheet.row(element)
            element.clear()
        else:
            sheet.close(element)
    # Only of what is well-formed, in which no attribute is repeated, is this answered in proportion to its size.
    if data.find(b"&", 0, end) >= 0 and _has_disguised_figures(data[:end]):
        raise Misread(_ODD)
    return tuple(trouble)


def strict_strings(data: bytes) -> None:
    """Look at the table of shared strings. Raises Misread, XMLSyntaxError."""
    for string in _ended(data, len(data), ("{*}si",)):
        table = string.getparent()
        if table is None or table.getparent() is not None:
            raise Misread(_ODD)
        _plain_texts(string)
        string.clear()


def merged_blocks(data: bytes) -> tuple[Block, ...]:
    """The merged blocks of a sheet part. Raises XMLSyntaxError, ValueError."""
    return tuple(_blocks(data))


def _blocks(data: bytes) -> Iterator[Block]:
    for element in _ended(data, len(data), ("{*}row", "{*}mergeCell")):
        if _local(element) == "row":
            element.clear()
            continue
        ends = [_PLACE.fullmatch(end) for end in str(element.get("ref", "")).split(":")]
        (left, top), (right, bottom) = [(column_number(end[1].upper()), int(end[2])) for end in ends if end is not None]
        yield top, left, bottom, right


def _ended(data: bytes, end: int, tags: tuple[str, ...]) -> Iterator[Any]:
    """The elements with these tags as they end. Blank lines before the declaration are passed over, as readers do."""
    parser = etree.XMLPullParser(events=("end",), tag=tags, strip_cdata=False, **SAFE)
    start = len(data) - len(data.lstrip())
    for place in range(start, end, _CHUNK):
        parser.feed(data[place : min(place + _CHUNK, end)])
        for _, element in parser.read_events():
            yield element


class _Sheet:
    """Follows the rows of one sheet."""

    def __init__(self, *, has_sections: bool) -> None:
        self._has_sections = has_sections
        self._last = 0
        self._are_placed: bool | None = None
        self._is_closed = False

    def row(self, row: Any) -> Iterator[Trouble]:
        """The cells of the next row without usable value."""
        parent = row.getparent()
        if parent is None or _local(parent) != "sheetData" or parent.tag.replace("sheetData", "row") != row.tag:
            raise Misread(_ODD)
        prefix = row.tag.removesuffix("row")
        cell_tag = f"{prefix}c"
        number = _number(row.get("r"))
        seen: set[int] = set()
        column = 0
        for cell in row:
            if cell.tag != cell_tag:
                raise Misread(_ODD)
            place = self._place(cell)
            if place is not None and number is None:
                number = place[0]
            if number is None:
                number = self._last + 1
            column = place[1] if place is not None else column + 1
            if column in seen or (place is not None and place[0] != number):
                raise Misread(_twice(number))
            seen.add(column)
            why = self._look(cell, prefix)
            if why:
                yield number, column, why
        number = number if number is not None else self._last + 1
        if number <= self._last:
            raise Misread(_twice(number))
        self._last = number

    def close(self, sheet_data: Any) -> None:
        """The rows have ended."""
        root = sheet_data.getparent()
        row_tag = sheet_data.tag.replace("sheetData", "row")
        is_usual = root is not None and root.getparent() is None and all(child.tag == row_tag for child in sheet_data)
        if self._is_closed or not is_usual:
            raise Misread(_ODD)
        self._is_closed = True

    def _place(self, cell: Any) -> tuple[int, int] | None:
        given = cell.get("r")
        if self._are_placed is None:
            self._are_placed = given is not None
        if self._are_placed != (given is not None):
            raise Misread(_UNPLACED)
        if given is None:
            return None
        found = _PLACE.fullmatch(given)
        if found is None:
            raise ValueError(given)
        return int(found[2]), column_number(found[1].upper())

    def _look(self, cell: Any, prefix: str) -> str:
        """Why a cell has no usable value, "" when it has. Raises Misread."""
        kind, parts, rank = cell.get("t", "n"), dict[str, Any](), -1
        for part in cell:
            name = part.tag.removeprefix(prefix) if isinstance(part.tag, str) else ""
            if _ORDER.get(name, -1) <= rank:
                raise Misread(_ODD)
            rank = _ORDER[name]
            parts[name] = part
        value, inline = parts.get("v"), parts.get("is")
        stored = None if value is None else value.text
        if value is not None and (len(value) or (self._has_sections and _is_section(value))):
            raise Misread(_ODD)
        if inline is not None:
            if stored or kind != "inlineStr":
                raise Misread(_ODD)
            _plain_texts(inline)
        elif stored and kind == "inlineStr":
            raise Misread(_ODD)
        if kind == "s" and value is not None and _INDEX.fullmatch(stored or "") is None:
            raise Misread("有单元格指向不存在的文字")
        if kind == "n" and stored and not _is_finite(stored):
            raise Misread("有数值单元格存的不是数")
        if kind == "e":
            return f"是错误值 {stored or ''}".rstrip()
        lacks = "f" in parts and stored is None and kind != "str"
        return "是公式，没有保存计算结果" if lacks else ""


def _number(given: str | None) -> int | None:
    """Raises ValueError."""
    if given is not None and _INDEX.fullmatch(given) is None:
        raise ValueError(given)
    return int(given) if given is not None else None


def _twice(row: int) -> str:
    return f"的第 {row} 行有单元格重复或放错了行"


def _has_disguised_figures(data: bytes) -> bool:
    """Whether a number is written with references to characters, which the general reader passes over."""
    return len(_REFERENCE.findall(data)) != len(_REFERENCE_IN_TEXT.findall(data))


def _is_section(value: Any) -> bool:
    """Whether a stored value is a CDATA section, which the general reader passes over."""
    return b"<![CDATA[" in etree.tostring(value, encoding="utf-8", with_tail=False)


def _is_finite(figures: str) -> bool:
    """Whether it is a number; what is no number at all is read as it stands."""
    try:
        return math.isfinite(float(figures))
    except ValueError:
        return True


def _plain_texts(element: Any) -> None:
    """Look at the texts of a cell or a shared string. Raises Misread when something stands in between."""
    if len(element) == 1 and not len(element[0]) and isinstance(element[0].tag, str):
        return
    for part in element.iter():
        if not isinstance(part.tag, str) or (_local(part) == "t" and len(part)):
            raise Misread(_ODD)


def _local(element: Any) -> str:
    return etree.QName(element).localname
