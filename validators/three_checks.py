"""三查三核 of one member (R-CHECK33): the latest 排查记录, the problems it names, what either side calls the member."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from validators.facts import PersonFacts
from validators.happened import latest_row
from validators.member_state import IN_CAMPAIGN
from validators.table import Row
from validators.words import CampaignConclusion, CheckValue, MemberState

BASIC, DUES_LIFE, RELATION = "基本信息", "党费和组织生活", "组织关系管理"
_LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    BASIC: ("roster_check", "file_check"),
    DUES_LIFE: ("dues_activity_check",),
    RELATION: ("letter_stub_check",),
}
"""The 三查 and the columns of 排查记录 each rests on."""

FLOATING, DETACHED, LOST = "流动", "空挂", "失联"
_FOUND: Mapping[str, str] = {
    MemberState.FLOATING: FLOATING,
    MemberState.DETACHED: DETACHED,
    MemberState.LOST: LOST,
}
_CONCLUDED: Mapping[str, str] = {
    CampaignConclusion.FLOATING: FLOATING,
    CampaignConclusion.DETACHED: DETACHED,
    CampaignConclusion.LOST: LOST,
}
_OUT_BUT_NOT_FLOATING = (MemberState.AWAY, MemberState.KEPT_ABROAD)
"""Rightly 外出流动 to a branch, and yet not 流动党员 (six months away, within the country)."""


@dataclass(frozen=True, slots=True)
class ThreeChecks:
    """What 三查三核 says of a 排查对象: the ``problems`` of the 三查; of the 三核 what the register shows (``found``)
    and what the branch concluded. Both count 流动党员 only, six months away (R-SUM-CHECK: f, k and 失联).
    """

    is_checked: bool = False
    problems: tuple[str, ...] = ()
    found: str | None = None
    concluded: str | None = None


def latest_check(one: PersonFacts, as_of: date) -> Row | None:
    """The member's latest row of 排查记录 by the as-of date, of equal days the lower one."""
    return latest_row(one.situation.person.of("campaign_check"), "checked_on", as_of)


def three_checks(one: PersonFacts, as_of: date) -> ThreeChecks | None:
    """三查三核 of a member; None for who is no 排查对象 (states 1–4)."""
    if one.state not in IN_CAMPAIGN:
        return None
    row, found = latest_check(one, as_of), _FOUND.get(one.state)
    if row is None or row["conclusion"] is None:
        return ThreeChecks(found=found)
    concluded = _CONCLUDED.get(row.text("conclusion"))
    if concluded == FLOATING and one.state in _OUT_BUT_NOT_FLOATING:
        concluded = None
    looked_at = _LOOKED_AT.items()
    problems = tuple(what for what, keys in looked_at if any(row[key] == CheckValue.PROBLEM for key in keys))
    return ThreeChecks(True, problems, found, concluded)
