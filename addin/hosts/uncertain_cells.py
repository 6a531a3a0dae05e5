"""Finds the cells a plain reader shows as blank although they are not: error values, uncalculated formulas."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from addin.hosts.door import Admitted
from addin.hosts.usual_book import LINKS, SAFE, WORKBOOK, named_sheets
from validators.table import column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _ROW = f"{_MAIN}c", f"{_MAIN}row"


def uncertain_cells(file: Admitted) -> Mapping[str, tuple[tuple[int, int, str], ...]]:
    """By sheet name, (row, column, why) of every cell without usable value, in sheet order. Raises ValueError."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as package:
            places = named_sheets(package.read(WORKBOOK), package.read(LINKS))
            names = {place.part: place.name for place in places}
            wanted = [part for part in sorted(file.uncertain) if part in names]
            found = {names[part]: tuple(_in_sheet(package.read(part))) for part in wanted}
    except (etree.XMLSyntaxError, KeyError) as why:
        raise ValueError(f"{file.path.name}: sheets cannot be looked through") from why
    return {name: cells for name, cells in found.items() if cells}


def _in_sheet(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Cells without a place of their own follow the one before, as readers count them."""
    row = column = 0
    tags = (_CELL, _ROW)
    for event, element in etree.iterparse(io.BytesIO(data), events=("start", "end"), tag=tags, **SAFE):
        if element.tag == _ROW:
            if event == "start":
                row, column = int(element.get("r") or row + 1), 0
            else:
                element.clear()
        elif event == "end":
            letters = str(element.get("r", "")).rstrip("0123456789")
            column = column_number(letters.upper()) if letters else column + 1
            why = _why_unusable(element)
            if why:
                yield row, column, why


def _why_unusable(cell: Any) -> str:
    value, formula = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
    if cell.get("t") == "e":
        return f"是错误值 {value.text if value is not None else ''}".rstrip()
    lacks = formula is not None and (value is None or value.text is None) and cell.get("t") != "str"
    return "是公式，没有保存计算结果" if lacks else ""
