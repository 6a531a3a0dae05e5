"""Loads the register schemas: one JSON file a sheet, the single source of its columns."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from validators.table import BookKind

CellStyle = Literal["general", "text", "date", "whole"]
Kind = Literal["cover", "register", "log", "result", "result_on_demand", "committee", "committee_result"]
"""What a sheet is for: typed by clerks (cover, register, log, committee) or written by the tool (the others).

A ``result_on_demand`` sheet is written when asked for and stands in no blank workbook.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the clerk sees it. ``codes`` names a list of codes.json; ``format`` a named format."""

    key: str
    title: str
    aliases: tuple[str, ...]
    required: bool
    cell: CellStyle
    format: str | None
    codes: str | None
    multiple: bool
    width: float
    hint: str
    example: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """One sheet: title, one-line hint, columns in order, the keys that tell its rows apart, and its JSON Schema."""

    key: str
    title: str
    hint: str
    kind: Kind
    order: int
    row_key: tuple[str, ...]
    columns: tuple[Column, ...]
    schema: Mapping[str, Any]

    def column(self, key: str) -> Column:
        """The column with this key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(f"{self.key}.{key}")


def load_register(key: str, schema: Mapping[str, Any]) -> Register:
    """A Register from its parsed JSON file."""
    required = set(schema.get("required", ()))
    return Register(
        key=key,
        title=schema["title"],
        hint=schema["description"],
        kind=schema["x-kind"],
        order=schema["x-order"],
        row_key=tuple(schema["x-key"]),
        columns=tuple(_column(name, prop, name in required) for name, prop in schema["properties"].items()),
        schema=schema,
    )


@cache
def registers() -> Mapping[str, Register]:
    """Every sheet defined in ``validators/registers``, by key, in workbook order."""
    folder = files("validators").joinpath("registers")
    found = [
        load_register(entry.name.removesuffix(".json"), json.loads(entry.read_text(encoding="utf-8")))
        for entry in folder.iterdir()
        if entry.name.endswith(".json")
    ]
    return {register.key: register for register in sorted(found, key=lambda register: register.order)}


def _provenance(key: str, title: str, cell: CellStyle, width: float, hint: str, example: str) -> Column:
    return Column(key, title, (), False, cell, None, None, False, width, hint, example, ())


PROVENANCE: tuple[Column, ...] = (
    _provenance("source_organisation", "来源党组织代码", "text", 16, "这一行由哪个党组织报来", "011100126220"),
    _provenance("source_file", "来源文件", "text", 24, "这一行来自哪个文件", "011100126220_示例支部_2026Q4.xlsx"),
    _provenance("source_row", "来源行", "whole", 8, "在来源文件同名工作表中的行号", "4"),
)
"""The three leading columns of every register of a committee workbook (党委汇总)."""


def columns_of(register: Register, kind: BookKind) -> tuple[Column, ...]:
    """The columns of a register sheet in a workbook of this kind, in sheet order."""
    merged = kind == "committee" and register.kind in ("register", "log")
    return PROVENANCE + register.columns if merged else register.columns


def of_kind(*kinds: Kind) -> tuple[Register, ...]:
    """The registers of the given kinds, in workbook order."""
    return tuple(register for register in registers().values() if register.kind in kinds)


def _column(key: str, prop: Mapping[str, Any], required: bool) -> Column:
    return Column(
        key=key,
        title=prop["title"],
        aliases=tuple(prop.get("x-aliases", ())),
        required=required,
        cell=prop.get("x-cell", "general"),
        format=prop.get("format"),
        codes=prop.get("x-codes"),
        multiple=prop["type"] == "array",
        width=prop.get("x-width", 14),
        hint=prop.get("description", ""),
        example=_example(prop.get("examples", ())),
        rules=tuple(prop.get("x-rules", ())),
    )


def _example(examples: Sequence[Any]) -> str:
    """The first example as a clerk types it; the words of a multiple choice joined by 、."""
    first = examples[0] if examples else ""
    return "、".join(first) if isinstance(first, list) else str(first)
