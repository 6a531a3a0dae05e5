"""Files that are no workbook at all, whatever their name says, and a part of what must be said of each."""

from collections.abc import Mapping

from addin.hosts.encryption import encrypted
from tests.package_editing import zipped

_OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504
_LIST = "姓名,公民身份号码\n张三,1\n"
_XML = b'<?xml version="1.0"?>'


def _old(stream: str) -> bytes:
    """An old Office container that names this stream."""
    return _OLE + stream.encode("utf-16-le")


FILES: Mapping[str, tuple[bytes, str]] = {
    "空.xlsx": (b"", "是空文件"),
    "全零.xlsx": (b"\0" * 9000, "里面全是空白"),
    "旧版.xls": (_old("Workbook"), "旧版表格"),
    "更旧.xls": (_old("Book"), "旧版表格"),
    "金山.et": (_old("Workbook"), "旧版表格"),
    "加密.xlsx": (_old("EncryptedPackage"), "设了打开密码"),
    "权限.xlsx": (_old("EncryptedPackage") + "DRMEncryptedTransform".encode("utf-16-le"), "权限管理"),
    "文档.xlsx": (_old("WordDocument"), "是 Word 文档"),
    "演示.xlsx": (_old("PowerPoint Document"), "演示文稿"),
    "邮件.msg": (_old("__substg1.0_0037001F"), "是邮件"),
    "旧版.ppt": (_OLE, "旧版 Office 文件"),
    "网页.xls": (b"<html><body><table></table></body></html>", "其实是网页"),
    "网页头.xls": (b'\xef\xbb\xbf\r\n<META http-equiv="x"><table>', "其实是网页"),
    "单页.xls": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "其实是网页"),
    "名单.csv": (_LIST.encode("gb18030"), "CSV"),
    "名单.txt": (_LIST.encode(), "CSV"),
    "名单.xlsx": (b"\xef\xbb\xbf" + _LIST.encode(), "CSV"),
    "统一码文本.xls": (_LIST.encode("utf-16"), "CSV"),
    "数据.json": (b'{"name": 1}', "文本"),
    "表.xml": (_XML + b'<w xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"),
    "字.xml": (_XML + b'<?mso-application progid="Word.Document"?><w/>', "是 Word 文档"),
    "杂.xml": (_XML + b"<x/>", "是 XML 文件"),
    "平表.fods": (_XML + b'<office:document office:mimetype="x"><office:spreadsheet/>', ".fods"),
    "扫描.pdf": (b"%PDF-1.7\n", "PDF"),
    "写字板.xlsx": (b"{\\rtf1\\ansi}", "写字板"),
    "照片.png": (b"\x89PNG\r\n\x1a\n", "是图片"),
    "照片.jpg": (b"\xff\xd8\xff\xe0", "是图片"),
    "照片.gif": (b"GIF89a", "是图片"),
    "照片.webp": (b"RIFF\x10\0\0\0WEBP", "是图片"),
    "照片.heic": (b"\0\0\0\x18ftypheic", "是图片"),
    "扫描.tif": (b"II*\0\x08", "是图片"),
    "包.rar": (b"Rar!\x1a\x07", "是压缩包"),
    "包.7z": (b"7z\xbc\xaf\x27\x1c", "是压缩包"),
    "包.gz": (b"\x1f\x8b\x08\0", "是压缩包"),
    "包.bz2": (b"BZh9", "是压缩包"),
    "包.tar": (b"x" + b"\0" * 256 + b"ustar", "是压缩包"),
    "空包.xlsx": (b"PK\x05\x06" + b"\0" * 18, "是压缩包"),
    "加密软件一.xlsx": (b"\x62\x14\x23\x65" + b"\x01" * 100, "加密软件"),
    "加密软件二.xlsx": (b"\0\0E-SafeNet\0" + b"\x01" * 100, "加密软件"),
    "加密软件三.xlsx": (b"%TSD-Header-###%" + b"\x01" * 100, "加密软件"),
    "快捷方式.xlsx": (b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, "快捷方式"),
    "网址.xlsx": (b"[InternetShortcut]\r\nURL=x", "快捷方式"),
    "程序.xlsx": (b"MZ\x90\0" + b"\0" * 60, "是程序"),
    "数据库.xlsx": (b"\0\x01\0\0Standard ACE DB\0", "数据库"),
    "小数据库.xlsx": (b"SQLite format 3\0" + b"\x01" * 40, "数据库"),
    "邮件.eml": (b"From: a@example.invalid\n", "是邮件"),
    "杂.xlsx": (bytes(range(256)) * 4, "不是 Excel 工作簿，或者已经损坏"),
    "~$支部.xlsx": (b"\x05abcde" + b" " * 160, "临时文件"),
    ".~支部.xlsx": (b"\x05abcde" + b" " * 160, "临时文件"),
    ".~lock.支部.xlsx#": (b",a,b,c;", "临时文件"),
    "._支部.xlsx": (b"\0\x05\x16\x07" + b"\0" * 60, "临时文件"),
    "二进制.xlsb": (zipped([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"")]), ".xlsb"),
    "稿.docx": (zipped([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"")]), "是 Word 文档"),
    "稿.pptx": (zipped([("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"")]), "演示文稿"),
    "图.vsdx": (zipped([("[Content_Types].xml", b"<Types/>"), ("visio/document.xml", b"")]), "请选对文件"),
    "表.ods": (zipped([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), ".ods"),
    "文.odt": (zipped([("mimetype", b"application/vnd.oasis.opendocument.text")]), "不是表格文件"),
    "公文.ofd": (zipped([("OFD.xml", b"<x/>")]), "OFD"),
    "苹果.numbers": (zipped([("Index/Document.iwa", b"x")]), "Numbers"),
    "包.zip": (zipped([("支部.xlsx", b"")]), "是压缩包"),
    "包中包.xlsx": (zipped([("甲.zip", zipped([("乙.zip", zipped([("支部.xlsx", b"")]))]))]), "是压缩包"),
}


def under_password(honest: bytes) -> bytes:
    """The honest workbook as Excel saves it under a password."""
    return encrypted(honest, "Taizhang2026")
