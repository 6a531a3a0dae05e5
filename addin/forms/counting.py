"""Fills summary forms: rows by organisation, by class or given ones, each number with the subjects behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from addin.forms.arithmetic import evaluate, expression_keys
from addin.forms.conditions import Condition, Group, Test
from addin.forms.fields import title_of, value_of
from addin.forms.filled import Evidence, FilledCell, FilledLine, FilledRow
from addin.forms.judging import Judge, organisation_test
from addin.forms.printing import printed
from addin.forms.spec import Column, FixedRow, Form, Rows
from addin.forms.subjects import ORGANISATION, Subject, nobody_reported, organisations
from validators.rule import Case
from validators.table import Value
from validators.wording import shown

NOT_REPORTED = "未报"
TOTAL = "total"
"""Key of the row over all."""

UNKNOWN = "—"
"""A number that cannot be worked out: something divided by nothing, or a sum of what is not filled in."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One row to fill: key, title, conditions, the organisation it is about, and what is special about it."""

    key: str
    title: str
    conditions: tuple[Condition, ...] = ()
    indent: int = 0
    about: Subject | None = None
    is_missing: bool = False
    fixed: FixedRow | None = None


def count_rows(form: Form, judge: Judge) -> tuple[FilledRow, ...]:
    """The filled rows of a summary form."""
    assert form.rows is not None
    asked = list(_rows(form.rows, judge))
    if nobody_reported(judge.case):
        asked = [replace(one, is_missing=True) for one in asked]
    found = [_row(form, judge, one) for one in asked]
    kept = [row for row in found if _stands(row, form)]
    return tuple(_with_computed_rows(form.rows, kept))


def count_lines(form: Form, judge: Judge) -> tuple[FilledLine, ...]:
    """The numbers of the 补充资料."""
    found = []
    for line in form.supplement:
        if line.count is None:
            found.append(FilledLine(line.key, line.label, FilledCell(by_hand=line.by_hand), line.indent))
            continue
        if nobody_reported(judge.case) or _asks_silent(line.count, judge):
            found.append(FilledLine(line.key, line.label, FilledCell(NOT_REPORTED), line.indent))
            continue
        evidence = judge.evidence(line.population, line.count)
        found.append(FilledLine(line.key, line.label, FilledCell(len(evidence.persons), evidence), line.indent))
    return tuple(found)


def _rows(rows: Rows, judge: Judge) -> Iterator[_Asked]:
    if rows.total:
        yield _Asked(TOTAL, rows.total)
    for fixed in rows.fixed:
        yield _Asked(fixed.key, fixed.title, fixed.conditions, fixed.indent, fixed=fixed)
    if rows.by == "organisation":
        by_code = {it.organisation.code: it for it in judge.subjects(ORGANISATION)}
        for one in organisations(judge.case):
            yield _Asked(one.code, one.name, (organisation_test(one),), 0, by_code.get(one.code), one.is_missing)
    elif rows.by:
        title = title_of(rows.by, "member")
        for place, word in enumerate(rows.words, 1):
            asked = (Test(f"{title}为{word}", rows.by, title, "is", (word,)),)
            yield _Asked(f"w{place}", word, asked, is_missing=_asks_silent(asked, judge))


def _asks_silent(conditions: Sequence[Condition], judge: Judge) -> bool:
    """Whether organisations of a class are asked for all of which should have reported and have not: then nothing is
    known of the class either.
    """
    for one in conditions:
        if isinstance(one, Group):
            if one.mode == "all" and _asks_silent(one.parts, judge):
                return True
        elif one.path in _CLASSES and one.operator == "is" and _silent_words(one.path, judge).issuperset(one.operands):
            return True
    return False


_CLASSES = ("org.category", "org.unit_class")
"""Fields that class organisations."""


def _silent_words(path: str, judge: Judge) -> frozenset[str]:
    """The classes all of whose organisations have not reported."""
    return judge.once(("silent", path), lambda: frozenset(_silent(path.rpartition(".")[2], judge.case)))


def _silent(name: str, case: Case) -> Iterator[str]:
    spoken = {getattr(one, name) for one in organisations(case) if not one.is_missing}
    yield from (getattr(one, name) for one in organisations(case) if getattr(one, name) not in spoken)


