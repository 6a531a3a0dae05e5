"""R-DISP-CORRECT-PERIOD, STOP-2Y, REJOIN-5Y, PROB-TERM: terms that run from a disposition or from joining."""

from collections.abc import Iterator
from datetime import date

from validators.case_facts import facts, facts_by_person, roster
from validators.dates import Month, edate
from validators.derive import open_correction
from validators.disposition_rows import Disposition, by_person, dispositions
from validators.facts import PersonFacts
from validators.happened import day_of, happened
from validators.member_state import LEFT
from validators.periods import in_words
from validators.policy import policy_on
from validators.rule import Case, Hit, rule
from validators.table import Row
from validators.terms import probation_term, stop_starts_with
from validators.words import EntryWay, MemberState, MemberType, Outcome, SearchResult

REMOVALS = (
    Outcome.ADVISE_TO_LEAVE,
    Outcome.REMOVE_AFTER_ADVICE,
    Outcome.REMOVE_AS_DROPPED_OUT,
    Outcome.REMOVE_ON_REQUEST,
)
"""劝退、除名: who left this way may join again after years, and is never restored (R-DISP-REJOIN-5Y)."""


@rule(
    "R-DISP-CORRECT-PERIOD",
    level="W",
    title="限期改正的期限",
    registers=("disposition",),
    wordings={
        "long": ("限期改正 {value} 个月，超过最长 {limit} 个月", "请核对决定，最长不超过 {limit} 个月"),
        "long_end": (
            "限期改正从 {start} 到 {value}，超过最长 {limit} 个月",
            "请核对决定：最长不超过 {limit} 个月，写错的改正，并补填限期改正月数",
        ),
        "short": (
            "限期改正 {value} 个月，短于一般的 {limit} 个月",
            "请核对决定；确实这样定的，请在问题清单“说明”一栏写明",
        ),
        "ended": (
            "{text}，基准日已过，“{title}”没有填",
            "期满要及时评议（一般 {days} 天内开会）：请补填期满结论，并按结论另立一行处理",
        ),
        "follow": (
            "限期改正期间，{months}没有联系记录",
            "限期改正期间每月至少跟踪 {count} 次：做过的请补登“联系记录”",
        ),
    },
    source="《中国共产党不合格党员组织处置办法》（一般6个月、最长1年，转引）；2016年方案一年；自审批之日起算为本工具默认值",
    grade="P",
)
def correct_period(case: Case) -> Iterator[Hit]:
    """n (the typed end where n is blank) above the maximum E, n below the minimum W.

    No conclusion after the last day W; a month without contact I.
    """
    for one in dispositions(case):
        if one.outcome != Outcome.CORRECT_IN_TIME:
            continue
        months, ends_on = one.row.whole("correction_months"), one.row.day("correction_ends_on")
        most, least = one.policy.whole("correct.max_months"), one.policy.whole("correct.min_months")
        if months is None:
            if one.approved_on is not None and ends_on is not None and ends_on > edate(one.approved_on, most):
                details = {"limit": most, "start": one.approved_on}
                yield Hit("disposition", one.row, "correction_ends_on", "long_end", "E", details)
        elif months > most:
            yield Hit("disposition", one.row, "correction_months", "long", "E", {"limit": most})
        elif months < least:
            yield Hit("disposition", one.row, "correction_months", "short", "W", {"limit": least})
    for member in facts(case):
        yield from _running_correction(case, member)


def _running_correction(case: Case, one: PersonFacts) -> Iterator[Hit]:
    term = open_correction(one.situation)
    if term is None or one.state in LEFT or one.state == MemberState.STOPPED:
        return
    policy = policy_on(day_of(term.row, "opened_on"), case.policy)
    if case.as_of > term.ends_on:
        details = {"text": term.text, "days": policy.whole("correct.review_days")}
        yield Hit("disposition", term.row, "correction_conclusion", "ended", details=details)
    elif term.starts_on is not None and one.state != MemberState.LOST:
        count = policy.whole("correct.follow_per_month")
        missed = _months_without_contact(case, one, term.starts_on, count)
        if missed:
            details = {"months": "、".join(in_words(month) for month in missed), "count": count}
            yield Hit("disposition", term.row, "correction_ends_on", "follow", "I", details)


