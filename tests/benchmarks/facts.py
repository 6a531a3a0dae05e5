"""How long facts, deadlines and lists take beside a bare read of the same workbook, at growing size.

Run ``python -m tests.benchmarks.facts``: ratios at 1x, 4x and 16x rows (does the time grow as the rows do?), then a
committee of 60,000 members with 150,000 rows of logs.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from addin.demo.ledger import Branch, Values
from addin.demo.population import clean_population
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from tests.benchmarks.ratios import bare_read, ratios, table
from validators.due import due_items
from validators.facts import person_facts
from validators.lost import lost_lists
from validators.policy import load_policy
from validators.table import Book

AS_OF = date(2026, 11, 24)
POLICY = load_policy("current_2024")
LOGS = ("contact_log", "life_dues_log", "search_log")
LEFT_OUT = ("annual_review", "campaign_check", "inflow")
"""Sheets no derived value rests on."""

_BRANCH = 250
_LARGEST, _LARGEST_LOGS = 60_000, 150_000


def committee(members: int, most_logs: int | None = None) -> tuple[Values, dict[str, list[Values]]]:
    """Cover and rows of a committee of made-up branches; ``most_logs`` cuts the logs to that many rows."""
    rows: dict[str, list[Values]] = {}
    cover: Values = {}
    for number in range(1, members // _BRANCH + 1):
        code = f"0379901{number:05d}"
        branch = Branch(code, f"第{number}党支部", "农村", "379901", "037990100000", "中共云溪镇委员会")
        made = clean_population(members=_BRANCH, as_of=AS_OF, seed=number, branch=branch)
        cover = {**made.cover, "organisation_code": "037990100000"}
        for register, given in made.rows.items():
            if register in LEFT_OUT:
                continue
            place = {"source_organisation": code, "source_file": f"{code}.xlsx", "source_row": 4}
            rows.setdefault(register, []).extend({**place, **row} for row in given)
    if most_logs is not None:
        _cut(rows, most_logs)
    return cover, rows


def _cut(rows: dict[str, list[Values]], wanted: int) -> None:
    """Keep so many rows of the logs, the same share of each, spread over all members."""
    have = sum(len(rows.get(register, ())) for register in LOGS)
    for register in LOGS:
        log = rows.get(register, [])
        keep = len(log) * wanted // have
        rows[register] = [
            row for number, row in enumerate(log) if number * keep // len(log) != (number + 1) * keep // len(log)
        ]


def measured(book: Book, file: Path, rounds: int) -> Mapping[str, float]:
    """Each way's time as a ratio to the bare read, all in one run."""
    facts = person_facts(book, POLICY, AS_OF)
    return ratios(
        {
            "bare read": lambda: bare_read(file),
            "load": lambda: load_book(file),
            "facts": lambda: person_facts(book, POLICY, AS_OF),
            "due 90": lambda: due_items(book, facts, POLICY, AS_OF, 90),
            "lost": lambda: lost_lists(book, facts, POLICY, AS_OF),
        },
        rounds,
    )


def run(folder: Path, members: int, most_logs: int | None = None, rounds: int = 3) -> None:
    """Write one committee, measure it and print the ratios."""
    cover, rows = committee(members, most_logs)
    file = folder / f"{members}.xlsx"
    write_workbook(file, "committee", cover=cover, rows=rows)
    logs = sum(len(rows.get(register, ())) for register in LOGS)
    print(table(f"{len(rows['member_roster'])} members, {logs} log rows", measured(load_book(file), file, rounds)))


def main() -> None:
    """The three sizes and the large committee."""
    with TemporaryDirectory() as folder:
        for times in (1, 4, 16):
            run(Path(folder), 500 * times)
        run(Path(folder), _LARGEST, _LARGEST_LOGS, rounds=1)


if __name__ == "__main__":
    main()
