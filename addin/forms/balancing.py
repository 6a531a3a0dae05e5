"""Holds the numbers of a filled form against its relations (校核); a failure names cells, both numbers and persons."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from addin.forms.arithmetic import Relation, relation
from addin.forms.counting import UNKNOWN
from addin.forms.filled import Failure, FilledCell, FilledForm, FilledRow
from addin.forms.listing import RollRows
from addin.forms.subjects import Subject

SUM_OF_ROWS = "total = sum"
"""The row relation that the row over all equals the sum of the others, in every counted column."""

Place = tuple[str, str]


def balance(filled: FilledForm) -> tuple[int, tuple[Failure, ...]]:
    """How many relations were evaluated, and those that do not hold."""
    results = list(_evaluated(filled))
    return len(results), tuple(failure for failure in results if failure is not None)


def _evaluated(filled: FilledForm) -> Iterator[Failure | None]:
    form = filled.form
    reported = [row for row in filled.rows if not row.is_missing] if form.column_relations or form.row_relations else []
    keys = [leaf.key for leaf in filled.leaves]
    for row in reported:
        cells = dict(zip(keys, row.cells, strict=True))
        places = {key: (row.key, key) for key in cells}
        for one in map(relation, form.column_relations):
            if _is_known(one, cells) and _is_meant(one, row, cells):
                yield _hold(filled, one, cells, places, row.title)
    for text in form.row_relations if reported else ():
        yield from _rows_hold(filled, text, reported)
    lines = {line.key: line.cell for line in filled.supplement}
    for text in form.supplement_relations:
        places = {key: _supplement_place(key) for key in relation(text).keys}
        cells = {key: lines[key] if key in lines else filled.cell(*place) for key, place in places.items()}
        yield _hold(filled, relation(text), cells, places, "补充资料")


def in_titles(filled: FilledForm, text: str) -> str:
    """A relation with the titles of its columns, rows or lines instead of their keys."""
    titles = {line.key: line.label for line in filled.supplement}
    if not isinstance(filled.rows, RollRows):
        titles |= {row.key: row.title.strip() for row in filled.rows}
    titles |= {leaf.key: leaf.title for leaf in filled.leaves}
    return re.sub(r"[A-Za-z_][A-Za-z0-9_]*", lambda key: titles.get(key[0], key[0]), text)


def _supplement_place(key: str) -> Place:
    row, _, column = key.partition(".")
    return row, column


def _rows_hold(filled: FilledForm, text: str, rows: Sequence[FilledRow]) -> Iterator[Failure | None]:
    for number, leaf in enumerate(filled.leaves):
        if leaf.count is None:
            continue
        cells = {row.key: row.cells[number] for row in rows}
        one = relation(text) if text != SUM_OF_ROWS else _sum_of(rows)
        places = {key: (key, leaf.key) for key in cells}
        if _is_known(one, cells):
            yield _hold(filled, one, cells, places, leaf.title)


def _sum_of(rows: Sequence[FilledRow]) -> Relation:
    total = next(row for row in rows if row.is_total)
    others = tuple((1, row.key) for row in rows if not row.is_total)
    return Relation(f"{total.title} = 各行之和", ((1, total.key),), "=", others)


def _hold(
    filled: FilledForm, one: Relation, cells: Mapping[str, FilledCell], places: Mapping[str, Place], where: str
) -> Failure | None:
    left = sum(sign * _number(cells[key]) for sign, key in one.left)
    right = sum(sign * _number(cells[key]) for sign, key in one.right)
    if one.holds(left, right):
        return None
    persons = _to_look_at(filled, one, cells) if one.sign == "=" else ()
    return Failure(one.text, tuple(places[key] for key in one.keys), left, right, persons, where)


def _is_known(one: Relation, cells: Mapping[str, FilledCell]) -> bool:
    """A relation that names what cannot be worked out (上年底总数 is not filled in) is not evaluated."""
    return all(cells[key].value != UNKNOWN for key in one.keys)


def _is_meant(one: Relation, row: FilledRow, cells: Mapping[str, FilledCell]) -> bool:
    """Whether a relation with ``when`` is held against a row."""
    return not one.when or (not row.is_total and bool(_number(cells[one.when])))


def _number(cell: FilledCell) -> float:
    """A blank or 未报 counts as 0."""
    return cell.value if isinstance(cell.value, int | float) else 0


def _to_look_at(filled: FilledForm, one: Relation, cells: Mapping[str, FilledCell]) -> tuple[Subject, ...]:
    """The subjects that are counted on one side more often than on the other."""
    weight: Counter[tuple[str, int]] = Counter()
    for factor, terms in ((1, one.left), (-1, one.right)):
        for sign, key in terms:
            evidence = cells[key].evidence
            if evidence is not None:
                for number in evidence.persons:
                    weight[evidence.population, number] += factor * sign
    uneven = sorted(entry for entry, count in weight.items() if count)
    return tuple(filled.populations[population][number - 1] for population, number in uneven)
