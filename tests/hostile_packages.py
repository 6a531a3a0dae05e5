"""Workbook packages that must be refused: how each is made from an honest one, and a part of what must be said."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.package_editing import (
    LINKS,
    SHEET,
    WORKBOOK,
    Change,
    added,
    cell,
    in_sheet,
    number,
    repacked,
    swapped,
    typed,
    with_part,
    without,
    zipped,
)

ROSTER_LINK = 'Target="worksheets/sheet2.xml"'
LI, WANG = (f"<is><t>{name}</t></is></c>" for name in ("李四", "王五"))
TEXT = 't="inlineStr"'
_DIRECTORY_ENTRY = 46
UNREADABLE = "读不出来"
STRINGS = "xl/sharedStrings.xml"


def doctype(text: bytes) -> bytes:
    return text.replace(b"?>", b'?><!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">', 1)


def laughs(text: bytes) -> bytes:
    return text.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;">]>', 1)


def utf16(text: bytes) -> bytes:
    return text.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def declared(encoding: bytes) -> Callable[[bytes], bytes]:
    return lambda text: text.replace(b"UTF-8", encoding, 1)


def strict(text: bytes) -> bytes:
    return text.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/x")


def many(parts: dict[str, bytes]) -> None:
    parts.update({f"xl/x{place}.xml": b"<x/>" for place in range(1100)})


def row(xml: str) -> Change:
    return in_sheet(xml.encode())


PARTS: Mapping[str, tuple[Change, str]] = {
    "多部件.xlsx": (many, "个部件"),
    "炸弹.xlsx": (with_part(STRINGS, lambda text: text + b" " * (20 << 20)), "压缩比"),
    "长文字炸弹.xlsx": (typed("M", "汉" * 400_000), "压缩比"),
    "类型炸弹.xlsx": (with_part("[Content_Types].xml", lambda text: text + b" " * (20 << 20)), "压缩比"),
    "外部实体.xlsx": (with_part(SHEET, doctype), "DOCTYPE"),
    "外部实体样式.xlsx": (with_part("xl/styles.xml", doctype), "DOCTYPE"),
    "外部实体关系.xlsx": (with_part(LINKS, doctype), "DOCTYPE"),
    "外部实体类型.xlsx": (with_part("[Content_Types].xml", doctype), "DOCTYPE"),
    "十亿笑.xlsx": (with_part(STRINGS, laughs), "DOCTYPE"),
    "宽编码.xlsx": (with_part(SHEET, utf16), "UTF-8"),
    "国标编码.xlsx": (with_part(SHEET, declared(b"GB18030")), "UTF-8"),
    "七位编码.xlsx": (with_part(SHEET, declared(b"UTF-7")), "UTF-8"),
    "主机编码.xlsx": (with_part(WORKBOOK, declared(b"IBM037")), "UTF-8"),
    "远行.xlsx": (row('<row r="1048576"/>'), "第 1048576 行"),
    "远格.xlsx": (row('<row r="5000"><c r="XFD5000"><v>1</v></c></row>'), "极远"),
    "远格行.xlsx": (row('<row r="5000"><c r="A1048576"><v>1</v></c></row>'), "极远"),
    "宽表.xlsx": (row('<row r="5000"><c r="JA5000"><v>1</v></c></row>'), "极远"),
    "高而宽.xlsx": (row('<row r="30000"><c r="DA30000"><v>1</v></c></row>'), "极远"),
    "前缀远格.xlsx": (row('<x:row xmlns:x="x" r="5000"><x:c r="XFD5000"/></x:row>'), "极远"),
    "单引号远行.xlsx": (row("<row r='1048576'/>"), "第 1048576 行"),
    "换行远格.xlsx": (row('<row r="5000"><c\nr="XFD5000"/></row>'), "极远"),
    "撕裂远行.xlsx": (row('<row x="<" r="1048576"/>'), UNREADABLE),
    "乱序远行.xlsx": (row('<row spans="1:2" r="1048576"/>'), "第 1048576 行"),
    "重行.xlsx": (row('<row r="4"><c r="A4"><v>1</v></c></row>'), "第 4 行出现了两次"),
    "倒行.xlsx": (row('<row r="3"><c r="A3"><v>1</v></c></row>'), "第 3 行排在第 4 行后面"),
    "零行.xlsx": (row('<row r="0"><c r="A0"><v>1</v></c></row>'), "第 0 行排在第 4 行后面"),
    "负行.xlsx": (row('<row r="-5"><c r="A-5"><v>1</v></c></row>'), UNREADABLE),
    "重格.xlsx": (row(f'<row r="6"><c r="A6" {TEXT}>{LI}<c r="A6" {TEXT}>{WANG}</row>'), "第 6 行有单元格重复"),
    "错行格.xlsx": (row(f'<row r="6"><c r="A4" {TEXT}>{LI}</row>'), "放错了行"),
    "单引号重格.xlsx": (row(f"<row r='6'><c r='A6' {TEXT}>{LI}<c r='a6' {TEXT}>{WANG}</row>"), "单元格重复"),
    "单引号错行格.xlsx": (row(f"<row r='6'><c r='A4' {TEXT}>{LI}</row>"), "单元格重复"),
    "缺位格.xlsx": (row(f'<row r="6"><c r="A6" {TEXT}>{LI}<c {TEXT}>{WANG}</row>'), "没有标明位置"),
    "缺位行.xlsx": (row(f"<row><c {TEXT}>{LI}</row>"), "没有标明位置"),
    "注释里的行.xlsx": (swapped(SHEET, "<sheetData>", '<!--<row r="9"><c r="A9"/></row>--><sheetData>'), "后面"),
    "坏位置.xlsx": (row(f'<row r="6"><c r="??" {TEXT}>{LI}</row>'), UNREADABLE),
    "谎报文字数.xlsx": (swapped(STRINGS, 'uniqueCount="', 'uniqueCount="99999'), "文字个数与内容不符"),
    "谎报文字数二.xlsx": (swapped(STRINGS, 'uniqueCount="', 'uniqueCount="&#57;9999'), "文字个数与内容不符"),
    "没写完.xlsx": (with_part(SHEET, lambda text: text[: text.index(b"</row>", 4000)]), UNREADABLE),
    "未知实体.xlsx": (typed("A", "张&nbsp;三"), UNREADABLE),
    "文字越界.xlsx": (cell("A", "<v>999999</v>", ' t="s"'), UNREADABLE),
    "文字负号.xlsx": (cell("A", "<v>-1</v>", ' t="s"'), "不存在的文字"),
    "文字非号.xlsx": (cell("A", "<v>x</v>", ' t="s"'), "不存在的文字"),
    "文字空号.xlsx": (cell("A", "<v></v>", ' t="s"'), "不存在的文字"),
    "引号里的尖括号.xlsx": (cell("A", "<v>x</v>", ' t="s" x=">"'), "不存在的文字"),
    "引号里的尖括号二.xlsx": (row("<row x='>' r='6'><c x='>' r='A6'/><c x='>' r='A6'/></row>"), "第 6 行有单元格重复"),
    "注释隔开号码.xlsx": (number("B", "3799<!-- -->01198611174320"), "写法不正常的单元格"),
    "号码换成引用.xlsx": (cell("A", "<v>&#49;</v>", ' t="s"'), "写法不正常的单元格"),
    "值在公式前.xlsx": (cell("H", "<v>42186</v><f>x</f>"), "写法不正常的单元格"),
    "两个值.xlsx": (cell("B", "<v>3799</v><v>01</v>"), "写法不正常的单元格"),
    "非数.xlsx": (number("H", "nan"), "存的不是数"),
    "无穷.xlsx": (cell("H", "<v>-INF</v>", ' t="n"'), "存的不是数"),
    "坏范围.xlsx": (swapped(SHEET, 'ref="A1:AI4"', 'ref="?"'), UNREADABLE),
    "零范围.xlsx": (swapped(SHEET, 'ref="A1:AI4"', 'ref="A0:A1"'), UNREADABLE),
    "缺工作簿.xlsx": (without(WORKBOOK), "缺少工作簿的主要部件"),
    "缺关系.xlsx": (without(LINKS), UNREADABLE),
    "缺总关系.xlsx": (without("_rels/.rels"), UNREADABLE),
    "缺名册.xlsx": (without(SHEET), UNREADABLE),
    "缺文字.xlsx": (without(STRINGS), UNREADABLE),
    "缺类型.xlsx": (without("[Content_Types].xml"), "是压缩包"),
    "关系落空.xlsx": (swapped(LINKS, ROSTER_LINK, 'Target="worksheets/sheet99.xml"'), UNREADABLE),
    "关系外指.xlsx": (swapped(LINKS, ROSTER_LINK, 'Target="file:///c:/x.xml" TargetMode="External"'), UNREADABLE),
    "关系反斜.xlsx": (swapped(LINKS, ROSTER_LINK, 'Target="worksheets\\sheet2.xml"'), UNREADABLE),
    "关系错表.xlsx": (swapped(LINKS, ROSTER_LINK, 'Target="worksheets/sheet3.xml"'), "缺少必填列"),
    "关系错件.xlsx": (swapped(LINKS, ROSTER_LINK, 'Target="styles.xml"'), "看不到列标题"),
    "表无关系.xlsx": (swapped(WORKBOOK, 'sheetId="2" r:id="rId2"', 'sheetId="2"'), UNREADABLE),
    "表关系不存在.xlsx": (swapped(WORKBOOK, 'r:id="rId2"', 'r:id="rId999"'), UNREADABLE),
    "同名两表.xlsx": (swapped(WORKBOOK, 'name="说明"', 'name="党员名册"'), "两张都叫“党员名册”"),
    "同名盖住一表.xlsx": (swapped(WORKBOOK, 'name="流出党员"', 'name="党员名册"'), "两张都叫“党员名册”"),
    "深层公式.xlsx": (
        with_part(
            SHEET,
            lambda text: (
                text.replace(b"</sheetData>", b"<a>" * 9000 + b"</a>" * 9000 + b"</sheetData>")
                .replace(b'<row r="4">', b'<row r="4"><c r="A4"><f>x</f></c>')
                .replace(b'<c r="A4" s="1"', b'<c r="AJ4"')
            ),
        ),
        UNREADABLE,
    ),
    "越界.xlsx": (added("../../evil.xml"), "路径"),
    "绝对路径.xlsx": (added("/etc/evil.xml"), "路径"),
    "反斜路径.xlsx": (added("xl\\..\\..\\evil.xml"), "路径"),
    "严格.xlsx": (with_part(WORKBOOK, strict), "Strict"),
}


def wrong_bit(honest: bytes) -> bytes:
    """One byte of a part turned: the checksum no longer fits."""
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        entry = package.getinfo(SHEET)
    data = bytearray(honest)
    name_length, extra_length = struct.unpack("<HH", data[entry.header_offset + 26 : entry.header_offset + 30])
    data[entry.header_offset + 30 + name_length + extra_length + entry.compress_size // 2] ^= 0xFF
    return bytes(data)


def also_written(name: str) -> Callable[[bytes], bytes]:
    def change(honest: bytes) -> bytes:
        made = io.BytesIO(honest)
        with zipfile.ZipFile(made, "a") as package:
            package.writestr(name, b"<worksheet/>")
        return made.getvalue()

    return change


def in_directory(offset: int, pattern: str, value: int) -> Callable[[bytes], bytes]:
    """Another value in what the package's directory says of the roster."""

    def change(honest: bytes) -> bytes:
        data = bytearray(honest)
        struct.pack_into(pattern, data, data.rfind(SHEET.encode()) - _DIRECTORY_ENTRY + offset, value)
        return bytes(data)

    return change


