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
from addin.problem import CannotUse

MOST_BYTES = 50 << 20
MOST_ENTRIES = 1000
MOST_IN_ENTRY = 256 << 20
MOST_IN_ALL = 400 << 20
MOST_RATIO = 100
RATIO_GRACE = 100 << 10
MOST_ROWS = 250_000
MOST_COLUMN_LETTERS = 2

_CHUNK = 1 << 20
_NAMESPACE = b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_ODDITIES = (b"r='", b"t='", b'\nr="', b'\tr="', b'\rr="', b"r =", b"t =")
_USUAL_ROW = re.compile(rb'<row r="(\d+)"')
_USUAL_FAR = re.compile(rb' r="(?:[A-Za-z]{3}|[A-Za-z]{1,2}\d{6})')
_USUAL_FORMULA = re.compile(rb"<f[ />]")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"'](\d+)[\"']")
_FAR_CELL = re.compile(rb"\sr\s*=\s*[\"'](?:[A-Za-z]{3}|[A-Za-z]{1,2}\d{6})")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ERROR = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")
_PLAIN_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_MOST_SEEN = 2_000
_TOO_LARGE = "展开后大得不正常"
_RUNS = ("vbaProject.bin", "externalLinks/", "embeddings/", "activeX/", "connections.xml", "queryTables/", "customUI/")
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
_STRICT = b"purl.oclc.org/ooxml"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A workbook file that passed the door: its bytes, parts worth a second look, and what it carries along.

    ``uncertain`` are the sheet parts with formulas or error cells; ``active`` the parts that could run or link.
    """

    path: Path
    data: bytes
    uncertain: frozenset[str]
    active: tuple[str, ...]


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
    if path.name.startswith("~$") or path.name.startswith(".~"):
        raise CannotUse(f"“{path.name}”是 Excel 打开文件时留下的临时文件，不是台账：请选没有“~”开头的那个文件。")
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
    mimetype = package.read("mimetype")[:200] if "mimetype" in names else b""
    reason = not_a_workbook(path, names, mimetype)
    if reason is not None:
        raise CannotUse(reason)
    fault = _structure_fault(entries)
    if fault is None:
        uncertain, fault = _content(data, package, entries)
    if fault is not None:
        raise CannotUse(f"“{path.name}”{fault}：为防止文件有问题，没有读取。请用 Excel 打开后另存为新的 .xlsx 再用。")
    if "xl/workbook.xml" in names and _STRICT in package.read("xl/workbook.xml"):
        raise CannotUse(
            f"“{path.name}”是“Strict Open XML”格式：请用 Excel 打开，“另存为”普通的 Excel 工作簿（.xlsx），再用新文件。"
        )
    active = tuple(sorted(name for name in names if any(mark in name for mark in _RUNS)))
    return Admitted(path, data, frozenset(uncertain), active)


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


def _content(data: bytes, package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[list[str], str | None]:
    """Look at every part once; the sheet parts that need a second look, and the first fault.

    Files from one template share most of their parts byte by byte, so a part seen before is known by its digest.
    """
    uncertain: list[str] = []
    total = 0
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
        total += part.size
        if total > MOST_IN_ALL:
            return uncertain, _TOO_LARGE
        if part.fault is not None:
            return uncertain, part.fault
        if part.is_uncertain:
            uncertain.append(entry.filename)
    return uncertain, None


@dataclass(frozen=True, slots=True)
class _Part:
    """What was found in one part: its inflated size, its fault, whether it has formulas or error cells."""

    size: int
    fault: str | None = None
    is_uncertain: bool = False


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
    is_usual = _is_usual(text)
    return _Part(size, _sheet_fault(text, is_usual), _is_uncertain(text, is_usual))


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
    return None


def _is_usual(text: bytes) -> bool:
    """Whether a sheet is written the way spreadsheet programs write, so that plain searches see everything in it:
    one unprefixed namespace, double quotes, one blank before each ``r``.
    """
    return (
        text.count(_NAMESPACE) == 1
        and b"xmlns=" + _NAMESPACE in text[:2048]
        and not any(oddity in text for oddity in _ODDITIES)
        and len(_USUAL_ROW.findall(text)) == text.count(b"<row")
    )


def _sheet_fault(text: bytes, is_usual: bool) -> str | None:
    """Rows and cells where no register has any: a reader would set aside memory for all the blanks between."""
    far = (_USUAL_FAR if is_usual else _FAR_CELL).search(text)
    if far is not None and not _is_harmless(text, far):
        return "有内容落在离数据极远的单元格"
    last = 0
    for digits in (_USUAL_ROW if is_usual else _ROW).findall(text):
        number = int(digits)
        if number <= last:
            return f"的第 {number} 行出现了两次"
        last = number
    if last > MOST_ROWS:
        return f"有内容或格式落在第 {last} 行，超过 {MOST_ROWS} 行"
    return None


def _is_uncertain(text: bytes, is_usual: bool) -> bool:
    """Whether a sheet has formulas or error values."""
    if is_usual:
        return b't="e"' in text or _USUAL_FORMULA.search(text) is not None
    return _ERROR.search(text) is not None or _FORMULA.search(text) is not None


def _is_harmless(text: bytes, far: re.Match[bytes]) -> bool:
    """A far reference outside cells (a row number, a range of a validation) allocates nothing."""
    tag = text[text.rfind(b"<", 0, far.start()) + 1 : far.start()]
    return not re.match(rb"(?:\w+:)?c\b", tag) and _FAR_CELL.search(text, far.end()) is None
