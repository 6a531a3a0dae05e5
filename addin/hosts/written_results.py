"""Tells the buttons that a result sheet was written by a command: its fingerprint joins theirs in the closed file."""

from collections.abc import Mapping, Sequence

from addin.hosts.package.cells import Cells, set_value, text_of
from addin.hosts.package.workbook import Workbook
from addin.journal import JOURNAL_SHEET, MOST_PRINTS, RESULT, print_of
from addin.layout import SheetPlan, clerks_own
from validators.table import Value


def remember_written(workbook: Workbook, plan: SheetPlan, rows: Sequence[Mapping[str, Value]]) -> None:
    """Add the fingerprint of rows (by column key) to what the buttons know of this sheet, when they have written it."""
    place = workbook.sheet(JOURNAL_SHEET)
    if place is None:
        return
    cells, shared = Cells(workbook.parts.tree(place.part)), workbook.shared_strings()
    for number in range(1, cells.last_filled_row((1,)) + 1):
        title, *left = [text for _, cell in cells.in_row(number) if (text := text_of(cell, shared))] or [""]
        if title == RESULT + plan.title:
            fresh = print_of([[row.get(column.key) for column in plan.columns] for row in rows], clerks_own(plan))
            for column, text in enumerate([*left, fresh][-MOST_PRINTS:], 2):
                set_value(cells.make(number, column), text)
            workbook.parts.touch(place.part)
