"""The made-up names, places, posts and sentences the generator draws from (words.json)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A name that stands as it is, with the sex and 民族 that go with it."""

    name: str
    sex: str
    ethnicity: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists by name, and the names that are not put together from surname and given name."""

    words: Mapping[str, tuple[str, ...]]
    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    special: tuple[NamedPerson, ...]


@cache
def lexicon() -> Lexicon:
    """words.json as parsed."""
    data: Mapping[str, Any] = json.loads(files("addin.demo").joinpath("words.json").read_text(encoding="utf-8"))
    rare = [NamedPerson(name, sex, "汉族") for name, sex in data["rare_names"]]
    minority = [NamedPerson(*entry) for entry in data["minority_names"]]
    words = {name: tuple(entries) for name, entries in data.items() if isinstance(entries[0], str)}
    pairs = {name: tuple((one, two) for one, two in data[name]) for name in ("countries", "outside_homes")}
    return Lexicon(words, pairs, tuple(_alternating(rare, minority)))


def _alternating(rare: list[NamedPerson], minority: list[NamedPerson]) -> list[NamedPerson]:
    """One of each kind in turn, so that even a small branch has both."""
    both = [person for pair in zip(rare, minority, strict=False) for person in pair]
    return both + minority[len(rare) :]
