"""冲突处理: the same person told differently by different organisations, and the clerk's choices, kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from addin.masking import mask_identity
from addin.submissions import BY_PLACE, MergedRow, Rows
from validators.registers import registers
from validators.table import Value
from validators.words import ConflictKind, RelationBelonging

ROSTER, INFLOW = "member_roster", "inflow"
SHARED_WITH_HOST = ("name", "sex", "member_type")
"""What a host branch also writes down about a member and what cannot differ from the home roster."""

UNDECIDED_AGAIN = "两方填法已变，请重新确定；原定："
MOST_COMPARED = 50
"""Among more people of one name than this, transposed digits are not looked for: nobody could tell them apart."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field of one person on which two rows disagree. ``adopt``, ``reason`` and ``decided_on`` are the clerk's."""

    kind: str
    register: str
    field: str
    one: MergedRow
    two: MergedRow
    value_one: str
    value_two: str
    adopt: str = ""
    reason: str = ""
    decided_on: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What a choice is remembered by: kind, person as the sheet shows it, sheet and field."""
        masked = mask_identity(self.one.identity)
        return self.kind, masked, self.one.text("name"), registers()[self.register].title, self.field


def doubles(rows: Rows) -> Mapping[str, Sequence[MergedRow]]:
    """双重名册 (R-FLD-IDUNIQ): by identity number, the roster rows of members who have not left two organisations.

    Rows in order of organisation code; a number written twice by one organisation is that branch's own finding.
    """
    found: dict[str, list[MergedRow]] = defaultdict(list)
    for row in sorted(_living(rows), key=BY_PLACE):
        if row.identity:
            found[row.identity].append(row)
    return {number: group for number, group in sorted(found.items()) if _organisations(group) > 1}


def conflicts(rows: Rows, twice: Mapping[str, Sequence[MergedRow]] | None = None) -> list[Conflict]:
    """Every conflict, in a fixed order: 双重名册 with the fields that differ, then 流入党员 against the roster,
    then people of one name who may be one (same birth date, transposed digits, same mobile) in two organisations.

    ``twice`` are the ``doubles`` of these rows where they are known already.
    """
    found: list[Conflict] = []
    for group in (doubles(rows) if twice is None else twice).values():
        for one, two in _across(group):
            found.append(_on(ConflictKind.DOUBLE_ROSTER, ROSTER, "relation_belonging", one, two))
            found += _fields(ROSTER, one, two, [column.key for column in registers()[ROSTER].columns])
    found += _host_against_home(rows)
    found += _near(rows)
    return found


def remembered(found: Iterable[Conflict], previous: Sequence[Mapping[str, Value]]) -> list[Conflict]:
    """The conflicts with what the clerk decided in the previous workbook (rows of the sheet 冲突处理).

    A choice between values that have changed since is not applied; it stays readable in 理由.
    """
    decided: dict[tuple[str, ...], list[Mapping[str, Value]]] = defaultdict(list)
    for row in previous:
        if any(row.get(key) for key in ("adopt", "reason", "decided_on")):
            decided[_sheet_key(row)].append(row)
    return [_with_choice(conflict, decided.get(conflict.key, ())) for conflict in found]


def _with_choice(conflict: Conflict, rows: Sequence[Mapping[str, Value]]) -> Conflict:
    values = conflict.value_one, conflict.value_two
    for row in rows:
        if (_text(row, "value_one"), _text(row, "value_two")) == values:
            return replace(
                conflict,
                adopt=_text(row, "adopt"),
                reason=_text(row, "reason"),
                decided_on=_text(row, "decided_on"),
            )
    if not rows:
        return conflict
    reason, adopt = _text(rows[0], "reason"), _text(rows[0], "adopt")
    if not reason.startswith(UNDECIDED_AGAIN):
        reason = UNDECIDED_AGAIN + "，".join(part for part in (adopt, reason) if part)
    return replace(conflict, reason=reason)


def _sheet_key(row: Mapping[str, Value]) -> tuple[str, ...]:
    return tuple(_text(row, key) for key in ("kind", "identity_number", "name", "register", "field"))


def _text(row: Mapping[str, Value], key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value)


def _living(rows: Rows) -> Iterator[MergedRow]:
    return (row for row in rows.get(ROSTER, ()) if row.values.get("relation_belonging") != RelationBelonging.LEFT)


def _organisations(rows: Iterable[MergedRow]) -> int:
    return len({row.organisation for row in rows})


def _across(group: Sequence[MergedRow]) -> Iterator[tuple[MergedRow, MergedRow]]:
    """The first row against one row of every other organisation."""
    firsts: dict[str, MergedRow] = {}
    for row in group:
        firsts.setdefault(row.organisation, row)
    first, *others = firsts.values()
    return ((first, other) for other in others)


def _on(kind: str, register: str, key: str, one: MergedRow, two: MergedRow) -> Conflict:
    return Conflict(kind, register, _title(register, key), one, two, one.text(key), two.text(key))


def _fields(register: str, one: MergedRow, two: MergedRow, keys: Iterable[str]) -> Iterator[Conflict]:
    """Fields both sides filled and filled differently; a blank contradicts nothing."""
    for key in keys:
        values = one.text(key), two.text(key)
        if all(values) and values[0] != values[1] and key != "relation_belonging":
            yield _on(ConflictKind.FIELD_DIFFERS, register, key, one, two)


def _host_against_home(rows: Rows) -> Iterator[Conflict]:
    home: dict[str, MergedRow] = {}
    for row in sorted(_living(rows), key=BY_PLACE):
        if row.identity:
            home.setdefault(row.identity, row)
    for guest in sorted(rows.get(INFLOW, ()), key=lambda row: (row.identity, row.place)):
        member = home.get(guest.identity)
        if member is not None and member.organisation != guest.organisation:
            yield from _fields(INFLOW, member, guest, SHARED_WITH_HOST)


def _near(rows: Rows) -> Iterator[Conflict]:
    """Two different numbers in two organisations that may be one person; each pair once, for its best reason."""
    seen: set[tuple[str, str]] = set()
    members = sorted((row for row in _living(rows) if row.identity), key=BY_PLACE)
    looks: tuple[tuple[str, Callable[[MergedRow], object], Callable[[MergedRow, MergedRow], bool]], ...] = (
        ("birth_date", lambda row: (row.text("name"), row.text("birth_date")), lambda one, two: True),
        ("identity_number", lambda row: row.text("name"), lambda one, two: _transposed(one.identity, two.identity)),
        ("mobile", lambda row: (row.text("name"), row.text("mobile")), lambda one, two: True),
    )
    for field, key, alike in looks:
        for one, two in _pairs(members, field, key):
            pair = one.identity, two.identity
            if pair not in seen and alike(one, two):
                seen.add(pair)
                shown_one, shown_two = _near_value(field, one), _near_value(field, two)
                title = _title(ROSTER, field)
                yield Conflict(ConflictKind.MAYBE_SAME, ROSTER, title, one, two, shown_one, shown_two)


def _pairs(
    members: Sequence[MergedRow], field: str, key: Callable[[MergedRow], object]
) -> Iterator[tuple[MergedRow, MergedRow]]:
    groups: dict[object, list[MergedRow]] = defaultdict(list)
    for row in members:
        if row.text(field):
            groups[key(row)].append(row)
    for group in groups.values():
        if len(group) <= MOST_COMPARED:
            for one, two in combinations(group, 2):
                if one.organisation != two.organisation and one.identity != two.identity:
                    yield one, two


def _near_value(field: str, row: MergedRow) -> str:
    """Number and what is alike, the number masked as everywhere outside the registers."""
    masked = mask_identity(row.identity)
    return masked if field == "identity_number" else f"{row.text('name')} {masked} {row.text(field)}"


def _transposed(one: str, two: str) -> bool:
    """Two digits changed places, as happens in typing."""
    apart = [place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b]
    return len(one) == len(two) and 2 <= len(apart) <= 3 and sorted(one[:17]) == sorted(two[:17])


@cache
def _title(register: str, key: str) -> str:
    return registers()[register].column(key).title
