"""Who is told differently by different organisations: the same number twice, hosts against home, near misses."""

import pytest

from addin.conflicts import MOST_COMPARED, conflicts, doubles
from addin.submissions import MergedRow, Rows
from tests.drawing import identity, person
from tests.handing_in import Merging, handed


def rows(*drawn: dict[str, str]) -> Rows:
    """The merged rows of branches 1, 2, … as drawn."""
    merging = Merging()
    return merging.merge(*(handed(number, **each) for number, each in enumerate(drawn, 1))).rows


def told(*drawn: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.register, one.field) for one in conflicts(rows(*drawn))]


def test_a_member_who_has_left_the_one_is_no_double_of_the_other() -> None:
    left = {"member_roster": "姓名 | 关系归属 | 离开情形 | 离开日期 \n 张三 | 已离开 | 已转出 | 2026-05-01"}
    assert told(left, {"member_roster": "姓名 \n 张三"}) == []


def test_the_same_number_twice_in_one_branch_is_its_own_finding() -> None:
    assert doubles(rows({"member_roster": "姓名 \n 张三 \n 张三"})) == {}


def test_three_branches_claim_one_person() -> None:
    roster = {"member_roster": "姓名 \n 张三"}
    found = rows(roster, roster, roster)
    assert [len(group) for group in doubles(found).values()] == [3]
    assert len(conflicts(found)) == 2


def test_a_host_that_writes_another_name_for_a_member_of_the_tree() -> None:
    number = person("张三")
    guest = {"member_roster": "姓名 \n 李四", "inflow": f"姓名 | 公民身份号码 \n 张珊 | {number}"}
    assert told({"member_roster": "姓名 \n 张三"}, guest) == [("字段不一致", "inflow", "姓名")]


def test_a_blank_contradicts_nothing() -> None:
    one = {"member_roster": "姓名 | 手机号 | 微信号 \n 张三 | 15400000001 | "}
    two = {"member_roster": "姓名 | 手机号 | 微信号 \n 张三 | | weixin_01"}
    assert told(one, two) == [("双重名册", "member_roster", "关系归属")]


def number_with(name: str, number: str, mobile: str = "") -> dict[str, str]:
    return {"member_roster": f"姓名 | 公民身份号码 | 手机号 \n {name} | {number} | {mobile}"}


def transposed(number: str) -> str:
    """The two digits of the birth day swapped."""
    return number[:12] + number[13] + number[12] + number[14:]


@pytest.mark.parametrize(
    ("one", "two", "field"),
    [
        (("张三", identity("1985-03-07", 1)), ("张三", identity("1985-03-07", 9)), "出生日期"),
        (("张三", identity("1985-03-12", 17)), ("张三", transposed(identity("1985-03-12", 17))), "公民身份号码"),
        (
            ("张三", identity("1985-03-07", 1), "15400000001"),
            ("张三", identity("1986-04-08", 1), "15400000001"),
            "手机号",
        ),
    ],
)
def test_two_numbers_that_may_be_one_person(one: tuple[str, ...], two: tuple[str, ...], field: str) -> None:
    assert told(number_with(*one), number_with(*two)) == [("疑似同一人", "member_roster", field)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("张三", identity("1985-03-07", 1)), ("张三", identity("1986-04-08", 1))),
        (("张三", identity("1985-03-07", 1), "15400000001"), ("李四", identity("1985-03-07", 9), "15400000001")),
    ],
)
def test_namesakes_and_shared_phones_are_left_alone(one: tuple[str, ...], two: tuple[str, ...]) -> None:
    assert told(number_with(*one), number_with(*two)) == []


def test_too_many_namesakes_are_not_compared_pair_by_pair() -> None:
    members = tuple(
        MergedRow(
            f"{number:012d}",
            "一.xlsx",
            4,
            {"name": "王伟", "identity_number": identity("1985-03-07", number), "birth_date": "1985-03-07"},
        )
        for number in range(1, MOST_COMPARED + 2)
    )
    assert conflicts({"member_roster": members}) == []
    assert len(conflicts({"member_roster": members[:3]})) == 3
