"""One 退回单 workbook for one organisation: what to mend or explain, by when, with room for what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import xlsxwriter

from addin.hosts.atomic import atomic_path
from addin.hosts.bulk_sheet import BulkSheet
from addin.hosts.table_writer import put_table
from addin.hosts.workbook_styles import Styles
from addin.hosts.workbook_writer import CREATED, OPTIONS
from addin.layout import SheetPlan
from validators.registers import registers
from validators.table import Value

TITLE = "退回单"
_SHOWN = (
    *("matter", "sheet", "cell", "name", "identity_number", "message", "fix", "rule"),
    *("due_on", "status", "closed_on", "reply", "item_key"),
)


def write_return(path: Path, rows: Sequence[Mapping[str, Value]], cover: Mapping[str, Value], hint: str) -> None:
    """Write the workbook, whole or not at all. ``cover`` fills the footer, ``hint`` stands under the title."""
    register = registers()["return_items"]
    columns = tuple(register.column(key) for key in _SHOWN)
    named = replace(register, title=TITLE, hint=hint)
    plan = SheetPlan(named, columns, frozen=0, paper="A4", protected=False)
    shown = [{key: value for key, value in row.items() if key in _SHOWN} for row in rows]
    with atomic_path(path) as fresh:
        workbook = xlsxwriter.Workbook(str(fresh), dict(OPTIONS))
        workbook.set_properties({"title": TITLE, "comments": "内部资料 不得公开", "created": CREATED})
        put_table(workbook.add_worksheet(TITLE, BulkSheet), Styles(workbook), plan, shown, "branch", cover, alone=True)
        workbook.close()
