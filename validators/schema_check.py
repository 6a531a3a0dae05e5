"""Checks every row against the JSON Schema of its register: required, type, code words, real dates, smallest numbers.

jsonschema-rs does the work; what it says becomes hits of the R-FLD rules it belongs to.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import jsonschema_rs

from validators.codes import code_lists
from validators.formats import FORMATS
from validators.registers import Column, Kind, Register, registers
from validators.rule import Case, Hit
from validators.table import Book, MonthOnly, Row, Table, Value
from validators.wording import nearest, some_of

CHECKED: tuple[Kind, ...] = ("cover", "register", "log", "committee")
"""The kinds of sheets people type into."""

_KEYWORDS = ("type", "format", "minimum", "maximum", "minLength", "maxLength", "pattern")


def row_schema(register: Register) -> dict[str, Any]:
    """The plain JSON Schema of one row: what is checkable of the register's, code lists spelt out as ``enum``."""
    properties = {}
    for column in register.columns:
        given = register.schema["properties"][column.key]
        checked = {keyword: given[keyword] for keyword in _KEYWORDS if keyword in given}
        if column.codes is not None:
            words = {"enum": list(code_lists()[column.codes].words)}
            checked.update({"items": words} if column.multiple else words)
        properties[column.key] = checked
    required = list(register.schema.get("required", ()))
    return {"type": "object", "properties": properties, "required": required}


def instance_of(row: Row) -> dict[str, Any]:
    """A row as JSON: dates as ISO text, multiple choices as lists, blank columns absent."""
    return {key: value if type(value) is str else _plain(value) for key, value in row.values.items()}


def tables_checked(book: Book) -> Iterator[tuple[Register, Table]]:
    """The sheets people type into, in workbook order."""
    for key, register in registers().items():
        if register.kind in CHECKED and key in book.tables:
            yield register, book.tables[key]


def schema_hits(case: Case) -> Mapping[str, Sequence[Hit]]:
    """Every departure from the schemas as hits by rule id; at most one a cell."""
    hits: dict[str, list[Hit]] = defaultdict(list)
    for register, table in tables_checked(case.book):
        validator = _validator(register.key)
        for row in table:
            instance = instance_of(row)
            if not validator.is_valid(instance):
                for rule, hit in _hits_of_row(register, table, row, validator.iter_errors(instance)):
                    hits[rule].append(hit)
    return hits


@cache
def _validator(key: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(row_schema(registers()[key]), validate_formats=True)


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, MonthOnly):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _hits_of_row(
    register: Register, table: Table, row: Row, errors: Iterator[jsonschema_rs.ValidationError]
) -> Iterator[tuple[str, Hit]]:
    by_column: dict[str, set[str]] = defaultdict(set)
    for error in errors:
        if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
            by_column[error.kind.property].add("required")
        else:
            by_column[str(error.instance_path[0])].add(error.kind.name)
    for key, keywords in by_column.items():
        # A column the sheet does not have is one remark of the reader, not a fault of every row.
        if key in table.columns:
            yield from _hit(register, register.column(key), row, keywords)


def _hit(register: Register, column: Column, row: Row, keywords: set[str]) -> Iterator[tuple[str, Hit]]:
    value = row[column.key]
    if "required" in keywords:
        yield "R-FLD-REQUIRED", Hit(register.key, row, column.key)
    elif column.codes is not None:
        yield "R-FLD-ENUM", _enum_hit(register, column, row)
    elif column.cell == "date":
        if isinstance(value, MonthOnly):
            yield "R-FLD-DATES", Hit(register.key, row, column.key, "month_only", "W")
        else:
            yield "R-FLD-DATES", Hit(register.key, row, column.key, "unreadable")
    elif column.cell == "whole":
        yield "R-FLD-NUMBER", Hit(register.key, row, column.key, "negative" if "minimum" in keywords else "")
    elif "type" not in keywords:
        yield "R-FLD-TEXT", Hit(register.key, row, column.key, "shape")
    elif column.format not in FORMATS:
        yield "R-FLD-TEXT", Hit(register.key, row, column.key)


def _enum_hit(register: Register, column: Column, row: Row) -> Hit:
    words = code_lists()[str(column.codes)].words
    value = row[column.key]
    typed = [str(part) for part in (value if isinstance(value, tuple) else (value,))]
    wrong = next((part for part in typed if part not in words), typed[0])
    guess = nearest(wrong, words)
    details = {"wrong": wrong, "words": some_of(words), "guess": guess or ""}
    return Hit(register.key, row, column.key, "guess" if guess else "", details=details)
