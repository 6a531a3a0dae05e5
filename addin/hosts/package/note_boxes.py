"""The boxes of cell notes in a sheet's old-style drawing (VML), edited as text because Excel's own is no sound XML."""

import re

from addin.hosts.text_size import lines_in

EMPTY_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_NAMES = EMPTY_DRAWING[len("<xml ") : EMPTY_DRAWING.index("></xml>")] + " "
_KIND = '"#_x0000_t202"'
_SHAPE_TYPE = (
    '<v:shapetype {names}id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape {names}id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
    'width:270pt;height:80pt;z-index:1;visibility:hidden" fillcolor="#fff4ce" o:insetmode="auto">'
    '<v:fill color2="#fff4ce"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_ANY_SHAPE = re.compile(r"<((?:\w+:)?)shape\b(?!type).*?</\1shape\s*>", re.S)
_ROW = re.compile(r"Row>\s*(\d+)\s*<")
_COLUMN = re.compile(r"Column>\s*(\d+)\s*<")
_ID = re.compile(r"_x0000_s(\d+)")
_FIRST_ID = 1025
_WIDTH = 46
_LINES_IN_ROW = 1.4
_COLUMNS = 4


class NoteBoxes:
    """The boxes of one drawing by the 1-based (row, column) of their notes; other shapes stay as they are."""

    def __init__(self, markup: str) -> None:
        self._pieces: list[str] = []
        self._boxes: dict[tuple[int, int], int] = {}
        end = 0
        for found in _ANY_SHAPE.finditer(markup):
            self._pieces.append(markup[end : found.start()])
            end = found.end()
            row, column = _ROW.search(found[0]), _COLUMN.search(found[0])
            if row is not None and column is not None:
                self._boxes.setdefault((int(row[1]) + 1, int(column[1]) + 1), len(self._pieces))
            self._pieces.append(found[0])
        close = markup.rindex("</xml>")
        self._pieces.append(markup[end:close])
        self._tail = markup[close:]
        self._next_id = max((int(number) for number in _ID.findall(markup)), default=_FIRST_ID - 1) + 1
        known = 'xmlns:v="' in markup[:600] and 'xmlns:x="' in markup[:600]
        self._names = "" if known else _NAMES
        self._has_kind = 'id="_x0000_t202"' in markup

    def add(self, row: int, column: int, text: str) -> None:
        """A hidden box beside the cell, large enough for the text."""
        if not self._has_kind:
            self._pieces.append(_SHAPE_TYPE.format(names=self._names))
            self._has_kind = True
        top = max(row - 2, 0)
        bottom = top + int(lines_in(text, _WIDTH) / _LINES_IN_ROW) + 2
        anchor = f"{column}, 12, {top}, 8, {column + _COLUMNS}, 0, {bottom}, 0"
        shape = _SHAPE.format(names=self._names, id=self._next_id, anchor=anchor, row=row - 1, column=column - 1)
        self._next_id += 1
        self._boxes[row, column] = len(self._pieces)
        self._pieces.append(shape)

    def remove(self, row: int, column: int) -> None:
        """Take a box away, if there is one."""
        place = self._boxes.pop((row, column), None)
        if place is not None:
            self._pieces[place] = ""

    def render(self) -> str | None:
        """The drawing as text; None when no shape is left."""
        markup = "".join(self._pieces) + self._tail
        if _KIND not in markup:
            for names in ("", _NAMES):
                markup = markup.replace(_SHAPE_TYPE.format(names=names), "")
        return markup if _ANY_SHAPE.search(markup) else None
