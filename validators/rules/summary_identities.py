"""R-SUM-YEAR, R-SUM-UNIT, R-SUM-CHECK: the identities between sheets that a workbook itself decides."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from validators.case_facts import facts
from validators.disposition_rows import by_person
from validators.facts import PersonFacts
from validators.happened import happened
from validators.rule import Case, Hit, rule
from validators.table import Level, Row
from validators.words import EntryWay, ExitWay, MembershipStatus, Outcome, RelationBelonging, YesNo

UNDATED = "不详"
"""Counted apart: something happened to the member, nobody wrote down when."""

_ENTRIES = (EntryWay.ADMITTED, EntryWay.RESTORED, EntryWay.TRANSFERRED_IN)
_EXITS = (ExitWay.EXPELLED, MembershipStatus.STOPPED, ExitWay.DIED, ExitWay.TRANSFERRED_OUT)


@rule(
    "R-SUM-YEAR",
    level="E",
    title="上年底人数加本年增减等于现在人数",
    registers=("cover",),
    wordings={
        "": (
            "上年底 {value} + 增加 {added}（{entries}）− 减少 {removed}（{exits}）= {ought}，实有 {actual}，差 {gap}",
            "请核对上年底党员总数，以及今年进入、离开的党员是否都填了进入方式和日期、离开情形和日期",
        )
    },
    source="党内统计年报表“两年党员数综合比较”表内关系",
    grade="V",
)
def year(case: Case) -> Iterator[Hit]:
    """实有 − 应有 = 0. 停止党籍 counts as leaving; who is transferred without receipt is still there.

    A member with two rows is one member (R-FLD-IDUNIQ). Where only the day of a move is missing it may have been
    this year or not: a gap such moves can explain is not told.
    """
    last = case.book.cover.whole("members_last_year")
    if last is None:
        return
    start = date(case.as_of.year, 1, 1)
    members = list(_once_each(case))
    told = Counter(word for one in members for word in _moves(case, one, start))
    added, removed = sum(told[word] for word in _ENTRIES), sum(told[word] for word in _EXITS)
    actual = sum(1 for one in members if _is_counted(case, one))
    gap = actual - (last + added - removed)
    if abs(gap) > told[UNDATED]:
        words = {"entries": _listed(told, _ENTRIES), "exits": _listed(told, _EXITS)}
        numbers = {"added": added, "removed": removed, "ought": last + added - removed, "actual": actual, "gap": gap}
        details = {**words, **numbers}
        yield Hit("cover", case.book.cover, "members_last_year", details=details)


def _once_each(case: Case) -> Iterator[PersonFacts]:
    seen = set()
    for one in facts(case):
        if one.key not in seen:
            yield one
        if one.key.identity_number:
            seen.add(one.key)


def _listed(told: Counter[str], words: tuple[str, ...]) -> str:
    return "、".join(f"{word}{told[word]}" for word in words)


def _is_counted(case: Case, one: PersonFacts) -> bool:
    """On the roll at the as-of date: come, not left, not stopped."""
    return _has_come(case, one.member) and one.situation.belonging != RelationBelonging.LEFT and not _is_stopped(one)


def _has_come(case: Case, member: Row) -> bool:
    entered = member["entered_on"]
    return entered is None or happened(member, "entered_on", case.as_of) is not None


def _is_stopped(one: PersonFacts) -> bool:
    return one.situation.is_stopped


def _moves(case: Case, one: PersonFacts, start: date) -> Iterator[str]:
    """How a member came and went this year, each as a word of the lists; UNDATED when the day is not on record."""
    member = one.member
    if not _has_come(case, member):
        return
    way, entered = member.text("entry_way"), happened(member, "entered_on", case.as_of)
    if way in _ENTRIES:
        if entered is None:
            yield UNDATED
        elif entered >= start:
            yield way
    stopped_on = _stopped_on(case, one) if member["membership_status"] == MembershipStatus.STOPPED else None
    if stopped_on is not None and stopped_on < start:
        return
    if stopped_on is not None:
        yield MembershipStatus.STOPPED
    elif _is_stopped(one):
        yield UNDATED
    elif one.situation.belonging == RelationBelonging.LEFT:
        yield from _left(case, member, start)


def _left(case: Case, member: Row, start: date) -> Iterator[str]:
    left = happened(member, "left_on", case.as_of)
    if left is None or member["exit_way"] not in _EXITS:
        yield UNDATED
    elif left >= start:
        yield member.text("exit_way")


def _stopped_on(case: Case, one: PersonFacts) -> date | None:
    days = [row.approved_on for row in by_person(case).get(one.key, ()) if row.outcome == Outcome.STOP_MEMBERSHIP]
    return max((day for day in days if day is not None), default=None)


@rule(
    "R-SUM-UNIT",
    level="E",
    title="应报党组织一个不少",
    registers=("organisation_directory",),
    wordings={
        "": (
            "应报的党组织“{name}”不在“报送情况”里",
            "名录改动后请重新汇总，让“已报 + 未报 = 应报”",
        )
    },
    source="集中排查方案：排查全覆盖，一个不少",
    grade="S",
)
def unit(case: Case) -> Iterator[Hit]:
    """Every expected organisation stands in 报送情况, as 已报 or 未报, once a merge has been made."""
    status = case.book.tables.get("submission_status")
    if status is None or not status.rows:
        return
    known = {row["organisation_code"] for row in status}
    own = case.book.cover.text("organisation_code")
    for row in case.book["organisation_directory"]:
        code = row.text("organisation_code")
        if row["is_expected"] == YesNo.YES and code and code != own and code not in known:
            yield Hit("organisation_directory", row, "organisation_code", details={"name": row["organisation_name"]})


@rule(
    "R-SUM-CHECK",
    level="E",
    title="三核数字与支部上报一致",
    registers=("three_checks",),
    wordings={
        "": (
            "“{title}”核出 {value} 人，支部上报 {branch} 人，对不上",
            "请与支部核对到人：支部漏报的退回补登，核查有误的重新汇总；确有原因的写在核查说明",
        )
    },
    source="集中排查方案：基层党委三查三核",
    grade="S",
)
def three_checks(case: Case) -> Iterator[Hit]:
    """流动、空挂、失联 of each branch; a difference explained in 核查说明 is W."""
    for row in case.book.tables.get("three_checks") or ():
        for ours in ("floating", "detached", "lost"):
            number, branch = row.whole(ours), row.whole(f"branch_{ours}")
            if number is not None and branch is not None and number != branch:
                level: Level | None = "W" if row["report_note"] is not None else None
                yield Hit("three_checks", row, ours, "", level, {"branch": branch})
