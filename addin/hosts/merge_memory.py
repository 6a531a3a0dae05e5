"""Remembers from merge to merge what files hold and how they were judged, so that only new and changed ones are read.

One SQLite file in the tool's own folder beside the committee workbook. It holds nothing the workbook and the files
handed in do not hold, may be deleted at any time, and is never believed when anything it rests on has changed.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from addin.hosts.own_folder import make_own_folder, own_folder
from addin.hosts.snapshots import is_locked
from addin.merging.judged import Judged, judged_of_text
from validators.policy import Policy

NAME = "合并记忆.sqlite"
MOST_KEPT = 20_000
_PRIVATE = 0o600
_TABLES = (
    "CREATE TABLE IF NOT EXISTS judged (key TEXT PRIMARY KEY, outcome TEXT NOT NULL, turn INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS contents (key TEXT PRIMARY KEY, content BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS workbook (key TEXT PRIMARY KEY, content BLOB NOT NULL)",
)


class MergeMemory:
    """Outcomes and contents by key. One that cannot be read or written is empty: nothing ever fails for it.

    Where snapshots are under a password (not ``keeps_contents``), nothing is kept that names a person.
    """

    def __init__(self, connection: sqlite3.Connection | None, *, keeps_contents: bool = True) -> None:
        self._connection = connection
        self._keeps_contents = keeps_contents
        last = self._first("SELECT max(turn) FROM judged")
        self._turn = 1 + (last if isinstance(last, int) else 0)

    def judged(self, keys: Iterable[str]) -> Mapping[str, Judged]:
        """The outcomes known under these keys."""
        found = {}
        for key in keys:
            text = self._first("SELECT outcome FROM judged WHERE key = ?", key)
            if isinstance(text, str):
                try:
                    found[key] = judged_of_text(text)
                except (ValueError, KeyError, TypeError, AttributeError):
                    continue
        return found

    def content(self, key: str) -> bytes:
        """What was kept under a key, empty when nothing was."""
        data = self._first("SELECT content FROM contents WHERE key = ?", key)
        return data if isinstance(data, bytes) else b""

    def keep_judged(self, outcomes: Mapping[str, Judged]) -> None:
        """Remember these outcomes and forget the longest unused when there are too many."""
        rows = [(key, outcome.as_text(), self._turn) for key, outcome in outcomes.items()]
        self._run("INSERT OR REPLACE INTO judged VALUES (?, ?, ?)", rows)
        self._run(
            "DELETE FROM judged WHERE key NOT IN (SELECT key FROM judged ORDER BY turn DESC LIMIT ?)", [(MOST_KEPT,)]
        )

    def keep_contents(self, contents: Mapping[str, bytes], still: Iterable[str]) -> None:
        """Remember these contents and forget all but these and those under the keys ``still`` in use."""
        if not self._keeps_contents:
            return
        kept = {*contents, *still}
        every = self._all("SELECT key FROM contents")
        self._run("DELETE FROM contents WHERE key = ?", [(key,) for key in every if key not in kept])
        self._run("INSERT OR REPLACE INTO contents VALUES (?, ?)", list(contents.items()))

    def workbook(self, key: str) -> bytes:
        """What the committee workbook held when it was last written, empty when that was under another key."""
        data = self._first("SELECT content FROM workbook WHERE key = ?", key)
        return data if isinstance(data, bytes) else b""

    def keep_workbook(self, key: str, content: bytes) -> None:
        """Remember what the committee workbook holds now."""
        if not self._keeps_contents:
            return
        self._run("DELETE FROM workbook", [()])
        self._run("INSERT INTO workbook VALUES (?, ?)", [(key, content)])

    def _run(self, command: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._connection is None:
            return
        try:
            with self._connection:
                self._connection.executemany(command, rows)
        except sqlite3.Error:
            return

    def _all(self, query: str) -> list[str]:
        if self._connection is None:
            return []
        try:
            return [str(row[0]) for row in self._connection.execute(query)]
        except sqlite3.Error:
            return []

    def _first(self, query: str, *values: str) -> object:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(query, values).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None


@contextmanager
def merge_memory(workbook: Path) -> Iterator[MergeMemory]:
    """The memory beside a committee workbook; a damaged file is replaced by an empty one."""
    path = make_own_folder(workbook) / NAME
    connection = _opened(path)
    if connection is None:
        path.unlink(missing_ok=True)
        connection = _opened(path)
    if connection is None:
        yield MergeMemory(None)
        return
    with closing(connection):
        yield MergeMemory(connection, keeps_contents=not is_locked(workbook))


def forget_memory(workbook: Path) -> None:
    """Delete what is remembered beside a committee workbook."""
    (own_folder(workbook) / NAME).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection | None:
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=1)
        path.chmod(_PRIVATE)
        for table in _TABLES:
            connection.execute(table)
        connection.execute("SELECT key, outcome, turn FROM judged LIMIT 1")
        connection.execute("SELECT key, content FROM contents LIMIT 1")
        connection.execute("SELECT key, content FROM workbook LIMIT 1")
    except (sqlite3.Error, OSError):
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


def content_key(fingerprint: str, name: str) -> str:
    """What a content rests on: the file, its name (rows say where they come from) and the tool that read it."""
    return hashlib.sha256("|".join((fingerprint, name, tool_print())).encode()).hexdigest()


def workbook_key(path: Path) -> str:
    """What is remembered of the committee workbook itself rests on its bytes and on the tool."""
    with path.open("rb") as stream:
        fingerprint = hashlib.file_digest(stream, "sha256").hexdigest()
    return hashlib.sha256("|".join((fingerprint, tool_print())).encode()).hexdigest()


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
