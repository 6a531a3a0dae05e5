"""Workbooks as other programs and busy clerks make them: pictures, charts, tables, newer conditions, odd prefixes."""

import io
import re
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import xlsxwriter

from addin.layout import table_sheets
from validators.registers import registers


def crowded_book(path: Path) -> None:
    """A 党员名册 with everything Excel keeps outside the cells, written by another program."""
    book = xlsxwriter.Workbook(str(path))
    book.calc_on_load = False
    sheet = book.add_worksheet("党员名册")
    for number, column in enumerate(registers()["member_roster"].columns):
        sheet.write_string(2, number, column.title)
    last = len(registers()["member_roster"].columns)
    sheet.write_string(3, 0, "张三")
    sheet.write_formula(3, last, "=LEN(A4)", None, 2)
    sheet.write_formula(3, last + 1, "=1/0", None, "#DIV/0!")
    sheet.write_rich_string("AN4", book.add_format({"bold": True}), "重点", "关注")
    sheet.conditional_format("AP4:AP9", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("AQ4:AQ9", {"type": "icon_set", "icon_style": "3_arrows"})
    sheet.add_sparkline("AR4", {"range": "党员名册!AP4:AP9"})
    sheet.data_validation("AS4:AS9", {"validate": "list", "source": "=其他!$A$1:$A$3"})
    sheet.add_table("AU10:AV13", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    sheet.write_comment("A4", "自己的批注", {"author": "书记"})
    sheet.insert_image("AX4", "dot.png", {"image_data": io.BytesIO(_dot())})
    sheet.insert_textbox("AX9", "文本框")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=党员名册!$AP$4:$AP$9"})
    sheet.insert_chart("AX20", chart)
    sheet.set_header("&L&G", {"image_left": "dot.png", "image_data_left": io.BytesIO(_dot())})
    other = book.add_worksheet("其他")
    other.write_column(0, 0, ["甲", "乙", "丙"])
    other.insert_button("C3", {"caption": "按钮"})
    book.define_name("自己的名称", "=其他!$A$1:$A$3")
    for plan in table_sheets("branch"):
        if plan.title != "党员名册":
            book.add_worksheet(plan.title).write_row(2, 0, [column.title for column in plan.columns])
    book.close()


def with_prefixes(source: Path, path: Path) -> None:
    """The same workbook with a namespace prefix on every element, as some libraries write it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if re.fullmatch(r"xl/(workbook|styles|sharedStrings|worksheets/sheet\d+)\.xml", name):
                text = content.decode().replace("<?xml", "\0")
                text = re.sub(r"<(/?)(?=[A-Za-z])(?![\w]+:)", r"<\1x:", text).replace("\0", "<?xml")
                content = text.replace("xmlns=", "xmlns:x=", 1).encode()
            new.writestr(name, content)


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """The workbook opened and saved again by LibreOffice, in ``folder`` under its own name."""
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", path.suffix[1:]]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
    return folder / path.name


def _dot() -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )
