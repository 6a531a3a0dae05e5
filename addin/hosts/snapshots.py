"""Snapshots of a workbook: one before every change, kept beside it, each with time, operation and fingerprint."""

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

from addin.hosts.atomic import atomic_path, refuse_read_only
from addin.hosts.chain import append_linked, first_break, lines_of
from addin.hosts.own_folder import make_own_folder, own_folder
from addin.problem import CannotUse

MOST_KEPT = 20
FOLDER = "快照"
OPERATIONS = "操作链.jsonl"
"""Beside the snapshots: every operation with what the workbook was before and after, each line linked to the last."""

CLOSED = ".locked"
"""Ending of the name of a snapshot under a password."""

_INDEX = "时间线.json"
_UNFIT = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The workbook as it was before an operation. ``after`` is the fingerprint the operation left, once it ended."""

    at: str
    operation: str
    file: str
    sha256: str
    after: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether only a password opens it."""
        return self.file.endswith(CLOSED)


@dataclass(frozen=True, slots=True)
class _Index:
    """What is in the folder: the snapshots, and the lock new ones are closed with ({}: none)."""

    entries: tuple[Snapshot, ...] = ()
    lock: dict[str, str] = field(default_factory=dict)


def timeline(path: Path) -> tuple[Snapshot, ...]:
    """The snapshots of a workbook, the latest first; those whose file is gone are left out."""
    return _index(path).entries


def is_locked(path: Path) -> bool:
    """Whether snapshots of this workbook are closed with a password."""
    return bool(_index(path).lock)


def keep(path: Path, operation: str, at: datetime) -> Snapshot:
    """Keep the workbook as it is now, before ``operation``. Raises OSError when it is read-only or there is no room."""
    refuse_read_only(path)
    data = path.read_bytes()
    index = _index(path)
    make_own_folder(path)
    folder = _folder(path)
    _remove_open(folder, index)
    stamp = f"{path.stem}_{at:%Y%m%d_%H%M%S}_{_UNFIT.sub('', operation)}"
    ending = path.suffix + (CLOSED if index.lock else "")
    name, number = f"{stamp}{ending}", 1
    while (folder / name).exists():
        number += 1
        name = f"{stamp}_{number}{ending}"
    with atomic_path(folder / name, like=path) as fresh:
        fresh.write_bytes(_locks().closed(data, _locks().Lock(**index.lock)) if index.lock else data)
    snapshot = Snapshot(f"{at:%Y-%m-%d %H:%M:%S}", operation, name, fingerprint(data))
    try:
        _write_index(path, replace(index, entries=(snapshot, *index.entries)))
    except BaseException:
        (folder / name).unlink(missing_ok=True)
        raise
    return snapshot


def confirm(path: Path, snapshot: Snapshot) -> None:
    """Note what the workbook became through the operation, so that later edits by hand are seen, and drop the oldest.

    The operation is done: where there is no room for the note, nothing is told of it.
    """
    index = _index(path)
    done = replace(snapshot, after=fingerprint(path.read_bytes()))
    with contextlib.suppress(OSError):
        append_linked(own_folder(path) / OPERATIONS, {"workbook": path.name, **asdict(done)})
    entries = tuple(done if entry.file == snapshot.file else entry for entry in index.entries)
    with contextlib.suppress(OSError):
        _write_index(path, replace(index, entries=entries[:MOST_KEPT]))
        for old in entries[MOST_KEPT:]:
            (_folder(path) / old.file).unlink(missing_ok=True)


def forget(path: Path, snapshot: Snapshot) -> None:
    """Drop the snapshot of an operation that did not take place; on a full disk its file alone, which frees room."""
    (_folder(path) / snapshot.file).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        index = _index(path)
        left = tuple(entry for entry in index.entries if entry.file != snapshot.file)
        if left or index.lock:
            _write_index(path, replace(index, entries=left))
        else:
            (_folder(path) / _INDEX).unlink(missing_ok=True)


@contextmanager
def kept(path: Path, operation: str, at: datetime) -> Iterator[Snapshot | None]:
    """Keep the file at ``path``, if there is one, while the block writes another in its place.

    When the block fails there is no snapshot either. Raises OSError when there is no room.
    """
    snapshot = keep(path, operation, at) if path.exists() else None
    try:
        yield snapshot
    except BaseException:
        if snapshot is not None:
            forget(path, snapshot)
        raise
    if snapshot is not None:
        confirm(path, snapshot)


