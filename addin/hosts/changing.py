"""One undoable change of a clerk's workbook: nobody else has it open, a snapshot first, one line in 操作记录."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.hosts.in_use import only_writer, refuse_when_open
from addin.hosts.package.cells import Cells, text_of
from addin.hosts.package.workbook import Workbook
from addin.hosts.patching import append_rows, patched, put_results
from addin.hosts.snapshots import Snapshot, confirm, forget, keep
from addin.layout import HEADER_ROW
from addin.log_links import LOG, linked
from addin.problem import CannotUse
from addin.sealing import SHEET as SEAL
from validators.registers import registers
from validators.table import BookKind, Table, Value

_LAST_HEADER_ROW = 12


class _NotNeeded(Exception):
    """Leaves the block without writing."""


@dataclass(slots=True)
class Change:
    """A change under way: the package to edit, and what its line in 操作记录 will say.

    A change that turns out not to be needed leaves the file alone.
    """

    workbook: Workbook
    outcome: str = ""
    rows_affected: int = 0
    kind: BookKind = "branch"
    is_needed: bool = True


@contextmanager
def changing(path: Path, operation: str, at: datetime, *, kind: BookKind = "branch") -> Iterator[Change]:
    """Change a workbook in one step that ``taizhang undo`` takes back.

    When the block ends well the workbook is kept as a snapshot, a line is added to 操作记录 and the file is replaced
    whole; when it raises nothing happened. Raises CannotUse when the file is unusable, sealed, open elsewhere or was
    changed meanwhile, OSError when it is read-only or the disk is full.
    """
    refuse_when_open(path)
    with only_writer(path):
        snapshot: Snapshot | None = None
        try:
            with patched(path) as workbook:
                if workbook.sheet(SEAL) is not None:
                    raise CannotUse(
                        f"“{path.name}”是封好的报送文件，写入会使校验码失效，没有写入：请在原来的台账上操作，再重新报送。"
                    )
                change = Change(workbook, kind=kind)
                yield change
                if not change.is_needed:
                    raise _NotNeeded
                snapshot = keep(path, operation, at)
                _log(change, operation, at, snapshot)
        except _NotNeeded:
            return
        except BaseException:
            if snapshot is not None:
                forget(path, snapshot)
            raise
        confirm(path, snapshot)


def _log(change: Change, operation: str, at: datetime, snapshot: Snapshot) -> None:
    line: dict[str, Value] = {
        "at": f"{at:%Y-%m-%d %H:%M}",
        "operation": operation,
        "outcome": change.outcome,
        "rows_affected": change.rows_affected,
        "snapshot": snapshot.file,
    }
    table = _log_table(change.workbook)
    if table is None:
        put_results(change.workbook, {LOG: [linked((), line)]}, change.kind, {})
    else:
        append_rows(change.workbook, table, [linked(_lines(change.workbook, table), line)])


def _lines(workbook: Workbook, table: Table) -> Iterator[Mapping[str, Value]]:
    """The lines that are there, blank ones left out."""
    place = workbook.sheet(table.sheet)
    if place is None:
        return
    cells = Cells(workbook.parts.tree(place.part))
    keys = {number: key for key, number in table.columns.items()}
    shared = workbook.shared_strings()
    for row in range(table.header_row + 1, cells.last_filled_row(keys) + 1):
        line = {keys[number]: text_of(cell, shared) for number, cell in cells.in_row(row) if number in keys}
        if any(line.values()):
            yield line


def _log_table(workbook: Workbook) -> Table | None:
    """Where the columns of 操作记录 stand; as in the template when its titles were changed. None without the sheet."""
    register = registers()[LOG]
    place = workbook.sheet(register.title)
    if place is None:
        return None
    keys = {column.title: column.key for column in register.columns}
    cells = Cells(workbook.parts.tree(place.part))
    for row in range(1, _LAST_HEADER_ROW):
        titles = {number: text_of(cell, workbook.shared_strings()) for number, cell in cells.in_row(row)}
        columns = {keys[title]: number for number, title in titles.items() if title in keys}
        if len(columns) == len(keys):
            return Table(LOG, register.title, columns, (), header_row=row)
    usual = {column.key: number for number, column in enumerate(register.columns, 1)}
    return Table(LOG, register.title, usual, (), header_row=HEADER_ROW)
