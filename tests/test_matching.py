"""双向比对: each way two branches can agree or disagree about one member living away."""

import pytest

from addin.masking import mask_identity
from addin.matching import match_counts
from addin.merging.merge import Merged
from addin.submissions import Submission
from tests.drawing import identity, person
from tests.handing_in import Merging, code, handed

AWAY = "姓名 | 外出日期 | 流入地党组织代码 | 流入地党组织 | 返回日期 \n 张三 | {left} | {host} | {name} | {back}"
HERE = "姓名 | 公民身份号码 | 流入日期 | 组织关系所在党支部 | 组织关系所在党支部代码 | 离开日期 \n {row}"


def away(left: str = "2026-03-01", host: str = code(2), name: str = "", back: str = "", number: int = 1) -> Submission:
    return handed(number, outflow=AWAY.format(left=left, host=host, name=name, back=back))


def here(
    arrived: str = "2026-03-10",
    who: str = "",
    home: str = "第1支部",
    home_code: str = code(1),
    gone: str = "",
    number: int = 2,
) -> Submission:
    number_of = who or person("张三")
    row = f"张三 | {number_of} | {arrived} | {home} | {home_code} | {gone}"
    return handed(number, member_roster="姓名 \n 李四", inflow=HERE.format(row=row))


def compared(*files: Submission) -> Merged:
    return Merging().merge(*files)


def only(*files: Submission) -> tuple[str, str]:
    (flow,) = compared(*files).flows
    return flow.result, "；".join(flow.differences)


ANOTHER = identity("1999-01-01", 7)
NOBODY = handed(2, member_roster="姓名 \n 李四")


@pytest.mark.parametrize(
    ("files", "result", "told"),
    [
        ((away(), here()), "已对上", ""),
        ((away(host=""), here(home_code="")), "已对上", ""),
        ((away(), here(arrived="2026-04-01")), "已对上", ""),
        ((away(), here(arrived="2026-04-02")), "日期不一致", "外出与流入相差 32 天，超过 31 天"),
        (
            (away(host=code(3)), here(), handed(3, member_roster="姓名 \n 王五")),
            "地点不一致",
            f"流出方登记的流入地党组织代码是 {code(3)}，登记流入的是 {code(2)}",
        ),
        (
            (away(left="2026-11-01"), NOBODY),
            "仅流出方",
            "",
        ),
        (
            (away(left="2026-10-24"), NOBODY),
            "仅流出方",
            "超期未确认：2026-10-24 + 30 天 = 2026-11-23 < 基准日 2026-11-24",
        ),
        ((away(left="2026-10-25"), NOBODY), "仅流出方", ""),
        ((handed(1, member_roster="姓名 \n 张三"), here(arrived="2026-11-01")), "仅流入方", ""),
        (
            (away(back="2026-11-10"), here(arrived="2026-11-01")),
            "仅流入方",
            f"流出方 {code(1)} 已登记他 2026-11-10 返回，流入方未登记离开",
        ),
        (
            (away(left="2026-11-01"), here(gone="2026-11-20")),
            "仅流出方",
            f"流入方 {code(2)} 已登记他 2026-11-20 离开，流出方未登记返回",
        ),
        ((away(host="011100126220", name="外地支部"),), "外部", "流入地党组织 外地支部 不在本次汇总范围"),
        ((away(host="", name="外地支部"),), "外部", "流入地党组织“外地支部”不在本次汇总范围"),
        (
            (here(home="外地支部", home_code="011100126220"),),
            "外部",
            "组织关系所在党支部 外地支部 不在本次汇总范围",
        ),
        ((away(), here(home_code=code(9))), "已对上", f"流入方登记的原支部代码是 {code(9)}，登记流出的是 {code(1)}"),
    ],
)
def test_every_result(files: tuple[Submission, ...], result: str, told: str) -> None:
    assert only(*files) == (result, told)


def test_two_good_numbers_of_one_name_and_birth_date_are_a_mismatch() -> None:
    number = person("张三")
    birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    other = identity(birth, 888)
    assert other != number
    assert only(away(), here(who=other)) == ("证号不一致", "两边的公民身份号码不同")


def test_a_number_whose_end_is_lost_is_only_a_suspicion() -> None:
    (flow,) = compared(away(), here(who=person("张三")[:17])).flows
    assert flow.result == "疑似"
    assert flow.differences[0] == "姓名、出生日期相同，公民身份号码不全或有误，疑似同一人"


def test_someone_else_of_the_same_name_is_not_matched() -> None:
    assert sorted(flow.result for flow in compared(away(left="2026-11-01"), here(who=ANOTHER)).flows) == [
        "仅流入方",
        "仅流出方",
    ]


def test_the_host_named_by_the_home_branch_is_matched_before_a_nearer_date() -> None:
    merged = compared(away(), here(arrived="2026-03-20"), here(arrived="2026-03-01", number=3))
    results = {flow.guest.organisation: flow.result for flow in merged.flows if flow.guest}
    assert results == {code(2): "已对上", code(3): "仅流入方"}


def test_a_member_who_has_left_is_not_away() -> None:
    gone = handed(
        1,
        member_roster="姓名 | 关系归属 | 离开情形 | 离开日期 \n 张三 | 已离开 | 去世 | 2026-06-01",
        outflow=AWAY.format(left="2026-03-01", host=code(2), name="", back=""),
    )
    assert compared(gone).flows == ()


def test_a_silent_partner_is_named() -> None:
    merging = Merging()
    merging.merge(NOBODY, handed(1, member_roster="姓名 \n 张三"))
    merged = merging.merge(away(left="2026-11-01"), fresh=True)
    assert merged.flows[0].differences == (f"流入地党组织 {code(2)} 这一期未报",)


def test_counts_add_up_and_the_sheet_shows_both_sides_masked() -> None:
    merging = Merging()
    merged = merging.merge(away(), here(arrived="2026-05-01"))
    assert match_counts(merged.flows) == {
        "已对上": 0,
        "仅流出方": 0,
        "仅流入方": 0,
        "不一致": 1,
        "外部": 0,
        "超期未确认": 0,
        "疑似": 0,
    }
    (row,) = merging.sheet("flow_matching")
    assert row["identity_number"] == mask_identity(person("张三"))
    assert (row["outflow_organisation"], row["inflow_organisation"], row["day_difference"]) == (
        "第1支部",
        "第2支部",
        61,
    )
    assert row["advice"] == "请两个支部核对外出日期和流入日期"
