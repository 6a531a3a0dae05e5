"""Cell notes (批注) of one sheet: the comments part and the drawing that gives each note its box."""

import re
from copy import deepcopy

from lxml import etree

from addin.hosts.package.cells import place_of
from addin.hosts.package.markup import (
    LINK_ID,
    LINKS,
    MAIN,
    SHEET_ORDER,
    SPACE,
    Element,
    child,
    elements,
    ensure_child,
    main,
    parse,
)
from addin.hosts.package.note_boxes import EMPTY_DRAWING, NoteBoxes
from addin.hosts.package.parts import Link, Parts
from addin.hosts.package.workbook import plain_text
from validators.table import column_letter

AUTHOR = "taizhang"
_EMPTY_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters XML cannot hold; cells may."""


class Notes:
    """The notes of one sheet part. ``save`` hands changes over to the package."""

    def __init__(self, parts: Parts, sheet: str) -> None:
        self._parts = parts
        self._sheet = sheet
        self._by_place: dict[str, Element] = {}
        self._boxes: NoteBoxes | None = None
        self._removed = False
        self._comments = self._linked("comments")
        if self._comments is not None:
            tree = parts.tree(self._comments.part)
            self._by_place = {entry.get("ref", ""): entry for entry in tree.iter(main("comment"))}

    def save(self) -> None:
        """Hand the notes over to the package: their text, their boxes, and the parts that came to be or to go."""
        if self._comments is not None and not self._by_place:
            self._parts.unlink(self._sheet, self._comments)
            self._parts.drop(self._comments.part)
            self._comments = None
        if self._comments is not None and self._removed:
            _drop_idle_author(self._parts.tree(self._comments.part))
        if self._boxes is None:
            return
        markup = self._boxes.render()
        link = self._linked("vmlDrawing")
        if markup is not None:
            self._parts.put(self._drawing(), markup.encode("utf-8"))
        elif link is not None:
            self._drop_drawing(link)

    def places(self) -> tuple[str, ...]:
        """The A1 places that have a note."""
        return tuple(self._by_place)

    def text(self, place: str) -> str | None:
        """The text of a note, None when there is none."""
        found = self._by_place.get(place)
        return plain_text(found) if found is not None else None

    def is_thread(self, place: str) -> bool:
        """Whether the note stands for a conversation of several people, which is not ours to change."""
        return (self.text(place) or "").startswith("[Threaded comment]")

    def content(self, place: str) -> str:
        """The formatted text of a note as XML, empty when there is none."""
        found = self._by_place.get(place)
        text = child(found, "text") if found is not None else None
        return etree.tostring(text, encoding="unicode") if text is not None else ""

    def put(self, place: str, text: str) -> None:
        """Write a note; the box of a note that is there already stays as it is."""
        body = etree.Element(main("text"))
        line = etree.SubElement(etree.SubElement(body, main("r")), main("t"))
        line.text = _UNFIT.sub("\ufffd", text)
        line.set(SPACE, "preserve")
        self._put(place, body, text)

    def put_content(self, place: str, content: str) -> None:
        """Write a note from what ``content`` gave."""
        body = parse(content.encode())
        self._put(place, body, plain_text(body))

    def remove(self, place: str) -> None:
        """Take a note and its box away."""
        found = self._by_place.pop(place, None)
        if found is None or self._comments is None:
            return
        parent = found.getparent()
        if parent is not None:
            parent.remove(found)
        self._parts.touch(self._comments.part)
        self._removed = True
        self._opened_boxes().remove(*place_of(place))

    def _put(self, place: str, body: Element, text: str) -> None:
        found = self._by_place.get(place)
        if found is None:
            found = self._add(place, text)
        for old in list(elements(found)):
            if old.tag == main("text"):
                found.remove(old)
        found.insert(0, deepcopy(body))
        if self._comments is not None:
            self._parts.touch(self._comments.part)

    def _add(self, place: str, text: str) -> Element:
        if self._comments is None:
            part = self._parts.free_name("xl/comments{}.xml")
            self._parts.put(part, parse(_EMPTY_COMMENTS))
            self._parts.declare(part, "comments")
            self._comments = Link(self._parts.link(self._sheet, "comments", part), "comments", part)
        tree = self._parts.tree(self._comments.part)
        comments = ensure_child(tree, "commentList", ("authors", "commentList", "extLst"))
        comment = etree.SubElement(comments, main("comment"))
        comment.set("ref", place)
        comment.set("authorId", str(_author(tree)))
        self._by_place[place] = comment
        self._opened_boxes().add(*place_of(place), text)
        return comment

    def _opened_boxes(self) -> NoteBoxes:
        if self._boxes is None:
            link = self._linked("vmlDrawing")
            markup = self._parts.read(link.part).decode("utf-8") if link is not None else EMPTY_DRAWING
            self._boxes = NoteBoxes(markup)
        return self._boxes

    def _drop_drawing(self, link: Link) -> None:
        root = self._parts.tree(self._sheet)
        drawing = child(root, "legacyDrawing")
        if drawing is not None and drawing.get(LINK_ID) == link.id:
            root.remove(drawing)
            self._parts.touch(self._sheet)
        self._parts.unlink(self._sheet, link)
        self._parts.drop(link.part)

    def _drawing(self) -> str:
        """The drawing part of the notes, made when the sheet has none."""
        link = self._linked("vmlDrawing")
        if link is not None:
            return link.part
        part = self._parts.free_name("xl/drawings/vmlDrawing{}.vml")
        self._parts.declare(part, "vmlDrawing")
        root = self._parts.tree(self._sheet)
        drawing = ensure_child(root, "legacyDrawing", SHEET_ORDER)
        drawing.set(f"{{{LINKS}}}id", self._parts.link(self._sheet, "vmlDrawing", part))
        self._parts.touch(self._sheet)
        return part

    def _linked(self, kind: str) -> Link | None:
        """The notes' part of this kind; a drawing of headers and footers is another one."""
        found = [link for link in self._parts.links(self._sheet) if link.kind == kind]
        if kind != "vmlDrawing":
            return found[0] if found else None
        drawing = child(self._parts.tree(self._sheet), "legacyDrawing")
        wanted = drawing.get(LINK_ID) if drawing is not None else None
        return next((link for link in found if link.id == wanted), None)


def place_name(row: int, column: int) -> str:
    """A1 name of a 1-based place."""
    return f"{column_letter(column)}{row}"


def _drop_idle_author(tree: Element) -> None:
    """Our name goes with the last note of ours; other authors keep their numbers."""
    authors = child(tree, "authors")
    last = list(elements(authors))[-1:] if authors is not None else []
    if authors is None or not last or last[0].text != AUTHOR:
        return
    number = str(len(list(elements(authors))) - 1)
    if all(comment.get("authorId") != number for comment in tree.iter(main("comment"))):
        authors.remove(last[0])


def _author(tree: Element) -> int:
    authors = ensure_child(tree, "authors", ("authors", "commentList", "extLst"))
    for number, author in enumerate(elements(authors)):
        if author.text == AUTHOR:
            return number
    etree.SubElement(authors, main("author")).text = AUTHOR
    return len(authors) - 1
