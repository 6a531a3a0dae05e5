"""通话登记单: whom each contact person has to reach, and how what was typed beside it becomes rows of 联系记录."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from addin.masking import mask_identity, mask_numbers
from addin.weekly_load import NOBODY, by_person
from validators.codes import code_lists
from validators.due import DueItem
from validators.facts import PersonFacts
from validators.people import PersonKey
from validators.registers import registers
from validators.table import Row, Table, Value
from validators.words import Initiator

_TO_CALL = ("R-CONTACT-", "R-FOLLOW-")
_TYPED = ("contacted_on", "channel", "answered", "content", "request")
_NEEDED = ("contact_person", "contacted_on", "channel", "answered", "content")
_SAME = ("identity_number", "contacted_on", "channel", "content")


@dataclass(frozen=True, slots=True)
class CallResults:
    """New rows for 联系记录 by column key, rows of the sheet that stand there already, and what cannot be used."""

    rows: tuple[dict[str, Value], ...]
    repeated: int
    problems: tuple[str, ...]


def call_rows(items: Iterable[DueItem], everyone: Iterable[PersonFacts]) -> list[dict[str, Value]]:
    """The rows of the register ``call_sheet``, one a member, by contact person, the most urgent first.

    Identity numbers are masked; phones are not, for they are dialled. Result columns are left blank.
    """
    facts = {one.key: one for one in everyone}
    calls = [item for item in items if item.rule.startswith(_TO_CALL) and item.key in facts]
    rows: list[dict[str, Value]] = []
    for theirs in by_person(calls).values():
        members: dict[PersonKey, list[DueItem]] = {}
        for item in theirs:
            members.setdefault(item.key, []).append(item)
        rows += [_row(facts[key], each) for key, each in members.items()]
    return [{"number": number, **row} for number, row in enumerate(rows, 1)]


def _row(one: PersonFacts, items: Sequence[DueItem]) -> dict[str, Value]:
    first = items[0]
    return {
        "contact_person": first.contact_person or None,
        "name": one.name,
        "identity_number": mask_identity(one.key.identity_number),
        "phone": "、".join(dict.fromkeys(_phones(one))) or None,
        "emergency": _emergency(one),
        "item": "、".join(dict.fromkeys(item.kind for item in items)),
        "due_on": first.due,
        "text": mask_numbers(first.text.rpartition("；")[2]),
    }


def _rows_about(one: PersonFacts) -> Iterator[Row]:
    """Where a number to dial may stand: the open absence first, then the roster."""
    if one.situation.away is not None:
        yield one.situation.away.row
    yield one.member


def _phones(one: PersonFacts) -> Iterator[str]:
    for row in _rows_about(one):
        yield from (row.text(key) for key in ("away_phone", "mobile") if row.text(key))


def _emergency(one: PersonFacts) -> str | None:
    for row in _rows_about(one):
        if row.text("emergency_contact"):
            return f"{row.text('emergency_contact')} {row.text('emergency_phone')}".strip()
    return None


def call_results(typed: Table, everyone: Iterable[PersonFacts], log: Iterable[Row], latest: date) -> CallResults:
    """What was typed into a 通话登记单, checked against the roster; a contact cannot lie after ``latest`` (today).

    A row without any result is left out, one already in 联系记录 counted as repeated; every other row is either
    taken whole or named with its cell in ``problems``.
    """
    members: dict[tuple[str, str], list[PersonFacts]] = {}
    for one in everyone:
        members.setdefault((one.name, mask_identity(one.key.identity_number)), []).append(one)
    known = {tuple(row[key] for key in _SAME) for row in log}
    rows, problems, repeated = [], [], 0
    for row in typed:
        if all(row[key] is None for key in _TYPED):
            continue
        faults = list(_faults(row, latest))
        found = members.get((row.text("name"), row.text("identity_number")), [])
        if len(found) != 1:
            faults.append(f"党员名册里{'有多个' if found else '没有'}“{row.text('name')}”{row.text('identity_number')}")
        if faults:
            problems.append(f"第{row.origin.row}行（{row.text('name')}）：{'；'.join(faults)}")
            continue
        entry = _entry(row, found[0])
        if tuple(entry.get(key) for key in _SAME) in known:
            repeated += 1
            continue
        known.add(tuple(entry.get(key) for key in _SAME))
        rows.append(entry)
    return CallResults(tuple(rows), repeated, tuple(problems))


def _faults(row: Row, latest: date) -> Iterator[str]:
    register = registers()["call_sheet"]
    for key in _NEEDED:
        column, value = register.column(key), row[key]
        if value is None or value == NOBODY:
            yield f"“{column.title}”没有填"
        elif column.codes and value not in code_lists()[column.codes].words:
            yield f"“{column.title}”填的“{value}”不在可选范围：{'、'.join(code_lists()[column.codes].words)}"
    day = row["contacted_on"]
    if day is not None and not isinstance(day, date):
        yield f"“联系日期”填的“{day}”看不懂，请写成 2026-12-03 这样"
    elif isinstance(day, date) and day > latest:
        yield f"“联系日期”{day} 晚于今天 {latest}"


def _entry(row: Row, one: PersonFacts) -> dict[str, Value]:
    values: Mapping[str, Value] = row.values
    taken = {key: values[key] for key in (*_NEEDED, "request") if values.get(key) is not None}
    return {"identity_number": one.member["identity_number"], "name": one.name, "initiator": Initiator.BRANCH, **taken}
