"""The code lists: complete, unambiguous, found however a clerk writes them, and in step with words.py."""

import json
import re
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from validators import words
from validators.codes import CodeList, code_lists, ways_to_write
from validators.registers import registers
from validators.words import ContactChannel, DestinationUnitType

LISTS_OF_CODES = list(code_lists().values())
BY_KEY = pytest.mark.parametrize("codes", LISTS_OF_CODES, ids=[codes.key for codes in LISTS_OF_CODES])


def data(name: str) -> Any:
    return json.loads(files("validators").joinpath(name).read_text(encoding="utf-8"))


def test_codes_json_follows_its_schema() -> None:
    schema = data("data_schemas/codes.schema.json")
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data("codes.json"))] == []


def test_every_coded_column_has_its_list() -> None:
    wanted = {column.codes for register in registers().values() for column in register.columns if column.codes}
    assert wanted <= set(code_lists())


@BY_KEY
def test_no_text_means_two_things(codes: CodeList) -> None:
    meanings: dict[str, set[str]] = {}
    for entry in codes.entries:
        for text in ways_to_write(entry):
            meanings.setdefault(text, set()).add(entry.word)
    assert {text: words for text, words in meanings.items() if len(words) > 1} == {}


@BY_KEY
def test_every_word_alias_and_code_is_found(codes: CodeList) -> None:
    for entry in codes.entries:
        for text in (
            entry.word,
            *entry.aliases,
            entry.code,
            f"{entry.code} {entry.word}",
            f"{entry.code}、{entry.word}",
        ):
            assert codes.find(text) == entry.word, text


@BY_KEY
def test_parents_are_words_of_the_list(codes: CodeList) -> None:
    assert {entry.parent for entry in codes.entries if entry.parent} <= set(codes.words)


@pytest.mark.parametrize(
    ("codes", "text", "word"),
    [
        ("lost_situation", "⑦", "其他"),
        ("lost_situation", "７", "其他"),
        ("lost_situation", "①外出务工经商", "外出务工经商"),
        ("lost_situation", "(1)外出务工经商", "外出务工经商"),
        ("lost_situation", "出國(境)", "出国（境）"),
        ("lost_situation", "7 出国（境）", None),
        ("lost_situation", "8", None),
        ("lost_situation", "", None),
        ("search_method", "a", "直接联系"),
        ("search_method", "C 公安户籍窗口", "部门查找"),
        ("disposition_situation", "d14", "D14 正式党员失联满6个月，多方查找仍无法取得联系"),
        ("disposition_situation", "D14 查无下落", "D14 正式党员失联满6个月，多方查找仍无法取得联系"),
        ("disposition_situation", "D25", None),
        ("ethnicity", "1", "汉族"),
        ("ethnicity", "漢族", "汉族"),
        ("ethnicity", "回", "回族"),
        ("education", "高中/中技", "高中、中技"),
        ("contact_channel", "ｑｑ", "QQ"),
        ("policy_profile", "Current_2024", "current_2024"),
        ("member_type", "中共党员", "正式党员"),
    ],
)
def test_people_write_the_same_word_in_many_ways(codes: str, text: str, word: str | None) -> None:
    assert code_lists()[codes].find(text) == word


def test_the_word_that_occurs_twice_must_say_its_group_and_prints_plain() -> None:
    units = code_lists()["destination_unit_type"]
    assert units.find("外商投资企业") is None
    assert units.find("外商投资企业(公有)") == DestinationUnitType.PUBLIC_FOREIGN
    assert units.printed(DestinationUnitType.PUBLIC_FOREIGN) == "外商投资企业"
    assert units.printed(DestinationUnitType.PRIVATE_FOREIGN) == "外商投资企业"
    assert units.printed(DestinationUnitType.VILLAGE) == "建制村"


def test_a_unit_type_is_counted_with_everything_below_it() -> None:
    units = code_lists()["destination_unit_type"]
    assert units.children("事业单位") == ("人才（劳动）服务中心",)
    assert units.and_below("公有经济控制单位") == (
        "公有经济控制单位",
        "机关",
        "事业单位",
        "人才（劳动）服务中心",
        "港澳台商投资企业（公有）",
        "外商投资企业（公有）",
    )


def test_a_broadcast_and_a_message_through_relatives_do_not_count_as_contact() -> None:
    channels = code_lists()["contact_channel"]
    assert channels.with_attribute("counts", False) == (ContactChannel.BROADCAST, ContactChannel.VIA_FAMILY)


def test_every_organisation_category_has_its_class_of_the_annual_report() -> None:
    lists = code_lists()
    classes = {entry.word: entry.attributes["unit_class"] for entry in lists["organisation_category"].entries}
    back = {word: entry.word for entry in lists["unit_class"].entries for word in entry.attributes["categories"]}
    assert classes == back


@pytest.mark.parametrize("key", ["age_class", "age_class_ten", "age_class_five", "age_class_exit", "party_age_class"])
def test_classes_of_years_leave_no_gap_and_do_not_overlap(key: str) -> None:
    entries = code_lists()[key].entries
    for year in range(0, 111):
        holding = [e.word for e in entries if e.attributes.get("from", 0) <= year <= e.attributes.get("to", 999)]
        assert len(holding) == 1, year


def test_there_are_56_peoples_and_two_more_words() -> None:
    peoples = code_lists()["ethnicity"]
    assert len(peoples.words) == 58
    assert [word for word in peoples.words if not word.endswith("族")] == ["其他", "外国血统"]


OTHERWISE_NAMED = {"Outcome": "disposition_outcome", "LostListName": "lost_list"}


@pytest.mark.parametrize("name", sorted(name for name in vars(words) if name[0].isupper()))
def test_constants_are_exactly_the_words_of_the_list_their_class_is_named_after(name: str) -> None:
    key = OTHERWISE_NAMED.get(name) or re.sub(r"(?<=.)([A-Z])", r"_\1", name).lower()
    constants = [value for constant, value in vars(getattr(words, name)).items() if constant[0] != "_"]
    assert tuple(constants) == code_lists()[key].words


@given(st.text(max_size=12))
def test_any_text_is_a_word_of_the_list_or_nothing(text: str) -> None:
    codes = code_lists()["lost_situation"]
    assert codes.find(text) in {None, *codes.words}
    assert codes.find(f" {text} ") == codes.find(text)
