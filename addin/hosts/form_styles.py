"""Cell formats of official tables: the fonts official papers use (小标宋, 黑体, 仿宋), lines and alignments."""

from collections.abc import Mapping
from typing import Any

import xlsxwriter

from addin.hosts.bulk_sheet import style_number

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
"""Where a machine lacks one, the simplified-Chinese charset and family below let it choose the nearest it has."""

_CHINESE = 134
_ROMAN, _SWISS = 1, 2
_BODY: Mapping[str, Any] = {"font_name": BODY_FONT, "font_size": 11, "font_family": _ROMAN}
_LINED = {"border": 1, "text_wrap": True}

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": TITLE_FONT, "font_size": 20, "align": "center", "text_wrap": True},
    "number": {"font_name": HEAD_FONT, "font_size": 11, "font_family": _SWISS},
    "plain": {"text_wrap": True},
    "plain_right": {"align": "right", "text_wrap": True},
    "stamp": {"font_name": HEAD_FONT, "font_color": "#C00000", "bold": True, "align": "right"},
    "head": {**_LINED, "font_name": HEAD_FONT, "font_size": 10.5, "font_family": _SWISS, "align": "center"},
    "numbering": {**_LINED, "font_size": 9, "align": "center"},
    "label": {**_LINED, "align": "left"},
    "total": {"font_name": HEAD_FONT, "font_family": _SWISS},
    "cell": dict(_LINED),
    "centre": {"align": "center"},
    "left": {"align": "left"},
    "count": {"num_format": "0"},
    "percent": {"num_format": "0.0%"},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
    "text": {"num_format": "@"},
    "by_hand": {"pattern": 14, "fg_color": "#D9D9D9", "bg_color": "#FFFFFF"},
    "note": {"font_size": 9, "text_wrap": True, "valign": "top"},
    "sign": {"font_size": 11, "text_wrap": True},
    "origin": {"font_size": 8, "font_color": "#595959", "text_wrap": True},
    "evidence": {"font_size": 9},
}


class FormStyles:
    """Formats of one workbook by combination of looks, each made once."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, ...], Any] = {}

    def __call__(self, *looks: str) -> Any:
        """The format with these looks, later ones winning."""
        if looks not in self._made:
            settings: dict[str, Any] = {**_BODY, "font_charset": _CHINESE, "valign": "vcenter"}
            for look in looks:
                settings.update(LOOKS[look])
            self._made[looks] = self._workbook.add_format(settings)
        return self._made[looks]

    def number(self, looks: tuple[str, ...]) -> int:
        """The number by which cells refer to the format with these looks; sizes given with them are none."""
        return style_number(self(*(look for look in looks if ":" not in look)))
