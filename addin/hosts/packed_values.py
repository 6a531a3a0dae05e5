"""Packs what was read into bytes and back: nothing but rows of plain values ever comes out, whatever the bytes are."""

import copyreg
import io
import pickle
import zlib
from datetime import date, datetime

from addin.hosts.plain_pickle import DAMAGED, OnlyPlain, by_name
from addin.merging.previous import Previous
from addin.submissions import MergedRow, Seal, Submission
from validators.table import MonthOnly

_QUICK = 1


def packed(content: Submission | Previous) -> bytes:
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


def unpacked_submission(data: bytes) -> Submission | None:
    """What ``packed`` was given; None for anything else."""
    found = _unpacked(data)
    return found if isinstance(found, Submission) else None


def unpacked_previous(data: bytes) -> Previous | None:
    """What ``packed`` was given; None for anything else."""
    found = _unpacked(data)
    return found if isinstance(found, Previous) else None


class _OnlyRows(OnlyPlain):
    """Makes the kinds that rows are made of."""

    kinds = by_name((date, datetime, MonthOnly, MergedRow, Seal, Submission, Previous))


def _unpacked(data: bytes) -> object:
    try:
        return _OnlyRows(io.BytesIO(zlib.decompress(data))).load()
    except (zlib.error, *DAMAGED):
        return None
