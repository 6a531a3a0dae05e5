"""Runs xlwings' own tests against the Calc engine and compares them with the kept list of those that pass.

python -m tests.xlwings_suite FOLDER [--write]

FOLDER is the ``tests`` folder of xlwings' source, which is not kept here. Those tests also need numpy, pandas and pytz.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PASS_LIST = ROOT / "tests" / "calc_pass_list.json"
FILES = (
    "test_active",
    "test_book",
    "test_conversion",
    "test_names",
    "test_range",
    "test_sheet",
    "test_font",
    "test_table",
)

CONFTEST = """
import sys, tempfile
from pathlib import Path
import numpy, pandas, pytest
sys.path[:0] = [{root!r}, {aid!r}]
from addin.calc.app import App
from addin.calc.engine import register
from taizhang_office import running_office

def close_books(app):
    for book in app.books:
        book.close()

@pytest.fixture(scope="session", autouse=True)
def office():
    App.quit = App.kill = close_books  # one office serves all tests, which like to end theirs
    with tempfile.TemporaryDirectory() as profile, running_office(Path(profile)) as running:
        register(running.office, hidden=True)
        yield
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the counts, and say which tests of the list do not pass any more (exit code 1)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="keep this run as the new list")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        results = [result for name in FILES for result in run(args.folder, name, Path(scratch))]
    passed = sorted(name for name, outcome in results if outcome == "passed")
    print(f"{len(passed)} of {len(results)} tests pass")
    if args.write:
        PASS_LIST.write_text(json.dumps({"of": len(results), "passed": passed}, indent=1) + "\n", encoding="utf-8")
        return 0
    lost = sorted(set(json.loads(PASS_LIST.read_text(encoding="utf-8"))["passed"]) - set(passed))
    for name in lost:
        print(f"passes no more: {name}")
    return int(bool(lost))


def run(folder: Path, name: str, scratch: Path) -> list[tuple[str, str]]:
    """The outcome of each test of one file: passed, failed or skipped."""
    copy = scratch / "tests"
    if not copy.exists():
        shutil.copytree(folder, copy)
        aid = scratch / "aid"
        aid.mkdir()
        shutil.copy(ROOT / "tests" / "office.py", aid / "taizhang_office.py")
        (copy / "conftest.py").write_text(CONFTEST.format(root=str(ROOT), aid=str(aid)), encoding="utf-8")
        (copy / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    report = scratch / f"{name}.xml"
    command = [sys.executable, "-X", "utf8", "-m", "pytest", "-q", "-c", "tests/pytest.ini", "--rootdir=."]
    subprocess.run(
        [*command, f"--junitxml={report}", f"tests/{name}.py"],
        cwd=scratch,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(scratch), os.environ.get("PYTHONPATH", "")])},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    cases = ElementTree.parse(report).iter("testcase")
    return [(f"{case.get('classname')}.{case.get('name')}", outcome_of(case)) for case in cases]


def outcome_of(case: ElementTree.Element) -> str:
    """What a JUnit test case says happened."""
    children = {child.tag for child in case}
    if children & {"failure", "error"}:
        return "failed"
    return "skipped" if "skipped" in children else "passed"


if __name__ == "__main__":
    sys.exit(main())
