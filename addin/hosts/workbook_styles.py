"""Cell formats of generated workbooks: a few named looks, combined on demand."""

from collections.abc import Mapping
from typing import Any

import xlsxwriter

FONT = "微软雅黑"
FONT_SIZE = 10

DEFAULT: Mapping[str, Any] = {"font_name": FONT, "font_size": FONT_SIZE, "font_scheme": False}
"""The look of cells nobody formatted."""

RED, DARK_RED, GREY, LINE, PALE = "#FF0000", "#9C1C1C", "#7F7F7F", "#BFBFBF", "#F3F4F6"

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": DARK_RED, "indent": 1},
    "hint": {"font_color": "#595959", "font_size": 9, "indent": 1},
    "header": {
        "bold": True,
        "align": "center",
        "text_wrap": True,
        "bg_color": "#E8ECF2",
        "border": 1,
        "border_color": LINE,
    },
    "required": {"font_color": RED},
    "open": {"locked": False},
    "general": {"num_format": "General"},
    "text": {"num_format": "@"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "whole": {"num_format": "0", "align": "center"},
    "wrap": {"text_wrap": True},
    "centre": {"align": "center"},
    "boxed": {"border": 1, "border_color": LINE},
    "label": {"bold": True, "align": "right", "indent": 1, "bg_color": PALE},
    "quiet": {"font_color": GREY, "font_size": 9},
    "link": {"font_color": "#1F4E9E", "underline": 1},
    "left": {"align": "left", "indent": 1},
    "step": {"text_wrap": True, "align": "left"},
    "bold": {"bold": True},
    "own": {"bg_color": "#FFFDF0", "align": "center", "bold": True},
    "fixed": {"font_color": "#404040"},
}

_BOX = {"border": 1, "border_color": LINE}

HIGHLIGHTS: Mapping[str, Mapping[str, Any]] = {
    "filled": _BOX,
    "missing": {**_BOX, "bg_color": "#FFF6CC"},
    "lost": {**_BOX, "bg_color": "#FBE3E1"},
    "left": {**_BOX, "font_color": "#9A9A9A"},
    "overdue": {**_BOX, "bg_color": "#FAD7A8", "font_color": "#8A3B00"},
}
"""Each brings the border of filled rows along: LibreOffice shows only the first condition that holds."""

TABS = {
    "cover": "#9C1C1C",
    "register": "#2F6DB5",
    "log": "#3E9B6E",
    "committee": "#9C1C1C",
    "committee_result": "#D98A1F",
    "result": "#D98A1F",
    "result_on_demand": "#D98A1F",
    "reference": "#A6A6A6",
}


class Styles:
    """Formats of one workbook by combination of looks, each made once: ``styles("header", "required")``."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, ...], Any] = {}

    def __call__(self, *looks: str) -> Any:
        """The format with these looks, later ones winning."""
        if looks not in self._made:
            settings: dict[str, Any] = {**DEFAULT, "valign": "vcenter"}
            for look in looks:
                settings.update(LOOKS[look])
            self._made[looks] = self._workbook.add_format(settings)
        return self._made[looks]

    def highlight(self, look: str) -> Any:
        """The format of a conditional format."""
        name = f"highlight {look}"
        if (name,) not in self._made:
            self._made[name,] = self._workbook.add_format(dict(HIGHLIGHTS[look]))
        return self._made[name,]
