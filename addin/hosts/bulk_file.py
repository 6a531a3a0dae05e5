"""Puts the rows of bulk sheets into a written workbook: they are packed on a second thread while more are made."""

import zlib
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain

from addin.hosts.bulk_sheet import ROWS_GO_HERE, BulkSheet
from addin.hosts.package.archive import Archive, Packed

_QUICK = 3
"""The level of packing that takes half the usual time."""

_MOST_WAITING = 4
"""So many blocks may wait to be packed, lest they fill the memory."""


def with_rows(data: bytes, sheets: Sequence[BulkSheet]) -> bytes:
    """A workbook with the rows of these sheets where ROWS_GO_HERE stood. Raises CannotUse as ``BulkSheet.blocks``."""
    archive = Archive(data)
    changes: dict[str, bytes | Packed | None] = {}
    with ThreadPoolExecutor(1) as packer:
        for sheet in sheets:
            if sheet.bulk_rows:
                name = f"xl/worksheets/sheet{sheet.index + 1}.xml"
                before, after = archive.read(name).split(ROWS_GO_HERE.encode())
                changes[name] = _packed(chain([before], sheet.blocks(), [after]), packer)
    return archive.changed(changes) if changes else data


def _packed(blocks: Iterable[bytes], packer: ThreadPoolExecutor) -> Packed:
    """One part, each block packed on the other thread while the next is made."""
    work = _Packing()
    waiting: deque[Future[None]] = deque()
    for block in blocks:
        waiting.append(packer.submit(work.add, block))
        if len(waiting) > _MOST_WAITING:
            waiting.popleft().result()
    for last in waiting:
        last.result()
    return work.done()


class _Packing:
    """A part as it is being packed."""

    def __init__(self) -> None:
        self._engine = zlib.compressobj(_QUICK, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._chunks: list[bytes] = []
        self._size = self._crc = 0

    def add(self, data: bytes) -> None:
        """Pack some more."""
        self._size += len(data)
        self._crc = zlib.crc32(data, self._crc)
        self._chunks.append(self._engine.compress(data))

    def done(self) -> Packed:
        """The whole part."""
        return Packed(b"".join((*self._chunks, self._engine.flush())), self._crc, self._size)
