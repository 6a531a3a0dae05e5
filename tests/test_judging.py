"""Crowds are sets; the reasons worked out for everybody at once are those each one would be given alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.demo.books import as_book
from addin.demo.population import clean_population
from addin.forms.conditions import why_not
from addin.forms.crowd import Crowd
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
