"""Crowds are sets; the reasons worked out for everybody at once are those each one would be given alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.demo.books import as_book
from addin.demo.population import clean_population
from addin.forms.conditions import why_not
from addin.forms.crowd import Crowd
from addin.forms.derived import DERIVED
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from addin.forms.reasons import reasons
from tests.drawing import AS_OF
from validators.policy import load_policy
from validators.rule import Case

FORMS = load_forms()
NUMBERS = st.frozensets(st.integers(1, 300))


@given(NUMBERS, NUMBERS)
def test_a_crowd_is_a_set(some: frozenset[int], others: frozenset[int]) -> None:
    one, other = Crowd.of(some), Crowd.of(others)
    assert (list(one), len(one), bool(one)) == (sorted(some), len(some), bool(some))
    assert set(one.meet(other)) == some & others
    assert set(one.join(other)) == some | others
    assert set(one.without(other)) == some - others
    assert (one == other, hash(one) == hash(other)) == (some == others, some == others)
    assert [number in one for number in range(302)] == [number in some for number in range(302)]
    assert one == some and Crowd.upto(3) == {1, 2, 3} and Crowd.of(()) == Crowd()


@given(st.lists(st.integers(0, 5), max_size=40), st.lists(st.booleans(), min_size=6, max_size=6))
def test_a_crowd_is_told_by_the_kind_of_everyone(codes: list[int], wanted: list[bool]) -> None:
    assert set(Crowd.where(bytes(codes), wanted)) == {place for place, code in enumerate(codes, 1) if wanted[code]}


def test_many_kinds_are_told_like_few(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    conditions = {one for form in FORMS.values() if form.population == "member" for one in form.scope}
    conditions |= {one for form in FORMS.values() for leaf in form.leaves for one in leaf.count or ()}
    monkeypatch.setattr("addin.forms.judging._MOST_KINDS", 1)
    other = Judge(judge.case)
    asked = [one for one in conditions if "row." not in repr(one)]
    assert len(asked) > 100
    for one in asked:
        assert judge.meeting(one, "member") == other.meeting(one, "member")
        assert reasons(one, "member", judge) == reasons(one, "member", other)


@pytest.fixture(scope="module")
def judge() -> Judge:
    made = clean_population(members=80, as_of=AS_OF, seed=3)
    return Judge(Case(as_book("支部.xlsx", made.cover, made.rows), load_policy("current_2024", {}), AS_OF))


@pytest.mark.parametrize("name", [form.name for form in FORMS.values() if "branch" in form.levels])
def test_everybody_is_told_the_same_reason_alone_and_together(judge: Judge, name: str) -> None:
    form = FORMS[name]
    asked = {(form.population, one) for one in form.scope}
    asked |= {(leaf.population, one) for leaf in form.leaves for one in leaf.count or ()}
    for population, one in asked:
        found = reasons(one, population, judge)
        together = [found.texts[code - 1] if code else "" for code in found.codes]
        alone = [why_not(one, subject) for subject in judge.subjects(population)]
        assert together == alone
        assert [not text for text in alone] == [
            it.number in judge.meeting(one, population) for it in judge.subjects(population)
        ]


@pytest.mark.parametrize("name", [name for name, field in DERIVED.items() if field.rests_on])
def test_who_has_no_row_in_a_register_has_the_value_said_without_looking(judge: Judge, name: str) -> None:
    field = DERIVED[name]
    without = [
        it
        for it in judge.subjects("member")
        if it.facts is not None and not it.facts.situation.person.of(field.rests_on)
    ]
    assert {field.work(it) for it in without} == {field.otherwise} and len(without) < len(judge.subjects("member"))
    assert list(judge.values("member", f"derived.{name}")) == [field.work(it) for it in judge.subjects("member")]
