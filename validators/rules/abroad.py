"""R-ABROAD-KEEP, 5Y, RETURN, PROB, SETTLED: members who went abroad."""

from collections.abc import Iterator
from datetime import date

from validators.case_facts import facts
from validators.contacts import Absence, absences
from validators.dates import edate, exceeded, reached
from validators.disposition_rows import by_person
from validators.facts import PersonFacts
from validators.happened import day_of
from validators.member_state import LEFT
from validators.rule import Case, Hit, rule
from validators.words import AbroadPurpose, MemberState

TL_24 = "《中国共产党党员教育管理工作条例》第二十四条"
FOR_STAYING_ABROAD = ("D05", "D06", "D19")
"""Situations of the decision table that settle what to do about a member who stays abroad."""

KEEP_MONTHS = 6
"""Who goes abroad for longer asks before leaving to keep the relation (T33)."""


def stays_abroad(case: Case) -> Iterator[tuple[PersonFacts, Absence]]:
    """Every stay abroad of members on the roll, those under 停止党籍 and those who left apart."""
    for one in facts(case):
        if one.state not in (*LEFT, MemberState.STOPPED):
            for stay in absences(one.situation.person.of("abroad"), "departed_on", case.as_of):
                yield one, stay


def is_long(stay: Absence, as_of: date) -> bool:
    """Whether a stay is, was or is planned to be six months long."""
    ends = (stay.ended_on or as_of, None if stay.ended_on else day_of(stay.row, "expected_return_on"))
    return any(end is not None and reached(end, stay.left_on, KEEP_MONTHS) for end in ends)


@rule(
    "R-ABROAD-KEEP",
    level="W",
    title="出国（境）六个月以上先办保留组织关系",
    registers=("abroad",),
    wordings={
        "": (
            "出境 {left}，在外（预计）六个月以上，保留组织关系批准日期没有填",
            "请由本人书面申请、支部审查、基层党委批准后补填；已经返回的，补填当时的批准日期",
        )
    },
    source="组通字〔2015〕33号：出国（境）六个月以上的书面申请保留组织关系",
    grade="V",
)
def keep(case: Case) -> Iterator[Hit]:
    """Stays of six months or more without approval; settling abroad is R-ABROAD-SETTLED."""
    for _, stay in stays_abroad(case):
        settled = stay.row["purpose"] == AbroadPurpose.SETTLING
        if stay.row["keep_approved_on"] is None and not settled and is_long(stay, case.as_of):
            yield Hit("abroad", stay.row, "keep_approved_on", details={"left": stay.left_on})


@rule(
    "R-ABROAD-5Y",
    level="W",
    title="出国（境）超过五年未返回",
    registers=("abroad",),
    wordings={
        "": (
            "出境 {left} + {months}个月 = {end}，已超过五年没有返回",
            "请核实情况，按程序研究是否停止党籍，登记到“处置台账”；已经返回的，补填返回日期",
        )
    },
    source=f"{TL_24}：出国（境）学习研究超过五年仍未返回的，一般停止党籍",
    grade="V",
)
def five_years(case: Case) -> Iterator[Hit]:
    """First said the day after; silent once a disposition of this kind is under way."""
    months = case.policy.whole("abroad.keep_max_months")
    for one, stay in stays_abroad(case):
        if stay.row["purpose"] == AbroadPurpose.SETTLING or not exceeded(case.as_of, stay.left_on, months):
            continue
        if stay.ended_on is None and not _is_under_way(case, one):
            details = {"left": stay.left_on, "months": months, "end": edate(stay.left_on, months)}
            yield Hit("abroad", stay.row, "departed_on", details=details)


def _is_under_way(case: Case, one: PersonFacts) -> bool:
    rows = by_person(case).get(one.key, ())
    return any(row.situation is not None and row.situation.code in FOR_STAYING_ABROAD for row in rows)


@rule(
    "R-ABROAD-RETURN",
    level="W",
    title="返回后申请恢复组织生活",
    registers=("abroad",),
    wordings={
        "": (
            "返回 {back} + {months}个月 = {end}，还没有申请恢复组织生活",
            "请通知本人提出书面申请，按程序恢复组织生活并补填日期",
        )
    },
    source="出国（境）党员返回后按规定恢复组织生活；三个月为地方做法（转引）",
    grade="P",
)
def resume(case: Case) -> Iterator[Hit]:
    """After stays whose 组织生活 was suspended: six months or more, or with an approval to keep the relation."""
    months = case.policy.whole("abroad.return_apply_months")
    for _, stay in stays_abroad(case):
        suspended = stay.row["keep_approved_on"] is not None or is_long(stay, case.as_of)
        if stay.ended_on is None or stay.row["resume_applied_on"] is not None or not suspended:
            continue
        if exceeded(case.as_of, stay.ended_on, months):
            details = {"back": stay.ended_on, "months": months, "end": edate(stay.ended_on, months)}
            yield Hit("abroad", stay.row, "resume_applied_on", details=details)


@rule(
    "R-ABROAD-PROB",
    level="W",
    title="预备党员在国（境）外期间不转正",
    registers=("member_roster",),
    wordings={
        "": (
            "“{title}”{value} 在出国（境）期间（“出国境”第 {row} 行，{left} 起）",
            "预备党员出国（境）期间一般不办理转正：请核对“{title}”和出境、返回日期",
        )
    },
    source="党务问答（转引）：预备党员出国（境）期间不办理转正，回国后由支部研究",
    grade="P",
)
def probationer(case: Case) -> Iterator[Hit]:
    """转正 after leaving and before the return; stays of a few weeks are left alone."""
    for one, stay in stays_abroad(case):
        confirmed = one.member.day("confirmed_on")
        if confirmed is None or not stay.left_on < confirmed or not is_long(stay, case.as_of):
            continue
        if stay.ended_on is None or confirmed < stay.ended_on:
            details = {"row": stay.row.origin.row, "left": stay.left_on}
            yield Hit("member_roster", one.member, "confirmed_on", details=details)


@rule(
    "R-ABROAD-SETTLED",
    level="W",
    title="出国（境）定居要研究处理",
    registers=("abroad",),
    wordings={
        "": (
            "事由是“定居”，处置台账里没有相应的处理",
            "出国（境）长期定居的，正式党员研究停止党籍，预备党员不再保留资格：请按程序研究并登记“处置台账”",
        )
    },
    source=f"{TL_24}；集中排查方案：出国定居的补办停止党籍手续",
    grade="V",
)
def settled_abroad(case: Case) -> Iterator[Hit]:
    """Settled, still on the roll, and no D05 or D19 opened."""
    for one, stay in stays_abroad(case):
        settled = stay.ended_on is None and stay.row["purpose"] == AbroadPurpose.SETTLING
        if settled and not _is_under_way(case, one):
            yield Hit("abroad", stay.row, "purpose")
