"""Whatever stands in the cells, every rule runs: no typing error of a clerk may make one fail."""

from datetime import date, timedelta
from random import Random

import pytest

from tests.drawing import BRANCH_CODE, COVER, person
from validators.check import check
from validators.codes import code_lists
from validators.policy import load_policy
from validators.registers import Column, columns_of, registers
from validators.rule import Case
from validators.table import Book, BookKind, MonthOnly, Origin, Row, Table, Value

AS_OF = date(2026, 11, 24)
NUMBERS = [person("张三"), person("李四")]
TEXTS = ["不详", "2025", "张三", "2025-07", "2025年底", "0", "党委", f"{BRANCH_CODE}-2026-001"]
NUMBERS_TYPED = [0, -3, 12, 90, 10**7, 1.5, 1.1e17, True]


def a_day(rng: Random) -> date:
    """Mostly within two years of the as-of date, now and then the first or last day there is."""
    near = AS_OF + timedelta(days=rng.randrange(-800, 300))
    return rng.choice([*[near] * 30, date.min, date.max, date(9999, 12, 1)])


def anything(rng: Random) -> Value:
    month = MonthOnly(rng.choice([1, *[2025] * 8, 9999]), rng.randrange(1, 13))
    return rng.choice([a_day(rng), month, rng.choice(TEXTS), rng.choice(NUMBERS_TYPED)])


def cell(rng: Random, column: Column) -> Value:
    """Mostly what belongs into a cell of this column, often nothing, sometimes anything at all."""
    if column.key == "identity_number":
        return rng.choice([*NUMBERS * 5, "123", None])
    if rng.random() < 0.1:
        return anything(rng)
    if rng.random() < 0.3:
        return None
    if column.codes is not None:
        word = rng.choice(code_lists()[column.codes].words)
        return (word,) if column.multiple else word
    if column.cell == "date":
        return a_day(rng)
    return rng.randrange(30) if column.cell == "whole" else rng.choice(TEXTS)


def any_book(rng: Random, kind: BookKind) -> Book:
    tables = {}
    for key, register in registers().items():
        if register.kind in ("register", "log") or (kind == "committee" and register.kind.startswith("committee")):
            columns = columns_of(register, kind)
            rows = []
            for number in range(4, 4 + rng.randrange(5)):
                values = {column.key: cell(rng, column) for column in columns}
                filled = {column: value for column, value in values.items() if value is not None}
                rows.append(Row(Origin("x.xlsx", register.title, number), filled))
            places = {column.key: number for number, column in enumerate(columns, 1)}
            tables[key] = Table(key, register.title, places, tuple(rows))
    front = Row(Origin("x.xlsx", "封面", 4), COVER)
    places = {column.key: number for number, column in enumerate(registers()["cover"].columns, 4)}
    tables["cover"] = Table("cover", "封面", places, (front,), vertical=True)
    return Book("x.xlsx", kind, front, tables)


@pytest.mark.parametrize("kind", ["branch", "committee"])
@pytest.mark.parametrize("seed", range(60))
def test_no_rule_fails(seed: int, kind: BookKind) -> None:
    case = Case(any_book(Random(seed), kind), load_policy(), AS_OF)
    assert [finding.message for finding in check(case) if "未能运行" in finding.message] == []
