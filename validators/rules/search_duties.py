"""R-SEARCH-EXHAUST, WEEKLY, MONTHLY, CONTINUE, QUARTER, R-FOLLOW-WEEKLY, ACTIVITY: whether a search is kept up."""

from collections.abc import Iterator

from validators.case_facts import facts
from validators.dates import Month, Quarter, is_late
from validators.facts import PersonFacts
from validators.happened import happened
from validators.member_state import LEFT
from validators.people import organisation_of
from validators.periods import Duty, in_words, missed
from validators.reminders import Reminder, reminders
from validators.rule import Case, Hit, rule
from validators.rules.lost_files import live_files
from validators.searches import CONTINUE, MONTHLY, WEEKLY, attempts, effort, lacking
from validators.words import SearchOutcome, YesNo

LONG_TERM = "失联党员长效机制：重点失联党员每周排查、每月上报；不放弃查找"
COMMITTEE = "党委"
"""A remark with this word tells that the committee let a search end early, with its reason."""


def late_reminders(case: Case, rule_id: str) -> Iterator[tuple[PersonFacts, Reminder]]:
    """The deadlines of members that have passed, as ``due`` lists them, of one rule."""
    for one, reminder in case.once("late reminders", _late_reminders):
        if reminder.rule == rule_id:
            yield one, reminder


def _late_reminders(case: Case) -> list[tuple[PersonFacts, Reminder]]:
    return [(one, each) for one in facts(case) for each in reminders(one) if is_late(case.as_of, each.due)]


@rule(
    "R-SEARCH-EXHAUST",
    level="W",
    title="经多方努力才能定为仍无法取得联系",
    registers=("lost_file",),
    wordings={
        "": (
            "查找结果是“无法取得联系”，但查找还不充分：{lacking}",
            "请继续查找、逐次记入“查找记录”；补足以前，查找结果改回“查找中”",
        ),
        "overridden": (
            "查找还不充分（{lacking}），备注说明由党委决定结束查找",
            "请核对备注写明了党委名称和理由",
        ),
    },
    source="经查找仍然无法取得联系党员登记表填表说明：经多方努力；方式、次数、时长为本工具默认值",
    grade="U",
)
def exhausted(case: Case) -> Iterator[Hit]:
    """Families, attempts and span of the policy; a known host organisation too. I when the committee decided."""
    for one, file in live_files(case):
        if file.row["search_outcome"] != SearchOutcome.NOT_FOUND:
            continue
        away = one.situation.away
        host_known = away is not None and bool(away.row.text("host_organisation"))
        wanting = lacking(effort(attempts(one.situation.person, file, case.as_of)), case.policy, host_known)
        if wanting:
            details = {"lacking": "；".join(wanting)}
            if COMMITTEE in file.row.text("remark"):
                yield Hit("lost_file", file.row, "search_outcome", "overridden", "I", details)
            else:
                yield Hit("lost_file", file.row, "search_outcome", details=details)


@rule(
    WEEKLY,
    level="W",
    title="重点失联党员每周查找",
    registers=("lost_file",),
    wordings={"": ("{text}", "请本周内查找一次并记入“查找记录”；已经查找的，补登记录")},
    source=LONG_TERM,
    grade="S",
)
def weekly(case: Case) -> Iterator[Hit]:
    """ISO weeks since 立案 without a search row, and none since."""
    for _, reminder in late_reminders(case, WEEKLY):
        yield Hit("lost_file", reminder.row, "is_key_case", details={"text": reminder.text})


@rule(
    MONTHLY,
    level="W",
    title="失联党员每月查找上报",
    registers=("lost_file",),
    wordings={"": ("{text}", "请查找一次并向上级报告进展，记入“查找记录”；已经做过的，补登记录")},
    source=LONG_TERM,
    grade="S",
)
def monthly(case: Case) -> Iterator[Hit]:
    """Calendar months since 立案 without search or report, and none since."""
    for _, reminder in late_reminders(case, MONTHLY):
        yield Hit("lost_file", reminder.row, "reported_on", details={"text": reminder.text})


