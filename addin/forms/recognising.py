"""任意表样取数: which data item each title of somebody else's empty table asks for, and where its rows are to go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from addin.binding import title_key
from addin.forms.fields import RELATED, title_of
from addin.forms.library import load_forms
from addin.forms.spec import Way
from addin.forms.subjects import MEMBER
from addin.grid import Sheet
from validators.facts import fact_titles
from validators.registers import registers
from validators.table import column_letter
from validators.wording import nearest, shown

NUMBER = "#"
"""The running number."""

_LAST_HEADER_ROW = 15
_PREFIXES = ("member", "outflow", "lost_file", "letter", "abroad", "campaign_check", "annual_review", "settled")
"""Registers by whose titles a column is recognised, the roster first."""

_OTHER_WORDS: Mapping[str, tuple[str, Way]] = {
    "序号": (NUMBER, "value"),
    "编号": (NUMBER, "value"),
    "所在党支部": ("org.name", "value"),
    "所在支部": ("org.name", "value"),
    "党支部": ("org.name", "value"),
    "党支部名称": ("org.name", "value"),
    "党组织名称": ("org.name", "value"),
    "所在党组织": ("org.name", "value"),
    "党组织代码": ("org.code", "value"),
    "党组织类别": ("org.category", "value"),
    "出生年月": ("member.birth_date", "month"),
    "党员类别": ("member.member_type", "value"),
    "主状态": ("facts.state", "value"),
    "年龄": ("facts.age", "value"),
    "党龄": ("facts.party_age", "value"),
}
"""Titles people use that are no column's title or alias."""


@dataclass(frozen=True, slots=True)
class Match:
    """One column of the empty table: number, title, the field it shows (empty: left blank), how, and a near title."""

    column: int
    title: str
    show: str = ""
    way: Way = "value"
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand on the empty table: title row, first data row, how many rows are free, the columns."""

    sheet: str
    header_row: int
    first_row: int
    free_rows: int | None
    matches: tuple[Match, ...]

    @property
    def known(self) -> int:
        """How many columns are recognised."""
        return sum(1 for match in self.matches if match.show)

    @property
    def is_about_persons(self) -> bool:
        """Whether a column asks for a name or an identity number."""
        return any(match.show in ("member.name", "member.identity_number") for match in self.matches)


def recognise(sheet: Sheet) -> Layout | None:
    """The layout of an empty roll; None when no row of titles is recognised (at least two known ones)."""
    counts = {
        row: sum(1 for _, text in sheet.texts(row) if title_key(text) in dictionary())
        for row in range(1, min(len(sheet.rows), _LAST_HEADER_ROW) + 1)
    }
    best = max(counts, key=lambda row: (counts[row], row), default=0)
    if not best:
        return None
    bottom = best
    while counts.get(bottom + 1, 0):
        bottom += 1
    titles = dict(_titles(sheet, bottom, best))
    if sum(1 for title in titles.values() if title_key(title) in dictionary()) < 2:
        return None
    first = bottom + 1
    while first <= len(sheet.rows) and _is_column_numbers(sheet, first):
        first += 1
    matches = tuple(_match(column, title) for column, title in sorted(titles.items()))
    numbered = {match.column for match in matches if match.show == NUMBER}
    return Layout(sheet.name, bottom, first, _free_rows(sheet, first, numbered), matches)


def place_of(match: Match) -> str:
    """What a recognised column is filled from, in the clerk's words."""
    if match.show == NUMBER:
        return "顺序编号"
    prefix = match.show.partition(".")[0]
    sheet = registers()[RELATED[prefix][0]].title if prefix in RELATED else "自动推算" if prefix != "org" else "党组织"
    return f"{sheet}·{title_of(match.show, MEMBER)}"


def as_data(layout: Layout, who: str) -> dict[str, object]:
    """The mapping as JSON, to be looked at, changed and used again."""
    columns = [
        {"column": column_letter(match.column), "title": match.title, "show": match.show, "as": match.way}
        for match in layout.matches
    ]
    places = {"sheet": layout.sheet, "header_row": layout.header_row, "first_row": layout.first_row}
    return {"schema": 1, **places, "who": who, "columns": columns}


@cache
def dictionary() -> Mapping[str, tuple[str, Way]]:
    """Field and way of printing by folded title; earlier sources win."""
    found: dict[str, tuple[str, Way]] = {title_key(title): entry for title, entry in _OTHER_WORDS.items()}
    for title, entry in _entries():
        found.setdefault(title_key(title), entry)
    return found


def _entries() -> Iterator[tuple[str, tuple[str, Way]]]:
    for prefix in _PREFIXES:
        for column in registers()[RELATED[prefix][0]].columns:
            for title in (column.title, *column.aliases):
                yield title, (f"{prefix}.{column.key}", "value")
        if prefix == "outflow":
            for attribute, title in fact_titles().items():
                yield title, (f"facts.{attribute}", "value")
    for form in load_forms().values():
        if form.kind == "list" and form.population == MEMBER:
            for leaf in form.leaves:
                if len(leaf.show) == 1 and leaf.show != (NUMBER,):
                    yield leaf.title, (leaf.show[0], leaf.way)


def _titles(sheet: Sheet, bottom: int, best: int) -> Iterator[tuple[int, str]]:
    """The title of each column: the lowest text of the title rows above the data, also known ones just above them."""
    here: dict[int, str] = {}
    for row in range(bottom, max(0, best - 3), -1):
        for column, text in sheet.texts(row):
            if column not in here and (row >= best or title_key(text) in dictionary()):
                here[column] = text
    yield from here.items()


def _is_column_numbers(sheet: Sheet, row: int) -> bool:
    """Whether a row only numbers the columns (栏号): 1, 2, 3 … or 甲, 乙."""
    texts = [text.removesuffix(".0") for _, text in sheet.texts(row)]
    numbers = [text for text in texts if text.isdigit()]
    return len(numbers) >= 2 and len(numbers) >= len(texts) - 2 and numbers == sorted(numbers, key=int)


def _free_rows(sheet: Sheet, first: int, numbered: Iterable[int]) -> int | None:
    """How many rows are free from ``first`` on, printed running numbers aside; None when nothing stands below."""
    ignored = set(numbered)
    for row in range(first, len(sheet.rows) + 1):
        if any(column not in ignored for column, _ in sheet.texts(row)):
            return row - first
    return None


def _match(column: int, title: str) -> Match:
    found = dictionary().get(title_key(title))
    if found is not None:
        return Match(column, title, *found)
    return Match(column, title, suggestion=nearest(title, _known_titles()) or "")


@cache
def _known_titles() -> Sequence[str]:
    return tuple(dict.fromkeys([*_OTHER_WORDS, *(shown(title) for title, _ in _entries())]))
