"""Packs what was read into bytes and back: nothing but rows of plain values ever comes out, whatever the bytes are."""

import copyreg
import io
import pickle
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from addin.hosts.plain_pickle import DAMAGED, OnlyPlain, by_name
from addin.merging.previous import Previous
from addin.merging.told_by_files import ToldByFiles
from addin.submissions import MergedRow, Seal, Submission
from validators.table import MonthOnly

_QUICK = 1


def packed(content: Submission | ToldByFiles) -> bytes:
    """What was read, as bytes."""
    packing = _Packing()
    pickler = pickle.Pickler(packing, pickle.HIGHEST_PROTOCOL)
    # Python before 3.11.4 (Debian 12 has 3.11.2) writes a member of an enumeration as getattr(Seal, "NONE").
    pickler.dispatch_table = copyreg.dispatch_table | {Seal: lambda seal: (Seal, (seal.value,))}
    pickler.dump(content)
    return packing.done()


class _Packing:
    """Takes what is written to it and keeps it compressed: a committee's rows are large before."""

    def __init__(self) -> None:
        self._engine = zlib.compressobj(_QUICK)
        self._chunks: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take some more."""
        self._chunks.append(self._engine.compress(data))
        return len(data)

    def done(self) -> bytes:
        """All of it, compressed."""
        return b"".join((*self._chunks, self._engine.flush()))


def packed_apart(parts: Mapping[str, bytes]) -> bytes:
    """Bytes that are packed already, by key, as one."""
    return pickle.dumps(dict(parts), pickle.HIGHEST_PROTOCOL)


def submission_from(content: bytes, drawn: bytes) -> Submission | None:
    """What ``packed`` and ``packed_apart`` were given; None for anything else."""
    found = _unpacked(content) if content else None
    if not isinstance(found, Submission):
        return None
    parts = _loaded(drawn)
    if not isinstance(parts, dict):
        return found
    return replace(found, drawn={key: part for key, part in parts.items() if type(part) is bytes})


def unpacked_told(data: bytes) -> ToldByFiles | None:
    """What ``packed`` was given; None for anything else."""
    found = _unpacked(data)
    return found if isinstance(found, ToldByFiles) else None


class _OnlyRows(OnlyPlain):
    """Makes the kinds that rows are made of."""

    kinds = by_name((date, datetime, MonthOnly, MergedRow, Seal, Submission, Previous, ToldByFiles))


def _unpacked(data: bytes) -> object:
    try:
        return _loaded(zlib.decompress(data))
    except zlib.error:
        return None


def _loaded(data: bytes) -> object:
    try:
        return _OnlyRows(io.BytesIO(data)).load()
    except DAMAGED:
        return None
