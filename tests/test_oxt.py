"""The LibreOffice extension: every button in its menu, keys nobody has twice, parts that LibreOffice can load."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from addin.buttons import tab
from addin.installing.install import EXTENSION_ID
from addin.oxt import KEYS, PROTOCOL, extension_bytes
from tests.office import unopkg

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(extension_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


def addresses(part: bytes, node: str) -> list[str]:
    (found,) = (one for one in etree.fromstring(part).iter("node") if one.get(f"{OOR}name") == node)
    properties = (one for one in found.iter("prop") if one.get(f"{OOR}name") == "URL")
    return [str(one.findtext("value")) for one in properties]


def test_the_menu_has_every_button_and_the_toolbar_the_large_ones(parts: dict[str, bytes]) -> None:
    menu = [address for address in addresses(parts["Addons.xcu"], "OfficeMenuBar") if "separator" not in address]
    assert menu == [PROTOCOL + button.key for button in tab().buttons]
    bar = addresses(parts["Addons.xcu"], "OfficeToolBar")
    assert bar == [PROTOCOL + button.key for button in tab().buttons if button.large]


def test_captions_are_those_of_the_buttons(parts: dict[str, bytes]) -> None:
    shown = {value.text for value in etree.fromstring(parts["Addons.xcu"]).iter("value")}
    assert {button.label for button in tab().buttons} <= shown


def test_keys_press_buttons_and_differ(parts: dict[str, bytes]) -> None:
    assert set(KEYS) <= {button.key for button in tab().buttons}
    assert len(set(KEYS.values())) == len(KEYS)
    nodes = [str(node.get(f"{OOR}name")) for node in etree.fromstring(parts["Accelerators.xcu"]).iter("node")]
    assert [name for name in nodes if name.endswith("_MOD1_MOD2")] == [f"{key}_MOD1_MOD2" for key in KEYS.values()]


def test_the_manifest_names_every_part(parts: dict[str, bytes]) -> None:
    named = {entry.get(f"{MANIFEST}full-path") for entry in etree.fromstring(parts["META-INF/manifest.xml"])}
    assert named == set(parts) - {"description.xml", "META-INF/manifest.xml"}


def test_it_is_known_by_the_name_the_installation_uses(parts: dict[str, bytes]) -> None:
    assert f'"{EXTENSION_ID}"' in parts["description.xml"].decode()
    assert "{version}" not in parts["description.xml"].decode()
    compile(parts["handler.py"], "handler.py", "exec")


def test_equal_sources_give_equal_bytes() -> None:
    assert extension_bytes() == extension_bytes()


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_libreoffice_takes_it_in(tmp_path: Path) -> None:
    target = tmp_path / "taizhang.oxt"
    target.write_bytes(extension_bytes())
    added = unopkg(tmp_path / "profile", "add", "--suppress-license", str(target))
    assert added.returncode == 0, added.stderr
    told = unopkg(tmp_path / "profile", "list").stdout
    assert f"Identifier: {EXTENSION_ID}" in told
    assert "is registered: yes" in told
