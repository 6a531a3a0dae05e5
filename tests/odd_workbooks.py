"""Workbooks no template ever made that are read all the same: how each is made, what is read, what is said of it.

An outcome names, parted by `` | ``, the values of the first member that differ from the honest workbook (``key=value``,
``key=`` when nothing is read) and the findings that come up (``level rule cell``, ``sheet!cell`` off the roster).
"""

from collections.abc import Callable, Mapping

from tests.package_editing import (
    LINKS,
    SHEET,
    WORKBOOK,
    Change,
    added,
    after_data,
    cell,
    number,
    swapped,
    typed,
    with_part,
    without,
)

ROSTER_LINK = 'Target="worksheets/sheet2.xml"'
INLINE = ' t="inlineStr"'
STRING = ' t="str"'


def together(*changes: Change) -> Change:
    """One change after the other."""

    def change(parts: dict[str, bytes]) -> None:
        for one in changes:
            one(parts)

    return change


def new_strings(*strings: str) -> Callable[[bytes], bytes]:
    """Shared strings put behind those that are there; the first gets the number the table then has."""
    return lambda text: text.replace(b"</sst>", "".join(strings).encode() + b"</sst>")


def shared(letter: str, string: str) -> Change:
    """The first member's cell in this column refers to a new shared string."""

    def change(parts: dict[str, bytes]) -> None:
        place = parts["xl/sharedStrings.xml"].count(b"<si>")
        parts["xl/sharedStrings.xml"] = new_strings(string)(parts["xl/sharedStrings.xml"])
        cell(letter, f"<v>{place}</v>", ' t="s"')(parts)

    return change


