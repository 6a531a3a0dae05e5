"""R-LOST-VERIFY-30, REPORT, SITUATION, R-SEARCH-HEAD: what one 失联档案 row must hold and by when."""

from collections.abc import Iterator
from datetime import date

from validators.codes import code_lists
from validators.dates import deadline, is_late
from validators.facts import PersonFacts
from validators.happened import day_of, happened
from validators.lost_spells import is_closed
from validators.rule import Case, Hit, rule
from validators.rules.lost_members import members
from validators.searches import FileState, SearchFile
from validators.words import LostSituation


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
