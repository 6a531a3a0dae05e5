"""Writes a compound file ([MS-CFB] version 3): named streams in folders, as vbaProject.bin is one."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, Union

Tree: TypeAlias = Mapping[str, Union[bytes, "Tree"]]
"""Streams (bytes) and folders (mappings) by name."""

_FREE, _END, _FAT_SECTOR, _NO_ENTRY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _MINI_SECTOR, _MINI_LIMIT = 512, 64, 4096
_IN_FAT_SECTOR = _SECTOR // 4
_FAT_SECTORS_IN_HEADER = 109
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
_FOLDER, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_LONGEST_NAME = 31


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _NO_ENTRY
    right: int = _NO_ENTRY
    child: int = _NO_ENTRY
    start: int = 0


@dataclass(slots=True)
class _Sectors:
    """The sectors of the file and their chains."""

    data: list[bytes] = field(default_factory=list)
    next: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Append data as one chain; its first sector, ``_END`` for none."""
        count = -(-len(data) // _SECTOR)
        first = len(self.data)
        for number in range(count):
            self.data.append(data[number * _SECTOR : (number + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            self.next.append(first + number + 1 if number + 1 < count else _END)
        return first if count else _END


def write_compound_file(tree: Tree) -> bytes:
    """The bytes of the file; equal trees give equal bytes. Raises ValueError for long names or more than 6.8 MiB."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, tree)
    sectors = _Sectors()
    mini_chain = _place_streams(entries, sectors)
    mini_start = sectors.add(_numbers(mini_chain)) if mini_chain else _END
    directory_start = sectors.add(_directory(entries))
    fat_start, fat_count = _place_fat(sectors)
    fat = [fat_start + number for number in range(fat_count)]
    fat += [_FREE] * (_FAT_SECTORS_IN_HEADER - fat_count)
    mini_count = -(-len(mini_chain) // _IN_FAT_SECTOR)
    return _header(fat, fat_count, directory_start, mini_start, mini_count) + b"".join(sectors.data)


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    """Add the children of a folder and link them as the red-black tree the format asks for."""
    numbers = []
    for name, content in tree.items():
        if len(name) > _LONGEST_NAME:
            raise ValueError(f"stream name longer than {_LONGEST_NAME} characters: {name}")
        numbers.append(len(entries))
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        else:
            entries.append(_Entry(name, _FOLDER))
            _add(entries, numbers[-1], content)
    numbers.sort(key=lambda number: _order(entries[number].name))
    depth = max(len(numbers).bit_length() - 1, 0)
    is_full = len(numbers) + 1 == 1 << (depth + 1)
    entries[parent].child = _balance(entries, numbers, 0, _NO_ENTRY if is_full else depth)


def _order(name: str) -> tuple[int, bytes]:
    return len(name.encode("utf-16-le")), name.upper().encode("utf-16-be")


def _balance(entries: list[_Entry], numbers: list[int], depth: int, red_depth: int) -> int:
    """Link sorted entries as a balanced tree whose last, partial level is red; the root's number."""
    if not numbers:
        return _NO_ENTRY
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.left = _balance(entries, numbers[:middle], depth + 1, red_depth)
    entry.right = _balance(entries, numbers[middle + 1 :], depth + 1, red_depth)
    entry.colour = _RED if depth and depth == red_depth else _BLACK
    return numbers[middle]


def _place_streams(entries: list[_Entry], sectors: _Sectors) -> list[int]:
    """Place every stream, small ones in the mini stream of the root; the chains of the mini stream."""
    mini, chain = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        if len(entry.data) >= _MINI_LIMIT or not entry.data:
            entry.start = sectors.add(entry.data)
            continue
        entry.start = len(mini) // _MINI_SECTOR
        count = -(-len(entry.data) // _MINI_SECTOR)
        chain += [entry.start + number + 1 for number in range(count - 1)] + [_END]
        mini += entry.data.ljust(count * _MINI_SECTOR, b"\0")
    entries[0].data = bytes(mini)
    entries[0].start = sectors.add(entries[0].data)
    return chain


def _directory(entries: list[_Entry]) -> bytes:
    packed = b"".join(_packed(entry) for entry in entries)
    unused = _ENTRY.pack(b"", 0, 0, 0, _NO_ENTRY, _NO_ENTRY, _NO_ENTRY, bytes(16), 0, 0, 0, 0, 0)
    return packed + unused * (-len(entries) % (_SECTOR // _ENTRY.size))


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    links = entry.left, entry.right, entry.child
    return _ENTRY.pack(
        name, len(name) + 2, entry.kind, entry.colour, *links, bytes(16), 0, 0, 0, entry.start, len(entry.data)
    )


def _place_fat(sectors: _Sectors) -> tuple[int, int]:
    """Append the allocation table, which also lists its own sectors; its first sector and how many."""
    count = 1
    while len(sectors.next) + count > count * _IN_FAT_SECTOR:
        count += 1
    if count > _FAT_SECTORS_IN_HEADER:
        raise ValueError("project larger than 6.8 MiB")
    start = len(sectors.data)
    chains = [*sectors.next, *[_FAT_SECTOR] * count]
    sectors.add(_numbers(chains))
    return start, count


def _numbers(chain: list[int]) -> bytes:
    """Sector numbers as sectors, filled up with free ones."""
    filled = [*chain, *[_FREE] * (-len(chain) % _IN_FAT_SECTOR)]
    return struct.pack(f"<{len(filled)}I", *filled)


def _header(fat: list[int], fat_count: int, directory: int, mini_start: int, mini_count: int) -> bytes:
    head = struct.pack("<8s16s5H6s", bytes.fromhex("D0CF11E0A1B11AE1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6))
    counts = struct.pack("<10I", 0, fat_count, directory, 0, _MINI_LIMIT, mini_start, mini_count, _END, 0, fat[0])
    return head + counts + struct.pack(f"<{len(fat) - 1}I", *fat[1:])
