"""What a file really is, whatever its name says, and the sentence of advice for each kind we cannot read."""

import re
from collections.abc import Callable
from pathlib import Path

HEAD_SIZE = 1 << 16
"""So many first bytes tell the kind of a file; the directory of an old Office file lies near its start."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_SAVE_AS = "请用 Excel 或 WPS 打开它，“另存为”Excel 工作簿（.xlsx），再用新文件。"
_ASK_FOR_ORIGINAL = "请向对方要 Excel 原件（.xlsx）。"
_OR_PASSWORD = "（合并、核对报送文件时可以不去掉，用 --password-file 给出口令）"
_UNPACK = "请先解压，再用里面的 Excel 文件。"
_DRM = (b"E-SafeNet", b"\x62\x14\x23\x65", b"LOCK_TAG", b"ESAFENET", b"%TSD-Header")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"PK\x05\x06")
_SHORTCUTS = (b"L\0\0\0\x01\x14\x02", b"[InternetShortcut]")
_MAIL = (b"From: ", b"Received: ", b"Return-Path: ", b"Delivered-To: ")
_HTML = re.compile(rb"<\s*(html|table|head|body|meta)\b", re.I)


def _holds(text: str) -> Callable[[bytes], bool]:
    """Whether an old Office container names a stream; names are kept as UTF-16."""
    wide = text.encode("utf-16-le")
    return lambda head: head.startswith(_OLE) and wide in head


def _is_text(head: bytes) -> bool:
    """Text in an encoding Chinese offices use, Excel's “Unicode 文本” too; the last bytes may be half a character."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


_KINDS: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (
        lambda head: not head.strip(b"\0") and len(head) > 0,
        "里面全是空白（复制或U盘出了问题，内容已经丢失）：请重新复制或请对方重发。",
    ),
    (lambda head: not head, "是空文件（0 字节），可能没有传完：请重新复制或请对方重发。"),
    (
        lambda head: any(mark in head[:512] for mark in _DRM),
        "被单位的加密软件加过密：请在装有该加密软件的电脑上解密（或申请外发）后再用。",
    ),
    (
        _holds("DRMEncryptedTransform"),
        "受权限管理（IRM）保护：请让有权限的人用 Excel 打开，“文件—信息—保护工作簿”里取消限制访问，保存后再用。",
    ),
    (
        lambda head: _holds("EncryptedPackage")(head) or _holds("EncryptionInfo")(head),
        f"设了打开密码：请用 Excel 或 WPS 打开，在“文件—信息—保护工作簿”里去掉密码，保存后再用{_OR_PASSWORD}。",
    ),
    (_holds("WordDocument"), "是 Word 文档，不是 Excel 工作簿：请把表格填进台账再用。"),
    (_holds("PowerPoint Document"), "是演示文稿，不是 Excel 工作簿：请选对文件。"),
    (
        lambda head: _holds("__substg1.0_")(head) or _holds("__nameid_version1.0")(head),
        "是邮件：请把附件另存出来再用。",
    ),
    (lambda head: _holds("Workbook")(head) or _holds("Book")(head), f"是旧版表格（.xls 或 WPS 的 .et）：{_SAVE_AS}"),
    (lambda head: head.startswith(_OLE), f"是旧版 Office 文件：{_SAVE_AS}"),
    (lambda head: head.startswith(b"%PDF"), f"是 PDF 文件，不是 Excel 工作簿：{_ASK_FOR_ORIGINAL}"),
    (lambda head: head.startswith(_PICTURES), f"是图片，不是 Excel 工作簿：{_ASK_FOR_ORIGINAL}"),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", f"是图片，不是 Excel 工作簿：{_ASK_FOR_ORIGINAL}"),
    (lambda head: head[4:12] == b"ftypheic", f"是图片，不是 Excel 工作簿：{_ASK_FOR_ORIGINAL}"),
    (lambda head: head.startswith(_ARCHIVES) or head[257:262] == b"ustar", f"是压缩包：{_UNPACK}"),
    (lambda head: head.startswith(_SHORTCUTS), "只是快捷方式，不是文件本身：请到原来的位置复制真正的 Excel 文件。"),
    (lambda head: head.startswith(b"MZ"), "是程序，不是 Excel 工作簿：请不要运行它，并告诉信息员。"),
    (lambda head: head[4:19] in (b"Standard Jet DB", b"Standard ACE DB"), f"是数据库文件：{_ASK_FOR_ORIGINAL}"),
    (lambda head: head.startswith(b"SQLite format 3"), f"是数据库文件：{_ASK_FOR_ORIGINAL}"),
    (lambda head: head.startswith(b"MIME-Version:"), f"其实是网页，只是改成了 Excel 的名字：{_SAVE_AS}"),
    (lambda head: head.startswith(_MAIL), "是邮件：请把附件另存出来再用。"),
    (lambda head: head.startswith(b"{\\rtf"), "是写字板文档，不是 Excel 工作簿：请把表格填进台账再用。"),
    (
        lambda head: b"schemas-microsoft-com:office:spreadsheet" in head,
        f"是“XML 表格 2003”格式，不是 .xlsx 工作簿：{_SAVE_AS}",
    ),
    (lambda head: b"office:spreadsheet" in head[:4096], f"是 .fods 表格：{_SAVE_AS}"),
    (lambda head: b'progid="Word.Document"' in head, "是 Word 文档，不是 Excel 工作簿：请把表格填进台账再用。"),
    (lambda head: _HTML.search(head[:2048]) is not None, f"其实是网页，只是改成了 Excel 的名字：{_SAVE_AS}"),
    (
        lambda head: head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"),
        f"是 XML 文件，不是 Excel 工作簿：{_ASK_FOR_ORIGINAL}",
    ),
    (
        _is_text,
        f"是文本（CSV）文件，不是 Excel 工作簿，身份证号的末位可能已经丢失：{_ASK_FOR_ORIGINAL}",
    ),
    (
        lambda head: True,
        "不是 Excel 工作簿，或者已经损坏：请用 Excel 打开看看，能打开就另存为 .xlsx，打不开请对方重发。",
    ),
)


