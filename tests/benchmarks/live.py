"""Click to result in LibreOffice, whole process, against starting Python with xlwings and connecting.

Run it from the project's folder: ``python -m tests.benchmarks.live [--rounds N] [--committee]``. Time on the clock is
what a clerk waits; processor time, of our process and of the office, is what does not change with a busy machine.
It prints ratios and asserts nothing about them.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from addin.demo.ledger import Values
from addin.demo.population import clean_population
from addin.hosts.workbook_writer import write_workbook
from addin.oxt import extension_bytes
from tests.benchmarks.check import AS_OF, committee_file
from tests.office import Running, running_office, unopkg

BARE = "import xlwings\nfrom addin.calc.bridge import connect\nconnect('{where}')"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock, and of processors."""

    clock: float
    work: float


def branch_file(folder: Path, *, faulty: bool) -> Path:
    """A branch of 62 members; a faulty one has five mistakes each."""
    register = clean_population(members=62, as_of=AS_OF)
    rows: dict[str, list[Values]] = {key: [dict(row) for row in lines] for key, lines in register.rows.items()}
    for row in rows["member_roster"] if faulty else ():
        row.update(ethnicity=None, education="不知道", joined_on=None, mobile="12", sex=None)
    target = folder / ("faulty.xlsx" if faulty else "branch.xlsx")
    write_workbook(target, "branch", cover=register.cover, rows=rows)
    return target


def spent(pid: int) -> float:
    """Processor seconds of a process that is running, or has ended and is not yet asked for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def office_spent(running: Running) -> float:
    """Processor seconds of all processes of the office."""
    told = subprocess.run(["pgrep", "-g", str(running.process.pid)], capture_output=True, text=True, check=True)
    total = 0.0
    for pid in told.stdout.split():
        with suppress(FileNotFoundError):  # a helper that has ended meanwhile
            total += spent(int(pid))
    return total


def pressed(running: Running, document: Any, key: str) -> Taken:
    """One press until its message would show."""
    words = [key, "--pipe", running.where.removeprefix("pipe,name="), "--document", document.RuntimeUID]
    return _timed(running, ["-m", "addin.calc.runner", *words])


def bare(running: Running) -> Taken:
    """Python, xlwings and the connection alone."""
    return _timed(running, ["-c", BARE.format(where=running.where) + "\nimport sys\nprint(file=sys.stderr)"])


def _timed(running: Running, words: Sequence[str]) -> Taken:
    before, begun = office_spent(running), time.perf_counter()
    command = [sys.executable, "-X", "utf8", *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        process.stderr.readline()
        clock = time.perf_counter() - begun
        work = spent(process.pid) + office_spent(running) - before
        process.kill()
    return Taken(clock, work)


@contextmanager
def opened(file: Path, folder: Path) -> Iterator[tuple[Running, Any]]:
    """The file in an office of its own, with the extension."""
    profile, extension = folder / f"profile-{file.stem}", folder / "taizhang.oxt"
    extension.write_bytes(extension_bytes())
    added = unopkg(profile, "add", "--suppress-license", str(extension))
    assert added.returncode == 0, added.stderr
    with running_office(profile) as running:
        yield running, running.office.desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, ())


def measure(title: str, file: Path, folder: Path, rounds: int) -> None:
    """The first press and the median of the ones after it, each as a ratio to the bare start of the same round."""
    with opened(file, folder) as (running, document):
        bare(running)
        for key in ("check", "lost"):
            ratios = []
            for _ in range(rounds + 1):
                base, press = bare(running), pressed(running, document, key)
                ratios.append((press.clock / base.clock, press.work / base.work))
            later = [median(column) for column in zip(*ratios[1:], strict=True)]
            first = ratios[0]
            print(
                f"{title:<24} {key:<6} first {first[0]:5.1f} x clock {first[1]:5.1f} x work,"
                f" then {later[0]:5.1f} x clock {later[1]:5.1f} x work",
                flush=True,
            )


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--committee", action="store_true", help="also 5,000 members")
    args = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        measure("branch, nothing wrong", branch_file(folder, faulty=False), folder, args.rounds)
        measure("branch, 300 marks", branch_file(folder, faulty=True), folder, args.rounds)
        if args.committee:
            file = committee_file(folder, 5000).rename(folder / "committee.xlsx")
            measure("committee, 5,000 members", file, folder, args.rounds)


if __name__ == "__main__":
    main()
