"""Finds the cells a plain reader shows as blank although they are not: error values, uncalculated formulas."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from addin.hosts.door import Admitted
from validators.table import column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CELL, _ROW = f"{_MAIN}c", f"{_MAIN}row"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SAFE: Mapping[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def uncertain_cells(file: Admitted) -> Mapping[str, tuple[tuple[int, int, str], ...]]:
    """By sheet name, (row, column, why) of every cell without usable value, in sheet order. Raises ValueError."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as package:
            names = _sheet_names(package)
            wanted = [part for part in sorted(file.uncertain) if part in names]
            found = {names[part]: tuple(_in_sheet(package.read(part))) for part in wanted}
    except (etree.XMLSyntaxError, KeyError) as why:
        raise ValueError(f"{file.path.name}: sheets cannot be looked through") from why
    return {name: cells for name, cells in found.items() if cells}


def _sheet_names(package: zipfile.ZipFile) -> Mapping[str, str]:
    """Sheet names by part name."""
    parser = etree.XMLParser(**_SAFE)
    links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    book = etree.fromstring(package.read("xl/workbook.xml"), parser)
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = str(targets.get(sheet.get(_REL), ""))
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[part] = str(sheet.get("name", ""))
    return found


def _in_sheet(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Cells without a place of their own follow the one before, as readers count them."""
    row = column = 0
    tags = (_CELL, _ROW)
    for event, element in etree.iterparse(io.BytesIO(data), events=("start", "end"), tag=tags, **_SAFE):
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
