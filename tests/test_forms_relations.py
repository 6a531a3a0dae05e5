"""Relations of all forms on drawn committees: what does not balance is a draft naming its cells; 未报 is not 0."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.forms.cross_checks import cross_check, load_cross_checks
from addin.forms.filled import FilledForm, FilledRow
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from tests.drawn_committees import Drawn, code, committees
from tests.recount.counting import CLASS_OF_CATEGORY
from validators.codes import code_lists

FORMS = {name: form for name, form in load_forms().items() if form.kind != "card" and "committee" in form.levels}
CHECKS = load_cross_checks()
Broken = tuple[frozenset[tuple[str, str]], float, float]
"""Cells, left and right number of a relation that does not hold."""


def filled_forms(drawn: Drawn, status: str = "未报") -> dict[str, FilledForm]:
    case = drawn.case(status)
    judge = Judge(case)
    return {name: fill_form(form, case, judge) for name, form in FORMS.items()}


def broken(form: FilledForm) -> list[Broken]:
    """The relations that do not hold, reckoned from the printed numbers alone: no engine, blank and by hand are 0."""
    reported = [row for row in form.rows if not row.is_missing]
    found = []
    for whole in form.form.column_relations:
        text, _, when = whole.partition(" when ")
        for row in reported:
            if when and (row.is_total or not dict(_values(form, row))[when]):
                continue
            found += _reckon(text, {key: ((row.key, key), value) for key, value in _values(form, row)})
    for text in form.form.row_relations if reported else ():
        for place, leaf in enumerate(form.leaves):
            if leaf.count is None:
                continue
            cells = {row.key: ((row.key, leaf.key), row.cells[place].value) for row in reported}
            total = " + ".join(row.key for row in reported if not row.is_total)
            found += _reckon(text.replace("sum", total or "nothing"), {**cells, "nothing": (("", ""), 0)})
    lines: dict[str, tuple[tuple[str, str], object]] = {
        line.key: ((line.key, ""), line.cell.value) for line in form.supplement
    }
    for row in form.rows:
        lines |= {f"{row.key}.{key}": ((row.key, key), value) for key, value in _values(form, row)}
    for text in form.form.supplement_relations:
        found += _reckon(text, lines)
    return found


def _values(form: FilledForm, row: FilledRow) -> Iterator[tuple[str, object]]:
    for leaf, cell in zip(form.leaves, row.cells, strict=True):
        yield leaf.key, cell.value


def _reckon(text: str, cells: Mapping[str, tuple[tuple[str, str], object]]) -> list[Broken]:
    left, sign, right = re.split(r"(<=|=)", text)
    sides = [
        [(-1 if minus else 1, key) for minus, key in re.findall(r"(-?)\s*([\w.]+)", side)] for side in (left, right)
    ]
    keys = [key for side in sides for _, key in side]
    if any(cells[key][1] == "—" for key in keys):
        return []
    one, other = (sum(times * _number(cells[key][1]) for times, key in side) for side in sides)
    if one == other or (sign == "<=" and one < other):
        return []
    return [(frozenset(cells[key][0] for key in keys if key != "nothing"), one, other)]


def _number(value: object) -> float:
    return value if isinstance(value, int | float) else 0


@settings(max_examples=40)
@given(st.booleans().flatmap(lambda blanks: committees(blanks=blanks)))
def test_a_table_is_a_draft_exactly_when_a_relation_fails_and_names_its_cells(drawn: Drawn) -> None:
    for name, form in filled_forms(drawn).items():
        told = [(frozenset(one.places), one.left, one.right) for one in form.failures]
        assert Counter(told) == Counter(broken(form)), name
        assert form.is_draft == bool(told)


EXCUSED = {
    *(("三查三核核查报告", text) for text in ("c7 = c10", "c8 = c11", "c9 = c12")),
    ("党员数量变化情况", "r16 = r15"),
}
"""What the branches' own conclusions, or the number on the cover, may contradict: checks of the data, not sums."""
SITUATIONS = ("失去联系党员情况", "c1 = c21 + c22 + c23 + c24 + c25 + c26 + c27")
"""Who is lost and has no file has no 失去联系情形 either."""


