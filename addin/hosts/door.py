"""The one door for closed workbooks: what a file must be like before any reader touches it.

Everything is counted while inflating, never believed from a header: sizes, ratios, entries, rows and columns.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from addin.hosts.file_kinds import HEAD_SIZE, not_a_package, not_a_workbook
from addin.hosts.sheet_scan import blank_rows, is_uncertain, is_usual, sheet_fault, value_fault
from addin.problem import CannotUse

MOST_BYTES = 150 << 20
MOST_ENTRIES = 1000
MOST_IN_ENTRY = 256 << 20
MOST_IN_ALL = 1 << 30
MOST_BLANK_ROWS = 600_000
MOST_RATIO = 100
RATIO_GRACE = 100 << 10
_CHUNK = 1 << 20
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")
_PLAIN_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_MOST_SEEN = 2_000
_TOO_LARGE = "展开后大得不正常"
_RUNS = (
    "vbaProject.bin",
    "macrosheets/",
    "dialogsheets/",
    "externalLinks/",
    "embeddings/",
    "activeX/",
    "connections.xml",
    "queryTables/",
    "xl/model/",
    "volatileDependencies.xml",
    "webextensions/",
    "customUI/",
)
_NEVER_READ = ("xl/media/", "xl/drawings/", "xl/theme/", "docprops/", "xl/printersettings/")
"""Parts no reader of ours opens; what they would inflate to does not matter."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
_COUNTED = re.compile(rb"uniqueCount\s*=\s*[\"'](\d{1,9})[\"']")
"""A reader sets memory aside for as many texts as the table claims to hold."""

_FROM_1904 = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true)[\"']")
_WORKBOOK = "xl/workbook.xml"
_STRICT = b"purl.oclc.org/ooxml"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A workbook file that passed the door: its bytes, parts worth a second look, and what it carries along.

    ``uncertain`` are the sheet parts with formulas or error cells; ``active`` the parts that could run or link;
    ``from_1904`` whether its days count from 1904. ``blank_rows`` is how many rows of its
    sheets hold next to nothing.
    """

    path: Path
    data: bytes
    uncertain: frozenset[str]
    active: tuple[str, ...]
    from_1904: bool = False
    blank_rows: int = 0


def admit(path: Path) -> Admitted:
    """Read a file and let it in, or raise CannotUse with one sentence: what it is and what to do."""
    data = _read(path)
    if not data.startswith(b"PK\x03\x04"):
        raise CannotUse(not_a_package(path, data[:HEAD_SIZE]))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _inspect(path, data, package)
    except _BROKEN:
        raise CannotUse(
            f"“{path.name}”已经损坏，读不完整：请用 Excel 打开，按提示修复后另存为 .xlsx；打不开请对方重发。"
        ) from None


def _read(path: Path) -> bytes:
    if path.name.startswith(("~$", ".~", "._")):
        raise CannotUse(f"“{path.name}”是程序打开或复制文件时留下的临时文件，不是台账：请选没有“~”“.”开头的那个文件。")
    if path.is_dir():
        raise CannotUse(f"“{path}”是文件夹，这里要的是一个工作簿文件。")
    if path.exists() and path.stat().st_size > MOST_BYTES:
        raise CannotUse(
            f"“{path.name}”有 {path.stat().st_size >> 20} MB，超过 {MOST_BYTES >> 20} MB，台账不会这么大："
            "请检查是不是插入了图片，或选错了文件。"
        )
    return path.read_bytes()


def _inspect(path: Path, data: bytes, package: zipfile.ZipFile) -> Admitted:
    entries = package.infolist()
    names = frozenset(entry.filename for entry in entries)
    reason = not_a_workbook(path, names, _mimetype(package, names))
    if reason is not None:
        raise CannotUse(reason)
    fault = _structure_fault(entries)
    if fault is None:
        seen, fault = _content(data, package, entries)
    if fault is None and _WORKBOOK not in names:
        fault = "里面缺少工作簿的主要部件"
    if fault is not None:
        raise CannotUse(f"“{path.name}”{fault}：为防止文件有问题，没有读取。请用 Excel 打开后另存为新的 .xlsx 再用。")
    workbook = package.read(_WORKBOOK)
    if _STRICT in workbook:
        raise CannotUse(
            f"“{path.name}”是“Strict Open XML”格式：请用 Excel 打开，“另存为”普通的 Excel 工作簿（.xlsx），再用新文件。"
        )
    active = tuple(sorted(name for name in names if any(mark in name for mark in _RUNS)))
    uncertain = frozenset(name for name, part in seen.items() if part.is_uncertain)
    blank = sum(part.blank_rows for part in seen.values())
    return Admitted(path, data, uncertain, active, _FROM_1904.search(workbook) is not None, blank)


def _mimetype(package: zipfile.ZipFile, names: frozenset[str]) -> bytes:
    """What an OpenDocument file says it is; read no further, whatever the entry swells to."""
    if "mimetype" not in names:
        return b""
    with package.open("mimetype") as stream:
        return stream.read(200)


def _structure_fault(entries: list[zipfile.ZipInfo]) -> str | None:
    """What is wrong with the directory of the package, before anything is inflated."""
    methods = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    faults = (
        (len(entries) > MOST_ENTRIES, f"里面有 {len(entries)} 个部件，超过 {MOST_ENTRIES} 个"),
        (len({entry.filename.lower() for entry in entries}) < len(entries), "里面有重名的部件"),
        (any(entry.flag_bits & _ENCRYPTED for entry in entries), "里面有加密的部件"),
        (any(entry.compress_type not in methods for entry in entries), "用了不常见的压缩方式"),
        (_overlap(entries), "里面的部件互相重叠"),
        (any(_leads_out(entry.filename) for entry in entries), "里面的部件路径不正常"),
    )
    return next((text for is_so, text in faults if is_so), None)


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + entry.compress_size
    return False


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _content(
    data: bytes, package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[dict[str, "_Part"], str | None]:
    """Look at every part once; what was found by part name, and the first fault.

    Files from one template share most of their parts byte by byte, so a part seen before is known by its digest.
    """
    found: dict[str, _Part] = {}
    total = blank = 0
    for entry in entries:
        if entry.filename.lower().startswith(_NEVER_READ):
            continue
        seen = _digest(data, entry)
        part = _SEEN.get(seen)
        if part is None:
            part = _look_into(package, entry, MOST_IN_ALL - total)
            if len(_SEEN) >= _MOST_SEEN:
                _SEEN.clear()
            _SEEN[seen] = part
        total, blank = total + part.size, blank + part.blank_rows
        if total > MOST_IN_ALL:
            return found, _TOO_LARGE
        if blank > MOST_BLANK_ROWS:
            return found, f"里各张表的空行加起来超过 {MOST_BLANK_ROWS} 行"
        if part.fault is not None:
            return found, part.fault
        found[entry.filename] = part
    return found, None


@dataclass(frozen=True, slots=True)
class _Part:
    """What was found in one part: its inflated size, its fault, formulas or error cells, blank rows."""

    size: int
    fault: str | None = None
    is_uncertain: bool = False
    blank_rows: int = 0


_SEEN: dict[bytes, _Part] = {}


def _digest(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Of the stored bytes, and of all that decides how they are read."""
    start = entry.header_offset + _LOCAL_HEADER
    name_length, extra_length = struct.unpack_from("<HH", data, start - 4)
    start += name_length + extra_length
    folder, _, name = entry.filename.lower().rpartition("/")
    how = f"{folder}|{name.rpartition('.')[2]}|{entry.compress_type}|{entry.CRC}|{entry.file_size}|"
    return blake2b(how.encode() + data[start : start + entry.compress_size], digest_size=16).digest()


