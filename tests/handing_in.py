"""Hands drawn branch registers in to a merge, without files in between, and merges again on what came out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from addin.merging.merge import Merged, Settings, merge
from addin.merging.previous import Previous, previous_of
from addin.merging.sampling import Draw
from addin.merging.status_sheet import Standing, standings
from addin.merging.tallies import tallies
from addin.merging.workbook import Written, as_it_stands, is_unchanged, workbook
from addin.submissions import Submission, submission_of
from tests.drawing import AS_OF, draw
from validators.policy import load_policy
from validators.registers import columns_of, of_kind, registers
from validators.rule import Case
from validators.table import Book, Origin, Row, Table, Value

COMMITTEE = "037990100000"
HOME: Mapping[str, Value] = {
    "organisation_code": COMMITTEE,
    "organisation_name": "示例镇党委",
    "organisation_level": "基层党委",
    "period": "2026Q4",
    "as_of": AS_OF,
    "policy_profile": "current_2024",
}


def code(number: int) -> str:
    """党组织代码 of the number-th branch."""
    return f"0379901{number:05d}"


def handed(
    number: int, *, cover: Mapping[str, Value] | None = None, file: str = "", modified: float = 0.0, **drawings: str
) -> Submission:
    """What the number-th branch hands in; ``drawings`` as tests.drawing takes them, nothing else stands in it."""
    name = f"第{number}支部"
    front = {"organisation_code": code(number), "organisation_name": name, "superior_code": COMMITTEE, **(cover or {})}
    book = replace(draw(cover=front, **drawings), file=file or f"{code(number)}_{name}.xlsx")
    text = repr((sorted(book.cover.values.items(), key=repr), [table.rows for table in book.tables.values()]))
    print_of = hashlib.sha256(text.replace(book.file, "").encode()).hexdigest()[:16]
    case = Case(book, load_policy("current_2024", {}), AS_OF)
    return replace(submission_of(book, fingerprint=print_of, modified=modified), tallies=tallies(case))


class Merging:
    """A committee workbook in memory: ``merge`` as often as wanted, type into sheets in between."""

    def __init__(self, cover: Mapping[str, Value] = HOME) -> None:
        self.previous = Previous(dict(cover))
        self.merged: Merged
        self.found: Sequence[Standing]
        self.written: Written
        self.unchanged = False

    def merge(self, *handed_in: Submission, at: str = "2026-11-24 09:30", **settings: object) -> Merged:
        """Merge and take the result as what the next merge finds."""
        draw_now = Draw("20261124", "2026-11-24")
        policy = load_policy("current_2024", {})
        terms = replace(Settings(policy, AS_OF, at, at[:10], draw_now), **settings)  # type: ignore[arg-type]
        self.merged = merge(self.previous, handed_in, terms)
        self.found = standings(self.merged, self.previous, at)
        written = workbook(self.merged, self.previous, self.found, terms)
        self.unchanged = is_unchanged(written, as_it_stands(self.previous))
        if not self.unchanged or not hasattr(self, "written"):
            self.written = written
            self.previous = previous_of(as_book(written))
        return self.merged

    def sheet(self, key: str) -> list[dict[str, Value]]:
        """The rows of a sheet as written last."""
        return [dict(row) for row in self.written.rows[key]]

    def type_into(self, key: str, number: int, **values: Value) -> None:
        """What a clerk types into the number-th row of a sheet (None clears a cell)."""
        rows = [dict(row) for row in self.previous.sheet(key)]
        rows[number] = {name: value for name, value in {**rows[number], **values}.items() if value is not None}
        self.previous = replace(self.previous, sheets={**self.previous.sheets, key: rows})

    def statuses(self) -> dict[str, str]:
        """报送状态 by file, by 党组织代码 where there is no file."""
        return {str(each.row.get("file") or each.organisation): each.status for each in self.found}


def as_book(written: Written) -> Book:
    """What a reader would give for a written committee workbook."""
    tables = {}
    for register in registers().values():
        if register.kind in ("cover", "result", "result_on_demand"):
            continue
        places = {column.key: number for number, column in enumerate(columns_of(register, "committee"), 1)}
        rows = tuple(
            Row(Origin("汇总.xlsx", register.title, number), dict(row))
            for number, row in enumerate(written.rows.get(register.key, ()), 4)
        )
        tables[register.key] = Table(register.key, register.title, places, rows)
    front = Row(Origin("汇总.xlsx", "封面", 4), dict(written.cover))
    results = {
        register.key: Table(
            register.key,
            register.title,
            {},
            tuple(Row(Origin("汇总.xlsx", register.title, 4), dict(row)) for row in written.rows.get(register.key, ())),
        )
        for register in of_kind("result")
    }
    return Book("汇总.xlsx", "committee", front, tables, results=results)
