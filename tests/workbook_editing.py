"""Changes real workbooks the way people do, for the tests: rename, move, retype, drop."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from addin.hosts.workbook_writer import write_workbook
from tests.drawing import COVER
from validators.table import Book, BookKind, Value

HEADER, FIRST = 3, 4


def write_drawn(path: Path, book: Book) -> Path:
    """A drawn book as a real workbook."""
    rows: dict[str, list[dict[str, Value]]] = {
        key: [dict(row.values) for row in table] for key, table in book.tables.items() if key != "cover"
    }
    write_workbook(path, book.kind, cover={**COVER, **dict(book.cover.values)}, rows=rows)
    return path


def blank(path: Path, kind: BookKind = "branch") -> Path:
    """A workbook with a filled cover and empty registers."""
    write_workbook(path, kind, cover=COVER)
    return path


def edited(source: Path, target: Path, change: Callable[[Any], None]) -> Path:
    """A copy of a workbook after ``change`` got the openpyxl workbook."""
    workbook = openpyxl.load_workbook(source)
    change(workbook)
    workbook.save(target)
    workbook.close()
    return target


def rename_title(sheet: str, old: str, new: str) -> Callable[[Any], None]:
    """Type another title over a column title."""

    def change(workbook: Any) -> None:
        next(cell for cell in workbook[sheet][HEADER] if cell.value == old).value = new

    return change


def reorder_columns(sheet: str) -> Callable[[Any], None]:
    """Turn the order of a sheet's columns round, from the title row down."""

    def change(workbook: Any) -> None:
        page = workbook[sheet]
        last = max(cell.column for cell in page[HEADER] if cell.value is not None)
        for row in page.iter_rows(min_row=HEADER, max_row=page.max_row, max_col=last):
            turned = [(cell.value, cell.number_format) for cell in reversed(row)]
            if not any(value is not None for value, _ in turned):
                break
            for cell, (value, number_format) in zip(row, turned, strict=True):
                cell.value, cell.number_format = value, number_format

    return change
