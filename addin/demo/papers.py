"""What a branch keeps about everybody: cover, 年审, 排查记录, 流入党员, 共管协议."""

from collections.abc import Iterable
from datetime import date, timedelta

from addin.demo.cards import Card
from addin.demo.ledger import Branch, Ledger, Values, who
from addin.demo.lexicon import lexicon
from validators.dates import Quarter
from validators.words import (
    CampaignConclusion,
    EntryWay,
    FlowRange,
    MemberType,
    VerificationWay,
    YesNo,
)

CONCLUSIONS = {
    "detached": CampaignConclusion.DETACHED,
    "away_short": CampaignConclusion.FLOATING,
    "floating": CampaignConclusion.FLOATING,
    "abroad": CampaignConclusion.OTHER,
    "searching": CampaignConclusion.LOST,
    "not_found": CampaignConclusion.LOST,
    "transferring": CampaignConclusion.NO_RECEIPT,
    "receipt_overdue": CampaignConclusion.NO_RECEIPT,
    "uncontrolled": CampaignConclusion.FLOATING,
    "quarter_missed": CampaignConclusion.FLOATING,
    "suspected": CampaignConclusion.FLOATING,
    "lost_without_file": CampaignConclusion.LOST,
}
"""排查结论 by story; everybody else is 正常在册."""

NOT_CHECKED = frozenset({"transferred", "died", "removed", "cancelled", "stopped", "stopped_two_years"})
"""Stories whose member is no longer 排查对象."""

REVIEW_ITEMS = ("basic_facts", "belonging", "job_change", "conduct", "participation", "dues", "contribution")
CHECK_ITEMS = ("roster_check", "file_check", "dues_activity_check", "letter_stub_check", "conduct_check")


def cover(branch: Branch, ledger: Ledger, profile: str) -> Values:
    """封面: period and as-of date agree; 上年底党员总数 follows from this year's entries and leaves."""
    roster = ledger.rows.get("member_roster", [])
    clerk = roster[0] if roster else {}
    return {
        "organisation_name": branch.name,
        "organisation_code": branch.code,
        "organisation_level": "党支部",
        "organisation_category": branch.category,
        "superior_name": branch.superior_name,
        "superior_code": branch.superior_code,
        "period": str(period_of(ledger.as_of)),
        "as_of": ledger.as_of,
        "secretary": ledger.contact_people[0] if ledger.contact_people else None,
        "preparer": clerk.get("name", "填报员"),
        "preparer_phone": clerk.get("mobile"),
        "policy_profile": profile,
        "members_last_year": members_last_year(ledger),
    }


def period_of(as_of: date) -> str:
    """填报期 of a day: its quarter, as 2026Q4."""
    quarter = Quarter.of(as_of)
    return f"{quarter.last.year}Q{quarter.last.month // 3}"


def members_last_year(ledger: Ledger) -> int:
    """On the roll at the end of last year: who is there now, less this year's entries, plus this year's leaves."""
    new_year = date(ledger.as_of.year, 1, 1)
    stops = {
        row["identity_number"]: row["approved_on"]
        for row in ledger.rows.get("disposition", [])
        if row["proposal"] == "停止党籍" and "approved_on" in row
    }
    count = 0
    for member in ledger.rows.get("member_roster", []):
        entered, left = member.get("entered_on"), member.get("left_on")
        stop = stops.get(member["identity_number"])
        came = isinstance(entered, date) and entered >= new_year and member["entry_way"] != EntryWay.OPENING
        gone = isinstance(left, date) and left < new_year
        was_stopped = isinstance(stop, date) and stop < new_year
        count += not came and not gone and not was_stopped
    return count


