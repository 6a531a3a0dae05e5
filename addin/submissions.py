"""What was handed in: one Submission a file, its rows with their provenance (来源党组织代码, 来源文件, 来源行)."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import groupby
from operator import attrgetter, is_
from typing import overload

from addin.merging.tallies import Tally
from addin.sealing import is_intact, manifest_from
from validators.registers import PROVENANCE, Register, of_kind, registers
from validators.table import Book, BookKind, Finding, Value
from validators.wording import shown

SOURCE_KEYS = tuple(column.key for column in PROVENANCE)


@dataclass(frozen=True, slots=True)
class MergedRow:
    """One register row with its provenance; ``values`` by column key, blanks absent, without the ``source_*`` keys."""

    organisation: str
    file: str
    row: int
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """A value as text, empty when blank."""
        return shown(self.values.get(key))

    @property
    def identity(self) -> str:
        """公民身份号码, empty when blank or stored as a number (its last digits are lost then)."""
        value = self.values.get("identity_number")
        return value if isinstance(value, str) else ""

    @property
    def place(self) -> tuple[str, str, int]:
        """Where the row comes from: sorts rows the same way whatever order the files came in."""
        return self.organisation, self.file, self.row

    def __reduce__(self) -> tuple[type["MergedRow"], tuple[str, str, int, Mapping[str, Value]]]:
        """Rows travel between processes by the ten thousand; plain arguments pickle quicker than a dataclass."""
        return MergedRow, (self.organisation, self.file, self.row, self.values)

    def for_sheet(self) -> dict[str, Value]:
        """The values with the three provenance columns, as the committee workbook takes them."""
        found: dict[str, Value] = dict(self.values)
        organisation, file, row = SOURCE_KEYS
        if self.organisation:
            found[organisation] = self.organisation
        if self.file:
            found[file] = self.file
        if self.row:
            found[row] = self.row
        return found


BY_PLACE = attrgetter("organisation", "file", "row")
"""``MergedRow.place`` of very many rows."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows of one register of one file, and how their sheet takes them, drawn where the file was read."""

    rows: Sequence[MergedRow]
    data: bytes


class OnSheet(Sequence[Mapping[str, Value]]):
    """Rows as their sheet takes them, each made when it is looked at: a committee has very many.

    ``drawn`` by organisation and file; it serves where the register holds a file's rows exactly as they were read.
    """

    def __init__(self, rows: Sequence[MergedRow], drawn: Mapping[tuple[str, str], Drawn] | None = None) -> None:
        self.rows = rows
        self._drawn = drawn or {}

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        return (row.for_sheet() for row in self.rows)

    @overload
    def __getitem__(self, place: int) -> Mapping[str, Value]: ...

    @overload
    def __getitem__(self, place: slice) -> "OnSheet": ...

    def __getitem__(self, place: int | slice) -> "Mapping[str, Value] | OnSheet":
        """One row, or some of them."""
        return OnSheet(self.rows[place]) if isinstance(place, slice) else self.rows[place].for_sheet()

    def parts(self) -> Iterator[tuple[bytes, "OnSheet"]]:
        """The rows file by file, with how they have been drawn when that still holds."""
        for source, group in groupby(self.rows, attrgetter("organisation", "file")):
            rows, drawn = list(group), self._drawn.get(source)
            yield drawn.data if drawn is not None and are_same(drawn.rows, rows) else b"", OnSheet(rows)


def are_same(some: Sequence[MergedRow], others: Sequence[MergedRow]) -> bool:
    """Whether two registers are the very same rows in the same order, which is told quicker than whether they equal."""
    return len(some) == len(others) and all(map(is_, some, others))


Rows = Mapping[str, Sequence[MergedRow]]
"""Rows by register key."""


class Seal(Enum):
    """Whether a file went through 报送, and is still what it was then."""

    NONE = "none"
    INTACT = "intact"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Submission:
    """One file as read; ``fault`` is the sentence why it could not be, then everything but ``file`` is empty.

    ``fingerprint`` tells whether the file changed, ``modified`` is its time in seconds, ``sealed_at`` that of sealing,
    ``errors`` and ``queries`` count its E and W findings, ``directory`` is the 党组织名录 a committee brings along,
    ``tallies`` the numbers of its organisations for 三查三核, ``open_items`` the keys of its findings for 退回事项,
    ``nameless`` are rows that name nobody and nothing; ``rows`` are all others, and ``drawn`` by register key how the
    committee's sheets take them.
    """

    file: str
    fingerprint: str = ""
    kind: BookKind = "branch"
    cover: Mapping[str, Value] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    nameless: Rows = field(default_factory=dict)
    directory: tuple[Mapping[str, Value], ...] = ()
    errors: int = 0
    queries: int = 0
    seal: Seal = Seal.NONE
    sealed_at: str = ""
    modified: float = 0.0
    fault: str = ""
    tallies: tuple[Tally, ...] = ()
    open_items: frozenset[str] = frozenset()
    drawn: Mapping[str, bytes] = field(default_factory=dict)

    def on_cover(self, key: str) -> str:
        """A cover value as text, empty when blank."""
        return shown(self.cover.get(key))

    @property
    def organisation(self) -> str:
        """党组织代码 of the cover."""
        return self.on_cover("organisation_code")

    @property
    def is_sealed(self) -> bool:
        """Whether the file is a sealed one nobody has changed since."""
        return self.seal == Seal.INTACT

    @property
    def size(self) -> int:
        """Rows read from the file, over all registers."""
        return sum(len(rows) for part in (self.rows, self.nameless) for rows in part.values())


