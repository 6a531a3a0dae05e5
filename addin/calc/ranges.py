"""Blocks of cells as xlwings handles them."""

from typing import TYPE_CHECKING, Any

from xlwings import XlwingsError

from addin.calc import moving
from addin.calc.addresses import COLUMNS, ROWS, Box
from addin.calc.alignment import Aligned
from addin.calc.bridge import Uno
from addin.calc.calls import SHEET
from addin.calc.cells import read_cells, write_cells
from addin.calc.formulas import calc_formulas
from addin.calc.looks import Colour, Font, colour_number, colour_of
from addin.calc.names import Name
from addin.calc.notes import Note, add_hyperlink, add_note, hyperlink_of
from addin.calc.undo import if_shown

if TYPE_CHECKING:
    from addin.calc.sheets import Sheet
    from addin.calc.tables import Table

CONTENTS = 1 | 2 | 4 | 16
"""com.sun.star.sheet.CellFlags: numbers, dates, text and formulas."""

FORMATS = 32 | 64
"""Formats of cells, not drawings."""

EVERYTHING = CONTENTS | FORMATS | 8
"""Contents, formats and notes."""

_BIG = 500_000
_CELLS_A_WRITE = 400_000


class Range(Aligned):
    """A block of cells of one sheet. A block of no cells reads as nothing and swallows what is written."""

    def __init__(self, sheet: "Sheet", box: Box, cells: Uno = None) -> None:
        self.sheet: Sheet = sheet
        self.box = box
        self.options: Any = {}
        self._cells = cells

    @property
    def api(self) -> Uno:
        """The UNO range, fetched when first needed; None for a block of no cells."""
        box = self.box
        if self._cells is None and box.is_cell:
            self._cells = self.sheet.api.getCellByPosition(box.column - 1, box.row - 1)
        elif self._cells is None and box.cells:
            self._cells = self.sheet.api.getCellRangeByPosition(
                box.column - 1, box.row - 1, box.last_column - 1, box.last_row - 1
            )
        return self._cells

    @property
    def first(self) -> Uno:
        """The UNO cell in the upper left corner."""
        return self.api if self.box.is_cell else self.api.getCellByPosition(0, 0)

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet name, row, column, height, width."""
        return self.sheet.name, self.box.row, self.box.column, self.box.height, self.box.width

    @property
    def row(self) -> int:
        """Its first row."""
        return self.box.row

    @property
    def column(self) -> int:
        """Its first column."""
        return self.box.column

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.box.height, self.box.width

    @property
    def max_cells_per_read(self) -> int | None:
        """Calc reads any size at once."""
        return None

    @property
    def max_cells_per_write(self) -> int:
        """More than this is written in parts."""
        return _CELLS_A_WRITE

    @property
    def arg1_input(self) -> str:
        """Its address."""
        return self.address

    def __len__(self) -> int:
        return self.box.cells

    def __call__(self, row: int, column: int | None = None) -> "Range":
        if column is None:
            row, column = (row - 1) // self.box.width + 1, (row - 1) % self.box.width + 1
        return Range(self.sheet, self.box.cell(row, column))

    # Values

    @property
    def raw_value(self) -> Any:
        """Values by row, or the one value of a cell. Of whole columns and rows only the used part is read."""
        if self.api is None:
            return None
        part = self if len(self) <= _BIG else Range(self.sheet, self.box.within(self.sheet.used_box))
        grid = read_cells(part.api, part.box, self.sheet.book.number_formats, self.sheet.book.app.office)
        return grid[0][0] if self.box.is_cell else grid

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if self.api is None:
            return
        grid = self._grid(data)
        block = Range(self.sheet, Box(self.row, self.column, len(grid), len(grid[0])))
        book = self.sheet.book
        undoable = book.app.recording and self.sheet.visible
        with if_shown(self.sheet):
            formulas = write_cells(book.api, block.api, book.number_formats, grid, undoable=undoable)
        for down, right, text in formulas:
            block(down + 1, right + 1).formula = text

    def _grid(self, data: Any) -> Any:
        if not isinstance(data, list | tuple):
            return [[data] * self.box.width] * self.box.height
        return data if isinstance(data[0], list | tuple) else [data]

    @property
    def formula(self) -> Any:
        """Formulas as Excel writes them, constants as text."""
        if self.box.is_cell:
            return self.sheet.book.formulas.of(self.first)
        return tuple(
            tuple(self(down, right).formula for right in range(1, self.box.width + 1))
            for down in range(1, self.box.height + 1)
        )

    @formula.setter
    def formula(self, value: Any) -> None:
        if isinstance(value, list | tuple):
            rows = value if isinstance(value[0], list | tuple) else [value]
            spelled = calc_formulas(rows)
            if spelled is not None and (len(rows), len(rows[0])) == self.shape:
                self.api.setFormulaArray(spelled)
                return
            for down, row in enumerate(rows, 1):
                for right, text in enumerate(row, 1):
                    self(down, right).formula = text
        elif not (isinstance(value, str) and value.startswith("=")):
            self.raw_value = value
        elif self.box.is_cell:
            self.sheet.book.formulas.put(self.first, value)
        else:
            self.sheet.book.formulas.spread(self.api, self.box, value)

    @property
    def formula2(self) -> Any:
        """As ``formula``; Calc has no second kind."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> str:
        """The one formula of an array."""
        return str(self.api.getArrayFormula()).strip("{}")

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.api.setArrayFormula(value)

    @property
    def has_array(self) -> bool:
        """Whether a cell belongs to an array formula."""
        return self.box.is_cell and bool(self.api.getArrayFormula())

    # Clearing, moving about

    def clear_contents(self) -> None:
        """Take values and formulas away."""
        if self.api is not None:
            with if_shown(self.sheet):
                self.api.clearContents(CONTENTS)

    def clear_formats(self) -> None:
        """Take formats away."""
        with if_shown(self.sheet):
            self.api.clearContents(FORMATS)

    def clear(self) -> None:
        """Take everything away."""
        with if_shown(self.sheet):
            self.api.clearContents(EVERYTHING)

    def end(self, direction: str) -> "Range":
        """Where Ctrl+arrow goes."""
        return Range(self.sheet, moving.end_of(self, direction))

    @property
    def current_region(self) -> "Range":
        """The filled block around."""
        return Range(self.sheet, moving.region_around(self))

    def get_address(self, row_absolute: bool = True, col_absolute: bool = True, external: bool = False) -> str:
        """``$A$1``, with ``external`` also workbook and sheet."""
        local = self.box.address(row_absolute, col_absolute)
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{local}" if external else local

    @property
    def address(self) -> str:
        """``$A$1:$B$2``."""
        return self.get_address()

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Make room."""
        moving.insert(self, shift)

    def delete(self, shift: str | None = None) -> None:
        """Take the cells out."""
        moving.delete(self, shift)

    def copy(self, destination: Any = None) -> None:
        """Copy to another place, or remember it for ``paste``: the clerk's own clipboard is left alone."""
        if destination is None:
            self.sheet.book.app.copied = self
        else:
            with if_shown(destination.impl.sheet):
                moving.copy(self, destination.impl)

    def paste(
        self,
        paste: str | None = None,
        operation: str | None = None,
        skip_blanks: bool = False,
        transpose: bool = False,
    ) -> None:
        """Put what ``copy`` remembered here: everything, or ``values``. Raises XlwingsError for other ways."""
        source = self.sheet.book.app.copied
        if source is None or operation or skip_blanks or transpose or paste not in (None, "all", "values"):
            raise XlwingsError("only paste and paste values of copied cells are possible here")
        if paste == "values":
            Range(self.sheet, Box(self.row, self.column, *source.shape)).raw_value = source.raw_value
        else:
            moving.copy(source, self)

    def select(self) -> None:
        """Select it on the screen."""
        self.sheet.activate()
        self.sheet.book.controller.select(self.api)

    # Looks

    @property
    def color(self) -> Colour | None:
        """The fill, None for none."""
        return colour_of(self.api.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        with if_shown(self.sheet):
            self._set("CellBackColor", colour_number(value))

    def _set(self, name: str, value: object) -> None:
        """Set a property without fetching the cells first."""
        if self.box.cells:
            calls = self.sheet.calls()
            at = (self.box.column - 1, self.box.row - 1, self.box.last_column - 1, self.box.last_row - 1)
            cells = calls.add(SHEET, "getCellRangeByPosition", *at)
            calls.add(cells, "setPropertyValue", name, value)
            calls.run()

    def set_colors(self, colors: Any) -> None:
        """A fill for each cell."""
        for down, row in enumerate(colors, 1):
            for right, colour in enumerate(row, 1):
                self(down, right).color = colour

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self.api)

    @property
    def number_format(self) -> str | None:
        """The format code, None when the cells differ."""
        formats = self.sheet.book.number_formats
        key = self.api.NumberFormat
        if key is None or (not self.box.is_cell and not key and self.api.getUniqueCellFormatRanges().getCount() > 1):
            return None
        return formats.code(key)

    @number_format.setter
    def number_format(self, code: str) -> None:
        with if_shown(self.sheet):
            self.api.NumberFormat = self.sheet.book.number_formats.key(code)

    @property
    def wrap_text(self) -> bool:
        """Whether long text goes on in the next line."""
        return bool(self.api.IsTextWrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.api.IsTextWrapped = bool(value)

    @property
    def merge_cells(self) -> bool:
        """Whether it is merged, or any of its cells."""
        return bool(self.api.getIsMerged()) or moving.merged_around(self) != self.box

    @property
    def merge_area(self) -> "Range":
        """The merged block around."""
        return Range(self.sheet, moving.merged_around(self))

    def merge(self, across: bool = False) -> None:
        """Merge all, or each row for itself; what was merged inside is parted first, or Calc would leave it."""
        self.api.merge(False)
        if not across:
            self.api.merge(True)
            return
        for down in range(self.box.height):
            Range(self.sheet, Box(self.row + down, self.column, 1, self.box.width)).api.merge(True)

    def unmerge(self) -> None:
        """Undo merging."""
        self.api.merge(False)

    @property
    def rows(self) -> list["Range"]:
        """Its rows."""
        box = self.box
        return [Range(self.sheet, Box(box.row + down, box.column, 1, box.width)) for down in range(box.height)]

    @property
    def columns(self) -> list["Range"]:
        """Its columns."""
        box = self.box
        return [Range(self.sheet, Box(box.row, box.column + right, box.height, 1)) for right in range(box.width)]

    # Notes, links, names

    @property
    def note(self) -> Note | None:
        """Its note."""
        annotation = self.first.getAnnotation()
        return Note(self if self.box.is_cell else self(1), annotation) if annotation.getString() else None

    def add_note(self, text: str) -> Note:
        """Give it a note; xlwings has made sure that it has none."""
        with if_shown(self.sheet):
            add_note(self.sheet.annotations, self.row, self.column, text)
        return Note(self(1), None)

    @property
    def hyperlink(self) -> str:
        """The address it leads to. Raises an exception without one, as on other engines."""
        found = hyperlink_of(self.first)
        if found is None:
            raise Exception("The cell doesn't seem to contain a hyperlink!")
        return found

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """Make it a link; Calc shows the address itself as screen tip."""
        add_hyperlink(self.sheet.book.api, self.first, address, text_to_display or address)

    @property
    def name(self) -> Name | None:
        """The name of the workbook or the sheet for exactly these cells."""
        names: tuple[Name, ...] = (*self.sheet.book.names, *self.sheet.names)
        for name in names:
            cells = name.refers_to_range
            if cells is not None and cells.coords == self.coords:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, f"='{self.sheet.name}'!{self.address}")

    @property
    def table(self) -> "Table | None":
        """The table it stands in."""
        for table in self.sheet.tables:
            if table.box.covers(self.row, self.column):
                return table
        return None


def whole_sheet() -> Box:
    """Every cell of a sheet."""
    return Box(1, 1, ROWS, COLUMNS)