def not_a_package(path: Path, head: bytes) -> str:
    """Why a file that is no zip package cannot be used, what it is and what to do, as one sentence."""
    return f"“{path.name}”" + next(advice for fits, advice in _KINDS if fits(head))


def not_a_workbook(path: Path, names: frozenset[str], mimetype: bytes) -> str | None:
    """Why a zip package is no workbook we read, as one sentence; None when it is an .xlsx or .xlsm."""
    is_office = "[Content_Types].xml" in names
    folders = {name.split("/")[0] for name in names}
    if is_office and "xl" in folders and "xl/workbook.bin" not in names:
        return None
    if is_office:
        advice = {
            "xl": f"是二进制工作簿（.xlsb）：{_SAVE_AS}",
            "word": "是 Word 文档，不是 Excel 工作簿：请把表格填进台账再用。",
            "ppt": "是演示文稿，不是 Excel 工作簿：请选对文件。",
        }
        return f"“{path.name}”" + next(
            (text for folder, text in advice.items() if folder in folders), "不是 Excel 工作簿：请选对文件。"
        )
    return f"“{path.name}”" + next(advice for fits, advice in _PACKAGES if fits(names, mimetype))


_PACKAGES: tuple[tuple[Callable[[frozenset[str], bytes], bool], str], ...] = (
    (lambda names, _: "OFD.xml" in names, f"是 OFD 版式文件，不是 Excel 工作簿：{_ASK_FOR_ORIGINAL}"),
    (
        lambda names, _: "Index/Document.iwa" in names,
        "是苹果 Numbers 表格：请在 Numbers 里导出为 Excel（.xlsx），再用新文件。",
    ),
    (lambda _, mimetype: b"opendocument.spreadsheet" in mimetype, f"是 .ods 表格：{_SAVE_AS}"),
    (lambda _, mimetype: b"opendocument" in mimetype, "不是表格文件：请选对文件。"),
    (lambda _, mimetype: True, f"是压缩包，不是 Excel 工作簿：{_UNPACK}"),
)
