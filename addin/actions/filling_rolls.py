"""`taizhang fill` for rolls: which members an empty roll lists, what stands in each of its columns."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from addin.disclosing import Masking
from addin.forms.conditions import ConditionError, condition
from addin.forms.fields import title_of, value_of
from addin.forms.judging import Judge
from addin.forms.library import CONDITIONS, FORMS, read_json
from addin.forms.listing import listed
from addin.forms.printing import printed
from addin.forms.recognising import NUMBER, Layout, Match, place_of
from addin.forms.spec import Form
from addin.forms.subjects import MEMBER, Subject
from addin.grid import Sheet
from addin.hosts.patching import CellValue
from addin.problem import CannotUse
from validators.rule import Case
from validators.table import Value, column_letter, column_number
from validators.wording import nearest

EVERYONE = "名册党员"
"""Whom a table lists unless told otherwise."""

MOST_NAMED = 12
"""So many cells, or relations, are named."""


def left_alone(places: Iterable[tuple[int, int]], why: str) -> Iterator[str]:
    """Which cells (row, column) were not filled, and why."""
    named = list(dict.fromkeys(f"{column_letter(column)}{row}" for row, column in places))
    if named:
        more = f"等 {len(named)} 格" if len(named) > MOST_NAMED else ""
        yield f"  {'、'.join(named[:MOST_NAMED])}{more}：{why}"


@dataclass(frozen=True, slots=True)
class FilledRoll:
    """A roll with whom it lists (``who`` in words)."""

    layout: Layout
    who: str
    persons: Sequence[Subject]

    @property
    def lacks_rows(self) -> str:
        """What to say when there are more persons than free rows; empty when they fit."""
        free, layout = self.layout.free_rows, self.layout
        if free is None or len(self.persons) <= free:
            return ""
        return (
            f"工作表“{layout.sheet}”从第 {layout.first_row} 行起只空着 {free} 行，要填 {len(self.persons)} 人："
            "请先在空表里插入足够的空行（含格式），再试一次。"
        )

    def values(self, masking: Masking) -> Iterator[CellValue]:
        """What goes where."""
        for place, person in enumerate(self.persons):
            for match in self.layout.matches:
                value = _value(match, person, place + 1, masking=masking)
                if value is not None:
                    yield self.layout.sheet, self.layout.first_row + place, match.column, value

    def told(self, refused: Collection[CellValue]) -> Iterator[str]:
        """What came of it, in words; ``refused`` are cells in which a formula stands."""
        if self.lacks_rows:
            yield f"没有填：{self.lacks_rows}"
            return
        yield f"工作表“{self.layout.sheet}”填了 {len(self.persons)} 人（{self.who}）。"
        places = [(row, column) for title, row, column, _ in refused if title == self.layout.sheet]
        yield from left_alone(places, "有公式，没有改动")


def shown_roll(layout: Layout, who: str) -> Iterator[str]:
    """The mapping in words, one line a column."""
    yield f"工作表“{layout.sheet}”，标题在第 {layout.header_row} 行，从第 {layout.first_row} 行填起，填{who}："
    for match in layout.matches:
        letter = column_letter(match.column)
        if match.show:
            yield f"  {letter} 列“{match.title}” ← {place_of(match)}"
        else:
            near = f"，相近的有“{match.suggestion}”" if match.suggestion else ""
            yield f"  {letter} 列“{match.title}”：台账没有对应的数据项，留空{near}"


def whose(sheet: Sheet, layout: Layout, rolls: Mapping[str, Form]) -> str:
    """Whom an empty roll lists by its title or the name of its sheet: the roll named there, else everyone."""
    texts = [sheet.name, *(text for row in range(1, layout.header_row) for _, text in sheet.texts(row))]
    named = [name for name in rolls if any(name in text.replace(" ", "") for text in texts)]
    return max(named, key=len, default=EVERYONE)


def member_rolls(known: Mapping[str, Form], case: Case) -> Mapping[str, Form]:
    """The rolls of members of the workbook's level, by name."""
    return {
        name: form
        for name, form in known.items()
        if form.kind == "list" and form.population == MEMBER and case.book.kind in form.levels
    }


def persons_for(case: Case, who: str, rolls: Mapping[str, Form]) -> Sequence[Subject]:
    """The members of a roll, or those meeting a named condition by organisation. Raises CannotUse."""
    named = read_json(FORMS / CONDITIONS)
    judge = Judge(case)
    if who in rolls:
        return listed(rolls[who], judge)
    try:
        met = judge.meeting(condition(who, named, MEMBER), MEMBER)
    except ConditionError:
        near = nearest(who, [*named, *rolls])
        hint = f"您是否指“{near}”？" if near else f"可用：{'、'.join(_for_members(named))}。"
        raise CannotUse(f"不知道“{who}”是哪些人。{hint}") from None
    found = [it for it in judge.subjects(MEMBER) if it.number in met]
    return sorted(found, key=lambda it: it.organisation.code)


def _for_members(named: Mapping[str, Any]) -> Iterator[str]:
    for name in named:
        try:
            condition(name, named, MEMBER)
        except ConditionError:
            continue
        yield name


def changed(layout: Layout, mapping: Mapping[str, Any], file: str) -> Layout:
    """The layout with the fields of a saved mapping. Raises CannotUse for a field that does not exist."""
    given = {entry["column"]: entry for entry in mapping.get("columns", ()) if "column" in entry}
    matches = []
    for match in layout.matches:
        entry = given.get(column_letter(match.column))
        matches.append(match if entry is None else _as_given(match, entry, file))
    known = {column_letter(match.column) for match in layout.matches}
    for letter, entry in given.items():
        if letter not in known:
            matches.append(_as_given(Match(column_number(letter), str(entry.get("title", ""))), entry, file))
    return replace(layout, first_row=int(mapping.get("first_row", layout.first_row)), matches=tuple(matches))


def _as_given(match: Match, entry: Mapping[str, Any], file: str) -> Match:
    show = str(entry.get("show", ""))
    if show and show != NUMBER:
        try:
            title_of(show, MEMBER)
        except KeyError:
            raise CannotUse(f"对应关系“{file}”里没有“{show}”这个数据项，请改正后再用。") from None
    return replace(match, show=show, way=entry.get("as", "value"))


def _value(match: Match, person: Subject, number: int, *, masking: Masking) -> Value:
    if not match.show:
        return None
    if match.show == NUMBER:
        return number
    return printed(value_of(person, match.show), match.way, match.show, person, masking=masking)
