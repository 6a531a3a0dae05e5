"""Derived values about letters, stays abroad, terms, classes and organisations, beside those of ``derived``."""

from collections import Counter
from datetime import date
from functools import cache

from addin.forms.derived import derived, lost_result
from addin.forms.subjects import MEMBER, Subject, subjects
from validators.codes import code_lists
from validators.dates import Quarter, edate
from validators.happened import happened, latest_day
from validators.letters import Letter, awaiting, awaits_receipt, outgoing_letters
from validators.rule import Case
from validators.terms import correction_term
from validators.words import CorrectionConclusion, MemberState, Outcome, RelationBelonging, SubmissionStatus, YesNo


def _letter(subject: Subject) -> Letter | None:
    """The letter a row of 介绍信 is, reckoned as an outgoing one; None when it is void, undated or still to come."""
    row = subject.row
    if subject.register != "transfer_letter" or row["direction"] == "转入":
        return None
    found = outgoing_letters([row], subject.case.policy, subject.case.as_of)
    return found[0] if found else None


@derived("letter_valid_days", "介绍信有效期天数")
def letter_valid_days(subject: Subject) -> int | None:
    """As typed, else the policy default (R-XFER-LETTER-VALID)."""
    letter = _letter(subject)
    return letter.valid_days if letter is not None else subject.row.whole("valid_days")


@derived("letter_expires_on", "介绍信有效期截止")
def letter_expires_on(subject: Subject) -> date | None:
    """R-XFER-EXPIRY."""
    letter = _letter(subject)
    return letter.expires_on if letter is not None else None


@derived("receipt_due_on", "回执应到日期")
def receipt_due_on(subject: Subject) -> date | None:
    """有效期截止 + ``receipt.grace_days``."""
    letter = _letter(subject)
    return letter.receipt_due_on if letter is not None else None


@derived("receipt_days_late", "回执超期天数")
def receipt_days_late(subject: Subject) -> int | None:
    """Days since 回执应到日期; blank when it is not late (R-XFER-RECEIPT-OVERDUE)."""
    letter = _letter(subject)
    days = (subject.case.as_of - letter.receipt_due_on).days if letter is not None else 0
    return days if days > 0 else None


@derived("awaits_receipt", "是否应收未收回执")
def awaits_a_receipt(subject: Subject) -> str:
    """An outgoing letter that is not settled and has no receipt, of a member still under this branch's care: O of rules
    §11 leaves out who is 停止党籍."""
    letter, one, policy = _letter(subject), subject.facts, subject.case.policy
    if letter is None or one is None:
        return YesNo.YES if letter is not None and awaits_receipt(letter, policy) else YesNo.NO
    if one.situation.belonging == RelationBelonging.LEFT or one.state == MemberState.STOPPED:
        return YesNo.NO
    waiting = awaiting(one.situation.letters, policy)
    return YesNo.YES if any(each.row is subject.row for each in waiting) else YesNo.NO


@derived("has_receipt", "是否有回执")
def has_receipt(subject: Subject) -> str:
    """回执收到日期 is filled and not in the future."""
    return YesNo.YES if happened(subject.row, "receipt_on", subject.case.as_of) is not None else YesNo.NO


@derived("quarter", "季度")
def quarter(subject: Subject) -> str | None:
    """The calendar quarter of 联系日期."""
    day = latest_day(subject.row["contacted_on"])
    return _quarter_of(day) if day is not None else None


@cache
def _quarter_of(day: date) -> str:
    return str(Quarter.of(day))


@derived("correction_ends_on", "限期改正止日")
def correction_ends_on(subject: Subject) -> date | None:
    """End of the term this row of 处置台账 sets (R-DISP-CORRECT-PERIOD)."""
    term = correction_term([subject.row], subject.case.policy, subject.case.as_of)
    return term.ends_on if term is not None else latest_day(subject.row["correction_ends_on"])


@derived("flow_kind", "流动类别")
def flow_kind(subject: Subject) -> str:
    """流入 for rows of 流入党员, 流出 for members away."""
    return "流入" if subject.register == "inflow" else "流出"


