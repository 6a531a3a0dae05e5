"""Looks into every part of an admitted package once: sizes, encodings, cells; the sheets wanted are read on the way."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from addin.hosts.sheet_scan import LEAST_IN_ROW, blank_rows, is_uncertain, is_usual, sheet_fault
from addin.hosts.usual_book import FIRST_PARTS, WORKBOOK, SheetPlace, UsualBook
from validators.cleaning import Raw

MOST_IN_ENTRY = 256 << 20
MOST_IN_ALL = 1 << 30
MOST_BLANK_ROWS = 600_000
MOST_RATIO = 100
RATIO_GRACE = 100 << 10
_UTF8 = 0x800
_LOCAL_HEADER = 30
_MOST_SEEN = 2_000
_TOO_LARGE = "展开后大得不正常"
_NEVER_READ = ("xl/media/", "xl/drawings/", "xl/theme/", "docprops/", "xl/printersettings/")
"""Parts no reader of ours opens; what they would inflate to does not matter."""

_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")
_PLAIN_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_COUNTED = re.compile(rb"uniqueCount\s*=\s*[\"'](\d{1,9})[\"']")
"""A reader sets memory aside for as many texts as the table claims to hold."""

Wanted = Callable[[str], bool]
"""Which sheets are to be read, by name."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was found in one part: its inflated size, its fault, formulas or error cells, blank rows."""

    size: int
    fault: str | None = None
    is_uncertain: bool = False
    blank_rows: int = 0


@dataclass(slots=True)
class Scan:
    """What was found in a package: its parts by name, the first fault, the text of the workbook part.

    ``places`` are the sheets, ``rows`` the cells of the wanted ones by part, as far as they are written as usual.
    """

    parts: dict[str, Part] = field(default_factory=dict)
    fault: str | None = None
    workbook: bytes = b""
    places: tuple[SheetPlace, ...] = ()
    rows: dict[str, list[list[Raw]]] = field(default_factory=dict)


_SEEN: dict[bytes, Part] = {}


def forget_parts() -> None:
    """Look into every part again, as on a desk that has just been started."""
    _SEEN.clear()


def scan_parts(data: bytes, entries: Sequence[zipfile.ZipInfo], wanted: Wanted | None = None) -> Scan:
    """Look at every part of a package whose directory is in order, up to the first fault; not at sheets nobody wants.

    Files from one template share most of their parts byte by byte, so a part seen before is known by its digest.
    """
    scan = Scan()
    book = UsualBook(wanted) if wanted is not None else None
    total = blank = 0
    for entry in sorted(entries, key=lambda entry: entry.filename not in FIRST_PARTS):
        name = entry.filename
        if name.lower().startswith(_NEVER_READ) or (book is not None and _is_sheet(name) and book.spares(name)):
            continue
        part = _look(data, entry, MOST_IN_ALL - total, book, scan)
        total, blank = total + part.size, blank + part.blank_rows
        if total > MOST_IN_ALL:
            scan.fault = _TOO_LARGE
        elif blank > MOST_BLANK_ROWS:
            scan.fault = f"里各张表的空行加起来超过 {MOST_BLANK_ROWS} 行"
        else:
            scan.fault = part.fault
        if scan.fault is not None:
            break
        scan.parts[name] = part
    if book is not None:
        scan.places = book.places
    return scan


def _look(data: bytes, entry: zipfile.ZipInfo, room: int, book: UsualBook | None, scan: Scan) -> Part:
    """One part, read when its content is wanted and it is written as usual."""
    stored = _stored(data, entry)
    seen = _digest(entry, stored)
    part = _SEEN.get(seen)
    if part is None or (part.fault is None and _is_needed(entry.filename, book)):
        part = _opened(entry, stored, room, book, scan)
        if len(_SEEN) >= _MOST_SEEN:
            _SEEN.clear()
        _SEEN[seen] = part
    return part


def _is_needed(name: str, book: UsualBook | None) -> bool:
    return name == WORKBOOK or (book is not None and book.wants(name))