def _months_without_contact(case: Case, one: PersonFacts, start: date, count: int) -> list[Month]:
    """The closed months after the one of approval with fewer contacts than asked."""
    month, missed = Month.of(start).next(), []
    while month.last < case.as_of:
        done = sum(1 for contact in one.situation.seen.contacts if Month.of(contact.day) == month)
        if done < count:
            missed.append(month)
        month = month.next()
    return missed


@rule(
    "R-DISP-STOP-2Y",
    level="E",
    title="停止党籍满两年才按自行脱党除名",
    registers=("disposition",),
    wordings={
        "no_stop": (
            "选了停止党籍满2年的情形，处置台账里没有这名党员已批准的停止党籍",
            "请补登停止党籍那一行（旧的在“历史补录”填“是”）；没有停止过党籍的，重选情形",
        ),
        "early": (
            "{text}，立案日期 {opened} 还没有满 {years} 年",
            "满 {years} 年后仍无法取得联系的才可按自行脱党除名：请核对停止党籍的审批日期和这里的立案日期",
        ),
        "no_search": (
            "{text}，停止党籍以后没有查找记录",
            "停止党籍后仍要继续查找：请补登“查找记录”；没有查过的，先查找再研究",
        ),
        "found": (
            "停止党籍以后已取得联系（“{sheet}”第 {row} 行）",
            "取得联系的不能按自行脱党除名：本人申请的，按恢复党籍的情形研究",
        ),
    },
    source="《中国共产党党员教育管理工作条例》第二十四条：停止党籍2年后确实无法取得联系的，按自行脱党除名",
    grade="V",
)
def stop_two_years(case: Case) -> Iterator[Hit]:
    """D15 opened before EDATE(停止党籍批准日, 24), without a search since, or after contact."""
    for one in dispositions(case):
        if one.situation is None or one.situation.code != "D15" or one.is_historical or one.key is None:
            continue
        stops = [other for other in by_person(case)[one.key] if other.outcome == Outcome.STOP_MEMBERSHIP]
        column, _ = stop_starts_with(one.policy)
        starts = [start for stop in stops if (start := happened(stop.row, column, case.as_of)) is not None]
        yield from _two_years(case, one, starts)


def _two_years(case: Case, one: Disposition, starts: list[date]) -> Iterator[Hit]:
    if not starts:
        yield Hit("disposition", one.row, "situation", "no_stop")
        return
    years, start = one.policy.whole("stop.years"), max(starts)
    end = edate(start, 12 * years)
    details = {"text": f"停止党籍 {start} + {years}年 = {end}", "years": years, "opened": one.row["opened_on"]}
    if one.opened_on is not None and one.opened_on < end:
        yield Hit("disposition", one.row, "situation", "early", details=details)
        return
    until = one.approved_on or case.as_of
    tries = [row for row in _searches(case, one) if _between(row, start, until)]
    reached = [row for row in tries if row["result"] == SearchResult.REACHED]
    if reached:
        place = reached[0].origin
        yield Hit("disposition", one.row, "situation", "found", details={"sheet": place.sheet, "row": place.row})
    elif not tries:
        yield Hit("disposition", one.row, "situation", "no_search", details=details)


def _searches(case: Case, one: Disposition) -> list[Row]:
    known = facts_by_person(case).get(one.key) if one.key is not None else None
    return known.situation.person.of("search_log") if known is not None else []


def _between(row: Row, start: date, until: date) -> bool:
    day = day_of(row, "searched_on")
    return day is not None and start <= day <= until


