"""A cell the general reader reads is read as XML has it, or the file is refused; nothing is read by halves."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from addin.hosts import closed
from addin.hosts.closed import sheets_of
from addin.hosts.door import admit, every_sheet
from addin.hosts.strict_cells import Misread, merged_blocks, strict_look, strict_strings
from addin.problem import CannotUse
from tests.package_editing import zipped
from validators.cleaning import Raw

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRINGS = ("甲", "乙", "丙")
FORMULA = '<row r="9"><c r="A9" t="str"><f>x</f><v>x</v></c></row>'
"""Makes the door leave the sheet to the general reader."""


def sheet(rows: str) -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}" xmlns:y="y"><sheetData>{rows}</sheetData></worksheet>'


def package(rows: str) -> bytes:
    """The smallest workbook with one sheet of these rows."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    parts: Mapping[str, str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships {links}><Relationship Id="a" Type="{kind}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{kind}"><sheets><sheet name="表" sheetId="1" r:id="a"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships {links}><Relationship Id="a" Type="{kind}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="b" Type="{kind}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in STRINGS)}</sst>',
        "xl/worksheets/sheet1.xml": sheet(rows),
    }
    return zipped((name, text.encode()) for name, text in parts.items())


def first_cell(folder: Path, cell: str) -> Raw:
    """What is read of the cell at A1. Raises CannotUse."""
    file = folder / "表.xlsx"
    file.write_bytes(package(f'<row r="1">{cell}</row>{FORMULA}'))
    (read,) = sheets_of(admit(file, every_sheet), every_sheet)
    return read.cell(1, 1)


def by_xml(cell: str) -> set[Raw]:
    """What the same cell may be read as, going by a strict XML reader alone."""
    found = etree.fromstring(sheet(f'<row r="1">{cell}</row>').encode()).find(f".//{{{MAIN}}}c")
    kind, value = found.get("t", "n"), found.find(f"{{{MAIN}}}v")
    inline = found.find(f"{{{MAIN}}}is")
    text = "" if value is None else "".join(value.xpath("text()"))
    if kind == "inlineStr":
        return {"" if inline is None else "".join(inline.itertext(f"{{{MAIN}}}t"))}
    if kind == "s":
        return {STRINGS[int(text)]} if text else {""}
    if kind == "n":
        return {text, float(text)} if text.strip().replace(".", "", 1).isdigit() else {text}
    return {text}


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closed, "is_limited", lambda: True)


PLAIN = {
    '<c r="A1" t="s"><v>1</v></c>': "乙",
    '<c x=">" r="A1" t="s"><v>1</v></c>': "乙",
    "<c r='A1' t='s' y:t='n'><v >2</v></c>": "丙",
    '<c r="A1"><v>42.5</v></c>': 42.5,
    '<c r="A1" x="&gt;"><f x=">">1</f><v>42</v></c>': 42,
    '<c r="A1" t="str"><f>x</f><v>一&#10;二</v></c>': "一\n二",
    '<c r="A1" t="str" x="/>"><v>一&amp;二</v></c>': "一&二",
    '<c r="A1" t="inlineStr"><is><t><![CDATA[甲<乙]]></t></is></c>': "甲<乙",
}


@pytest.mark.parametrize(("cell", "value"), PLAIN.items())
def test_a_cell_is_read_whatever_its_attributes(tmp_path: Path, cell: str, value: Raw) -> None:
    assert first_cell(tmp_path, cell) == value
    assert value in by_xml(cell)


HOSTILE = {
    '<c r="A1" t="s" x=">"><v>x</v></c>': "不存在的文字",
    "<c r='A1' x='>' t='s'><v>x</v></c>": "不存在的文字",
    '<c r="A1" t="s" x="' + "a" * 300 + '"><v>x</v></c>': "不存在的文字",
    '<c r="A1" t="s"><v >x</v></c>': "不存在的文字",
    '<c r="A1" t="s"><f>x</f><v>1x</v></c>': "不存在的文字",
    '<c r="A1" t="s"><v> 1</v></c>': "不存在的文字",
    '<c r="A1" x=">"><v>nan</v></c>': "存的不是数",
    '<c r="A1" x=">" t="n"><v>-INF</v></c>': "存的不是数",
    '<c r="A1"><v>1e999</v></c>': "存的不是数",
    '<c r="A1"><v>3799<b/>01</v></c>': "写法不正常的单元格",
    '<c r="A1"><v>3799<!-- -->01</v></c>': "写法不正常的单元格",
    '<c r="A1"><v>3799<?x?>01</v></c>': "写法不正常的单元格",
    '<c r="A1"><v>3799</v><v>01</v></c>': "写法不正常的单元格",
    '<c r="A1"><v><![CDATA[3799]]></v></c>': "写法不正常的单元格",
    '<c r="A1" t="s"><v>&#49;</v></c>': "写法不正常的单元格",
    '<c r="A1" t="str" x=">"><v>一</v><is><t>二</t></is></c>': "写法不正常的单元格",
    '<c r="A1" t="inlineStr"><v>一</v></c>': "写法不正常的单元格",
    '<c r="A1" t="inlineStr"><is><t>张<b/>三</t></is></c>': "写法不正常的单元格",
    '<c r="A1"><is><t>张三</t></is></c>': "写法不正常的单元格",
    '<!-- --><c r="A1"><v>1</v></c>': "写法不正常的单元格",
    '<c x=">" r="A1"><v>1</v></c><c x=">" r="A1"><v>2</v></c>': "单元格重复或放错了行",
    '<c x=">" r="A1"><v>1</v></c><c x=">"><v>2</v></c>': "没有标明位置",
    '<c x=">" r="A2"><v>1</v></c>': "单元格重复或放错了行",
    '<y:c r="A1"><v>1</v></y:c>': "写法不正常的单元格",
}


