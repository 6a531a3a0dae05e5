"""What the cells of a workbook rest on, read from its parts: sheet names, shared strings, kinds of cell formats."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from addin.hosts.usual_sheet import Kind, Setting, has_escapes, unescaped, usual_rows
from validators.cleaning import Raw

WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
FIRST_PARTS = (WORKBOOK, LINKS, STYLES, STRINGS)
"""Without these no cell can be read; where a workbook keeps them elsewhere, the general reader reads it."""

FROM_1904 = re.compile(rb"\bdate1904\s*=\s*[\"'](?:1|true)[\"']")

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SAFE: Mapping[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""How XML from outside is parsed: nothing is fetched, nothing is expanded."""

_MOST_PARSED, _MOST_TEXTS = 16 << 20, 64 << 20
"""Bytes of a part that are made a tree, and of shared strings, in a process that has no limit of its own."""

_STRING = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr(?: [a-zA-Z]+="\w*")*\s?/>)?</si>')
_TAGS_OF_THE_TABLE, _TAGS_OF_A_STRING = 2, 4
_RUN = r'<r>(?:<rPr>(?:<[a-zA-Z]+(?: [a-zA-Z]+="[^"<>&]*")* ?/>)*</rPr>)?<t(?: xml:space="preserve")?>[^<]*</t></r>'
_RUNS = re.compile(f"(?:{_RUN})+")
"""LibreOffice stores a text in parts where Chinese and other letters have different fonts."""

_TEXT_OF_A_RUN = re.compile(r"<t( [^>]*)?>([^<]*)</t>")
_NUMBER_FORMATS = frozenset({0, 1, 2, 3, 4, 9, 10, 11, 37, 38, 39, 40, 48, 49})
_DATE_FORMAT = 14
_DATE_CODES = frozenset(
    {
        "yyyy-mm-dd",
        r"yyyy\-mm\-dd",
        "yyyy-m-d",
        r"yyyy\-m\-d",
        "yyyy/mm/dd",
        "yyyy/m/d",
        'yyyy"年"m"月"d"日"',
        'yyyy"年"mm"月"dd"日"',
        'yyyy"年"m"月"d"日";@',
        "yyyy/m/d;@",
        "yyyy-mm-dd;@",
        r"yyyy\-mm\-dd;@",
    }
)
_NUMBER_CODES = frozenset(
    {"General", "@", "0", "0.0", "0.00", "0_ ", "0.00_ ", "#,##0", "#,##0.00", "0%", "0.0%", "0.00%"}
)


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """One sheet: its name, the part that holds it, whether it shows."""

    name: str
    part: str
    is_visible: bool


class UsualBook:
    """Reads the wanted sheets of a workbook from its parts as they come, those of FIRST_PARTS before the others.

    A workbook that is put together in another way than usual wants nothing, then the general reader reads all of it.
    """

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self._wanted = wanted
        self._texts: dict[str, bytes] = {}
        self._setting: Setting | None = None
        self._sheets: dict[str, bool] = {}
        self.places: tuple[SheetPlace, ...] = ()

    def spares(self, name: str) -> bool:
        """Whether this part is a sheet nobody will read."""
        return not self._sheets.get(name, True)

    def wants(self, name: str) -> bool:
        """Whether the content of this part is needed."""
        return name in FIRST_PARTS or self._sheets.get(name, False)

    def take(self, name: str, text: bytes) -> list[list[Raw]] | None:
        """The rows of a wanted sheet written as usual; None for every other part."""
        if name in FIRST_PARTS:
            self._texts[name] = text
            self._look_at_sheets()
            return None
        if self._setting is None:
            strings = self._texts.pop(STRINGS, None)
            kinds = format_kinds(self._texts.pop(STYLES, b""))
            self._setting = Setting(shared_strings(strings) if strings is not None else None, kinds)
        return usual_rows(text, self._setting)

    def _look_at_sheets(self) -> None:
        workbook, links = self._texts.get(WORKBOOK), self._texts.get(LINKS)
        if not self.places and workbook and links and FROM_1904.search(workbook) is None:
            self.places = sheet_places(workbook, links)
            self._sheets = {place.part: self._wanted(place.name) for place in self.places}


