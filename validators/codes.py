"""The code lists (代码表) from codes.json: which words a coded cell may hold and how else people write them."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from validators.script import simplified

_IGNORED = re.compile(r"[\s\u200b-\u200d\u2060\ufeff、，,/／·•]+")
_LEADING_CODE = re.compile(r"^\(?([A-Z]?\d+|[A-Z])\)?[.:)、．：\s]+(?=\S)")
_NO_ATTRIBUTES: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Code:
    """One entry. ``print`` is what forms print, ``parent`` the word it is counted under (其中), "" when none."""

    code: str
    word: str
    aliases: tuple[str, ...] = ()
    print: str = ""
    parent: str = ""
    attributes: Mapping[str, Any] = field(default_factory=lambda: _NO_ATTRIBUTES)


@dataclass(frozen=True)
class CodeList:
    """One list of codes.json, in printing order."""

    key: str
    title: str
    source: str
    grade: str
    status: str
    entries: tuple[Code, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The plain words, as shown in the drop-down."""
        return tuple(entry.word for entry in self.entries)

    @cached_property
    def by_word(self) -> Mapping[str, Code]:
        """The entry of each word."""
        return {entry.word: entry for entry in self.entries}

    @cached_property
    def _known(self) -> Mapping[str, str]:
        known: dict[str, str] = {}
        for entry in self.entries:
            for text in ways_to_write(entry):
                known.setdefault(text, entry.word)
        return known

    def find(self, text: str) -> str | None:
        """The word meant by a word, an alias, a code ("7", "⑦", "D14") or both ("7 其他"); None when unknown.

        Full width, blanks, separators and traditional script make no difference (R-FLD-ENUM).
        """
        if text in self.by_word:
            return text
        found = self._known.get(fold(text))
        if found is not None:
            return found
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        match = _LEADING_CODE.match(plain)
        if match is None:
            return None
        meant = self._known.get(fold(match[1]))
        agrees = match[1][0].isalpha() or self._known.get(fold(plain[match.end() :])) == meant
        return meant if agrees else None

    def get(self, word: str) -> Code:
        """The entry of a word of the list. Raises KeyError."""
        return self.by_word[word]

    def with_attribute(self, name: str, value: object = True) -> tuple[str, ...]:
        """The words whose entry has this attribute value, e.g. ``counts`` of 联系方式."""
        return tuple(entry.word for entry in self.entries if entry.attributes.get(name) == value)

    def children(self, word: str) -> tuple[str, ...]:
        """The words counted under a word (其中)."""
        return tuple(entry.word for entry in self.entries if entry.parent == word)

    def and_below(self, word: str) -> tuple[str, ...]:
        """The word itself and everything counted under it, at any depth."""
        return (word, *(deeper for child in self.children(word) for deeper in self.and_below(child)))

    def printed(self, word: str) -> str:
        """What a form prints for a word: the entry's ``print``, else the word."""
        entry = self.by_word.get(word)
        return entry.print or word if entry else word


def fold(text: str) -> str:
    """A text as compared: NFKC (① -> 1), upper case, simplified script, without blanks and separators."""
    plain = simplified(unicodedata.normalize("NFKC", text).upper())
    return _IGNORED.sub("", plain)


def ways_to_write(entry: Code) -> Iterator[str]:
    """Every folded text that means this entry: word, aliases, code, code without leading zero, code with word."""
    for text in (entry.word, *entry.aliases, entry.code, entry.code.lstrip("0") or entry.code):
        yield fold(text)
    yield fold(entry.code + entry.word)


@cache
def code_lists() -> Mapping[str, CodeList]:
    """Every list of codes.json by key."""
    data = json.loads(files("validators").joinpath("codes.json").read_text(encoding="utf-8"))
    return MappingProxyType({key: _list(key, entry) for key, entry in data["lists"].items()})


def _list(key: str, data: Mapping[str, Any]) -> CodeList:
    entries = tuple(
        Code(
            entry["code"],
            entry["word"],
            tuple(entry["aliases"]),
            entry.get("print", ""),
            entry.get("parent", ""),
            MappingProxyType(entry.get("attributes", {})),
        )
        for entry in data["entries"]
    )
    return CodeList(key, data["title"], data["source"], data["grade"], data["status"], entries)
