"""Fresh workbooks with one or a few plain lists, in the look of the template, ready to print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.hosts.bulk_sheet import BulkSheet
from addin.hosts.fresh_workbook import fresh_workbook
from addin.hosts.table_writer import put_table
from addin.hosts.workbook_styles import Styles
from addin.hosts.workbook_writer import CREATED, OPTIONS
from addin.layout import SheetPlan
from validators.registers import Column, Register
from validators.table import Value


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list: title, the hint under it, columns, rows by column key."""

    title: str
    hint: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Value]]


def write_lists(path: Path, sheets: Sequence[ListSheet], cover: Mapping[str, Value]) -> None:
    """Write the workbook, whole or not at all. ``cover`` fills the printed footer."""
    with fresh_workbook(path, OPTIONS) as workbook:
        workbook.set_properties({"title": sheets[0].title, "comments": "内部资料 不得公开", "created": CREATED})
        styles = Styles(workbook)
        for each in sheets:
            columns = tuple(each.columns)
            register = Register("list", each.title, each.hint, "result_on_demand", 0, (), columns, {})
            plan = SheetPlan(register, columns, frozen=0, paper="A4", protected=False)
            sheet = workbook.add_worksheet(each.title, BulkSheet)
            put_table(sheet, styles, plan, each.rows, "branch", cover, alone=True)


def column(key: str, title: str, width: float, cell: str = "general") -> Column:
    """A column of a list: its title and width say all there is to say."""
    return Column(
        key,
        title,
        (),
        False,
        "date" if cell == "date" else "whole" if cell == "whole" else "general",
        None,
        None,
        False,
        width,
        title,
        "",
        (),
    )
