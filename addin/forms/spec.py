"""A form as data: what stands in its JSON file, as plain values (``addin.forms.parsing`` makes them)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from addin.forms.conditions import Condition
from validators.table import BookKind

FormKind = Literal["list", "count", "card"]
"""名册 (a row a subject), 汇总表 (numbers), 登记表 (a page a subject)."""

FormStatus = Literal["confirmed", "derived"]
"""Whether the columns are those of the official form or worked out from its purpose (栏目为推定)."""

Way = Literal["value", "month", "day", "circled", "printed", "percent", "number", "capital"]
"""As it stands; ``2026.03``; a real date; ①…; the printed word of a code; 12.5%; a count; in capitals (大写)."""

Signature = Literal["report", "roll", "collect", "none"]

DERIVED_NOTE = "栏目为推定，以上级下发式样为准。"


class FormError(Exception):
    """A form file that cannot be used. Its text is one Chinese sentence naming the file and the place in it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column (or, with ``columns``, a heading over several). Exactly one of the ways to fill it is given.

    ``count``: the conditions a counted subject meets; ``show``: fields shown, joined by ``join``; ``compute``: an
    arithmetic expression of other columns; ``by_hand``: left to the clerk, with the reason.
    """

    title: str
    key: str = ""
    width: float = 0
    columns: tuple["Column", ...] = ()
    count: tuple[Condition, ...] | None = None
    show: tuple[str, ...] = ()
    join: str = "　"
    way: Way = "value"
    compute: str = ""
    by_hand: str = ""
    population: str = ""
    is_whole: bool = False

    def leaves(self) -> Iterator["Column"]:
        """The columns proper under this one, left to right."""
        if not self.columns:
            yield self
        for column in self.columns:
            yield from column.leaves()

    @property
    def depth(self) -> int:
        """Heading rows this column takes."""
        return 1 + max((column.depth for column in self.columns), default=0)


@dataclass(frozen=True, slots=True)
class FixedRow:
    """One row of a table whose rows are given: title, key, the conditions it adds, how far it is set in.

    ``population``: what the row counts when not what the columns count; ``by_hand``: left to the clerk; ``cover``:
    a number of the cover; ``compute``: worked out from other rows.
    """

    title: str
    key: str
    conditions: tuple[Condition, ...]
    indent: int = 0
    population: str = ""
    by_hand: str = ""
    cover: str = ""
    compute: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a count: one an organisation (``by`` organisation), one a word of a list (``by`` a field), or fixed.

    ``total`` is the title of a first row over all, empty without one; ``keep`` names columns of which one must count
    somebody for a row to stand.
    """

    title: str
    by: str = ""
    words: tuple[str, ...] = ()
    total: str = ""
    fixed: tuple[FixedRow, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardCell:
    """One cell of a card: a ``label``, or the shown fields; ``span`` grid columns wide, ``lines`` high."""

    label: str = ""
    show: tuple[str, ...] = ()
    join: str = "　"
    way: Way = "value"
    span: int = 1
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card: cells, or a small table of rows of a register about the person (with ``least`` lines).

    ``match`` keeps the rows whose column equals a field, ``year_of`` those whose date lies in the as-of date's year.
    """

    cells: tuple[CardCell, ...] = ()
    register: str = ""
    match: tuple[str, str] = ("", "")
    year_of: str = ""
    least: int = 0
    height: float = 0


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """One number under a table (补充资料): label, key, conditions."""

    label: str
    key: str
    count: tuple[Condition, ...] | None
    population: str
    indent: int = 0
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One official table."""

    name: str
    number: str
    kind: FormKind
    levels: tuple[BookKind, ...]
    status: FormStatus
    source: str
    filler: str
    paper: Literal["A4", "A3"]
    upright: bool
    population: str
    scope: tuple[Condition, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Rows | None
    lines: tuple[CardLine, ...]
    grid: tuple[float, ...]
    supplement: tuple[SupplementLine, ...]
    column_relations: tuple[str, ...]
    row_relations: tuple[str, ...]
    supplement_relations: tuple[str, ...]
    numbered: bool
    signature: Signature
    notes: tuple[str, ...]
    place: int = 999
    needs_numbers: bool = False
    """Whether full numbers are what the form is for, as on a 介绍信, so that they are not masked for superiors."""
    file: str = ""

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns proper, left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves())
