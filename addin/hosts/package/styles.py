"""Cell formats of a package: adopts formats of another workbook and derives variants, each only once."""

from collections.abc import Callable, Mapping
from copy import deepcopy

from addin.hosts.package.markup import STYLE_ORDER, Element, Shape, child, count, elements, ensure_child, main, shape
from addin.hosts.package.parts import Parts

_FIRST_OWN_FORMAT = 164
_POOLS = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}
_DATE_FORMATS = frozenset(range(14, 18)) | frozenset(range(27, 37)) | frozenset(range(50, 59)) | {22}
_TEXT_FORMAT = 49


class Styles:
    """The styles part of one workbook."""

    def __init__(self, parts: Parts, part: str) -> None:
        self._parts = parts
        self._part = part
        self.root = parts.tree(part)
        self._known: dict[str, dict[Shape, int]] = {}

    def cell_format(self, number: int) -> Element:
        """The ``xf`` cells refer to by number; the first one for a number that is not there."""
        formats = list(elements(ensure_child(self.root, "cellXfs", STYLE_ORDER)))
        return formats[number] if number < len(formats) else formats[0]

    def adopt_cell_format(self, other: "Styles", number: int) -> int:
        """The number under which cells get a format of another workbook here."""
        xf = deepcopy(other.cell_format(number))
        for pool, attribute in _POOLS.items():
            entry = _entry(other.root, pool, int(xf.get(attribute, "0")))
            if entry is not None:
                xf.set(attribute, str(self._place(pool, entry)))
        xf.set("numFmtId", str(self._number_format(other.format_code(xf), xf.get("numFmtId", "0"))))
        xf.set("xfId", "0")
        # A format must say what it sets, because the default style of this workbook may differ.
        for flag in ("applyFont", "applyFill", "applyBorder", "applyNumberFormat"):
            xf.set(flag, "1")
        return self._place("cellXfs", xf)

    def adopt_condition_format(self, other: "Styles", number: int) -> int:
        """The number under which conditional formats get a ``dxf`` of another workbook here."""
        entry = _entry(other.root, "dxfs", number)
        if entry is None:
            raise KeyError(number)
        return self._place("dxfs", entry)

    def filled(self, number: int, rgb: str) -> int:
        """A format like the given one on a coloured ground (``rgb`` as FFRRGGBB)."""
        fill = self.root.makeelement(main("fill"))
        pattern = fill.makeelement(main("patternFill"), {"patternType": "solid"})
        pattern.append(fill.makeelement(main("fgColor"), {"rgb": rgb}))
        pattern.append(fill.makeelement(main("bgColor"), {"indexed": "64"}))
        fill.append(pattern)
        xf = deepcopy(self.cell_format(number))
        xf.set("fillId", str(self._place("fills", fill)))
        xf.set("applyFill", "1")
        return self._place("cellXfs", xf)

    def as_date(self, number: int) -> int:
        """The format itself when it shows dates, else one like it that shows yyyy-mm-dd."""
        xf = self.cell_format(number)
        if int(xf.get("numFmtId", "0")) in _DATE_FORMATS or _shows_date(self.format_code(xf)):
            return number
        return self._with_number_format(xf, self._number_format("yyyy-mm-dd", ""))

    def as_text(self, number: int) -> int:
        """The format itself when it keeps what is typed as text, else one like it that does."""
        xf = self.cell_format(number)
        if int(xf.get("numFmtId", "0")) == _TEXT_FORMAT or self.format_code(xf) == "@":
            return number
        return self._with_number_format(xf, _TEXT_FORMAT)

    def fill_of(self, number: int) -> str | None:
        """The ground colour of a format as FFRRGGBB, None when it has no plain one."""
        fill = _entry(self.root, "fills", int(self.cell_format(number).get("fillId", "0")))
        pattern = child(fill, "patternFill") if fill is not None else None
        colour = child(pattern, "fgColor") if pattern is not None else None
        return colour.get("rgb") if colour is not None else None

    def format_code(self, xf: Element) -> str:
        """The own number format of an ``xf``; empty for built-in ones."""
        formats = child(self.root, "numFmts")
        for entry in elements(formats) if formats is not None else ():
            if entry.get("numFmtId") == xf.get("numFmtId"):
                return entry.get("formatCode") or ""
        return ""

    def _with_number_format(self, xf: Element, number: int) -> int:
        changed = deepcopy(xf)
        changed.set("numFmtId", str(number))
        changed.set("applyNumberFormat", "1")
        return self._place("cellXfs", changed)

    def _number_format(self, code: str, built_in: str) -> int:
        if not code:
            return int(built_in or "0")
        formats = ensure_child(self.root, "numFmts", STYLE_ORDER)
        highest = _FIRST_OWN_FORMAT - 1
        for entry in elements(formats):
            if entry.get("formatCode") == code:
                return int(entry.get("numFmtId", "0"))
            highest = max(highest, int(entry.get("numFmtId", "0")))
        added = formats.makeelement(main("numFmt"), {"numFmtId": str(highest + 1), "formatCode": code})
        formats.append(added)
        self._changed(formats)
        return highest + 1

    def _place(self, pool: str, entry: Element) -> int:
        """The number of an equal entry, else of this one added at the end."""
        entries = ensure_child(self.root, pool, STYLE_ORDER)
        if pool not in self._known:
            known: dict[Shape, int] = {}
            for number, found in enumerate(elements(entries)):
                known.setdefault(shape(found), number)
            self._known[pool] = known
        said = shape(entry)
        if said not in self._known[pool]:
            self._known[pool][said] = sum(1 for _ in elements(entries))
            # Appending moves an element: taken out of the other workbook's pool, it would shift the numbers there.
            entries.append(deepcopy(entry))
            self._changed(entries)
        return self._known[pool][said]

    def _changed(self, pool: Element) -> None:
        count(pool)
        self._parts.touch(self._part)


def remembered(adopt: Callable[[Styles, int], int], other: Styles) -> Callable[[str], str]:
    """``adopt`` for attribute texts, each number looked up once."""
    known: dict[str, str] = {}

    def mapped(number: str) -> str:
        if number not in known:
            known[number] = str(adopt(other, int(number)))
        return known[number]

    return mapped


def _entry(root: Element, pool: str, number: int) -> Element | None:
    entries = child(root, pool)
    found = list(elements(entries)) if entries is not None else []
    return found[number] if number < len(found) else None


def _shows_date(code: str) -> bool:
    """Whether a number format has year or day letters outside quotes and brackets."""
    shown, closing = [], ""
    pairs: Mapping[str, str] = {"[": "]", '"': '"'}
    for letter in code.lower():
        if closing:
            closing = "" if letter == closing else closing
        elif letter in pairs:
            closing = pairs[letter]
        else:
            shown.append(letter)
    return any(letter in shown for letter in "yd")
