"""What a 党委汇总 holds from the merge before: its rows by organisation and everything clerks typed into it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from addin.binding import COLUMN
from addin.merging.directory import Directory, directory_of
from addin.reading import SHEET
from addin.submissions import BY_PLACE, MergedRow, Rows, Submission, are_same, rows_of
from validators.registers import of_kind, registers
from validators.table import Book, Value
from validators.wording import shown
from validators.words import SubmissionStatus

SheetRow = Mapping[str, Value]
"""A row of a sheet by column key."""


@dataclass(frozen=True, slots=True)
class Previous:
    """A committee workbook as it stands; empty for one that does not exist yet. ``sheets`` by register key.

    ``additions`` are the columns and sheets clerks added to it, which a merge does not carry over.
    """

    cover: Mapping[str, Value] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)
    sheets: Mapping[str, Sequence[SheetRow]] = field(default_factory=dict)
    policy_overrides: Mapping[str, str] = field(default_factory=dict)
    additions: tuple[str, ...] = ()

    def sheet(self, key: str) -> Sequence[SheetRow]:
        """The rows of one sheet that is not merged (党组织名录, 冲突处理, …)."""
        return self.sheets.get(key, ())

    @property
    def directory(self) -> Directory:
        """The 党组织名录 as typed."""
        return directory_of(self.sheet("organisation_directory"))


def previous_of(book: Book) -> Previous:
    """The parts of a read committee workbook that the next merge needs."""
    sheets: dict[str, Sequence[SheetRow]] = {
        register.key: tuple(dict(row.values) for row in book.tables[register.key] if row.values)
        for register in of_kind("committee", "committee_result")
        if register.key in book.tables
    }
    for key, table in book.results.items():
        sheets[key] = tuple(dict(row.values) for row in table if row.values)
    overrides = dict(book.policy_overrides)
    return Previous(dict(book.cover.values), rows_of(book, own=False), sheets, overrides, _additions(book))


def _additions(book: Book) -> tuple[str, ...]:
    """Columns of one's own, sheets of one's own, and lists written into it when asked for."""
    ours = {register.title for register in registers().values()}
    columns = [f"“{remark.sheet}”的“{remark.title}”列" for remark in book.remarks if remark.rule == COLUMN]
    sheets = [remark.sheet for remark in book.remarks if remark.rule == SHEET and remark.sheet not in ours]
    lists = [register.title for register in of_kind("result_on_demand") if register.key in book.results]
    return tuple(dict.fromkeys((*columns, *(f"工作表“{name}”" for name in (*sheets, *lists)))))


def sharing_rows(previous: Previous, submissions: Iterable[Submission]) -> Iterator[Submission]:
    """The same submissions; a register that is as it was shares its values, so that nothing is held twice."""
    before: dict[tuple[str, str], list[MergedRow]] = {}
    for register, rows in previous.rows.items():
        for row in rows:
            before.setdefault((register, row.organisation), []).append(row)
    for one in submissions:
        shared = {
            register: _shared(before.get((register, one.organisation), []), rows) for register, rows in one.rows.items()
        }
        yield replace(one, rows=shared)


def _shared(before: Sequence[MergedRow], now: Sequence[MergedRow]) -> Sequence[MergedRow]:
    if are_same(before, now) or [row.values for row in before] != [row.values for row in now]:
        return now
    return tuple(
        MergedRow(row.organisation, row.file, row.row, old.values) for old, row in zip(before, now, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Split:
    """The rows of the merge before: the committee's own (no provenance), those kept, those replaced or dropped.

    ``organisations`` and ``files`` are those kept, also where choices have left no row of them.
    """

    own: Rows
    kept: Rows
    gone: Rows
    organisations: frozenset[str]
    files: frozenset[str]


def split_rows(previous: Previous, covered: frozenset[str], period: str, directory: Directory, *, fresh: bool) -> Split:
    """Rows of organisations that handed nothing in this time (not ``covered``) are kept when they are of this period.

    ``fresh`` keeps none of them.
    """
    reported = [row for row in previous.sheet("submission_status") if row.get("status") == SubmissionStatus.SUBMITTED]
    periods = {shown(row.get("organisation_code")): shown(row.get("period")) for row in reported}
    stays: dict[str, bool] = {}

    def is_kept(organisation: str) -> bool:
        if organisation not in stays:
            known = _period_of(organisation, periods, directory)
            stays[organisation] = not fresh and organisation not in covered and known in ("", period)
        return stays[organisation]

    own: dict[str, list[MergedRow]] = {}
    kept: dict[str, list[MergedRow]] = {}
    gone: dict[str, list[MergedRow]] = {}
    for register, rows in previous.rows.items():
        for row in rows:
            part = own if not row.organisation else kept if is_kept(row.organisation) else gone
            part.setdefault(register, []).append(row)
    standing = [row for row in reported if is_kept(shown(row.get("organisation_code")))]
    files = {shown(row.get("file")) for row in standing} | {row.file for rows in kept.values() for row in rows}
    organisations = {code for code, stay in stays.items() if stay}
    return Split(own, kept, gone, frozenset(organisations), frozenset(files))


def _period_of(organisation: str, periods: Mapping[str, str], directory: Directory) -> str:
    """The period an organisation's rows were merged with: its own, else that of the committee above it."""
    seen: set[str] = set()
    while organisation and organisation not in seen:
        if organisation in periods:
            return periods[organisation]
        seen.add(organisation)
        organisation = directory.superior(organisation)
    return ""


def joined(*parts: Mapping[str, Iterable[MergedRow]]) -> dict[str, tuple[MergedRow, ...]]:
    """Rows of several sources by register, in order of place."""
    found: dict[str, list[MergedRow]] = {}
    for part in parts:
        for register, rows in part.items():
            found.setdefault(register, []).extend(rows)
    return {register: tuple(sorted(rows, key=BY_PLACE)) for register, rows in found.items()}