def broken_operation(path: Path) -> int:
    """The first line of the log of operations, from 1, that was changed or whose forerunner is missing; 0 for none."""
    return first_break(lines_of(own_folder(path) / OPERATIONS))


def content(path: Path, snapshot: Snapshot, password: str = "") -> bytes:
    """The bytes of a snapshot. Raises CannotUse when the password is wrong or they are not what was kept."""
    data = (_folder(path) / snapshot.file).read_bytes()
    if snapshot.is_closed:
        data = _locks().opened(data, password, snapshot.file)
    if fingerprint(data) != snapshot.sha256:
        raise CannotUse(f"快照“{snapshot.file}”被改动过或已损坏，没有退回：请用 --list 看看，用 --to 选别的快照。")
    return data


def restore(path: Path, snapshot: Snapshot, at: datetime, operation: str, password: str = "") -> None:
    """Make the workbook byte for byte what the snapshot is; what it is now becomes a snapshot itself."""
    data = content(path, snapshot, password)
    with kept(path, operation, at), atomic_path(path) as fresh:
        fresh.write_bytes(data)


def lock(path: Path, password: str) -> None:
    """Close all snapshots of a workbook, those there are and those to come. Raises OSError; then none is closed."""
    make_own_folder(path)
    made = _locks().new_lock(password)
    _renew(path, asdict(made), "", lambda data: bytes(_locks().closed(data, made)), CLOSED)


def unlock(path: Path, password: str) -> None:
    """Open all snapshots of a workbook for good. Raises CannotUse for a wrong password, OSError; then none is open."""
    _locks().check(_locks().Lock(**_index(path).lock), password)
    _renew(path, {}, password, lambda data: data, "")


def _renew(path: Path, lock: dict[str, str], password: str, change: Callable[[bytes], bytes], ending: str) -> None:
    """Write every snapshot anew under another ending, then the index, then remove the old ones: whole at any moment."""
    before, folder = _index(path), _folder(path)
    fresh: list[Snapshot] = []
    try:
        for entry in before.entries:
            renewed = replace(entry, file=entry.file.removesuffix(CLOSED) + ending)
            data = change(content(path, entry, password))
            with atomic_path(folder / renewed.file, like=folder / entry.file) as new:
                new.write_bytes(data)
            fresh.append(renewed)
        _write_index(path, _Index(tuple(fresh), lock))
    except BaseException:
        _remove(folder, fresh)
        raise
    _remove(folder, before.entries)


def _remove(folder: Path, entries: Iterable[Snapshot]) -> None:
    for entry in entries:
        (folder / entry.file).unlink(missing_ok=True)


def _remove_open(folder: Path, index: _Index) -> None:
    """Where snapshots are closed, remove open ones a killed run did not come to remove."""
    listed = {entry.file for entry in index.entries}
    for file in folder.glob("*.xls?") if index.lock else ():
        if file.name not in listed:
            file.unlink(missing_ok=True)


def fingerprint(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _folder(path: Path) -> Path:
    return own_folder(path) / FOLDER / path.name


def _index(path: Path) -> _Index:
    folder = _folder(path)
    index = folder / _INDEX
    if not index.is_file():
        return _Index()
    try:
        found = json.loads(index.read_text(encoding="utf-8"))
        entries, lock = (found, {}) if isinstance(found, list) else (found["snapshots"], found["lock"])
        snapshots = [Snapshot(**entry) for entry in entries]
    except (ValueError, TypeError, KeyError):
        raise CannotUse(
            f"“{path.name}”的快照目录坏了：快照文件还在“{folder}”里，可以直接打开需要的那一个另存。"
        ) from None
    return _Index(tuple(entry for entry in snapshots if (folder / entry.file).is_file()), lock)


def _write_index(path: Path, index: _Index) -> None:
    entries = [asdict(entry) for entry in index.entries]
    with atomic_path(_folder(path) / _INDEX, like=path if path.exists() else None) as fresh:
        content = {"lock": index.lock, "snapshots": entries} if index.lock else entries
        text = json.dumps(content, ensure_ascii=False, indent=1)
        fresh.write_text(text + "\n", encoding="utf-8")


def _locks() -> ModuleType:
    """Only a workbook with closed snapshots pays for the library that closes them."""
    return import_module("addin.hosts.snapshot_lock")