def named_sheets(workbook: bytes, links: bytes) -> tuple[SheetPlace, ...]:
    """The sheets in workbook order, with an empty part where the link of one leads nowhere.

    Raises XMLSyntaxError, ValueError.
    """
    targets = {link.get("Id"): _part(str(link.get("Target", ""))) for link in _tree(links)}
    return tuple(
        SheetPlace(
            str(sheet.get("name", "")), targets.get(sheet.get(_REL), ""), sheet.get("state", "visible") == "visible"
        )
        for sheet in _tree(workbook).iter(f"{_MAIN}sheet")
    )


def _tree(data: bytes) -> Any:
    """Raises XMLSyntaxError, ValueError for more than any workbook needs."""
    if len(data) > _MOST_PARSED:
        raise ValueError(len(data))
    return etree.fromstring(data, etree.XMLParser(**SAFE))


@lru_cache(maxsize=64)
def sheet_places(workbook: bytes, links: bytes) -> tuple[SheetPlace, ...]:
    """The sheets in workbook order; none when the workbook is put together in another way than usual."""
    try:
        places, related = named_sheets(workbook, links), list(_tree(links))
    except (etree.XMLSyntaxError, ValueError):
        return ()
    parts = {str(link.get("Type", "")).rpartition("/")[2]: _part(str(link.get("Target", ""))) for link in related}
    has_usual_parts = parts.get("styles") == STYLES and parts.get("sharedStrings", STRINGS) == STRINGS
    are_told_apart = len({link.get("Id") for link in related}) == len(related)
    own_parts = {place.part for place in places} - {""}
    return places if has_usual_parts and are_told_apart and len(own_parts) == len(places) else ()


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def shared_strings(data: bytes) -> Sequence[str | None] | None:
    """The shared strings in order, None for one told how to read or the like; None when they are written unusually."""
    if len(data) > _MOST_TEXTS:
        return None
    try:
        return _strings(data.decode())
    except ValueError:
        return None


def _strings(text: str) -> Sequence[str | None] | None:
    if "<!" in text or "\r" in text or has_escapes(text):
        return None
    found: list[str | None] = list(_STRING.findall(text))
    if len(found) == text.count("<si"):
        of_strings = _TAGS_OF_A_STRING * len(found) + text.count("<phoneticPr")
        if text.count("<") != text.count("<?") + _TAGS_OF_THE_TABLE + of_strings:
            return None
    else:
        items = [item.partition("</si>") for item in text.split("<si>")[1:]]
        if len(items) != text.count("<si") or not all(closed for _, closed, _ in items):
            return None
        found = [_string(item) for item, _, _ in items]
    return [string and unescaped(string) for string in found] if "&" in text else found


def _string(item: str) -> str | None:
    """The text of a shared string, in one piece or several; None for one written in another way."""
    plain = _STRING.fullmatch(f"<si>{item}</si>")
    if plain is not None:
        return plain[1]
    if _RUNS.fullmatch(item) is None:
        return None
    texts = _TEXT_OF_A_RUN.findall(item)
    # Blanks around a piece count only where it says so.
    are_exact = all(is_kept or text == text.strip() for is_kept, text in texts)
    return "".join(text for _, text in texts) if are_exact and "&#" not in item else None


@lru_cache(maxsize=64)
def format_kinds(styles: bytes) -> tuple[Kind, ...]:
    """What numeric cells show by the number of their format; none when the styles cannot be read."""
    try:
        root = _tree(styles)
        codes = {int(entry.get("numFmtId", "0")): entry.get("formatCode", "") for entry in root.iter(f"{_MAIN}numFmt")}
        formats = root.find(f"{_MAIN}cellXfs")
        return tuple(_kind(int(entry.get("numFmtId", "0")), codes) for entry in (() if formats is None else formats))
    except (etree.XMLSyntaxError, ValueError):
        return ()


def _kind(number: int, codes: Mapping[int, str]) -> Kind:
    code = codes.get(number)
    if code is None:
        return "number" if number in _NUMBER_FORMATS else "date" if number == _DATE_FORMAT else "unsure"
    return "date" if code in _DATE_CODES else "number" if code in _NUMBER_CODES else "unsure"