@pytest.mark.parametrize(("cell", "said"), HOSTILE.items())
def test_what_two_readers_would_read_differently_is_refused(tmp_path: Path, cell: str, said: str) -> None:
    with pytest.raises(CannotUse, match=said):
        first_cell(tmp_path, cell)


attribute_values = st.text(st.sampled_from(">/='s1 cvn"), max_size=6)
attributes = st.lists(
    st.tuples(st.sampled_from(["x", "y:t", "y:r", "z"]), attribute_values, st.sampled_from(["=", " = ", "\n="])),
    max_size=3,
    unique_by=lambda one: one[0],
)
stored = st.lists(
    st.sampled_from(
        ["0", "1", "2", ".5", "x", " ", "nan", "&#49;", "&amp;", "<![CDATA[1]]>", "<!---->", "<?p?>", "<b/>"]
    ),
    max_size=3,
).map("".join)


@st.composite
def cells(draw: st.DrawFn) -> str:
    """A cell at A1 that is well-formed XML, written in any way."""
    written = [f'{name}{equals}"{value}"' for name, value, equals in draw(attributes)]
    kind = draw(st.sampled_from(["", "s", "n", "str", "inlineStr"]))
    written += [' r="A1"', f' t="{kind}"'][: 2 if kind else 1]
    start = draw(st.sampled_from(["<v>", "<v >", '<v x=">">']))
    inside = [f"{start}{draw(stored)}</v>"]
    if kind == "inlineStr":
        inside = [f"<is><t>{draw(stored)}</t></is>"]
    inside += draw(st.lists(st.sampled_from(["<f>x</f>", '<f x=">"/>', "<v>1</v>", "<is><t>1</t></is>"]), max_size=1))
    return f"<c {' '.join(draw(st.permutations(written)))}>{''.join(draw(st.permutations(inside)))}</c>"


@given(cells())
def test_any_cell_is_read_as_xml_has_it_or_refused(tmp_path_factory: pytest.TempPathFactory, cell: str) -> None:
    try:
        read = first_cell(tmp_path_factory.mktemp("any"), cell)
    except CannotUse:
        return
    assert trimmed("" if read is None else read) in {trimmed(value) for value in by_xml(cell)}


def trimmed(value: Raw) -> Raw:
    """Readers differ in blanks at the ends, which nobody keeps."""
    return value.strip() if isinstance(value, str) else value


def test_rows_and_tables_of_texts_are_looked_through() -> None:
    for rows in ('<y:row r="1"/>', "<x><row/></x>", '</sheetData><sheetData><row r="1"/>', '<row r="1"><x/></row>'):
        with pytest.raises(Misread, match="写法不正常"):
            strict_look(sheet(rows).encode())
    with pytest.raises(Misread, match="第 1 行"):
        strict_look(sheet('<row x=">" r="1"/><row x=">" r="1"/>').encode())
    with pytest.raises(Misread, match="写法不正常"):
        strict_look(b"<row/>")
    with pytest.raises(Misread, match="写法不正常"):
        strict_strings(b"<si/>")
    foreign = f'<é:worksheet xmlns:é="{MAIN}"><é:sheetData><é:row r="1"><é:c r="A1" t="s"><é:v>x</é:v></é:c></é:row>'
    with pytest.raises(Misread, match="不存在的文字"):
        strict_look(f"{foreign}</é:sheetData></é:worksheet>".encode())
    for texts in ("<x><si><t>甲</t></si></x>", "<si><t>甲<b/>乙</t></si>", "<si><!-- --><t>甲</t></si>"):
        with pytest.raises(Misread, match="写法不正常"):
            strict_strings(f'<sst xmlns="{MAIN}">{texts}</sst>'.encode())


def test_merged_blocks_are_found() -> None:
    made = sheet('<row r="1"><c r="A1"/></row>').replace(
        "</sheetData>", '</sheetData><mergeCells><mergeCell x=">" ref="B2:AA10"/></mergeCells>'
    )
    assert merged_blocks(made.encode()) == ((2, 2, 10, 27),)


def test_no_repeated_attribute_keeps_it_busy() -> None:
    cell = '<c r="A1"' + ' t="str"' * (1 << 17) + "<v>&amp;</v></c>"
    with pytest.raises(etree.XMLSyntaxError):
        strict_look(sheet(f'<row r="1">{cell}</row>').encode())
    many = "".join(f' a{number}="str"' for number in range(1 << 14))
    well_formed = f'<row r="1"><c r="A1" t="str"{many}><v>&amp;</v></c></row>'
    assert strict_look(sheet(well_formed).encode()) == ()
