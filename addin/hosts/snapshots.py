"""Snapshots of a workbook: one before every change, kept beside it, each with time, operation and fingerprint."""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from addin.hosts.atomic import atomic_path
from addin.hosts.own_folder import make_own_folder, own_folder
from addin.problem import CannotUse

MOST_KEPT = 20
FOLDER = "快照"
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


def timeline(path: Path) -> tuple[Snapshot, ...]:
    """The snapshots of a workbook, the latest first; those whose file is gone are left out."""
    folder = _folder(path)
    index = folder / _INDEX
    if not index.is_file():
        return ()
    try:
        entries = [Snapshot(**entry) for entry in json.loads(index.read_text(encoding="utf-8"))]
    except (ValueError, TypeError):
        raise CannotUse(
            f"“{path.name}”的快照目录坏了：快照文件还在“{folder}”里，可以直接打开需要的那一个另存。"
        ) from None
    return tuple(entry for entry in entries if (folder / entry.file).is_file())


def keep(path: Path, operation: str, at: datetime) -> Snapshot:
    """Keep the workbook as it is now, before ``operation``. Raises OSError when there is no room."""
    data = path.read_bytes()
    make_own_folder(path)
    folder = _folder(path)
    stamp = f"{path.stem}_{at:%Y%m%d_%H%M%S}_{_UNFIT.sub('', operation)}"
    name, number = f"{stamp}{path.suffix}", 1
    while (folder / name).exists():
        number += 1
        name = f"{stamp}_{number}{path.suffix}"
    earlier = timeline(path)
    with atomic_path(folder / name, like=path) as fresh:
        fresh.write_bytes(data)
    snapshot = Snapshot(f"{at:%Y-%m-%d %H:%M:%S}", operation, name, fingerprint(data))
    try:
        _write_index(path, (snapshot, *earlier))
    except BaseException:
        (folder / name).unlink(missing_ok=True)
        raise
    return snapshot


def confirm(path: Path, snapshot: Snapshot) -> None:
    """Note what the workbook became through the operation, so that later edits by hand are seen, and drop the oldest.

    The operation is done: where there is no room for the note, nothing is told of it.
    """
    done = replace(snapshot, after=fingerprint(path.read_bytes()))
    entries = tuple(done if entry.file == snapshot.file else entry for entry in timeline(path))
    with contextlib.suppress(OSError):
        _write_index(path, entries[:MOST_KEPT])
        for old in entries[MOST_KEPT:]:
            (_folder(path) / old.file).unlink(missing_ok=True)


def forget(path: Path, snapshot: Snapshot) -> None:
    """Drop the snapshot of an operation that did not take place; on a full disk its file alone, which frees room."""
    (_folder(path) / snapshot.file).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        left = tuple(entry for entry in timeline(path) if entry.file != snapshot.file)
        if left:
            _write_index(path, left)
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


def content(path: Path, snapshot: Snapshot) -> bytes:
    """The bytes of a snapshot. Raises CannotUse when they are not what was kept."""
    data = (_folder(path) / snapshot.file).read_bytes()
    if fingerprint(data) != snapshot.sha256:
        raise CannotUse(f"快照“{snapshot.file}”被改动过或已损坏，没有退回：请用 --list 看看，用 --to 选别的快照。")
    return data


def restore(path: Path, snapshot: Snapshot, at: datetime, operation: str) -> None:
    """Make the workbook byte for byte what the snapshot is; what it is now becomes a snapshot itself."""
    data = content(path, snapshot)
    with kept(path, operation, at), atomic_path(path) as fresh:
        fresh.write_bytes(data)


def fingerprint(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _folder(path: Path) -> Path:
    return own_folder(path) / FOLDER / path.name


def _write_index(path: Path, entries: tuple[Snapshot, ...]) -> None:
    with atomic_path(_folder(path) / _INDEX) as fresh:
        text = json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1)
        fresh.write_text(text + "\n", encoding="utf-8")
