"""R-LOST-FOUND, NOTFOUND, CAUSE, R-SEARCH-AFTERFOUND: how a search came out, and what is asked once it did."""

from collections.abc import Iterator

from validators.facts import PersonFacts
from validators.happened import Event, happened, latest
from validators.lost_clocks import lost_arithmetic
from validators.lost_spells import lost_spell
from validators.rule import Case, Hit, rule
from validators.rules.lost_files import live_files
from validators.rules.lost_members import members
from validators.searches import FileState, SearchFile, attempts
from validators.table import Row
from validators.words import LostCause, MemberState, SearchOutcome, SearchResult, YesNo

_AFTER_FOUND = ("cause", "conduct_while_lost", "attitude", "wish_to_stay")


@rule(
    "R-LOST-FOUND",
    level="W",
    title="已经联系上的，查找结果要改",
    registers=("lost_file",),
    wordings={
        "": (
            "查找结果是“{value}”，但 {day} 有{what}的记录（“{sheet}”第 {row} 行）",
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
