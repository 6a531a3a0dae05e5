"""Fills one form for one case: rows, supplement, cards, notes and the result of its relations."""

from collections.abc import Sequence
from dataclasses import replace

from addin.disclosing import Masking
from addin.forms.balancing import balance
from addin.forms.cards import cards
from addin.forms.counting import count_lines, count_rows
from addin.forms.filled import FilledForm, FilledRow
from addin.forms.judging import Judge
from addin.forms.listing import list_rows
from addin.forms.spec import DERIVED_NOTE, Form
from addin.forms.subjects import COVER, ORGANISATION, nobody_reported, organisations
from validators.rule import Case


def fill_form(form: Form, case: Case, judge: Judge | None = None, *, masking: Masking = "") -> FilledForm:
    """The form filled from a workbook. Give the same ``judge`` for several forms of one case."""
    judge = judge or Judge(case)
    rows: Sequence[FilledRow] = count_rows(form, judge) if form.kind == "count" else ()
    if form.kind == "list":
        rows = list_rows(form, judge, masking=masking)
    lines = count_lines(form, judge)
    pages = cards(form, judge, masking=masking) if form.kind == "card" else ()
    fixed = form.rows.fixed if form.rows is not None else ()
    used = {form.population, *(leaf.population for leaf in form.leaves), *(line.population for line in form.supplement)}
    used |= {row.population for row in fixed if row.population}
    filled = FilledForm(
        form=form,
        columns=form.columns,
        rows=rows,
        supplement=lines,
        cards=pages,
        populations={name: judge.subjects(name) for name in sorted(used)},
        notes=_notes(form, case),
        nobody_reported=nobody_reported(case),
    )
    checked, failures = balance(filled)
    return replace(filled, checked=checked, failures=failures)


def _notes(form: Form, case: Case) -> tuple[str, ...]:
    notes = list(form.notes)
    if form.status == "derived":
        notes.append(DERIVED_NOTE)
    missing = [one.name for one in organisations(case) if one.is_missing]
    if missing and (form.kind in ("count", "list") or form.population == COVER) and form.population != ORGANISATION:
        left_out = "其人员不在本表" if form.kind == "list" else "不计入合计"
        notes.append(f"未报党组织 {len(missing)} 个，{left_out}：{'、'.join(missing)}。")
    by_hand = any(leaf.by_hand for leaf in form.leaves) or any(line.by_hand for line in form.supplement)
    if by_hand or any(row.by_hand for row in (form.rows.fixed if form.rows is not None else ())):
        notes.append("斜线底纹的栏目台账没有登记，请手工填写。")
    return tuple(notes)
