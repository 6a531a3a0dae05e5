"""The compression of VBA streams ([MS-OVBA] 2.4.1)."""

import struct
from collections import defaultdict

_CHUNK = 4096
_SIGNATURE = b"\x01"
_COMPRESSED, _RAW = 0xB000, 0x3FFF
_SHORTEST_COPY = 3
_FEWEST_OFFSET_BITS = 4
_CANDIDATES = 64


def compress(data: bytes) -> bytes:
    """A compressed container. Raises ValueError for a last chunk that cannot be made smaller (never with text)."""
    container = bytearray(_SIGNATURE)
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        tokens = _tokens(chunk)
        if len(tokens) <= _CHUNK:
            container += struct.pack("<H", _COMPRESSED | (len(tokens) - 1)) + tokens
        elif len(chunk) == _CHUNK:
            container += struct.pack("<H", _RAW) + chunk
        else:
            raise ValueError("a partial chunk that does not compress has no form in MS-OVBA")
    return bytes(container)


def _tokens(chunk: bytes) -> bytes:
    """Groups of eight tokens, each behind a byte of flags: literal bytes and copies of what came before."""
    written, place = bytearray(), 0
    seen: dict[bytes, list[int]] = defaultdict(list)
    while place < len(chunk):
        flags_at, flags = len(written), 0
        written.append(0)
        for bit in range(8):
            if place >= len(chunk):
                break
            length, offset = _longest_copy(chunk, place, seen)
            if length:
                offset_bits = _offset_bits(place)
                written += struct.pack("<H", (offset - 1) << (16 - offset_bits) | (length - _SHORTEST_COPY))
                flags |= 1 << bit
            else:
                written.append(chunk[place])
            step = length or 1
            for at in range(place, min(place + step, len(chunk) - _SHORTEST_COPY + 1)):
                seen[chunk[at : at + _SHORTEST_COPY]].append(at)
            place += step
        written[flags_at] = flags
    return bytes(written)


def _offset_bits(place: int) -> int:
    """How many bits of a copy token hold the offset at this place of the chunk (CopyTokenHelp)."""
    return max((place - 1).bit_length(), _FEWEST_OFFSET_BITS) if place else _FEWEST_OFFSET_BITS


def _longest_copy(chunk: bytes, place: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """Length and offset back of the longest earlier text that continues as this one does; (0, 0) when none."""
    limit = min((0xFFFF >> _offset_bits(place)) + _SHORTEST_COPY, len(chunk) - place)
    best = (0, 0)
    for candidate in reversed(seen.get(chunk[place : place + _SHORTEST_COPY], ())[-_CANDIDATES:]):
        length = _SHORTEST_COPY
        while length < limit and chunk[candidate + length] == chunk[place + length]:
            length += 1
        if length > best[0]:
            best = length, place - candidate
    return best
