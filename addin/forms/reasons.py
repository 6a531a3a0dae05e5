"""Why everyone who does not meet a condition does not: for a whole population at once, as a number into a few texts."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat

from addin.forms.conditions import Condition, Group, Test, failed_group, failed_test
from addin.forms.judging import Judge, Kinds
from addin.forms.subjects import Subject
from validators.table import Value
from validators.wording import shown


@dataclass(frozen=True, slots=True)
class Reasons:
    """``codes`` has a number for every subject in order: 0 when the condition is met, else n for ``texts[n - 1]``."""

    texts: Sequence[str]
    codes: "array[int]"


def reasons(one: Condition, population: str, judge: Judge) -> Reasons:
    """The reasons of a condition, worked out once however many forms ask."""
    return judge.once(("reasons", population, one), lambda: _worked_out(one, population, judge))


def _worked_out(one: Condition, population: str, judge: Judge) -> Reasons:
    if isinstance(one, Group):
        return _of_group(one, [reasons(part, population, judge) for part in one.parts], population, judge)
    kinds = judge.kinds(population, one.path)
    if kinds is not None:
        return _of_few(one, kinds, population, judge)
    texts, code_of = dict[str, int](), dict[Value, int]()
    met = judge.meeting(one, population)
    everyone = judge.subjects(population)
    for value, numbers in judge.groups(population, one.path).items():
        code_of[value] = 0
        if numbers[0] not in met:
            stands = _stands(one, value, everyone[numbers[0] - 1])
            code_of[value] = texts.setdefault(failed_test(one, stands), len(texts) + 1)
    return Reasons(tuple(texts), _codes(len(texts), map(code_of.__getitem__, judge.values(population, one.path))))


def _stands(one: Test, value: Value, subject: Subject) -> str:
    """What a subject with this value is told to have."""
    return subject.organisation.name if one.path == "org.code" else shown(value)


def _of_few(one: Test, kinds: Kinds, population: str, judge: Judge) -> Reasons:
    """Of a field with few different values: the place of a value is exchanged for the number of its reason."""
    everyone, texts, numbers = judge.subjects(population), dict[str, int](), list[int]()
    for code, (value, is_met) in enumerate(zip(kinds.values, judge.met_by(one, population, kinds), strict=True)):
        stands = _stands(one, value, everyone[kinds.codes.index(code)])
        numbers.append(0 if is_met else texts.setdefault(failed_test(one, stands), len(texts) + 1))
    return Reasons(tuple(texts), array("B", kinds.codes.translate(bytes(numbers).ljust(256, b"\0"))))


def _of_group(one: Group, parts: Sequence[Reasons], population: str, judge: Judge) -> Reasons:
    if not parts:
        return Reasons((), _codes(0, repeat(0, len(judge.subjects(population)))))
    if len(parts) == 1 and one.mode != "none":
        return Reasons([failed_group(one, (text,)) for text in parts[0].texts], parts[0].codes)
    texts: dict[str, int] = {"": 0}
    known: dict[tuple[int, ...], int] = {}
    every_one = list(zip(*(part.codes for part in parts), strict=True))
    for together in set(every_one):
        inner = [part.texts[code - 1] if code else "" for part, code in zip(parts, together, strict=True)]
        known[together] = texts.setdefault(failed_group(one, inner), len(texts))
    return Reasons(tuple(texts)[1:], _codes(len(texts), map(known.__getitem__, every_one)))


def _codes(most: int, numbers: Iterable[int]) -> "array[int]":
    """The numbers in the narrowest array that holds ``most``."""
    return array("B" if most < 1 << 8 else "H" if most < 1 << 16 else "I", numbers)
