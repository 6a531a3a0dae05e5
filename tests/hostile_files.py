"""Files that are not what their name says, or worse: made at test time from an honest workbook."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

SHEET = "xl/worksheets/sheet2.xml"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504


def repacked(honest: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The package with its parts changed by ``change``."""
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def with_part(name: str, edit: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    """A change of one part."""

    def change(parts: dict[str, bytes]) -> None:
        parts[name] = edit(parts.get(name, b""))

    return change


def in_sheet(xml: bytes) -> Callable[[dict[str, bytes]], None]:
    """Put rows at the end of the member roster."""
    return with_part(SHEET, lambda text: text.replace(b"</sheetData>", xml + b"</sheetData>"))


def _doctype(text: bytes) -> bytes:
    return text.replace(b"?>", b'?><!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">', 1)


def _utf16(text: bytes) -> bytes:
    return text.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def _crc(honest: bytes) -> bytes:
    """One bit of a part turned: the checksum no longer fits."""
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        entry = package.getinfo(SHEET)
    data = bytearray(honest)
    name_length, extra_length = struct.unpack("<HH", data[entry.header_offset + 26 : entry.header_offset + 30])
    data[entry.header_offset + 30 + name_length + extra_length + entry.compress_size // 2] ^= 0xFF
    return bytes(data)


def _duplicate(honest: bytes) -> bytes:
    made = io.BytesIO(honest)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(SHEET.upper(), b"<worksheet/>")
    return made.getvalue()


def _encrypted_flag(honest: bytes) -> bytes:
    """Marks the first entry of the directory as encrypted."""
    data = bytearray(honest)
    at = data.rfind(b"PK\x01\x02" + data[data.rfind(b"PK\x01\x02") + 4 : data.rfind(b"PK\x01\x02") + 8])
    data[at + 8] |= 1
    return bytes(data)


def _many(parts: dict[str, bytes]) -> None:
    parts.update({f"xl/x{number}.xml": b"<x/>" for number in range(1100)})


def _overlapping(honest: bytes) -> bytes:
    """Two directory entries that point at the same bytes."""
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        entries = package.infolist()
    data = bytearray(honest)
    at = data.rfind(b"PK\x01\x02")
    data[at + 42 : at + 46] = struct.pack("<I", entries[0].header_offset)
    return bytes(data)


def _strict(text: bytes) -> bytes:
    return text.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/x")


def hostile(honest: bytes) -> Mapping[str, tuple[bytes, str]]:
    """By name: the bytes, and a part of the sentence a clerk must get."""
    plain: dict[str, tuple[bytes, str]] = {
        "空.xlsx": (b"", "是空文件"),
        "旧版.xls": (_OLE + "Workbook".encode("utf-16-le"), "旧版表格"),
        "加密.xlsx": (_OLE + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
        "文档.xlsx": (_OLE + "WordDocument".encode("utf-16-le"), "是 Word 文档"),
        "旧版.ppt": (_OLE, "旧版 Office 文件"),
        "网页.xls": (b"<html><body><table></table></body></html>", "其实是网页"),
        "名单.csv": ("姓名,公民身份号码\n张三,1\n".encode("gb18030"), "CSV"),
        "名单.txt": ("姓名,公民身份号码\n张三,1\n".encode(), "CSV"),
        "表.xml": (b'<?xml version="1.0"?><w xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"),
        "扫描.pdf": (b"%PDF-1.7\n", "PDF"),
        "照片.png": (b"\x89PNG\r\n\x1a\n", "是图片"),
        "照片.jpg": (b"\xff\xd8\xff\xe0", "是图片"),
        "包.rar": (b"Rar!\x1a\x07", "是压缩包"),
        "加密软件.xlsx": (b"\x62\x14\x23\x65" + b"\x01" * 100, "加密软件"),
        "杂.xlsx": (bytes(range(256)) * 4, "不是 Excel 工作簿，或者已经损坏"),
        "~$支部.xlsx": (b"\x05abcde" + b" " * 160, "临时文件"),
        "半截.xlsx": (honest[: len(honest) // 2], "已经损坏"),
        "坏位.xlsx": (_crc(honest), "已经损坏"),
        "重名.xlsx": (_duplicate(honest), "重名的部件"),
        "加密部件.xlsx": (_encrypted_flag(honest), "加密的部件"),
        "重叠.xlsx": (_overlapping(honest), "重叠"),
    }
    changes: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
        "多部件.xlsx": (_many, "个部件"),
        "炸弹.xlsx": (with_part("xl/sharedStrings.xml", lambda text: text + b" " * (20 << 20)), "压缩比"),
        "外部实体.xlsx": (with_part(SHEET, _doctype), "DOCTYPE"),
        "外部实体样式.xlsx": (with_part("xl/styles.xml", _doctype), "DOCTYPE"),
        "宽编码.xlsx": (with_part(SHEET, _utf16), "UTF-8"),
        "国标编码.xlsx": (with_part(SHEET, lambda text: text.replace(b"UTF-8", b"GB18030")), "UTF-8"),
        "远行.xlsx": (in_sheet(b'<row r="1048576"/>'), "第 1048576 行"),
        "远格.xlsx": (in_sheet(b'<row r="5000"><c r="XFD5000"><v>1</v></c></row>'), "极远"),
        "远格行.xlsx": (in_sheet(b'<row r="5000"><c r="A1048576"><v>1</v></c></row>'), "极远"),
        "宽表.xlsx": (in_sheet(b'<row r="5000"><c r="JA5000"><v>1</v></c></row>'), "极远"),
        "高而宽.xlsx": (in_sheet(b'<row r="30000"><c r="DA30000"><v>1</v></c></row>'), "极远"),
        "重行.xlsx": (in_sheet(b'<row r="3"><c r="A3"><v>1</v></c></row>'), "第 3 行出现了两次"),
        "越界.xlsx": (with_part("../../evil.xml", lambda _: b"<x/>"), "路径"),
        "前缀远格.xlsx": (in_sheet(b'<x:row xmlns:x="x" r="5000"><x:c r="XFD5000"/></x:row>'), "极远"),
        "单引号远行.xlsx": (in_sheet(b"<row r='1048576'/>"), "第 1048576 行"),
        "换行远格.xlsx": (in_sheet(b'<row r="5000"><c\nr="XFD5000"/></row>'), "极远"),
        "乱序远行.xlsx": (in_sheet(b'<row spans="1:2" r="1048576"/>'), "第 1048576 行"),
        "严格.xlsx": (with_part("xl/workbook.xml", _strict), "Strict"),
    }
    kinds: dict[str, tuple[tuple[tuple[str, bytes], ...], str]] = {
        "二进制.xlsb": ((("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"")), ".xlsb"),
        "稿.docx": ((("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"")), "是 Word 文档"),
        "稿.pptx": ((("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"")), "演示文稿"),
        "表.ods": ((("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),), ".ods"),
        "包.zip": ((("支部.xlsx", b""),), "是压缩包"),
    }
    for name, (change, said) in changes.items():
        plain[name] = repacked(honest, change), said
    for name, (members, said) in kinds.items():
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            for member, data in members:
                package.writestr(member, data)
        plain[name] = made.getvalue(), said
    return plain


def write_all(folder: Path, honest: bytes) -> Mapping[str, str]:
    """Write every hostile file; by name, what must be said of it."""
    made = hostile(honest)
    for name, (data, _) in made.items():
        (folder / name).write_bytes(data)
    return {name: said for name, (_, said) in made.items()}
