"""Fills summary forms: rows by organisation, by class or given ones, each number with the subjects behind it."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from addin.forms.arithmetic import evaluate
from addin.forms.conditions import Condition, Test
from addin.forms.fields import title_of, value_of
from addin.forms.filled import FilledCell, FilledLine, FilledRow
from addin.forms.judging import Judge, organisation_test
from addin.forms.printing import printed
from addin.forms.spec import Column, Form, Rows
from addin.forms.subjects import ORGANISATION, Subject, organisations

NOT_REPORTED = "未报"
TOTAL = "total"
"""Key of the row over all."""

_RowOf = tuple[str, str, tuple[Condition, ...], int, Subject | None, bool]
"""Key, title, conditions, indent, the organisation the row is about, whether it has not reported."""


def count_rows(form: Form, judge: Judge) -> tuple[FilledRow, ...]:
    """The filled rows of a summary form."""
    assert form.rows is not None
    return tuple(_row(form, judge, *one) for one in _rows(form.rows, judge, form.population))


def count_lines(form: Form, judge: Judge) -> tuple[FilledLine, ...]:
    """The numbers of the 补充资料."""
    found = []
    for line in form.supplement:
        if line.count is None:
            found.append(FilledLine(line.key, line.label, FilledCell(by_hand=line.by_hand), line.indent))
            continue
        evidence = judge.evidence(line.population, line.count)
        found.append(FilledLine(line.key, line.label, FilledCell(len(evidence.persons), evidence), line.indent))
    return tuple(found)


def _rows(rows: Rows, judge: Judge, population: str) -> Iterator[_RowOf]:
    if rows.total:
        yield TOTAL, rows.total, (), 0, None, False
    for fixed in rows.fixed:
        yield fixed.key, fixed.title, fixed.conditions, fixed.indent, None, False
    if rows.by == "organisation":
        by_code = {it.organisation.code: it for it in judge.subjects(ORGANISATION)}
        for one in organisations(judge.case):
            yield one.code, one.name, (organisation_test(one),), 0, by_code.get(one.code), one.is_missing
    elif rows.by:
        title = title_of(rows.by, population)
        for place, word in enumerate(rows.words, 1):
            yield f"w{place}", word, (Test(f"{title}为{word}", rows.by, title, "is", (word,)),), 0, None, False


def _row(
    form: Form,
    judge: Judge,
    key: str,
    title: str,
    conditions: tuple[Condition, ...],
    indent: int,
    about: Subject | None,
    is_missing: bool,
) -> FilledRow:
    cells: dict[str, FilledCell] = {}
    for leaf in form.leaves:
        if is_missing and (leaf.count is not None or leaf.compute):
            cells[leaf.key] = FilledCell(NOT_REPORTED)
        elif leaf.count is not None:
            evidence = judge.evidence(leaf.population, _asked(form, leaf, conditions))
            cells[leaf.key] = FilledCell(len(evidence.persons), evidence)
        elif leaf.show:
            cells[leaf.key] = FilledCell(shown_cell(leaf, about))
        else:
            cells[leaf.key] = FilledCell(by_hand=leaf.by_hand)
    if not is_missing:
        cells |= _computed(form.leaves, cells)
    ordered = tuple(cells[leaf.key] for leaf in form.leaves)
    return FilledRow(key, title, ordered, indent, key == TOTAL, is_missing)


def _asked(form: Form, leaf: Column, row: Sequence[Condition]) -> Iterator[Condition]:
    if not leaf.is_whole and leaf.population == form.population:
        yield from form.scope
    yield from row
    yield from leaf.count or ()


def _computed(leaves: Sequence[Column], cells: Mapping[str, FilledCell]) -> dict[str, FilledCell]:
    """Columns worked out from others, in order, so that later ones may use earlier ones."""
    numbers: dict[str, float] = {}
    for key, cell in cells.items():
        numbers[key] = float(cell.value) if isinstance(cell.value, int | float) else 0.0
    found = {}
    for leaf in leaves:
        if leaf.compute:
            value = evaluate(leaf.compute, numbers.__getitem__)
            numbers[leaf.key] = value if value is not None else 0.0
            whole = value is not None and leaf.way != "percent" and value.is_integer()
            found[leaf.key] = FilledCell("—" if value is None else int(value) if whole and value is not None else value)
    return found


def shown_cell(leaf: Column, subject: Subject | None, field: Callable[[Subject, str], object] = value_of) -> str | None:
    """What a shown column says about an organisation; blank on rows about none."""
    if subject is None:
        return None
    texts = [str(printed(value_of(subject, path), leaf.way, path, subject) or "") for path in leaf.show]
    return leaf.join.join(text for text in texts if text) or None
