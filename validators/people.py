"""Gathers every row about one person (一人一档): the roster row and what each other sheet says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from validators.damaged_numbers import mended_numbers
from validators.identity import OLD_LENGTH, to_18
from validators.table import Book, Row

EMPTY: Mapping[int, str] = MappingProxyType({})


class PersonKey(NamedTuple):
    """Who, and in whose register: a member of two branches (双重名册) is two persons until someone decides."""

    organisation: str
    identity_number: str
    """In 18 digits also where an old number of 15 was typed; the sound one where a damaged one agrees with it."""


@dataclass(slots=True)
class Person:
    """The rows about one person, each list in sheet order. ``member`` is the 党员名册 row, None for other people."""

    key: PersonKey
    member: Row | None = None
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def of(self, register: str) -> list[Row]:
        """The person's rows of one register, in sheet order."""
        return self.rows.get(register, [])


def organisation_of(book: Book, row: Row) -> str:
    """The code of the organisation whose register the row comes from (来源党组织代码, else the cover's code)."""
    code = row.values.get("source_organisation")
    return str(code) if code else book.cover.text("organisation_code")


def number_of(row: Row, mended: Mapping[int, str] = EMPTY) -> str:
    """The row's identity number as a key: an old one in its 18-digit form, empty when blank or stored as a number.

    ``mended`` is what ``mended_numbers`` found out about damaged ones.
    """
    number = mended.get(id(row)) or row["identity_number"]
    if not isinstance(number, str):
        return ""
    return to_18(number) or number if len(number) == OLD_LENGTH else number


def people(book: Book, mended: Mapping[int, str] | None = None) -> Mapping[PersonKey, Person]:
    """Everyone with an identity number in any register of the workbook, roster order first.

    ``mended`` is what ``mended_numbers`` gave for the same book, when it is at hand.
    """
    found: dict[PersonKey, Person] = {}
    mended = mended_numbers(book) if mended is None else mended
    for register, row in _rows(book):
        identity = number_of(row, mended)
        if not identity:
            continue
        key = PersonKey(organisation_of(book, row), identity)
        person = found.get(key)
        if person is None:
            person = found[key] = Person(key)
        if register == "member_roster" and person.member is None:
            person.member = row
        rows = person.rows.get(register)
        if rows is None:
            person.rows[register] = [row]
        else:
            rows.append(row)
    return found


def _rows(book: Book) -> Iterator[tuple[str, Row]]:
    names = sorted(book.tables, key=lambda name: name != "member_roster")
    for name in names:
        for row in book.tables[name]:
            yield name, row
