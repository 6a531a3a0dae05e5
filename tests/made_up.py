"""Helpers for tests on made-up registers: as a case to check, and findings as the places a planted fault names."""

from collections.abc import Iterable
from datetime import date

from addin.demo.books import as_book
from addin.demo.faults import Place
from addin.demo.population import Register
from validators.check import check
from validators.policy import load_policy
from validators.registers import registers
from validators.rule import Case
from validators.table import Book, Finding, column_number


def case_of(register: Register) -> Case:
    """The register as a Case with the policy and as-of date its own cover names."""
    as_of = register.cover["as_of"]
    assert isinstance(as_of, date)
    policy = load_policy(str(register.cover["policy_profile"]))
    return Case(as_book("示例.xlsx", register.cover, register.rows), policy, as_of)


def errors_of(register: Register) -> frozenset[Place]:
    """Where a check finds errors."""
    case = case_of(register)
    return frozenset(place_of(finding, case.book) for finding in errors(check(case)))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The E findings."""
    return [finding for finding in findings if finding.level == "E"]


def place_of(finding: Finding, book: Book) -> Place:
    """A finding as faults name their places: rule, register, sheet row (0 on the cover), column key."""
    keys = {register.title: key for key, register in registers().items()}
    register = keys[finding.sheet]
    columns = {number: key for key, number in book[register].columns.items()}
    if register == "cover":
        return finding.rule, register, 0, columns[finding.row]
    return finding.rule, register, finding.row, columns[column_number(finding.column)]
