"""The schema check: jsonschema-rs says the same as plain jsonschema, and every departure lands at its rule."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tests.drawing import draw_case
from validators.codes import code_lists
from validators.registers import of_kind, registers
from validators.schema_check import CHECKED, instance_of, row_schema, schema_hits

VALUES = st.one_of(
    st.none(),
    st.sampled_from(["", "张三", "男", "是", "2026-02-30", "2026-02-28", "2026-2-28", "D14"]),
    st.integers(-2, 3),
    st.sampled_from([0.5, 3.0]),
    st.lists(st.sampled_from(["重点", "信用"]), max_size=2),
)


def faults_by_rust(key: str, instance: dict[str, Any]) -> set[tuple[str, str]]:
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(row_schema(registers()[key]), validate_formats=True)
    found = set()
    for error in validator.iter_errors(instance):
        missing = error.kind.property if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required) else ""
        found.add((missing or "/".join(map(str, error.instance_path)), str(error.schema_path[-1])))
    return found


def faults_by_python(key: str, instance: dict[str, Any]) -> set[tuple[str, str]]:
    validator = Draft202012Validator(row_schema(registers()[key]), format_checker=FormatChecker(["date"]))
    found = set()
    for error in validator.iter_errors(instance):
        missing = error.message.split("'")[1] if error.validator == "required" else ""
        found.add((missing or "/".join(map(str, error.absolute_path)), str(error.validator)))
    return found


@pytest.mark.parametrize("register", of_kind(*CHECKED), ids=lambda register: register.key)
def test_row_schemas_are_valid_and_spell_out_their_words(register: Any) -> None:
    schema = row_schema(register)
    Draft202012Validator.check_schema(schema)
    for column in register.columns:
        checked = schema["properties"][column.key]
        words = checked.get("items", checked).get("enum")
        assert words == (list(code_lists()[column.codes].words) if column.codes else None)


@settings(max_examples=60)
@given(st.data())
def test_both_validators_agree_on_any_row(data: st.DataObject) -> None:
    register = data.draw(st.sampled_from(of_kind(*CHECKED)))
    keys = st.sampled_from([column.key for column in register.columns])
    drawn = data.draw(st.dictionaries(keys, VALUES, max_size=6))
    instance = {key: value for key, value in drawn.items() if value is not None}
    assert faults_by_rust(register.key, instance) == faults_by_python(register.key, instance)


def test_both_validators_agree_on_drawn_rows() -> None:
    case = draw_case(
        member_roster="""
        姓名 | 学历 | 标签 | 加入党组织日期 | 上年评议等次
        张三 | * | 重点;口袋 | 2015-07-01 | 合格
        李四 | 博士后 | 重点;信用 | 2015-07 | #3
        王五 | | | 去年 | 良
        """,
    )
    for row in case.book["member_roster"]:
        instance = instance_of(row)
        assert faults_by_rust("member_roster", instance) == faults_by_python("member_roster", instance)


def test_every_departure_lands_at_its_rule_once_a_cell() -> None:
    case = draw_case(
        member_roster="""
        姓名 | 学历 | 标签 | 加入党组织日期 | 上年评议等次 | 家庭住址
        张三 | 博士后 | 重点;信用;欠费 | 2015-07 | #3 | *
        李四 | * | 重点 | 去年 | 合格 |
        """,
        transfer_letter="姓名 | 有效期天数 | 介绍信编号 \n 张三 | #-3 | #12",
    )
    told = {
        rule: [(hit.row.origin.row if hit.row else 0, hit.column, hit.wording) for hit in hits]
        for rule, hits in schema_hits(case).items()
    }
    assert told == {
        "R-FLD-ENUM": [(4, "education", ""), (4, "last_appraisal", ""), (4, "tags", "")],
        "R-FLD-DATES": [(4, "joined_on", "month_only"), (5, "joined_on", "unreadable")],
        "R-FLD-REQUIRED": [(5, "home_address", "")],
        "R-FLD-NUMBER": [(4, "valid_days", "negative")],
        "R-FLD-TEXT": [(4, "letter_number", "")],
    }


def test_a_near_miss_is_suggested() -> None:
    case = draw_case(member_roster="姓名 | 学历 \n 张三 | 大学本可")
    (hit,) = schema_hits(case)["R-FLD-ENUM"]
    assert (hit.details["wrong"], hit.details["guess"]) == ("大学本可", "大学本科")


def test_a_column_the_sheet_does_not_have_is_not_a_fault_of_its_rows() -> None:
    case = draw_case(member_roster="姓名 | 家庭住址 \n 张三 | ")
    table = case.book["member_roster"]
    del table.columns["home_address"]  # type: ignore[attr-defined]
    assert "R-FLD-REQUIRED" not in schema_hits(case)
