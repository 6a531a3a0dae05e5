"""The pause of cycle collection ends as it began, and is on while facts, findings and rows are made."""

import gc
from pathlib import Path

import pytest

from addin.loading import load_book
from tests.drawing import draw_case
from tests.small_branch import small_branch_file
from validators import check, facts
from validators.collecting import collecting_paused
from validators.rule import Case, Hit


def test_it_is_as_before_afterwards_also_after_an_error() -> None:
    assert gc.isenabled()
    with collecting_paused():
        assert not gc.isenabled()
        with collecting_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError), collecting_paused():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with collecting_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_facts_and_findings_are_made_during_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    made = facts.facts_of

    def watched(*given: object) -> facts.PersonFacts:
        seen.append(gc.isenabled())
        return made(*given)  # type: ignore[arg-type]

    def run(rule: object, case: Case) -> list[Hit]:
        seen.append(gc.isenabled())
        return []

    case = draw_case(outflow="姓名 | 外出日期 \n 张三 | 2026-02-10")
    monkeypatch.setattr(facts, "facts_of", watched)
    facts.person_facts(case.book, case.policy, case.as_of)
    monkeypatch.setattr(check, "_run", run)
    check.check(case)
    assert set(seen) == {False}
    assert gc.isenabled()


def test_reading_a_workbook_leaves_it_on(tmp_path: Path) -> None:
    load_book(small_branch_file(tmp_path))
    assert gc.isenabled()
