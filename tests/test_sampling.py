"""How many branches are drawn: at least a tenth, never rounded down, exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.policy import load_policy
from validators.sampling import sample_size


@pytest.mark.parametrize(("branches", "drawn"), [(0, 0), (1, 1), (10, 1), (11, 2), (30, 3), (101, 11)])
def test_a_tenth_of_the_branches(branches: int, drawn: int) -> None:
    assert sample_size(branches, load_policy().rate("sample.rate")) == drawn


def test_seven_hundredths_of_a_hundred_are_seven() -> None:
    assert sample_size(100, Decimal("0.07")) == 7


@given(st.integers(0, 100_000), st.integers(10, 100))
def test_enough_and_not_one_more(branches: int, percent: int) -> None:
    drawn = sample_size(branches, Decimal(percent) / 100)
    assert drawn * 100 >= branches * percent
    assert (drawn - 1) * 100 < branches * percent or drawn == 0
