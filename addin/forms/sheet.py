"""Lays a filled form out on paper: which text stands in which cell, how wide, merged how, and where numbers stand."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from addin.forms.conditions import Condition
from addin.forms.filled import Evidence, FilledForm
from addin.forms.listing import RollRows
from addin.forms.spec import Column, Signature
from addin.text_width import columns_of
from validators.rule import Case
from validators.table import Row, Value, column_letter
from validators.wording import shown

CONFIDENTIAL = "内部资料　不得公开、不得在网络发布"
NOTHING = "无"
_BLANK = "　　　　　　"

_WIDE = {"name": 9, "identity_number": 20, "home_address": 24, "sex": 5, "ethnicity": 7}


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell or merged block: 1-based top left, extent, value, and the looks it is painted with."""

    row: int
    column: int
    value: Value
    looks: tuple[str, ...]
    rows: int = 1
    columns: int = 1

    @property
    def address(self) -> str:
        """The top left cell in A1 style."""
        return f"{column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class BlockColumn:
    """One column of a block: its values from top to bottom, the looks of a text and of anything else."""

    values: Sequence[Value]
    texts: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Many equal rows from sheet row ``first`` on, column by column from A: the body of a roll."""

    first: int
    columns: tuple[BlockColumn, ...]

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.columns[0].values)

    def placed(self) -> Iterator[Placed]:
        """Its cells one by one, row after row."""
        for row, values in enumerate(zip(*(column.values for column in self.columns), strict=True), self.first):
            for number, (column, value) in enumerate(zip(self.columns, values, strict=True), 1):
                yield Placed(row, number, value, column.texts if isinstance(value, str) else column.others)


@dataclass(frozen=True, slots=True)
class Traced:
    """A cell whose number or row can be followed back: its address, what stands left and above, and the evidence."""

    address: str
    last: str
    row_title: str
    column_title: str
    value: Value
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TracedRows:
    """Rows or pages about one subject each: the last column, what was asked, first and last sheet row (or one row
    each, as a range) and whom.

    ``named`` says that a page bears its subject's name; the rows of a roll are called by their order.
    """

    last_column: str
    population: str
    conditions: tuple[Condition, ...]
    spans: Sequence[tuple[int, int]] | range
    numbers: Sequence[int]
    named: bool = False


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """One form ready to be written: cells, column widths, rows repeated on every page, page breaks, traces.

    The rows of a roll are no ``cells``, they are the ``block`` that stands between head and foot.
    """

    filled: FilledForm
    unit: str
    cells: tuple[Placed, ...]
    widths: tuple[float, ...]
    repeated: tuple[int, int] | None
    breaks: tuple[int, ...]
    traces: tuple[Traced, ...]
    code: str
    made: str
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    block: Block | None = None
    traced_rows: TracedRows | None = None

    def every_cell(self) -> Iterator[Placed]:
        """The cells, those of the block among them where they stand."""
        first = self.block.first if self.block is not None else 0
        yield from (placed for placed in self.cells if placed.row < first)
        if self.block is not None:
            yield from self.block.placed()
        yield from (placed for placed in self.cells if placed.row >= first)

    @property
    def last_row(self) -> int:
        """The lowest sheet row something stands in."""
        return max(placed.row for placed in self.cells)


def signature_parts(kind: Signature, cover: Row) -> tuple[str, ...]:
    """The signature line of a form, filled as far as the cover knows."""
    secretary, preparer = cover.text("secretary"), cover.text("preparer")
    phone = cover.text("preparer_phone")
    match kind:
        case "report":
            return (
                f"负责人（签名）：{secretary or _BLANK}",
                f"填表人（签名）：{preparer or _BLANK}",
                f"联系电话：{phone or _BLANK}",
                "报出日期：　　年　月　日",
            )
        case "roll":
            return (
                f"党组织书记（签字）：{secretary or _BLANK}",
                f"填表人：{preparer or _BLANK}",
                f"联系电话：{phone or _BLANK}",
                "　　年　月　日",
            )
        case "collect":
            return (
                "党员（签字）：　　　　年　月　日",
                "信息采集员（签字）：　　　　年　月　日",
                "党支部书记（签字）：　　　　年　月　日",
                "基层党委（盖章）：　　　　年　月　日",
            )
        case "none":
            return ()


def origin_line(filled: FilledForm, case: Case, code: str) -> str:
    """Where the numbers come from: as-of date, policy with its fingerprint, file, check code."""
    policy = f"{case.policy.profile}（{case.policy.fingerprint[:8]}）"
    return f"{CONFIDENTIAL}　基准日 {case.as_of}　政策方案 {policy}　数据来源 {case.book.file}　校验码 {code}"


def check_code(filled: FilledForm, case: Case) -> str:
    """校验码: eight characters that change with any value, the unit, the as-of date or the policy."""
    rows = filled.rows
    values: list[Any]
    if isinstance(rows, RollRows):
        values = [_fingerprint(column) for column in rows.columns]
    else:
        values = [[row.key, *(shown(cell.value) for cell in row.cells)] for row in rows]
    values += [[line.key, shown(line.cell.value)] for line in filled.supplement]
    values += [[shown(cell.value) for _, cells in card.lines for cell in cells] for card in filled.cards]
    unit = case.book.cover.text("organisation_code")
    whole = [filled.form.name, unit, case.as_of.isoformat(), case.policy.fingerprint, values]
    digest = hashlib.sha256(json.dumps(whole, ensure_ascii=False, default=str).encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def _fingerprint(column: Sequence[Value]) -> str:
    """A digest of what a column of a roll shows; equal values are put into words once."""
    if isinstance(column, range):
        return str(len(column))
    words = {value: shown(value) for value in set(column)}
    return hashlib.sha256("\x1f".join(map(words.__getitem__, column)).encode()).hexdigest()


def note_line(notes: Sequence[str]) -> str:
    """The notes below a form, numbered when there are several."""
    return "注：" + ("".join(f"{number}. {note}" for number, note in enumerate(notes, 1)) if notes[1:] else notes[0])


def in_chinese(day: date) -> str:
    """``2026年11月24日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def header_cells(columns: Sequence[Column], first_row: int, first_column: int, depth: int) -> Iterator[Placed]:
    """The header tree as merged cells; a leaf reaches down to the last header row."""
    at = first_column
    for column in columns:
        wide = sum(1 for _ in column.leaves())
        high = 1 if column.columns else depth
        yield Placed(first_row, at, column.title, ("head",), high, wide)
        if column.columns:
            yield from header_cells(column.columns, first_row + 1, at, depth - 1)
        at += wide


