"""The parts of a package with their relationships and content types, and the changes waiting to be written."""

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path

from addin.hosts.package.archive import Archive
from addin.hosts.package.markup import CONTENT_TYPES, PACKAGE_LINKS, Element, elements, parse, render

_TYPES = "[Content_Types].xml"
_LINK_TYPES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://schemas.microsoft.com/office/2017/10/relationships/",
)
_TYPE_OF = {
    "worksheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "styles": "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
}
_EXTENSION_TYPES = {"vml": "application/vnd.openxmlformats-officedocument.vmlDrawing"}
_RELATIONSHIP = f"{{{PACKAGE_LINKS}}}Relationship"


class MissingPart(Exception):
    """The package lacks a part it refers to, or one every workbook has."""


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship: its id, its kind (``comments``, ``worksheet`` …) and the part it leads to ('' outside)."""

    id: str
    kind: str
    part: str


class Parts:
    """The parts of one package. Trees handed out are shared; ``touch`` says that one was changed."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        self._changes: dict[str, bytes | None] = {}
        self._trees: dict[str, Element] = {}
        self._touched: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether the part is there, pending changes included."""
        if name in self._trees:
            return True
        return self._changes[name] is not None if name in self._changes else name in self._archive.names

    def read(self, name: str) -> bytes:
        """The bytes of a part as they will be written. Raises MissingPart."""
        if not self.has(name):
            raise MissingPart(name)
        if name in self._touched:
            return render(self._trees[name])
        changed = self._changes.get(name)
        return changed if changed is not None else self._archive.read(name)

    def tree(self, name: str) -> Element:
        """The root of an XML part. Raises MissingPart."""
        if name not in self._trees:
            self._trees[name] = parse(self.read(name))
        return self._trees[name]

    def touch(self, name: str) -> None:
        """The tree of this part was changed and must be written."""
        self.tree(name)
        self._touched.add(name)

    def put(self, name: str, content: bytes | Element) -> None:
        """Add or replace a part."""
        self._trees.pop(name, None)
        self._touched.discard(name)
        if isinstance(content, bytes):
            self._changes[name] = content
        else:
            self._changes.pop(name, None)
            self._trees[name] = content
            self._touched.add(name)

    def drop(self, name: str) -> None:
        """Remove a part with its relationships."""
        for gone in (name, links_name(name)):
            if self.has(gone):
                self._trees.pop(gone, None)
                self._touched.discard(gone)
                self._changes[gone] = None

    def declare(self, name: str, kind: str) -> None:
        """Say in the content types what kind of part this is."""
        types = self.tree(_TYPES)
        extension = name.rpartition(".")[2].lower()
        if extension in _EXTENSION_TYPES:
            if any((entry.get("Extension") or "").lower() == extension for entry in elements(types)):
                return
            entry = types.makeelement(f"{{{CONTENT_TYPES}}}Default", {"Extension": extension})
            entry.set("ContentType", _EXTENSION_TYPES[extension])
            types.insert(0, entry)
        else:
            if any(entry.get("PartName") == f"/{name}" for entry in elements(types)):
                return
            entry = types.makeelement(f"{{{CONTENT_TYPES}}}Override", {"PartName": f"/{name}"})
            entry.set("ContentType", _TYPE_OF[kind])
            types.append(entry)
        self.touch(_TYPES)

    def links(self, name: str) -> tuple[Link, ...]:
        """The relationships of a part ('' for the package itself)."""
        where = links_name(name)
        if not self.has(where):
            return ()
        folder = posixpath.dirname(name)
        return tuple(_link(entry, folder) for entry in self.tree(where).iter(_RELATIONSHIP))

    def link(self, name: str, kind: str, target: str) -> str:
        """Relate a part to another; the id of the new relationship."""
        where = links_name(name)
        if not self.has(where):
            self.put(where, parse(f'<Relationships xmlns="{PACKAGE_LINKS}"/>'.encode()))
        tree = self.tree(where)
        taken = {entry.get("Id") for entry in tree.iter(_RELATIONSHIP)}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        entry = tree.makeelement(_RELATIONSHIP, {"Id": f"rId{number}", "Type": _LINK_TYPES[0] + kind})
        entry.set("Target", f"/{target}")
        tree.append(entry)
        self.touch(where)
        return f"rId{number}"

    def unlink(self, name: str, link: Link) -> None:
        """Take a relationship away; the last one takes the relationships part along."""
        where = links_name(name)
        tree = self.tree(where)
        for entry in list(tree.iter(_RELATIONSHIP)):
            if entry.get("Id") == link.id:
                tree.remove(entry)
        self.touch(where)
        if not len(tree):
            self.drop(where)

    def free_name(self, pattern: str) -> str:
        """A part name no part has, from a pattern like ``xl/comments{}.xml``."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def write(self, path: Path) -> None:
        """Write the package with all changes."""
        self._forget_types_of_gone_parts()
        changes: dict[str, bytes | None] = dict(self._changes)
        changes |= {name: render(self._trees[name]) for name in sorted(self._touched)}
        self._archive.write(path, changes)

    def _forget_types_of_gone_parts(self) -> None:
        gone = {f"/{name}" for name, content in self._changes.items() if content is None and not self.has(name)}
        types = self.tree(_TYPES)
        for entry in [entry for entry in elements(types) if entry.get("PartName") in gone]:
            types.remove(entry)
            self.touch(_TYPES)


def links_name(name: str) -> str:
    """The part that holds the relationships of a part."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _link(entry: Element, folder: str) -> Link:
    target = entry.get("Target", "")
    kind = re.split(r"/", entry.get("Type", ""))[-1]
    if entry.get("TargetMode") == "External":
        return Link(entry.get("Id", ""), kind, "")
    part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Link(entry.get("Id", ""), kind, part)
