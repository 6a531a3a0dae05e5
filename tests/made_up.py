"""Helpers for tests on made-up registers: as a case to check, and findings as the places a planted fault names."""

from collections.abc import Iterable
from datetime import date

from addin.demo.books import as_book, merged
from addin.demo.faults import Place
from addin.demo.ledger import Branch, Values
from addin.demo.population import Register, made_up
from addin.demo.stories import shares
from addin.merging.directory import directory_of
from addin.merging.result_sheets import three_check_rows
from addin.merging.sampling import Draw, sample_rows
from addin.merging.tallies import tallies
from validators.check import check
from validators.policy import load_policy
from validators.registers import registers
from validators.rule import Case
from validators.table import Book, Finding, column_number

COMMITTEE_CODE = "037990100000"


def committee_in_order(*, as_of: date, profile: str, branches: int = 11, seed: int = 1) -> Register:
    """A committee's workbook as a merge leaves it: eleven branches in order, all reported, checked and sampled."""
    people = [
        made_up(_branch(number), shares(40, every=False), as_of=as_of, profile=profile, seed=seed)
        for number in range(1, branches + 1)
    ]
    rows = merged({f"{one.branch.code}.xlsx": (one.branch.code, one.rows) for one in people})
    committee = Branch(COMMITTEE_CODE, "示例镇委员会", "党政机关", "379900", "037990000000", "示例县委组织部")
    cover: Values = {**people[0].cover, "organisation_code": committee.code, "organisation_name": committee.name}
    cover |= {"organisation_level": "基层党委", "superior_code": committee.superior_code}
    del cover["members_last_year"]
    register = Register(committee, cover, rows, (), "committee")
    known = [_listed(one.branch) for one in people]
    directory, codes = directory_of(known), [one.branch.code for one in people]
    rows["organisation_directory"] = known
    rows["submission_status"] = [{"organisation_code": code, "status": "已报"} for code in codes]
    counted = tallies(case_of(register))
    rows["three_checks"] = [dict(row) for row in three_check_rows(counted, directory, frozenset(), ())]
    draw = Draw(str(seed), as_of.isoformat())
    drawn = sample_rows((), codes, directory, load_policy(profile), draw)
    rows["inspection_sample"] = [dict(row) for row in drawn]
    return register


def _branch(number: int) -> Branch:
    county = f"3799{number:02d}"
    return Branch(f"0379901000{number:02d}", f"示例{number}村党支部", "农村", county, COMMITTEE_CODE, "示例镇委员会")


def _listed(branch: Branch) -> Values:
    return {
        "organisation_code": branch.code,
        "organisation_name": branch.name,
        "superior_code": branch.superior_code,
        "organisation_level": "党支部",
        "organisation_category": branch.category,
        "is_expected": "是",
    }


def case_of(register: Register) -> Case:
    """The register as a Case with the policy and as-of date its own cover names."""
    as_of = register.cover["as_of"]
    assert isinstance(as_of, date)
    policy = load_policy(str(register.cover["policy_profile"]), register.policy)
    return Case(as_book("示例.xlsx", register.cover, register.rows, register.kind), policy, as_of)


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
