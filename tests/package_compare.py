"""Compares two workbook packages part by part: what changed, what appeared, what went."""

import zipfile
from pathlib import Path


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part with its content; fails when an entry's checksum is wrong."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def changed_parts(before: Path, after: Path) -> set[str]:
    """The names of parts that differ, were added or removed."""
    old, new = parts_of(before), parts_of(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def sheet_part(path: Path, title: str) -> str:
    """The part that holds a sheet of a workbook written by us."""
    import openpyxl

    return f"xl/worksheets/sheet{openpyxl.load_workbook(path, read_only=True).sheetnames.index(title) + 1}.xml"
