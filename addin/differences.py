"""合并差异: what a merge adds, updates, removes or leaves as it was, by name and column, against the previous one."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from addin.submissions import BY_PLACE, MergedRow, row_key
from validators.registers import registers
from validators.wording import shown
from validators.words import MergeChange


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that reads differently: its title, what stood there, what stands there now."""

    title: str
    before: str
    now: str

    def __str__(self) -> str:
        return f"{self.title}：{self.before or '空'} → {self.now or '空'}"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row: a word of MergeChange, the row (as it was, for 删除) and the columns that differ."""

    register: str
    kind: str
    row: MergedRow
    differences: tuple[Difference, ...] = ()


def compare(register: str, before: Iterable[MergedRow], now: Iterable[MergedRow]) -> list[Change]:
    """Every row of both sides exactly once, in a fixed order; where a row stands in its file makes no difference.

    Rows that nothing names (``row_key`` None) must be left out by the caller.
    """
    known = list(before)
    if not known:
        return [Change(register, MergeChange.ADDED, row) for row in sorted(now, key=BY_PLACE)]
    earlier, later = _by_organisation(known), _by_organisation(now)
    changes: list[Change] = []
    for organisation in earlier.keys() | later.keys():
        changes += _of_one(register, earlier.get(organisation, []), later.get(organisation, []))
    return sorted(changes, key=lambda change: (change.row.place, change.kind))


def _by_organisation(rows: Iterable[MergedRow]) -> dict[str, list[MergedRow]]:
    """The rows of each organisation, no key of which is that of another, in order of place."""
    found: dict[str, list[MergedRow]] = {}
    for row in rows:
        found.setdefault(row.organisation, []).append(row)
    for group in found.values():
        group.sort(key=BY_PLACE)
    return found


def _of_one(register: str, before: Sequence[MergedRow], now: Sequence[MergedRow]) -> Iterator[Change]:
    """The changes of one organisation. Most hand in a register as it was, which is seen at once."""
    if [row.values for row in before] == [row.values for row in now]:
        yield from (Change(register, MergeChange.SAME, row) for row in now)
        return
    earlier, later = _by_key(register, before), _by_key(register, now)
    for key, rows in later.items():
        yield from _same_key(register, earlier.get(key, []), rows)
    for key, rows in earlier.items():
        if key not in later:
            yield from (Change(register, MergeChange.REMOVED, row) for row in rows)


def tally(changes: Iterable[Change]) -> Mapping[str, Counter[str]]:
    """How many rows of each register were 新增, 更新, 删除, 未变."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for change in changes:
        counts[change.register][change.kind] += 1
    return counts


def _by_key(register: str, rows: Iterable[MergedRow]) -> dict[tuple[Hashable, ...], list[MergedRow]]:
    found: dict[tuple[Hashable, ...], list[MergedRow]] = {}
    for row in rows:
        key = row_key(register, row)
        if key is None:
            raise ValueError(f"a row of {register} that nothing names cannot be compared")
        found.setdefault(key, []).append(row)
    return found


def _same_key(register: str, before: Sequence[MergedRow], now: Sequence[MergedRow]) -> Iterator[Change]:
    """Rows of one key: those that read the same first (two calls on one day), then the others in order."""
    left = list(before)
    changed = []
    for row in now:
        twin = next((other for other in left if not differences(register, other, row)), None)
        if twin is None:
            changed.append(row)
        else:
            left.remove(twin)
            yield Change(register, MergeChange.SAME, row)
    for old, row in zip(left, changed, strict=False):
        yield Change(register, MergeChange.UPDATED, row, differences(register, old, row))
    for row in changed[len(left) :]:
        yield Change(register, MergeChange.ADDED, row)
    for old in left[len(changed) :]:
        yield Change(register, MergeChange.REMOVED, old)


def differences(register: str, before: MergedRow, now: MergedRow) -> tuple[Difference, ...]:
    """The columns that read differently, in sheet order."""
    if before.values == now.values:
        return ()
    found = []
    for key, title in _titles(register).items():
        old, new = shown(before.values.get(key)), shown(now.values.get(key))
        if old != new:
            found.append(Difference(title, old, new))
    return tuple(found)


@cache
def _titles(register: str) -> Mapping[str, str]:
    return {column.key: column.title for column in registers()[register].columns}
