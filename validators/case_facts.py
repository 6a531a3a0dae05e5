"""What many rules look up in a case, worked out once: derived facts, the roster by person, rows that can be joined."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from validators.damaged_numbers import mended_numbers
from validators.facts import PersonFacts, person_facts
from validators.people import Person, PersonKey, number_of, organisation_of, people
from validators.registers import of_kind, registers
from validators.rule import Case
from validators.table import Row

ABOUT_MEMBERS = tuple(
    register.key
    for register in of_kind("register", "log")
    if register.key not in ("member_roster", "inflow") and any(c.key == "identity_number" for c in register.columns)
)
"""The sheets whose rows are about a member of the branch, and so about somebody on the roster."""


def facts(case: Case) -> tuple[PersonFacts, ...]:
    """The derived values of every roster row."""
    return case.once("facts", lambda it: person_facts(it.book, it.policy, it.as_of, people_of(it)))


def people_of(case: Case) -> Mapping[PersonKey, Person]:
    """Everybody in any sheet with the rows about them."""
    return case.once("people", lambda it: people(it.book, _mended(it)))


def facts_by_person(case: Case) -> Mapping[PersonKey, PersonFacts]:
    """The derived values by person; the first roster row of a person counts."""
    return case.once("facts by person", lambda it: {one.key: one for one in reversed(facts(it))})


def key_of(case: Case, row: Row) -> PersonKey | None:
    """Whom a row is about; None when its identity number is blank or nobody can tell what it was."""
    known: dict[int, PersonKey | None] = case.once("keys by row", lambda _: {})
    place = id(row)
    if place not in known:
        number = number_of(row, _mended(case))
        known[place] = PersonKey(organisation_of(case.book, row), number) if number else None
    return known[place]


def _mended(case: Case) -> Mapping[int, str]:
    return case.once("mended numbers", lambda it: mended_numbers(it.book))


def roster(case: Case) -> Mapping[PersonKey, Row]:
    """The roster row of every person; the first of doubles."""
    return case.once("roster", _roster)


def _roster(case: Case) -> Mapping[PersonKey, Row]:
    found: dict[PersonKey, Row] = {}
    for row in case.book["member_roster"]:
        key = key_of(case, row)
        if key is not None:
            found.setdefault(key, row)
    return found


def rows_about_members(case: Case) -> Iterator[tuple[str, Row, PersonKey]]:
    """Every row of the other sheets that names a member by number: register key, row, whom."""
    yield from case.once("rows about members", _rows_about_members)


def _rows_about_members(case: Case) -> Sequence[tuple[str, Row, PersonKey]]:
    keyed = ((register, row, key_of(case, row)) for register in ABOUT_MEMBERS for row in case.book[register])
    return [(register, row, key) for register, row, key in keyed if key is not None]


def register_of(row: Row) -> str:
    """The register a row stands in, by its sheet."""
    return _keys_by_title()[row.origin.sheet]


@cache
def _keys_by_title() -> Mapping[str, str]:
    return {register.title: key for key, register in registers().items()}


def away_now(case: Case) -> frozenset[PersonKey]:
    """Whoever is away or abroad: a row of 流出党员 or 出国境 without 返回日期."""
    return case.once("away now", _away_now)


def _away_now(case: Case) -> frozenset[PersonKey]:
    rows = (row for register in ("outflow", "abroad") for row in case.book[register] if row["returned_on"] is None)
    return frozenset(key for row in rows if (key := key_of(case, row)) is not None)
