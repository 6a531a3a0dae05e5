"""The decision table: as its schema wants it, read by name and text, and what it offers a member."""

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.drawing import BRANCH_CODE, draw_case
from validators.codes import code_lists
from validators.dispositions import authority, disposition_table, read_conduct, situation_of
from validators.facts import person_facts
from validators.outcomes import Offer, allowed_outcomes
from validators.policy import load_policy, policy_data, policy_keys
from validators.registers import registers

TABLE = disposition_table()
LOST = "姓名|人员类别|是否为失联党员|失去联系日期|最近参加组织生活日期\n张三|{kind}|是|2025-12-01|2025-12-01"
SEARCHED = "姓名|查找日期|查找方式\n张三|2026-06-02|A\n张三|2026-06-20|B\n张三|2026-07-20|C"
NOT_FOUND = "姓名|查找结果|查找结束日期\n张三|无法取得联系|2026-09-30"
FOUND = """姓名|查找结果|取得联系日期|取得联系方式|失联原因|本人态度|愿否留党|失联期间表现
张三|取得联系|2026-09-01|电话|{said}"""
CORRECTED = "姓名|情形|拟处理|立案日期|审批日期|期满结论\n张三|D07|限期改正|2026-01-01|2026-02-01|{conclusion}"


def data(name: str) -> Any:
    return json.loads(files("validators").joinpath(name).read_text(encoding="utf-8"))


def offer(kind: str = "正式党员", profile: str = "current_2024", **drawing: Any) -> Offer:
    drawing.setdefault("member_roster", LOST.format(kind=kind))
    case = draw_case(profile=profile, **drawing)
    (one,) = person_facts(case.book, case.policy, case.as_of)
    return allowed_outcomes(one)


def offered(**drawing: Any) -> list[str]:
    found = offer(**drawing)
    assert found.missing == ()
    return [f"{one.situation} {one.outcome}" for one in found.outcomes]


def test_the_table_follows_its_schema() -> None:
    schema = data("data_schemas/dispositions.schema.json")
    Draft202012Validator.check_schema(schema)
    errors = Draft202012Validator(schema).iter_errors(data("dispositions.json"))
    assert [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors] == []


def test_every_situation_outcome_and_path_is_a_word_of_its_list() -> None:
    situations = {code.code for code in code_lists()["disposition_situation"].entries}
    assert set(TABLE.situations) == situations
    options = [option for situation in TABLE.situations.values() for option in situation.options]
    assert {option.outcome for option in options} == set(code_lists()["disposition_outcome"].words)
    assert {option.path for option in options if option.path} | {"CD"} == set(TABLE.paths)
    assert {code.code for code in code_lists()["disposition_path"].entries} == set(TABLE.paths)


def test_every_step_is_a_column_and_every_condition_an_input_with_known_values() -> None:
    columns = {column.key for column in registers()["disposition"].columns}
    assert {column for path in TABLE.paths.values() for step in path.steps for column in step.columns} <= columns
    for situation in TABLE.situations.values():
        for condition in (*situation.when, *(one for option in situation.options for one in option.when)):
            for key, values in condition.items():
                assert set(values) <= set(TABLE.inputs[key].values), (situation.code, key)


@pytest.mark.parametrize("profile", list(policy_data()["profiles"]))
def test_under_every_profile_each_situation_has_an_outcome(profile: str) -> None:
    policy = load_policy(profile)
    for situation in TABLE.situations.values():
        assert situation.options_under(policy), situation.code
        for option in situation.options:
            assert set(option.policy) <= set(policy_keys())


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("示例区委组织部", "county"),
        ("示例县委", "county"),
        ("示例大学党委", "county"),
        ("区直属机关工委", "county"),
        ("示例街道党工委", "committee"),
        ("示例社区委员会党委", "committee"),
        ("示例镇党委", "committee"),
        ("示例社区党总支", "below_committee"),
        ("第一党支部", "below_committee"),
        ("上级", "unknown"),
    ],
)
def test_the_level_of_an_organisation_by_its_name(name: str, level: str) -> None:
    assert authority(name) == level


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("未发现违纪违法及不合格表现", "无不良反映"),
        ("无不良反映", "无不良反映"),
        ("表现良好", "无不良反映"),
        ("未发现违法，但组织纪律散漫", "有不合格表现"),
        ("2025年因违法被处罚", "有违纪违法"),
        ("在外打工", None),
        ("未发现。", "无不良反映"),
        ("", None),
    ],
)
def test_conduct_is_read_only_where_the_text_tells(text: str, value: str | None) -> None:
    assert read_conduct(text) == value


def test_unknown_situations_are_none() -> None:
    assert situation_of("D99") is None


def test_a_full_member_not_found_is_stopped_today_and_was_removed_in_2016() -> None:
    drawing = {"lost_file": NOT_FOUND, "search_log": SEARCHED}
    assert offered(**drawing) == ["D14 停止党籍"]
    assert offered(profile="legacy_2016", **drawing) == ["D14 自行脱党除名"]


def test_nothing_follows_while_the_search_is_not_exhausted() -> None:
    assert offered(lost_file=NOT_FOUND, search_log="姓名|查找日期|查找方式\n张三|2026-06-02|A") == []
    assert "由支部研究" in offer(lost_file=NOT_FOUND).text


