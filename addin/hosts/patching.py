"""Writes into a clerk's own closed workbook: only the parts concerned change, all others stay byte for byte."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from lxml import etree

from addin.hosts.atomic import atomic_path
from addin.hosts.closed import refuse_twins
from addin.hosts.door import admit
from addin.hosts.package.cells import Cells, has_formula, set_value
from addin.hosts.package.parts import MissingPart
from addin.hosts.package.styles import Styles
from addin.hosts.package.transplant import transplant
from addin.hosts.package.workbook import SheetPlace, Workbook
from addin.hosts.result_sheets import Rows, render_results
from addin.hosts.text_size import lines_in, row_height
from addin.hosts.written_results import remember_written
from addin.layout import result_plan
from addin.problem import CannotUse
from validators.registers import Column, columns_of, registers
from validators.table import BookKind, Table, Value

CellValue = tuple[str, int, int, Value]
"""What to write where: sheet title, 1-based row and column, value."""


@contextmanager
def patched(path: Path) -> Iterator[Workbook]:
    """Open a workbook for changes; they are written, whole or not at all, when the block ends well.

    Raises CannotUse for a file that is no usable workbook or was changed meanwhile, OSError when it cannot be read
    or replaced.
    """
    admitted = admit(path)
    data = admitted.data
    try:
        workbook = Workbook(data, has_formulas=bool(admitted.uncertain))
        refuse_twins(path.name, [place.title for place in workbook.sheets()])
        yield workbook
    except (etree.XMLSyntaxError, MissingPart) as fault:
        raise CannotUse(
            f"“{path.name}”的内部结构与一般 Excel 文件不同，没有写入：请用 Excel 打开后另存为新的 .xlsx，再试一次。"
        ) from fault
    with atomic_path(path) as fresh:
        workbook.parts.write(fresh)
        if path.read_bytes() != data:
            raise CannotUse(f"“{path.name}”在写入期间被别的程序改动，没有写入：请关闭正在使用它的程序，再试一次。")


def put_results(
    workbook: Workbook, results: Mapping[str, Rows], kind: BookKind, cover: Mapping[str, Value]
) -> tuple[SheetPlace, ...]:
    """Create or replace result sheets by register key, rows by column key; places in rows become links.

    ``cover`` fills the printed footer. Raises KeyError for unknown registers or columns, CannotUse for over-long text.
    """
    scratch = render_results(results, kind, cover)
    for key, rows in results.items():
        remember_written(workbook, result_plan(key, kind), rows)
    return tuple(transplant(scratch, workbook, registers()[key].title) for key in results)


def append_rows(workbook: Workbook, table: Table, rows: Rows, kind: BookKind = "branch") -> int:
    """Add rows (values by column key) below the last filled row of a register sheet; the first new row's number.

    Only the register's own columns count as filled. ``table`` is the sheet as read, so moved columns are met; a column
    the sheet does not have raises CannotUse when a value is meant for it. Formats are those of the column; dates and
    texts are kept as such whatever the format was.
    """
    place = _sheet(workbook, table.sheet)
    cells = Cells(workbook.parts.tree(place.part))
    styles = Styles(workbook.parts, workbook.styles_part)
    columns = {column.key: column for column in columns_of(registers()[table.register], kind)}
    first = max(cells.last_filled_row(frozenset(table.columns.values())), table.header_row) + 1
    for number, row in enumerate(rows, first):
        for key, value in row.items():
            if value is None:
                continue
            if key not in table.columns:
                title = columns[key].title
                raise CannotUse(f"工作表“{table.sheet}”没有“{title}”一列，写不进去：请从模板补上这一列，再试一次。")
            cell = cells.make(number, table.columns[key])
            cell.set("s", str(_format_for(styles, int(cell.get("s", "0")), columns[key], value)))
            set_value(cell, value, since_1904=workbook.since_1904)
        _fit_height(cells, number, row, columns)
    cells.cover_cells()
    workbook.parts.touch(place.part)
    workbook.values_changed()
    return first


def write_cells(workbook: Workbook, values: Sequence[CellValue]) -> list[CellValue]:
    """Write values into cells, keeping the look of each; those not written because a formula stands there."""
    refused = []
    styles = Styles(workbook.parts, workbook.styles_part)
    sheets: dict[str, tuple[SheetPlace, Cells]] = {}
    for entry in values:
        title, row, column, value = entry
        if title not in sheets:
            place = _sheet(workbook, title)
            sheets[title] = (place, Cells(workbook.parts.tree(place.part)))
        place, cells = sheets[title]
        cell = cells.make(row, column)
        if has_formula(cell):
            refused.append(entry)
            continue
        look = int(cell.get("s", "0"))
        if isinstance(value, date):
            look = styles.as_date(look)
        elif isinstance(value, str):
            look = styles.as_text(look) if value.isdigit() else look
        cell.set("s", str(look))
        set_value(cell, value, since_1904=workbook.since_1904)
        workbook.parts.touch(place.part)
    if len(refused) < len(values):
        workbook.values_changed()
    return refused


def _sheet(workbook: Workbook, title: str) -> SheetPlace:
    place = workbook.sheet(title)
    if place is None:
        raise CannotUse(f"工作簿里没有“{title}”这张表，写不进去：请从模板补上这张表，再试一次。")
    return place


def _format_for(styles: Styles, look: int, column: Column, value: Value) -> int:
    if isinstance(value, date):
        return styles.as_date(look)
    if column.cell == "text" and isinstance(value, str):
        return styles.as_text(look)
    return look


def _fit_height(cells: Cells, number: int, row: Mapping[str, Value], columns: Mapping[str, Column]) -> None:
    """A row tall enough for its wrapped texts."""
    texts = [(str(value), columns[key].width) for key, value in row.items() if isinstance(value, str)]
    lines = max((lines_in(text, width) for text, width in texts), default=1)
    line = cells.make_row(number)
    if lines > 1 and line.get("ht") is None:
        line.set("ht", str(row_height(lines)))
        line.set("customHeight", "1")
