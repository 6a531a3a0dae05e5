"""三查三核: every organisation's numbers, from the register and as the branch concluded (R-CHECK33)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from validators.case_facts import facts
from validators.rule import Case
from validators.three_checks import BASIC, DETACHED, DUES_LIFE, FLOATING, LOST, RELATION, ThreeChecks, three_checks


@dataclass(frozen=True, slots=True)
class Tally:
    """One organisation. Members are its 排查对象; the ``branch_*`` numbers come from its 排查结论 and are None when it
    checked nobody.
    """

    organisation: str
    members: int = 0
    checked_members: int = 0
    basic_facts_problems: int = 0
    dues_life_problems: int = 0
    relation_problems: int = 0
    floating: int = 0
    detached: int = 0
    lost: int = 0
    branch_floating: int | None = None
    branch_detached: int | None = None
    branch_lost: int | None = None

    @property
    def is_consistent(self) -> bool | None:
        """Whether both say the same (R-SUM-CHECK); None when the branch checked nobody."""
        if self.branch_floating is None:
            return None
        ours = self.floating, self.detached, self.lost
        return ours == (self.branch_floating, self.branch_detached, self.branch_lost)


def tallies(case: Case) -> tuple[Tally, ...]:
    """The numbers of every organisation with members in the workbook, in order of code."""
    own = case.book.cover.text("organisation_code")
    by_organisation: dict[str, list[ThreeChecks]] = {own: []} if case.book.kind == "branch" and own else {}
    for one in facts(case):
        found = three_checks(one, case.as_of)
        if found is not None:
            by_organisation.setdefault(one.key.organisation, []).append(found)
    return tuple(_tally(code, members) for code, members in sorted(by_organisation.items()))


def _tally(code: str, members: Sequence[ThreeChecks]) -> Tally:
    checked = sum(one.is_checked for one in members)
    problems = Counter(problem for one in members for problem in one.problems)
    found = Counter(one.found for one in members)
    concluded = Counter(one.concluded for one in members)
    return Tally(
        code,
        len(members),
        checked,
        *(problems[what] for what in (BASIC, DUES_LIFE, RELATION)),
        *(found[word] for word in (FLOATING, DETACHED, LOST)),
        *(concluded[word] if checked else None for word in (FLOATING, DETACHED, LOST)),
    )
