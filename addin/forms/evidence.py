"""The hidden sheet 反查依据: which persons stand behind each number and why the others do not; numbers masked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.forms.conditions import Condition, Test, title_of_condition, why_not
from addin.forms.judging import Judge
from addin.forms.sheet import PrintedForm, Traced
from addin.masking import mask_identity, mask_numbers
from validators.rule import Case
from validators.wording import shown

SHEET = "反查依据"
SCHEMA = 1
HEAD = ("类", "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛")
FORM, PERSON, CONDITION, REASON, CELL, MORE = "表", "人", "条件", "原因", "格", "续"
"""Kinds of lines: the form, a person, a condition, why persons fail one, a traced cell, more of a long list."""

LONGEST = 30_000
"""Characters of a list of numbers in one cell; Excel allows 32,767."""

Line = tuple[str | int, ...]


def evidence_lines(printed: PrintedForm, case: Case, judge: Judge) -> Iterator[Line]:
    """The lines of the sheet under HEAD. Persons are numbered within their population."""
    yield FORM, SCHEMA, printed.filled.form.name, case.as_of.isoformat(), case.book.file, printed.code
    for population, subjects in printed.filled.populations.items():
        for it in subjects:
            masked = mask_identity(it.identity_number) if it.identity_number else ""
            place = it.row.origin
            whose = (it.organisation.code, it.organisation.name)
            yield PERSON, population, it.number, it.name, masked, *whose, place.sheet, place.row
    numbers: dict[tuple[str, Condition], int] = {}
    for trace in printed.traces:
        for one in trace.evidence.conditions:
            numbers.setdefault((trace.evidence.population, one), len(numbers) + 1)
    needed = _needed(printed.traces, judge)
    for (population, one), number in numbers.items():
        yield CONDITION, number, population, title_of_condition(one), organisation_asked(one)
        if organisation_asked(one):
            continue
        for reason, persons in _reasons(one, population, needed[population, one], judge).items():
            yield from _listed((REASON, number, mask_numbers(reason)), persons)
    for trace in printed.traces:
        ids = " ".join(str(numbers[trace.evidence.population, one]) for one in trace.evidence.conditions)
        titles = (trace.row_title, trace.column_title, shown(trace.value))
        head = (CELL, f"{trace.address}:{trace.last}", *titles, trace.evidence.population, ids)
        yield from _listed(head, trace.evidence.persons)


def organisation_asked(one: Condition) -> str:
    """The code of the organisation a condition asks for, else empty.

    Its reasons are not written down: they follow from the persons' organisations, and every row of a table by
    organisation would have to name everybody else.
    """
    return str(one.operands[0]) if isinstance(one, Test) and one.path == "org.code" else ""


def _needed(traces: Sequence[Traced], judge: Judge) -> Mapping[tuple[str, Condition], frozenset[int]]:
    """For each condition those who met everything asked before it in some cell, but not it."""
    found: dict[tuple[str, Condition], frozenset[int]] = {}
    seen: set[tuple[str, tuple[Condition, ...]]] = set()
    for trace in traces:
        population, asked = trace.evidence.population, trace.evidence.conditions
        if (population, asked) in seen:
            continue
        seen.add((population, asked))
        left = judge.everyone(population)
        for one in asked:
            met = judge.meeting(one, population)
            found[population, one] = found.get((population, one), frozenset()) | (left - met)
            left &= met
    return found


def _reasons(one: Condition, population: str, persons: Iterable[int], judge: Judge) -> Mapping[str, list[int]]:
    subjects = judge.subjects(population)
    found: dict[str, list[int]] = {}
    for number in sorted(persons):
        found.setdefault(why_not(one, subjects[number - 1]), []).append(number)
    return found


def _listed(head: Line, persons: Iterable[int]) -> Iterator[Line]:
    """A line ending in a list of numbers; what does not fit follows in lines of the kind MORE."""
    first, *rest = _pieces(ranges(persons))
    yield (*head, first)
    for piece in rest:
        yield MORE, piece


def _pieces(text: str) -> list[str]:
    pieces = []
    while len(text) > LONGEST:
        cut = text.rindex(",", 0, LONGEST)
        pieces.append(text[:cut])
        text = text[cut + 1 :]
    return [*pieces, text]


def ranges(numbers: Iterable[int]) -> str:
    """``1-3,7`` for 1, 2, 3, 7."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of ``1-3,7``."""
    found: list[int] = []
    for part in text.split(","):
        if part:
            first, _, last = part.partition("-")
            found += range(int(first), int(last or first) + 1)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Failed:
    """One line of the 校核 sheet: the relation, where, the cells, both numbers, the persons to look at."""

    where: str
    relation: str
    cells: str
    left: str
    right: str
    difference: str
    persons: str


FAILED_TITLES = ("行或栏", "关系", "单元格", "左边", "右边", "相差", "请核对的人")
_MOST_NAMED = 40


def failed_lines(printed: PrintedForm) -> tuple[Failed, ...]:
    """The failures of a form with the cells they are about, for the sheet 校核."""
    found = []
    for failure in printed.filled.failures:
        cells = "、".join(f"{printed.places.get(place, '')}" for place in failure.places)
        named = [f"{it.name}（{it.row.origin.sheet}第{it.row.origin.row}行）" for it in failure.persons[:_MOST_NAMED]]
        more = f"等{len(failure.persons)}人" if len(failure.persons) > _MOST_NAMED else ""
        left, right = shown(failure.left), shown(failure.right)
        gap = shown(failure.left - failure.right)
        found.append(Failed(failure.text, failure.relation, cells, left, right, gap, "、".join(named) + more))
    return tuple(found)
