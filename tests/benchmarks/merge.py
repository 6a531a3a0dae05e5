"""Merging against a bare single-process calamine read of the same files, in the same run.

Run it from the project's folder: ``python tests/benchmarks/merge.py [--files N] [--members N] [--rounds N]``. It prints
ratios and asserts nothing about them. The first merge, merging again unchanged, and one changed file among the others.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from python_calamine import CalamineWorkbook

from addin.demo.population import PLAIN_BRANCH, made_up
from addin.demo.stories import shares
from addin.hosts.workbook_writer import write_workbook

AS_OF = date(2026, 11, 24)
MERGES = ("first", "again", "one changed")
ROOT = Path(__file__).resolve().parents[2]


def write_branch(folder: Path, number: int, members: int) -> None:
    """One branch of made-up people."""
    branch = replace(PLAIN_BRANCH, code=f"0379901{number:05d}", name=f"示例第{number}党支部")
    made = made_up(branch, shares(members, every=False), as_of=AS_OF, seed=number)
    write_workbook(folder / f"{branch.code}_{branch.name}_2026Q4.xlsx", "branch", cover=made.cover, rows=made.rows)


def bare_read(folder: Path) -> None:
    """Every sheet of every file to Python rows, one after the other, and nothing else."""
    for file in sorted(folder.iterdir()):
        workbook = CalamineWorkbook.from_path(str(file))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: wall seconds, CPU seconds of all its processes, peak bytes of the largest of them."""

    wall: float
    cpu: float
    memory: int = 0


def cost_of_bare_read(folder: Path) -> Cost:
    """In this process."""
    started, used = time.perf_counter(), time.process_time()
    bare_read(folder)
    return Cost(time.perf_counter() - started, time.process_time() - used)


def cost_of_merge(folder: Path, target: Path) -> Cost:
    """The command as a clerk runs it, in a process of its own."""
    words = [sys.executable, "-X", "utf8", "-m", "addin", "merge", str(folder), "--into", str(target)]
    started = time.perf_counter()
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"the merge ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def main() -> None:
    """Make the files, measure in turn, print ratios with the median they rest on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=250)
    parser.add_argument("--members", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with TemporaryDirectory() as scratch:
        inbox, target = Path(scratch) / "报送", Path(scratch) / "党委汇总.xlsx"
        inbox.mkdir()
        with ProcessPoolExecutor() as helpers:
            for made in [helpers.submit(write_branch, inbox, n, args.members) for n in range(1, args.files + 1)]:
                made.result()
        costs: dict[str, list[Cost]] = {name: [] for name in ("bare", *MERGES)}
        for turn in range(args.rounds):
            shutil.rmtree(target.parent / ".taizhang", ignore_errors=True)
            target.unlink(missing_ok=True)
            costs["bare"].append(cost_of_bare_read(inbox))
            costs["first"].append(cost_of_merge(inbox, target))
            costs["again"].append(cost_of_merge(inbox, target))
            write_branch(inbox, 1, args.members + turn + 1)
            costs["one changed"].append(cost_of_merge(inbox, target))
        bare = costs["bare"]
        print(f"{args.files} files of {args.members} members; bare calamine read of them {median(bare):.2f} s")
        for name in MERGES:
            walls = statistics.median(got.wall / base.wall for got, base in zip(costs[name], bare, strict=True))
            cpus = statistics.median(got.cpu / base.cpu for got, base in zip(costs[name], bare, strict=True))
            memory = max(got.memory for got in costs[name]) >> 20
            print(f"  merge, {name}: {walls:.2f} x the time, {cpus:.2f} x the CPU time, at most {memory} MiB a process")


def median(costs: Sequence[Cost]) -> float:
    """Wall seconds."""
    return statistics.median(cost.wall for cost in costs)


if __name__ == "__main__":
    main()
