"""Fills rolls (名册): one row a subject in scope, each row traceable to that subject."""

from datetime import date

from addin.disclosing import Masking
from addin.forms.fields import value_of
from addin.forms.filled import Evidence, FilledCell, FilledRow
from addin.forms.judging import Judge
from addin.forms.printing import printed
from addin.forms.spec import Column, Form
from addin.forms.subjects import Subject
from validators.happened import latest_day
from validators.table import Value
from validators.wording import shown


def listed(form: Form, judge: Judge) -> tuple[Subject, ...]:
    """The subjects a roll or card form is about, in printing order: by the form's order, else as in the register."""
    persons = judge.evidence(form.population, form.scope).persons
    found = [it for it in judge.subjects(form.population) if it.number in persons]
    return tuple(sorted(found, key=lambda it: [_sort_key(value_of(it, path)) for path in form.order]))


def list_rows(form: Form, judge: Judge, *, masking: Masking = "") -> tuple[FilledRow, ...]:
    """The filled rows of a roll."""
    found = []
    for number, subject in enumerate(listed(form, judge), 1):
        evidence = Evidence(form.population, form.scope, frozenset({subject.number}))
        cells = tuple(FilledCell(_cell(leaf, subject, number, masking), evidence, leaf.by_hand) for leaf in form.leaves)
        found.append(FilledRow(f"n{number}", "", cells))
    return tuple(found)


def _cell(leaf: Column, subject: Subject, number: int, masking: Masking) -> Value:
    if leaf.show == ("#",):
        return number
    values = [printed(value_of(subject, path), leaf.way, path, subject, masking=masking) for path in leaf.show]
    if len(values) == 1:
        return values[0]
    return leaf.join.join(text for value in values if (text := shown(value))) or None


def _sort_key(value: Value) -> tuple[int, str]:
    """Blank last; dates by day; 正式 before 预备 comes out of the words' own order being turned by ``member_type``."""
    if value is None:
        return (1, "")
    day = latest_day(value)
    if isinstance(day, date):
        return (0, day.isoformat())
    return (0, {"正式党员": "0", "预备党员": "1"}.get(str(value), str(value)))
