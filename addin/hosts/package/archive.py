"""The zip container of a workbook: parts read on demand, untouched ones copied with their compressed bytes."""

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_SIZES_FOLLOW = 0x08
"""Flag of an entry whose sizes stand behind its data; a copy knows them beforehand."""

_NEW_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Packed:
    """A part deflated beforehand, with the checksum and the size of its content."""

    data: bytes
    crc: int
    size: int


class Archive:
    """A package in memory. Raises zipfile.BadZipFile for bytes that are none."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = tuple(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """The content of a part. Raises KeyError."""
        return self._zip.read(name)

    def write(self, path: Path, changes: Mapping[str, bytes | Packed | None]) -> None:
        """Write the package with some parts replaced, added (at the end) or, when None, left out."""
        # A zip file on a full disk would complain a second time, in English, when it is forgotten.
        path.write_bytes(self.changed(changes))

    def changed(self, changes: Mapping[str, bytes | Packed | None]) -> bytes:
        """The package with some parts replaced, added (at the end) or, when None, left out."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fresh:
            for entry in self._zip.infolist():
                if entry.filename not in changes:
                    _append(fresh, entry, self._stored(entry))
                    continue
                content = changes[entry.filename]
                if content is not None:
                    _put(fresh, _renewed(entry.filename, entry.date_time), content)
            for name, content in changes.items():
                if content is not None and name not in self.names:
                    _put(fresh, _renewed(name, _NEW_DATE), content)
        return made.getvalue()

    def _stored(self, entry: zipfile.ZipInfo) -> bytes:
        header = _LOCAL_HEADER.unpack_from(self._data, entry.header_offset)
        start = entry.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
        return self._data[start : start + entry.compress_size]


def _put(fresh: zipfile.ZipFile, entry: zipfile.ZipInfo, content: bytes | Packed) -> None:
    if isinstance(content, bytes):
        fresh.writestr(entry, content)
        return
    entry.CRC, entry.file_size, entry.compress_size = content.crc, content.size, len(content.data)
    _append(fresh, entry, content.data)


def _append(fresh: Any, entry: zipfile.ZipInfo, stored: bytes) -> None:
    """zipfile has no public way to add compressed bytes, so its directory is kept up by hand here."""
    copied = zipfile.ZipInfo(entry.filename, entry.date_time)
    for name in ("compress_type", "external_attr", "create_system", "CRC", "compress_size", "file_size"):
        setattr(copied, name, getattr(entry, name))
    copied.flag_bits = entry.flag_bits & ~_SIZES_FOLLOW
    copied.header_offset = fresh.start_dir
    fresh.fp.seek(fresh.start_dir)
    fresh.fp.write(copied.FileHeader(zip64=False))
    fresh.fp.write(stored)
    fresh.filelist.append(copied)
    fresh.NameToInfo[copied.filename] = copied
    fresh.start_dir = fresh.fp.tell()


def _renewed(name: str, moment: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
