"""Lays out card forms (一人一表): one page a subject on a fixed grid, a page break between two."""

from addin.forms.counting import NOT_REPORTED
from addin.forms.filled import FilledCard, FilledCell, FilledForm
from addin.forms.sheet import (
    NOTHING,
    Placed,
    PrintedForm,
    TracedRows,
    across,
    check_code,
    in_chinese,
    note_line,
    origin_line,
    signature_parts,
)
from addin.forms.spec import CardCell, CardLine
from validators.rule import Case
from validators.table import column_letter


def lay_out_cards(filled: FilledForm, case: Case, made: str) -> PrintedForm:
    """Every page of a card form, one below the other; without anyone one page that says 无 (未报)."""
    width = len(filled.form.grid)
    code = check_code(filled, case)
    cells: list[Placed] = []
    breaks: list[int] = []
    spans: list[tuple[int, int]] = []
    at = 1
    for card in filled.cards:
        first = at
        at = _page(filled, case, card, first, cells, f"{origin_line(filled, case, code)}　出表 {made}")
        spans.append((first, at - 1))
        breaks.append(at - 1)
    if not filled.cards:
        cells.append(Placed(1, 1, filled.form.name, ("title",), 1, width))
        word = NOT_REPORTED if filled.nobody_reported else NOTHING
        cells.append(Placed(2, 1, word, ("cell", "centre"), 1, width))
    return PrintedForm(
        filled=filled,
        unit=case.book.cover.text("organisation_name"),
        cells=tuple(cells),
        widths=filled.form.grid,
        repeated=None,
        breaks=tuple(breaks[:-1]),
        traces=(),
        code=code,
        made=made,
        traced_rows=TracedRows(
            column_letter(width),
            filled.form.population,
            filled.form.scope,
            spans,
            [card.subject.number for card in filled.cards],
            named=True,
        ),
    )


def _page(filled: FilledForm, case: Case, card: FilledCard, at: int, cells: list[Placed], origin: str) -> int:
    """One page from sheet row ``at`` on; returns the first row of the next."""
    form, width = filled.form, len(filled.form.grid)
    cells += across(at, form.number, "", width, ("number", "plain_right"))
    cells.append(Placed(at + 1, 1, form.name, ("title",), 1, width))
    unit = f"填报单位（盖章）：{card.subject.organisation.name}"
    cells += across(at + 2, unit, f"填表日期：{in_chinese(case.as_of)}", width, ("plain", "plain_right"))
    row = at + 3
    for line, filled_cells in card.lines:
        _put_line(line, filled_cells, row, cells)
        row += 1
    if filled.notes:
        cells.append(Placed(row, 1, note_line(filled.notes), ("note",), 1, width))
        row += 1
    parts = signature_parts(form.signature, case.book.cover)
    if parts:
        for place in range(0, len(parts), 2):
            cells += across(row, parts[place], "".join(parts[place + 1 : place + 2]), width, ("sign", "sign"))
            row += 1
    cells.append(Placed(row, 1, origin, ("origin",), 1, width))
    return row + 1


def _put_line(line: CardLine, filled: tuple[FilledCell, ...], row: int, cells: list[Placed]) -> None:
    at = 1
    for cell, value in zip(line.cells, filled, strict=True):
        cells.append(Placed(row, at, value.value, _looks(cell, line), 1, cell.span))
        at += cell.span


def _looks(cell: CardCell, line: CardLine) -> tuple[str, ...]:
    tall = (f"height:{line.height}",) if line.height else ()
    if not cell.show:
        return ("head", *tall) if cell.label else ("cell", *tall)
    return ("cell", "left" if cell.span > 2 or cell.choices else "centre", *tall)
