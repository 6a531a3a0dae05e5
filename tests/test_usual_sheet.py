"""The quick reader reads a sheet as the general reader does, or not at all."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from string import printable

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineError, CalamineWorkbook

from addin.demo.population import clean_population
from addin.hosts.door import admit
from addin.hosts.usual_book import shared_strings
from addin.hosts.usual_sheet import Setting, usual_rows
from addin.hosts.workbook_writer import write_workbook
from addin.problem import CannotUse
from tests.drawing import draw
from tests.foreign_books import crowded_book, saved_by_libreoffice
from tests.hostile_files import hostile, odd, write_all
from tests.small_branch import small_branch_file
from tests.workbook_editing import write_drawn
from validators.cleaning import Raw

AS_OF = date(2026, 11, 24)
Cells = Mapping[tuple[int, int], Raw]

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
PLAIN = Setting(["甲", "乙"], ["number", "date", "unsure"])


def filled(rows: Iterable[Sequence[Raw]]) -> Cells:
    """The cells that hold something, by 0-based row and column."""
    return {
        (number, place): value
        for number, row in enumerate(rows)
        for place, value in enumerate(row)
        if value is not None and value != ""
    }


def quick(path: Path) -> Mapping[str, Cells]:
    """The sheets the door has read on the way, by name; none when two have the same, then nothing is read at all."""
    admitted = admit(path, lambda name: True)
    if len({place.name for place in admitted.places}) < len(admitted.places):
        return {}
    return {place.name: filled(admitted.rows[place.part]) for place in admitted.places if place.part in admitted.rows}


def general(path: Path, names: Iterable[str]) -> Mapping[str, Cells]:
    """The same sheets by the general reader."""
    workbook = CalamineWorkbook.from_path(str(path))
    return {name: filled(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names}


def test_every_sheet_of_our_own_workbooks_is_read_quickly(tmp_path: Path) -> None:
    made = clean_population(members=60, as_of=AS_OF, seed=5)
    path = tmp_path / "支部.xlsx"
    write_workbook(path, "branch", cover=made.cover, rows=made.rows)
    read = quick(path)
    assert list(read) == CalamineWorkbook.from_path(str(path)).sheet_names
    assert read == general(path, read)


@pytest.mark.parametrize("saver", ["openpyxl", "libreoffice", "nobody"])
def test_what_other_programs_saved_is_read_as_the_general_reader_reads_it(tmp_path: Path, saver: str) -> None:
    path = small_branch_file(tmp_path)
    if saver == "openpyxl":
        book = openpyxl.load_workbook(path)
        book.save(path)
    elif saver == "libreoffice":
        path = saved_by_libreoffice(path, tmp_path / "saved")
    read = quick(path)
    assert "党员名册" in read
    assert saver != "libreoffice" or list(read) == CalamineWorkbook.from_path(str(path)).sheet_names
    assert read == general(path, read)


@pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")
def test_a_sheet_with_formulas_is_left_to_the_general_reader(tmp_path: Path) -> None:
    path = tmp_path / "自带图表.xlsx"
    crowded_book(path)
    read = quick(path)
    assert "党员名册" not in read
    assert "其他" in read
    assert read == general(path, read)


def test_hostile_and_odd_files_are_never_read_otherwise(tmp_path: Path) -> None:
    honest = write_drawn(tmp_path / "支部.xlsx", draw(member_roster="姓名\n张三")).read_bytes()
    names = write_all(tmp_path, {**hostile(honest), **odd(honest)})
    read_some = 0
    for name in names:
        try:
            read = quick(tmp_path / name)
            expected = general(tmp_path / name, read)
        except (CannotUse, CalamineError):
            continue
        read_some += bool(read)
        assert read == expected, name
    assert read_some > 20


texts = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), st.sampled_from("\n\t &<>_x0041"))
)
values = st.one_of(
    texts,
    st.text(printable, max_size=20).filter(lambda text: text.isprintable()),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)),
    st.times(),
)
grids = st.lists(st.lists(st.one_of(st.none(), values), max_size=6), max_size=8)


@given(grids, st.sampled_from(["openpyxl", "xlsxwriter"]))
def test_whatever_is_typed_is_read_as_the_general_reader_reads_it(
    tmp_path_factory: pytest.TempPathFactory, grid: list[list[Raw]], writer: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "表.xlsx"
    path.write_bytes(by_openpyxl(grid) if writer == "openpyxl" else by_xlsxwriter(grid))
    read = quick(path)
    assert read == general(path, read)


def by_openpyxl(grid: list[list[Raw]]) -> bytes:
    book = openpyxl.Workbook()
    for row, cells in enumerate(grid, 1):
        for column, value in enumerate(cells, 1):
            if not (
                isinstance(value, str)
                and (value.startswith("=") or openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(value))
            ):
                book.active.cell(row, column).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def by_xlsxwriter(grid: list[list[Raw]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    looks = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        time: book.add_format({"num_format": "hh:mm"}),
    }
    for row, cells in enumerate(grid):
        for column, value in enumerate(cells):
            sheet.write(row, column, value, looks.get(type(value)))
    book.close()
    return stream.getvalue()


UNUSUAL = {
    "a cell twice": '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="A1" t="s"><v>1</v></c></row>',
    "a cell in the row of another": '<row r="1"><c r="A2" t="s"><v>0</v></c></row>',
    "rows out of order": '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    "a row far beyond the last": '<row r="1"/><row r="4000000000"/><row r="2"><c r="A2"><v>1</v></c></row>',
    "a formula": '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
    "an error": '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>',
    "a string that is not there": '<row r="1"><c r="A1" t="s"><v>2</v></c></row>',
    "a string of no number": '<row r="1"><c r="A1" t="s"><v></v></c></row>',
    "a number that is none": '<row r="1"><c r="A1"><v>inf</v></c></row>',
    "a format that is not there": '<row r="1"><c r="A1" s="9"><v>1</v></c></row>',
    "a time of day": '<row r="1"><c r="A1" s="2"><v>0.5</v></c></row>',
    "a day with a time": '<row r="1"><c r="A1" s="1"><v>45000.5</v></c></row>',
    "a day readers disagree on": '<row r="1"><c r="A1" s="1"><v>60</v></c></row>',
    "the same in five figures": '<row r="1"><c r="A1" s="1"><v>00060</v></c></row>',
    "a number without end": '<row r="1"><c r="A1"><v>1e999</v></c></row>',
    "something else than rows": "1",
    "a row without end": '<row r="1"><c r="A1"><v>1</v></c>',
    "a cell behind a row": '<row r="1"/><c r="A1"><v>1</v></c>',
    "a row that ends twice": '<row r="1"><c r="A1"><v>1</v></c></row></row>',
    "a cell without value that names a string": '<row r="1"><c r="A1" t="s"/></row>',
    "a far column": '<row r="1"><c r="ZZ1"><v>1</v></c></row>',
    "a comment": '<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>',
    "another element": '<row r="1"><x><c r="A1"><v>1</v></c></x></row>',
    "another namespace": '<row r="1" xmlns="urn:x"><c r="A1"><v>1</v></c></row>',
    "an unknown entity": '<row r="1"><c r="A1" t="inlineStr"><is><t>&who;</t></is></c></row>',
    "a control character by number": '<row r="1"><c r="A1" t="inlineStr"><is><t>&#7;</t></is></c></row>',
    "an escape by number": '<row r="1"><c r="A1" t="inlineStr"><is><t>&#95;x0041_</t></is></c></row>',
    "an escaped character": '<row r="1"><c r="A1" t="inlineStr"><is><t>_x0041_</t></is></c></row>',
    "a carriage return": '<row r="1"><c r="A1" t="inlineStr"><is><t>a\r\n</t></is></c></row>',
    "formatted runs": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
    "text in a number": '<row r="1"><c r="A1"><is><t>a</t></is></c></row>',
}


@pytest.mark.parametrize("rows", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_nothing_unusual_is_read(rows: str) -> None:
    assert usual_rows(f"{HEAD}<sheetData>{rows}</sheetData></worksheet>".encode(), PLAIN) is None


USUAL = {
    "nothing": ("", []),
    "every kind of cell": (
        '<row r="2" ht="24"><c r="A2" s="0" t="s"><v>1</v></c><c r="B2" s="1"/><c r="C2" s="1"><v>46350</v></c></row>',
        [[], ["乙", None, date(2026, 11, 24)]],
    ),
    "a text and a truth": (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a&amp;&#20826;</t></is></c><c r="B1" t="b"><v>1</v></c></row>',
        [["a&党", True]],
    ),
    "the number of a row among others": ('<row ht="30" r="1" spans="1:1"><c r="A1"><v>1.5</v></c></row>', [[1.5]]),
    "rows on lines of their own": (
        '\n<row r="1"><c r="A1"><v>1</v></c></row>\n<row r="2"/>\n<row r="3"><c r="A3"><v>3</v></c></row>\n',
        [[1.0], [], [3.0]],
    ),
    "days written short and long": (
        '<row r="1"><c r="A1" s="1"><v>61</v></c><c r="B1" s="1"><v>46350.0</v></c></row>',
        [[date(1900, 3, 1), date(2026, 11, 24)]],
    ),
    "rows with nothing in them": ('<row r="1" ht="30"/><row r="3"><c r="B3"><v>1</v></c></row>', [[], [], [None, 1.0]]),
}


@pytest.mark.parametrize(("rows", "expected"), USUAL.values(), ids=USUAL.keys())
def test_what_is_usual_is_read(rows: str, expected: list[list[Raw]]) -> None:
    data = f"{HEAD}<sheetData>{rows}</sheetData></worksheet>".encode()
    assert usual_rows(data, PLAIN) == expected


@pytest.mark.parametrize("hidden", ['<c r="A1"/>', '<row r="1"/>', "<!-- -->", "<?x?>"])
@pytest.mark.parametrize("declared", ["", '<?xml version="1.0"?>', '\ufeff<?xml version="1.0"?>', "<?x y?>"])
def test_nothing_hides_before_or_behind_the_rows(hidden: str, declared: str) -> None:
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    plain = f"{declared}{HEAD}{rows}</worksheet>"
    assert (usual_rows(plain.encode(), PLAIN) is None) == (declared == "<?x y?>")
    for text in (
        plain.replace(HEAD, f"{HEAD}{hidden}<?x?>"),
        plain.replace(HEAD, f"{HEAD}{hidden}"),
        f"{plain}{hidden}",
    ):
        assert usual_rows(text.encode(), PLAIN) is None


STRINGS = {
    "plain ones": ('<si><t>甲</t></si><si><t xml:space="preserve"> 乙</t></si>', ["甲", " 乙"]),
    "with how they sound": ('<si><t>甲</t><phoneticPr fontId="1" type="noConversion"/></si>', ["甲"]),
    "one in pieces of several fonts": (
        '<si><r><rPr><sz val="9"/></rPr><t>乙</t></r><r><t xml:space="preserve"> 1 &lt;</t></r></si><si><t>甲</t></si>',
        ["乙 1 <", "甲"],
    ),
    "pieces with blanks that do not count": ("<si><t>甲</t></si><si><r><t> 乙 </t></r></si>", ["甲", None]),
    "pieces with a character by number": ("<si><t>甲</t></si><si><r><t>&#32;乙</t></r></si>", ["甲", None]),
    "pieces and how they sound": ("<si><t>甲</t></si><si><r><t>乙</t></r><rPh><t>y</t></rPh></si>", ["甲", None]),
    "a piece within a piece": ("<si><t>甲</t></si><si><r><r><t>乙</t></r></r></si>", ["甲", None]),
    "one that is empty": ("<si/>", None),
    "none that is closed": ("<si>" * 3, None),
    "closed before they begin": ("</si>" * 3 + "<si>" * 3, None),
}


@pytest.mark.parametrize(("text", "expected"), STRINGS.values(), ids=STRINGS.keys())
def test_shared_strings_are_read_when_they_are_plain(text: str, expected: list[str | None] | None) -> None:
    assert shared_strings(f"<sst>{text}</sst>".encode()) == expected


@pytest.mark.parametrize("piece", ["<si>", "<si><t>", "<si><t>甲</t></si><r>", "<si><r><rPr>", "<r><t>"])
def test_no_repeated_string_keeps_the_quick_reader_busy(piece: str) -> None:
    """Half a million pieces: were each looked for to the end of the text, this would take hours."""
    number = 1 << 19
    for text in (piece * number, "</si>" * number + piece * number):
        assert shared_strings(f"<sst>{text}</sst>".encode()) is None


@pytest.mark.parametrize("piece", ['<row r="1" ', '<row r="1">', '<c r="A1"><v>', "</c>", 'x="1" '])
def test_no_repeated_tag_keeps_the_quick_reader_busy(piece: str) -> None:
    """As with strings."""
    data = f"{HEAD}<sheetData><row {piece * (1 << 19)}</sheetData></worksheet>".encode()
    assert usual_rows(data, PLAIN) is None
