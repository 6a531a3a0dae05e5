"""任意表样取数 for summary tables: finds the form an empty table is like and works out the numbers for its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from addin.forms.balancing import SUM_OF_ROWS
from addin.forms.count_layout import Axes, Item, Line, Merged, Titles, axes
from addin.forms.counting import TOTAL
from addin.forms.filled import FilledForm
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.spec import Column, Form, Rows
from addin.forms.subjects import organisations
from addin.forms.supplement_layout import SupplementPlace, supplement_places, with_numbers
from addin.grid import Sheet
from validators.codes import code_lists
from validators.rule import Case
from validators.table import Value, column_letter, column_number
from validators.wording import nearest

RowKind = Literal["own", "organisation", "org.category", "org.unit_class"]
"""What the rows of the table are: those of the form, one an organisation, or the classes of organisations."""

_LISTS: Mapping[str, str] = {"org.category": "organisation_category", "org.unit_class": "unit_class"}
ROW_KINDS: Mapping[RowKind, str] = {
    "own": "本表的行",
    "organisation": "党组织",
    "org.category": "党组织类别",
    "org.unit_class": "党组织所在单位类别",
}


COUNT = "count"
"""How the mapping of a summary table says that it is one."""


class WrongMapping(Exception):
    """A mapping that cannot be used. Its text is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class CountLayout:
    """What an empty summary table is: its sheet, the form it is like, what its rows are, what its titles mean.

    ``also`` names other forms that know as many of its cells; ``lines`` are the numbers of the 补充资料 below it.
    """

    sheet: str
    form: Form
    rows_are: RowKind
    axes: Axes
    also: tuple[str, ...] = ()
    lines: tuple[SupplementPlace, ...] = ()

    @property
    def known(self) -> int:
        """How many cells of the table can be filled."""
        return self.axes.known

    @property
    def is_mostly_known(self) -> bool:
        """Whether several cells and at least half of the columns and of the rows mean something of ours."""
        sides = (self.axes.columns, self.axes.rows)
        return self.known > 1 and all(2 * sum(1 for line in side if line.key) >= len(side) for side in sides)


@dataclass(frozen=True, slots=True)
class CountCell:
    """One cell to fill: place and number; ``by_hand`` tells why it must be filled by the clerk.

    ``fills_in`` says that the value is the sentence that stands there, with numbers in its blanks.
    """

    row: int
    column: int
    value: Value
    by_hand: str = ""
    fills_in: bool = False


def likest(sheet: Sheet, merged: Merged, forms: Sequence[Form], case: Case) -> CountLayout | None:
    """The form a table is most like: of most cells known, then the name most like its title. None: like none."""
    titles = Titles(sheet, merged)
    found: list[tuple[tuple[float, ...], CountLayout]] = []
    for form in forms:
        for kind in ROW_KINDS:
            ours = axes(titles, column_items(form), row_items(form, kind, case))
            if ours.known:
                unused = len(form.leaves) - sum(1 for line in _of_ours(ours) if line.key)
                score = (ours.known, _likeness(sheet, form), -unused, kind == "own")
                found.append((score, CountLayout(sheet.name, form, kind, ours)))
    if not found:
        return None
    best, layout = max(found, key=lambda entry: entry[0])
    equal = dict.fromkeys(one.form.name for score, one in found if score[0] == best[0])
    return replace(_with_lines(layout, sheet, merged), also=tuple(name for name in equal if name != layout.form.name))


def _with_lines(layout: CountLayout, sheet: Sheet, merged: Merged) -> CountLayout:
    """The layout with the lines below the table, which are no rows of it."""
    last = max(line.number for line in layout.axes.rows if line.key)
    lines = supplement_places(sheet, merged, layout.form, last)
    first = min((at.row for at in lines), default=0)
    rows = tuple(line for line in layout.axes.rows if not lines or line.number < first)
    return replace(layout, axes=replace(layout.axes, rows=rows), lines=lines)


def _of_ours(found: Axes) -> Sequence[Line]:
    """The lines that mean our columns."""
    return found.rows if found.turned else found.columns


def _likeness(sheet: Sheet, form: Form) -> float:
    """How like the form's name the likest text above the numbers is."""
    texts = [text for row in range(1, min(len(sheet.rows), 6) + 1) for _, text in sheet.texts(row)]
    names = (form.name, form.number) if form.number else (form.name,)
    return max((SequenceMatcher(None, text, name).ratio() for text in texts for name in names), default=0.0)


def column_items(form: Form) -> list[Item]:
    """The columns of numbers of a form, those filled by hand among them, with the titles over them."""
    return [Item(leaf.key, path) for top in form.columns for path, leaf in _leaves(top) if not leaf.show]


def _leaves(column: Column, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Column]]:
    path = (*above, column.title)
    if not column.columns:
        yield path, column
    for part in column.columns:
        yield from _leaves(part, path)


def row_items(form: Form, kind: RowKind, case: Case) -> list[Item]:
    """The rows a form has when its rows are of a kind."""
    rows = _rows(form, kind)
    found = [Item(TOTAL, (rows.total,))] if rows.total else []
    above: dict[int, str] = {}
    for fixed in rows.fixed:
        above[fixed.indent] = fixed.title
        found.append(Item(fixed.key, tuple(above[level] for level in sorted(above) if level <= fixed.indent)))
    if rows.by == "organisation":
        found += [Item(one.code, (one.name,)) for one in organisations(case)]
    elif rows.by:
        found += [Item(f"w{place}", (word,)) for place, word in enumerate(rows.words, 1)]
    return found


