"""Sheets as xlwings handles them."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError, base_classes

from addin.calc.addresses import Box, box_at, box_at_address, box_of, spanned
from addin.calc.bridge import Uno
from addin.calc.calls import SHEET, Calls
from addin.calc.names import Names, range_behind
from addin.calc.notes import Note, add_notes, notes_of
from addin.calc.ranges import CONTENTS, EVERYTHING, FORMATS, Range, whole_sheet
from addin.calc.tables import Tables
from addin.calc.undo import forget, if_shown, unrecorded

if TYPE_CHECKING:
    from addin.calc.books import Book


class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: "Book", sheet: Uno, name: str = "") -> None:
        """``sheet`` may be None when the ``name`` is known: fetching an object takes longer than asking it."""
        self._book, self._found, self._called = book, sheet, name

    @property
    def api(self) -> Uno:
        """The UNO sheet, fetched when first needed."""
        if self._found is None:
            self._found = self._book.all_sheets.getByName(self._called)
        return self._found

    def calls(self) -> Calls:
        """Calls to be made together, the first of which (``SHEET``) gives this sheet."""
        calls = Calls(self._book.app.office)
        if self._found is None:
            calls.add(self._book.all_sheets, "getByName", self._called)
        else:
            calls.add(self._found, "getSpreadsheet")
        return calls

    @property
    def book(self) -> "Book":
        """Its workbook."""
        return self._book

    @property
    def name(self) -> str:
        """Its name."""
        return self._called if self._found is None else str(self._found.getName())

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)

    @property
    def index(self) -> int:
        """Its place, from 1."""
        return int(self.api.getRangeAddress().Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether its tab shows."""
        calls = self.calls()
        calls.add(SHEET, "getPropertyValue", "IsVisible", wanted=True)
        return bool(calls.run()[0])

    @visible.setter
    def visible(self, value: bool) -> None:
        with unrecorded(self._book):
            self.api.IsVisible = bool(value)

    @property
    def names(self) -> Names:
        """The names that belong to it alone."""
        return Names(self._book, self.api.NamedRanges, self)

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def page_setup(self) -> "PageSetup":
        """How it prints."""
        return PageSetup(self)

    @property
    def freeze_panes(self) -> "FreezePanes":
        """What stays in view."""
        return FreezePanes(self)

    @property
    def notes(self) -> Iterator[Note]:
        """Its notes."""
        return notes_of(self)

    @cached_property
    def annotations(self) -> Uno:
        """The UNO container of its notes."""
        return self.api.getAnnotations()

    def add_notes(self, notes: Iterable[tuple[int, int, str]]) -> None:
        """Give cells, which must have none, notes: row, column, text."""
        with if_shown(self):
            add_notes(self, notes)

    @property
    def comments(self) -> list[Any]:
        """Threaded comments; Calc has none."""
        return []

    @property
    def cells(self) -> Range:
        """All its cells."""
        return Range(self, whole_sheet())

    @property
    def used_box(self) -> Box:
        """From the first to the last cell with anything in it."""
        return self.used_range.box

    @property
    def used_range(self) -> Range:
        """From the first to the last cell with anything in it."""
        calls = self.calls()
        cursor = calls.add(SHEET, "createCursor", wanted=True)
        calls.add(cursor, "gotoStartOfUsedArea", False)
        calls.add(cursor, "gotoEndOfUsedArea", True)
        calls.add(cursor, "getRangeAddress", wanted=True)
        cells, address = calls.run()
        box = box_at_address(address)
        return Range(self, box, None if box.is_cell else cells)

    def range_of(self, box: Box) -> Range:
        """These cells of the sheet."""
        return Range(self, box)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Cells by address, name, (row, column), or from one corner to the other."""
        if arg2 is None:
            return self._one(arg1)
        return Range(self, spanned(self._one(arg1).box, self._one(arg2).box))

    def _one(self, wanted: Any) -> Range:
        if isinstance(wanted, tuple):
            return Range(self, box_at(wanted))
        if isinstance(wanted, Range):
            return wanted
        if not isinstance(wanted, str):
            found: Range = wanted.impl
            return found
        sheet, address = self._place(wanted)
        box = box_of(address)
        return Range(sheet, box) if box is not None else sheet.named(address)

    def _place(self, wanted: str) -> tuple["Sheet", str]:
        if "!" not in wanted:
            return self, wanted
        name, address = wanted.rsplit("!", 1)
        return self._book.sheets(name.removeprefix("'").removesuffix("'").replace("''", "'")), address

    def named(self, name: str) -> Range:
        """The cells a defined name or a table stands for. Raises XlwingsError."""
        for container in (self.api.NamedRanges, self._book.api.NamedRanges):
            if container.hasByName(name):
                found = range_behind(self._book, container.getByName(name))
                if found is not None:
                    return found
        table = self._book.table(name)
        body = table.data_body_range if table is not None else None
        if body is None:
            raise XlwingsError(f"no such range: {name}")
        return body

    def activate(self) -> None:
        """Bring it to the front."""
        self._book.controller.setActiveSheet(self.api)
        self._book.app.front = self._book.api

    def select(self) -> None:
        """Bring it to the front."""
        self.activate()

    def clear_contents(self) -> None:
        """Take all values and formulas away."""
        with if_shown(self):
            self.api.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Take all formats away."""
        with if_shown(self):
            self.api.clearContents(FORMATS)

    def clear(self) -> None:
        """Take everything away."""
        with if_shown(self):
            self.api.clearContents(EVERYTHING)

    def autofit(self, axis: str | None = None) -> None:
        """Make columns and rows fit their content."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """Take the sheet away. A workbook keeps at least one."""
        if len(self._book.sheets) == 1:
            raise XlwingsError("a workbook needs at least one sheet")
        with unrecorded(self._book):
            self._book.all_sheets.removeByName(self.name)
        forget(self._book)

    def copy(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Copy it, within its workbook or into another one."""
        target = (before or after or self).book
        sheets, position = target.all_sheets, _position(before, after)
        if target.api.RuntimeUID != self._book.api.RuntimeUID:
            sheets.importSheet(self._book.api, self.name, position)
            return
        taken = set(sheets.getElementNames())
        name = next(free for free in (f"{self.name} ({number})" for number in range(2, 10_000)) if free not in taken)
        sheets.copyByName(self.name, name, position)

    def move(self, before: "Sheet | None" = None, after: "Sheet | None" = None) -> None:
        """Move its tab within the workbook."""
        self._book.all_sheets.moveByName(self.name, _position(before, after))


