"""Defined names of a workbook or a sheet."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from addin.calc.addresses import box_at_address
from addin.calc.bridge import Uno, struct

if TYPE_CHECKING:
    from addin.calc.books import Book
    from addin.calc.ranges import Range
    from addin.calc.sheets import Sheet

_EXCEL_SHEET = re.compile(r"('(?:[^']|'')+'|[\w.]+)!")
_CALC_SHEET = re.compile(r"\$('(?:[^']|'')+'|\w+)\.")


class Names(base_classes.Names):
    """The names of a workbook, or of one of its sheets."""

    def __init__(self, book: "Book", container: Uno, sheet: "Sheet | None" = None) -> None:
        self.book, self._container, self.sheet = book, container, sheet

    @property
    def api(self) -> Uno:
        """The UNO container."""
        return self._container

    def __len__(self) -> int:
        return int(self._container.getCount())

    def __iter__(self) -> Iterator["Name"]:
        return (Name(self, key) for key in self._container.getElementNames())

    def __call__(self, wanted: int | str) -> "Name":
        if isinstance(wanted, int):
            return Name(self, self._container.getElementNames()[wanted - 1])
        owner, key = self._owner(wanted)
        if not owner.api.hasByName(key):
            raise KeyError(wanted)
        return Name(owner, key)

    def contains(self, wanted: int | str) -> bool:
        """Whether there is such a name (or a name of that number)."""
        if isinstance(wanted, int):
            return 1 <= wanted <= len(self)
        owner, key = self._owner(wanted)
        return bool(owner.api.hasByName(key))

    def add(self, name: str, refers_to: str) -> "Name":
        """Define a name; ``refers_to`` is ``=Sheet1!$A$1:$B$2``. ``Sheet1!name`` belongs to that sheet."""
        owner, key = self._owner(name)
        if owner.api.hasByName(key):
            owner.api.removeByName(key)
        owner.api.addNewByName(key, _in_calc(refers_to), struct("table.CellAddress"), 0)
        return Name(owner, key)

    def _owner(self, name: str) -> tuple["Names", str]:
        if "!" not in name:
            return self, name
        sheet, key = name.rsplit("!", 1)
        return (self if self.sheet is not None else self.book.sheets(sheet.strip("'")).names), key


class Name(base_classes.Name):
    """One defined name."""

    def __init__(self, names: Names, key: str) -> None:
        self._names, self._key = names, key

    @property
    def api(self) -> Uno:
        """The UNO named range."""
        return self._names.api.getByName(self._key)

    @property
    def name(self) -> str:
        """``name``, or ``Sheet1!name`` when it belongs to a sheet."""
        return self._key if self._names.sheet is None else f"{self._names.sheet.name}!{self._key}"

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._key = value

    @property
    def refers_to(self) -> str:
        """What it stands for, as Excel writes it."""
        return "=" + _CALC_SHEET.sub(lambda match: f"{match[1]}!", self.api.getContent())

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(_in_calc(value))

    @property
    def refers_to_range(self) -> "Range | None":
        """The cells it stands for, None when it stands for something else."""
        return range_behind(self._names.book, self.api)

    def delete(self) -> None:
        """Take it away."""
        self._names.api.removeByName(self._key)


def range_behind(book: "Book", name: Any) -> "Range | None":
    """The cells a UNO named range stands for."""
    cells = name.getReferredCells()
    if cells is None:
        return None
    return book.sheet_at(cells.getSpreadsheet()).range_of(box_at_address(cells.getRangeAddress()))


def _in_calc(formula: str) -> str:
    """``=Sheet1!$A$1`` as ``$Sheet1.$A$1``; for references, not for whole formulas."""
    return _EXCEL_SHEET.sub(lambda match: f"${match[1]}.", formula.removeprefix("="))
