"""A made-up register as the plain tables a reader would give, without a file in between; and many as one committee."""

from collections.abc import Mapping, Sequence

from addin.demo.ledger import Values
from validators.registers import columns_of, registers
from validators.table import Book, BookKind, Origin, Row, Table, Value

FIRST_ROW = 4


def as_book(
    file: str, cover: Mapping[str, Value], rows: Mapping[str, Sequence[Values]], kind: BookKind = "branch"
) -> Book:
    """The Book of these rows, each where ``write_workbook`` would put it. Registers without rows are empty tables."""
    kinds = ("register", "log") if kind == "branch" else ("register", "log", "committee", "committee_result")
    tables = {}
    for key, register in registers().items():
        if register.kind in kinds:
            places = {column.key: number for number, column in enumerate(columns_of(register, kind), 1)}
            given = enumerate(rows.get(key, ()), FIRST_ROW)
            found = tuple(Row(Origin(file, register.title, number), dict(row)) for number, row in given)
            tables[key] = Table(key, register.title, places, found)
    front = registers()["cover"]
    filled = Row(Origin(file, front.title, FIRST_ROW), dict(cover))
    places = {column.key: number for number, column in enumerate(front.columns, FIRST_ROW)}
    tables["cover"] = Table("cover", front.title, places, (filled,), vertical=True)
    return Book(file, kind, filled, tables)


def merged(registers_of: Mapping[str, tuple[str, Mapping[str, Sequence[Values]]]]) -> dict[str, list[Values]]:
    """The rows of several branches, by file name (organisation code, rows), with the provenance a merge adds."""
    found: dict[str, list[Values]] = {}
    for file, (code, rows) in registers_of.items():
        for register, given in rows.items():
            for number, row in enumerate(given, FIRST_ROW):
                place: Values = {"source_organisation": code, "source_file": file, "source_row": number}
                found.setdefault(register, []).append({**place, **row})
    return found
