"""A workbook package: its sheets by title, its defined names, its shared strings."""

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from addin.hosts.package.markup import LINK_ID, WORKBOOK_ORDER, Element, child, elements, ensure_child, local, main
from addin.hosts.package.parts import MissingPart, Parts

_ONE_SHEET = ("_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.Print_Area")


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """One sheet: title, the part that holds it, its 0-based place among the sheets."""

    title: str
    part: str
    index: int


class Workbook:
    """One workbook package. Raises MissingPart when the package holds none.

    ``has_formulas`` says whether some sheet computes values.
    """

    def __init__(self, data: bytes, *, has_formulas: bool = False) -> None:
        self.parts = Parts(data)
        self.has_formulas = has_formulas
        self.part = self._related("", "officeDocument")
        self._shared: list[str] | None = None

    @property
    def root(self) -> Element:
        """The tree of the workbook part."""
        return self.parts.tree(self.part)

    @property
    def styles_part(self) -> str:
        """The part that holds the cell formats."""
        return self._related(self.part, "styles")

    def sheets(self) -> tuple[SheetPlace, ...]:
        """The sheets in workbook order."""
        parts = {link.id: link.part for link in self.parts.links(self.part)}
        entries = ensure_child(self.root, "sheets", WORKBOOK_ORDER)
        return tuple(
            SheetPlace(entry.get("name", ""), parts.get(entry.get(LINK_ID, ""), ""), index)
            for index, entry in enumerate(elements(entries))
        )

    def sheet(self, title: str) -> SheetPlace | None:
        """The sheet with this title."""
        return next((place for place in self.sheets() if place.title == title), None)

    def add_sheet(self, title: str, root: Element, state: str = "visible") -> SheetPlace:
        """Put a new sheet behind the others. ``state`` may hide it (``hidden``, ``veryHidden``)."""
        part = self.parts.free_name("xl/worksheets/sheet{}.xml")
        self.parts.put(part, root)
        self.parts.declare(part, "worksheet")
        entries = ensure_child(self.root, "sheets", WORKBOOK_ORDER)
        taken = [int(entry.get("sheetId", "0")) for entry in elements(entries)]
        entry = etree.SubElement(entries, main("sheet"))
        entry.set("name", title)
        entry.set("sheetId", str(max(taken, default=0) + 1))
        if state != "visible":
            entry.set("state", state)
        entry.set(LINK_ID, self.parts.link(self.part, "worksheet", part))
        self.parts.touch(self.part)
        return SheetPlace(title, part, len(taken))

    def remove_sheet(self, place: SheetPlace) -> None:
        """Take a sheet away with its parts; names and the active tab keep meaning the sheets they meant."""
        entries = ensure_child(self.root, "sheets", WORKBOOK_ORDER)
        entry = list(elements(entries))[place.index]
        link = next(link for link in self.parts.links(self.part) if link.id == entry.get(LINK_ID))
        self.clear_sheet_parts(place)
        self.parts.drop(place.part)
        self.parts.unlink(self.part, link)
        names = child(self.root, "definedNames")
        entries.remove(entry)
        for name in list(elements(names)) if names is not None else ():
            if names is not None and name.get("localSheetId") == str(place.index):
                names.remove(name)
            _moved_up(name, "localSheetId", place.index)
        views = child(self.root, "bookViews")
        for view in elements(views) if views is not None else ():
            _moved_up(view, "activeTab", place.index)
            _moved_up(view, "firstSheet", place.index)
        self.parts.touch(self.part)

    def clear_sheet_parts(self, place: SheetPlace) -> None:
        """Remove what only belongs to a sheet that is to be written anew: notes, drawings, printer settings."""
        for link in self.parts.links(place.part):
            self.parts.unlink(place.part, link)
            if link.part and not self._is_shared(link.part):
                self.parts.drop(link.part)

    def local_names(self, place: SheetPlace) -> tuple[Element, ...]:
        """The defined names that belong to one sheet."""
        names = child(self.root, "definedNames")
        if names is None:
            return ()
        return tuple(name for name in elements(names) if name.get("localSheetId") == str(place.index))

    def set_local_names(self, place: SheetPlace, wanted: tuple[Element, ...]) -> None:
        """Give a sheet the filter range and print titles of ``wanted``; unchanged names touch nothing."""
        own = [name for name in self.local_names(place) if name.get("name") in _ONE_SHEET]
        fresh = []
        for name in wanted:
            copied = deepcopy(name)
            copied.set("localSheetId", str(place.index))
            fresh.append(copied)
        if {_said(name) for name in own} == {_said(name) for name in fresh}:
            return
        names = ensure_child(self.root, "definedNames", WORKBOOK_ORDER)
        for name in own:
            names.remove(name)
        for name in fresh:
            names.append(name)
        if not len(names):
            self.root.remove(names)
        self.parts.touch(self.part)

    def is_active(self, place: SheetPlace) -> bool:
        """Whether the workbook opens on this sheet."""
        views = child(self.root, "bookViews")
        first = next(elements(views), None) if views is not None else None
        return first is not None and first.get("activeTab", "0") == str(place.index)

    @property
    def since_1904(self) -> bool:
        """Whether dates are counted from 1904 (workbooks of old Macs)."""
        settings = child(self.root, "workbookPr")
        return settings is not None and settings.get("date1904") in ("1", "true")

    def values_changed(self) -> None:
        """Values formulas may rest on were changed: they are computed anew when the workbook is opened."""
        if self.has_formulas:
            settings = ensure_child(self.root, "calcPr", WORKBOOK_ORDER)
            settings.set("fullCalcOnLoad", "1")
            self.parts.touch(self.part)

    def shared_strings(self) -> list[str]:
        """The texts cells of type ``s`` refer to."""
        if self._shared is None:
            found = [link.part for link in self.parts.links(self.part) if link.kind == "sharedStrings"]
            self._shared = [plain_text(entry) for entry in elements(self.parts.tree(found[0]))] if found else []
        return self._shared

    def _related(self, name: str, kind: str) -> str:
        for link in self.parts.links(name):
            if link.kind == kind:
                return link.part
        raise MissingPart(kind)

    def _is_shared(self, part: str) -> bool:
        return any(link.part == part for place in self.sheets() for link in self.parts.links(place.part))


def plain_text(element: Element) -> str:
    """The text of a string element (``si``, ``is``, ``text``): all runs, without phonetic hints."""
    return "".join(
        found.text or ""
        for found in element.iter(main("t"))
        if not any(local(above) == "rPh" for above in found.iterancestors())
    )


def _said(name: Element) -> tuple[str, str]:
    return name.get("name") or "", (name.text or "").replace("'", "")


def _moved_up(element: Element, attribute: str, gone: int) -> None:
    number = element.get(attribute)
    if number is not None and int(number) > gone:
        element.set(attribute, str(int(number) - 1))
