"""Damaged identity numbers: what they may stand for, and that one wrong digit brings no other finding."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from functools import cache

import pytest

from addin.demo.population import Register, clean_population
from addin.demo.stories import CLEAN
from addin.identity_rescue import rescue
from tests.drawing import draw, draw_case, identity
from tests.made_up import case_of
from validators.check import check
from validators.damaged_numbers import agrees, mended_numbers
from validators.table import Value

NUMBER = identity("1985-03-07", 1)
WITH_X = "11010519491231002X"
AS_OF = date(2026, 11, 24)
TELL_THE_NUMBER = {"R-FLD-ID18", "R-FLD-IDTEXT", "R-FLD-REQUIRED"}


@pytest.mark.parametrize(
    ("damaged", "number"),
    [
        (float(NUMBER[:15] + "000"), NUMBER),
        (int(NUMBER), NUMBER),
        (float(WITH_X.replace("X", "0")), WITH_X),
        (NUMBER[:15] + "000", NUMBER),
        (NUMBER[:6] + NUMBER[8:17], NUMBER),
        (NUMBER.replace("0", "O").replace("1", "l"), NUMBER),
        (WITH_X[:17] + "×", WITH_X),
        (WITH_X[:17] + "*", WITH_X),
        (f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}", NUMBER),
        (f"{NUMBER}（新）", NUMBER),
        (NUMBER[:9] + "?" + NUMBER[10:], NUMBER),
        (NUMBER[:12] + NUMBER[13] + NUMBER[12] + NUMBER[14:], NUMBER),
        (NUMBER[:7] + NUMBER[8:], NUMBER),
        (NUMBER[:7] + "5" + NUMBER[7:], NUMBER),
    ],
)
def test_what_is_left_agrees(damaged: Value, number: str) -> None:
    assert agrees(damaged, number)


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        "",
        float(identity("1985-03-08")[:15] + "000"),
        "3.79901E+17",
        NUMBER[:3] + "77" + NUMBER[5:],
        NUMBER[:6] + NUMBER[8:16] + ("1" if NUMBER[16] != "1" else "2"),
        NUMBER[2:],
        "不详",
    ],
)
def test_two_differences_are_too_many(damaged: Value) -> None:
    assert not agrees(damaged, NUMBER)


@cache
def in_order() -> Register:
    return clean_population(members=120, as_of=AS_OF, seed=3)


@cache
def told_before() -> frozenset[tuple[str, str, str]]:
    return told(in_order())


def told(register: Register) -> frozenset[tuple[str, str, str]]:
    return frozenset((found.rule, found.sheet, found.cell) for found in check(case_of(register)))


def wrong_digit(number: str) -> Value:
    return number[:17] + ("1" if number[17] != "1" else "2")


def lost_digits(number: str) -> Value:
    return float(number.replace("X", "0"))


@pytest.mark.parametrize("damage", [wrong_digit, lost_digits])
@pytest.mark.parametrize("story", CLEAN)
def test_a_damaged_number_on_the_roster_is_the_only_thing_told(story: str, damage: Callable[[str], Value]) -> None:
    register = deepcopy(in_order())
    member = register.lives(story)[0]
    member["identity_number"] = damage(str(member["identity_number"]))
    new = {found[0] for found in told(register) - told_before()}
    assert new and new <= TELL_THE_NUMBER


@pytest.mark.parametrize(
    "sheet",
    (
        *("outflow", "contact_log", "life_dues_log", "lost_file", "search_log", "transfer_letter", "disposition"),
        *("campaign_check", "abroad", "annual_review"),
    ),
)
def test_a_damaged_number_in_another_sheet_is_the_only_thing_told(sheet: str) -> None:
    register = deepcopy(in_order())
    row = register.rows[sheet][0]
    row["identity_number"] = wrong_digit(str(row["identity_number"]))
    new = {found[0] for found in told(register) - told_before()}
    assert new and new <= TELL_THE_NUMBER


def test_a_blank_on_the_roster_is_the_one_stranger_of_that_name() -> None:
    lee = identity("1990-01-01")
    book = draw(
        member_roster=f"姓名 | 公民身份号码 | 性别\n张三 | |\n李四 | {lee} | *",
        contact_log=f"姓名 | 公民身份号码\n张三 | {NUMBER}\n李四 | {lee}",
    )
    blank = book["member_roster"].rows[0]
    assert blank["identity_number"] is None
    assert mended_numbers(book) == {id(blank): NUMBER}


def test_two_of_one_name_are_not_told_apart_by_a_guess() -> None:
    other = identity("1985-03-07", 3)
    book = draw(
        member_roster=f"姓名 | 公民身份号码\n张三 | #{NUMBER[:15]}000",
        contact_log=f"姓名 | 公民身份号码\n张三 | {NUMBER}\n张三 | {other}",
    )
    assert mended_numbers(book) == {}
    assert "找到几个不同的号码，不能认定" in rescue(book).hopeless[0]


def test_a_number_another_roster_row_has_is_no_repair() -> None:
    book = draw(member_roster=f"姓名 | 公民身份号码\n张三 | {NUMBER}\n张三 | #{NUMBER[:15]}000")
    found = rescue(book)
    assert found.edits == ()
    assert "相符的号码已在第 4 行，可能是同一人录了两行" in found.hopeless[0]


def test_an_old_number_and_its_new_form_are_one_person() -> None:
    old = NUMBER[:6] + NUMBER[8:17]
    case = draw_case(
        member_roster=f"姓名 | 公民身份号码\n张三 | {old}", contact_log=f"姓名 | 公民身份号码\n张三 | {NUMBER}"
    )
    rules = {found.rule for found in check(case)}
    assert "R-FLD-ID15" in rules
    assert "R-X-PERSON" not in rules
