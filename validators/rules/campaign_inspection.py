"""R-INSP-SELF, ATTEST, SAMPLE, SAMPLE-RESULT: is everybody looked at, by whom seen, and were enough branches drawn."""

from collections.abc import Iterator, Mapping
from datetime import date

from validators.case_facts import facts, key_of
from validators.dates import edate
from validators.facts import PersonFacts, facts_of
from validators.happened import happened, latest_day
from validators.member_state import IN_CAMPAIGN
from validators.rule import Case, Hit, rule
from validators.rules.five_checks import latest_checks
from validators.sampling import sample_size
from validators.table import Row
from validators.words import CampaignConclusion, MemberState, SubmissionStatus, VerificationWay

_FITS: Mapping[str, tuple[str, ...]] = {
    MemberState.LOST: (CampaignConclusion.LOST,),
    MemberState.NO_RECEIPT: (CampaignConclusion.NO_RECEIPT,),
    MemberState.KEPT_ABROAD: (CampaignConclusion.NORMAL, CampaignConclusion.FLOATING),
    MemberState.FLOATING: (CampaignConclusion.FLOATING,),
    MemberState.AWAY: (CampaignConclusion.FLOATING, CampaignConclusion.NORMAL),
    MemberState.DETACHED: (CampaignConclusion.DETACHED,),
    MemberState.NORMAL: (CampaignConclusion.NORMAL,),
}
"""排查结论 that agrees with a 主状态; 其他 agrees with all, its remark says what."""

_CAMPAIGN_MONTHS = 12
"""Rows of a year back belong to an earlier campaign (R-FLOAT-ANNUAL-CHECK: one look a year)."""


@rule(
    "R-INSP-SELF",
    level="W",
    title="自查覆盖每名党员，结论与台账一致",
    registers=("member_roster", "campaign_check"),
    wordings={
        "no_row": (
            "“排查记录”里没有这名党员这次排查的记录",
            "排查要一个不少：请核查后补登一行",
        ),
        "conclusion": (
            "排查结论是“{value}”，按台账这名党员是“{state}”（{ground}）",
            "请核对：结论有误的改结论，情况有变的补登流出、出国境、介绍信、失联档案等表",
        ),
    },
    source="集中排查方案：党支部自查，逐人核查、一个不少",
    grade="S",
)
def self_check(case: Case) -> Iterator[Hit]:
    """Every 排查对象 of a branch that keeps 排查记录 has a row, with a conclusion that was or is true."""
    checked = {key_of(case, row): row for row in latest_checks(case)}
    latest: dict[str, date] = {}
    for key, row in checked.items():
        day = happened(row, "checked_on", case.as_of)
        if key is not None and day is not None:
            latest[key.organisation] = max(day, latest.get(key.organisation, day))
    for one in facts(case):
        last = latest.get(one.key.organisation)
        if last is not None and edate(last, _CAMPAIGN_MONTHS) >= case.as_of and one.state in IN_CAMPAIGN:
            yield from _self_check(case, one, checked.get(one.key), last)


def _self_check(case: Case, one: PersonFacts, row: Row | None, last: date) -> Iterator[Hit]:
    day = latest_day(row["checked_on"]) if row is not None else None
    entered = happened(one.member, "entered_on", case.as_of)
    if row is None or (day is not None and edate(day, _CAMPAIGN_MONTHS) < last):
        if entered is None or entered <= last:
            yield Hit("member_roster", one.member, "identity_number", "no_row")
    elif not _agrees(row, one) and not _agrees(row, _then(one, day)):
        ground = one.grounds.basis[0].text if one.grounds.basis else ""
        yield Hit("campaign_check", row, "conclusion", "conclusion", details={"state": one.state, "ground": ground})


def _agrees(row: Row, one: PersonFacts) -> bool:
    conclusion = row["conclusion"]
    if conclusion is None or conclusion == CampaignConclusion.OTHER or one.state not in _FITS:
        return True
    return conclusion in _FITS[one.state]


