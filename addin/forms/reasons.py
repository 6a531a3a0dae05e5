"""Why everyone who does not meet a condition does not: for a whole population at once, as a number into a few texts."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from addin.forms.conditions import Condition, Group, failed_group, failed_test
from addin.forms.judging import Judge
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
    size = len(judge.subjects(population))
    if isinstance(one, Group):
        return _of_group(one, [reasons(part, population, judge) for part in one.parts], size)
    codes, texts = array("I", bytes(4 * size)), dict[str, int]()
    met = judge.meeting(one, population)
    everyone = judge.subjects(population)
    for value, numbers in judge.groups(population, one.path).items():
        if numbers[0] in met:
            continue
        stands = everyone[numbers[0] - 1].organisation.name if one.path == "org.code" else shown(value)
        code = texts.setdefault(failed_test(one, stands), len(texts) + 1)
        for number in numbers:
            codes[number - 1] = code
    return Reasons(tuple(texts), codes)


def _of_group(one: Group, parts: Sequence[Reasons], size: int) -> Reasons:
    if not parts:
        return Reasons((), array("I", bytes(4 * size)))
    texts: dict[str, int] = {"": 0}
    known: dict[tuple[int, ...], int] = {}
    codes = array("I")
    for together in zip(*(part.codes for part in parts), strict=True):
        if together not in known:
            inner = [part.texts[code - 1] if code else "" for part, code in zip(parts, together, strict=True)]
            known[together] = texts.setdefault(failed_group(one, inner), len(texts))
        codes.append(known[together])
    return Reasons(tuple(texts)[1:], codes)