def _opened(entry: zipfile.ZipInfo, stored: bytes, room: int, book: UsualBook | None, scan: Scan) -> Part:
    """What is found in a part."""
    name = entry.filename
    text, size, fault = _inflated(entry, stored, room)
    is_sheet = _is_sheet(name)
    if fault is None and is_sheet and book is not None and book.wants(name) and _encoding_fault(text) is None:
        rows = book.take(name, text)
        if rows is not None:
            scan.rows[name] = rows
            return Part(size, blank_rows=max(0, len(rows) - len(text) // LEAST_IN_ROW))
    if fault is None and name.lower().endswith((".xml", ".rels", ".vml")):
        fault = _xml_fault(text)
    if fault is not None:
        return Part(size, fault)
    if name == WORKBOOK:
        scan.workbook = text
    if book is not None and name in FIRST_PARTS:
        book.take(name, text)
    return _scanned(text, size) if is_sheet else Part(size)


def _stored(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of a part as they are stored. Raises BadZipFile when its own header belongs to another."""
    start = entry.header_offset
    name_length, extra_length = struct.unpack_from("<HH", data, start + _LOCAL_HEADER - 4)
    start += _LOCAL_HEADER
    name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
    if data[start : start + name_length] != name or not data.startswith(b"PK\x03\x04", entry.header_offset):
        raise zipfile.BadZipFile
    start += name_length + extra_length
    return data[start : start + entry.compress_size]


def _digest(entry: zipfile.ZipInfo, stored: bytes) -> bytes:
    """Of the stored bytes, and of all that decides how they are read."""
    folder, _, name = entry.filename.lower().rpartition("/")
    how = f"{folder}|{name.rpartition('.')[2]}|{entry.compress_type}|{entry.CRC}|{entry.file_size}|"
    return blake2b(how.encode() + stored, digest_size=16).digest()


def _inflated(entry: zipfile.ZipInfo, stored: bytes, room: int) -> tuple[bytes, int, str | None]:
    """The content of a part, its size, and why it was not inflated to the end. Raises BadZipFile."""
    most, usual = min(MOST_IN_ENTRY, room), max(RATIO_GRACE, MOST_RATIO * len(stored))
    if entry.compress_type == zipfile.ZIP_STORED:
        text, is_whole = stored, True
    else:
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        text = engine.decompress(stored, min(most, usual) + 1)
        is_whole = engine.eof
    if len(text) > most:
        return b"", len(text), _TOO_LARGE
    if len(text) > usual:
        return b"", len(text), "压缩比大得不正常"
    if not is_whole or len(text) != entry.file_size or zlib.crc32(text) != entry.CRC:
        raise zipfile.BadZipFile
    return text, len(text), None


def _is_sheet(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith("xl/worksheets/") and lowered.endswith(".xml")


def _scanned(text: bytes, size: int) -> Part:
    usual = is_usual(text)
    fault = sheet_fault(text, usual)
    return Part(size, fault, is_uncertain(text, usual), 0 if fault is not None else blank_rows(text, usual))


def _xml_fault(text: bytes) -> str | None:
    """Anything by which two XML readers may come to read different things, or one may run into a wall."""
    fault = _encoding_fault(text)
    if fault is not None:
        return fault
    if b"!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        return "里面的部件带有 DOCTYPE 声明"
    claimed = text.find(b"uniqueCount")
    if claimed >= 0 and text.rfind(b"<", 0, claimed) > text.rfind(b">", 0, claimed):
        number = _COUNTED.match(text, claimed)
        if number is None or int(number[1]) > len(text):
            return "里面登记的文字个数与内容不符"
    return None


def _encoding_fault(text: bytes) -> str | None:
    if text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in text[:8]:
        return "里面的部件不是 UTF-8 编码"
    declared = _DECLARED.match(text[:200].removeprefix(b"\xef\xbb\xbf"))
    if declared is not None and declared.group(1).lower() not in _PLAIN_ENCODINGS:
        return "里面的部件不是 UTF-8 编码"
    return None
