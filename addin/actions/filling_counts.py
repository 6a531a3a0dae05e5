"""`taizhang fill` for summary tables: recognised, shown, filled; what stays empty or does not add up is told."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from addin.desk import Desk
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
)
from addin.forms.counting import UNKNOWN
from addin.forms.filled import FilledForm
from addin.forms.spec import Form
from addin.grid import Sheet
from addin.hosts.closed import merged_blocks
from addin.hosts.copying import filled_copy
from addin.hosts.door import Admitted
from addin.problem import CannotUse
from addin.registry import FOUND_ERRORS, OK
from validators.rule import Case
from validators.table import column_letter
from validators.wording import shown

_MOST_NAMED = 12


def count_layout(file: Admitted, sheets: Sequence[Sheet], forms: Sequence[Form], case: Case) -> CountLayout | None:
    """The summary table among the sheets of which most cells are known; None when there is none."""
    counted = [form for form in forms if form.kind == "count" and case.book.kind in form.levels]
    found = [
        layout
        for sheet in sheets
        if sheet.is_visible and (layout := likest(sheet, merged_blocks(file, sheet.name), counted, case)) is not None
    ]
    return max(found, key=lambda layout: layout.axes.known, default=None)


def mapped_layout(mapping: Mapping[str, Any], name: str, forms: Mapping[str, Form], case: Case) -> CountLayout:
    """The layout a saved mapping tells. Raises CannotUse."""
    try:
        return from_data(mapping, forms, case)
    except (WrongMapping, KeyError, ValueError, TypeError) as problem:
        why = str(problem) if isinstance(problem, WrongMapping) else "少了 column、row 等必有的项"
        raise CannotUse(f"对应关系“{name}”不能用：{why}。请改正后再用。") from None


def shown_layout(layout: CountLayout, case: Case) -> Iterator[str]:
    """The mapping in words: what the table is taken for, then every column and row."""
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


def _means(ours: str) -> str:
    return f" ← {ours}" if ours else "：没有对应的，留空"


def fill_counts(empty: Path, target: Path, sheet: Sheet, layout: CountLayout, case: Case, desk: Desk) -> int:
    """Fill the copy and tell what came of it; FOUND_ERRORS when a relation does not hold. Raises CannotUse, OSError."""
    filled = filled_for(layout, case)
    wanted, kept, by_hand = [], [], []
    for cell in cells(layout, filled):
        if cell.by_hand or cell.value in (None, UNKNOWN):
            by_hand.append(cell)
        elif sheet.cell(cell.row, cell.column) in (None, "", 0):
            wanted.append(cell)
        else:
            kept.append(cell)
    values = [(layout.sheet, cell.row, cell.column, cell.value) for cell in wanted]
    refused = filled_copy(empty, target, values)
    desk.say(f"已填 {len(wanted) - len(refused)} 格，存为 {target}。")
    formulas = [CountCell(row, column, value) for _, row, column, value in refused]
    for line in (
        *_left(formulas, "有公式，没有改动"),
        *_left(kept, "已有内容，没有改动"),
        *_left(by_hand, "要手工填写"),
    ):
        desk.say(line)
    for line in (*_unknown(layout), *_balance(filled)):
        desk.say(line)
    return FOUND_ERRORS if filled.failures else OK


def _left(left: Sequence[CountCell], why: str) -> Iterator[str]:
    if left:
        more = f"等 {len(left)} 格" if len(left) > _MOST_NAMED else ""
        places = "、".join(f"{column_letter(cell.column)}{cell.row}" for cell in left[:_MOST_NAMED])
        reasons = "；".join(dict.fromkeys(cell.by_hand for cell in left if cell.by_hand))
        yield f"  {places}{more}：{why}{f'（{reasons}）' if reasons else ''}"


def _unknown(layout: CountLayout) -> Iterator[str]:
    """The columns and rows that mean nothing of ours."""
    columns = [f"{column_letter(line.number)} 列“{line.title}”" for line in layout.axes.columns if not line.key]
    rows = [f"第 {line.number} 行“{line.title}”" for line in layout.axes.rows if not line.key]
    if columns or rows:
        yield f"  没有对应、留空的：{'、'.join([*columns, *rows])}"


def _balance(filled: FilledForm) -> Iterator[str]:
    if filled.failures:
        yield f"表内关系核对 {filled.checked} 项，{len(filled.failures)} 项不平衡，报出前请核对："
        for one in filled.failures[:_MOST_NAMED]:
            persons = "、".join(f"{it.name}（{it.row.origin.sheet}第{it.row.origin.row}行）" for it in one.persons[:5])
            look = f"，请看 {persons}" if persons else ""
            yield f"  {one.text}：{in_titles(filled, one.relation)}，{shown(one.left)} 与 {shown(one.right)}{look}"
    elif filled.checked:
        yield f"表内关系核对 {filled.checked} 项，全部平衡。"
