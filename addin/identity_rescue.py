"""证号急救: damaged identity numbers repaired from a place that proves them, never by calculation.

A number typed into a number cell has lost its last digits for good. It is repaired only when the same name stands,
with a valid number that agrees with every digit left, in another row or in an earlier workbook, and no other does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.tidying import Edit, roster_row
from validators.identity import check_fits, has_15_shape, has_18_shape
from validators.table import Book, Row, Table, Value
from validators.wording import shown

KEY, NAME = "identity_number", "name"
_KEPT_DIGITS = 15
"""A spreadsheet number keeps fifteen digits."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A valid number and where it stands."""

    number: str
    place: str


@dataclass(frozen=True, slots=True)
class Rescue:
    """What can be repaired, and the damaged cells nobody can vouch for (one line each, with what to do)."""

    edits: tuple[Edit, ...]
    hopeless: tuple[str, ...]


def rescue(book: Book, earlier: Sequence[Book] = ()) -> Rescue:
    """Repairs for the damaged identity numbers of a workbook, proved by its other rows or by ``earlier`` workbooks."""
    proofs = _proofs(book, earlier)
    edits: list[Edit] = []
    hopeless: list[str] = []
    for table, row in _damaged(book):
        number, letter = table.place(row, KEY)
        fitting = [proof for proof in proofs.get(row.text(NAME), ()) if agrees(row[KEY], proof.number)]
        numbers = {proof.number for proof in fitting}
        before = as_typed(row[KEY])
        if len(numbers) == 1:
            proof = fitting[0]
            title = "公民身份号码"
            edits.append(
                Edit(table.sheet, number, letter, title, before, proof.number, proof.number, f"依据：{proof.place}")
            )
        else:
            why = "找到几个不同的号码，不能认定" if numbers else "别处没有能证明的完整号码"
            hopeless.append(
                f"{table.sheet} {letter}{number}（{row.text(NAME) or '无姓名'}）：{why}，请按身份证重新填写"
            )
    return Rescue(tuple(edits), tuple(hopeless))


def agrees(damaged: Value, number: str) -> bool:
    """Whether a valid number may be what a damaged one was: every digit that is left is the same."""
    if isinstance(damaged, int | float):
        digits = f"{abs(damaged):.{_KEPT_DIGITS - 1}e}".replace(".", "").partition("e")[0]
        return abs(damaged) >= 1e17 and number[:_KEPT_DIGITS] == digits
    text = str(damaged or "")
    if has_15_shape(text):
        return number[:6] + number[8:17] == text
    if has_18_shape(text):
        return _one_slip(text, number)
    return False


def as_typed(value: Value) -> str:
    """The damaged value as the cell shows it."""
    return f"{value:.{_KEPT_DIGITS - 1}e}" if isinstance(value, float) else shown(value)


def _one_slip(text: str, number: str) -> bool:
    """One wrong character, or two neighbours exchanged."""
    wrong = [place for place in range(18) if text[place] != number[place]]
    if len(wrong) == 1:
        return True
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return text[first] == number[second] and text[second] == number[first]


def _damaged(book: Book) -> Iterator[tuple[Table, Row]]:
    for table in _person_tables(book):
        for row in table:
            value = row[KEY]
            if value is not None and not (isinstance(value, str) and check_fits(value)):
                yield table, row


def _proofs(book: Book, earlier: Iterable[Book]) -> Mapping[str, tuple[Proof, ...]]:
    """Valid numbers by name; the workbook's own places before earlier ones."""
    found: dict[str, list[Proof]] = {}
    for source in (book, *earlier):
        where = "" if source is book else f"“{source.file}”"
        for table in _person_tables(source):
            for row in table:
                number = row[KEY]
                if isinstance(number, str) and check_fits(number) and row.text(NAME):
                    found.setdefault(row.text(NAME), []).append(Proof(number, where + roster_row(table, row)))
    return {name: tuple(proofs) for name, proofs in found.items()}


def _person_tables(book: Book) -> Iterator[Table]:
    return (table for table in book.tables.values() if not table.vertical and {KEY, NAME} <= table.columns.keys())