def compressed(method: int) -> Callable[[bytes], bytes]:
    def change(honest: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(honest)) as package:
            return zipped([(name, package.read(name)) for name in package.namelist()], method)

    return change


def mimetype_bomb(honest: bytes) -> bytes:
    return repacked(honest, added("mimetype", b" " * (20 << 20)))


BYTES: Mapping[str, tuple[Callable[[bytes], bytes], str]] = {
    "半截.xlsx": (lambda honest: honest[: len(honest) // 2], "已经损坏"),
    "只剩头.xlsx": (lambda honest: honest[:30], "已经损坏"),
    "坏位.xlsx": (wrong_bit, "已经损坏"),
    "重名.xlsx": (also_written(SHEET.upper()), "重名的部件"),
    "加密部件.xlsx": (in_directory(8, "<H", 1), "加密的部件"),
    "谎报大小.xlsx": (in_directory(24, "<I", 3), "已经损坏"),
    "谎报压缩.xlsx": (in_directory(20, "<I", 3), "已经损坏"),
    "重叠.xlsx": (in_directory(42, "<I", 0), "重叠"),
    "谎报位置.xlsx": (in_directory(42, "<I", 1 << 30), "已经损坏"),
    "少见压缩一.xlsx": (compressed(zipfile.ZIP_BZIP2), "压缩方式"),
    "少见压缩二.xlsx": (compressed(zipfile.ZIP_LZMA), "压缩方式"),
    "带头程序.xlsx": (lambda honest: b"MZ" + b"\0" * 200 + honest, "是程序"),
    "标识炸弹.xlsx": (mimetype_bomb, "压缩比"),
}