@rule(
    "R-DISP-REJOIN-5Y",
    level="E",
    title="劝退、除名后五年内不得重新入党，也不能恢复党籍",
    registers=("member_roster", "disposition"),
    wordings={
        "": (
            "这名党员 {effective} {outcome}（“处置台账”第 {row} 行），{until} 以前不得重新入党",
            "请核对“加入党组织日期”和处置台账的“生效日期”，改正写错的一处",
        ),
        "restore": (
            "这名党员 {effective} 已{outcome}（第 {row} 行），只能重新入党，不能恢复党籍",
            "请核对：恢复党籍只适用于停止党籍的党员",
        ),
    },
    source="《中国共产党不合格党员组织处置办法》（五年，转引）；《中国共产党党员教育管理工作条例》第二十四条",
    grade="P",
)
def rejoin(case: Case) -> Iterator[Hit]:
    """入党 within EDATE(生效日, 60); 恢复党籍 opened after a removal."""
    for key, rows in by_person(case).items():
        for removal in (one for one in rows if one.outcome in REMOVALS):
            effective = happened(removal.row, "effective_on", case.as_of) or removal.approved_on
            if effective is None:
                continue
            until = edate(effective, 12 * removal.policy.whole("rejoin.ban_years"))
            details = {"effective": effective, "outcome": removal.outcome, "row": removal.row.origin.row}
            member = roster(case).get(key)
            joined = day_of(member, "joined_on") if member is not None else None
            if joined is not None and effective <= joined < until:
                yield Hit("member_roster", member, "joined_on", details={**details, "until": until})
            for other in rows:
                opened = other.opened_on
                if other.outcome == Outcome.RESTORE_MEMBERSHIP and opened is not None and opened >= effective:
                    yield Hit("disposition", other.row, "proposal", "restore", details=details)


@rule(
    "R-DISP-PROB-TERM",
    level="E",
    title="预备期和延长预备期",
    registers=("member_roster", "disposition"),
    wordings={
        "short": (
            "预备期延长至 {value}，延长不到 {least} 个月（最早 {first}）",
            "延长预备期不少于半年：请核对支部大会决议，改正日期",
        ),
        "long": (
            "预备期延长至 {value}，延长超过 {most} 个月（最晚 {last}）",
            "延长预备期不超过一年：请核对支部大会决议，改正日期",
        ),
        "twice": (
            "这名党员已经延长过预备期（第 {row} 行），只能延长一次",
            "请核对：延长期满应当转正或取消预备党员资格",
        ),
        "undecided": (
            "{text}，预备期已满，还没有转正、延长或取消的决定",
            "请支部大会及时讨论；已经讨论的，补填“转为正式党员日期”“预备期延长至”或处置台账",
        ),
    },
    source="《中国共产党章程》第七条；《中国共产党发展党员工作细则》第三十二条",
    grade="V",
)
def probation(case: Case) -> Iterator[Hit]:
    """One extension of 6 to 12 months (E outside); past the end without a decision W."""
    if case.policy.flag("prob.extend_once"):
        yield from _second_extension(case)
    for one in facts(case):
        yield from _extension(case, one.member)
        if one.state not in LEFT and one.member["member_type"] == MemberType.PROBATIONARY:
            yield from _undecided(case, one)


def _second_extension(case: Case) -> Iterator[Hit]:
    for rows in by_person(case).values():
        extensions = [one for one in rows if one.outcome == Outcome.EXTEND_PROBATION]
        for one in extensions[1:]:
            details = {"row": extensions[0].row.origin.row}
            yield Hit("disposition", one.row, "proposal", "twice", details=details)


def _extension(case: Case, member: Row) -> Iterator[Hit]:
    joined, until = member.day("joined_on"), member.day("probation_extended_to")
    if joined is None or until is None or until < joined:
        return
    months = case.policy.whole("prob.months")
    least, most = case.policy.whole("prob.extend_min"), case.policy.whole("prob.extend_max")
    first, last = edate(joined, months + least), edate(joined, months + most)
    if until < first:
        details = {"least": least, "first": first}
        yield Hit("member_roster", member, "probation_extended_to", "short", details=details)
    elif until > last:
        yield Hit("member_roster", member, "probation_extended_to", "long", details={"most": most, "last": last})


def _undecided(case: Case, one: PersonFacts) -> Iterator[Hit]:
    """Beyond the longest possible 预备期 R-FLD-PROBTYPE speaks; restored members have their own clock."""
    term = probation_term(one.member, one.situation.person.of("disposition"), case.policy, case.as_of)
    joined = happened(one.member, "joined_on", case.as_of)
    if term is None or joined is None or term.is_decided or one.member["entry_way"] == EntryWay.RESTORED:
        return
    longest = edate(joined, case.policy.whole("prob.months") + case.policy.whole("prob.extend_max"))
    if term.ends_on < case.as_of <= longest:
        yield Hit("member_roster", one.member, "member_type", "undecided", "W", {"text": term.text})