@settings(max_examples=40)
@given(committees(blanks=False))
def test_every_other_relation_holds_when_nothing_is_blank(drawn: Drawn) -> None:
    filed = {(row["source_organisation"], row["identity_number"]) for row in drawn.rows.get("lost_file", ())}
    for name, form in filled_forms(drawn).items():
        for failure in form.failures:
            if (name, failure.relation) == SITUATIONS:
                assert not filed & {(one.organisation.code, one.identity_number) for one in failure.persons}
            else:
                assert (name, failure.relation) in EXCUSED


def silent_classes(form: FilledForm, drawn: Drawn) -> frozenset[str]:
    """Keys of the rows, columns and lines of classes all of whose branches are silent."""
    words = code_lists()["organisation_category"].words
    of = {code(number): words[number] for number in range(len(drawn.kinds))}
    spoken = {word for one, word in of.items() if one not in drawn.silent}
    by = form.form.rows.by if form.form.rows is not None else ""
    silent = set(of.values()) - spoken
    if by != "org.category":
        silent = {CLASS_OF_CATEGORY[word] for word in of.values()} - {CLASS_OF_CATEGORY[word] for word in spoken}
    rows = {row.key for row in form.rows if by in ("org.category", "org.unit_class") and row.title in silent}
    columns = {leaf.key for leaf in form.leaves if form.form.number == "党统8表" and leaf.title in silent}
    has_schools = "高等学校" in "".join(line.label for line in form.supplement)
    lines = SCHOOL_LINES if has_schools and "学校" in set(of.values()) - spoken else ()
    return frozenset((*rows, *columns, *lines))


SCHOOL_LINES = ("s1", "s1a", "s1b", "s1c")
"""补充资料 about 高等学校."""


@settings(max_examples=30)
@given(committees(blanks=True, silent=1))
def test_not_reported_is_never_nought(drawn: Drawn) -> None:
    """The same committee once with branches that have not reported, once with the same branches reporting nobody."""
    silent, empty = filled_forms(drawn), filled_forms(drawn, "已报")
    nothing_known = set(drawn.kinds) == {"silent"}
    for name, form in silent.items():
        numbers, noughts = _numbers(form), _numbers(empty[name])
        missing = drawn.silent | silent_classes(form, drawn)
        unknown = {place for place in numbers if nothing_known or missing.intersection(place)}
        assert {numbers[place] for place in unknown} <= {"未报"}
        assert {noughts[place] for place in unknown & noughts.keys()} <= {0, "—"}
        rest = {place: number for place, number in numbers.items() if place not in unknown}
        assert rest == {place: noughts[place] for place in rest}
        assert "未报" not in rest.values()
        told = [note for note in form.notes if f"未报党组织 {len(drawn.silent)} 个" in note]
        assert len(told) == (form.form.population != "organisation")
        assert not any("未报党组织" in note for note in empty[name].notes)


@settings(max_examples=30)
@given(st.booleans().flatmap(lambda blanks: st.tuples(st.just(blanks), committees(blanks=blanks, silent=1))))
def test_forms_agree_with_each_other_whoever_has_not_reported(given_one: tuple[bool, Drawn]) -> None:
    blanks, drawn = given_one
    lines, others = (
        [one.line() for one in cross_check(CHECKS, list(filled_forms(drawn, word).values()), Judge(drawn.case(word)))]
        for word in ("未报", "已报")
    )
    assert lines == others
    assert blanks or [line for line in lines if line[-1] != "一致"] == []


def _numbers(form: FilledForm) -> dict[tuple[str, str], object]:
    """What is counted or reckoned, by row (line) and column."""
    special = (
        {row.key for row in form.form.rows.fixed if row.by_hand or row.cover or row.compute} if form.form.rows else ()
    )
    found: dict[tuple[str, str], object] = {
        (line.key, ""): line.cell.value for line in form.supplement if not line.cell.by_hand
    }
    for row in form.rows:
        for leaf, cell in zip(form.leaves, row.cells, strict=True):
            if row.key not in special and (leaf.count is not None or leaf.compute):
                found[row.key, leaf.key] = cell.value
    return found