@rule(
    CONTINUE,
    level="W",
    title="查找结束、停止党籍后继续查找",
    registers=("lost_file",),
    wordings={"": ("{text}", "请再查找一次并记入“查找记录”（仍用原档案编号）")},
    source="失联党员长效机制：停止党籍后继续查找；每半年一次为本工具默认值",
    grade="U",
)
def continued(case: Case) -> Iterator[Hit]:
    """Half-years after the end of the search without an attempt, and none since."""
    for _, reminder in late_reminders(case, CONTINUE):
        yield Hit("lost_file", reminder.row, "search_ended_on", details={"text": reminder.text})


@rule(
    "R-SEARCH-QUARTER",
    level="W",
    title="每季度专项排查",
    registers=("campaign_check",),
    wordings={
        "": (
            "{who}{period}没有排查记录，最近一次排查是 {last}",
            "请开展本季专项排查并登记“排查记录”；做过的补登；不要求每季排查的，请改“政策参数”里的“每季专项排查”",
        )
    },
    source="失联党员长效机制：每季度开展一次专项排查",
    grade="S",
)
def quarterly(case: Case) -> Iterator[Hit]:
    """An organisation that keeps 排查记录 left out the last closed quarter and has not checked anybody since."""
    if not case.policy.flag("search.quarter"):
        return
    closed = Quarter.of(case.as_of).previous()
    days = [
        (organisation_of(case.book, row), day)
        for row in case.book["campaign_check"]
        if (day := happened(row, "checked_on", case.as_of)) is not None
    ]
    for organisation, day in dict(sorted(days)).items():
        if Quarter.of(day) < closed:
            details = {"who": whose(case, organisation), "period": in_words(closed), "last": day}
            yield Hit("campaign_check", None, "checked_on", details=details)


def whose(case: Case, organisation: str) -> str:
    """Names the organisation a finding about a whole branch is of, where a workbook holds several."""
    return f"党组织 {organisation}：" if case.book.kind == "committee" else ""


@rule(
    "R-FOLLOW-WEEKLY",
    level="W",
    title="取得联系后每周跟踪回访",
    registers=("lost_file",),
    wordings={"": ("{text}，没有联系记录", "请回访本人并记入“联系记录”；回访过的，补登记录")},
    source="失联党员长效机制：对取得联系的每周跟踪回访；周数为本工具默认值",
    grade="S",
)
def followed(case: Case) -> Iterator[Hit]:
    """ISO weeks since the member was found without a contact, and none since."""
    for _, reminder in late_reminders(case, "R-FOLLOW-WEEKLY"):
        yield Hit("lost_file", reminder.row, "found_on", details={"text": reminder.text})


@rule(
    "R-FOLLOW-ACTIVITY",
    level="I",
    title="取得联系后按月记录组织生活和党费",
    registers=("lost_file",),
    wordings={
        "": (
            "取得联系 {found_on} 以后，{period}没有参加组织生活或交纳党费的记录",
            "请登记“组织生活党费”，或更新党员名册的最近参加组织生活日期、最近交纳党费日期",
        )
    },
    source="失联党员长效机制：建立活动信息档案",
    grade="S",
)
def active(case: Case) -> Iterator[Hit]:
    """The last closed month of who carries the tag 经查找取得联系 has neither life nor dues, and none came since."""
    for one in facts(case):
        file = one.situation.file
        if one.state in LEFT or one.is_found != YesNo.YES or file is None or file.closed_on is None:
            continue
        seen = one.situation.seen
        days = [event.day for event in (*seen.life, *seen.dues)]
        run = missed(Month.of, (Duty(file.closed_on),), {Month.of(day) for day in days}, case.as_of)
        if run and not any(day > run[0].last for day in days):
            details = {"found_on": file.closed_on, "period": in_words(run[0])}
            yield Hit("lost_file", file.row, "found_on", details=details)
