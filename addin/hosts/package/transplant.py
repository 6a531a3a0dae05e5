"""Brings generated sheets into another workbook: cells, formats, notes, names; the rest of it stays as it is."""

from copy import deepcopy

from addin.hosts.package.cells import set_value
from addin.hosts.package.markup import LINK_ID, SHEET_ORDER, Element, child, elements, ensure_child, main
from addin.hosts.package.styles import Styles, remembered
from addin.hosts.package.workbook import SheetPlace, Workbook

_FRESH_NAMES = {"comments": "xl/comments{}.xml", "vmlDrawing": "xl/drawings/vmlDrawing{}.vml"}


def transplant(source: Workbook, target: Workbook, title: str) -> SheetPlace:
    """Put the sheet ``title`` of ``source`` into ``target``, in the place of the sheet of that title or at the end.

    Raises KeyError when ``source`` has no such sheet.
    """
    origin = source.sheet(title)
    if origin is None:
        raise KeyError(title)
    root = deepcopy(source.parts.tree(origin.part))
    _inline_strings(root, source.shared_strings())
    _adopt_formats(root, source, target)
    place = target.sheet(title)
    _set_selected(root, place is not None and target.is_active(place))
    if place is None:
        place = target.add_sheet(title, root)
    else:
        keep_code_name(target.parts.tree(place.part), root)
        target.clear_sheet_parts(place)
        target.parts.put(place.part, root)
    _bring_notes(root, source, origin, target, place)
    target.set_local_names(place, source.local_names(origin))
    return place


def keep_code_name(old: Element, root: Element) -> None:
    """Macros know a sheet by its code name."""
    name = code_name(old)
    if name:
        ensure_child(root, "sheetPr", SHEET_ORDER).set("codeName", name)


def code_name(sheet: Element) -> str:
    """The name by which macros know a sheet, empty when it has none."""
    settings = child(sheet, "sheetPr")
    return (settings.get("codeName") or "") if settings is not None else ""


def _inline_strings(root: Element, shared: list[str]) -> None:
    """Generated headings refer to their own workbook's shared strings."""
    for cell in root.iter(main("c")):
        if cell.get("t") == "s":
            value = child(cell, "v")
            set_value(cell, shared[int((value.text if value is not None else "") or "0")])


def _adopt_formats(root: Element, source: Workbook, target: Workbook) -> None:
    theirs = Styles(source.parts, source.styles_part)
    ours = Styles(target.parts, target.styles_part)
    cell_format = remembered(ours.adopt_cell_format, theirs)
    condition_format = remembered(ours.adopt_condition_format, theirs)
    for cell in root.iter(main("c")):
        cell.set("s", cell_format(cell.get("s", "0")))
    for tag, attribute, adopt in (
        ("row", "s", cell_format),
        ("col", "style", cell_format),
        ("cfRule", "dxfId", condition_format),
    ):
        for element in root.iter(main(tag)):
            number = element.get(attribute)
            if number is not None:
                element.set(attribute, adopt(number))


def _set_selected(root: Element, selected: bool) -> None:
    views = child(root, "sheetViews")
    for view in elements(views) if views is not None else ():
        view.attrib.pop("tabSelected", "")
        if selected:
            view.set("tabSelected", "1")


def _bring_notes(root: Element, source: Workbook, origin: SheetPlace, target: Workbook, place: SheetPlace) -> None:
    drawing = child(root, "legacyDrawing")
    for link in source.parts.links(origin.part):
        if link.kind not in _FRESH_NAMES:
            continue
        part = target.parts.free_name(_FRESH_NAMES[link.kind])
        target.parts.put(part, source.parts.read(link.part))
        target.parts.declare(part, link.kind)
        fresh = target.parts.link(place.part, link.kind, part)
        if drawing is not None and drawing.get(LINK_ID) == link.id:
            drawing.set(LINK_ID, fresh)
            drawing = None
