"""R-FLOAT-HOST-ENTRY, PROB-FEEDBACK, WHOCHECKS: members of other branches living here (流入)."""

from collections.abc import Iterator
from datetime import date

from validators.case_facts import key_of, roster
from validators.dates import deadline, edate, is_late
from validators.happened import happened, latest_day
from validators.rule import Case, Hit, rule
from validators.table import Row
from validators.terms import Term, probation_term
from validators.words import MemberType, RelationBelonging


def here(case: Case) -> Iterator[Row]:
    """Whoever has come and not gone again."""
    for row in case.book["inflow"]:
        if happened(row, "departed_on", case.as_of) is None:
            yield row


@rule(
    "R-FLOAT-HOST-ENTRY",
    level="W",
    title="流入党员查验后及时编入支部",
    registers=("inflow",),
    wordings={
        "": (
            "{text}，已过期，还没有编入支部",
            "请核实身份后编入一个支部或党小组，填编入支部日期；持活动证的不得拒收",
        ),
        "unseen": (
            "已编入支部、有活动证编号，没有填活动证查验日期",
            "请查验活动证后补填；查验过的补填实际日期",
        ),
        "order": (
            "活动证查验日期 {value} 晚于编入支部日期 {enrolled_on}",
            "应先查验、再编入：日期写错的改正；属实的，请在问题清单“说明”一栏写明",
        ),
    },
    source="双向共管机制意见：流入地党支部查验活动证，及时编入支部（天数为本工具默认值）",
    grade="S",
)
def enrolled(case: Case) -> Iterator[Hit]:
    """Not enrolled after the days of the policy; enrolled with a card nobody looked at, or before it was."""
    days = case.policy.whole("host.enroll_days")
    for row in here(case):
        arrived_on, enrolled_on = happened(row, "arrived_on", case.as_of), latest_day(row["enrolled_on"])
        checked_on = latest_day(row["certificate_checked_on"])
        if row["enrolled_on"] is None:
            due = deadline(arrived_on, days) if arrived_on is not None else None
            if due is not None and is_late(case.as_of, due):
                text = f"流入 {arrived_on} + {days}天 = {due}"
                yield Hit("inflow", row, "enrolled_on", details={"text": text})
        elif row["certificate_number"] is not None and row["certificate_checked_on"] is None:
            yield Hit("inflow", row, "certificate_checked_on", "unseen")
        elif checked_on is not None and enrolled_on is not None and checked_on > enrolled_on:
            details = {"enrolled_on": row["enrolled_on"]}
            yield Hit("inflow", row, "certificate_checked_on", "order", details=details)


@rule(
    "R-FLOAT-PROB-FEEDBACK",
    level="W",
    title="预备期满向原支部反馈意见",
    registers=("inflow",),
    wordings={
        "": (
            "预备党员预备期满（{text}），没有填预备期满意见日期",
            "请向原支部书面反馈表现情况并填日期；已经转正或延长预备期的，改人员类别或在备注写明",
        )
    },
    source="双向共管机制意见：预备期满时流入地党支部向流出地党支部反馈书面意见",
    grade="S",
)
def feedback(case: Case) -> Iterator[Hit]:
    """By the home branch's roster when it is in the workbook; else a year after arriving the year is surely over."""
    terms = case.once("probation by number", _probation_by_number)
    months = case.policy.whole("prob.months")
    for row in here(case):
        if row["member_type"] != MemberType.PROBATIONARY or row["probation_opinion_on"] is not None:
            continue
        arrived_on, term = happened(row, "arrived_on", case.as_of), terms.get(row.text("identity_number"))
        if term is not None:
            end, text = term.ends_on, term.text
        elif arrived_on is not None:
            end = edate(arrived_on, months)
            text = f"流入 {arrived_on} + {months}个月 = {end}"
        else:
            continue
        if _is_over(end, case.as_of, term is not None) and row["remark"] is None:
            yield Hit("inflow", row, "probation_opinion_on", details={"text": text})


def _is_over(end: date, as_of: date, known: bool) -> bool:
    """On the last day of a known probation the opinion is due; a presumed one must be over."""
    return is_late(as_of, end) if known else as_of >= end


def _probation_by_number(case: Case) -> dict[str, Term]:
    found: dict[str, Term] = {}
    for row in case.book["member_roster"]:
        term = probation_term(row, (), case.policy, case.as_of)
        if term is not None:
            found[row.text("identity_number")] = term
    return found


@rule(
    "R-FLOAT-WHOCHECKS",
    level="E",
    title="流入党员不在本支部名册",
    registers=("inflow",),
    wordings={
        "": (
            "这名党员已在本支部党员名册第 {row} 行；流入党员的组织关系在别处，不计入本支部党员，也不由本支部排查",
            "组织关系已转入本支部的，在“离开日期”填转入之日；没有转入的，从党员名册删去",
        )
    },
    source="排查方案：流动党员由组织关系所在党支部排查，流入地协助",
    grade="S",
)
def counted_twice(case: Case) -> Iterator[Hit]:
    """Somebody living here as a member of another branch who stands on this branch's roll too."""
    for row in here(case):
        key = key_of(case, row)
        member = roster(case).get(key) if key is not None else None
        if member is not None and member["relation_belonging"] != RelationBelonging.LEFT:
            yield Hit("inflow", row, "identity_number", details={"row": member.origin.row})
