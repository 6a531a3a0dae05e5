"""Finds what was handed in: workbooks in folders, sub-folders and zip archives."""

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from addin.hosts.door import MOST_BYTES
from addin.hosts.parts_scan import MOST_RATIO, RATIO_GRACE
from addin.problem import CannotUse

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ett", ".ods", ".csv"})
"""Endings of files that are looked at; those that cannot be read say so in 报送情况."""

MOST_IN_ZIP = 5_000
MOST_FROM_ZIP = 2 << 30
_UTF8_NAME = 0x800
_LEFT_BEHIND = ("~$", ".")


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read: where it lies, the name it goes by, its time in seconds; ``fault`` why it cannot be read."""

    path: Path
    name: str
    modified: float
    fault: str = ""


def handed_in(places: Iterable[Path], target: Path | None, scratch: Path) -> list[Found]:
    """Every workbook under the places, without the target itself, each once, in order of name.

    Archives are unpacked below ``scratch``. A name is the file's own; files of one name are told apart by their folder.
    Raises CannotUse for a place that does not exist.
    """
    found: dict[Path, Found] = {}
    for place in places:
        if not place.exists():
            raise CannotUse(f"找不到“{place}”：请检查文件名和文件夹是否写对。")
        for path, name in _walk(place):
            if path.suffix.lower() == ".zip":
                for unpacked in _unpacked(path, name, scratch / f"{len(found)}"):
                    found.setdefault(unpacked.path, unpacked)
            elif target is None or path.resolve() != target.resolve():
                found.setdefault(path.resolve(), Found(path, name, path.stat().st_mtime))
    return _short_names(found.values())


def _walk(place: Path) -> Iterator[tuple[Path, str]]:
    """The workbooks and archives at a place, with names relative to it."""
    if place.is_file():
        yield place, place.name
        return
    for folder, folders, files in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith(_LEFT_BEHIND))
        for name in sorted(files):
            path = Path(folder) / name
            if path.suffix.lower() in {*WORKBOOKS, ".zip"} and not name.startswith(_LEFT_BEHIND):
                yield path, path.relative_to(place).as_posix()


def _short_names(found: Iterable[Found]) -> list[Found]:
    every = sorted(found, key=lambda one: (one.name, one.modified, str(one.path)))
    counts: dict[str, int] = {}
    for one in every:
        counts[_base(one)] = counts.get(_base(one), 0) + 1
    return [
        Found(one.path, _base(one) if counts[_base(one)] == 1 else one.name, one.modified, one.fault) for one in every
    ]


def _base(one: Found) -> str:
    return one.name.rsplit("/", 1)[-1]


def _unpacked(archive: Path, name: str, folder: Path) -> list[Found]:
    """The workbooks of an archive, written below ``folder``; one Found with a fault when it cannot be unpacked."""
    try:
        with zipfile.ZipFile(archive) as package:
            return list(_members(package, name, folder))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, CannotUse) as why:
        reason = str(why) if isinstance(why, CannotUse) else "压缩包打不开或设了密码：请解压后把里面的工作簿放进文件夹"
        return [Found(archive, name, archive.stat().st_mtime, f"“{archive.name}”{reason}")]


def _members(package: zipfile.ZipFile, name: str, folder: Path) -> Iterator[Found]:
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    if len(entries) > MOST_IN_ZIP:
        raise CannotUse(f"里面有 {len(entries)} 个文件，超过 {MOST_IN_ZIP} 个：请分成几个压缩包")
    total = 0
    for number, entry in enumerate(entries):
        inner = PurePosixPath(_name_of(entry).replace("\\", "/"))
        if inner.suffix.lower() not in WORKBOOKS or inner.name.startswith(_LEFT_BEHIND):
            continue
        path = folder / f"{number}{inner.suffix.lower()}"
        total += _write(package, entry, path, MOST_FROM_ZIP - total)
        yield Found(path, f"{name}/{inner}", _time_of(entry))


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so; Python then takes them for cp437."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _time_of(entry: zipfile.ZipInfo) -> float:
    try:
        return datetime(*entry.date_time, tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _write(package: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, room: int) -> int:
    """Unpack one member, counting; the ratio guards against archives that swell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    most = min(room, MOST_BYTES + 1)
    with package.open(entry) as source, path.open("wb") as copy:
        while chunk := source.read(1 << 20):
            size += len(chunk)
            if size > most or (size > RATIO_GRACE and size > MOST_RATIO * max(entry.compress_size, 1)):
                raise CannotUse("展开后大得不正常：请解压后检查里面的文件")
            copy.write(chunk)
    return size
