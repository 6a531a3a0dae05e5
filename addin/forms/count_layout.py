"""任意表样取数: which of our counted columns and rows the titles of somebody else's empty summary table mean."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from addin.binding import title_key
from addin.forms.library import FORMS, TITLE_ALIASES, read_json
from addin.grid import Sheet

Path = tuple[str, ...]
"""The titles over a column (or beside a row), from the widest to its own."""

Merged = Sequence[tuple[int, int, int, int]]
"""Merged blocks of a sheet: first row, first column, last row, last column, from 1."""

_LAST_HEADER_ROW = 15
_WIDE = 0.7
"""A merged text over so much of the width is the table's own title."""

_MOST_ROWS, _MOST_COLUMNS, _MOST_MERGED, _MOST_CELLS = 5_000, 300, 20_000, 20_000
"""No summary table is larger; what lies beyond is not looked at."""

_ABOUT_TABLE = re.compile(r"填报|单位[:：]|时间[:：]|日期|表号|制表|年\s*月")
_NUMBERING = frozenset("甲乙丙丁戊") | {"栏号", "栏次"}
_SUMS = ("小计", "合计", "计", "总计")
_LEADING = re.compile(r"^(其中|[(（]?[一二三四五六七八九十]+[)）、.．]|[(（]?\d{1,2}[)）、.．](?!\d)|[①-⑳])+[:：、\s]*")
_UNITS = re.compile(r"[(（](名|人|个|%|人数|单位：[^)）]*|栏|=[^)）]*|\d{1,2}[^)）]{0,12})[)）]$")


@dataclass(frozen=True, slots=True)
class Item:
    """One column or row of ours: key and titles."""

    key: str
    path: Path


@dataclass(frozen=True, slots=True)
class Line:
    """One column or row of the sheet: its number, its titles, what it means (empty: left alone)."""

    number: int
    path: Path
    key: str = ""

    @property
    def title(self) -> str:
        """The titles in one line, each once."""
        return "·".join(dict.fromkeys(self.path))


@dataclass(frozen=True, slots=True)
class Axes:
    """The columns and the rows of the sheet beside and below its titles; ``turned``: our rows are its columns."""

    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    turned: bool = False

    @property
    def known(self) -> int:
        """How many cells can be filled."""
        return sum(1 for line in self.columns if line.key) * sum(1 for line in self.rows if line.key)


def axes(titles: "Titles", columns: Sequence[Item], rows: Sequence[Item]) -> Axes:
    """What the titles of a sheet mean, given our columns and rows; the way round that knows more cells."""
    upright = _axes(titles, columns, rows, turned=False)
    turned = _axes(titles, rows, columns, turned=True)
    return turned if turned.known > upright.known else upright


def _axes(grid: "Titles", across: Sequence[Item], down: Sequence[Item], *, turned: bool) -> Axes:
    best: Sequence[Line] = ()
    bottom = 0
    for row in range(1, min(grid.height, _LAST_HEADER_ROW) + 1):
        lines = assigned(across, grid.columns(row))
        if _known(lines) > _known(best):
            best, bottom = lines, row
    known = [line.number for line in best if line.key]
    if not known:
        return Axes((), (), turned)
    first = min(known)
    rows = assigned(down, grid.rows(bottom + 1, first))
    if not _known(rows) and first == 1 and len(down) == 1:
        rows = [Line(bottom + 1, down[0].path, down[0].key)]
    last = max((line.number for line in rows if line.key), default=0)
    body = tuple(line for line in rows if line.key or line.number < last or _may_be_counted(line))
    return Axes(tuple(line for line in best if line.number >= first), body, turned)


def _may_be_counted(line: Line) -> bool:
    """Whether a row below the last known one looks like one more row rather than a note or a signature."""
    return not re.search(r"[:：]|注|填表|负责人|审核|签", line.path[-1])


def _known(lines: Iterable[Line]) -> int:
    return sum(1 for line in lines if line.key)


def assigned(items: Sequence[Item], places: Iterable[tuple[int, Path]]) -> list[Line]:
    """The places with the item each means: same own title, most titles above in common, then the same order."""
    lines = [Line(number, path) for number, path in places]
    wanted: dict[str, list[tuple[int, str, frozenset[str]]]] = {}
    for order, item in enumerate(items):
        *above, own = own_path(item.path)
        wanted.setdefault(own, []).append((order, item.key, frozenset(above)))
    groups = {title for entries in wanted.values() for *_, above in entries for title in above}
    candidates = []
    for place, line in enumerate(lines):
        *heads, own = next((way for way in _ways(line.path) if way[-1] in wanted), [""])
        for order, key, groups_over in wanted.get(own, ()):
            common = len(groups_over.intersection(heads))
            if common or not groups.intersection(heads):
                candidates.append((-common, order, place, key, line.number))
    found: dict[int, str] = {}
    taken: set[str] = set()
    for *_, key, number in sorted(candidates):
        if number not in found and key not in taken:
            found[number] = key
            taken.add(key)
    return [Line(line.number, line.path, found.get(line.number, "")) for line in lines]


