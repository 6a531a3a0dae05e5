"""Terms that run from a disposition or from joining: 停止党籍满二年, 限期改正止, 预备期满."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from validators.codes import code_lists
from validators.dates import edate
from validators.happened import Basis, basis, day_of, happened
from validators.policy import Policy, policy_on
from validators.table import Row
from validators.words import MemberType, Outcome

_FOR_OTHER_CAUSES = ("D05", "D06")
"""停止党籍 of members settled or staying abroad: the two-year clock is about the lost (D15)."""

_LONGEST_MONTHS = 120
"""A typed 限期改正月数 beyond ten years is a slip of the pen; the default is used instead (the check reports it)."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the day it ends (on that day still on time), the row it rests on and its arithmetic."""

    row: Row
    starts_on: date | None
    ends_on: date
    text: str
    is_decided: bool = False

    @property
    def basis(self) -> Basis:
        """The term as basis of a derived value."""
        return basis(self.row, self.text)


def stop_term(rows: Iterable[Row], policy: Policy, as_of: date) -> Term | None:
    """停止党籍满二年日 of the latest approved 停止党籍 (R-DISP-STOP-2Y); decided once something later is approved."""
    key, word = stop_starts_with(policy)
    dated = [(day, row) for row in rows if (day := happened(row, key, as_of)) is not None]
    stops = [(day, row) for day, row in dated if row["proposal"] == Outcome.STOP_MEMBERSHIP]
    if not stops:
        return None
    start, row = max(stops, key=lambda pair: pair[0])
    years = policy.whole("stop.years")
    end = edate(start, years * 12)
    closing = (Outcome.RESTORE_MEMBERSHIP, Outcome.REMOVE_AS_DROPPED_OUT, Outcome.DIED)
    decided = any(day >= start and other["proposal"] in closing for day, other in dated)
    return Term(row, start, end, f"停止党籍{word} {start} + {years}年 = {end}", decided)


def stop_starts_with(policy: Policy) -> tuple[str, str]:
    """The column of 处置台账 the two years of a 停止党籍 count from, and its word."""
    return ("effective_on", "生效") if policy.word("stop.start") == "effective" else ("approved_on", "批准")


def is_for_loss(term: Term) -> bool:
    """Whether a 停止党籍 may have been for 失联, so that its two years matter."""
    situation = code_lists()["disposition_situation"].by_word.get(term.row.text("situation"))
    return situation is None or situation.code not in _FOR_OTHER_CAUSES


def correction_term(rows: Iterable[Row], policy: Policy, as_of: date) -> Term | None:
    """限期改正止 of the latest 限期改正 in force (R-DISP-CORRECT-PERIOD): the typed day, else approval + n months.

    A blank n is the usual term of the policy in force on 立案日期.
    """
    found = [term for row in rows if (term := _correction(row, policy, as_of)) is not None]
    return max(found, key=lambda term: term.ends_on, default=None)


def _correction(row: Row, policy: Policy, as_of: date) -> Term | None:
    start = happened(row, "approved_on", as_of)
    if row["proposal"] != Outcome.CORRECT_IN_TIME or start is None:
        return None
    months = row.whole("correction_months") or 0
    if not 0 < months <= _LONGEST_MONTHS:
        months = policy_on(day_of(row, "opened_on"), policy).whole("correct.default_months")
    typed = day_of(row, "correction_ends_on")
    end = typed or edate(start, months)
    text = f"限期改正批准 {start} + {months}个月 = {edate(start, months)}"
    if typed is not None and typed != edate(start, months):
        text += f"，台账写明至 {typed}"
    return Term(row, start, end, text, row["correction_conclusion"] is not None)


def probation_term(member: Row, dispositions: Sequence[Row], policy: Policy, as_of: date) -> Term | None:
    """预备期满日 of a probationary member (R-DISP-PROB-TERM); decided once confirmed, cancelled or extended."""
    joined_on = happened(member, "joined_on", as_of)
    if member["member_type"] != MemberType.PROBATIONARY or joined_on is None:
        return None
    months = policy.whole("prob.months")
    end, text = edate(joined_on, months), f"加入 {joined_on} + {months}个月 = {edate(joined_on, months)}"
    extended = day_of(member, "probation_extended_to")
    if extended is not None and extended > end:
        end, text = extended, f"{text}，预备期延长至 {extended}"
    decided = happened(member, "confirmed_on", as_of) is not None
    decided = decided or any(_decides(row, joined_on, extended is not None, as_of) for row in dispositions)
    return Term(member, joined_on, end, text, decided)


def _decides(row: Row, joined_on: date, is_extended: bool, as_of: date) -> bool:
    met = happened(row, "branch_meeting_on", as_of) or happened(row, "approved_on", as_of)
    if met is None or met < joined_on:
        return False
    return row["proposal"] == Outcome.CANCEL_PROBATION or (
        row["proposal"] == Outcome.EXTEND_PROBATION and not is_extended
    )
