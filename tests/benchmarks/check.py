"""Checking against a bare read of the same file: a branch, a committee, a merged workbook of 60,000 rows.

Run it from the project's folder: ``python tests/benchmarks/check.py [--rounds N]``. It prints ratios and asserts
nothing about them.
"""

import argparse
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from addin.actions.terms import policy_of
from addin.demo.books import merged
from addin.demo.committee import demo_committee
from addin.demo.ledger import Values
from addin.demo.population import clean_population
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from tests.benchmarks.ratios import bare_read, ratios, table
from validators.check import check
from validators.facts import person_facts
from validators.rule import Case
from validators.schema_check import schema_hits
from validators.table import Book

AS_OF = date(2026, 11, 24)


def branch_file(folder: Path) -> Path:
    """A branch of 62 members."""
    register = clean_population(members=62, as_of=AS_OF)
    write_workbook(folder / "支部.xlsx", "branch", cover=register.cover, rows=register.rows)
    return folder / "支部.xlsx"


def committee_file(folder: Path, members: int) -> Path:
    """A committee of so many members, merged."""
    committee = demo_committee(as_of=AS_OF, members=members, faulty=False)
    given = {each.file: (each.register.branch.code, each.register.rows) for each in committee.submissions}
    rows: dict[str, list[Values]] = {"organisation_directory": committee.directory, **merged(given)}
    file = folder / f"党委{members}.xlsx"
    write_workbook(file, "committee", cover=committee.cover, rows=rows)
    return file


def measure(title: str, file: Path, rounds: int) -> str:
    """The ratios for one file."""
    book = load_book(file)
    size = sum(len(table_.rows) for table_ in book.tables.values())
    ways = {
        "bare calamine read": lambda: bare_read(file),
        "load_book": lambda: load_book(file),
        "check, already loaded": lambda: check(fresh(book)),
        "  of it the schemas": lambda: schema_hits(fresh(book)),
        "  of it the facts": lambda: person_facts(book, policy_of(book), AS_OF),
        "load and check": lambda: check(fresh(load_book(file))),
    }
    return table(f"{title}: {len(book['member_roster'].rows)} members, {size} rows", ratios(ways, rounds))


def fresh(book: Book) -> Case:
    """A case nothing has been worked out for yet."""
    return Case(book, policy_of(book), AS_OF)


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print(measure("branch", branch_file(folder), rounds * 4), flush=True)
        print(measure("committee", committee_file(folder, 5000), rounds), flush=True)
        print(measure("merged", committee_file(folder, 7400), rounds), flush=True)


if __name__ == "__main__":
    main()
