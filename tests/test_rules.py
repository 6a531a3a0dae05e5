"""Runs every rule case (``cases_*.py``) and holds the rule registry complete."""

import string
from importlib import import_module
from pathlib import Path

import pytest

from tests.drawing import draw_case
from tests.rule_case import RuleCase
from validators.check import check
from validators.registers import registers
from validators.rule import Rule
from validators.rules import load_rules

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("cases_*.py"))
CASES: list[RuleCase] = [case for name in MODULES for case in import_module(f"tests.{name}").CASES]
RULES = list(load_rules().values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: RuleCase) -> None:
    findings = check(draw_case(**case.drawing))
    assert [found.message for found in findings if "未能运行" in found.message] == []
    told = [f"{found.sheet}!{found.cell} {found.level}" for found in findings if found.rule == case.rule]
    assert told == list(case.expected)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_complete(rule: Rule) -> None:
    assert rule.title and rule.source and rule.registers and rule.wordings
    assert set(rule.registers) <= set(registers())
    assert rule.find.__doc__, "a rule says in one sentence what it finds"
    for wording in rule.wordings.values():
        assert wording.message and wording.fix
        assert "R-" not in wording.message, "a clerk does not speak in rule ids"
        for text in (wording.message, wording.fix):
            assert all(field is None or field.isidentifier() for _, field, _, _ in string.Formatter().parse(text))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_firing_and_a_silent_case(rule: Rule) -> None:
    kinds = {bool(case.expected) for case in CASES if case.rule == rule.id}
    assert kinds == {True, False}


def test_every_case_names_a_rule() -> None:
    assert {case.rule for case in CASES} <= set(load_rules()) | {"R-READ-CLEAN"}


def test_cases_have_different_names() -> None:
    ids = [case.id for case in CASES]
    assert sorted(ids) == sorted(set(ids))


EVERYWHERE = ("R-FLD-REQUIRED", "R-FLD-ENUM", "R-FLD-DATES", "R-FLD-TEXT", "R-FLD-NUMBER", "R-SEC-TEXT", "R-READ")
"""Rules that look at every column of a kind; notes would only grow long with them."""

FIRING = [case for case in CASES if case.expected and not case.rule.startswith(EVERYWHERE)]


@pytest.mark.parametrize("case", FIRING, ids=lambda case: case.id)
def test_the_note_of_a_marked_column_names_the_rule(case: RuleCase) -> None:
    marked = [found for found in check(draw_case(**case.drawing)) if found.rule == case.rule]
    columns = [
        column for found in marked for column in registers()[found.register].columns if column.title == found.title
    ]
    assert [column.title for column in columns if case.rule not in column.rules] == []