def _position(before: Sheet | None, after: Sheet | None) -> int:
    if before is not None:
        return before.index - 1
    return after.index if after is not None else 0


class Sheets(base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    @property
    def api(self) -> Uno:
        """The UNO sheets."""
        return self._book.all_sheets

    @property
    def active(self) -> Sheet:
        """The one in front."""
        return Sheet(self._book, self._book.controller.getActiveSheet())

    def __call__(self, wanted: int | str) -> Sheet:
        sheets = self.api
        if isinstance(wanted, int):
            return Sheet(self._book, sheets.getByIndex(wanted - 1))
        for name in sheets.getElementNames():
            if name.lower() == wanted.lower():
                return Sheet(self._book, None, name)
        raise KeyError(wanted)

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, None, name) for name in self.api.getElementNames())

    def __contains__(self, name: str) -> bool:
        return name in self.api.getElementNames()

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, by default in front of the active one; it comes to the front."""
        sheets = self.api
        taken = set(sheets.getElementNames())
        chosen = name or next(free for free in (f"Sheet{number}" for number in range(1, 10_000)) if free not in taken)
        position = _position(before, after) if before or after else self.active.index - 1
        with unrecorded(self._book):
            sheets.insertNewByName(chosen, position)
        if position < sheets.getCount() - 1:
            forget(self._book)
        made = Sheet(self._book, sheets.getByName(chosen))
        made.activate()
        return made


class PageSetup(base_classes.PageSetup):
    """How a sheet prints."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Uno:
        """The UNO sheet."""
        return self._sheet.api

    @property
    def print_area(self) -> str | None:
        """The printed part, None for all."""
        areas = self._sheet.api.getPrintAreas()
        return box_at_address(areas[0]).address() if areas else None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        self._sheet.api.setPrintAreas((self._sheet.range(value).api.getRangeAddress(),) if value else ())


class FreezePanes(base_classes.FreezePanes):
    """What stays in view while the rest scrolls."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, rng: Any) -> None:
        """Keep the rows and columns up to and with this range in view."""
        cells = self._sheet.range(rng)
        self._freeze(cells.box.last_column, cells.box.last_row)

    def unfreeze(self) -> None:
        """Let everything scroll."""
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        self._sheet.activate()
        self._sheet.book.controller.freezeAtPosition(columns, rows)
