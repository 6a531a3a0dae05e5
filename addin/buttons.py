"""The buttons a clerk sees, from which the Excel ribbon and the LibreOffice menu and toolbar are made."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CONTROL = "taizhang_"
"""Leads the id of every control on the ribbon; what follows is the button's key."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button. ``key`` is what its control passes on, the name of a command where one is behind it.

    ``key_tip`` are the letters typed after Alt, ``image`` a built-in Office picture (imageMso), ``large`` its size.
    """

    key: str
    label: str
    key_tip: str
    screen_tip: str
    super_tip: str
    image: str
    large: bool

    @property
    def control(self) -> str:
        """The id of its ribbon control, e.g. ``taizhang_check``."""
        return CONTROL + self.key


@dataclass(frozen=True, slots=True)
class Group:
    """Buttons that stand together under one caption."""

    key: str
    label: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """The whole ribbon tab (in LibreOffice: the menu), groups from left to right."""

    label: str
    key_tip: str
    groups: tuple[Group, ...]

    @property
    def buttons(self) -> tuple[Button, ...]:
        """Every button, from left to right."""
        return tuple(button for group in self.groups for button in group.buttons)


@cache
def tab() -> Tab:
    """The tab as ``addin/buttons.json`` describes it."""
    data = json.loads(files("addin").joinpath("buttons.json").read_text(encoding="utf-8"))
    groups = []
    for group in data["groups"]:
        inside = [button for button in data["buttons"] if button["group"] == group["key"]]
        buttons = tuple(Button(**{key: value for key, value in button.items() if key != "group"}) for button in inside)
        groups.append(Group(group["key"], group["label"], buttons))
    return Tab(data["tab"]["label"], data["tab"]["key_tip"], tuple(groups))


def button_of(control: str) -> Button:
    """The button behind a key or a ribbon control's id. Raises KeyError."""
    wanted = control.removeprefix(CONTROL)
    for button in tab().buttons:
        if button.key == wanted:
            return button
    raise KeyError(control)
