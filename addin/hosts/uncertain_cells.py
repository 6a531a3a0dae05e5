"""Finds the cells a plain reader shows as blank although they are not: error values, uncalculated formulas."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from addin.hosts.door import Admitted
from validators.table import column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SAFE: Mapping[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def uncertain_cells(file: Admitted) -> Mapping[str, tuple[tuple[int, int, str], ...]]:
    """By sheet name, (row, column, why) of every cell without usable value, in sheet order."""
    with zipfile.ZipFile(io.BytesIO(file.data)) as package:
        names = _sheet_names(package)
        found = {names[part]: tuple(_in_sheet(package.read(part))) for part in sorted(file.uncertain) if part in names}
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
    for _, element in etree.iterparse(io.BytesIO(data), tag=(f"{_MAIN}c", f"{_MAIN}row"), **_SAFE):
        if element.tag == f"{_MAIN}row":
            element.clear()
            continue
        value, formula = element.find(f"{_MAIN}v"), element.find(f"{_MAIN}f")
        place = str(element.get("r", ""))
        letters = place.rstrip("0123456789")
        row = int(place[len(letters) :] or 0)
        if element.get("t") == "e":
            yield row, column_number(letters), f"是错误值 {value.text if value is not None else ''}".rstrip()
        elif formula is not None and (value is None or value.text is None) and element.get("t") != "str":
            yield row, column_number(letters), "是公式，没有保存计算结果"
