"""Buttons on the cover of a macro-enabled workbook, for desks that show no ribbon (older Excel, WPS)."""

from typing import Any

from addin.buttons import tab
from addin.layout import COVER_TITLES, HEADER_ROW
from addin.ribbon import MACRO

_COLUMN = len(COVER_TITLES) + 3
_WIDTH, _HEIGHT = 120, 30


def put_buttons(cover: Any) -> None:
    """One button below the other, right of the printed part, in the order of the ribbon."""
    cover.print_area(0, 0, cover.dim_rowmax, _COLUMN - 2)
    cover.set_column(_COLUMN, _COLUMN, 18)
    for number, button in enumerate(tab().buttons):
        look = {"macro": MACRO.format(key=button.key), "caption": button.label, "width": _WIDTH, "height": _HEIGHT}
        cover.insert_button(HEADER_ROW + number, _COLUMN, {**look, "description": button.screen_tip})
