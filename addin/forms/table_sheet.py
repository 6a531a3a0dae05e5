"""Lays out rolls and summary forms: number, title, unit, header tree, rows, supplement, notes, signatures."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from addin.forms.counting import NOT_REPORTED
from addin.forms.filled import FilledCell, FilledForm, FilledRow
from addin.forms.listing import RollRows
from addin.forms.sheet import (
    NOTHING,
    Block,
    BlockColumn,
    Placed,
    PrintedForm,
    Traced,
    TracedRows,
    across,
    check_code,
    header_cells,
    in_chinese,
    leaf_width,
    note_line,
    origin_line,
    signature_parts,
)
from addin.forms.spec import Column
from addin.text_width import columns_of
from validators.rule import Case
from validators.table import column_letter

NUMBER_ROW, TITLE_ROW, UNIT_ROW, HEAD_ROW = 1, 2, 3, 4
_LABEL_WIDTHS = (16, 46)
_WIDE_TEXT = 14
"""Texts in wider columns stand left, shorter ones in the middle."""


class _Sheet:
    """What grows while a sheet is laid out from top to bottom."""

    def __init__(self, filled: FilledForm, case: Case, made: str) -> None:
        self.filled, self.case, self.made = filled, case, made
        self.cells: list[Placed] = []
        self.traces: list[Traced] = []
        self.widths: tuple[float, ...] = ()
        self.block: Block | None = None
        self.traced_rows: TracedRows | None = None
        self.places: dict[tuple[str, str], str] = {}
        self.lead = 1 if filled.form.rows is not None else 0
        self.leaves = filled.leaves
        self.width = self.lead + len(self.leaves)
        self.depth = max((column.depth for column in filled.columns), default=1)
        self.first_body = HEAD_ROW + self.depth + (1 if filled.form.numbered else 0)
        self.code = check_code(filled, case)


def lay_out_table(filled: FilledForm, case: Case, made: str) -> PrintedForm:
    """A roll or summary form on paper. ``made`` is the time of making as printed."""
    sheet = _Sheet(filled, case, made)
    _heading(sheet)
    _head(sheet)
    sheet.widths = tuple(_widths(sheet))
    after = _body(sheet)
    after = _supplement(sheet, after)
    _foot(sheet, after)
    return PrintedForm(
        filled=filled,
        unit=case.book.cover.text("organisation_name"),
        cells=tuple(sheet.cells),
        widths=sheet.widths,
        repeated=(HEAD_ROW, sheet.first_body - 1),
        breaks=(),
        traces=tuple(sheet.traces),
        code=sheet.code,
        made=made,
        places=sheet.places,
        block=sheet.block,
        traced_rows=sheet.traced_rows,
    )


def _heading(sheet: _Sheet) -> None:
    form, case = sheet.filled.form, sheet.case
    stamp = f"草稿：{len(sheet.filled.failures)} 处不平衡，见“校核”表" if sheet.filled.is_draft else ""
    look = "stamp" if sheet.filled.is_draft else "plain_right"
    sheet.cells += across(NUMBER_ROW, form.number, stamp, sheet.width, ("number", look))
    sheet.cells.append(Placed(TITLE_ROW, 1, form.name, ("title",), 1, sheet.width))
    unit = f"填报单位（盖章）：{case.book.cover.text('organisation_name')}"
    day = f"填报时间：{in_chinese(case.as_of)}"
    sheet.cells += across(UNIT_ROW, unit, day, sheet.width, ("plain", "plain_right"))


def _head(sheet: _Sheet) -> None:
    rows = sheet.filled.form.rows
    if rows is not None:
        sheet.cells.append(Placed(HEAD_ROW, 1, rows.title, ("head",), sheet.depth, 1))
    sheet.cells += header_cells(sheet.filled.columns, HEAD_ROW, sheet.lead + 1, sheet.depth)
    if sheet.filled.form.numbered:
        at = HEAD_ROW + sheet.depth
        if sheet.lead:
            sheet.cells.append(Placed(at, 1, "栏号", ("numbering",)))
        for place, leaf in enumerate(sheet.leaves, sheet.lead + 1):
            sheet.cells.append(Placed(at, place, leaf.key.removeprefix("c"), ("numbering",)))


def _body(sheet: _Sheet) -> int:
    """The rows; returns the first sheet row below them."""
    at = sheet.first_body
    if not sheet.filled.rows:
        word = NOT_REPORTED if sheet.filled.nobody_reported else NOTHING
        sheet.cells.append(Placed(at, 1, word, ("cell", "centre"), 1, sheet.width))
        return at + 1
    if isinstance(sheet.filled.rows, RollRows):
        return _roll(sheet, sheet.filled.rows)
    for row in sheet.filled.rows:
        if sheet.lead:
            looks = ("label", "total") if row.is_total else ("label",)
            sheet.cells.append(Placed(at, 1, "　" * row.indent + row.title, looks))
        _put_row(sheet, row, at)
        at += 1
    return at


def _roll(sheet: _Sheet, rows: RollRows) -> int:
    """The rows of a roll as one block; returns the first sheet row below them."""
    form, first = sheet.filled.form, sheet.first_body
    columns = []
    for leaf, values in zip(sheet.leaves, rows.columns, strict=True):
        others = ("cell", "by_hand") if leaf.by_hand else ("cell", "centre")
        texts = ("cell", "left") if leaf.width > _WIDE_TEXT and not leaf.by_hand else others
        columns.append(BlockColumn(values, texts, others))
    sheet.block = Block(first, tuple(columns))
    after = first + len(rows)
    spans = range(first, after)
    sheet.traced_rows = TracedRows(column_letter(sheet.width), form.population, form.scope, spans, rows.numbers)
    return after


def _put_row(sheet: _Sheet, row: FilledRow, at: int) -> None:
    for place, (leaf, cell) in enumerate(zip(sheet.leaves, row.cells, strict=True), sheet.lead + 1):
        sheet.cells.append(Placed(at, place, cell.value, _looks(leaf, cell, row)))
        address = f"{column_letter(place)}{at}"
        sheet.places[row.key, leaf.key] = address
        if cell.evidence is not None:
            titles = (row.title, leaf.title)
            sheet.traces.append(Traced(address, address, *titles, cell.value, cell.evidence))


def _looks(leaf: Column, cell: FilledCell, row: FilledRow) -> tuple[str, ...]:
    looks = ["cell"]
    if cell.by_hand:
        looks.append("by_hand")
    elif leaf.count is not None or leaf.compute:
        looks += ["centre", "percent" if leaf.way == "percent" else "count"]
    elif isinstance(cell.value, str) and leaf.width > _WIDE_TEXT:
        looks.append("left")
    else:
        looks.append("centre")
    if row.is_total:
        looks.append("total")
    return tuple(looks)


def _supplement(sheet: _Sheet, at: int) -> int:
    lines = sheet.filled.supplement
    if not lines:
        return at
    sheet.cells.append(Placed(at, 1, "补充资料", ("label", "total"), 1, sheet.width))
    label = max(1, sheet.width - 2)
    for number, line in enumerate(lines, at + 1):
        text = "　" * line.indent + line.label
        sheet.cells.append(Placed(number, 1, text, ("label",), 1, label))
        looks = ("cell", "by_hand") if line.cell.by_hand else ("cell", "centre", "count")
        sheet.cells.append(Placed(number, label + 1, line.cell.value, looks, 1, max(1, sheet.width - label)))
        address = f"{column_letter(label + 1)}{number}"
        sheet.places[line.key, ""] = address
        if line.cell.evidence is not None:
            sheet.traces.append(Traced(address, address, line.label, "补充资料", line.cell.value, line.cell.evidence))
    return at + 1 + len(lines)


def _foot(sheet: _Sheet, at: int) -> None:
    if sheet.filled.notes:
        sheet.cells.append(Placed(at, 1, note_line(sheet.filled.notes), ("note",), 1, sheet.width))
        at += 1
    parts = signature_parts(sheet.filled.form.signature, sheet.case.book.cover)
    sheet.cells += _spread(parts, at, sheet.widths)
    line = f"{origin_line(sheet.filled, sheet.case, sheet.code)}　出表 {sheet.made}"
    sheet.cells.append(Placed(at + (1 if parts else 0), 1, line, ("origin",), 1, sheet.width))


def _spread(parts: Sequence[str], at: int, widths: Sequence[float]) -> Iterator[Placed]:
    """The parts of the signature line, each over about the same share of the table's width."""
    if not parts:
        return
    if len(widths) < len(parts):
        half = (len(parts) + 1) // 2
        lines = ("　　".join(parts[:half]), "　　".join(parts[half:]))
        yield Placed(at, 1, "\n".join(lines), ("sign",), 1, len(widths))
        return
    reached = list(accumulate(widths))
    start = 0
    for number, part in enumerate(parts, 1):
        last = range(start, len(widths) - (len(parts) - number))
        share = reached[-1] * number / len(parts)
        end = last[-1] if number == len(parts) else min(last, key=lambda column: abs(reached[column] - share))
        yield Placed(at, start + 1, part, ("sign",), 1, end - start + 1)
        start = end + 1


def _widths(sheet: _Sheet) -> Iterator[float]:
    if sheet.lead:
        titles = [columns_of("　" * row.indent + row.title) for row in sheet.filled.rows]
        least, most = _LABEL_WIDTHS
        yield float(min(most, max([least, *titles]) + 2))
    rows = sheet.filled.rows
    for number, leaf in enumerate(sheet.leaves):
        values = rows.columns[number] if isinstance(rows, RollRows) else [row.cells[number].value for row in rows]
        yield leaf_width(leaf, values)
