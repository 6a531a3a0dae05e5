"""Reads the sheets of a closed workbook after the door has let it in: what the door has not read, python-calamine does.

The door's reader is Python that takes all of a sheet or nothing, in proportion to its size. The general reader is
native code, so it works in a process of its own that may be ended, and only on what a strict reader has looked through.
"""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from addin.grid import Sheet
from addin.hosts.apart import Stopped, apart, is_limited, too_much
from addin.hosts.door import Admitted, suspicious
from addin.hosts.packed_sheets import packed_sheets, unpacked_sheets
from addin.hosts.strict_cells import Block, Misread, Trouble, merged_blocks, strict_look, strict_strings
from addin.hosts.usual_book import LINKS, STRINGS, WORKBOOK, SheetPlace, named_sheets
from addin.problem import CannotUse

Wanted = Callable[[str], bool]


def sheets_of(file: Admitted, wanted: Wanted) -> list[Sheet]:
    """The wanted worksheets of an admitted file. Raises CannotUse."""
    places = file.places or _named(file)
    refuse_twins(file.path.name, [place.name for place in places])
    places = tuple(place for place in places if wanted(place.name))
    left = [place for place in places if place.part not in file.rows]
    found: list[Sheet] = []
    if left:
        found = _sheets(file, left) if is_limited() else _sheets_apart(file, left)
    general = {sheet.name: sheet for sheet in found}
    return [general.get(place.name) or Sheet(place.name, file.rows[place.part], place.is_visible) for place in places]


def _named(file: Admitted) -> tuple[SheetPlace, ...]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as package:
            return named_sheets(package.read(WORKBOOK), package.read(LINKS))
    except (etree.XMLSyntaxError, KeyError, ValueError):
        raise _unreadable(file) from None


def _sheets_apart(file: Admitted, places: Sequence[SheetPlace]) -> list[Sheet]:
    try:
        found = unpacked_sheets(apart(_packed, file, places))
    except Stopped:
        raise too_much(file.path.name) from None
    if isinstance(found, str):
        raise CannotUse(found)
    return found


def _packed(file: Admitted, places: Sequence[SheetPlace]) -> bytes:
    """The sheets for the process that asked, or the sentence why there are none."""
    try:
        return packed_sheets(_sheets(file, places))
    except CannotUse as why:
        return packed_sheets(str(why))


def _sheets(file: Admitted, places: Sequence[SheetPlace]) -> list[Sheet]:
    """These sheets by the general reader. Raises CannotUse."""
    try:
        return _by_the_general_reader(file, places, _looked_through(file, places))
    except Misread as fault:
        raise suspicious(file.path, str(fault)) from None
    except (CalamineError, etree.XMLSyntaxError, KeyError, ValueError, OverflowError):
        raise _unreadable(file) from None
    except MemoryError:
        raise too_much(file.path.name) from None


def _unreadable(file: Admitted) -> CannotUse:
    return CannotUse(
        f"“{file.path.name}”里的表格读不出来：请用 Excel 打开看看，能打开就另存为新的 .xlsx 再用，打不开请对方重发。"
    )


def _looked_through(file: Admitted, places: Sequence[SheetPlace]) -> Mapping[str, tuple[Trouble, ...]]:
    """By name of every sheet, its cells without usable value. Raises Misread and others."""
    with zipfile.ZipFile(io.BytesIO(file.data)) as package:
        parts = {name.lower(): name for name in package.namelist()}
        if STRINGS.lower() in parts:
            strict_strings(package.read(parts[STRINGS.lower()]))
        return {place.name: strict_look(package.read(parts[place.part.lower()])) for place in places}


def _by_the_general_reader(
    file: Admitted, places: Sequence[SheetPlace], trouble: Mapping[str, tuple[Trouble, ...]]
) -> list[Sheet]:
    """The sheets that were looked through. Raises CalamineError, also for one it knows by another name."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    refuse_twins(file.path.name, workbook.sheet_names)
    return [
        Sheet(
            place.name,
            workbook.get_sheet_by_name(place.name).to_python(skip_empty_area=False),
            place.is_visible,
            trouble[place.name],
        )
        for place in places
    ]


def merged_blocks_of(file: Admitted, name: str) -> tuple[Block, ...]:
    """The merged blocks of a worksheet; none where they are not written as XML has it."""
    part = next((place.part for place in file.places or _named(file) if place.name == name), "")
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as package:
            return merged_blocks(package.read(part))
    except (etree.XMLSyntaxError, KeyError, ValueError):
        return ()


def refuse_twins(file: str, names: Sequence[str]) -> None:
    """A reader that goes by name would show the first of two sheets of one name twice and the second never."""
    folded = [name.casefold() for name in names]
    twin = next((name for name in names if folded.count(name.casefold()) > 1), None)
    if twin is not None:
        raise CannotUse(f"“{file}”里有两张都叫“{twin}”的工作表：请用 Excel 打开，按提示修复后另存为新的 .xlsx 再用。")
