"""Gathers every row about one person (一人一档): the roster row and what each other sheet says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from validators.table import Book, Row


@dataclass(frozen=True, slots=True, order=True)
class PersonKey:
    """Who, and in whose register: a member of two branches (双重名册) is two persons until someone decides."""

    organisation: str
    identity_number: str


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
    return row.text("source_organisation") or book.cover.text("organisation_code")


def people(book: Book) -> Mapping[PersonKey, Person]:
    """Everyone with an identity number in any register of the workbook, roster order first."""
    found: dict[PersonKey, Person] = {}
    for register, row in _rows(book):
        identity = row["identity_number"]
        if not isinstance(identity, str):
            continue
        key = PersonKey(organisation_of(book, row), identity)
        person = found.setdefault(key, Person(key))
        if register == "member_roster" and person.member is None:
            person.member = row
        person.rows.setdefault(register, []).append(row)
    return found


def _rows(book: Book) -> Iterator[tuple[str, Row]]:
    names = sorted(book.tables, key=lambda name: name != "member_roster")
    for name in names:
        for row in book.tables[name]:
            yield name, row
