"""Data travels one way: validators know no addin, pure addin modules know no host, only the edge knows the clock."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
EDGES = (
    "addin/actions/",
    "addin/hosts/",
    "addin/calc/",
    "addin/live/",
    "addin/cli.py",
    "addin/desktop.py",
    "addin/loading.py",
    "addin/build.py",
    "addin/demo/",
    "addin/installing/",
    "addin/desk_log.py",
    "addin/desktop.py",
)


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_validators_never_import_addin() -> None:
    guilty = [
        str(path)
        for path in (ROOT / "validators").rglob("*.py")
        if any(name.split(".")[0] == "addin" for name in imports(path))
    ]
    assert guilty == []


def test_only_edges_import_hosts() -> None:
    guilty = []
    for path in (ROOT / "addin").rglob("*.py"):
        place = path.relative_to(ROOT).as_posix()
        if not place.startswith(EDGES) and any(name.startswith("addin.hosts") for name in imports(path)):
            guilty.append(place)
    assert guilty == []


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("validators/x.py", "import openpyxl"),
        ("validators/x.py", "import xlwings"),
        ("validators/rules/x.py", "import python_calamine"),
        ("addin/x.py", "import xlsxwriter"),
        ("addin/actions/x.py", "import uno"),
        ("addin/x.py", "from datetime import date\n\nprint(date.today())"),
        ("validators/x.py", "from datetime import datetime\n\nprint(datetime.now())"),
    ],
)
def test_the_linter_refuses_the_wrong_direction(place: str, line: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise", "--stdin-filename", place, "-"],
        input=f'"""Probe."""\n\n{line}\n',
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert "TID251" in done.stdout, done.stdout


def test_the_hosts_may_import_spreadsheet_libraries() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--output-format=concise", "--stdin-filename", "addin/hosts/x.py", "-"],
        input='"""Probe."""\n\nimport openpyxl\n\nprint(openpyxl)\n',
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_modules_stay_small() -> None:
    long = [
        str(path.relative_to(ROOT))
        for folder in ("addin", "validators")
        for path in (ROOT / folder).rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []
