"""The ribbon of Excel and the macros behind it, made from the buttons."""

from xml.sax.saxutils import quoteattr

from addin.buttons import Button, Tab

NAMESPACES = {
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
}
"""Part name and namespace of the two ribbons: Excel 2010 and later reads the first, 2007 and WPS the second."""

CALLBACK = "Launcher.OnButton"
MACROS = "Buttons"
MACRO = "Taizhang_{key}"
"""Every button is a macro too: for sheet buttons, the macro list (Alt+F8), and desks that show no ribbon."""

_LONGEST_TIP = 1024


def ribbon_xml(tab: Tab, namespace: str) -> str:
    """The custom UI part. Raises ValueError for doubled ids or key tips and tips Excel would cut."""
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
        lines += [f"Public Sub {MACRO.format(key=button.key)}()", f'    Launcher.RunButton "{button.key}"']
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
        ("key tip", [button.key_tip for button in tab.buttons]),
        ("label", [button.label for button in tab.buttons]),
    ):
        doubled = sorted({value for value in values if values.count(value) > 1})
        if doubled:
            raise ValueError(f"{what} used twice: {', '.join(doubled)}")
    for button in tab.buttons:
        if not button.key.isidentifier() or not button.key.isascii():
            raise ValueError(f"the key of a button is a word of ASCII letters: {button.key}")
        if len(button.super_tip) > _LONGEST_TIP or len(button.screen_tip) > _LONGEST_TIP:
            raise ValueError(f"tip longer than {_LONGEST_TIP} characters: {button.key}")
