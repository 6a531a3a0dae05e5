"""The ribbon of Excel and the macros behind it, made from the buttons."""

import re
from xml.sax.saxutils import quoteattr

from addin.buttons import Button, Tab

NAMESPACES = {
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
}
"""Part name and namespace of the two ribbons: Excel 2010 and later reads the first, 2007 and WPS the second."""

CALLBACK = "Launcher.OnButton"
RUN = "Launcher.RunButton"
"""What the ribbon calls with the control, and the macros of the buttons with its key."""

MACROS = "Buttons"
MACRO = "Taizhang_{key}"
"""Every button is a macro too: for sheet buttons, the macro list (Alt+F8), and desks that show no ribbon."""

# As Microsoft's schema of the custom UI says (ST_ID, ST_String, ST_Keytip); Excel drops the whole ribbon otherwise.
_LONGEST_TEXT = 1024
_KEY_TIP = re.compile(r"[^\s]{1,3}")


def ribbon_xml(tab: Tab, namespace: str) -> str:
    """The custom UI part. Raises ValueError for what Excel refuses: doubled ids, texts too long, bad key tips."""
    _check(tab)
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        f"<customUI xmlns={quoteattr(namespace)}>",
        "  <ribbon>",
        "    <tabs>",
        (
            f'      <tab id="taizhang" label={quoteattr(tab.label)}'
            f' keytip={quoteattr(tab.key_tip)} insertAfterMso="TabHome">'
        ),
    ]
    for group in tab.groups:
        lines.append(f'        <group id="taizhang_group_{group.key}" label={quoteattr(group.label)}>')
        lines += [f"          {_button(button)}" for button in group.buttons]
        lines.append("        </group>")
    lines += ["      </tab>", "    </tabs>", "  </ribbon>", "</customUI>", ""]
    return "\n".join(lines)


def button_macros(tab: Tab) -> str:
    """The source of the module with one macro a button, CRLF line ends."""
    lines = [f'Attribute VB_Name = "{MACROS}"', "Option Explicit", ""]
    for button in tab.buttons:
        lines += [f"Public Sub {MACRO.format(key=button.key)}()", f'    {RUN} "{button.key}"']
        lines += ["End Sub", ""]
    return "\r\n".join(lines)


def _button(button: Button) -> str:
    settings = {
        "id": button.control,
        "label": button.label,
        "size": "large" if button.large else "normal",
        "imageMso": button.image,
        "onAction": CALLBACK,
        "keytip": button.key_tip,
        "screentip": button.screen_tip,
        "supertip": button.super_tip,
    }
    return "<button " + " ".join(f"{name}={quoteattr(value)}" for name, value in settings.items()) + "/>"


def _check(tab: Tab) -> None:
    for what, values in (
        ("id", [button.key for button in tab.buttons]),
        ("id of a group", [group.key for group in tab.groups]),
        ("key tip", [button.key_tip for button in tab.buttons]),
        ("label", [button.label for button in tab.buttons]),
    ):
        doubled = sorted({value for value in values if values.count(value) > 1})
        if doubled:
            raise ValueError(f"{what} used twice: {', '.join(doubled)}")
    for key in (*(button.key for button in tab.buttons), *(group.key for group in tab.groups)):
        if not key.isidentifier() or not key.isascii():
            raise ValueError(f"the key of a button or group is a word of ASCII letters: {key}")
    for tip in (tab.key_tip, *(button.key_tip for button in tab.buttons)):
        if not _KEY_TIP.fullmatch(tip):
            raise ValueError(f"a key tip is one to three characters without blanks: {tip}")
    for button in tab.buttons:
        for text in (button.control, button.label, button.screen_tip, button.super_tip):
            if not 0 < len(text) <= _LONGEST_TEXT:
                raise ValueError(f"texts of a button have 1 to {_LONGEST_TEXT} characters: {button.key}, {text[:20]}…")
