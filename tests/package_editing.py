"""Takes workbook packages apart and puts them together otherwise: parts, single cells of the member roster."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable

SHEET = "xl/worksheets/sheet2.xml"
"""The member roster (党员名册) in a workbook of ours; the first member stands in row 4."""

WORKBOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"

Change = Callable[[dict[str, bytes]], None]


def repacked(honest: bytes, change: Change) -> bytes:
    """The package with its parts changed by ``change``."""
    with zipfile.ZipFile(io.BytesIO(honest)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    return zipped(parts.items())


def zipped(parts: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of (name, bytes) pairs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method, compresslevel=1) as package:
        for name, data in parts:
            package.writestr(name, data)
    return made.getvalue()


def with_part(name: str, edit: Callable[[bytes], bytes]) -> Change:
    """A change of one part."""

    def change(parts: dict[str, bytes]) -> None:
        parts[name] = edit(parts.get(name, b""))

    return change


def added(name: str, data: bytes = b"<x/>") -> Change:
    """One part more."""
    return with_part(name, lambda _: data)


def without(name: str) -> Change:
    """One part less."""
    return lambda parts: parts.__delitem__(name)


def swapped(name: str, old: str, new: str) -> Change:
    """In one part, a text in place of another that must be there."""

    def edit(text: bytes) -> bytes:
        assert old.encode() in text, (name, old)
        return text.replace(old.encode(), new.encode(), 1)

    return with_part(name, edit)


def in_sheet(xml: bytes) -> Change:
    """Put rows at the end of the member roster."""
    return with_part(SHEET, lambda text: text.replace(b"</sheetData>", xml + b"</sheetData>"))


def after_data(xml: str) -> Change:
    """Put elements behind the rows of the member roster."""
    return swapped(SHEET, "</sheetData>", f"</sheetData>{xml}")


def cell(letter: str, inside: str, attributes: str = "") -> Change:
    """The first member's cell in this column, made anew; the style that was there stays."""

    def edit(text: bytes) -> bytes:
        found = re.search(rb'<c r="%s4"( s="\d+")?[^>]*?(?:/>|>.*?</c>)' % letter.encode(), text)
        style = (found.group(1) or b"").decode() if found else ""
        style = "" if " s=" in attributes else style
        fresh = f'<c r="{letter}4"{style}{attributes}>{inside}</c>'.encode()
        if found:
            return text[: found.start()] + fresh + text[found.end() :]
        row = text.index(b'<row r="4"')
        later = re.compile(rb'<c r="([A-Z]+)4"')
        for at in later.finditer(text, row):
            if (len(at.group(1)), at.group(1)) > (len(letter), letter.encode()):
                return text[: at.start()] + fresh + text[at.start() :]
        end = text.index(b"</row>", row)
        return text[:end] + fresh + text[end:]

    return with_part(SHEET, edit)


def typed(letter: str, text: str) -> Change:
    """The first member's cell in this column holds this text (already escaped for XML)."""
    return cell(letter, f'<is><t xml:space="preserve">{text}</t></is>', ' t="inlineStr"')


def number(letter: str, digits: str) -> Change:
    """The first member's cell in this column holds a number, in the style it had."""
    return cell(letter, f"<v>{digits}</v>")
