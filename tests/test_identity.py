"""Identity numbers: the vectors of GB 11643 and of rules §10, and what the made-up numbers of the tests are like."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drawing import identity as made_up
from validators.formats import faults
from validators.identity import birth_date, check_fits, is_male, to_18

AS_OF = date(2026, 11, 24)


def told(number: object) -> list[tuple[str, str, str | None]]:
    found = faults("identity-number", number, AS_OF)  # type: ignore[arg-type]
    return [(fault.rule, fault.wording, fault.level) for fault in found]


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "110101199003070011", "11010119900307002X"]
)
def test_check_characters_fit(number: str) -> None:
    assert check_fits(number)


@pytest.mark.parametrize("number", ["11010519491231002X", "110101199003070011", "11010119900307002X"])
def test_sound_numbers_have_no_fault(number: str) -> None:
    assert told(number) == []


@pytest.mark.parametrize(
    ("number", "rule", "wording"),
    [
        ("320301200013010018", "R-FLD-ID18", "birth"),
        ("110101200702290019", "R-FLD-ID18", "birth"),
        ("11010519491231002", "R-FLD-ID18", "length"),
        ("110105194912310020", "R-FLD-ID18", "check"),
        ("990101199001010019", "R-FLD-ID18", "province"),
        ("1101051949123100AB", "R-FLD-ID18", "shape"),
        (made_up("2026-11-25"), "R-FLD-ID18", "future"),
        ("110105491331002", "R-FLD-ID18", "birth"),
        (1.10105194912310e17, "R-FLD-IDTEXT", ""),
        (110105194912310020, "R-FLD-IDTEXT", ""),
        ("1.10105E+17", "R-FLD-IDTEXT", ""),
        ("110105194912310000", "R-FLD-IDTEXT", "rounded"),
    ],
)
def test_broken_numbers_have_one_fault(number: object, rule: str, wording: str) -> None:
    assert told(number) == [(rule, wording, None)]


def test_a_birth_before_1900_is_only_questioned() -> None:
    """440524188001010014 is a sample of the standard itself: its check digit decides (decisions §1)."""
    assert told("440524188001010014") == [("R-FLD-ID18", "old", "W")]


def test_an_old_number_is_offered_with_18_digits() -> None:
    (fault,) = faults("identity-number", "110105491231002", AS_OF)
    assert (fault.rule, fault.details) == ("R-FLD-ID15", {"proposal": "11010519491231002X", "last": "X"})


def test_born_today_is_not_in_the_future() -> None:
    assert told(made_up("2026-11-24")) == []


def test_sex_is_the_parity_of_the_17th_digit() -> None:
    assert is_male("110101199003070011")
    assert not is_male("11010519491231002X")
    assert is_male(made_up(sex="男"))
    assert not is_male(made_up(sex="女"))


@given(st.dates(date(1900, 1, 1), AS_OF), st.integers(1, 999))
def test_made_up_numbers_are_sound_and_keep_the_birth_date(born: date, seq: int) -> None:
    number = made_up(born.isoformat(), seq)
    assert told(number) == []
    assert birth_date(number) == born


@given(st.dates(date(1900, 1, 1), AS_OF), st.integers(1, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(born: date, seq: int, place: int, shift: int) -> None:
    number = made_up(born.isoformat(), seq)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not check_fits(wrong)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(1, 999))
def test_15_digits_become_the_same_18(born: date, seq: int) -> None:
    number = made_up(born.isoformat(), seq)
    assert to_18(number[:6] + number[8:17]) == number
