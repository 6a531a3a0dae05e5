"""Whom and what a form counts or lists: members with everything derived about them, or the rows of one register."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from validators.case_facts import facts, facts_by_person, key_of
from validators.codes import code_lists
from validators.facts import PersonFacts
from validators.people import organisation_of
from validators.registers import of_kind, registers
from validators.rule import Case
from validators.table import Row
from validators.words import OrganisationLevel, SubmissionStatus, YesNo

MEMBER = "member"
"""The population of everyone on the roster; any other population is the rows of the register it is named after."""

ORGANISATION = "organisation"
"""The population of the organisations themselves, one subject each."""

COVER = "cover"
"""The population of the workbook itself: one subject, its cover."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One Party organisation: of the directory in a committee workbook, of the cover in a branch workbook.

    ``is_missing`` says that it should have reported and has not (未报): its numbers are unknown, not 0.
    """

    code: str
    name: str
    category: str
    level: str = ""
    contact: str = ""
    phone: str = ""
    is_missing: bool = False

    @property
    def unit_class(self) -> str:
        """党统 unit class of its 党组织类别, empty when the category is unknown."""
        entry = code_lists()["organisation_category"].by_word.get(self.category)
        return str(entry.attributes["unit_class"]) if entry is not None else ""


@dataclass(slots=True)
class Subject:
    """One person, row or organisation a form is about. ``facts`` is None when the row is about nobody on the roster.

    Never changed; not frozen, for a committee has hundreds of thousands and frozen ones take thrice as long to make.
    """

    number: int
    row: Row
    organisation: Organisation
    case: Case = field(repr=False)
    facts: PersonFacts | None = field(default=None, repr=False)
    register: str = "member_roster"

    @property
    def name(self) -> str:
        """Name of the person, else of what the row is about."""
        for key in ("name", "organisation_name", "partner"):
            if found := self.row.text(key):
                return found
        return self.organisation.name if self.register == "cover" else ""

    @property
    def identity_number(self) -> str:
        """公民身份号码, empty for what is no person."""
        return self.row.text("identity_number")


def populations() -> tuple[str, ...]:
    """The names a form may give under ``subjects``."""
    return (MEMBER, ORGANISATION, COVER, *(register.key for register in of_kind("register", "log")))


def subjects(case: Case, population: str) -> tuple[Subject, ...]:
    """The subjects of a population in sheet order, numbered from 1."""
    return case.once(f"subjects {population}", lambda it: tuple(_subjects(it, population)))


def _subjects(case: Case, population: str) -> Iterator[Subject]:
    known = {one.code: one for one in organisations(case)}
    if population == COVER:
        yield Subject(1, case.book.cover, _own(case), case, register=COVER)
        return
    if population == ORGANISATION:
        rows = {row.text("organisation_code"): row for row in case.book.tables.get("organisation_directory", ())}
        for number, one in enumerate(known.values(), 1):
            register = "organisation_directory" if one.code in rows else "cover"
            yield Subject(number, rows.get(one.code, case.book.cover), one, case, register=register)
        return
    if population == MEMBER:
        for number, one_facts in enumerate(facts(case), 1):
            yield Subject(number, one_facts.member, _named(one_facts.key.organisation, known), case, one_facts)
        return
    members = {
        id(row): found for found in facts_by_person(case).values() for row in found.situation.person.of(population)
    }
    for number, row in enumerate(case.book[population], 1):
        member = members.get(id(row))
        code = member.key.organisation if member is not None else _organisation_of(case, row)
        yield Subject(number, row, _named(code, known), case, member, population)


def _organisation_of(case: Case, row: Row) -> str:
    key = key_of(case, row)
    return key.organisation if key is not None else organisation_of(case.book, row)


def _named(code: str, known: Mapping[str, Organisation]) -> Organisation:
    return known.get(code) or Organisation(code, code, "")


def organisations(case: Case) -> tuple[Organisation, ...]:
    """Whose rows stand in the workbook: the branch itself, or every branch of the directory and of the rows."""
    return case.once("organisations", lambda it: tuple(_organisations(it).values()))


def nobody_reported(case: Case) -> bool:
    """Whether every organisation that should have reported has not: then not even a sum is known (R-SUM-UP)."""
    found = organisations(case)
    return bool(found) and all(one.is_missing for one in found)


def _organisations(case: Case) -> Mapping[str, Organisation]:
    if case.book.kind == "branch":
        own = _own(case)
        return {own.code: own}
    present = _codes_present(case)
    reported = {
        row.text("organisation_code"): row.text("status") for row in case.book.tables.get("submission_status", ())
    }
    found: dict[str, Organisation] = {}
    for row in case.book.tables.get("organisation_directory", ()):
        code = row.text("organisation_code")
        is_branch = row.text("organisation_level") in ("", OrganisationLevel.BRANCH)
        is_expected = row["is_expected"] == YesNo.YES
        if code and (code in present or is_expected or is_branch):
            absent = reported.get(code, SubmissionStatus.MISSING) != SubmissionStatus.SUBMITTED
            found[code] = Organisation(
                code,
                row.text("organisation_name") or code,
                row.text("organisation_category"),
                row.text("organisation_level"),
                row.text("contact_person"),
                row.text("contact_phone"),
                is_missing=is_expected and code not in present and absent,
            )
    for code in present:
        found.setdefault(code, Organisation(code, code, ""))
    return found


def _own(case: Case) -> Organisation:
    """Whose workbook it is, as the cover says."""
    cover = case.book.cover
    return Organisation(
        cover.text("organisation_code"),
        cover.text("organisation_name"),
        cover.text("organisation_category"),
        cover.text("organisation_level"),
        cover.text("secretary"),
        cover.text("preparer_phone"),
    )


def _codes_present(case: Case) -> Mapping[str, None]:
    """The organisations some register row comes from, in order of first sight."""
    codes = (
        row.values.get("source_organisation")
        for key, register in registers().items()
        if register.kind in ("register", "log")
        for row in case.book.tables.get(key, ())
    )
    return {str(code): None for code in dict.fromkeys(codes) if code}
