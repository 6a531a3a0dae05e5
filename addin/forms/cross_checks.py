"""表间校核: numbers of different forms held against each other, person by person, with the reasons that may differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from jsonschema import Draft202012Validator

from addin.forms.conditions import Condition, ConditionError, condition
from addin.forms.crowd import Crowd
from addin.forms.filled import Evidence, FilledForm
from addin.forms.judging import Judge
from addin.forms.library import CONDITIONS, CROSS_CHECKS, CROSS_SCHEMA, FORMS, read_json
from addin.forms.listing import RollRows
from addin.forms.schema_words import in_words
from addin.forms.spec import FormError
from addin.forms.subjects import MEMBER, Subject
from validators.people import PersonKey

TITLES = ("校核项", "左边", "右边", "相差", "有原因的", "需要核对的人", "结果")
_MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class Side:
    """One place numbers come from: a cell by row and column, a supplement line, else the persons of a roll."""

    form: str
    row: str = ""
    column: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """One check: both sides are the same persons (``equal``) or have none in common (``apart``)."""

    title: str
    kind: str
    left: tuple[Side, ...]
    right: tuple[Side, ...]
    explained: tuple[Condition, ...]

    @property
    def forms(self) -> frozenset[str]:
        """The forms that must be filled for it."""
        return frozenset(side.form for side in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class CrossResult:
    """What came out: both numbers, how many differ for a known reason (in words), and who is to be looked at.

    ``difference`` is what is left of the right number; where nobody may be on both sides, how many are.
    """

    title: str
    left: int
    right: int
    explained: str
    to_look_at: tuple[Subject, ...]
    difference: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing is left unexplained."""
        return not self.to_look_at

    def line(self) -> tuple[str | int, ...]:
        """One row under ``TITLES``."""
        named = [f"{it.name}（{it.row.origin.sheet}第{it.row.origin.row}行）" for it in self.to_look_at[:_MOST_NAMED]]
        more = f"等{len(self.to_look_at)}人" if len(self.to_look_at) > _MOST_NAMED else ""
        result = "一致" if self.holds else "不一致"
        names = "、".join(named) + more
        return self.title, self.left, self.right, self.difference, self.explained, names, result


def load_cross_checks() -> tuple[CrossCheck, ...]:
    """The shipped checks. Raises FormError."""
    data = read_json(FORMS / CROSS_CHECKS)
    problems = list(Draft202012Validator(read_json(FORMS / CROSS_SCHEMA)).iter_errors(data))
    if problems:
        raise FormError(f"表间校核 {CROSS_CHECKS} 不能用：{in_words(problems[0])}。")
    named = {**read_json(FORMS / CONDITIONS), **data.get("named", {})}
    try:
        return tuple(_check(entry, named) for entry in data["checks"])
    except ConditionError as problem:
        raise FormError(f"表间校核 {CROSS_CHECKS} 不能用：{problem}。") from None


def _check(data: Mapping[str, Any], named: Mapping[str, Any]) -> CrossCheck:
    left, right = (tuple(Side(**side) for side in data[key]) for key in ("left", "right"))
    explained = tuple(condition(name, named, MEMBER) for name in data.get("explained", ()))
    return CrossCheck(data["title"], data.get("kind", "equal"), left, right, explained)


def cross_check(checks: Iterable[CrossCheck], filled: Sequence[FilledForm], judge: Judge) -> list[CrossResult]:
    """The results of all checks whose forms were filled."""
    by_name = {one.form.name: one for one in filled}
    return [_result(check, by_name, judge) for check in checks if check.forms <= by_name.keys()]


def _result(check: CrossCheck, filled: Mapping[str, FilledForm], judge: Judge) -> CrossResult:
    evidence, against = (_of_sides(sides, filled) for sides in (check.left, check.right))
    number, other = _total(evidence), _total(against)
    if check.kind == "equal":
        evidence, against = _apart(evidence, against)
        if not _total(evidence) and not _total(against):
            return CrossResult(check.title, number, other, "", ())
    left, right = _persons(evidence, judge), _persons(against, judge)
    if check.kind == "apart":
        uneven = sorted(left.keys() & right.keys())
    else:
        lefts, rights = _counts(left), _counts(right)
        uneven = sorted(key for key in left.keys() | right.keys() if lefts[key] != rights[key])
    reasons: Counter[str] = Counter()
    to_look_at = []
    members = judge.once(("members by key",), lambda: _by_key(judge)) if uneven else {}
    for key in uneven:
        subject = members.get(key)
        reason = _reason(check, subject, judge) if subject is not None else ""
        if reason:
            reasons[reason] += 1
        else:
            to_look_at.append(subject or (left.get(key) or right[key])[0])
    words = "；".join(f"{reason} {count} 人" for reason, count in reasons.items())
    difference = len(uneven) if check.kind == "apart" else number - other
    return CrossResult(check.title, number, other, words, tuple(to_look_at), difference)


def _of_sides(sides: Iterable[Side], filled: Mapping[str, FilledForm]) -> list[Evidence]:
    return [each for side in sides for each in _evidence(side, filled[side.form])]


def _by_key(judge: Judge) -> Mapping[PersonKey, Subject]:
    return {_key(it): it for it in judge.subjects(MEMBER)}


def _apart(left: list[Evidence], right: list[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Both sides without the subjects of one population that either counts just once: they even each other out."""
    here, there = (reduce(Crowd.join, (each.persons for each in side), Crowd()) for side in (left, right))
    is_one_kind = len({each.population for each in (*left, *right)}) == 1
    if not is_one_kind or len(here) != _total(left) or len(there) != _total(right):
        return left, right
    common = here.meet(there)
    one, other = ([replace(each, persons=each.persons.without(common)) for each in side] for side in (left, right))
    return one, other


def _total(side: Iterable[Evidence]) -> int:
    return sum(len(each.persons) for each in side)


def _reason(check: CrossCheck, subject: Subject, judge: Judge) -> str:
    for one in check.explained:
        if subject.number in judge.meeting(one, MEMBER):
            return one.title
    return ""


def _persons(side: Iterable[Evidence], judge: Judge) -> dict[PersonKey, list[Subject]]:
    found: dict[PersonKey, list[Subject]] = {}
    for evidence in side:
        everyone = judge.subjects(evidence.population)
        for number in evidence.persons:
            subject = everyone[number - 1]
            found.setdefault(_key(subject), []).append(subject)
    return found


def _evidence(side: Side, form: FilledForm) -> Iterator[Evidence]:
    if side.row or side.line:
        evidence = form.cell(side.row or side.line, side.column).evidence
        if evidence is not None:
            yield evidence
        return
    if isinstance(form.rows, RollRows):
        yield Evidence(form.form.population, form.form.scope, Crowd.of(form.rows.numbers))


def _counts(persons: Mapping[PersonKey, list[Subject]]) -> Counter[PersonKey]:
    return Counter({key: len(subjects) for key, subjects in persons.items()})


def _key(subject: Subject) -> PersonKey:
    """Who, and in whose register; a row without number stands for itself."""
    number = subject.identity_number or f"{subject.register} {subject.number}"
    return PersonKey(subject.organisation.code, number)
