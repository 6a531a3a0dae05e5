"""What a clerk reads: each wording told by some case, in plain Chinese and the workbook's own words, with a way out."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from addin.masking import mask_numbers
from tests.drawing import draw_case
from tests.test_rules import CASES
from validators.check import check
from validators.codes import code_lists
from validators.policy import policy_data, policy_keys
from validators.registers import columns_of, registers
from validators.rule import Rule
from validators.rules import load_rules
from validators.table import Finding

RULES = list(load_rules().values())

NO_COLUMN_YET = {("R-FLD-TEXT", "shape")}
"""Told of a pattern in a register's schema; no column has one."""

PHRASES = frozenset(
    (
        *("文本", "·", "19", "左右", "年底", "年-月", "党组织代码-年-序", "政策参数", "无固定单位"),
        *("正当理由：……", "档案年龄不一致", "县级直接处理", "已报 + 未报 = 应报"),
    )
)
"""Quoted words that are neither titles nor words of a list: what to type, or what not to."""

LATIN = re.compile(r"[A-Za-z]{2,}")
QUOTED = re.compile("“([^“”]*)”")
STRANGE_DATE = re.compile(r"\d{4}/\d|00:00|date|None|nan|[{}\[\]]")


@cache
def told() -> tuple[Finding, ...]:
    """Every finding of every firing case, each text once."""
    cases = [draw_case(**case.drawing) for case in CASES if case.expected]
    found = {(finding.rule, finding.message, finding.fix): finding for case in cases for finding in check(case)}
    return tuple(found.values())


@cache
def known_words() -> frozenset[str]:
    """Titles of sheets, columns and policy values, and the words and codes of the lists."""
    words = {register.title for register in registers().values()}
    words |= {column.title for register in registers().values() for column in register.columns}
    words |= {word for codes in code_lists().values() for entry in codes.entries for word in (entry.word, entry.code)}
    words |= {key.title for key in policy_keys().values()}
    words |= {str(profile["title"]) for profile in policy_data()["profiles"].values()}
    return frozenset(words) | PHRASES


def texts(rule: Rule) -> Iterator[str]:
    """The sentences of a rule, blanks not filled."""
    for wording in rule.wordings.values():
        yield from (wording.message, wording.fix)


def test_every_wording_is_told_by_a_case() -> None:
    used = set()
    for case in CASES:
        if case.expected and case.rule in load_rules():
            hits = load_rules()[case.rule].find(draw_case(**case.drawing))
            used |= {(case.rule, hit.wording) for hit in hits}
    assert {(rule.id, name) for rule in RULES for name in rule.wordings} - used == NO_COLUMN_YET


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_is_quoted_can_be_found_in_the_workbook(rule: Rule) -> None:
    quoted = {word for text in texts(rule) for word in QUOTED.findall(text) if "{" not in word}
    assert quoted - known_words() == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_columns_are_called_as_they_are_titled(rule: Rule) -> None:
    for text in texts(rule):
        for short in ("入党日期", "转正日期", "主状态", "决定表", "勾选", "立案日 "):
            assert short not in text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_an_example_is_no_number_that_masking_would_hide(rule: Rule) -> None:
    for text in texts(rule):
        assert mask_numbers(text) == text


def test_sentences_are_plain_chinese() -> None:
    for finding in told():
        for text in (finding.message, finding.fix):
            outside = QUOTED.sub("", text)
            assert set(LATIN.findall(outside)) <= {"Excel", "QQ"}, text
            assert not STRANGE_DATE.search(outside), text
            assert not text.endswith(("。", "，", "；", "：")), text
            assert text == text.strip(), text


def test_a_finding_stands_at_a_column_the_clerk_can_see() -> None:
    shown = {(sheet.title, column.title) for sheet in registers().values() for column in columns_of(sheet, "committee")}
    for finding in told():
        assert (finding.sheet, finding.title) in shown, finding


def test_advice_is_something_to_do_and_short_enough_to_read() -> None:
    for finding in told():
        assert re.search("请|改|填|清空|删|转|去掉", finding.fix), finding.fix
        assert len(finding.message) <= 130, finding.message
        assert len(finding.fix) <= 100, finding.fix


def test_an_error_is_never_left_to_an_explanation() -> None:
    """Only a doubt can be explained in 问题清单; an error stays one, and the workbook could never be handed in."""
    for finding in told():
        assert finding.level != "E" or "说明”" not in finding.fix, finding
