"""XML of workbook parts: qualified names, one parser that trusts nothing, children kept in schema order."""

from collections.abc import Iterator, Sequence

from lxml import etree

Element = etree._Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LINK_ID = f"{{{LINKS}}}id"

SHEET_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
    *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells"),
    *("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors"),
    *("smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
    *("webPublishItems", "tableParts", "extLst"),
)
_WRAPPED = "oleObjects"
"""What a sheet's AlternateContent stands for: form controls and embedded objects."""

STYLE_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles"),
    *("colors", "extLst"),
)
WORKBOOK_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups"),
    *("externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches"),
    *("smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"),
)


def main(tag: str) -> str:
    """The qualified name of a spreadsheet element."""
    return f"{{{MAIN}}}{tag}"


def parse(data: bytes) -> Element:
    """The root of a part; entities and the network stay untouched. Raises lxml.etree.XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(data, parser)


def render(root: Element) -> bytes:
    """A part as bytes, with the declaration spreadsheet programs write."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def child(parent: Element, tag: str) -> Element | None:
    """The first spreadsheet child of this name."""
    return parent.find(main(tag))


def ensure_child(parent: Element, tag: str, order: Sequence[str]) -> Element:
    """The child of this name; when missing, a new one in its place among the others."""
    found = child(parent, tag)
    if found is None:
        found = etree.Element(main(tag))
        insert_in_order(parent, found, order)
    return found


def insert_in_order(parent: Element, added: Element, order: Sequence[str]) -> None:
    """Put a child before the first one that must come after it."""
    place = order.index(local(added))
    for number, other in enumerate(parent):
        name = local(other)
        if name == "AlternateContent" and order is SHEET_ORDER:
            name = _WRAPPED
        if name in order and order.index(name) > place:
            parent.insert(number, added)
            return
    parent.append(added)


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def elements(parent: Element) -> Iterator[Element]:
    """The children that are elements, without comments."""
    return (found for found in parent if isinstance(found.tag, str))


def count(parent: Element) -> None:
    """Keep the ``count`` attribute true."""
    parent.set("count", str(sum(1 for _ in elements(parent))))


Shape = tuple[str, tuple[tuple[str, str], ...], str, tuple["Shape", ...]]


def shape(element: Element, without: frozenset[str] = frozenset()) -> Shape:
    """What an element says, whatever its prefixes and the order of its attributes: equal shapes mean the same."""
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.attrib.items() if name not in without))
    text = (element.text or "").strip()
    return local(element), attributes, text, tuple(shape(found) for found in elements(element))
