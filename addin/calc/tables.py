"""Tables (Excel's ListObjects, Calc's database ranges)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.calc.addresses import Box, box_at_address
from addin.calc.bridge import Uno

if TYPE_CHECKING:
    from addin.calc.ranges import Range
    from addin.calc.sheets import Sheet


class Tables(base_classes.Tables):
    """The tables of one sheet."""

    def __init__(self, sheet: "Sheet") -> None:
        self._sheet = sheet

    @property
    def api(self) -> Uno:
        """The UNO container with the tables of all sheets."""
        return self._sheet.book.api.DatabaseRanges

    def keys(self) -> list[str]:
        """Their names."""
        here, ranges = self._sheet.index - 1, self.api
        return [name for name in ranges.getElementNames() if ranges.getByName(name).getDataArea().Sheet == here]

    def __len__(self) -> int:
        return len(self.keys())

    def __iter__(self) -> Iterator["Table"]:
        return (Table(self._sheet, name) for name in self.keys())

    def __contains__(self, key: str) -> bool:
        return key in self.keys()

    def __call__(self, key: int | str) -> "Table":
        names = self.keys()
        name = names[key - 1] if isinstance(key, int) else key
        if name not in names:
            raise KeyError(key)
        return Table(self._sheet, name)

    def add(
        self,
        source_type: object = None,
        source: Any = None,
        link_source: object = None,
        has_headers: object = True,
        destination: object = None,
        table_style_name: object = None,
        name: str | None = None,
    ) -> "Table":
        """Make a table of cells that are already filled, with a filter on its first row."""
        taken = set(self.api.getElementNames())
        chosen = name or next(free for free in (f"Table{number}" for number in range(1, 10_000)) if free not in taken)
        self.api.addNewByName(chosen, source.impl.api.getRangeAddress())
        table = Table(self._sheet, chosen)
        table.api.ContainsHeader = bool(has_headers)
        table.api.AutoFilter = True
        return table


class Table(base_classes.Table):
    """One table."""

    def __init__(self, sheet: "Sheet", name: str) -> None:
        self._sheet, self._name = sheet, name

    @property
    def api(self) -> Uno:
        """The UNO database range."""
        return self._sheet.book.api.DatabaseRanges.getByName(self._name)

    @property
    def parent(self) -> "Sheet":
        """Its sheet."""
        return self._sheet

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._name = value

    @property
    def display_name(self) -> str:
        """Its name; Calc knows only one."""
        return self._name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def box(self) -> Box:
        """Its cells with the row of titles."""
        return box_at_address(self.api.getDataArea())

    @property
    def range(self) -> "Range":
        """Its cells with the row of titles."""
        return self._sheet.range_of(self.box)

    @property
    def show_headers(self) -> bool:
        """Whether its first row are titles."""
        return bool(self.api.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self.api.ContainsHeader = bool(value)

    @property
    def show_autofilter(self) -> bool:
        """Whether its titles have filter buttons."""
        return bool(self.api.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.api.AutoFilter = bool(value)

    def resize(self, range: "Range") -> None:
        """Make it cover other cells."""
        self.api.setDataArea(getattr(range, "impl", range).api.getRangeAddress())

    @property
    def header_row_range(self) -> "Range | None":
        """The row of titles, None when it has none."""
        box = self.box
        return self._sheet.range_of(Box(box.row, box.column, 1, box.width)) if self.api.ContainsHeader else None

    @property
    def data_body_range(self) -> "Range | None":
        """The rows below the titles, None when there are none."""
        box, titles = self.box, int(self.api.ContainsHeader)
        if box.height == titles:
            return None
        return self._sheet.range_of(Box(box.row + titles, box.column, box.height - titles, box.width))