def _look_into(package: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> _Part:
    parts = []
    size = 0
    for chunk in _inflated(package, entry):
        size += len(chunk)
        if size > min(MOST_IN_ENTRY, room):
            return _Part(size, _TOO_LARGE)
        if size > RATIO_GRACE and size > MOST_RATIO * max(entry.compress_size, 1):
            return _Part(size, "压缩比大得不正常")
        parts.append(chunk)
    name, text = entry.filename.lower(), b"".join(parts)
    fault = _xml_fault(text) if name.endswith((".xml", ".rels", ".vml")) else None
    if fault is not None or not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
        return _Part(size, fault)
    usual = is_usual(text)
    fault = sheet_fault(text, usual) or value_fault(text)
    return _Part(size, fault, is_uncertain(text, usual), 0 if fault is not None else blank_rows(text, usual))


def _inflated(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with package.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _xml_fault(text: bytes) -> str | None:
    """Anything by which two XML readers may come to read different things."""
    if text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in text[:8]:
        return "里面的部件不是 UTF-8 编码"
    declared = _DECLARED.match(text[:200].removeprefix(b"\xef\xbb\xbf"))
    if declared is not None and declared.group(1).lower() not in _PLAIN_ENCODINGS:
        return "里面的部件不是 UTF-8 编码"
    if b"<!" in text and (b"<!DOCTYPE" in text or b"<!ENTITY" in text):
        return "里面的部件带有 DOCTYPE 声明"
    claimed = text.find(b"uniqueCount")
    if claimed >= 0 and text.rfind(b"<", 0, claimed) > text.rfind(b">", 0, claimed):
        number = _COUNTED.match(text, claimed)
        if number is None or int(number[1]) > len(text):
            return "里面登记的文字个数与内容不符"
    return None
