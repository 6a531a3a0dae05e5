"""The ribbon: every button, valid under Microsoft's schema of the custom UI, faulty ones refused.

The Open XML SDK carries the schemas of both namespaces (2006/01 and 2009/07); what no schema says, unique ids and one
id a control, is looked at here.
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from addin.buttons import Tab, tab
from addin.cli import main
from addin.excel_package import addin_bytes
from addin.ribbon import CALLBACK, NAMESPACES, ribbon_xml
from tests.ooxml_validator import validate

KINDS_OF_ID = ("id", "idMso", "idQ")
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def macro_workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("macro") / "支部台账.xlsm"
    assert main(["new", "branch", "-o", str(path)]) == 0
    return path.read_bytes()


def ribbons(package: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(package)) as inside:
        assert all(f'Target="{name}"' in inside.read("_rels/.rels").decode() for name in NAMESPACES)
        return {name: inside.read(name).decode("utf-8") for name in NAMESPACES}


@pytest.mark.parametrize("kind", ["add-in", "workbook"])
def test_both_ribbons_show_every_button_and_call_the_launcher(kind: str, macro_workbook: bytes) -> None:
    for name, text in ribbons(addin_bytes() if kind == "add-in" else macro_workbook).items():
        root = ElementTree.fromstring(text)
        assert root.tag == f"{{{NAMESPACES[name]}}}customUI"
        buttons = list(root.iter(f"{{{NAMESPACES[name]}}}button"))
        assert [button.get("id") for button in buttons] == [button.control for button in tab().buttons]
        assert {button.get("onAction") for button in buttons} == {CALLBACK}


@pytest.mark.parametrize("name", NAMESPACES)
def test_every_control_has_one_id_nobody_else_has(name: str) -> None:
    parts = [part for part in ElementTree.fromstring(ribbons(addin_bytes())[name]).iter() if "label" in part.attrib]
    ids = [[part.get(kind) for kind in KINDS_OF_ID if part.get(kind)] for part in parts]
    assert all(len(one) == 1 for one in ids)
    assert len({one[0] for one in ids}) == len(ids) == len(tab().buttons) + len(tab().groups) + 1


def once(right: str, wrong: str) -> Change:
    def change(text: str) -> str:
        assert right in text
        return text.replace(right, wrong, 1)

    return change


AGAINST_THE_SCHEMA: dict[str, tuple[Change, str]] = {
    "an attribute it does not know": (once('size="large"', 'colour="red"'), "'colour' attribute is not declared"),
    "a size that is none": (once('size="large"', 'size="huge"'), "invalid value 'huge'"),
    "an id that begins with a digit": (once('id="taizhang_check"', 'id="1check"'), "invalid value '1check'"),
    "an id too long": (once('id="taizhang_check"', f'id="{"t" * 1025}"'), "MaxLength"),
    "a key tip too long": (once('keytip="JH"', 'keytip="JHJH"'), "invalid value 'JHJH'"),
    "a label too long": (once('label="校核"', f'label="{"校" * 1025}"'), "'label' has invalid value"),
    "a control there is none of": (once("<group ", '<knob id="k"/><group '), "invalid child element"),
    "another namespace": (once("/customui", "/ui"), "Cannot load the root element"),
}


@pytest.mark.ooxml
@pytest.mark.parametrize("name", NAMESPACES)
@pytest.mark.parametrize("fault", AGAINST_THE_SCHEMA)
def test_microsofts_schema_refuses(fault: str, name: str, tmp_path: Path) -> None:
    change, said = AGAINST_THE_SCHEMA[fault]
    path = tmp_path / "faulty.xlam"
    with zipfile.ZipFile(io.BytesIO(addin_bytes())) as good, zipfile.ZipFile(path, "w") as bad:
        for part in good.namelist():
            data = good.read(part)
            bad.writestr(part, change(data.decode("utf-8")) if part == name else data)
    problems = validate([path])
    assert any(said in problem.description for problem in problems)
    assert all(name.rsplit("/", 1)[-1] in problem.part or not problem.part for problem in problems)


def with_button(**changed: object) -> Tab:
    """The tab with its first button changed."""
    first = tab().groups[0]
    buttons = (replace(first.buttons[0], **changed), *first.buttons[1:])  # type: ignore[arg-type]
    return replace(tab(), groups=(replace(first, buttons=buttons), *tab().groups[1:]))


GROUP = replace(tab().groups[0], buttons=())
FAULTY_TABS = {
    "an id twice": (with_button(key="unmark"), "id used twice: unmark"),
    "a group twice": (
        replace(tab(), groups=(*tab().groups, replace(tab().groups[0], buttons=()))),
        "id of a group used",
    ),
    "a key tip twice": (with_button(key_tip="QC"), "key tip used twice: QC"),
    "a label twice": (with_button(label="清除标记"), "label used twice: 清除标记"),
    "a Chinese id": (with_button(key="校核"), "word of ASCII letters: 校核"),
    "an id with a blank": (with_button(key="che ck"), "word of ASCII letters: che ck"),
    "a key tip too long": (with_button(key_tip="JHJH"), "one to three characters without blanks: JHJH"),
    "a key tip with a blank": (with_button(key_tip="J H"), "without blanks: J H"),
    "a key tip of the tab": (replace(tab(), key_tip="TZTZ"), "without blanks: TZTZ"),
    "an empty label": (with_button(label=""), "1 to 1024 characters: check"),
    "a label too long": (with_button(label="校" * 1025), "1 to 1024 characters: check"),
    "a tip too long": (with_button(super_tip="校" * 1025), "1 to 1024 characters: check"),
    "an id too long": (with_button(key="k" * 1020), "1 to 1024 characters: kkk"),
}


@pytest.mark.parametrize("fault", FAULTY_TABS)
def test_a_ribbon_excel_would_drop_fails_the_build(fault: str) -> None:
    faulty, said = FAULTY_TABS[fault]
    for namespace in NAMESPACES.values():
        with pytest.raises(ValueError, match=said):
            ribbon_xml(faulty, namespace)
