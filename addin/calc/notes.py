"""Notes (批注) and hyperlinks of cells."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xlwings import base_classes

from addin.calc.addresses import Box
from addin.calc.bridge import Uno, struct
from addin.calc.calls import Calls
from addin.calc.undo import if_shown

if TYPE_CHECKING:
    from addin.calc.ranges import Range
    from addin.calc.sheets import Sheet

_AT_ONCE = 50

_NOTES = 8
"""com.sun.star.sheet.CellFlags.ANNOTATION."""

INTERNAL = "#"
"""Leads an address inside the workbook, ``#党员名册!E5``; Calc writes a dot where Excel has an exclamation mark."""


class Note(base_classes.Note):
    """The note of one cell."""

    def __init__(self, cell: "Range", annotation: Uno, said: str | None = None) -> None:
        """``said`` is what it says when that is known, as with all notes of a sheet, which are read together."""
        self._cell, self._found, self._said = cell, annotation, said

    @property
    def location(self) -> "Range":
        """Its cell."""
        return self._cell

    @property
    def api(self) -> Uno:
        """The UNO annotation."""
        if self._found is None:
            self._found = self._cell.first.getAnnotation()
        return self._found

    @property
    def text(self) -> str:
        """What it says."""
        return str(self.api.getString()) if self._said is None else self._said

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)
        self._said = None

    @property
    def author(self) -> str:
        """Who wrote it, empty when the file does not say."""
        return str(self.api.getAuthor())

    def delete(self) -> None:
        """Take it away."""
        with if_shown(self._cell.sheet):
            self._cell.api.clearContents(_NOTES)


def notes_of(sheet: "Sheet") -> Iterator[Note]:
    """The notes of a sheet in its own order."""
    notes, calls = sheet.annotations, Calls(sheet.book.app.office)
    for number in range(notes.getCount()):
        note = calls.add(notes, "getByIndex", number)
        calls.add(note, "getPosition", wanted=True)
        calls.add(note, "getString", wanted=True)
    told = calls.run()
    for position, said in zip(told[::2], told[1::2], strict=True):
        yield Note(sheet.range_of(Box(position.Row + 1, position.Column + 1)), None, said)


def add_note(annotations: Uno, row: int, column: int, text: str) -> None:
    """Give a cell a note, which must have none."""
    # Calc takes the sheet from the container, whatever the address says.
    annotations.insertNew(struct("table.CellAddress", Row=row - 1, Column=column - 1), text)


def add_notes(sheet: "Sheet", notes: Iterable[tuple[int, int, str]]) -> None:
    """Give many cells notes: row, column, text; a part at a time, so that it can be stopped in between."""
    waiting = list(notes)
    for start in range(0, len(waiting), _AT_ONCE):
        calls = Calls(sheet.book.app.office)
        for row, column, text in waiting[start : start + _AT_ONCE]:
            address = struct("table.CellAddress", Row=row - 1, Column=column - 1)
            # Calc measures a text given to a new note twice, the one it is changed to only when it is looked at.
            calls.add(sheet.annotations, "insertNew", address, " " if calls.are_quick else text)
            if calls.are_quick:
                cell = calls.add(sheet.api, "getCellByPosition", column - 1, row - 1)
                calls.add(calls.add(cell, "getAnnotation"), "setString", text)
        calls.run()


@contextmanager
def notes_kept(cells: Uno) -> Iterator[None]:
    """Calc's writing of a block takes the notes along; Excel leaves them, so they are put back."""
    sheet = cells.getSpreadsheet()
    kept = [
        (struct("table.CellAddress", Sheet=address.Sheet, Row=row, Column=column), note.getString())
        for address in cells.queryContentCells(_NOTES).getRangeAddresses()
        for row in range(address.StartRow, address.EndRow + 1)
        for column in range(address.StartColumn, address.EndColumn + 1)
        if (note := sheet.getCellByPosition(column, row).getAnnotation()).getString()
    ]
    yield
    if kept:
        notes = sheet.getAnnotations()
        for where, text in kept:
            notes.insertNew(where, text)


def hyperlink_of(cell: Uno) -> str | None:
    """The address a cell leads to."""
    fields = cell.getTextFields().createEnumeration()
    while fields.hasMoreElements():
        field = fields.nextElement()
        if hasattr(field, "URL"):
            return _excel_address(field.URL)
    return None


def add_hyperlink(document: Uno, cell: Uno, address: str, text: str) -> None:
    """Replace the cell's content by a link."""
    cell.setString("")
    field = document.createInstance("com.sun.star.text.textfield.URL")
    field.URL = _calc_address(address)
    field.Representation = text
    cell.insertTextContent(cell.createTextCursor(), field, False)


def _calc_address(address: str) -> str:
    if not address.startswith(INTERNAL) or "!" not in address:
        return address
    sheet, cell = address.rsplit("!", 1)
    return f"{sheet}.{cell}"


def _excel_address(address: str) -> str:
    if not address.startswith(INTERNAL) or "." not in address:
        return address
    sheet, cell = address.rsplit(".", 1)
    return f"{sheet}!{cell}"
