"""Rows that fill every column of a workbook once, plainly and with values people really type."""

from collections.abc import Mapping
from datetime import date

from addin.layout import result_sheets, table_sheets
from tests.drawing import identity
from validators.codes import code_lists
from validators.registers import Column
from validators.table import BookKind, MonthOnly, Value

NASTY = ("=1+1", "http://example.invalid", "+86 154", "@SUM(A1)", " 前后空格 ", "<&>\"'", "00123", "1e5")


def filled_rows(kind: BookKind) -> Mapping[str, list[dict[str, Value]]]:
    """Three rows a sheet: plain values, nasty text, only the required cells (or the first one)."""
    return {
        plan.register.key: [
            {column.key: plain(column) for column in plan.columns},
            {column.key: nasty(column, number) for number, column in enumerate(plan.columns)},
            {column.key: plain(column) for number, column in enumerate(plan.columns) if column.required or not number},
        ]
        for plan in (*table_sheets(kind), *result_sheets(kind))
    }


def plain(column: Column) -> Value:
    """A value as a careful clerk would give it."""
    if column.codes:
        words = code_lists()[column.codes].words
        return words[:2] if column.multiple else words[0]
    if column.key == "identity_number":
        return identity("19800101")
    return {"date": date(2026, 2, 28), "whole": 7, "text": "0100", "general": column.title}[column.cell]


def nasty(column: Column, number: int) -> Value:
    """A value a spreadsheet program would like to change."""
    if column.cell == "date":
        return MonthOnly(1998, 7)
    if column.key == "identity_number":
        return 3.79901198001011e17
    return (*NASTY, "a\x01b")[number % (len(NASTY) + 1)]