@derived("is_of_this_year", "是否本年度")
def is_of_this_year(subject: Subject) -> str:
    """Whether 年度 of the row is the year of the as-of date."""
    return YesNo.YES if subject.row.text("year") == str(subject.case.as_of.year) else YesNo.NO


@derived("abroad_half_year", "出国（境）是否满半年")
def abroad_half_year(subject: Subject) -> str | None:
    """Six months since departure have passed."""
    stay = subject.facts.situation.abroad if subject.facts is not None else None
    if stay is None:
        return None
    return YesNo.YES if edate(stay.left_on, 6) <= subject.case.as_of else YesNo.NO


@derived("abroad_year_late", "是否逾期一年以上未归")
def abroad_year_late(subject: Subject) -> str | None:
    """A year since 预计返回日期 has passed."""
    stay = subject.facts.situation.abroad if subject.facts is not None else None
    due = latest_day(stay.row["expected_return_on"]) if stay is not None else None
    return YesNo.YES if due is not None and edate(due, 12) <= subject.case.as_of else YesNo.NO


def _joined_in(subject: Subject, name: str) -> str | None:
    joined = latest_day(subject.facts.member["joined_on"]) if subject.facts is not None else None
    return _period_of(joined, name) if joined is not None else None


@cache
def _period_of(joined: date, name: str) -> str | None:
    for entry in code_lists()[name].entries:
        low, high = entry.attributes.get("from", "0001-01-01"), entry.attributes.get("to", "9999-12-31")
        if date.fromisoformat(low) <= joined <= date.fromisoformat(high):
            return entry.word
    return None


@derived("join_period_abroad", "入党时间分档（出国境）")
def join_period_abroad(subject: Subject) -> str | None:
    """The six periods of 党统 table 35."""
    return _joined_in(subject, "join_period_abroad")


@derived("join_period_exit", "入党时间分档（出党）")
def join_period_exit(subject: Subject) -> str | None:
    """The six periods of 党统 table 10."""
    return _joined_in(subject, "join_period_exit")


@derived("age_class_exit", "年龄分档（出党）")
def age_class_exit(subject: Subject) -> str | None:
    """The four classes of 党统 table 10."""
    age = subject.facts.age if subject.facts is not None else None
    if age is None:
        return None
    for entry in code_lists()["age_class_exit"].entries:
        if entry.attributes.get("from", age) <= age <= entry.attributes.get("to", age):
            return entry.word
    return None


@derived("was_stopped", "是否曾停止党籍", rests_on="disposition", otherwise=YesNo.NO)
def was_stopped(subject: Subject) -> str:
    """Whether 处置台账 has an approved 停止党籍, or the 恢复党籍 that only follows one (D16)."""
    kinds = (Outcome.STOP_MEMBERSHIP, Outcome.RESTORE_MEMBERSHIP)
    rows = subject.facts.situation.person.of("disposition") if subject.facts is not None else []
    approved = (row["proposal"] in kinds and happened(row, "approved_on", subject.case.as_of) for row in rows)
    return YesNo.YES if any(approved) else YesNo.NO


@derived("failed_correction", "是否有期满仍不合格的限期改正", rests_on="disposition", otherwise=YesNo.NO)
def failed_correction(subject: Subject) -> str:
    """Whether 处置台账 has a 限期改正 of the person that ended 仍不合格."""
    rows = subject.facts.situation.person.of("disposition") if subject.facts is not None else []
    failed = (
        row["proposal"] == Outcome.CORRECT_IN_TIME
        and row["correction_conclusion"] == CorrectionConclusion.STILL_UNQUALIFIED
        for row in rows
    )
    return YesNo.YES if any(failed) else YesNo.NO


@derived("stopped_on", "停止党籍日期")
def stopped_on(subject: Subject) -> date | None:
    """Start of a standing 停止党籍."""
    one = subject.facts
    stop = one.situation.stop if one is not None and one.state == MemberState.STOPPED else None
    return stop.starts_on if stop is not None else None


