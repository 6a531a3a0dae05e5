"""表间校核: the same persons in different forms; a difference is explained by a known reason or names the person."""

from dataclasses import replace
from functools import cache

import pytest

from addin.demo.books import as_book
from addin.demo.population import clean_population
from addin.forms.cross_checks import CrossResult, cross_check, load_cross_checks
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from tests.drawing import AS_OF, draw_case
from tests.test_forms_numbers import handling, moving
from validators.policy import load_policy
from validators.rule import Case

FORMS = load_forms()
CHECKS = load_cross_checks()


def results(case: Case, *names: str, without: str = "") -> dict[str, CrossResult]:
    """The checks between these forms (all without names) by title; ``without`` drops the first row of a form."""
    judge = Judge(case)
    chosen = [form for name, form in FORMS.items() if (not names or name in names) and case.book.kind in form.levels]
    filled = [fill_form(form, case, judge) for form in chosen]
    filled = [replace(one, rows=one.rows[1:]) if one.form.name == without else one for one in filled]
    return {one.title: one for one in cross_check(CHECKS, filled, judge)}


@cache
def all_of(name: str) -> dict[str, CrossResult]:
    return results({"moving": moving, "handling": handling}[name]())


def test_every_check_names_forms_and_cells_that_exist() -> None:
    empty = {name: fill_form(form, draw_case(kind=form.levels[0])) for name, form in FORMS.items()}
    for check in CHECKS:
        for side in (*check.left, *check.right):
            form = empty[side.form]
            if side.row or side.line:
                assert form.cell(side.row or side.line, side.column) is not None
            else:
                assert form.form.kind == "list"


@pytest.mark.parametrize("name", ["moving", "handling"])
def test_forms_of_one_register_agree(name: str) -> None:
    assert len(all_of(name)) == len(CHECKS)
    assert [one.title for one in all_of(name).values() if not one.holds] == []


def test_a_known_reason_is_named_not_held_against_the_branch() -> None:
    found = all_of("handling")["失去联系党员情况汇总表总数 = 管理及处置情况汇总表总数"]
    assert (found.left, found.right, found.explained) == (3, 4, "因失联停止党籍 1 人")
    unchecked = all_of("moving")["情况汇总表第3栏 = 表7第8栏"]
    assert (unchecked.left, unchecked.right, unchecked.explained) == (2, 0, "没有排查记录 2 人")


def test_an_unexplained_difference_names_the_person() -> None:
    title = "外出流动党员名册的人 = 情况汇总表第3栏"
    found = results(moving(), "外出流动党员名册", "外出流动党员情况汇总表", without="外出流动党员名册")
    assert list(found) == [title]
    assert (found[title].left, found[title].right, found[title].holds) == (1, 2, False)
    assert [person.name for person in found[title].to_look_at] == ["张三"]
    assert found[title].line()[3] == -1
    assert found[title].line()[-2:] == ("张三（党员名册第4行）", "不一致")


def test_checks_between_forms_that_were_not_made_are_left_out() -> None:
    assert results(moving(), "外出流动党员名册") == {}


@pytest.mark.parametrize("profile", ["current_2024", "tiaoli_2019", "legacy_2016"])
def test_a_register_without_faults_balances_in_every_form_and_between_them(profile: str) -> None:
    made = clean_population(members=150, as_of=AS_OF, profile=profile, seed=7)
    case = Case(as_book("支部.xlsx", made.cover, made.rows), load_policy(profile, {}), AS_OF)
    judge = Judge(case)
    filled = [fill_form(form, case, judge) for form in FORMS.values() if "branch" in form.levels]
    failed = [(one.form.name, failure.text, failure.relation) for one in filled for failure in one.failures]
    assert failed == []
    assert [one.title for one in cross_check(CHECKS, filled, judge) if not one.holds] == []
