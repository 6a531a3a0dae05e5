"""Lists and deadlines of a generated committee equal a slow recount from the raw rows, row by row, on 24 days."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from addin.demo.books import as_book, merged
from addin.demo.ledger import Branch
from addin.demo.population import clean_population
from tests.slow_reference import Line, month_last, quarter_last, recount
from validators.due import due_items
from validators.facts import person_facts
from validators.lost import lost_lists
from validators.policy import load_policy
from validators.table import Book
from validators.words import LostListName

LATEST = date(2026, 11, 24)
BRANCHES, MEMBERS = 10, 500
DAYS = tuple(LATEST - timedelta(days=days) for days in sorted(Random(20261124).sample(range(-150, 700), 24)))
OF_THE_BRANCH = ("R-FLOAT-HOST-ENTRY", "R-FLOAT-AGREEMENT", "R-ANNUAL-MEMBER", "R-FLOAT-ANNUAL-CHECK")
"""Deadlines of no member: tested where they are made."""

POLICY = load_policy("current_2024")


def committee() -> tuple[Book, Mapping[str, Sequence[Mapping[str, Any]]]]:
    """Ten branches of five hundred members whose logs reach years back, merged."""
    registers = {}
    for number in range(1, BRANCHES + 1):
        code = f"0379901{number:05d}"
        branch = Branch(code, f"第{number}党支部", "农村", "379901", "037990100000", "中共云溪镇委员会")
        made = clean_population(members=MEMBERS, as_of=LATEST, seed=number, branch=branch)
        registers[f"{code}.xlsx"] = (code, made.rows)
        cover = made.cover
    rows = jumbled(merged(registers))
    return as_book("党委汇总.xlsx", cover, rows, "committee"), rows


def jumbled(rows: Mapping[str, Sequence[dict[str, Any]]]) -> Mapping[str, Sequence[dict[str, Any]]]:
    """Half of the dates moved, many to the end of a month, some reports and answers missing: real registers are untidy,
    and month ends are traps."""
    rng = Random(7)
    for register in sorted(rows):
        for row in rows[register]:
            for key in [key for key, value in row.items() if isinstance(value, date) and rng.random() < 0.5]:
                moved = row[key] + timedelta(days=rng.randint(-40, 40))
                row[key] = rng.choice((moved, moved, month_last(moved), month_last(moved), quarter_last(moved)))
    for stay in rows["outflow"]:
        if rng.random() < 0.3:
            stay.pop("reported_on", None)
    for call in rows["contact_log"]:
        if rng.random() < 0.1:
            call["answered"] = "否"
    return rows


@pytest.fixture(scope="module")
def town() -> tuple[Book, Mapping[str, Sequence[Mapping[str, Any]]]]:
    return committee()


def product(book: Book, as_of: date) -> tuple[list[Line], list[Line]]:
    facts = person_facts(book, POLICY, as_of)
    lists: list[Line] = [
        (name, one.key.organisation, one.key.identity_number, None)
        for name, people in lost_lists(book, facts, POLICY, as_of).items()
        for one in people
    ]
    deadlines: list[Line] = [
        (item.rule, item.key.organisation, item.key.identity_number, item.due)
        for item in due_items(book, facts, POLICY, as_of, 40_000)
        if item.rule not in OF_THE_BRANCH
    ]
    return sorted(lists, key=str), sorted(deadlines, key=str)


@pytest.mark.slow
@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_lists_and_deadlines_equal_the_recount(
    as_of: date, town: tuple[Book, Mapping[str, Sequence[Mapping[str, Any]]]]
) -> None:
    book, rows = town
    lists, deadlines = product(book, as_of)
    wanted_lists, wanted_deadlines = recount(rows, as_of)
    assert _differences(lists, wanted_lists) == {}
    assert _differences(deadlines, wanted_deadlines) == {}
    assert len(lists) > 20
    assert len(deadlines) > 150


@pytest.mark.slow
def test_the_committee_has_somebody_on_every_list(town: tuple[Book, Mapping[str, Sequence[Mapping[str, Any]]]]) -> None:
    names = {line[0] for days in (0, 150) for line in product(town[0], LATEST + timedelta(days=days))[0]}
    assert names == {word for key, word in vars(LostListName).items() if key.isupper()}


def _differences(found: Sequence[Line], wanted: Sequence[Line]) -> dict[Line, int]:
    """Lines found too often (positive) or too seldom (negative)."""
    counts = Counter(found)
    counts.subtract(Counter(wanted))
    return {line: number for line, number in counts.items() if number}
