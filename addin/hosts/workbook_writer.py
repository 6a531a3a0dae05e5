"""Writes whole workbooks, 支部台账 and 党委汇总, from the register data files (XlsxWriter)."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from addin.hosts.bulk_rows import BulkColumn
from addin.hosts.bulk_sheet import BulkSheet
from addin.hosts.fresh_workbook import TEXTS_STAY_TEXTS, fresh_workbook
from addin.hosts.macro_buttons import put_buttons
from addin.hosts.policy_writer import put_policy
from addin.hosts.reference_writer import put_codes, put_cover, put_guide
from addin.hosts.seal_writer import put_seal
from addin.hosts.table_writer import bulk_columns, put_table
from addin.hosts.workbook_styles import DEFAULT, Styles
from addin.layout import (
    BOOK_TITLES,
    COVER,
    POLICY,
    TEMPLATE_VERSION,
    SheetPlan,
    result_sheets,
    sheet_names,
    table_sheets,
)
from addin.sealing import Manifest
from validators.policy import DEFAULT_PROFILE
from validators.table import BookKind, Value

CREATED = datetime(2026, 1, 1)
"""The time every workbook bears, so that equal content gives equal bytes."""

OPTIONS = {
    **TEXTS_STAY_TEXTS,
    "default_format_properties": dict(DEFAULT),
    "default_row_height": 24,
}
"""How XlsxWriter is set up: cells nobody formatted look like ours."""


def write_workbook(
    path: Path,
    kind: BookKind,
    *,
    cover: Mapping[str, Value],
    rows: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
    policy_overrides: Mapping[str, str] | None = None,
    macros: Callable[[int], bytes] | None = None,
    finish: Callable[[bytes], bytes] | None = None,
    seal: Manifest | None = None,
) -> None:
    """Write a fresh workbook, whole or not at all; equal arguments give equal bytes.

    ``cover`` by cover key, ``rows`` by register key then column key (committee rows carry ``source_*`` keys),
    ``policy_overrides`` by policy key. ``macros`` makes the macro project for so many sheets (then the path ends in
    .xlsm and the cover has buttons), ``finish`` changes the bytes of the whole file; a ``seal`` adds 报送清单 and
    the check code in every footer. Raises KeyError for keys no sheet has, CannotUse for text Excel cannot hold.
    """
    filled = {"template_version": TEMPLATE_VERSION, "policy_profile": DEFAULT_PROFILE, **cover}
    with fresh_workbook(path, OPTIONS, finish) as workbook:
        _put_all(workbook, kind, filled, rows or {}, policy_overrides or {})
        if seal is not None:
            put_seal(workbook, seal, filled)
        if macros is not None:
            workbook.add_vba_project(io.BytesIO(macros(len(workbook.worksheets()))), is_stream=True)
            put_buttons(workbook.get_worksheet_by_name(COVER))


def _put_all(
    workbook: xlsxwriter.Workbook,
    kind: BookKind,
    cover: Mapping[str, Value],
    rows: Mapping[str, Sequence[Mapping[str, Value]]],
    policy_overrides: Mapping[str, str],
) -> None:
    workbook.set_properties({"title": BOOK_TITLES[kind], "comments": "内部资料 不得公开", "created": CREATED})
    workbook.set_size(2400, 1400)
    workbook.calc_on_load = False  # no cell is a formula, and recalculating would ask to save on closing
    sheets = {name: workbook.add_worksheet(name, BulkSheet) for name in sheet_names(kind)}
    styles = Styles(workbook)
    plans = (*table_sheets(kind), *result_sheets(kind))
    _columns(styles, plans)
    unknown = set(rows) - {plan.register.key for plan in plans}
    if unknown:
        raise KeyError(f"no such sheet in a {kind} workbook: {', '.join(sorted(unknown))}")
    put_cover(workbook, sheets, styles, kind, cover)
    for plan in plans:
        put_table(sheets[plan.title], styles, plan, rows.get(plan.register.key, ()), kind, cover)
    put_guide(sheets, styles, kind, cover)
    put_codes(workbook, sheets, styles, kind)
    put_policy(sheets[POLICY], styles, policy_overrides, cover)


def row_columns(kind: BookKind) -> Mapping[str, tuple[BulkColumn, ...]]:
    """How the rows of each register (by key) are drawn in every workbook of a kind."""
    return _columns(Styles(xlsxwriter.Workbook(io.BytesIO(), OPTIONS)), (*table_sheets(kind), *result_sheets(kind)))


def _columns(styles: Styles, plans: Sequence[SheetPlan]) -> Mapping[str, tuple[BulkColumn, ...]]:
    """Looked up before anything else is written, so that no style's number depends on what a workbook holds."""
    return {plan.register.key: bulk_columns(styles, plan) for plan in plans}
