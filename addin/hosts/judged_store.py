"""Remembers from merge to merge how files were judged, so that only new and changed ones are checked again.

One SQLite file in the tool's own folder beside the committee workbook. It holds no person's data, may be deleted at any
time, and is never believed when anything the judgement rests on has changed.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from addin.hosts.own_folder import make_own_folder
from addin.merging.judged import Judged, judged_of_text
from validators.policy import Policy

NAME = "合并记忆.sqlite"
MOST_KEPT = 20_000
_TABLE = "CREATE TABLE IF NOT EXISTS judged (key TEXT PRIMARY KEY, outcome TEXT NOT NULL, turn INTEGER NOT NULL)"


class JudgedStore:
    """Outcomes by key. A store that cannot be read or written is an empty one: nothing ever fails for it."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection
        last = self._first("SELECT max(turn) FROM judged")
        self._turn = 1 + (last if isinstance(last, int) else 0)

    def get(self, keys: Iterable[str]) -> Mapping[str, Judged]:
        """What is known under these keys."""
        found = {}
        for key in keys:
            text = self._first("SELECT outcome FROM judged WHERE key = ?", key)
            if isinstance(text, str):
                try:
                    found[key] = judged_of_text(text)
                except (ValueError, KeyError, TypeError, AttributeError):
                    continue
        return found

    def put(self, outcomes: Mapping[str, Judged]) -> None:
        """Remember these and forget the longest unused when there are too many."""
        if self._connection is None:
            return
        rows = [(key, outcome.as_text(), self._turn) for key, outcome in outcomes.items()]
        try:
            with self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO judged VALUES (?, ?, ?)", rows)
                self._connection.execute(
                    "DELETE FROM judged WHERE key NOT IN (SELECT key FROM judged ORDER BY turn DESC LIMIT ?)",
                    (MOST_KEPT,),
                )
        except sqlite3.Error:
            return

    def _first(self, query: str, *values: str) -> object:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(query, values).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None


@contextmanager
def judged_store(workbook: Path) -> Iterator[JudgedStore]:
    """The store beside a committee workbook; a damaged file is replaced by an empty one."""
    path = make_own_folder(workbook) / NAME
    connection = _opened(path)
    if connection is None:
        path.unlink(missing_ok=True)
        connection = _opened(path)
    if connection is None:
        yield JudgedStore(None)
        return
    with closing(connection):
        yield JudgedStore(connection)


def _opened(path: Path) -> sqlite3.Connection | None:
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=1)
        connection.execute(_TABLE)
        connection.execute("SELECT key, outcome, turn FROM judged LIMIT 1")
    except sqlite3.Error:
        if connection is not None:
            connection.close()
        return None
    return connection


def key_of(fingerprint: str, name: str, policy: Policy, as_of: date) -> str:
    """What a judgement rests on: the file's content, the policy's values, the 基准日 and the tool itself.

    The file's name is among it because some findings of a workbook name it.
    """
    parts = (fingerprint, name, policy.fingerprint, as_of.isoformat(), tool_print())
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


@cache
def tool_print() -> str:
    """A value that changes with any rule, list, threshold or line of this tool."""
    digest = hashlib.sha256()
    for package in ("validators", "addin"):
        for path, entry in sorted(_sources(files(package), package)):
            digest.update(path.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        inner = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _sources(entry, inner)
        elif entry.name.endswith((".py", ".json")):
            yield inner, entry