def _then(one: PersonFacts, day: date | None) -> PersonFacts:
    it = one.situation
    return facts_of(it.person, one.member, it.policy, min(day, it.as_of)) if day is not None else one


@rule(
    "R-INSP-ATTEST",
    level="W",
    title="见人、听声、看视频核实",
    registers=("campaign_check",),
    wordings={
        "others": (
            "核实方式是“他人证实”，没有见到本人、听到声音",
            "排查要见人、听声、看视频：请设法与本人见面、通话或视频后改填",
        ),
        "none": (
            "排查结论是“{conclusion}”，核实方式却是“未核实”",
            "请与本人见面、通话或视频核实后改填",
        ),
    },
    source="集中排查方案：变“在册”找人为“见人听声看视频”找人",
    grade="S",
)
def attest(case: Case) -> Iterator[Hit]:
    """他人证实, and 未核实 of members who can be reached."""
    out_of_reach = (CampaignConclusion.LOST, CampaignConclusion.NO_RECEIPT)
    for row in latest_checks(case):
        if row["verification_way"] == VerificationWay.OTHERS:
            yield Hit("campaign_check", row, "verification_way", "others")
        elif row["verification_way"] == VerificationWay.NONE and row["conclusion"] not in (*out_of_reach, None):
            yield Hit("campaign_check", row, "verification_way", "none", details={"conclusion": row["conclusion"]})


def reported(case: Case) -> int:
    """How many organisations have reported, by 报送情况 of a committee's workbook."""
    table = case.book.tables.get("submission_status")
    rows = table.rows if table is not None else ()
    return len({row["organisation_code"] for row in rows if row["status"] == SubmissionStatus.SUBMITTED})


@rule(
    "R-INSP-SAMPLE",
    level="E",
    title="抽查支部不少于百分之十",
    registers=("inspection_sample",),
    wordings={
        "": (
            "已报 {reported} 个党组织，应抽查 {wanted} 个，只抽了 {drawn} 个",
            "请重新汇总，由工具补抽；抽查数不少于应查数的 {rate}（不足一个的按一个算）",
        )
    },
    source="集中排查方案：市委组织部按不少于 10% 抽查",
    grade="S",
)
def sample(case: Case) -> Iterator[Hit]:
    """Fewer organisations drawn than ceil(reported × ``sample.rate``); nothing while none is drawn."""
    table = case.book.tables.get("inspection_sample")
    drawn = {row["organisation_code"] for row in table or () if row["organisation_code"] is not None}
    rate = case.policy.rate("sample.rate")
    wanted = sample_size(reported(case), rate)
    if drawn and len(drawn) < wanted:
        details = {"reported": reported(case), "wanted": wanted, "drawn": len(drawn), "rate": f"{rate:.0%}"}
        yield Hit("inspection_sample", None, "organisation_code", details=details)


@rule(
    "R-INSP-SAMPLE-RESULT",
    level="W",
    title="抽查发现的差异限期整改",
    registers=("inspection_sample",),
    wordings={
        "deadline": ("抽查发现差异，整改期限没有填", "请定出整改期限并通知支部"),
        "late": ("整改期限 {value} 已过，还没有销号", "请督促整改，改好后补填销号日期"),
    },
    source="集中排查方案：对抽查发现的问题限期整改",
    grade="S",
)
def sample_result(case: Case) -> Iterator[Hit]:
    """A difference has a deadline, and is closed by then."""
    for row in case.book.tables.get("inspection_sample") or ():
        rectify_by, closed = latest_day(row["rectify_by"]), row["closed_on"]
        if row["differences"] is not None and row["rectify_by"] is None and closed is None:
            yield Hit("inspection_sample", row, "rectify_by", "deadline")
        elif rectify_by is not None and closed is None and case.as_of > rectify_by:
            yield Hit("inspection_sample", row, "rectify_by", "late")
