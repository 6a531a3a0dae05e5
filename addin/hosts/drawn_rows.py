"""Rows drawn ahead as XML, packed: made where a file is read, used whenever the workbook takes them unchanged."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from validators.table import Value

HERE = "\x00"
"""Stands in a drawn row for its number; no XML has such a character."""

_NEXT = b"\x02"
_LOOK = 8
_QUICK = 1
_MOST = 64 << 20
"""Bytes a file's rows of one register may take; more are drawn when they are written."""

Part = tuple[bytes, Sequence[Mapping[str, Value]]]
"""Some rows one after the other and, unless empty, how they have been drawn."""


@runtime_checkable
class InParts(Protocol):
    """Rows some of which may have been drawn ahead."""

    def parts(self) -> Iterator[Part]:
        """All of them, in order."""
        ...


def look_of(columns: Sequence[object]) -> bytes:
    """A value that differs when rows of these columns must be drawn differently."""
    return hashlib.sha256(repr(columns).encode()).digest()[:_LOOK]


def packed_rows(look: bytes, rows: Sequence[bytes]) -> bytes:
    """Drawn rows as one, empty when they take too much room."""
    data = _NEXT.join(rows)
    return look + zlib.compress(data, _QUICK) if len(data) <= _MOST else b""


def drawn_rows(data: bytes, look: bytes, number: int) -> Sequence[bytes]:
    """So many rows as ``packed_rows`` was given them; none when they are others, look differently or bear formulas."""
    if data[:_LOOK] != look:
        return ()
    unpacking = zlib.decompressobj()
    try:
        drawn = unpacking.decompress(data[_LOOK:], _MOST)
    except zlib.error:
        return ()
    rows = drawn.split(_NEXT)
    # What is remembered on disk may have been touched: as everywhere, nothing but values comes out of it.
    return rows if unpacking.eof and len(rows) == number and b"<f" not in drawn else ()