def _row(form: Form, judge: Judge, asked: _Asked) -> FilledRow:
    cells: dict[str, FilledCell] = {}
    for leaf in form.leaves:
        if asked.fixed is not None and (asked.fixed.by_hand or asked.fixed.cover or asked.fixed.compute):
            cells[leaf.key] = _special(asked.fixed, judge)
        elif (asked.is_missing and (leaf.count is not None or leaf.compute)) or _asks_silent(leaf.count or (), judge):
            cells[leaf.key] = FilledCell(NOT_REPORTED)
        elif leaf.count is not None:
            evidence = _counted(form, judge, leaf, asked)
            cells[leaf.key] = FilledCell(len(evidence.persons), evidence)
        elif leaf.show:
            cells[leaf.key] = FilledCell(_shown(leaf, asked.about))
        else:
            cells[leaf.key] = FilledCell(by_hand=leaf.by_hand)
    if not asked.is_missing:
        cells |= _computed(form.leaves, cells)
    ordered = tuple(cells[leaf.key] for leaf in form.leaves)
    return FilledRow(asked.key, asked.title, ordered, asked.indent, asked.key == TOTAL, asked.is_missing)


def _special(fixed: FixedRow, judge: Judge) -> FilledCell:
    if fixed.cover:
        value = judge.case.book.cover.whole(fixed.cover)
        return FilledCell(value) if value is not None else FilledCell(UNKNOWN)
    return FilledCell(by_hand=fixed.by_hand)


def _counted(form: Form, judge: Judge, leaf: Column, asked: _Asked) -> Evidence:
    population = asked.fixed.population if asked.fixed is not None and asked.fixed.population else leaf.population
    scope = form.scope if not leaf.is_whole and population == form.population else ()
    return judge.evidence(population, (*scope, *asked.conditions, *(leaf.count or ())))


def _stands(row: FilledRow, form: Form) -> bool:
    """Whether a row is printed: always, unless the form keeps only rows that count somebody."""
    keep = form.rows.keep if form.rows is not None else ()
    if not keep or row.is_total or row.is_missing:
        return True
    return any(cell.value for leaf, cell in zip(form.leaves, row.cells, strict=True) if leaf.key in keep)


def _computed(leaves: Sequence[Column], cells: Mapping[str, FilledCell]) -> dict[str, FilledCell]:
    """Columns worked out from others, in order, so that later ones may use earlier ones."""
    known = {key: cell.value for key, cell in cells.items()}
    found = {}
    for leaf in leaves:
        if leaf.compute:
            known[leaf.key] = _worked_out(leaf.compute, known, whole=leaf.way != "percent")
            found[leaf.key] = FilledCell(known[leaf.key])
    return found


def _with_computed_rows(rows: Rows, filled: Sequence[FilledRow]) -> Iterator[FilledRow]:
    """Rows worked out from others, in every column."""
    compute = {fixed.key: fixed.compute for fixed in rows.fixed if fixed.compute}
    known = [{row.key: row.cells[place].value for row in filled} for place in range(len(filled[0].cells))]
    for row in filled:
        if row.key not in compute:
            yield row
            continue
        for column in known:
            column[row.key] = _worked_out(compute[row.key], column, whole=True)
        yield replace(row, cells=tuple(FilledCell(column[row.key]) for column in known))


def _worked_out(text: str, known: Mapping[str, Value], *, whole: bool) -> Value:
    """The value of an expression; a blank counts 0, what is unknown makes the result unknown."""
    if any(known[key] in (UNKNOWN, NOT_REPORTED) for key in expression_keys(text)):
        return UNKNOWN
    value = evaluate(text, lambda key: _number(known[key]))
    if value is None:
        return UNKNOWN
    return int(value) if whole and value.is_integer() else value


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _shown(leaf: Column, subject: Subject | None) -> str | None:
    """What a shown column says about an organisation; blank on rows about none."""
    if subject is None:
        return None
    texts = [shown(printed(value_of(subject, path), leaf.way, path, subject)) for path in leaf.show]
    return leaf.join.join(text for text in texts if text) or None