def _rows(form: Form, kind: RowKind) -> Rows:
    assert form.rows is not None
    if kind == "own":
        return form.rows
    words = tuple(code_lists()[_LISTS[kind]].words) if kind in _LISTS else ()
    return Rows(ROW_KINDS[kind], kind, words, "合计")


def filled_for(layout: CountLayout, case: Case) -> FilledForm:
    """The form filled with the rows the table has."""
    form = layout.form
    if layout.rows_are != "own":
        rows = _rows(form, layout.rows_are)
        among_lines = tuple(text for text in form.supplement_relations if "." not in text)
        form = replace(form, rows=rows, row_relations=(SUM_OF_ROWS,), supplement_relations=among_lines)
    return fill_form(form, case, Judge(case))


def cells(layout: CountLayout, filled: FilledForm) -> Iterator[CountCell]:
    """What goes into the cells of the table whose row and column are both known."""
    known = {row.key: dict(zip((leaf.key for leaf in filled.leaves), row.cells, strict=True)) for row in filled.rows}
    for row in layout.axes.rows:
        for column in layout.axes.columns:
            ours = (column.key, row.key) if layout.axes.turned else (row.key, column.key)
            if all(ours) and ours[0] in known:
                cell = known[ours[0]][ours[1]]
                yield CountCell(row.number, column.number, cell.value, cell.by_hand)


def line_cells(layout: CountLayout, filled: FilledForm, sheet: Sheet) -> Iterator[CountCell]:
    """What goes below the table: a number a cell, or a sentence with numbers in its blanks."""
    numbers = {line.key: line.cell for line in filled.supplement}
    sentences: dict[tuple[int, int], dict[int, int]] = {}
    for at in layout.lines:
        cell = numbers.get(at.key)
        if cell is None:
            continue
        if at.blank and isinstance(cell.value, int):
            sentences.setdefault((at.row, at.column), {})[at.blank] = cell.value
        else:
            yield CountCell(at.row, at.column, cell.value, cell.by_hand)
    for (row, column), given in sentences.items():
        yield CountCell(row, column, with_numbers(str(sheet.cell(row, column)), given), fills_in=True)


def as_count_data(layout: CountLayout, case: Case) -> dict[str, object]:
    """The mapping as JSON, to be looked at, changed and used again."""
    titles = _titles(layout, case)
    columns = [
        {"column": column_letter(line.number), "title": line.title, "count": line.key, "is": titles.get(line.key, "")}
        for line in layout.axes.columns
    ]
    rows = [
        {"row": line.number, "title": line.title, "count": line.key, "is": titles.get(line.key, "")}
        for line in layout.axes.rows
    ]
    head = {"schema": 1, "kind": COUNT, "sheet": layout.sheet, "form": layout.form.name}
    labels = {line.key: line.label for line in layout.form.supplement}
    lines = [
        {
            **{"column": column_letter(at.column), "row": at.row},
            **({"blank": at.blank} if at.blank else {}),
            **{"title": at.title, "count": at.key, "is": labels.get(at.key, "")},
        }
        for at in layout.lines
    ]
    axes_data = {"rows_are": layout.rows_are, "turned": layout.axes.turned, "columns": columns, "rows": rows}
    return {**head, **axes_data, **({"lines": lines} if lines else {})}


def _titles(layout: CountLayout, case: Case) -> dict[str, str]:
    items = (*column_items(layout.form), *row_items(layout.form, layout.rows_are, case))
    return {item.key: "·".join(item.path) for item in items}


def from_data(data: Mapping[str, Any], forms: Mapping[str, Form], case: Case) -> CountLayout:
    """The layout a saved mapping tells. Raises WrongMapping naming what is wrong and what was probably meant."""
    form, kind = forms.get(str(data.get("form"))), data.get("rows_are", "own")
    if form is None or form.kind != "count":
        near = nearest(str(data.get("form")), [name for name, one in forms.items() if one.kind == "count"])
        raise WrongMapping(f"没有“{data.get('form')}”这张汇总表{f'，您是否指“{near}”' if near else ''}")
    if kind not in ROW_KINDS:
        raise WrongMapping(f"rows_are 应是 {'、'.join(ROW_KINDS)} 之一")
    is_turned = bool(data.get("turned", False))
    ours, down = column_items(form), row_items(form, kind, case)
    across, down = (down, ours) if is_turned else (ours, down)
    columns = [_line(entry, column_number(str(entry["column"])), across) for entry in data.get("columns", ())]
    rows = [_line(entry, int(entry["row"]), down) for entry in data.get("rows", ())]
    lines = tuple(_place(entry, form) for entry in data.get("lines", ()))
    found = Axes(tuple(columns), tuple(rows), is_turned)
    return CountLayout(str(data.get("sheet", "")), form, kind, found, lines=lines)


def _place(entry: Mapping[str, Any], form: Form) -> SupplementPlace:
    """One entry of the lines below the table."""
    line = _line(entry, int(entry["row"]), [Item(line.key, (line.label,)) for line in form.supplement])
    column = column_number(str(entry["column"]))
    return SupplementPlace(line.number, column, int(entry.get("blank", 0)), line.title, line.key)


def _line(entry: Mapping[str, Any], number: int, items: Sequence[Item]) -> Line:
    """One entry; ``count`` is a key of ours or its titles."""
    wanted, path = str(entry.get("count", "")), (str(entry.get("title", "")),)
    if not wanted:
        return Line(number, path)
    ways = {"·".join(item.path): item.key for item in items} | {item.key: item.key for item in items}
    if wanted not in ways:
        near = nearest(wanted, list(ways))
        raise WrongMapping(
            f"“{entry.get('title', '')}”对应的“{wanted}”不是这张表的栏目或行{f'，您是否指“{near}”' if near else ''}"
        )
    return Line(number, path, ways[wanted])
