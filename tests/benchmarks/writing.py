"""Writing into a workbook against a bare read of it, and against a library that saves the whole workbook.

Run it from the project's folder: ``python tests/benchmarks/writing.py [--rounds N]``. It prints ratios and asserts
nothing about them.
"""

import argparse
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from addin.hosts.changing import changing
from addin.hosts.marks import clear_marks, put_marks
from addin.hosts.patching import put_results
from addin.issue_sheet import issue_rows
from addin.loading import load_book
from addin.marking import marks_of
from tests.benchmarks.check import branch_file, committee_file
from tests.benchmarks.ratios import bare_read, ratios, table
from validators.table import BookKind, Finding

AT = datetime(2026, 11, 24, 9, 30)


def findings(path: Path, every: int) -> list[Finding]:
    """A made-up finding on the birth date of every so many members."""
    roster = load_book(path)["member_roster"]
    place = roster.place
    return [
        Finding("R-FLD-BIRTH", "E", roster.sheet, *place(row, "birth_date"), "出生日期", "", "不一致", "请核对", "依据")
        for row in roster.rows[::every]
    ]


def measure(title: str, file: Path, kind: BookKind, every: int, rounds: int) -> str:
    """The ratios for one file; each way works on its own copy."""
    found = findings(file, every)
    rows = issue_rows(found, None)
    copy = Path(shutil.copy(file, file.with_stem(f"{file.stem}-写")))

    def write(*, marked: bool) -> Callable[[], None]:
        def run() -> None:
            with changing(copy, "校核", AT, kind=kind) as change:
                put_results(change.workbook, {"issue_list": rows}, kind, {})
                if marked:
                    clear_marks(change.workbook)
                    put_marks(change.workbook, marks_of(found))

        return run

    ways = {
        "bare calamine read": lambda: bare_read(file),
        "one result sheet, with snapshot and log": write(marked=False),
        "result sheet and renewed marks": write(marked=True),
        "openpyxl: load and save": lambda: openpyxl.load_workbook(copy).save(file.with_stem(f"{file.stem}-存")),
    }
    return table(f"{title}: {len(found)} findings", ratios(ways, rounds))


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print(measure("branch", branch_file(folder), "branch", 3, rounds * 2), flush=True)
        print(measure("committee", committee_file(folder, 5000), "committee", 10, rounds), flush=True)


if __name__ == "__main__":
    main()
