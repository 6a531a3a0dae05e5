"""docs/安全承诺.md names for each promise the tests that prove it, and for each trap a made file: all of them exist."""

import ast
import re
from pathlib import Path

import pytest

from tests.hostile_kinds import FILES
from tests.hostile_packages import BYTES, PARTS
from tests.odd_workbooks import CELLS, PACKAGES

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "安全承诺.md").read_text(encoding="utf-8")
PROMISES, LIMITS, TRAPS = (part for part in PAGE.split("\n## ")[1:])
LINES = [line.strip("|").split("|") for line in PROMISES.splitlines() if re.match(r"\| \d+\.", line)]


def functions(module: str) -> set[str]:
    tree = ast.parse((TESTS / f"{module}.py").read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_all_twelve_promises_are_listed() -> None:
    assert [int(promise.strip().split(".")[0]) for promise, _ in LINES] == list(range(1, 13))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0].strip()[:12])
def test_every_promise_is_proved_by_tests_that_exist(line: list[str]) -> None:
    named = re.findall(r"`(\w+)::(\w+)`", line[1])
    assert named
    assert [name for module, name in named if name not in functions(module)] == []


@pytest.mark.parametrize("part", [LIMITS, TRAPS], ids=["limits", "traps"])
def test_every_example_is_a_file_that_is_made(part: str) -> None:
    known = {Path(name).stem for name in (*FILES, *BYTES, *PARTS)} | set(CELLS) | set(PACKAGES)
    rows = [line.strip("|").split("|")[1].split() for line in part.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 5
    assert [name for row in rows for name in row if name not in known] == []
