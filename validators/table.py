"""Plain values everything passes around: Row, Table, Book (a read workbook) and Finding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

Level = Literal["E", "W", "I"]
"""E 错误 (must be mended), W 疑点 (mend or explain), I 提示 (for information)."""

BookKind = Literal["branch", "committee"]
"""支部台账 or 党委汇总."""

LEVELS: tuple[Level, ...] = ("E", "W", "I")


@dataclass(frozen=True, slots=True, order=True)
class MonthOnly:
    """A date of which only year and month are known (日不详), as in ``1998.7``."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


Value = str | int | float | bool | date | MonthOnly | tuple[str, ...] | None
"""A cell after cleaning. A blank is None, a multiple choice a tuple of words; what could not be read stays as typed."""

EMPTY: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row stands: file name, sheet name and 1-based sheet row."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Row:
    """One data row: values by column key (blank cells are absent), unknown columns by their title in ``extra``."""

    origin: Origin
    values: Mapping[str, Value]
    extra: Mapping[str, Value] = field(default_factory=lambda: EMPTY)

    def __getitem__(self, key: str) -> Value:
        """The value of a column, None when the cell is blank or the column is missing."""
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The value as text, empty when blank."""
        value = self.values.get(key)
        return "" if value is None else str(value)

    def day(self, key: str) -> date | None:
        """The value as a full date; None when blank, unreadable, or when its day is unknown."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def whole(self, key: str) -> int | None:
        """The value as a whole number; None when blank or unreadable."""
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None


@dataclass(frozen=True, slots=True)
class Table:
    """One register sheet as read.

    ``columns`` maps column key to 1-based sheet column. The cover is written downwards (``vertical``): there it
    maps the key to the 1-based sheet row, the values stand in column B, and there is exactly one Row.
    """

    register: str
    sheet: str
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    vertical: bool = False
    header_row: int = 3

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def place(self, row: Row | None, key: str) -> tuple[int, str]:
        """Sheet row and column letter of a value; the title cell when ``row`` is None."""
        number = self.columns.get(key, 1)
        if self.vertical:
            return number, "B"
        return (row.origin.row if row is not None else self.header_row), column_letter(number)


@dataclass(frozen=True, slots=True)
class Cleaning:
    """A value changed at the door without loss: which cell, what stood there, what is used (rule R-READ-CLEAN)."""

    sheet: str
    row: int
    column: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader noticed about a sheet (unknown or missing column, dropped column): an early finding."""

    rule: str
    level: Level
    sheet: str
    row: int
    column: str
    title: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook as read: the cover and every register table by register key. Missing registers are empty tables.

    ``results`` are the sheets an earlier run wrote (问题清单, 操作记录 …), by register key; ``manifest`` the lines of
    the sheet 报送清单 (title, content) of a sealed file, None in a working file.
    """

    file: str
    kind: BookKind
    cover: Row
    tables: Mapping[str, Table]
    cleanings: tuple[Cleaning, ...] = ()
    remarks: tuple[Remark, ...] = ()
    policy_overrides: Mapping[str, str] = field(default_factory=dict)
    results: Mapping[str, Table] = field(default_factory=dict)
    manifest: tuple[tuple[str, str], ...] | None = None

    def __getitem__(self, register: str) -> Table:
        return self.tables[register]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, with its place; sorts in the clerk's reading order (sheet, row, column, level)."""

    rule: str
    level: Level
    sheet: str
    row: int
    column: str
    title: str
    value: str
    message: str
    fix: str
    source: str
    register: str = ""
    identity_number: str = ""
    name: str = ""
    file: str = ""

    @property
    def cell(self) -> str:
        """The place in A1 style, e.g. ``C5``."""
        return f"{self.column}{self.row}"

    @property
    def key(self) -> str:
        """Stable across runs while the same fault stands on the same person and column, even if its row moves."""
        who = self.identity_number or self.name or str(self.row)
        return "|".join((self.rule, self.register, who, self.title, self.value))


def column_letter(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letter: str) -> int:
    """A -> 1, AA -> 27."""
    number = 0
    for char in letter:
        number = number * 26 + ord(char) - 64
    return number
