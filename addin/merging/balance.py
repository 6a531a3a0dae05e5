"""The account of a merge: 读入 = 新增 + 更新 + 未变 + 冲突 + 退回, by register, every row once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from addin.conflicts import ROSTER
from addin.differences import Change, compare
from addin.submissions import MergedRow, Rows, merged_registers, names_nothing, row_key
from validators.words import MergeChange

READ = "读入"
KINDS = (MergeChange.ADDED, MergeChange.UPDATED, MergeChange.SAME, MergeChange.IN_CONFLICT, MergeChange.RETURNED)
"""What may become of a row that was read, in printing order."""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every row. ``changes`` tell 新增, 更新, 冲突, 退回 and 删除 by name; 未变 is only counted.

    ``counts`` by register key, then by word; 删除 is counted beside the balance, for nothing was read there.
    """

    changes: tuple[Change, ...]
    counts: Mapping[str, Counter[str]]

    def of(self, register: str) -> dict[str, int]:
        """The account of one register: 读入 and the five kinds."""
        counts = self.counts.get(register, Counter())
        return {READ: sum(counts[kind] for kind in KINDS)} | {kind: counts[kind] for kind in KINDS}

    @property
    def total(self) -> dict[str, int]:
        """The account over all registers."""
        parts = [self.of(register) for register in self.counts]
        return {word: sum(part[word] for part in parts) for word in (READ, *KINDS)}

    @property
    def removed(self) -> int:
        """Rows of the previous merge that are no longer there."""
        return sum(counts[MergeChange.REMOVED] for counts in self.counts.values())


def account(before: Rows, now: Rows, in_conflict: Iterable[MergedRow], returned: Rows) -> Account:
    """The account of the organisations read this time: their rows of the previous merge (``before``) and ``now``.

    ``in_conflict`` are roster rows counted as 冲突, whether or not they stay in ``now``; ``returned`` rows were read
    but not merged.
    """
    marked = {row.place: row for row in in_conflict}
    counts: dict[str, Counter[str]] = {}
    changes: list[Change] = []
    for register in (register.key for register in merged_registers()):
        conflicting = marked if register == ROSTER else {}
        earlier, later, same = _without_the_same(before.get(register, ()), now.get(register, ()), conflicting)
        found = _compared(register, earlier, later, conflicting)
        found += [Change(register, MergeChange.RETURNED, row) for row in returned.get(register, ())]
        counts[register] = Counter({MergeChange.SAME: same}) if same else Counter()
        counts[register].update(change.kind for change in found)
        changes += [change for change in found if change.kind != MergeChange.SAME]
    return Account(tuple(changes), counts)


def _without_the_same(
    before: Sequence[MergedRow], now: Sequence[MergedRow], marked: Mapping[tuple[str, str, int], MergedRow]
) -> tuple[Sequence[MergedRow], Sequence[MergedRow], int]:
    """Both sides without the very rows that are on both, and their number: a file as it was needs no comparing."""
    both = set(map(id, before)) & set(map(id, now))
    both -= {id(row) for row in now if row.place in marked} if marked else set()
    if not both:
        return before, now, 0
    return [row for row in before if id(row) not in both], [row for row in now if id(row) not in both], len(both)


def _compared(
    register: str,
    before: Sequence[MergedRow],
    now: Sequence[MergedRow],
    marked: Mapping[tuple[str, str, int], MergedRow],
) -> list[Change]:
    """The changes of a register; a marked row is 冲突 whatever else it is, and its absence is no 删除."""
    found = [
        Change(register, MergeChange.IN_CONFLICT, change.row, change.differences)
        if change.kind != MergeChange.REMOVED and change.row.place in marked
        else change
        for change in compare(register, [row for row in before if not names_nothing(register, row)], now)
    ]
    if not marked:
        return found
    present = {change.row.place for change in found if change.kind == MergeChange.IN_CONFLICT}
    absent = [row for place, row in sorted(marked.items()) if place not in present]
    known = {row_key(register, row) for row in absent}
    found = [c for c in found if not (c.kind == MergeChange.REMOVED and row_key(register, c.row) in known)]
    return found + [Change(register, MergeChange.IN_CONFLICT, row) for row in absent]