def annual_review(ledger: Ledger, members: Iterable[tuple[str, Values]]) -> None:
    """One 年审 row a member on the roll for the year of the as-of date (last year's in its first quarter)."""
    year = ledger.as_of.year if ledger.as_of > date(ledger.as_of.year, 3, 31) else ledger.as_of.year - 1
    for story, member in members:
        if story in NOT_CHECKED:
            continue
        entered = member.get("entered_on")
        day = date(year, 3, ledger.rng.randint(2, 28))
        if isinstance(entered, date) and entered > day:
            day = ledger.after(entered, 3, 12)
        lost = story in ("searching", "not_found")
        ledger.add(
            "annual_review",
            year=str(year),
            **who(member),
            **dict.fromkeys(REVIEW_ITEMS, "已核"),
            conclusion="列入排查" if lost else "通过",
            reviewer=ledger.contact_people[0],
            reviewed_on=day,
        )


def campaign_check(ledger: Ledger, members: Iterable[tuple[str, Values]]) -> None:
    """One 排查记录 row a 排查对象, looked at shortly before the as-of date, all five checks made."""
    for story, member in members:
        if story in NOT_CHECKED:
            continue
        conclusion = CONCLUSIONS.get(story, CampaignConclusion.NORMAL)
        lost = conclusion == CampaignConclusion.LOST
        near = (VerificationWay.MET, VerificationWay.MET, VerificationWay.CALLED, VerificationWay.VIDEO)
        ledger.add(
            "campaign_check",
            **who(member),
            **{**dict.fromkeys(CHECK_ITEMS, "无问题"), "dues_activity_check": "有问题" if lost else "无问题"},
            verification_way=VerificationWay.NONE if lost else ledger.rng.choice(near),
            conclusion=conclusion,
            checked_by=ledger.contact_people[-1],
            checked_on=ledger.ago(0, 3),
            remark={CampaignConclusion.OTHER: "出国（境）保留组织关系"}.get(conclusion),
        )


def inflow(ledger: Ledger, card: Card, *, home: tuple[str, str] | None = None) -> Values:
    """One row of 流入党员: a member of a branch elsewhere who lives here, taken in within a month."""
    name, code = home or ledger.rng.choice(lexicon().pairs["outside_homes"])
    arrived_on = ledger.ago(60, 700)
    checked_on = arrived_on + timedelta(days=ledger.rng.randint(1, 6))
    return ledger.add(
        "inflow",
        name=card.name,
        identity_number=card.number,
        sex=card.sex,
        member_type=MemberType.FULL,
        home_branch=name,
        home_branch_code=code,
        home_contact=ledger.word("surnames") + "书记",
        home_phone="0516-83590002",
        arrived_on=arrived_on,
        origin_place="山东省潍坊市奎文区",
        flow_range=FlowRange.WITHIN_PROVINCE,
        occupation="其他",
        destination_unit_type="私营企业",
        certificate_number=f"外活{arrived_on.year}{ledger.branch.code[-3:]}{ledger.serial('inflow'):03d}",
        certificate_checked_on=checked_on,
        enrolled_on=checked_on + timedelta(days=ledger.rng.randint(2, 12)),
        mobile=card.mobile,
        residence=ledger.address(),
        pays_dues_here=YesNo.YES,
    )


def agreement(ledger: Ledger) -> Values:
    """One 共管协议 in force, talked over twice a year."""
    signed_on = ledger.ago(200, 500)
    return ledger.add(
        "agreement",
        agreement_number=f"共管{ledger.branch.code[-3:]}-{signed_on.year}-{ledger.serial('agreement')}",
        partner=ledger.word("outside_hosts"),
        signed_on=signed_on,
        expires_on=ledger.as_of + timedelta(days=ledger.rng.randint(200, 500)),
        member_count=ledger.rng.randint(2, 9),
        consultation_cycle="半年",
        last_consulted_on=ledger.ago(10, 120),
        next_consultation_on=ledger.as_of + timedelta(days=ledger.rng.randint(20, 60)),
        contacts=f"{ledger.contact_people[0]}、{ledger.word('surnames')}书记",
    )