def second_roster(name: str) -> Change:
    """The sheet 说明 becomes another roster under this name."""

    def copy(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet15.xml"] = parts[SHEET]

    return together(swapped(WORKBOOK, 'name="说明"', f'name="{name}"'), copy)


def dates_from_1904(parts: dict[str, bytes]) -> None:
    """Every date of the roster and the cover counted from 1904, as early Macs did."""
    swapped(WORKBOOK, "<workbookPr ", '<workbookPr date1904="1" ')(parts)
    for letter, serial in (("E", "30271"), ("H", "40724"), ("I", "41090")):
        number(letter, serial)(parts)
    swapped("xl/worksheets/sheet1.xml", "<v>46350</v>", "<v>44888</v>")(parts)


PACKAGES: Mapping[str, tuple[Change, str]] = {
    "谎报范围小": (swapped(SHEET, 'ref="A1:AI4"', 'ref="A1"'), ""),
    "谎报范围大": (swapped(SHEET, 'ref="A1:AI4"', 'ref="A1:XFD1048576"'), ""),
    "没有范围": (swapped(SHEET, '<dimension ref="A1:AI4"/>', ""), ""),
    "整表合并": (
        swapped(SHEET, "<mergeCells count", '<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells><x c'),
        "",
    ),
    "整表链接": (after_data('<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'), ""),
    "整表有效性": (after_data('<dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>'), ""),
    "整列宽": (swapped(SHEET, "<sheetData>", '<cols><col min="1" max="16384" width="9"/></cols><sheetData>'), ""),
    "没有样式": (
        without("xl/styles.xml"),
        "I R-FLD-DATES E4 | I R-FLD-DATES H4 | I R-FLD-DATES I4 | I R-FLD-DATES 封面!B11",
    ),
    "没有主题": (without("xl/theme/theme1.xml"), ""),
    "没有属性": (without("docProps/core.xml"), ""),
    "绝对路径": (swapped(LINKS, ROSTER_LINK, 'Target="/xl/worksheets/sheet2.xml"'), ""),
    "带BOM": (with_part(SHEET, lambda text: b"\xef\xbb\xbf" + text), ""),
    "前有空行": (with_part(SHEET, lambda text: b"\n" + text), ""),
    "处理指令": (swapped(SHEET, "<sheetData>", "<?php x?><sheetData>"), ""),
    "别的命名空间": (swapped(SHEET, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "urn:x"), ""),
    "嵌套五万层": (swapped(SHEET, "</worksheet>", "<a>" * 50_000 + "</a>" * 50_000 + "</worksheet>"), ""),
    "大图片": (added("xl/media/image1.png", b"\0" * (11 << 20)), ""),
    "打印机设置": (added("xl/printerSettings/p.bin", b"\0" * (11 << 20)), ""),
    "包中包": (added("xl/media/x.zip", b"PK\x03\x04" + b"x" * 100), ""),
    "保护结构": (swapped(WORKBOOK, "<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>'), ""),
    "建议只读": (swapped(WORKBOOK, "<workbookPr ", '<fileSharing readOnlyRecommended="1"/><workbookPr '), ""),
    "自定义数据": (added("customXml/item1.xml"), ""),
    "隐藏": (swapped(WORKBOOK, '<sheet name="党员名册"', '<sheet state="hidden" name="党员名册"'), "I R-READ-SHEET A1"),
    "深度隐藏": (
        swapped(WORKBOOK, '<sheet name="党员名册"', '<sheet state="veryHidden" name="党员名册"'),
        "I R-READ-SHEET A1",
    ),
    "差一个空格的重名表": (second_roster("党员名册 "), "E R-READ-SHEET 党员名册 !A1"),
    "副本": (second_roster("党员名册 (2)"), "W R-READ-SHEET 党员名册 (2)!A1"),
    "别的表": (swapped(WORKBOOK, 'name="说明"', 'name="Sheet1"'), "I R-READ-SHEET Sheet1!A1"),
    "超长表名": (swapped(WORKBOOK, 'name="说明"', f'name="{"长" * 300}"'), f"I R-READ-SHEET {'长' * 300}!A1"),
    "无名表": (swapped(WORKBOOK, 'name="说明"', 'name=""'), "I R-READ-SHEET !A1"),
    "一九零四": (dates_from_1904, "W R-READ-FILE 封面!A1"),
    "小写位置": (with_part(SHEET, lambda text: text.replace(b'r="A4"', b'r="a4"')), ""),
    **{
        f"带有{part.split('/')[1]}": (added(part), "I R-READ-FILE 封面!A1")
        for part in (
            "xl/vbaProject.bin",
            "xl/macrosheets/sheet1.xml",
            "xl/dialogsheets/sheet1.xml",
            "xl/externalLinks/externalLink1.xml",
            "xl/embeddings/oleObject1.bin",
            "xl/activeX/activeX1.xml",
            "xl/connections.xml",
            "xl/queryTables/queryTable1.xml",
            "xl/model/item.data",
            "xl/volatileDependencies.xml",
            "xl/webextensions/webextension1.xml",
            "customUI/customUI14.xml",
        )
    },
}

CELLS: Mapping[str, tuple[Change, str]] = {
    "富文本": (shared("A", "<si><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r></si>"), ""),
    "注音": (shared("A", '<si><t>张三</t><rPh sb="0" eb="2"><t>zhangsan</t></rPh></si>'), ""),
    "内联富文本": (cell("A", "<is><r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r></is>", INLINE), ""),
    "内联注音": (cell("A", '<is><t>张三</t><rPh sb="0" eb="2"><t>zhang</t></rPh></is>', INLINE), ""),
    "回车": (shared("M", "<si><t>一号_x000D_\n二号</t></si>"), "home_address=一号\n二号 | I R-READ-CLEAN M4"),
    "转义的转义": (typed("M", "_x005F_x000D_"), "home_address=_x000D_"),
    "控制字符": (typed("A", "张_x0001_三"), "I R-READ-CLEAN A4"),
    "字符数据": (cell("A", "<is><t><![CDATA[张三]]></t></is>", INLINE), ""),
    "字符引用": (typed("A", "张&#19977;"), ""),
    "文字单元格": (cell("A", "<v>张三</v>", STRING), ""),
    "公式有结果": (cell("A", "<f>B4</f><v>张三</v>", STRING), ""),
    "日期公式有结果": (cell("H", "<f>DATE(2015,7,1)</f><v>42186</v>"), ""),
    "共享公式": (cell("H", '<f t="shared" ref="H4:H9" si="0">TODAY()</f><v>42186</v>'), ""),
    "数组公式": (cell("H", '<f t="array" ref="H4">TODAY()</f><v>42186</v>'), ""),
    "动态数据交换": (cell("M", "<f>cmd|'/C calc'!A0</f><v>一号</v>", STRING), "home_address=一号"),
    "公式无结果": (cell("H", "<f>TODAY()</f>"), "joined_on= | E R-READ-CELL H4"),
    "错误值": (cell("H", "<v>#REF!</v>", ' t="e"'), "joined_on= | E R-READ-CELL H4"),
    "号码是错误值": (cell("B", "<f>x</f><v>#N/A</v>", ' t="e"'), "identity_number= | E R-READ-CELL B4"),
    "真假值": (cell("R", "<v>0</v>", ' t="b"'), "I R-READ-CLEAN R4"),
    "姓名是真假值": (cell("A", "<v>1</v>", ' t="b"'), "name=是 | E R-FLD-NAME A4 | I R-READ-CLEAN A4"),
    "文字日期类型": (cell("H", "<v>2015-07-01T00:00:00</v>", ' t="d"'), ""),
    "坏的日期类型": (cell("H", "<v>2015-13-01</v>", ' t="d"'), "joined_on=2015-13-01 | E R-FLD-DATES H4"),
    "序号0": (number("H", "0"), "joined_on=00:00:00 | E R-FLD-DATES H4"),
    "序号负": (number("H", "-1"), "joined_on=00:00:00 | E R-FLD-DATES H4"),
    "序号59": (number("H", "59"), "joined_on=1900-02-28 | E R-FLD-JOINORDER H4"),
    "序号60": (number("H", "60"), "joined_on=1900-02-28 | E R-FLD-JOINORDER H4"),
    "序号61": (number("H", "61"), "joined_on=1900-03-01 | E R-FLD-JOINORDER H4"),
    "序号最末": (number("H", "2958465"), "joined_on=9999-12-31 | E R-FLD-DATES H4"),
    "序号越界": (number("H", "2958466"), "joined_on=2958466.0 | E R-FLD-DATES H4"),
    "序号极大": (number("H", "1E300"), "joined_on=1e+300 | E R-FLD-DATES H4"),
    "序号二十位": (number("H", "9" * 20), "joined_on=1e+20 | E R-FLD-DATES H4"),
    "带时刻": (number("H", "42186.75"), ""),
    "八位数当日期": (number("H", "20150701"), "I R-FLD-DATES H4"),
    "不成数": (number("H", "4218 6"), "joined_on=4218 6 | E R-FLD-DATES H4"),
    "没有值": (number("H", ""), "joined_on= | E R-FLD-REQUIRED H4"),
    "常规格式60": (cell("H", "<v>60</v>", ' s="1"'), "joined_on=60.0 | E R-FLD-DATES H4"),
    "常规格式日期": (cell("H", "<v>42186</v>", ' s="1"'), "I R-FLD-DATES H4"),
    "常规格式半天": (cell("H", "<v>42186.5</v>", ' s="1"'), "joined_on=42186.5 | E R-FLD-DATES H4"),
    "常规格式年月": (cell("H", "<v>201507</v>", ' s="1"'), "joined_on=201507.0 | E R-FLD-DATES H4"),
    "号码是数值": (
        cell("B", "<v>379901198611174320</v>"),
        "identity_number=3.7990119861117434e+17 | E R-FLD-IDTEXT B4",
    ),
    "号码科学记数": (typed("B", "3.79901E+17"), "identity_number=3.79901E+17 | E R-FLD-IDTEXT B4"),
    "号码十五位数值": (cell("B", "<v>379901861117432</v>"), "identity_number=379901861117432 | E R-FLD-IDTEXT B4"),
    "号码末位西里尔": (typed("B", "37990119861117432Х"), "identity_number=37990119861117432Х | E R-FLD-ID18 B4"),
    "号码里有О": (typed("B", "3799О119861117432X"), "identity_number=3799О119861117432X | E R-FLD-ID18 B4"),
    "号码里有小写l": (typed("B", "3799011986lll7432X"), "identity_number=3799011986LLL7432X | E R-FLD-ID18 B4"),
    "号码全角": (typed("B", "３７９９０１１９８６１１１７４３２Ｘ"), "I R-READ-CLEAN B4"),
    "号码带方向符": (typed("B", "\u202d37990119861117432X\u202c"), "I R-READ-CLEAN B4"),
    "号码带空格": (typed("B", "379901 19861117 432X"), "I R-READ-CLEAN B4"),
    "号码带空字符": (typed("B", "_x0000_37990119861117432X"), "I R-READ-CLEAN B4"),
    "号码带撇号": (typed("B", "'37990119861117432X"), "identity_number='37990119861117432X | E R-FLD-ID18 B4"),
    "手机是数值": (number("K", "15400001111"), "mobile=15400001111 | E R-FLD-PHONE K4"),
    "手机科学记数": (number("K", "1.54E10"), "mobile=15400000000 | E R-FLD-PHONE K4"),
    "文字日期": (typed("H", "2015.7.1"), "I R-FLD-DATES H4"),
    "只有年月": (typed("H", "2015年7月"), "joined_on=2015-07 | W R-FLD-DATES H4"),
    "没有的日子": (typed("H", "2015-02-30"), "joined_on=2015-02-30 | E R-FLD-DATES H4"),
    "日月不分": (typed("H", "01/07/2015"), "joined_on=01/07/2015 | E R-FLD-DATES H4"),
    "一格写满": (typed("M", "长" * 32_767), f"home_address={'长' * 32_767} | W R-FLD-TEXT M4"),
    "一格写不下": (typed("M", "长" * 32_768), "home_address= | E R-READ-CELL M4"),
    "姓名自造字": (typed("A", "张\ue863"), "name=张\ue863 | E R-READ-CHAR A4"),
    "地址自造字": (typed("M", "\ue863湾村"), "home_address=\ue863湾村 | W R-READ-CHAR M4"),
    "末平面自造字": (typed("M", "\U000f0001湾村"), "home_address=\U000f0001湾村 | W R-READ-CHAR M4"),
    "姓名丢字": (typed("A", "张\ufffd"), "name=张\ufffd | E R-READ-CHAR A4"),
    "地址丢字": (typed("M", "示例\ufffd村"), "home_address=示例\ufffd村 | W R-READ-CHAR M4"),
    "姓名西里尔": (typed("A", "张О"), "name=张О | W R-READ-CHAR A4"),
    "生僻字": (typed("A", "张\U00030edd"), "name=张\U00030edd"),
    "异体选择符": (typed("A", "张葛\U000e0100"), "name=张葛\U000e0100 | E R-FLD-NAME A4"),
    "姓名方向符": (typed("A", "\u202e三张"), "name=三张 | I R-READ-CLEAN A4"),
    "姓名零宽": (typed("A", "张\u200b三"), "I R-READ-CLEAN A4"),
    "姓名填充符": (typed("A", "张\u3164三"), "I R-READ-CLEAN A4"),
    "间隔点": (typed("A", "买买提•张三"), "name=买买提·张三 | I R-READ-CLEAN A4"),
    "等号开头": (typed("A", "=1+1"), "name==1+1 | E R-FLD-NAME A4"),
    "全角等号": (typed("M", "＝HYPERLINK(1)"), "home_address=＝HYPERLINK(1)"),
    "只有空白": (typed("A", " \u00a0\u3000"), "name= | E R-FLD-REQUIRED A4"),
    "写着nan": (typed("M", "nan"), "home_address=nan"),
}