def test_while_the_search_goes_on_only_its_result_is_missing() -> None:
    found = offer(lost_file="姓名|查找结果\n张三|查找中", search_log=SEARCHED)
    assert found == Offer((), ("联系结果（失联档案“查找结果”）",))
    assert found.text == "缺：联系结果（失联档案“查找结果”）"


@pytest.mark.parametrize(
    ("said", "outcomes"),
    [
        ("客观|端正|愿意|未发现违纪违法", ["D01 纳入正常管理"]),
        ("主观|端正|愿意|未发现违纪违法", ["D01 纳入正常管理", "D07 限期改正"]),
        ("客观|端正|愿意|组织纪律散漫", ["D07 限期改正"]),
        ("主观|不端正|愿意|未发现", ["D09 劝其退党"]),
        ("主观|端正|不愿意|未发现", ["D11 退党除名", "D12 自行脱党除名"]),
        ("客观|端正|愿意|因违法被处罚", ["D21 移送纪检"]),
    ],
)
def test_what_a_found_member_says_decides(said: str, outcomes: list[str]) -> None:
    assert offered(lost_file=FOUND.format(said=said)) == outcomes


def test_a_found_member_who_was_not_asked_leaves_everything_open() -> None:
    found = offer(lost_file=FOUND.format(said="未查明|端正|不明|未发现"))
    assert found == Offer((), ("失联原因（失联档案“失联原因”）", "愿否留党（失联档案“愿否留党”）"))


@pytest.mark.parametrize(
    ("said", "outcomes"),
    [
        ("主观|端正|愿意|未发现", ["D17 取消预备党员资格"]),
        ("客观|端正|愿意|未发现", ["D17 取消预备党员资格", "D17 延长预备期"]),
    ],
)
def test_a_found_probationer_is_cancelled_or_with_good_reason_extended(said: str, outcomes: list[str]) -> None:
    assert offered(kind="预备党员", lost_file=FOUND.format(said=said)) == outcomes


def test_a_probationer_not_found_is_cancelled_never_stopped() -> None:
    assert offered(kind="预备党员", lost_file=NOT_FOUND, search_log=SEARCHED) == ["D18 取消预备党员资格"]


STOPPED = "姓名|党籍状态|是否为失联党员|最近参加组织生活日期\n张三|停止党籍|是|2023-12-01"
STOP = "姓名|情形|拟处理|立案日期|审批日期\n张三|D14|停止党籍|2024-10-01|{day}"


@pytest.mark.parametrize(("day", "outcomes"), [("2024-11-24", ["D15 自行脱党除名"]), ("2024-11-25", [])])
def test_two_years_after_a_stop_removal_is_offered(day: str, outcomes: list[str]) -> None:
    drawing = {"member_roster": STOPPED, "disposition": STOP.format(day=day)}
    assert offered(lost_file=NOT_FOUND, **drawing) == outcomes


def test_a_stopped_member_who_is_found_may_be_restored() -> None:
    found = FOUND.format(said="客观|端正|愿意|未发现")
    assert offered(member_roster=STOPPED, disposition=STOP.format(day="2024-11-24"), lost_file=found) == [
        "D16 恢复党籍"
    ]


@pytest.mark.parametrize(
    ("drawing", "outcomes"),
    [
        ({"abroad": "姓名|事由\n张三|定居"}, ["D05 停止党籍"]),
        ({"abroad": "姓名|事由\n张三|留学"}, ["D04 补办保留组织关系手续"]),
        ({"abroad": "姓名|事由|保留组织关系批准日期\n张三|留学|2026-01-10"}, []),
        (
            {"abroad": "姓名|事由|出境日期|保留组织关系批准日期\n张三|留学|2021-11-23|2021-11-01"},
            ["D06 停止党籍"],
        ),
        ({"abroad": "姓名|事由|出境日期|保留组织关系批准日期\n张三|留学|2021-11-24|2021-11-01"}, []),
        ({"transfer_letter": "姓名|开出日期\n张三|2026-01-10"}, ["D03 补转组织关系"]),
        ({"transfer_letter": "姓名|开出日期|落实情况\n张三|2026-01-10|已落实待补证明"}, ["D22 补开证明"]),
        ({"transfer_letter": "姓名|开出日期\n张三|2026-10-20"}, []),
        (
            {"disposition": CORRECTED.format(conclusion="合格")},
            ["D08 纳入正常管理"],
        ),
        (
            {"disposition": CORRECTED.format(conclusion="仍不合格")},
            ["D09 劝其退党"],
        ),
        ({"search_log": "姓名|结果\n张三|确认去世"}, ["D24 去世注销"]),
        ({}, []),
    ],
)
def test_members_who_were_never_lost(drawing: dict[str, str], outcomes: list[str]) -> None:
    known = "姓名|最近参加组织生活日期|最近交纳党费日期|党费交至年月\n张三|2026-11-01|2026-11-01|2026-11"
    assert offered(**{"member_roster": known, **drawing}) == outcomes


def test_a_member_who_answers_but_stays_away_from_life_meets_article_nine() -> None:
    known = "姓名|最近参加组织生活日期|最近交纳党费日期\n张三|2026-05-24|2026-05-24"
    assert offered(member_roster=known, contact_log="姓名|联系日期\n张三|2026-11-01") == ["D13 自行脱党除名"]


def test_an_offer_reads_as_advice() -> None:
    text = offer(lost_file=NOT_FOUND, search_log=SEARCHED).text
    assert text == "建议核查（由支部研究决定）：停止党籍（D14，停止党籍程序）"
    assert BRANCH_CODE not in text
