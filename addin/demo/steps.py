"""Complete disposition paths (处置台账): every step dated, voted and served as the path asks (R-DISP-STEPS)."""

from datetime import date, timedelta

from addin.demo.ledger import Ledger, Values, who
from validators.dates import edate
from validators.words import Outcome

N_PATH = (("branch_committee_on", 4), ("approved_on", 14), ("served_on", 18))
X1_PATH = (
    ("prior_filed_on", 3),
    ("investigated_on", 10),
    ("defence_heard_on", 16),
    ("branch_committee_on", 21),
    ("committee_preview_on", 30),
    ("branch_meeting_on", 40),
    ("approved_on", 55),
    ("served_on", 60),
)
X2_PATH = (
    ("prior_filed_on", 3),
    ("investigated_on", 10),
    ("defence_heard_on", 16),
    ("branch_committee_on", 21),
    ("committee_preview_on", 30),
    ("county_preview_on", 36),
    ("branch_meeting_on", 44),
    ("approved_on", 58),
    ("served_on", 62),
    ("filed_on", 66),
)
T_PATH = (
    ("branch_committee_on", 6),
    ("branch_meeting_on", 14),
    ("approved_on", 26),
    ("served_on", 29),
    ("filed_on", 34),
)
Q_PATH = (("branch_committee_on", 6), ("branch_meeting_on", 14), ("approved_on", 26), ("served_on", 29))
"""Steps in order: the column of its date, days after 立案."""

TOWN, COUNTY = "云溪镇党委", "云溪县委组织部"
NEW_RULES_FROM = date(2024, 6, 16)
"""From this 立案日期 on a 限期改正 usually lasts six months; before it one year."""


def disposed(
    ledger: Ledger,
    member: Values,
    situation: str,
    proposal: str,
    opened_on: date,
    path: tuple[tuple[str, int], ...],
    *,
    upto: str = "",
    approved_by: str = TOWN,
    service: str = "已签",
) -> Values:
    """One row of 处置台账 with the steps of a path, all of them or only ``upto`` the named one."""
    columns = [column for column, _ in path]
    taken = path[: columns.index(upto) + 1] if upto else path
    dates = {column: opened_on + timedelta(days=days) for column, days in taken}
    row = ledger.add("disposition", **who(member), situation=situation, proposal=proposal, opened_on=opened_on, **dates)
    if "branch_meeting_on" in dates:
        row |= _vote(ledger)
    if "approved_on" in dates:
        row |= {"approved_by": approved_by, "approval_number": _number(ledger, approved_by, dates["approved_on"])}
        row["effective_on"] = dates["approved_on"]
    if "served_on" in dates:
        row["service_outcome"] = service
        if service != "已签":
            row |= {"witness_one": "见证员甲", "witness_two": "见证员乙"}
    return row


def corrected(ledger: Ledger, member: Values, opened_on: date, conclusion: str | None = None) -> Values:
    """A 限期改正 with all steps and its term; ``conclusion`` once it has ended."""
    situation = "D07 已取得联系，主观原因失联或有不合格表现，愿意改正"
    row = disposed(ledger, member, situation, Outcome.CORRECT_IN_TIME, opened_on, X1_PATH)
    months = 6 if opened_on >= NEW_RULES_FROM else 12
    approved_on = opened_on + timedelta(days=dict(X1_PATH)["approved_on"])
    row |= {"correction_months": months, "correction_ends_on": edate(approved_on, months)}
    if conclusion is not None:
        row["correction_conclusion"] = conclusion
    return row


def _vote(ledger: Ledger) -> Values:
    entitled = ledger.rng.randint(15, 30)
    present = entitled - ledger.rng.randint(0, 2)
    against, abstained = 0, ledger.rng.randint(0, 1)
    return {
        "entitled": entitled,
        "present": present,
        "votes_for": present - against - abstained,
        "votes_against": against,
        "abstained": abstained,
    }


def _number(ledger: Ledger, approved_by: str, day: date) -> str:
    office = "云镇党" if approved_by == TOWN else "云组"
    return f"{office}〔{day.year}〕{ledger.serial('approval')}号"
