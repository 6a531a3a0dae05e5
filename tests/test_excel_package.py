"""The Excel add-in built from text: read back by other people's parsers, and faulty sources refused."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import olefile
import pyopenvba
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser, decompress_stream
from pyvbaanalysis import ModuleInput, ModuleSymbolKind, analyze_office_file, analyze_project

from addin.buttons import tab
from addin.cli import main
from addin.excel_package import addin_bytes, check_entries, macro_project
from addin.ribbon import button_macros
from addin.vba.compound_file import write_compound_file
from addin.vba.compression import compress
from addin.vba.messages import messages_module
from addin.vba.modules import MacroSourceError, class_module, standard_module
from addin.vba.project import Project
from tests.ooxml_validator import validate

ROOT = Path(__file__).resolve().parents[1]
STANDARD = ModuleSymbolKind.STANDARD
SOURCE = 'Attribute VB_Name = "One"\r\nOption Explicit\r\n'


@pytest.fixture(scope="module")
def addin_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / "taizhang.xlam"
    path.write_bytes(addin_bytes())
    return path


@pytest.fixture(scope="module")
def macro_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("macro") / "支部台账.xlsm"
    assert main(["new", "branch", "-o", str(path)]) == 0
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@given(st.text(alphabet="Dim x As Long\r\n'01", max_size=20_000))
def test_compressed_text_comes_back(text: str) -> None:
    data = text.encode("ascii")
    assert bytes(decompress_stream(bytearray(compress(data)))) == data


@given(st.dictionaries(st.text("abcXYZ", min_size=1, max_size=20), st.binary(max_size=9_000), min_size=1, max_size=30))
def test_a_compound_file_holds_its_streams(streams: dict[str, bytes]) -> None:
    unlike = {name.lower(): (name, data) for name, data in streams.items()}
    tree = dict(unlike.values())
    file = olefile.OleFileIO(io.BytesIO(write_compound_file({"VBA": tree})), raise_defects=olefile.DEFECT_UNSURE)
    assert {name: file.openstream(["VBA", name]).read() for name in tree} == tree
    assert file.parsing_issues == []


@pytest.mark.parametrize("kind", ["addin_file", "macro_workbook"])
def test_two_independent_parsers_read_the_very_sources(kind: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(kind)
    with pyopenvba.ExcelFile(path) as book:
        names = book.module_names()
        read = {name: book.get_module(name) for name in names}
        assert book.validate() == []
    assert pyopenvba.check_file(path).ok
    sheets = sum(1 for name in names if re.fullmatch(r"Sheet\d+", name))
    written = {module.name: module.source for module in macro_project(sheets).modules}
    assert read == written
    found = {stream.split("/")[-1]: code for _, stream, _, code in VBA_Parser(str(path)).extract_all_macros()}
    assert {name: code.replace("\r\n", "\n") for name, code in found.items()} == {
        name: source.replace("\r\n", "\n") for name, source in written.items()
    }


def test_every_document_module_has_its_sheet(macro_workbook: Path) -> None:
    inside = parts(macro_workbook)
    names = {
        name.decode()
        for part, data in inside.items()
        if part == "xl/workbook.xml" or part.startswith("xl/worksheets/sheet")
        for name in re.findall(rb'codeName="(\w+)"', data)
    }
    with pyopenvba.ExcelFile(macro_workbook) as book:
        assert {name for name in book.module_names() if re.fullmatch(r"Sheet\d+|ThisWorkbook", name)} == names


def test_equal_sources_give_equal_bytes() -> None:
    """In processes whose sets and dictionaries are ordered otherwise, too."""
    program = "import sys; from addin.excel_package import addin_bytes; sys.stdout.buffer.write(addin_bytes())"
    made = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    ]
    assert made == [addin_bytes()] * 2


def test_every_relation_leads_somewhere_and_every_part_has_a_type(addin_file: Path) -> None:
    inside = parts(addin_file)
    types = ElementTree.fromstring(inside["[Content_Types].xml"])
    named = {str(entry.get("PartName")).lstrip("/") for entry in types if entry.get("PartName")}
    endings = {str(entry.get("Extension")) for entry in types if entry.get("Extension")}
    assert named <= set(inside)
    assert [name for name in inside if name not in named and name.rsplit(".", 1)[-1] not in endings] == []
    for name, data in inside.items():
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "") else ""
            targets = [str(link.get("Target")) for link in ElementTree.fromstring(data)]
            assert [t for t in targets if f"{folder}/{t}".lstrip("/") not in inside] == []


@pytest.mark.ooxml
@pytest.mark.parametrize("kind", ["addin_file", "macro_workbook"])
def test_excel_finds_nothing_to_repair(kind: str, request: pytest.FixtureRequest) -> None:
    assert validate([request.getfixturevalue(kind)]) == []


def test_a_macro_workbook_has_a_button_for_everything(macro_workbook: Path) -> None:
    drawn = b"".join(data for name, data in parts(macro_workbook).items() if name.endswith(".vml")).decode()
    assert all(f"[0]!Taizhang_{button.key}<" in drawn for button in tab().buttons)
    assert all(f"Public Sub Taizhang_{button.key}()" in button_macros(tab()) for button in tab().buttons)


def test_chinese_texts_become_ascii() -> None:
    source = messages_module({"Hello": '你好，"𠮷"！'})
    assert source.isascii()
    units = [int(number) & 0xFFFF for number in re.findall(r"ChrW\((-?\d+)\)", source)]
    assert b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le") == "你好，𠮷！"
    assert '""""' in source