@derived("members_here", "管理党员数")
def members_here(subject: Subject) -> int | str:
    """Members on the roster of the organisation, and members from elsewhere it has; 未报 when it has not reported."""
    if subject.organisation.is_missing:
        return SubmissionStatus.MISSING
    own = subject.case.once("members by organisation", _members_by_organisation)
    return own[subject.organisation.code] + len(_hosted(subject))


def _members_by_organisation(case: Case) -> Counter[str]:
    return Counter(it.organisation.code for it in subjects(case, MEMBER) if is_on_roll(it))


def _hosted(subject: Subject) -> list[Subject]:
    """The members from elsewhere who are with an organisation now."""
    return hosted(subject.case).get(subject.organisation.code, [])


def hosted(case: Case) -> dict[str, list[Subject]]:
    """The members from elsewhere who have come and not left again, by the organisation they are with."""
    return case.once("hosted by organisation", _hosted_by_organisation)


def _hosted_by_organisation(case: Case) -> dict[str, list[Subject]]:
    found: dict[str, list[Subject]] = {}
    for it in subjects(case, "inflow"):
        arrived = happened(it.row, "arrived_on", case.as_of) is not None
        if arrived and happened(it.row, "departed_on", case.as_of) is None:
            found.setdefault(it.organisation.code, []).append(it)
    return found


@derived("hosts_members", "是否管理有外来流入党员")
def hosts_members(subject: Subject) -> str:
    """Whether some member from elsewhere is here and enrolled."""
    as_of = subject.case.as_of
    return YesNo.YES if any(happened(it.row, "enrolled_on", as_of) for it in _hosted(subject)) else YesNo.NO


@derived("is_floating_organisation", "是否流动党员党组织")
def is_floating_organisation(subject: Subject) -> str:
    """By its name."""
    return YesNo.YES if "流动党员" in subject.organisation.name else YesNo.NO


@derived("receives_members", "是否接收有流动党员")
def receives_members(subject: Subject) -> str:
    """Whether some member from elsewhere is here, enrolled or not yet."""
    return YesNo.YES if _hosted(subject) else YesNo.NO


@derived("superior", "上级党组织")
def superior(subject: Subject) -> str | None:
    """Of a branch workbook the superior on the cover; in a committee workbook the committee."""
    cover = subject.case.book.cover
    key = "superior_name" if subject.case.book.kind == "branch" else "organisation_name"
    return cover.text(key) or None


@derived("holds_appraisal", "是否开展民主评议")
def holds_appraisal(subject: Subject) -> str:
    """Whether some member of the organisation was given one of the four grades."""
    graded = subject.case.once("organisations with appraisal", _with_appraisal)
    return YesNo.YES if subject.organisation.code in graded else YesNo.NO


def _with_appraisal(case: Case) -> frozenset[str]:
    graded = ("优秀", "合格", "基本合格", "不合格")
    return frozenset(it.organisation.code for it in subjects(case, MEMBER) if it.row["last_appraisal"] in graded)


def is_on_roll(subject: Subject) -> bool:
    """在册党员 (A of rules §11): the formal relation is here and neither stopped nor gone."""
    one = subject.facts
    if one is None or one.state in (MemberState.EXPELLED, MemberState.DIED, MemberState.TRANSFERRED):
        return False
    return one.state != MemberState.STOPPED and one.situation.belonging == RelationBelonging.HERE


@derived("on_roll", "是否在册党员")
def on_roll(subject: Subject) -> str:
    """As ``is_on_roll``."""
    return YesNo.YES if is_on_roll(subject) else YesNo.NO


@derived("without_receipt", "是否转出未收到回执")
def without_receipt(subject: Subject) -> str:
    """O of rules §11: transferred out, the receipt not in, still under this branch's care."""
    one = subject.facts
    waits = one is not None and one.situation.belonging == RelationBelonging.NO_RECEIPT
    return YesNo.YES if waits and one is not None and one.state != MemberState.STOPPED else YesNo.NO


@derived("lost_now", "统计截止日是否仍失联")
def lost_now(subject: Subject) -> str:
    """In state 失联 on the as-of date (decisions on the yearly 党统 table)."""
    is_lost = subject.facts is not None and subject.facts.state == MemberState.LOST
    return YesNo.YES if is_lost and lost_result(subject) is not None else YesNo.NO
