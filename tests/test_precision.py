"""Precision: a register in order has no errors, and one planted fault gives exactly the errors it should."""

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from addin.demo.faults import Fault, Place, faults, places, plant, spoil
from addin.demo.population import Register, clean_population
from addin.demo.stories import CLEAN
from tests.made_up import case_of, committee_in_order, place_of
from validators.check import check
from validators.policy import policy_data
from validators.rules import load_rules
from validators.schema_check import instance_of, row_schema, tables_checked
from validators.table import Level

AS_OF = date(2026, 11, 24)
PROFILES = tuple(policy_data()["profiles"])
QUICK_FIRST = (PROFILES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in PROFILES[1:]))
PLANTED = tuple(fault for fault in faults() if not fault.story or fault.story in CLEAN)

ONLY_A_COMMITTEE = ("organisation_directory", "submission_status", "three_checks", "inspection_sample")
"""Sheets a branch does not have: their faults are planted in a committee's workbook."""

ELSEWHERE: Mapping[str, str] = {
    "R-DISP-PROFILE": "a note about the profile of the cover: what is fault under one is in order under another",
}
"""Rules no fault is planted for, and why; their drawn cases stand in tests/cases_*.py."""


@cache
def in_order(wide: bool, profile: str) -> Register:
    """The workbook a fault is planted in, without the fault: a committee's or a branch's."""
    if wide:
        return committee_in_order(as_of=AS_OF, profile=profile)
    return clean_population(members=150, as_of=AS_OF, profile=profile, seed=3)


@cache
def told_before(wide: bool, profile: str, level: Level, policy: tuple[tuple[str, str], ...]) -> frozenset[Place]:
    """What is told of the workbook in order: nothing, unless the policy asks for more than the profile."""
    return frozenset(told(replace(in_order(wide, profile), policy=dict(policy)), level))


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
def test_two_thousand_members_in_every_state_have_no_error_and_no_doubt(profile: str) -> None:
    register = clean_population(members=2000, as_of=AS_OF, profile=profile, seed=2)
    assert set(register.stories) == set(CLEAN)
    assert told(register, "E") == told(register, "W") == set()


@pytest.mark.parametrize("profile", PROFILES)
def test_a_committee_in_order_has_no_error_and_no_doubt(profile: str) -> None:
    register = committee_in_order(as_of=AS_OF, profile=profile)
    assert len(register.rows["inspection_sample"]) == 2
    assert told(register, "E") == told(register, "W") == set()


@pytest.mark.parametrize("profile", QUICK_FIRST)
@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_one_planted_fault_gives_exactly_its_findings(fault: Fault, profile: str) -> None:
    wide = fault.register in ONLY_A_COMMITTEE
    register = deepcopy(in_order(wide, profile))
    expected = plant(register, fault)
    assert expected
    policy = tuple((fault.policy or {}).items())
    assert told(register, fault.level) - told_before(wide, profile, fault.level, policy) == expected
    assert fault.level == "E" or not told(register, "E")


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("level", ["E", "W"])
def test_all_faults_at_once_hide_none_of_each_other(level: Level, profile: str) -> None:
    register = clean_population(members=2000, as_of=AS_OF, profile=profile, seed=2)
    taken: Counter[tuple[str, str]] = Counter()
    marks = []
    for fault in PLANTED:
        if fault.level == level and is_of_one_person(fault):
            turn = fault.story, fault.having or fault.register * (not fault.story)
            marks += spoil(register, replace(fault, nth=taken[turn]))
            taken[turn] += 2
    assert told(register, level) == places(register, marks)


def is_of_one_person(fault: Fault) -> bool:
    """Faults of the cover, of a whole sheet, of a committee or of another policy would be seen everywhere."""
    about_all = fault.policy or any(edit.every and not fault.story for edit in fault.edits)
    return not about_all and fault.register not in ("cover", *ONLY_A_COMMITTEE)


def test_every_rule_has_a_planted_fault() -> None:
    planted = {each.rule for fault in PLANTED for each in fault.expected}
    assert load_rules().keys() - planted == ELSEWHERE.keys()


def told(register: Register, level: Level) -> set[Place]:
    """Where a check finds something of a level."""
    case = case_of(register)
    return {place_of(finding, case.book) for finding in check(case) if finding.level == level}


def test_both_schema_validators_agree_on_a_branch_full_of_faults() -> None:
    register = clean_population(members=150, as_of=AS_OF, seed=3)
    for fault in PLANTED:
        if fault.level == "E" and fault.register not in ONLY_A_COMMITTEE:
            plant(register, fault)
    case = case_of(register)
    faulty = 0
    for sheet, table in tables_checked(case.book):
        schema = row_schema(sheet)
        plain = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
        fast = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        for row in table:
            instance = instance_of(row)
            wrong = {keyword_of(error.validator, error.absolute_path) for error in plain.iter_errors(instance)}
            assert wrong == {
                keyword_of(error.schema_path[-1], error.instance_path) for error in fast.iter_errors(instance)
            }
            faulty += bool(wrong)
    assert faulty >= 6


def keyword_of(keyword: object, path: Iterable[object]) -> tuple[str, str]:
    """Which keyword speaks at which place of a row."""
    return str(keyword), "/".join(map(str, path))
