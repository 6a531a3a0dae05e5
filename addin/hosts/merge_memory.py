"""Remembers from merge to merge what files hold and how they were judged, so that only new and changed ones are read.

It is never believed when anything it rests on has changed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from addin.hosts.merge_store import MergeStore, merge_store
from addin.hosts.packed_values import packed, submission_from, unpacked_told
from addin.hosts.snapshots import is_locked
from addin.merging.judged import Judged, judged_of_text
from addin.merging.previous import Previous
from addin.merging.told_by_files import rebuilt, told_by_files
from addin.submissions import Submission
from validators.policy import Policy


class MergeMemory:
    """What is remembered beside one committee workbook.

    Where snapshots are under a password (not ``keeps_contents``), nothing is kept that names a person.
    """

    def __init__(self, store: MergeStore, *, keeps_contents: bool = True) -> None:
        self._store = store
        self._keeps_contents = keeps_contents
        self._unpacked: dict[str, Submission | None] = {}
        self._in_use: set[str] = set()
        self._in_workbook: frozenset[str] = frozenset()

    def judged(self, keys: Iterable[str]) -> Mapping[str, Judged]:
        """The outcomes known under these keys."""
        found = {}
        for key in keys:
            try:
                found[key] = judged_of_text(self._store.outcome(key))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
        return found

    def keep_judged(self, outcomes: Mapping[str, Judged]) -> None:
        """Remember these outcomes."""
        self._store.keep_outcomes({key: outcome.as_text() for key, outcome in outcomes.items()})

    def submission(self, fingerprint: str, name: str) -> Submission | None:
        """What a file holds, as it was read once; None when that is not known."""
        key = content_key(fingerprint, name)
        self._in_use.add(key)
        return self._unpacked_under(key)

    def _unpacked_under(self, key: str) -> Submission | None:
        if key not in self._unpacked:
            self._unpacked[key] = submission_from(*self._store.content(key))
        return self._unpacked[key]

    def keep_contents(self, contents: Mapping[tuple[str, str], tuple[bytes, bytes]]) -> None:
        """Remember what files, by fingerprint and name, hold and how their rows are drawn."""
        if self._keeps_contents:
            keys = {content_key(*file): content for file, content in contents.items()}
            self._store.keep_contents(keys)
            self._in_use |= keys.keys()

    def workbook(self, path: Path) -> Previous | None:
        """What the committee workbook held when it was last written; None when it has changed since."""
        told = unpacked_told(self._store.workbook(workbook_key(path)))
        if told is None:
            return None
        self._in_workbook = frozenset(told.files)
        return rebuilt(told, {key: self._unpacked_under(key) for key in told.files})

    def keep_workbook(self, path: Path, holds: Previous, accepted: Iterable[Submission]) -> None:
        """Remember what the committee workbook holds now; rows of accepted files stay where they lie already."""
        if not self._keeps_contents:
            return
        known = self._store.contents()
        lie_there = {key: one for one in accepted if (key := content_key(one.fingerprint, one.file)) in known}
        told = told_by_files(holds, lie_there)
        self._store.keep_workbook(workbook_key(path), packed(told))
        self._in_workbook = frozenset(told.files)

    def forget_the_rest(self) -> None:
        """Forget what files held that were neither handed in this time nor are in the committee workbook."""
        self._store.forget_contents_but(self._in_use | self._in_workbook)


@contextmanager
def merge_memory(workbook: Path) -> Iterator[MergeMemory]:
    """The memory beside a committee workbook."""
    with merge_store(workbook) as store:
        yield MergeMemory(store, keeps_contents=not is_locked(workbook))


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
