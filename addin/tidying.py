"""整理: which cells to write back so that they hold what the reader used anyway; nothing is lost or guessed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from addin.masking import mask_identity, mask_numbers
from validators.damaged_numbers import is_sound
from validators.table import Book, Cleaning, MonthOnly, Row, Table, Value, column_number

NUMBER_TITLE = "公民身份号码"


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell to write: where, what stood there, what is written, and on what that rests."""

    sheet: str
    row: int
    column: str
    title: str
    before: str
    value: Value
    after: str
    source: str

    @property
    def line(self) -> str:
        """The edit as one line for the clerk, numbers masked."""
        place = f"{self.sheet} {self.column}{self.row} {self.title}"
        before = mask_identity(self.before) if self.title == NUMBER_TITLE else self.before
        return mask_numbers(f"{place}：“{before}” → “{self.after}”") + (f"（{self.source}）" if self.source else "")


def tidy_edits(book: Book) -> tuple[Edit, ...]:
    """The loss-free cleanings of a workbook (R-READ-CLEAN) as cells to write."""
    values = {table.sheet: dict(_values(table)) for table in book.tables.values()}
    return tuple(_edits(book.cleanings, values))


def _edits(cleanings: Iterable[Cleaning], values: Mapping[str, Mapping[tuple[int, str], Value]]) -> Iterator[Edit]:
    for found in cleanings:
        value = values.get(found.sheet, {}).get((found.row, found.column))
        if value is None or isinstance(value, MonthOnly) or _is_wrong_number(found.title, value):
            continue
        yield Edit(found.sheet, found.row, found.column, found.title, found.before, value, found.after, "")


def _is_wrong_number(title: str, value: Value) -> bool:
    """Tidying a number that stays wrong would only make it harder to compare with the card."""
    return title == NUMBER_TITLE and not is_sound(value)


def _values(table: Table) -> Iterator[tuple[tuple[int, str], Value]]:
    for row in table:
        for key in row.values:
            yield table.place(row, key), row[key]


def cell_values(edits: Iterable[Edit]) -> list[tuple[str, int, int, Value]]:
    """The edits as (sheet, row, column, value), columns as 1-based numbers."""
    return [(edit.sheet, edit.row, column_number(edit.column), edit.value) for edit in edits]


def roster_row(table: Table, row: Row) -> str:
    """Where a row stands, for a clerk: ``党员名册第 5 行``."""
    return f"{table.sheet}第 {row.origin.row} 行"
