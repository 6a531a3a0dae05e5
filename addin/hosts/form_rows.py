"""The cells of a printed form as the XML of sheet rows, made directly: a roll of a committee has a million of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat

from addin.forms.sheet import Block, BlockColumn, Placed, PrintedForm
from addin.hosts.bulk_rows import LONGEST_TEXT, serial, text_element
from addin.hosts.text_size import lines_in, sure_to_fit
from validators.table import Value, column_letter
from validators.wording import shown

StyleOf = Callable[[tuple[str, ...]], int]
"""The number of the format with these looks."""

_HEIGHTS = {"title": 34.0, "number": 16.0, "origin": 14.0, "note": 14.0, "sign": 26.0}
_POINTS_A_LINE = {"title": 28.0, "note": 12.5, "origin": 11.0, "numbering": 13.0}
_LINE, _ROOM, _LEAST, _MOST = 15.5, 5.0, 20.0, 400.0
_LONG = 500
_OLDEST = date(1900, 1, 1)
"""Spreadsheets know no dates before it; they are written as texts."""


_APART = "\ue000"
"""Stands between texts that are looked at together; whoever uses it in a text is looked at alone."""

_NOT_PLAIN = re.compile(
    rf"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{{4}}_|(?:^|{_APART})(?:\s|{_APART}|$)|\s(?:{_APART}|$)"
)
"""What ``text_element`` escapes in a text, in any of many."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """What goes into a worksheet part: the rows in order (UTF-8), the merged ranges, the last cell."""

    rows: Sequence[bytes]
    merged: Sequence[str]
    last: str


def form_rows(printed: PrintedForm, style_of: StyleOf) -> SheetRows:
    """All rows of a form with the heights that show every text in full (merged cells do not grow by themselves)."""
    cells = _Cells(printed.widths, style_of)
    for placed in printed.cells:
        cells.put(placed)
    block = printed.block
    first = block.first if block is not None else 0

    rows = [
        *cells.rows(lambda row: row < first),
        *(_block_rows(block, printed.widths, style_of) if block is not None else ()),
        *cells.rows(lambda row: row >= first),
    ]
    return SheetRows(rows, cells.merged, f"{column_letter(len(printed.widths))}{printed.last_row}")


def plain_rows(lines: Iterable[Sequence[Value]], style: int) -> SheetRows:
    """Rows of texts and numbers in one style, from the first sheet row on."""
    letters = [column_letter(number) for number in range(1, 27)]
    rows, widest = [], 1
    for number, line in enumerate(lines, 1):
        cells = "".join(
            f'<c r="{letter}{number}{_after_reference(value, style)}'
            for letter, value in zip(letters, line, strict=False)
        )
        rows.append(f'<row r="{number}">{cells}</row>'.encode())
        widest = max(widest, len(line))
    return SheetRows(rows, (), f"{column_letter(widest)}{max(1, len(rows))}")


class _Cells:
    """Cells put one by one, gathered by row."""

    def __init__(self, widths: Sequence[float], style_of: StyleOf) -> None:
        self.merged: list[str] = []
        self._widths, self._style_of = widths, style_of
        self._letters = [column_letter(number) for number in range(1, len(widths) + 1)]
        self._rows: dict[int, dict[int, str]] = {}
        self._heights: dict[int, float] = {}
        self._needs: dict[tuple[str, tuple[str, ...], int, int], float] = {}

    def put(self, placed: Placed) -> None:
        """One cell or merged block; every cell of a block bears its lines."""
        style = self._style_of(_with_kind(placed.looks, placed.value))
        top, left = placed.row, placed.column
        bottom, right = top + placed.rows - 1, left + placed.columns - 1
        for row in range(top, bottom + 1):
            cells = self._rows.setdefault(row, {})
            for column in range(left, right + 1):
                cells[column] = f'<c r="{self._letters[column - 1]}{row}" s="{style}"/>'
        self._rows[top][left] = f'<c r="{self._letters[left - 1]}{top}{_after_reference(placed.value, style)}'
        if (top, left) != (bottom, right):
            self.merged.append(f"{self._letters[left - 1]}{top}:{self._letters[right - 1]}{bottom}")
        need = self._need(placed) / placed.rows
        for row in range(top, bottom + 1):
            self._heights[row] = max(self._heights.get(row, 0.0), need)

    def rows(self, wanted: Callable[[int], bool]) -> Iterator[bytes]:
        """The rows in order."""
        for number in sorted(row for row in self._rows if wanted(row)):
            cells = self._rows[number]
            height = min(self._heights[number], _MOST)
            inside = "".join(cells[column] for column in sorted(cells))
            yield f'<row r="{number}" ht="{height:g}" customHeight="1">{inside}</row>'.encode()

    def _need(self, placed: Placed) -> float:
        """Points the text of a cell takes."""
        text = shown(placed.value)
        key = (text, placed.looks, placed.column, placed.columns)
        if key not in self._needs:
            look = placed.looks[0]
            width = sum(self._widths[placed.column - 1 : placed.column - 1 + placed.columns])
            lines = lines_in(text, width - 1) if text else 1
            given = next((float(each.partition(":")[2]) for each in placed.looks if each.startswith("height:")), 0.0)
            need = lines * _POINTS_A_LINE.get(look, _LINE) + _ROOM
            self._needs[key] = max(need, given, _HEIGHTS.get(look, _LEAST))
        return self._needs[key]


def _block_rows(block: Block, widths: Sequence[float], style_of: StyleOf) -> Iterator[bytes]:
    """The rows of a block: each is its number, joined in between what stands between two mentions of it."""
    letters = [column_letter(number) for number in range(1, len(block.columns) + 1)]
    between, lines = [], []
    for column, width, following in zip(block.columns, widths, [*letters[1:], ""], strict=True):
        after = f'<c r="{following}' if following else "</row>"
        if isinstance(column.values, range):
            cell = f'" s="{style_of(column.others)}"><v>%d</v></c>{after}'.encode()
            between.append([cell % number for number in column.values])
            continue
        known = _known_cells(column, after, style_of)
        between.append(list(map(known.__getitem__, column.values)))
        tall = _tall(column.values, width)
        if tall:
            lines.append([tall.get(value, 1) for value in column.values])
    heads: dict[int, bytes] = {}
    for number, most, parts in zip(
        range(block.first, block.first + block.height),
        map(max, *lines) if len(lines) > 1 else lines[0] if lines else repeat(1),
        zip(*between, strict=True),
        strict=False,
    ):
        if most not in heads:
            height = min(max(most * _LINE + _ROOM, _LEAST), _MOST)
            heads[most] = f'" ht="{height:g}" customHeight="1"><c r="{letters[0]}'.encode()
        yield (b"%d" % number).join((b'<row r="', heads[most], *parts))


def _known_cells(column: BlockColumn, after: str, style_of: StyleOf) -> Mapping[Value, bytes]:
    """The XML of a cell after its reference and up to the next mention of the row, by value."""
    styles: dict[tuple[str, ...], int] = {}
    distinct = set(column.values)
    found: dict[Value, bytes] = dict(_known_texts(distinct, column, after, style_of))
    for value in distinct.difference(found):
        looks = _with_kind(column.texts if isinstance(value, str) else column.others, value)
        if looks not in styles:
            styles[looks] = style_of(looks)
        found[value] = (_after_reference(value, styles[looks]) + after).encode()
    return found


def _known_texts(
    distinct: Iterable[Value], column: BlockColumn, after: str, style_of: StyleOf
) -> Iterator[tuple[Value, bytes]]:
    """The same for the texts of a column when not one of them needs escaping or cutting: nothing is left to look at."""
    texts = [value for value in distinct if type(value) is str and value]
    together = _APART.join(texts)
    are_short = len(together) <= LONGEST_TEXT or max(map(len, texts)) <= LONGEST_TEXT
    if not are_short or together.count(_APART) != len(texts) - 1 or _NOT_PLAIN.search(together):
        return
    before = f'" s="{style_of(_with_kind(column.texts, texts[0]))}" t="inlineStr"><is><t>'.encode()
    behind = f"</t></is></c>{after}".encode()
    for text, inside in zip(texts, together.encode().split(_APART.encode()), strict=True):
        yield text, before + inside + behind


def _tall(values: Sequence[Value], width: float) -> Mapping[Value, int]:
    """Those texts of a column that take more than one line, and how many."""
    texts = (value for value in set(values) if isinstance(value, str) and not sure_to_fit(value, width - 1))
    return {text: lines for text in texts if (lines := lines_in(text, width - 1)) > 1}


def _with_kind(looks: tuple[str, ...], value: Value) -> tuple[str, ...]:
    """Dates look like dates wherever they stand, and what is typed into a cell with text stays text."""
    if isinstance(value, date):
        return (*looks, "day")
    return (*looks, "text") if isinstance(value, str) and "cell" in looks else looks


def _after_reference(value: Value, style: int) -> str:
    """The XML of a cell after its reference."""
    if value is None or value == "":
        return f'" s="{style}"/>'
    if isinstance(value, date) and value >= _OLDEST:
        return f'" s="{style}"><v>{serial(value)}</v></c>'
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'" s="{style}"><v>{value!r}</v></c>'
    return f'" s="{style}" t="inlineStr"><is>{_element(shown(value)[:LONGEST_TEXT])}</is></c>'


def _element(text: str) -> str:
    """As ``text_element``; long texts are packed ones mostly, and looking through them closely takes its time."""
    if len(text) > _LONG and text.isascii() and text.isprintable() and not any(sign in text for sign in "&<> _"):
        return f"<t>{text}</t>"
    return text_element(text)
