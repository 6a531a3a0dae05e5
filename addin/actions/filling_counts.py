"""`taizhang fill` for summary tables: recognised, shown, filled; what stays empty or does not add up is told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from addin.actions.filling_rolls import MOST_NAMED, left_alone
from addin.forms.balancing import in_titles
from addin.forms.count_filling import (
    ROW_KINDS,
    CountCell,
    CountLayout,
    WrongMapping,
    as_count_data,
    cells,
    filled_for,
    from_data,
    likest,
    line_cells,
)
from addin.forms.counting import UNKNOWN
from addin.forms.filled import FilledForm
from addin.forms.spec import Form
from addin.grid import Sheet
from addin.hosts.closed import merged_blocks_of
from addin.hosts.door import Admitted
from addin.hosts.patching import CellValue
from addin.problem import CannotUse
from addin.registry import FOUND_ERRORS, OK
from validators.rule import Case
from validators.table import column_letter
from validators.wording import shown


@dataclass(frozen=True, slots=True)
class FilledCounts:
    """A summary table with its numbers: cells to fill, cells that hold something already, cells left to the clerk."""

    layout: CountLayout
    filled: FilledForm
    wanted: Sequence[CountCell]
    kept: Sequence[CountCell]
    by_hand: Sequence[CountCell]

    @property
    def values(self) -> list[CellValue]:
        """What goes where."""
        return [(self.layout.sheet, cell.row, cell.column, cell.value) for cell in self.wanted]

    @property
    def code(self) -> int:
        """FOUND_ERRORS when a relation does not hold."""
        return FOUND_ERRORS if self.filled.failures else OK

    def told(self, refused: Collection[CellValue]) -> Iterator[str]:
        """What came of it, in words; ``refused`` are cells in which a formula stands."""
        sheet = self.layout.sheet
        formulas = [(row, column) for title, row, column, _ in refused if title == sheet]
        reasons = "；".join(dict.fromkeys(cell.by_hand for cell in self.by_hand if cell.by_hand))
        yield f"工作表“{sheet}”填了 {len(self.wanted) - len(formulas)} 格。"
        yield from left_alone(formulas, "有公式，没有改动")
        yield from left_alone(((cell.row, cell.column) for cell in self.kept), "已有内容，没有改动")
        why = f"要手工填写{f'（{reasons}）' if reasons else ''}"
        yield from left_alone(((cell.row, cell.column) for cell in self.by_hand), why)
        yield from _unknown(self.layout)
        yield from _balance(self.filled)


def count_layout(file: Admitted, sheet: Sheet, forms: Sequence[Form], case: Case) -> CountLayout | None:
    """The summary table on a sheet; None when none of its cells is known."""
    counted = [form for form in forms if form.kind == "count" and case.book.kind in form.levels]
    return likest(sheet, merged_blocks_of(file, sheet.name), counted, case)


def mapped_layout(mapping: Mapping[str, Any], name: str, forms: Mapping[str, Form], case: Case) -> CountLayout:
    """The layout a saved mapping tells. Raises CannotUse."""
    try:
        return from_data(mapping, forms, case)
    except (WrongMapping, KeyError, ValueError, TypeError) as problem:
        why = str(problem) if isinstance(problem, WrongMapping) else "少了 column、row 等必有的项"
        raise CannotUse(f"对应关系“{name}”不能用：{why}。请改正后再用。") from None


def shown_layout(layout: CountLayout, case: Case) -> Iterator[str]:
    """The mapping in words: what the table is taken for, then every column and row, then the lines below."""
    form, data = layout.form, as_count_data(layout, case)
    number = f"（{form.number}）" if form.number else ""
    kind = "行列互换，" if layout.axes.turned else ""
    yield f"工作表“{layout.sheet}”认作汇总表“{form.name}”{number}，{kind}行是{ROW_KINDS[layout.rows_are]}："
    if layout.also:
        yield f"  （栏目同样对得上的还有“{'”、“'.join(layout.also)}”，要用它请加 --form 表名）"
    entries: Any = data
    for entry in entries["columns"]:
        yield f"  {entry['column']} 列“{entry['title']}”{_means(entry['is'])}"
    for entry in entries["rows"]:
        yield f"  第 {entry['row']} 行“{entry['title']}”{_means(entry['is'])}"
    for entry in entries.get("lines", ()):
        blank = f"第 {entry['blank']} 空" if "blank" in entry else ""
        yield f"  {entry['column']}{entry['row']}{blank}“{entry['title']}”{_means(entry['is'])}"


def _means(ours: str) -> str:
    return f" ← {ours}" if ours else "：没有对应的，留空"


def filled_counts(sheet: Sheet, layout: CountLayout, case: Case) -> FilledCounts:
    """The numbers of a summary table."""
    filled = filled_for(layout, case)
    wanted, kept, by_hand = [], [], []
    for cell in (*cells(layout, filled), *line_cells(layout, filled, sheet)):
        if cell.by_hand or cell.value in (None, UNKNOWN):
            by_hand.append(cell)
        elif cell.fills_in or sheet.cell(cell.row, cell.column) in (None, "", 0):
            wanted.append(cell)
        else:
            kept.append(cell)
    return FilledCounts(layout, filled, wanted, kept, by_hand)


def _unknown(layout: CountLayout) -> Iterator[str]:
    """The columns, rows and lines that mean nothing of ours."""
    columns = [f"{column_letter(line.number)} 列“{line.title}”" for line in layout.axes.columns if not line.key]
    rows = [f"第 {line.number} 行“{line.title}”" for line in layout.axes.rows if not line.key]
    rows += [f"第 {at.row} 行“{at.title}”" for at in layout.lines if not at.key]
    if columns or rows:
        yield f"  没有对应、留空的：{'、'.join([*columns, *rows])}"


def _balance(filled: FilledForm) -> Iterator[str]:
    if filled.failures:
        yield f"表内关系核对 {filled.checked} 项，{len(filled.failures)} 项不平衡，报出前请核对："
        for one in filled.failures[:MOST_NAMED]:
            persons = "、".join(f"{it.name}（{it.row.origin.sheet}第{it.row.origin.row}行）" for it in one.persons[:5])
            look = f"，请看 {persons}" if persons else ""
            yield f"  {one.text}：{in_titles(filled, one.relation)}，{shown(one.left)} 与 {shown(one.right)}{look}"
    elif filled.checked:
        yield f"表内关系核对 {filled.checked} 项，全部平衡。"
