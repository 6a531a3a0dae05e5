"""Logs whose lines hold the SHA-256 of the line before, so that a changed or missing line shows."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from addin.hosts.append_only import append_line, in_turn

START = "0" * 64


def link_of(line: str) -> str:
    """What the next line holds of this one."""
    return sha256(line.encode("utf-8")).hexdigest()


def linked(entry: Mapping[str, object], link: str) -> str:
    """An entry as a line that follows from the one with this link."""
    return json.dumps({**entry, "before": link}, ensure_ascii=False)


def first_break(lines: Iterable[str], link: str = START) -> int:
    """The number of the first line, from 1, that does not follow from the one before; 0 while every line does.

    ``link`` is what the first line must hold, "" when earlier ones may be gone.
    """
    for number, line in enumerate(lines, 1):
        entry = _parsed(line)
        # What a power cut left of a line is no entry; the next one still follows from it.
        if entry is not None and link and entry.get("before") != link:
            return number
        link = link_of(line)
    return 0


def append_linked(log: Path, entry: Mapping[str, object]) -> None:
    """Add an entry to a log of one file. Raises OSError; then the log is as it was."""
    with in_turn(log.with_suffix(".lock")):
        lines = lines_of(log)
        append_line(log, linked(entry, link_of(lines[-1]) if lines else START))


def lines_of(log: Path) -> list[str]:
    """The lines of a log, none when there is none yet."""
    return log.read_text(encoding="utf-8").splitlines() if log.is_file() else []


def _parsed(line: str) -> Mapping[str, object] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
