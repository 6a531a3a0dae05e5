"""Every story a made-up member may live, by name, with the ages it happens at and its share of a usual branch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from addin.demo import lives, lives_listed, lives_lost, lives_moved
from addin.demo.ledger import Ledger, Values

Live = Callable[[Ledger, Values], None]


@dataclass(frozen=True, slots=True)
class Story:
    """What happens to a member (``live`` fills the sheets), at what age, and how many in a thousand live it."""

    live: Live
    youngest: int
    oldest: int
    per_mille: int
    is_probationary: bool = False


CLEAN: Mapping[str, Story] = {
    "at_home": Story(lives.at_home, 26, 84, 560),
    "probationer": Story(lives.at_home, 19, 40, 24, is_probationary=True),
    "floating": Story(lives.floating, 26, 58, 150),
    "away_short": Story(lives.away_short, 26, 60, 50),
    "returned": Story(lives.returned, 26, 62, 24),
    "abroad": Story(lives.abroad, 26, 45, 16),
    "detached": Story(lives.detached, 30, 66, 14),
    "searching": Story(lives_lost.searching, 27, 60, 18),
    "not_found": Story(lives_lost.not_found, 27, 60, 10),
    "found": Story(lives_lost.found, 27, 60, 12),
    "found_settled": Story(lives_lost.found_settled, 27, 60, 10),
    "correcting": Story(lives_lost.correcting, 27, 60, 6),
    "correction_done": Story(lives_lost.correction_done, 27, 60, 4),
    "stopped": Story(lives_lost.stopped, 28, 60, 8),
    "stopped_two_years": Story(lives_lost.stopped_two_years, 30, 60, 5),
    "transferring": Story(lives_moved.transferring, 26, 58, 14),
    "receipt_overdue": Story(lives_moved.receipt_overdue, 26, 58, 12),
    "transferred": Story(lives_moved.transferred, 26, 58, 18),
    "arrived": Story(lives_moved.arrived, 26, 58, 18),
    "died": Story(lives_moved.died, 66, 94, 16),
    "removed": Story(lives_moved.removed, 28, 58, 6),
    "cancelled": Story(lives_moved.cancelled, 20, 40, 5, is_probationary=True),
}
"""Stories in which everything is as it should be: no rule finds an error."""

LISTED: Mapping[str, Story] = {
    "uncontrolled": Story(lives_listed.uncontrolled, 26, 55, 0),
    "quarter_missed": Story(lives_listed.quarter_missed, 26, 58, 0),
    "suspected": Story(lives_listed.suspected, 26, 58, 0),
    "lost_without_file": Story(lives_listed.lost_without_file, 26, 58, 0),
    "correction_due": Story(lives_listed.correction_due, 27, 58, 0),
    "probation_undecided": Story(lives_listed.probation_undecided, 21, 40, 0, is_probationary=True),
}
"""Stories in which the branch is behind with something, so that the member stands on one of the lists."""

STORIES: Mapping[str, Story] = {**CLEAN, **LISTED}


def shares(count: int, *, every: bool, favour: Mapping[str, int] | None = None) -> Mapping[str, int]:
    """How many of ``count`` members live each clean story: by its share (times ``favour`` in percent), whole people.

    With ``every`` each story is lived by at least one. The rest stay at home.
    """
    weights = {name: story.per_mille * (favour or {}).get(name, 100) for name, story in CLEAN.items()}
    total = sum(weights.values())
    found = {name: weight * count // total for name, weight in weights.items() if name != "at_home"}
    if every:
        found = {name: max(1, number) for name, number in found.items()}
    home = count - sum(found.values())
    if home < 0:
        raise ValueError(f"{count} members are too few for every story")
    return {"at_home": home, **found}