@cache
def merged_registers() -> tuple[Register, ...]:
    """The registers that are merged, in workbook order."""
    return of_kind("register", "log")


def submission_of(
    book: Book, findings: Iterable[Finding] = (), *, fingerprint: str = "", modified: float = 0.0
) -> Submission:
    """A workbook as something handed in. Rows of a committee keep where they first came from."""
    levels = [finding.level for finding in findings]
    manifest = manifest_from(book.manifest or ())
    seal = Seal.NONE if manifest is None else Seal.INTACT if is_intact(book) else Seal.BROKEN
    directory = book.tables["organisation_directory"] if book.kind == "committee" else ()
    read = rows_of(book)
    nameless = {key: found for key, rows in read.items() if (found := tuple(r for r in rows if names_nothing(key, r)))}
    return Submission(
        file=book.file,
        fingerprint=fingerprint,
        kind=book.kind,
        cover=dict(book.cover.values),
        rows={**read} | {key: tuple(r for r in read[key] if not names_nothing(key, r)) for key in nameless},
        nameless=nameless,
        directory=tuple(dict(row.values) for row in directory),
        errors=levels.count("E"),
        queries=levels.count("W"),
        seal=seal,
        sealed_at=manifest.sealed_at if manifest is not None and seal == Seal.INTACT else "",
        modified=modified,
    )


def rows_of(book: Book, own: bool = True) -> Rows:
    """The register rows of a workbook with provenance; ``own`` gives rows without any that of the book itself."""
    organisation = book.cover.text("organisation_code") if own else ""
    file = book.file if own else ""
    found: dict[str, tuple[MergedRow, ...]] = {}
    for register in merged_registers():
        rows = book.tables[register.key].rows if register.key in book.tables else ()
        found[register.key] = tuple(
            merged_row(row.values, organisation, file, row.origin.row if own else 0) for row in rows if row.values
        )
    return found


def merged_row(values: Mapping[str, Value], organisation: str = "", file: str = "", row: int = 0) -> MergedRow:
    """A row as a sheet holds it, with the provenance written there, else with the one given."""
    source = values.get("source_organisation")
    if values.keys().isdisjoint(SOURCE_KEYS):
        return MergedRow(organisation, file, row, values)
    content = dict(values)
    for key in SOURCE_KEYS:
        content.pop(key, None)
    if source is None:
        return MergedRow(organisation, file, row, content)
    number = values.get("source_row")
    return MergedRow(shown(source), shown(values.get("source_file")), number if isinstance(number, int) else 0, content)


def row_key(register: str, row: MergedRow) -> tuple[Hashable, ...] | None:
    """What tells a row from others of its register, its organisation first; None when it names nobody and nothing.

    A person without usable number is told apart by name, so that nobody is lost for a missing number.
    """
    keys, has_person = _key_columns(register)
    own = map(row.values.get, keys)
    if has_person:
        who = _who(row)
        return (row.organisation, who, *own) if who else None
    found = (row.organisation, *own)
    return found if any(value is not None for value in found[1:]) else None


def names_nothing(register: str, row: MergedRow) -> bool:
    """Whether ``row_key`` is None."""
    keys, has_person = _key_columns(register)
    return not _who(row) if has_person else all(row.values.get(key) is None for key in keys)


def _who(row: MergedRow) -> str:
    number = row.values.get("identity_number")
    return number if type(number) is str and number else row.text("name") or row.text("identity_number")


@cache
def _key_columns(register: str) -> tuple[tuple[str, ...], bool]:
    """The key columns other than the person's number, and whether the register is about persons."""
    schema = registers()[register]
    has_person = any(column.key == "identity_number" for column in schema.columns)
    return tuple(key for key in schema.row_key if key != "identity_number"), has_person