FAULTS: list[tuple[str, Callable[[], object], str]] = [
    (
        "LF line ends",
        lambda: standard_module(SOURCE.replace("\r\n", "\n"), "One.bas"),
        "One.bas: line ends must be CRLF",
    ),
    ("non-ASCII", lambda: standard_module(SOURCE + "' 中\r\n", "One.bas"), "One.bas:3: only ASCII"),
    ("no name", lambda: standard_module("Option Explicit\r\n", "One.bas"), "first line must be Attribute VB_Name"),
    ("long name", lambda: standard_module(SOURCE.replace("One", "O" * 32), "One.bas"), "longer than 31"),
    ("underscore", lambda: standard_module(SOURCE.replace("One", "_One"), "One.bas"), "must begin with a letter"),
    ("long line", lambda: standard_module(SOURCE + "'" * 1100 + "\r\n", "One.bas"), "longer than 1023"),
    ("class without name", lambda: class_module("VERSION 1.0 CLASS\r\n", "One.cls"), "Attribute VB_Name"),
    ("twice", lambda: Project("P", [standard_module(SOURCE, "a"), standard_module(SOURCE, "b")]).to_bytes(), "twice"),
]


@pytest.mark.parametrize(("build", "said"), [(b, s) for _, b, s in FAULTS], ids=[name for name, _, _ in FAULTS])
def test_a_faulty_source_fails_the_build_with_a_clear_message(build: Callable[[], object], said: str) -> None:
    with pytest.raises(MacroSourceError, match=re.escape(said)):
        build()


BLOCKS = [
    ("Sub A()\r\nEnd Sub\r\n", None),
    ("Sub A()\r\n", "3: Sub is never closed"),
    ("Sub A()\r\n  If x Then\r\nEnd Sub\r\n", "5: end of Sub where If is open"),
    ("Sub A()\r\n  If x Then y = 1\r\nEnd Sub\r\n", None),
    ('Sub A()\r\n  If x = "Then" Then \' remark\r\n  End If\r\nEnd Sub\r\n', None),
    ("Sub A()\r\n  If x _\r\n   Then\r\nEnd Sub\r\n", "6: end of Sub where If is open"),
    ("Sub A()\r\n  End If\r\nEnd Sub\r\n", "4: end of If where Sub is open"),
    ("End Sub\r\n", "3: end of Sub where nothing is open"),
    ("Sub A()\r\n  For i = 1 To 2\r\n  Loop\r\nEnd Sub\r\n", "5: end of Do where For is open"),
    ("Sub A()\r\n  Do While x\r\n    With y\r\n    End With\r\n  Loop\r\nEnd Sub\r\n", None),
    ("Sub A()\r\n  Select Case x\r\n  Case 1\r\n  End Select\r\nEnd Sub\r\n", None),
]


@pytest.mark.parametrize(("code", "said"), BLOCKS)
def test_an_unclosed_block_fails_the_build_with_its_line(code: str, said: str | None) -> None:
    if said is None:
        assert standard_module(SOURCE + code, "One.bas").source.endswith(code)
        return
    with pytest.raises(MacroSourceError, match=re.escape(f"One.bas:{said}")):
        standard_module(SOURCE + code, "One.bas")


@pytest.mark.parametrize("kind", ["addin_file", "macro_workbook"])
def test_a_foreign_analyser_finds_nothing_undeclared_or_mistyped(kind: str, request: pytest.FixtureRequest) -> None:
    found = analyze_office_file(request.getfixturevalue(kind))
    assert {"Launcher", "Messages", "Buttons"} <= set(found)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("reply = files", "repyl = files", "Variable not defined: 'repyl'"),
        ("ReadReply(files, reply)", "ReedReply(files, reply)", "Variable not defined: 'ReedReply'"),
        ("RunButton = -1", 'RunButton = "x"', "expects Long"),
    ],
)
def test_the_foreign_analyser_sees_a_typo(right: str, wrong: str, said: str) -> None:
    project = [one for one in macro_project(1).modules if one.kind == "standard"]
    assert any(right in one.source for one in project)
    faulty = [ModuleInput(one.name, STANDARD, one.source.replace(right, wrong, 1)) for one in project]
    messages = [fault.message for faults in analyze_project(faulty).values() for fault in faults]
    assert [message for message in messages if said in message]


def test_a_typo_in_a_callback_fails_the_build() -> None:
    modules = list(macro_project(1).modules)
    check_entries(modules)
    for right, wrong in (("Sub OnButton(", "Sub OnButon("), ("control As", "button As"), ("RunButton(", "RunButon(")):
        faulty = [replace(one, source=one.source.replace(right, wrong)) for one in modules]
        with pytest.raises(MacroSourceError, match=r"buttons call Launcher\.\w+, but Launcher has no such"):
            check_entries(faulty)
    with pytest.raises(MacroSourceError, match=r"buttons call Launcher\.OnButton"):
        check_entries([one for one in modules if one.name != "Launcher"])
