"""A filled form as plain values: every cell knows the subjects behind it and the conditions they met."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from addin.forms.conditions import Condition
from addin.forms.crowd import Crowd
from addin.forms.spec import CardLine, Column, Form
from addin.forms.subjects import Subject
from validators.table import Value


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a number rests on: of ``population`` the subjects (by number) that met all ``conditions``."""

    population: str
    conditions: tuple[Condition, ...]
    persons: Crowd


@dataclass(frozen=True, slots=True)
class FilledCell:
    """One cell: its value (None prints blank) and, when it counts or lists subjects, the evidence."""

    value: Value = None
    evidence: Evidence | None = None
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row: key, title (empty in lists), indent, cells by leaf column. ``is_missing``: 未报."""

    key: str
    title: str
    cells: tuple[FilledCell, ...]
    indent: int = 0
    is_total: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class FilledLine:
    """One number of the 补充资料."""

    key: str
    label: str
    cell: FilledCell
    indent: int = 0


@dataclass(frozen=True, slots=True)
class FilledCard:
    """The page of one subject: its lines with the texts of their cells; a table line stands once a row."""

    subject: Subject
    lines: tuple[tuple[CardLine, tuple[FilledCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A relation that does not hold: where (row and column keys), both numbers, and the subjects to look at."""

    relation: str
    places: tuple[tuple[str, str], ...]
    left: float
    right: float
    persons: tuple[Subject, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One form filled for one workbook. ``nobody_reported``: every organisation is 未报, so that nothing is known."""

    form: Form
    columns: tuple[Column, ...]
    rows: Sequence[FilledRow]
    supplement: tuple[FilledLine, ...] = ()
    cards: tuple[FilledCard, ...] = ()
    populations: Mapping[str, tuple[Subject, ...]] = field(default_factory=dict)
    checked: int = 0
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    nobody_reported: bool = False

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns proper, left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves())

    @property
    def is_draft(self) -> bool:
        """Whether some relation does not hold, so that the form is stamped 草稿."""
        return bool(self.failures)

    def cell(self, row_key: str, column_key: str) -> FilledCell:
        """The cell of a row (or supplement line) and column by key. Raises KeyError."""
        for row in self.rows:
            if row.key == row_key:
                for leaf, cell in zip(self.leaves, row.cells, strict=True):
                    if leaf.key == column_key:
                        return cell
        for line in self.supplement:
            if line.key == row_key and not column_key:
                return line.cell
        raise KeyError((row_key, column_key))
