"""The LibreOffice extension: every button in its menu, icons one can see, keys nobody has twice, parts that load."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from addin.buttons import tab
from addin.installing.install import EXTENSION_ID
from addin.oxt import KEYS, PROTOCOL, SIZES, extension_bytes, icon_place
from tests.office import unopkg

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"
LIGHT, DARK = "#ffffff", "#2b2b2b"
"""What toolbars and menus are painted on in themes of either kind."""

SEEN = 3.0
"""The contrast WCAG 2.1 (1.4.11) asks of pictures that carry a meaning."""


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
    icons = {name for name in parts if name.startswith("icons/")}
    assert named == set(parts) - icons - {"description.xml", "META-INF/manifest.xml"}


def luminance(colour: str) -> float:
    """How bright ``#rrggbb`` is, as WCAG 2.1 reckons, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_button_has_an_icon_of_its_own_in_each_size(parts: dict[str, bytes]) -> None:
    drawn = set()
    for number, button in enumerate(tab().buttons, 1):
        (node,) = (
            one
            for one in etree.fromstring(parts["Addons.xcu"]).iter("node")
            if one.get(f"{OOR}name") == f"I{number:02}"
        )
        shown = {str(prop.get(f"{OOR}name")): str(prop.findtext("value")) for prop in node.iter("prop")}
        assert shown.pop("URL") == PROTOCOL + button.key
        assert set(shown) == set(SIZES)
        for size, place in shown.items():
            root = etree.fromstring(parts[place.removeprefix("%origin%/")])
            assert (root.get("width"), root.get("height")) == (str(SIZES[size]), str(SIZES[size]))
        drawn.add(b"".join(etree.tostring(shape) for shape in root))
    assert len(drawn) == len(tab().buttons)


@pytest.mark.parametrize("key", [button.key for button in tab().buttons])
def test_an_icon_stands_out_in_light_and_in_dark_themes(parts: dict[str, bytes], key: str) -> None:
    colours = set(re.findall(r'(?:fill|stroke)="(#\w+)"', parts[icon_place(key, 16)].decode()))
    assert colours
    assert [colour for colour in colours if min(contrast(colour, LIGHT), contrast(colour, DARK)) < SEEN] == []


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert (round(contrast("#000000", "#ffffff"), 2), round(contrast("#777777", "#ffffff"), 2)) == (21.0, 4.48)


def test_it_is_known_by_the_name_the_installation_uses(parts: dict[str, bytes]) -> None:
    assert f'"{EXTENSION_ID}"' in parts["description.xml"].decode()
    assert "{version}" not in parts["description.xml"].decode()
    compile(parts["handler.py"], "handler.py", "exec")


def test_equal_sources_give_equal_bytes() -> None:
    assert extension_bytes() == extension_bytes()


@pytest.mark.live
@pytest.mark.xdist_group("office")
def test_libreoffice_takes_it_in_and_gives_it_up(tmp_path: Path) -> None:
    target = tmp_path / "taizhang.oxt"
    target.write_bytes(extension_bytes())
    added = unopkg(tmp_path / "profile", "add", "--suppress-license", str(target))
    assert added.returncode == 0, added.stderr
    told = unopkg(tmp_path / "profile", "list").stdout
    assert f"Identifier: {EXTENSION_ID}" in told
    assert "is registered: yes" in told
    assert {icon.name for icon in tmp_path.rglob("*.svg")} >= {"check_16.svg", "check_24.svg"}
    assert unopkg(tmp_path / "profile", "remove", EXTENSION_ID).returncode == 0
    assert EXTENSION_ID not in unopkg(tmp_path / "profile", "list").stdout  # LibreOffice tidies up when it starts again
    left = [path for path in tmp_path.rglob("*") if path.suffix == ".svg" or path.name in ("handler.py", "calls.py")]
    assert left == []
