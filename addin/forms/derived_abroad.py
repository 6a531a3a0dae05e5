"""Derived values about members who came back from abroad (留学回国人员), beside those of ``derived``."""

from datetime import date

from addin.forms.derived import derived
from addin.forms.subjects import Subject
from validators.happened import happened
from validators.table import Row
from validators.words import Outcome, YesNo

_SETTLED_ABROAD = ("D05", "D19")
"""情形 of 处置台账 for who settled abroad."""


def last_stay(subject: Subject) -> Row | None:
    """The latest row of 出国境 that had begun by the as-of date."""
    if subject.facts is None:
        return None
    as_of = subject.case.as_of
    begun = (
        (day, place, row)
        for place, row in enumerate(subject.facts.situation.person.of("abroad"))
        if (day := happened(row, "departed_on", as_of)) is not None
    )
    found = max(begun, key=lambda entry: entry[:2], default=None)
    return found[2] if found is not None else None


def _returned_on(subject: Subject) -> date | None:
    row = last_stay(subject)
    return happened(row, "returned_on", subject.case.as_of) if row is not None else None


@derived("back_in_party_life", "回国后是否已恢复组织生活", rests_on="abroad")
def back_in_party_life(subject: Subject) -> str | None:
    """Whether the member took part in 组织生活 on or after 返回日期; None for who is not back from abroad."""
    back = _returned_on(subject)
    if back is None or subject.facts is None:
        return None
    return YesNo.YES if any(event.day >= back for event in subject.facts.situation.seen.life) else YesNo.NO


@derived("kept_contact_abroad", "在国（境）外期间是否与党组织保持联系", rests_on="abroad")
def kept_contact_abroad(subject: Subject) -> str | None:
    """Whether a counting contact lies between 出境日期 and 返回日期; None for who is not back from abroad."""
    row, back = last_stay(subject), _returned_on(subject)
    left = happened(row, "departed_on", subject.case.as_of) if row is not None else None
    if row is None or back is None or left is None or subject.facts is None:
        return None
    return YesNo.YES if any(left <= event.day <= back for event in subject.facts.situation.seen.contacts) else YesNo.NO


@derived("stopped_for_settling", "是否因出国（境）定居停止党籍", rests_on="disposition", otherwise=YesNo.NO)
def stopped_for_settling(subject: Subject) -> str:
    """Whether 处置台账 has an approved 停止党籍 for settling abroad."""
    rows = subject.facts.situation.person.of("disposition") if subject.facts is not None else []
    settled = (
        row["proposal"] == Outcome.STOP_MEMBERSHIP
        and row.text("situation").startswith(_SETTLED_ABROAD)
        and happened(row, "approved_on", subject.case.as_of) is not None
        for row in rows
    )
    return YesNo.YES if any(settled) else YesNo.NO
