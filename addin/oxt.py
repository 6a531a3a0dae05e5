"""The LibreOffice extension (taizhang.oxt) as bytes: menu, toolbar, icons and keys made from the buttons."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files
from xml.sax.saxutils import escape, quoteattr

from addin.buttons import Button, Tab, tab

PROTOCOL = "cn.taizhang:"
"""Leads the address of every entry; what follows is the button's key."""

TOOLBAR = "cn.taizhang.toolbar"

KEYS: Mapping[str, str] = {"check": "J", "due": "Q", "lost": "L", "contact": "D", "undo": "Z"}
"""Ctrl+Alt and this letter press the buttons used most."""

_TEXTS = (
    *("description.xml", "META-INF/manifest.xml", "ProtocolHandler.xcu", "CalcWindowState.xcu"),
    *("Jobs.xcu", "handler.py", "steps.py", "calls.py"),
)
SIZES: Mapping[str, int] = {"ImageSmallURL": 16, "ImageBigURLx": 24}
"""What LibreOffice calls the two sizes of an icon, and their pixels; other sizes it would blur by scaling."""

_DRAWN = 'width="16" height="16"'
_OLDEST = (1980, 1, 1, 0, 0, 0)
_SHEETS = "com.sun.star.sheet.SpreadsheetDocument"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="{name}" oor:package="org.openoffice.Office">\n'
)
_FOOT = "</oor:component-data>\n"


def extension_bytes() -> bytes:
    """taizhang.oxt; equal sources give equal bytes."""
    folder = files("macros").joinpath("oxt")
    parts = {name: folder.joinpath(*name.split("/")).read_text(encoding="utf-8") for name in _TEXTS}
    parts["description.xml"] = parts["description.xml"].replace("{version}", version("taizhang"))
    parts.update(icons(tab()))
    parts["Addons.xcu"] = addons_xcu(tab())
    parts["Accelerators.xcu"] = accelerators_xcu()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name].encode("utf-8"))
    return made.getvalue()


def icons(shown: Tab) -> dict[str, str]:
    """The icon of every button in each size, by its place in the extension; one drawing of 16 units serves all."""
    folder = files("macros").joinpath("oxt").joinpath("icons")
    drawings = {
        button.key: folder.joinpath(f"{button.key}.svg").read_text(encoding="utf-8") for button in shown.buttons
    }
    return {
        icon_place(key, pixels): drawing.replace(_DRAWN, f'width="{pixels}" height="{pixels}"', 1)
        for key, drawing in drawings.items()
        for pixels in SIZES.values()
    }


def icon_place(key: str, pixels: int) -> str:
    """Where the icon of a button stands in the extension."""
    return f"icons/{key}_{pixels}.svg"


def addons_xcu(shown: Tab) -> str:
    """Menu with one part a group, a toolbar with the large buttons, and the icon of every button."""
    menu = "\n".join(_menu_lines(shown))
    large = [button for button in shown.buttons if button.large]
    bar = "\n".join(_entry(f"T{number:02}", button) for number, button in enumerate(large, 1))
    pictures = "\n".join(_picture(f"I{number:02}", button) for number, button in enumerate(shown.buttons, 1))
    return (
        f'{_HEAD.format(name="Addons")}<node oor:name="AddonUI">\n'
        f'<node oor:name="OfficeMenuBar"><node oor:name="cn.taizhang.menu" oor:op="replace">\n'
        f'{_title(shown.label)}\n{_context()}\n<node oor:name="Submenu">\n{menu}\n</node></node></node>\n'
        f'<node oor:name="OfficeToolBar"><node oor:name="{TOOLBAR}" oor:op="replace">\n{bar}\n</node></node>\n'
        f'<node oor:name="Images">\n{pictures}\n</node>\n'
        f"</node>\n{_FOOT}"
    )


def accelerators_xcu() -> str:
    """The key bindings, for spreadsheets only."""
    keys = "\n".join(
        f'<node oor:name="{letter}_MOD1_MOD2" oor:op="replace"><prop oor:name="Command">'
        f'<value xml:lang="en-US">{PROTOCOL}{key}</value></prop></node>'
        for key, letter in KEYS.items()
    )
    return (
        f'{_HEAD.format(name="Accelerators")}<node oor:name="PrimaryKeys"><node oor:name="Modules">'
        f'<node oor:name="{_SHEETS}">\n{keys}\n</node></node></node>\n{_FOOT}'
    )


def _menu_lines(shown: Tab) -> Iterator[str]:
    number = 0
    for group in shown.groups:
        if number:
            number += 1
            yield (
                f'<node oor:name="M{number:02}" oor:op="replace">'
                f'<prop oor:name="URL" oor:type="xs:string"><value>private:separator</value></prop></node>'
            )
        for button in group.buttons:
            number += 1
            yield _entry(f"M{number:02}", button)


def _entry(name: str, button: Button) -> str:
    return (
        f'<node oor:name={quoteattr(name)} oor:op="replace">'
        f'<prop oor:name="URL" oor:type="xs:string"><value>{PROTOCOL}{escape(button.key)}</value></prop>'
        f"{_title(button.label)}{_context()}</node>"
    )


def _picture(name: str, button: Button) -> str:
    places = "".join(
        f'<prop oor:name="{size}"><value>%origin%/{icon_place(button.key, pixels)}</value></prop>'
        for size, pixels in SIZES.items()
    )
    return (
        f'<node oor:name="{name}" oor:op="replace">'
        f'<prop oor:name="URL" oor:type="xs:string"><value>{PROTOCOL}{escape(button.key)}</value></prop>'
        f'<node oor:name="UserDefinedImages">{places}</node></node>'
    )


def _title(text: str) -> str:
    shown = escape(text)
    return (
        f'<prop oor:name="Title" oor:type="xs:string"><value>{shown}</value>'
        f'<value xml:lang="zh-CN">{shown}</value></prop>'
    )


def _context() -> str:
    return (
        '<prop oor:name="Target" oor:type="xs:string"><value>_self</value></prop>'
        f'<prop oor:name="Context" oor:type="xs:string"><value>{_SHEETS}</value></prop>'
    )
