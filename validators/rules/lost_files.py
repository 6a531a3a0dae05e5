"""R-LOST-VERIFY-30, REPORT, FOUND, NOTFOUND, SITUATION, CAUSE, R-SEARCH-HEAD, AFTERFOUND: one 失联档案 row."""

from collections.abc import Iterator
from datetime import date

from validators.codes import code_lists
from validators.dates import deadline, is_late
from validators.facts import PersonFacts
from validators.happened import Event, day_of, happened, latest
from validators.lost_clocks import lost_arithmetic
from validators.lost_spells import is_closed, lost_spell
from validators.rule import Case, Hit, rule
from validators.rules.lost_members import members
from validators.searches import FileState, SearchFile, attempts
from validators.table import Row
from validators.words import LostCause, LostSituation, MemberState, SearchOutcome, SearchResult, YesNo


def live_files(case: Case) -> Iterator[tuple[PersonFacts, SearchFile]]:
    """The latest file of every 排查对象, unless it ended with contact and the disposition is closed."""
    for one in members(case):
        file = one.situation.file
        if file is not None and not (file.state is FileState.FOUND and is_closed(one.situation, file)):
            yield one, file


@rule(
    "R-LOST-VERIFY-30",
    level="W",
    title="发现失联后按期核查",
    registers=("lost_file",),
    wordings={
        "": ("{text}，已过期，还没有填核查日期", "请尽快核查并填核查日期；核查过的补填实际日期"),
        "late": ("核查日期 {value} 晚于期限：{text}", "日期属实的不用改，请在问题清单“说明”一栏写明原因；写错的改正"),
    },
    source="失联党员管理制度：发现失联30日内核查并作出处理",
    grade="S",
)
def verified(case: Case) -> Iterator[Hit]:
    """核查日期 within the days of the policy from 发现失联日期, start day not counted; contact made in time will do."""
    days = case.policy.whole("lost.verify_days")
    for _, file in live_files(case):
        due = _due(file, days)
        if due is None:
            continue
        details = {"text": f"发现失联 {file.discovered_on} + {days}天 = {due}"}
        verified_on = happened(file.row, "verified_on", case.as_of)
        if verified_on is not None and is_late(verified_on, due):
            yield Hit("lost_file", file.row, "verified_on", "late", details=details)
        elif file.row["verified_on"] is None and is_late(case.as_of, due):
            yield Hit("lost_file", file.row, "verified_on", details=details)


@rule(
    "R-LOST-REPORT",
    level="W",
    title="发现失联后及时上报",
    registers=("lost_file",),
    wordings={
        "": ("{text}，还没有填上报日期", "请向上级党组织报告并填上报日期；报告过的补填实际日期"),
    },
    source="失联党员管理制度：发现失联及时上报（天数为本工具默认值）",
    grade="U",
)
def reported(case: Case) -> Iterator[Hit]:
    """上报日期 still blank after the days of the policy; contact made in time will do."""
    days = case.policy.whole("lost.report_days")
    for _, file in live_files(case):
        due = _due(file, days)
        if due is not None and file.row["reported_on"] is None and is_late(case.as_of, due):
            yield Hit(
                "lost_file",
                file.row,
                "reported_on",
                details={"text": f"发现失联 {file.discovered_on} + {days}天 = {due}，已过期"},
            )


def _due(file: SearchFile, days: int) -> date | None:
    """The last day on time; None without a day of discovery or when the member was in touch by then."""
    if file.discovered_on is None:
        return None
    due = deadline(file.discovered_on, days)
    in_time = file.state is FileState.FOUND and (file.closed_on is None or file.closed_on <= due)
    return None if in_time else due


@rule(
    "R-LOST-FOUND",
    level="W",
    title="已经联系上的，查找结果要改",
    registers=("lost_file",),
    wordings={
        "": (
            "查找结果是“{value}”，但 {day} 有{what}（“{sheet}”第 {row} 行）",
            "确是本人的，查找结果改为“取得联系”并填取得联系日期和方式；不是本人的，改正那一行",
        )
    },
    source="经查找取得联系党员登记表填表说明",
    grade="V",
)
def found(case: Case) -> Iterator[Hit]:
    """A counting contact or 组织生活 after the discovery (or the end) of an unsuccessful search."""
    for one, file in live_files(case):
        since = (file.closed_on if file.state is FileState.NOT_FOUND else None) or file.discovered_on
        if file.state is FileState.FOUND or since is None or _was_reached(one, file):
            continue
        seen = one.situation.seen
        last = latest(event for event in (*seen.contacts, *seen.life) if event.day > since)
        if last is not None:
            yield Hit("lost_file", file.row, "search_outcome", details=_told(last))


def _was_reached(one: PersonFacts, file: SearchFile) -> bool:
    """Whether the search log itself says so: then R-SEARCH-RESULT speaks."""
    tries = attempts(one.situation.person, file, one.situation.as_of)
    return any(event.row["result"] == SearchResult.REACHED for event in tries)


def _told(event: Event) -> dict[str, object]:
    place = event.row.origin
    return {"day": event.day, "what": event.what.removeprefix("最近"), "sheet": place.sheet, "row": place.row}


