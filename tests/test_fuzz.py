"""Damaged files by the hundred: each is read or refused in one sentence, quickly, and stays as it was.

The corpus (``tests/fuzz_corpus.json``) keeps what once broke something: seeds, which are always tried first, and what
long runs found, made small as a named case of ``tests.hostile_packages``.
"""

import io
import json
import random
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from addin.loading import load_book
from addin.problem import CannotUse
from tests.damages import DAMAGES
from tests.hostile_packages import PARTS
from tests.test_reading import DRAWN
from tests.workbook_editing import write_drawn
from validators.check import check
from validators.cleaning import clean, plain
from validators.policy import load_policy
from validators.registers import Column, registers
from validators.rule import Case
from validators.table import Book

CORPUS = json.loads((Path(__file__).parent / "fuzz_corpus.json").read_text(encoding="utf-8"))
FRESH = 120
LONGEST = 20.0

COLUMNS = [column for register in registers().values() for column in register.columns]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_drawn(tmp_path_factory.mktemp("honest") / "支部.xlsx", DRAWN).read_bytes()


@pytest.mark.parametrize("seed", [*CORPUS["seeds"], *range(FRESH)])
def test_a_damaged_file_is_read_or_refused(seed: int, honest: bytes, tmp_path: Path) -> None:
    rng = random.Random(seed)
    file = tmp_path / "损坏.xlsx"
    data = rng.choice(DAMAGES)(honest, rng)
    file.write_bytes(data)
    started = time.monotonic()
    try:
        book: Book | None = load_book(file)
    except CannotUse as refusal:
        book = None
        assert str(refusal).startswith("“损坏.xlsx”") and "\n" not in str(refusal)
    if book is not None:
        findings = check(Case(book, load_policy(), date(2026, 11, 24)))
        assert [found.message for found in findings if "未能运行" in found.message] == []
    assert time.monotonic() - started < LONGEST
    assert file.read_bytes() == data


def test_what_long_runs_found_is_tried_for_ever() -> None:
    assert set(CORPUS["cases"]) <= set(PARTS)


def test_the_damages_do_damage(honest: bytes) -> None:
    """Most of what the fuzzer makes differs from the honest file and much of it is still a package."""
    made = [rng.choice(DAMAGES)(honest, rng) for rng in map(random.Random, range(40))]
    assert all(data != honest for data in made)
    assert sum(zipfile.is_zipfile(io.BytesIO(data)) for data in made) > 15


raw_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.from_regex(r"[0-9年月日/.\- ]{0,12}"),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(min_value=timedelta(days=-10_000), max_value=timedelta(days=10_000)),
)


@given(raw=raw_values, column=st.sampled_from(COLUMNS))
@example("\u00b8", next(column for column in COLUMNS if column.key == "wechat"))
@example("A\u00b4", next(column for column in COLUMNS if column.key == "organisation_code"))
@example("\u00fc \u0301", next(column for column in COLUMNS if column.format == "person-name"))
@example("\u00b4", next(column for column in COLUMNS if column.format == "phone"))
@example("\u00a8", next(column for column in COLUMNS if column.format == "year-month"))
def test_any_cell_is_cleaned_without_a_fault(
    raw: str | int | float | bool | date | datetime | clock | timedelta | None, column: Column
) -> None:
    cleaned = clean(raw, column)
    if isinstance(raw, str) and isinstance(cleaned.value, str):
        again = clean(cleaned.value, column)
        assert again.value == cleaned.value and not again.changed, "what is clean stays as it is"
    says_something = raw is not None and (not isinstance(raw, str) or any(char.isalnum() for char in plain(raw)))
    assert cleaned.value is not None or not says_something, "nothing typed is lost"
