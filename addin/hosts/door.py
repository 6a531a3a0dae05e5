"""The one door for closed workbooks: what a file must be like before any reader touches it.

Everything is counted while inflating, never believed from a header: sizes, ratios, entries, rows and columns.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from addin.hosts.apart import within_memory
from addin.hosts.file_kinds import HEAD_SIZE, not_a_package, not_a_workbook
from addin.hosts.parts_scan import Scan, Wanted, scan_parts
from addin.hosts.usual_book import FROM_1904, WORKBOOK, SheetPlace
from addin.problem import CannotUse
from validators.cleaning import Raw

MOST_BYTES = 150 << 20
MOST_ENTRIES = 1000
_ENCRYPTED = 0x1
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
_ROOTS = ("_rels/.rels", "[Content_Types].xml")
_STRICT = b"purl.oclc.org/ooxml"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A workbook file that passed the door: its bytes, parts worth a second look, and what it carries along.

    ``uncertain`` are the sheet parts with formulas or error cells; ``active`` the parts that could run or link;
    ``from_1904`` whether its days count from 1904. ``places`` are its sheets and ``rows`` the cells of the wanted ones
    by part, as far as the door could read them on the way.
    """

    path: Path
    data: bytes
    uncertain: frozenset[str]
    active: tuple[str, ...]
    from_1904: bool = False
    places: tuple[SheetPlace, ...] = ()
    rows: Mapping[str, list[list[Raw]]] = field(default_factory=dict)


def admit(path: Path, wanted: Wanted | None = None) -> Admitted:
    """Read a file and let it in, or raise CannotUse with one sentence: what it is and what to do.

    ``wanted`` are the sheets that will be read, by name: looking at every cell and reading it are one way then.
    """
    with within_memory(path):
        return _admit(path, wanted)


def _admit(path: Path, wanted: Wanted | None) -> Admitted:
    data = _read(path)
    if not data.startswith(b"PK\x03\x04"):
        raise CannotUse(not_a_package(path, data[:HEAD_SIZE]))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _inspect(path, data, package, wanted)
    except _BROKEN:
        raise CannotUse(
            f"“{path.name}”已经损坏，读不完整：请用 Excel 打开，按提示修复后另存为 .xlsx；打不开请对方重发。"
        ) from None


def every_sheet(_: str) -> bool:
    """For files of which all sheets are read."""
    return True


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


def _inspect(path: Path, data: bytes, package: zipfile.ZipFile, wanted: Wanted | None) -> Admitted:
    entries = package.infolist()
    names = frozenset(entry.filename for entry in entries)
    reason = not_a_workbook(path, names, _mimetype(package, names))
    if reason is not None:
        raise CannotUse(reason)
    fault = _structure_fault(entries)
    scan = scan_parts(data, entries, wanted if names.issuperset(_ROOTS) else None) if fault is None else Scan()
    fault = fault or scan.fault
    if fault is None and WORKBOOK not in names:
        fault = "里面缺少工作簿的主要部件"
    if fault is not None:
        raise suspicious(path, fault)
    if _STRICT in scan.workbook:
        raise CannotUse(
            f"“{path.name}”是“Strict Open XML”格式：请用 Excel 打开，“另存为”普通的 Excel 工作簿（.xlsx），再用新文件。"
        )
    active = tuple(sorted(name for name in names if any(mark in name for mark in _RUNS)))
    uncertain = frozenset(name for name, part in scan.parts.items() if part.is_uncertain)
    from_1904 = FROM_1904.search(scan.workbook) is not None
    return Admitted(path, data, uncertain, active, from_1904, scan.places, scan.rows)


def suspicious(path: Path, fault: str) -> CannotUse:
    """The sentence for a file that no program writes like that."""
    return CannotUse(f"“{path.name}”{fault}：为防止文件有问题，没有读取。请用 Excel 打开后另存为新的 .xlsx 再用。")


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
