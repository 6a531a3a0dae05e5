"""Puts rows made elsewhere into the empty sheets of a workbook XlsxWriter has made, part by part."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from addin.hosts.form_rows import SheetRows

_EMPTY, _NO_CELL = "<sheetData/>", '<dimension ref="A1"/>'
_ROWS_AT_ONCE = 500
_LEVEL = 1
"""Rolls repeat themselves so much that compressing harder saves a seventh of the size and costs three times as long."""


def fill_sheets(path: Path, scratch: bytes, sheets: Mapping[int, SheetRows], packed: frozenset[int]) -> None:
    """Write the workbook to ``path`` with rows in its sheets by number from 1. Raises OSError.

    Sheets in ``packed`` hold what is compressed already and are stored as they are.
    """
    parts = {f"xl/worksheets/sheet{number}.xml": number for number in sheets}
    complete = BytesIO()
    with ZipFile(BytesIO(scratch)) as made, ZipFile(complete, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as whole:
        for entry in made.infolist():
            number = parts.get(entry.filename, 0)
            stored = ZipInfo(entry.filename)  # stored unless told otherwise
            with whole.open(stored if number in packed else entry.filename, "w") as out:
                if number:
                    _write(out, made.read(entry).decode(), sheets[number])
                else:
                    out.write(made.read(entry))
    # A zip file on a full disk would complain a second time, in English, when it is forgotten.
    path.write_bytes(complete.getvalue())


def _write(out: IO[bytes], empty: str, sheet: SheetRows) -> None:
    before, _, after = empty.partition(_EMPTY)
    out.write(before.replace(_NO_CELL, f'<dimension ref="A1:{sheet.last}"/>').encode())
    out.write(b"<sheetData>")
    for first in range(0, len(sheet.rows), _ROWS_AT_ONCE):
        out.write(b"".join(sheet.rows[first : first + _ROWS_AT_ONCE]))
    out.write(b"</sheetData>")
    for text in _merged(sheet):
        out.write(text.encode())
    out.write(after.encode())


def _merged(sheet: SheetRows) -> Iterator[str]:
    if sheet.merged:
        yield f'<mergeCells count="{len(sheet.merged)}">'
        yield "".join(f'<mergeCell ref="{place}"/>' for place in sheet.merged)
        yield "</mergeCells>"
