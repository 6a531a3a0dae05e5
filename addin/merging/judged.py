"""What checking one file came to, without a single name or number of a person: safe to keep from merge to merge."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from addin.merging.items import open_keys
from addin.merging.tallies import Tally
from validators.table import Finding


@dataclass(frozen=True, slots=True)
class Judged:
    """How many E and W findings, the numbers of 三查三核, and the keys of its findings for 退回事项."""

    errors: int = 0
    queries: int = 0
    tallies: tuple[Tally, ...] = ()
    open_items: frozenset[str] = frozenset()

    def as_text(self) -> str:
        """The same as JSON."""
        return json.dumps({**asdict(self), "open_items": sorted(self.open_items)})


def judged_from(findings: Iterable[Finding], found: tuple[Tally, ...]) -> Judged:
    """The outcome of one check."""
    every = list(findings)
    levels = [finding.level for finding in every]
    return Judged(levels.count("E"), levels.count("W"), found, open_keys(every))


def judged_of_text(text: str) -> Judged:
    """What ``as_text`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    data = json.loads(text)
    found = tuple(Tally(**each) for each in data["tallies"])
    return Judged(int(data["errors"]), int(data["queries"]), found, frozenset(data["open_items"]))
