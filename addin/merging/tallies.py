"""三查三核: every organisation's numbers, from the register and as the branch concluded (R-CHECK33)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from validators.case_facts import facts
from validators.facts import PersonFacts
from validators.member_state import LEFT
from validators.people import number_of
from validators.rule import Case
from validators.table import Book, Row
from validators.words import CampaignConclusion, CheckValue, MemberState

_BASIC = ("roster_check", "file_check")
_DUES_LIFE = ("dues_activity_check",)
_RELATION = ("letter_stub_check",)

Person = tuple[str, str]
"""Organisation code and identity number."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One organisation. Members are those who have not left; the ``branch_*`` numbers come from its 排查结论 and are
    None when it checked nobody.
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
    checks = _latest_checks(case.book)
    own = case.book.cover.text("organisation_code")
    by_organisation: dict[str, list[PersonFacts]] = {own: []} if case.book.kind == "branch" and own else {}
    for one in facts(case):
        if one.state not in LEFT:
            by_organisation.setdefault(one.key.organisation, []).append(one)
    return tuple(_tally(code, members, checks) for code, members in sorted(by_organisation.items()))


def _tally(code: str, members: Iterable[PersonFacts], checks: Mapping[Person, Row]) -> Tally:
    states: Counter[str] = Counter()
    concluded: Counter[str] = Counter()
    problems: Counter[tuple[str, ...]] = Counter()
    number = checked = 0
    for one in members:
        number += 1
        states[one.state] += 1
        check = checks.get((code, one.key.identity_number))
        if check is None:
            continue
        checked += 1
        # Away less than six months is 外出流动 to the branch, but not yet 流动党员 in the count compared.
        if not (one.state == MemberState.AWAY and check["conclusion"] == CampaignConclusion.FLOATING):
            concluded[check.text("conclusion")] += 1
        for group in (_BASIC, _DUES_LIFE, _RELATION):
            problems[group] += any(check[key] == CheckValue.PROBLEM for key in group)
    return Tally(
        code,
        number,
        checked,
        problems[_BASIC],
        problems[_DUES_LIFE],
        problems[_RELATION],
        states[MemberState.FLOATING],
        states[MemberState.DETACHED],
        states[MemberState.LOST],
        *(
            concluded[word] if checked else None
            for word in (CampaignConclusion.FLOATING, CampaignConclusion.DETACHED, CampaignConclusion.LOST)
        ),
    )


def _latest_checks(book: Book) -> dict[Person, Row]:
    """The latest 排查记录 of each person; of equal dates the lower row."""
    own = book.cover.text("organisation_code")
    found: dict[Person, Row] = {}
    for row in sorted(book["campaign_check"], key=lambda row: row.text("checked_on")):
        if number := number_of(row):
            found[row.text("source_organisation") or own, number] = row
    return found