def halves(width: int) -> tuple[int, int]:
    """How many columns the left and the right text of a line get."""
    left = max(1, (width + 1) // 2)
    return left, width - left


def across(row: int, left: str, right: str, width: int, looks: tuple[str, str]) -> Iterator[Placed]:
    """A line with one text left and one right; on a one-column table both share the cell."""
    here, there = halves(width)
    if not there:
        yield Placed(row, 1, f"{left}　{right}".strip(), (looks[0],))
        return
    yield Placed(row, 1, left, (looks[0],), 1, here)
    yield Placed(row, here + 1, right, (looks[1],), 1, there)


def leaf_width(column: Column, values: Sequence[Value]) -> float:
    """Column width in characters: the given one, else enough for most of what stands in it, 6 to 26."""
    if column.width:
        return column.width
    last = column.show[-1].rpartition(".")[2] if len(column.show) == 1 else ""
    if last in _WIDE:
        return _WIDE[last]
    typical = _typical_width(values)
    title = columns_of(column.title)
    return float(min(26, max(6, typical + 2, min(title, 8) + 1)))


def _typical_width(values: Sequence[Value]) -> int:
    """The width that holds nine in ten of the values, blanks aside; 0 when all are blank."""
    widths: Counter[int] = Counter()
    for value, times in Counter(values).items():
        if value is not None:
            widths[columns_of(shown(value))] += times
    wanted, passed = widths.total() * 9 // 10, 0
    for width in sorted(widths):
        passed += widths[width]
        if passed > wanted:
            return width
    return 0