@rule(
    "R-LOST-NOTFOUND",
    level="W",
    title="失联满六个月才能定为仍无法取得联系",
    registers=("lost_file",),
    wordings={
        "": (
            "查找结果是“无法取得联系”，但{text}，还没有到失联期限",
            "期限未到的，查找结果保留“查找中”继续查找；日期有误的，请核对最近联系、组织生活、党费的日期",
        )
    },
    source="经查找仍然无法取得联系党员登记表填表说明：失联6个月以上",
    grade="V",
)
def not_found(case: Case) -> Iterator[Hit]:
    """The search given up although the contact clock has not run out and nothing has come since."""
    for one, file in live_files(case):
        start = one.situation.now.contact
        if file.row["search_outcome"] != SearchOutcome.NOT_FOUND or one.state == MemberState.LOST or start is None:
            continue
        ended_on = file.closed_on or case.as_of
        if start.day <= ended_on and one.lost_on is not None and one.lost_on > case.as_of:
            text = lost_arithmetic(start, case.policy, case.as_of)
            yield Hit("lost_file", file.row, "search_outcome", details={"text": text})


@rule(
    "R-LOST-SITUATION",
    level="E",
    title="失去联系情形“其他”要写明",
    registers=("lost_file",),
    wordings={
        "": ("失去联系情形是“{situation}”，备注没有写明具体情形", "请在备注写明；能归入前六项的，改选那一项"),
    },
    source="经查找取得联系（仍然无法取得联系）党员登记表指标解释",
    grade="V",
)
def situation(case: Case) -> Iterator[Hit]:
    """A situation whose code asks for a remark."""
    wanting = code_lists()["lost_situation"].with_attribute("needs_remark")
    for row in case.book["lost_file"]:
        if row["situation"] in wanting and row["remark"] is None:
            yield Hit("lost_file", row, "remark", details={"situation": row["situation"]})


@rule(
    "R-LOST-CAUSE",
    level="W",
    title="失联原因联系上以后才能定",
    registers=("lost_file",),
    wordings={
        "": (
            "还没有联系上本人，失联原因却填了“{value}”",
            "请改为“未查明”或清空，联系上本人、问明情况后再填；已联系上的，改查找结果",
        )
    },
    source="排查方案：取得联系后分析失联具体原因",
    grade="S",
)
def cause(case: Case) -> Iterator[Hit]:
    """客观 or 主观 before the member was spoken to."""
    for _, file in live_files(case):
        known = file.row["cause"] in (LostCause.OBJECTIVE, LostCause.SUBJECTIVE)
        if known and file.row["search_outcome"] in (SearchOutcome.SEARCHING, SearchOutcome.NOT_FOUND):
            yield Hit("lost_file", file.row, "cause")


@rule(
    "R-SEARCH-HEAD",
    level="W",
    title="失联档案首页：责任人、原单位、查找时限",
    registers=("lost_file",),
    wordings={
        "deadline": (
            "查找时限 {value} 已过，查找结果还是“查找中”",
            "请填查找结果；还要继续查找的，经批准后改查找时限",
        ),
        "responsible": ("责任人填的是失联党员本人", "请改填党支部书记或指定的责任人"),
        "unit": (
            "失去联系情形是“{situation}”，没有填原单位",
            "请补填原单位；单位已变动的，由基层党委负责查找",
        ),
    },
    source="排查方案：一人一档，明确责任人、查找时限；企业改制的由基层党委负责",
    grade="S",
)
def head(case: Case) -> Iterator[Hit]:
    """What the stars of the sheet do not ask: a deadline still ahead, somebody else responsible, the former unit."""
    for one, file in live_files(case):
        row, limit = file.row, day_of(file.row, "search_deadline")
        if file.state is FileState.OPEN and limit is not None and is_late(case.as_of, limit):
            yield Hit("lost_file", row, "search_deadline", "deadline")
        if row["responsible"] is not None and row["responsible"] == one.name:
            yield Hit("lost_file", row, "responsible", "responsible")
        if row["situation"] == LostSituation.UNIT_CLOSED and row["former_unit"] is None:
            yield Hit("lost_file", row, "former_unit", "unit", details={"situation": row["situation"]})


_AFTER_FOUND = ("cause", "conduct_while_lost", "attitude", "wish_to_stay")


@rule(
    "R-SEARCH-AFTERFOUND",
    level="W",
    title="取得联系后的调查和谈话情况",
    registers=("lost_file",),
    wordings={
        "": ("已取得联系，但没有填“{title}”", "请与本人谈话、了解情况后补填；处置以前必须填齐"),
        "disposed": ("处置台账第 {row} 行已经立案，但这里没有填“{title}”", "请补填后再继续处置"),
    },
    source="排查方案：取得联系的，分析失联原因、调查失联期间表现、了解本人态度",
    grade="S",
)
def after_found(case: Case) -> Iterator[Hit]:
    """Cause, conduct, attitude and wish of who was found after being 失联: W, E once a disposition is opened."""
    for one in members(case):
        file = one.situation.file
        if file is None or file.state is not FileState.FOUND or not lost_spell(one.situation, file).was_lost:
            continue
        opened = _disposition(one, file)
        if opened is not None and opened["is_historical"] == YesNo.YES:
            continue
        for key in _AFTER_FOUND:
            if file.row[key] is not None:
                continue
            if opened is None:
                yield Hit("lost_file", file.row, key)
            else:
                yield Hit("lost_file", file.row, key, "disposed", "E", {"row": opened.origin.row})


def _disposition(one: PersonFacts, file: SearchFile) -> Row | None:
    """The first disposition opened since the member was found missing."""
    for row in one.situation.person.of("disposition"):
        opened_on = happened(row, "opened_on", one.situation.as_of)
        if opened_on is not None and (file.discovered_on is None or opened_on >= file.discovered_on):
            return row
    return None
