"""The hidden sheet 反查依据: which persons stand behind each number and why the others do not; numbers masked.

It tells what was asked and of whom, not who is in which cell: that follows. All of it is packed, for a committee has
tens of thousands of members and the sheet travels with every form.
"""

import base64
import json
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from addin.forms.balancing import in_titles
from addin.forms.conditions import Condition, Test, title_of_condition
from addin.forms.judging import Judge
from addin.forms.reasons import reasons
from addin.forms.sheet import PrintedForm, TracedRows
from addin.forms.subjects import Subject
from addin.masking import mask_identity, mask_numbers
from validators.rule import Case
from validators.wording import shown

SHEET = "反查依据"
SCHEMA = 2
HEAD = ("类", "甲", "乙", "丙", "丁", "戊")
FORM, PERSONS, CONDITION, CELLS, ROWS, MORE = "表", "人", "条件", "格", "行", "续"
"""Kinds of lines: the form, a population, a condition, the traced cells, the traced rows, more of a long text."""

LONGEST = 30_000
"""Characters of packed text in one cell; Excel allows 32,767."""

_MOST_UNPACKED = 1 << 27

Line = tuple[str | int, ...]


def evidence_lines(printed: PrintedForm, case: Case, judge: Judge) -> Iterator[Line]:
    """The lines of the sheet under HEAD. Persons are numbered within their population."""
    yield FORM, SCHEMA, printed.filled.form.name, case.as_of.isoformat(), case.book.file, printed.code
    for population, subjects in printed.filled.populations.items():
        text = judge.once(("packed persons", population), lambda them=subjects: pack(_persons(them)))  # type: ignore[misc]
        yield from _in_pieces((PERSONS, population), text)
    asked = _asked(printed)
    for (population, one), number in asked.items():
        text = "" if organisation_asked(one) else _packed_reasons(one, population, judge)
        head = (CONDITION, number, population, title_of_condition(one), organisation_asked(one))
        yield from _in_pieces(head, text)
    cells = [
        [
            f"{trace.address}:{trace.last}",
            trace.row_title,
            trace.column_title,
            shown(trace.value),
            trace.evidence.population,
            [asked[trace.evidence.population, one] for one in trace.evidence.conditions],
        ]
        for trace in printed.traces
    ]
    yield from _in_pieces((CELLS,), pack(cells))
    if printed.traced_rows is not None:
        rows = printed.traced_rows
        yield from _in_pieces((ROWS,), pack(_rows(rows, asked), array("I", rows.numbers)))


def _asked(printed: PrintedForm) -> dict[tuple[str, Condition], int]:
    """Every condition with its number."""
    found: dict[tuple[str, Condition], int] = {}
    groups = [(trace.evidence.population, trace.evidence.conditions) for trace in printed.traces]
    if printed.traced_rows is not None:
        groups.append((printed.traced_rows.population, printed.traced_rows.conditions))
    for population, conditions in groups:
        for one in conditions:
            found.setdefault((population, one), len(found) + 1)
    return found


def _persons(subjects: Sequence[Subject]) -> dict[str, Any]:
    """A population by column; organisations and sheets by their place in lists."""
    organisations = {it.organisation.code: it.organisation.name for it in subjects}
    sheets = {it.row.origin.sheet: None for it in subjects}
    places = {code: place for place, code in enumerate(organisations)}
    at = {sheet: place for place, sheet in enumerate(sheets)}
    rows = [it.row.values for it in subjects]
    numbers = [str(row.get("identity_number") or "") for row in rows]
    masked = {number: mask_identity(number) if number else "" for number in set(numbers)}
    return {
        "names": [str(row.get("name") or it.name) for row, it in zip(rows, subjects, strict=True)],
        "numbers": list(map(masked.__getitem__, numbers)),
        "organisations": list(organisations.items()),
        "of": [places[it.organisation.code] for it in subjects],
        "sheets": list(sheets),
        "on": [at[it.row.origin.sheet] for it in subjects],
        "rows": [it.row.origin.row for it in subjects],
    }


def _rows(rows: TracedRows, asked: dict[tuple[str, Condition], int]) -> dict[str, Any]:
    return {
        "last": rows.last_column,
        "population": rows.population,
        "conditions": [asked[rows.population, one] for one in rows.conditions],
        "spans": rows.spans.start if isinstance(rows.spans, range) else list(rows.spans),
        "named": rows.named,
    }


def organisation_asked(one: Condition) -> str:
    """The code of the organisation a condition asks for, else empty.

    Its reasons are not written down: they follow from the persons' organisations, and a table has as many such
    conditions as rows.
    """
    return str(one.operands[0]) if isinstance(one, Test) and one.path == "org.code" else ""


def _packed_reasons(one: Condition, population: str, judge: Judge) -> str:
    def packed() -> str:
        found = reasons(one, population, judge)
        texts = [mask_numbers(text) for text in found.texts]
        return pack(texts, found.codes)

    return judge.once(("packed reasons", population, one), packed)


def pack(data: object, codes: "array[int] | None" = None) -> str:
    """JSON, and perhaps an array of small numbers, as text that fits any cell (zlib, base64)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(text + b"\0" + (_bytes_of(codes) if codes is not None else b""), 3)).decode()


def unpack(text: str) -> "tuple[Any, array[int]]":
    """What was packed. Raises ValueError when the text was changed."""
    try:
        opened = zlib.decompressobj()
        whole, _, rest = opened.decompress(base64.b64decode(text, validate=True), _MOST_UNPACKED).partition(b"\0")
    except zlib.error as problem:
        raise ValueError(str(problem)) from None
    if opened.unconsumed_tail:
        raise ValueError("more is packed here than any form has")
    return json.loads(whole), _codes_of(rest)


def _bytes_of(codes: "array[int]") -> bytes:
    """The kind of array, then the numbers, lowest byte first."""
    if sys.byteorder == "big":
        codes = codes[:]
        codes.byteswap()
    return codes.typecode.encode() + codes.tobytes()


def _codes_of(data: bytes) -> "array[int]":
    kind = data[:1].decode() or "B"
    codes = array(kind if kind in "BHI" else "B")
    codes.frombytes(data[1:])
    if sys.byteorder == "big":
        codes.byteswap()
    return codes


def _in_pieces(head: Line, text: str) -> Iterator[Line]:
    """A line ending in a packed text; what does not fit follows in lines of the kind MORE."""
    yield (*head, text[:LONGEST])
    for start in range(LONGEST, len(text), LONGEST):
        yield MORE, text[start : start + LONGEST]


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
        relation = in_titles(printed.filled, failure.relation)
        found.append(Failed(failure.text, relation, cells, left, right, gap, "、".join(named) + more))
    return tuple(found)
