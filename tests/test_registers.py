"""The register schemas: the agreed sheets and columns, each with a hint, a true example and unmistakable titles."""

import json
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from validators.codes import code_lists, fold
from validators.formats import FORMATS, faults
from validators.registers import Column, Register, columns_of, of_kind, registers

AS_OF = date(2026, 11, 24)
EVERY = list(registers().values())
EVERY_REGISTER = pytest.mark.parametrize("register", EVERY, ids=[register.key for register in EVERY])
EVERY_COLUMN = pytest.mark.parametrize(
    ("register", "column"),
    [(register, column) for register in EVERY for column in register.columns],
    ids=[f"{register.key}.{column.key}" for register in EVERY for column in register.columns],
)
AGREED = json.loads(Path(__file__).with_name("workbook_titles.json").read_text(encoding="utf-8"))
"""Sheet names, column titles and required columns other programs and people rely on."""


def meta_schema() -> Any:
    return json.loads(files("validators").joinpath("data_schemas/register.schema.json").read_text(encoding="utf-8"))


@EVERY_REGISTER
def test_every_register_follows_the_meta_schema(register: Register) -> None:
    Draft202012Validator.check_schema(meta_schema())
    errors = Draft202012Validator(meta_schema()).iter_errors(dict(register.schema))
    assert [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("sheet", sorted(AGREED))
def test_sheets_have_the_agreed_columns(sheet: str) -> None:
    register = next(register for register in EVERY if register.title == sheet)
    titles = [column.title for column in register.columns]
    if sheet == "问题清单":
        assert titles.pop() == "标识"
    assert titles == AGREED[sheet]["titles"]
    assert [column.title for column in register.columns if column.required] == AGREED[sheet]["required"]


def test_sheets_stand_in_the_agreed_order() -> None:
    branch = [register.title for register in of_kind("cover", "register", "log", "result")]
    assert branch == [
        *("封面", "党员名册", "流出党员", "流入党员", "联系记录", "组织生活党费", "失联档案", "查找记录", "介绍信"),
        *("处置台账", "排查记录", "出国境", "共管协议", "年审", "问题清单", "操作记录"),
    ]
    assert [register.title for register in of_kind("result_on_demand")] == ["逾期与到期", "通话登记单", "失联名单"]
    assert [register.title for register in of_kind("committee", "committee_result")] == [
        *("党组织名录", "报送情况", "合并差异", "冲突处理", "双向比对", "三查三核", "抽查", "退回事项"),
    ]


def test_no_two_sheets_share_a_title_a_place_or_a_file_name() -> None:
    assert len({register.title for register in EVERY}) == len(EVERY)
    assert len({register.order for register in EVERY}) == len(EVERY)
    assert [register.schema["$id"] for register in EVERY] == [f"urn:taizhang:register:{r.key}" for r in EVERY]


@EVERY_REGISTER
def test_a_title_or_alias_means_one_column_of_its_sheet(register: Register) -> None:
    meanings: dict[str, list[str]] = {}
    for column in columns_of(register, "committee"):
        for text in {fold(text) for text in (column.title, *column.aliases)}:
            meanings.setdefault(text, []).append(column.title)
    assert {text: titles for text, titles in meanings.items() if len(titles) > 1} == {}


@EVERY_REGISTER
def test_keys_and_required_columns_exist(register: Register) -> None:
    keys = {column.key for column in register.columns}
    assert set(register.row_key) <= keys
    assert set(register.schema["required"]) <= keys


@EVERY_COLUMN
def test_every_example_passes_the_checks_of_its_column(register: Register, column: Column) -> None:
    given = register.schema["properties"][column.key]
    example = given["examples"][0]
    assert Draft202012Validator(given, format_checker=FormatChecker(formats=["date"])).is_valid(example)
    assert column.example
    if column.codes is not None:
        typed = example if isinstance(example, list) else [example]
        assert set(typed) <= set(code_lists()[column.codes].words)
    assert faults(column.format or "", example, AS_OF) == ()


@EVERY_COLUMN
def test_type_and_cell_agree(register: Register, column: Column) -> None:
    given = register.schema["properties"][column.key]
    assert (column.cell == "whole") == (given["type"] == "integer")
    assert (column.cell == "date") == (column.format == "date")
    if column.format is not None:
        assert column.format in {"date", *FORMATS}
        assert column.cell == {"date": "date", "person-name": "general"}.get(column.format, "text")


@EVERY_COLUMN
def test_hints_are_the_clerks_words(register: Register, column: Column) -> None:
    assert not re.search(r"[A-Za-z]{4,}", column.hint.replace("current_2024", "")), column.hint


def test_examples_speak_of_made_up_people_only() -> None:
    text = " ".join(column.example for register in EVERY for column in register.columns)
    identities = re.findall(r"(?<![\d*-])\d{17}[\dX](?!\d)", text)
    mobiles = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert identities
    assert mobiles
    assert {identity[:6] for identity in identities} == {"379901"}
    assert {mobile[:3] for mobile in mobiles} == {"154"}


def test_nobody_is_asked_about_religion() -> None:
    words = re.compile("信教|参教|宗教|信仰")
    asked = [
        (register.title, column.title)
        for register in EVERY
        for column in register.columns
        if words.search("".join((column.title, column.hint, column.example, *column.aliases)))
    ]
    assert asked == []


def test_usual_other_titles_are_known() -> None:
    def known(register: str, title: str) -> str:
        columns = registers()[register].columns
        return next(column.title for column in columns if title in (column.title, *column.aliases))

    assert known("member_roster", "身份证号") == "公民身份号码"
    assert known("member_roster", "入党时间") == "加入党组织日期"
    assert known("member_roster", "转正日期") == "转为正式党员日期"
    assert known("member_roster", "电话") == "手机号"
    assert known("member_roster", "文化程度") == "学历"
    assert known("member_roster", "出生年月") == "出生日期"
    assert known("outflow", "外出时间") == "外出日期"


def test_a_committee_workbook_says_where_each_row_came_from() -> None:
    roster = registers()["member_roster"]
    assert [column.title for column in columns_of(roster, "committee")[:3]] == ["来源党组织代码", "来源文件", "来源行"]
    assert columns_of(roster, "branch") == roster.columns


def test_an_unknown_column_is_a_key_error() -> None:
    with pytest.raises(KeyError, match=r"cover\.nothing"):
        registers()["cover"].column("nothing")


def test_a_multiple_choice_example_is_joined_as_typed() -> None:
    assert registers()["member_roster"].column("tags").example == "生活困难"
