"""Precision: a register in order has no errors, and one planted fault gives exactly the errors it should."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date

import pytest

from addin.demo.faults import Fault, faults, plant
from addin.demo.population import Register, clean_population
from addin.demo.stories import CLEAN
from tests.made_up import errors_of
from validators.policy import policy_data

AS_OF = date(2026, 11, 24)
PROFILES = tuple(policy_data()["profiles"])
PLANTED = tuple(fault for fault in faults() if not fault.story or fault.story in CLEAN)


@pytest.fixture(scope="module")
def branches() -> Mapping[str, Register]:
    """One branch in order a profile."""
    return {profile: clean_population(members=150, as_of=AS_OF, profile=profile, seed=3) for profile in PROFILES}


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
def test_two_thousand_members_in_every_state_have_no_error(profile: str) -> None:
    register = clean_population(members=2000, as_of=AS_OF, profile=profile, seed=2)
    assert set(register.stories) == set(CLEAN)
    assert errors_of(register) == frozenset()


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_one_planted_fault_gives_exactly_its_errors(
    branches: Mapping[str, Register], fault: Fault, profile: str
) -> None:
    register = deepcopy(branches[profile])
    expected = plant(register, fault)
    assert expected
    assert errors_of(register) == expected