def own_path(path: Path) -> list[str]:
    """The titles as compared; what stands before a colon is a title above."""
    return [key for text in path for key in _parts(text)] or [""]


@cache
def _parts(text: str) -> tuple[str, ...]:
    return tuple(key for part in re.split(r"[:：]", text) if (key := plain(part)))


def _ways(path: Path) -> Iterator[list[str]]:
    """How titles may be read: a 小计 under a heading stands for the heading, else for itself."""
    titles = own_path(path)
    if len(titles) > 1 and titles[-1] in _sums():
        yield titles[:-1]
    yield titles


@cache
def _sums() -> frozenset[str]:
    return frozenset(plain(word) for word in _SUMS)


@cache
def plain(text: str) -> str:
    """A title as compared: without numbers in front, units behind, blanks, a closing 的, and by its usual name."""
    short = _UNITS.sub("", _LEADING.sub("", text.strip()))
    key = title_key(short).removesuffix("的").removesuffix("人数")
    return _usual().get(key, key)


@cache
def _usual() -> Mapping[str, str]:
    """The usual title, folded, by each other way to write it. A way that means two titles means neither."""
    data = read_json(FORMS / TITLE_ALIASES)
    ways = [(title_key(way).removesuffix("的"), title_key(title)) for title, others in data.items() for way in others]
    times = Counter(way for way, _ in ways)
    return {way: title for way, title in ways if times[way] == 1}


class Titles:
    """The texts of a sheet, those of merged blocks standing in every cell they cover (a title over all in one)."""

    def __init__(self, sheet: Sheet, merged: Merged) -> None:
        self._texts = {
            (row, column): text
            for row in range(1, min(len(sheet.rows), _MOST_ROWS) + 1)
            for column, text in sheet.texts(row)
            if column <= _MOST_COLUMNS and not text.removesuffix(".0").isdigit()
        }
        self.height = max((row for row, _ in self._texts), default=0)
        self.width = max((column for _, column in self._texts), default=0)
        self._covered: set[tuple[int, int]] = set()
        for block in merged[:_MOST_MERGED]:
            self._spread(*block)
        last = min(self.height, _LAST_HEADER_ROW)
        self._heads = [row for row in range(1, last + 1) if self._is_head(row)]
        self._columns: dict[int, Sequence[tuple[int, Path]]] = {}

    def columns(self, bottom: int) -> Sequence[tuple[int, Path]]:
        """Every column that has a title in the rows down to ``bottom``."""
        if bottom not in self._columns:
            self._columns[bottom] = tuple(self._columns_to(bottom))
        return self._columns[bottom]

    def rows(self, top: int, first: int) -> Iterator[tuple[int, Path]]:
        """Every row from ``top`` on that has a label left of column ``first``."""
        for row in range(top, self.height + 1):
            texts = (self._texts.get((row, column), "") for column in range(1, first))
            path = tuple(dict.fromkeys(text for text in texts if text))
            if path and not _NUMBERING.issuperset(path):
                yield row, path

    def _spread(self, top: int, left: int, bottom: int, right: int) -> None:
        """Put the text of a merged block into its cells, as far as there are texts at all."""
        text = self._texts.get((top, left))
        rows, columns = range(top, min(bottom, self.height) + 1), range(left, min(right, self.width) + 1)
        if len(rows) * len(columns) > _MOST_CELLS:
            return
        places = [(row, column) for row in rows for column in columns]
        self._covered.update(places)
        if text is not None and right - left < _WIDE * self.width:
            self._texts.update(dict.fromkeys(places, text))

    def _columns_to(self, bottom: int) -> Iterator[tuple[int, Path]]:
        heads = [row for row in self._heads if row <= bottom]
        for column in range(1, self.width + 1):
            if any((row, column) in self._texts for row in heads):
                texts = (self._over(row, column, bottom) for row in heads)
                yield column, tuple(dict.fromkeys(text for text in texts if text))

    def _is_head(self, row: int) -> bool:
        """Whether a row above the numbers holds titles: several texts, none of them about unit, time or number."""
        texts = {self._texts[row, column] for column in range(1, self.width + 1) if (row, column) in self._texts}
        return len(texts) > 1 and not any(_ABOUT_TABLE.search(text) for text in texts)

    def _over(self, row: int, column: int, bottom: int) -> str:
        """The title in a cell, else (where nothing is merged) the one to its left that stands over lower titles."""
        own = self._texts.get((row, column), "")
        if own or row == bottom or (row, column) in self._covered:
            return own
        for left in range(column - 1, 0, -1):
            text = self._texts.get((row, left))
            if text is not None:
                return text if any((below, left) in self._texts for below in range(row + 1, bottom + 1)) else ""
        return ""
