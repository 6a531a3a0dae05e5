"""All official tables of a committee against a bare read of its workbook, in one run: processor and wall time.

Run it from the project's folder: ``python -m tests.benchmarks.forms [--members N] [--branches N] [--cards]``. It prints
ratios and asserts nothing about them. ``--cards`` adds the forms with a page for each person that the command leaves
out of so large a committee.
"""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TypeVar

from addin.actions.common import policy_of
from addin.actions.forms import pages_beyond
from addin.demo.ledger import Branch, Values
from addin.demo.population import clean_population
from addin.forms.card_sheet import lay_out_cards
from addin.forms.cross_checks import cross_check, load_cross_checks
from addin.forms.evidence import evidence_lines, failed_lines
from addin.forms.filled import FilledForm
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from addin.forms.spec import Form
from addin.forms.table_sheet import lay_out_table
from addin.hosts.form_writer import write_form
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from tests.benchmarks.ratios import bare_read
from validators.case_facts import facts
from validators.collecting import collecting_paused
from validators.rule import Case

AS_OF = date(2026, 11, 24)
MADE = "2026-11-24 08:00"
CATEGORIES = ("农村", "街道社区", "党政机关", "非公有制企业", "国有企业", "学校")

Result = TypeVar("Result")


class Times:
    """Processor and wall seconds by what they were spent on."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, float]] = {}

    def __call__(self, what: str, way: Callable[[], Result]) -> Result:
        """Do it and add its time."""
        processor, wall = process_time(), perf_counter()
        result = way()
        before = self.spent.get(what, (0.0, 0.0))
        self.spent[what] = (before[0] + process_time() - processor, before[1] + perf_counter() - wall)
        return result

    def lines(self, first: str) -> list[str]:
        """Each as ratios to the first."""
        base = self.spent[first]
        return [
            f"  {what:<28} {spent[0] / base[0]:6.2f} x processor  {spent[1] / base[1]:6.2f} x wall  ({spent[0]:.2f} s)"
            for what, spent in self.spent.items()
        ]


def committee_file(folder: Path, members: int, branches: int) -> Path:
    """A committee of so many members in so many branches, with all its registers and directory."""
    rows: dict[str, list[Values]] = {"organisation_directory": []}
    cover: Values = {}
    for number in range(1, branches + 1):
        code, name = f"0379901{number:05d}", f"第{number}党支部"
        branch = Branch(code, name, CATEGORIES[number % len(CATEGORIES)], "379901", "037990100000", "中共云溪镇委员会")
        made = clean_population(members=members // branches, as_of=AS_OF, seed=number, branch=branch)
        cover = {**made.cover, "organisation_code": "037990100000", "organisation_name": "中共云溪镇委员会"}
        known = {"organisation_code": code, "organisation_name": name, "organisation_category": branch.category}
        rows["organisation_directory"].append({**known, "organisation_level": "党支部", "is_expected": "是"})
        for register, given in made.rows.items():
            place = {"source_organisation": code, "source_file": f"{code}.xlsx", "source_row": 4}
            rows.setdefault(register, []).extend({**place, **row} for row in given)
    file = folder / "党委汇总.xlsx"
    write_workbook(file, "committee", cover=cover, rows=rows)
    return file


def measure(file: Path, folder: Path, *, cards: bool) -> str:
    """Read, compute and write, each timed; the whole of making the forms is the last line but two."""
    times = Times()
    times("bare calamine read", lambda: bare_read(file))
    book = times("the project's reading", lambda: load_book(file))
    rows = sum(len(table.rows) for table in book.tables.values())
    judge = Judge(Case(book, policy_of(book), AS_OF))
    with collecting_paused():
        whole = Times()
        names = whole("all", lambda: make_all(judge, folder, times, cards=cards))
    times.spent["all forms"] = whole.spent["all"]
    size = sum(path.stat().st_size for path in folder.glob("*.xlsx")) / 1e6
    title = f"{len(book['member_roster'].rows)} members, {rows} rows; {len(names)} forms, {size:.0f} MB"
    by_reading = times.spent["all forms"][0] / times.spent["the project's reading"][0]
    return "\n".join(
        [title, *times.lines("bare calamine read"), f"  all forms / the project's reading: {by_reading:.2f}"]
    )


def make_all(judge: Judge, folder: Path, times: Times, *, cards: bool) -> list[str]:
    """Every form of a committee, as the command makes them. The names."""
    times("facts", lambda: facts(judge.case))
    wanted = [form for form in load_forms().values() if "committee" in form.levels]
    beyond = pages_beyond(judge, wanted)
    made = [one_form(judge, form, folder, times) for form in wanted if cards or form.name not in beyond]
    times("cross checks", lambda: cross_check(load_cross_checks(), made, judge))
    return [one.form.name for one in made]


def one_form(judge: Judge, form: Form, folder: Path, times: Times) -> FilledForm:
    """One form, its steps timed apart."""
    kind = "cards" if form.kind == "card" else "rolls" if form.kind == "list" else "tables"
    filled = times(f"{kind}: compute", lambda: fill_form(form, judge.case, judge))
    lay_out = lay_out_cards if form.kind == "card" else lay_out_table
    printed = times(f"{kind}: lay out", lambda: lay_out(filled, judge.case, MADE))
    lines = times(f"{kind}: ways back", lambda: list(evidence_lines(printed, judge.case, judge)))
    path = folder / f"{form.name}.xlsx"
    times(f"{kind}: write", lambda: write_form(path, printed, lines, failed_lines(printed)))
    return filled


def main() -> None:
    """Make the workbook, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=60_000)
    parser.add_argument("--branches", type=int, default=600)
    parser.add_argument("--cards", action="store_true")
    args = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        file = committee_file(folder, args.members, args.branches)
        (folder / "forms").mkdir()
        print(measure(file, folder / "forms", cards=args.cards), flush=True)


if __name__ == "__main__":
    main()
