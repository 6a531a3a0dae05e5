"""What Excel makes of typed text, serial dates and addresses: the pure half of the Calc engine."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.calc.addresses import Box, box_at, box_of, spanned
from addin.calc.values import ErrorText, Serial, Typed, as_excel_types, from_cells, moment, to_cell
from tests.drawing import identity

MOMENTS = st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2199, 12, 31)).map(lambda when: when.replace(microsecond=0))


@pytest.mark.parametrize(
    ("typed", "value", "number_format"),
    [
        ("00123", 123, None),
        ("1,234.5", 1234.5, None),
        ("1e5", 100_000, None),
        ("12%", 0.12, "0%"),
        ("2026-03-01", 46082, "yyyy-mm-dd"),
        ("2026/3/1", 46082, "yyyy-mm-dd"),
        ("2026年3月1日", 46082, "yyyy-mm-dd"),
        ("2026-03", 46082, "mmm-yy"),
        ("12:00", 0.5, "h:mm"),
    ],
)
def test_typed_text_becomes_a_number_as_in_excel(typed: str, value: float, number_format: str | None) -> None:
    made = as_excel_types(typed)
    assert isinstance(made, Typed)
    assert (float(made), made.number_format) == (value, number_format)


def test_an_identity_number_loses_its_last_three_digits_as_in_excel() -> None:
    number = next(number for number in (identity(seq=seq) for seq in range(1, 99)) if number.isdigit())
    made = as_excel_types(number)
    assert isinstance(made, Typed)
    assert f"{made:.0f}" != number
    assert f"{made:.0f}"[:15] == number[:15]


@pytest.mark.parametrize(
    "text", ["党员", "2026Q4", "37990119850307001X", "2026-02-30", "1-2", "24:61", ".", "25:00", "E8", "e-5", "%", "+"]
)
def test_other_text_stays_text(text: str) -> None:
    assert as_excel_types(text) == text


def test_an_apostrophe_protects_text_and_is_not_seen() -> None:
    assert as_excel_types("'00123") == "00123"
    assert as_excel_types("true") is True


@given(MOMENTS)
def test_every_second_survives_the_way_through_a_serial_number(when: dt.datetime) -> None:
    cell = to_cell(when)
    assert isinstance(cell, Serial)
    assert moment(cell) == when
    assert from_cells([[cell]], dt.datetime, None, None, False) == [[when]]


def test_blank_is_none_and_errors_are_text_only_when_asked() -> None:
    row = ["", None, ErrorText("#N/A"), True, 2.0]
    assert from_cells([row], dt.datetime, None, None, False) == [[None, None, None, True, 2.0]]
    assert from_cells([row], dt.datetime, "", int, True) == [["", "", "#N/A", True, 2]]
    assert [to_cell(value) for value in (None, float("nan"), 3, "x", False)] == ["", "", 3.0, "x", False]


@pytest.mark.parametrize(
    ("address", "box"),
    [
        ("B2", Box(2, 2)),
        ("$A$1:$C$3", Box(1, 1, 3, 3)),
        ("C3:A1", Box(1, 1, 3, 3)),
        ("A:B", Box(1, 1, 1_048_576, 2)),
        ("2:3", Box(2, 1, 2, 16_384)),
        ("AA10", Box(10, 27)),
        ("基准日", None),
        ("B", None),
        ("A1:B", None),
    ],
)
def test_addresses(address: str, box: Box | None) -> None:
    assert box_of(address) == box


def test_boxes_are_one_based() -> None:
    with pytest.raises(IndexError):
        box_at((0, 1))
    assert spanned(Box(5, 2), Box(1, 3)).address() == "$B$1:$C$5"
    assert Box(1, 1, 100, 100).within(Box(1, 1, 3, 2)) == Box(1, 1, 3, 2)
