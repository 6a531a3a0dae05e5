"""The file beside the committee workbook in which a merge keeps things by key (SQLite).

It holds nothing the workbook and the files handed in do not hold, and may be deleted at any time.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from addin.hosts.own_folder import make_own_folder, own_folder

NAME = "合并记忆.sqlite"
MOST_KEPT = 20_000
_PRIVATE = 0o600
_TABLES = {
    "judged": "key TEXT PRIMARY KEY, outcome TEXT NOT NULL, turn INTEGER NOT NULL",
    "contents": "key TEXT PRIMARY KEY, content BLOB NOT NULL, drawn BLOB NOT NULL",
    "workbook": "key TEXT PRIMARY KEY, content BLOB NOT NULL",
}


class MergeStore:
    """Texts and bytes by key. One that cannot be read or written is empty: nothing ever fails for it."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection
        last = self._first("SELECT max(turn) FROM judged")
        self._turn = 1 + (last[0] if last and isinstance(last[0], int) else 0)

    def outcome(self, key: str) -> str:
        """How a file was judged, "" when that is not known."""
        found = self._first("SELECT outcome FROM judged WHERE key = ?", key)
        return found[0] if found and isinstance(found[0], str) else ""

    def keep_outcomes(self, outcomes: Mapping[str, str]) -> None:
        """Remember these and forget the longest unused when there are too many."""
        rows = [(key, outcome, self._turn) for key, outcome in outcomes.items()]
        self._run("INSERT OR REPLACE INTO judged VALUES (?, ?, ?)", rows)
        self._run(
            "DELETE FROM judged WHERE key NOT IN (SELECT key FROM judged ORDER BY turn DESC LIMIT ?)", [(MOST_KEPT,)]
        )

    def content(self, key: str) -> tuple[bytes, bytes]:
        """What a file held and how its rows were drawn, empty when that is not known."""
        found = self._first("SELECT content, drawn FROM contents WHERE key = ?", key)
        match found:
            case (bytes(content), bytes(drawn)):
                return content, drawn
        return b"", b""

    def contents(self) -> frozenset[str]:
        """Every key something is kept under."""
        return frozenset(str(row[0]) for row in self._all("SELECT key FROM contents"))

    def keep_contents(self, contents: Mapping[str, tuple[bytes, bytes]]) -> None:
        """Remember these."""
        rows = [(key, *content) for key, content in contents.items()]
        self._run("INSERT OR REPLACE INTO contents VALUES (?, ?, ?)", rows)

    def forget_contents_but(self, kept: Collection[str]) -> None:
        """Forget what is kept under any other key."""
        self._run("DELETE FROM contents WHERE key = ?", [(key,) for key in self.contents() if key not in kept])

    def workbook(self, key: str) -> bytes:
        """What the committee workbook held when it was last written, empty when that was under another key."""
        found = self._first("SELECT content FROM workbook WHERE key = ?", key)
        return found[0] if found and isinstance(found[0], bytes) else b""

    def keep_workbook(self, key: str, content: bytes) -> None:
        """Remember what the committee workbook holds now."""
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

    def _all(self, query: str) -> list[tuple[object, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query).fetchall()
        except sqlite3.Error:
            return []

    def _first(self, query: str, *values: str) -> tuple[object, ...] | None:
        if self._connection is None:
            return None
        try:
            row: tuple[object, ...] | None = self._connection.execute(query, values).fetchone()
        except sqlite3.Error:
            return None
        return row


@contextmanager
def merge_store(workbook: Path) -> Iterator[MergeStore]:
    """The store beside a committee workbook; a damaged file is replaced by an empty one."""
    path = make_own_folder(workbook) / NAME
    connection = _opened(path)
    if connection is None:
        path.unlink(missing_ok=True)
        connection = _opened(path)
    if connection is None:
        yield MergeStore(None)
        return
    with closing(connection):
        yield MergeStore(connection)


def forget_memory(workbook: Path) -> None:
    """Delete what is remembered beside a committee workbook."""
    (own_folder(workbook) / NAME).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection | None:
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=1)
        path.chmod(_PRIVATE)
        for table, columns in _TABLES.items():
            connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
            names = ", ".join(column.split()[0] for column in columns.split(", "))
            connection.execute(f"SELECT {names} FROM {table} LIMIT 1")
    except (sqlite3.Error, OSError):
        if connection is not None:
            connection.close()
        return None
    return connection
