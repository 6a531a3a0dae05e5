"""Rows of a roll drawn many at once are what they are when drawn cell by cell, whatever stands in them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from addin.forms.sheet import Block, BlockColumn
from addin.hosts.bulk_rows import LONGEST_TEXT
from addin.hosts.form_rows import _after_reference, _block_rows, plain_rows
from validators.table import Value

TEXTS = st.text(alphabet="甲乙ab1&<>_x0041_ \n\t\x01\ue000", max_size=8)
VALUES = st.one_of(st.none(), TEXTS, st.integers(0, 99), st.dates(date(1890, 1, 1)))
LOOKS = ("cell", "centre")


def drawn(values: list[Value]) -> list[str]:
    column = BlockColumn(values, LOOKS, LOOKS)
    return [row.decode().partition("<c ")[2] for row in _block_rows(Block(1, (column,)), (30,), style_of)]


def style_of(looks: tuple[str, ...]) -> int:
    return len(looks)


def alone(value: Value, row: int) -> str:
    kinds = isinstance(value, date | str)
    return f'r="A{row}{_after_reference(value, style_of(LOOKS) + kinds)}</row>'


@given(st.lists(VALUES, min_size=1, max_size=12))
def test_a_column_is_drawn_as_its_cells_are(values: list[Value]) -> None:
    assert drawn(values) == [alone(value, row) for row, value in enumerate(values, 1)]


@given(st.lists(st.text(alphabet="甲乙丙ab12", min_size=1), min_size=1, max_size=12))
def test_plain_texts_too(values: list[Value]) -> None:
    assert drawn(values) == [alone(value, row) for row, value in enumerate(values, 1)]


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    assert len(drawn(["短", "长" * (LONGEST_TEXT + 9)])[1]) < LONGEST_TEXT + 100


def test_running_numbers_are_numbers() -> None:
    column = BlockColumn(range(1, 4), LOOKS, LOOKS)
    rows = [row.decode() for row in _block_rows(Block(7, (column,)), (5,), style_of)]
    assert [row.partition("><c ")[2] for row in rows] == [
        f'r="A{row}" s="2"><v>{number}</v></c></row>' for number, row in enumerate(range(7, 10), 1)
    ]


def test_long_texts_are_escaped_where_they_must_be() -> None:
    packed, other = "Ab+/=" * 200, "a<b&c " * 100
    (row,) = plain_rows(((packed, other),), 1).rows
    assert f"<t>{packed}</t>" in row.decode() and "a&lt;b&amp;c" in row.decode()
