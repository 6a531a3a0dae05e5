"""R-DISP-QUORUM, NOTICE, APPEAL: the vote of the branch, the notice to the member, the member's appeal."""

from collections.abc import Iterator

from validators.disposition_rows import Disposition, dispositions
from validators.happened import happened, latest_day
from validators.rule import Case, Hit, rule
from validators.rules.field_person import earliest_day
from validators.table import Level
from validators.words import ServiceOutcome

_LATER = ("approved_on", "served_on", "filed_on", "effective_on")


@rule(
    "R-DISP-QUORUM",
    level="E",
    title="支部大会到会和表决人数",
    registers=("disposition",),
    wordings={
        "blank": (
            "支部大会 {day} 已开，“{title}”没有填",
            "请按会议记录补填应到会、实到会和赞成、反对、弃权票数，一人一次表决",
        ),
        "present": ("实到会 {value} 人，比应到会 {entitled} 人还多", "请核对会议记录，改正写错的人数"),
        "votes": (
            "赞成 {yes}、反对 {no}、弃权 {abstained}，加起来 {sum} 票，多于实到会 {present} 人",
            "请核对表决记录，改正写错的票数",
        ),
        "meeting": (
            "应到会 {entitled} 人，实到会 {value} 人，{short}，会议不能作决定",
            "请核对应到会人数（有表决权的正式党员，不含流入党员）；确实不够的，重新开会表决",
        ),
        "passed": (
            "赞成 {value} 票，没有超过应到会 {entitled} 人的一半（至少 {least} 票），没有通过",
            "按应到会人数计算，不是按实到会人数；请核对票数，确未通过的不能往下办",
        ),
    },
    source="《中国共产党支部工作条例（试行）》第十一条；赞成票超过应到会有表决权党员的半数",
    grade="V",
)
def quorum(case: Case) -> Iterator[Hit]:
    """2·present ≥ entitled (more under 超过半数), 2·yes > entitled: E once a later step is dated, else W.

    More votes than people present, or more present than entitled, are E at once.
    """
    for one in dispositions(case):
        if one.row["branch_meeting_on"] is not None and one.path is not None:
            went_on = any(one.row[column] is not None for column in _LATER)
            yield from _quorum(one, None if went_on else "W")


def _quorum(one: Disposition, level: Level | None) -> Iterator[Hit]:
    row = one.row
    blank = [column for column in ("entitled", "present", "votes_for") if row[column] is None]
    if blank:
        if not one.is_historical:
            details = {"day": row["branch_meeting_on"]}
            yield Hit("disposition", row, blank[0], "blank", level, details)
        return
    entitled, present, yes = row.whole("entitled"), row.whole("present"), row.whole("votes_for")
    if entitled is None or present is None or yes is None:
        return
    no, abstained = row.whole("votes_against") or 0, row.whole("abstained") or 0
    if present > entitled:
        yield Hit("disposition", row, "present", "present", details={"entitled": entitled})
    elif yes + no + abstained > present:
        cast = {"yes": yes, "no": no, "abstained": abstained, "sum": yes + no + abstained, "present": present}
        yield Hit("disposition", row, "votes_for", "votes", details=cast)
    elif (short := _too_few(one, entitled, present)) is not None:
        yield Hit("disposition", row, "present", "meeting", level, {"entitled": entitled, "short": short})
    elif 2 * yes <= entitled:
        yield Hit("disposition", row, "votes_for", "passed", level, {"entitled": entitled, "least": entitled // 2 + 1})


def _too_few(one: Disposition, entitled: int, present: int) -> str | None:
    if one.policy.word("quorum.meeting") == "more_than_half":
        return "没有超过半数" if 2 * present <= entitled else None
    return "不到半数" if 2 * present < entitled else None


@rule(
    "R-DISP-NOTICE",
    level="W",
    title="决定送达本人",
    registers=("disposition",),
    wordings={
        "outcome": ("送达日期已填 {day}，送达情况没有填", "请选已签、拒签或联系不上"),
        "date": ("送达情况填了“{outcome}”，送达日期没有填", "请补填送达的日期"),
        "witness": (
            "送达情况是“{outcome}”，见证人不足 {count} 名",
            "本人拒签或联系不上的，不影响执行，但要请 {count} 名见证人签字：请补填“{title}”",
        ),
        "same": ("两名见证人是同一个人", "请改填另一名见证人"),
        "self": ("见证人填的是被处置的党员本人", "请改填在场的见证人"),
        "not_served": (
            "决定 {day} 已生效，送达日期还空着",
            "请把决定送达本人并补填送达日期、送达情况；联系不上的选“联系不上”并请见证人签字",
        ),
    },
    source="集中排查方案：送达本人签字，拒签或联系不上的不影响执行；见证人为本工具默认值",
    grade="S",
)
def notice(case: Case) -> Iterator[Hit]:
    """Day and outcome go together; 拒签 and 联系不上 need witnesses; a decision in force has been served."""
    for one in dispositions(case):
        row, outcome = one.row, one.row["service_outcome"]
        if row["served_on"] is not None and outcome is None:
            yield Hit("disposition", row, "service_outcome", "outcome", details={"day": row["served_on"]})
        elif row["served_on"] is None and outcome is not None:
            yield Hit("disposition", row, "served_on", "date", details={"outcome": outcome})
        elif row["served_on"] is None and _is_in_force(one, case):
            yield Hit("disposition", row, "served_on", "not_served", details={"day": row["effective_on"]})
        if outcome in (ServiceOutcome.REFUSED, ServiceOutcome.UNREACHABLE):
            yield from _witnesses(one)


def _is_in_force(one: Disposition, case: Case) -> bool:
    served = one.path is not None and one.path.serves and not one.is_historical and not one.is_county_direct
    return served and happened(one.row, "effective_on", case.as_of) is not None


def _witnesses(one: Disposition) -> Iterator[Hit]:
    row, count = one.row, one.policy.whole("disp.witnesses")
    columns = ("witness_one", "witness_two")[:count]
    for column in columns:
        if row[column] is None:
            details = {"outcome": row["service_outcome"], "count": count}
            yield Hit("disposition", row, column, "witness", details=details)
        elif row[column] == row["name"]:
            yield Hit("disposition", row, column, "self")
    if row["witness_one"] is not None and row["witness_one"] == row["witness_two"]:
        yield Hit("disposition", row, "witness_two", "same")


@rule(
    "R-DISP-APPEAL",
    level="W",
    title="申诉记录完整",
    registers=("disposition",),
    wordings={
        "date": ("填了申诉结果，申诉日期没有填", "请补填本人提出申诉的日期"),
        "order": ("申诉日期 {value} 早于审批日期 {approved}", "申诉是对已作出的决定提出的：请核对这两个日期"),
        "undecided": ("填了申诉日期 {value}，这项处理还没有审批日期", "请补填审批日期，或核对申诉日期"),
    },
    source="集中排查方案：党员对处理不服可以申诉；《中国共产党党员权利保障条例》",
    grade="S",
)
def appeal(case: Case) -> Iterator[Hit]:
    """An appeal has a day, and follows the decision it is against. No time limit is known."""
    for one in dispositions(case):
        appealed, approved = latest_day(one.row["appealed_on"]), earliest_day(one.row["approved_on"])
        if appealed is None:
            if one.row["appeal_result"] is not None and one.row["appealed_on"] is None:
                yield Hit("disposition", one.row, "appealed_on", "date")
        elif approved is None:
            if not one.is_historical and one.path is not None and one.path.approval != "none":
                yield Hit("disposition", one.row, "appealed_on", "undecided")
        elif appealed < approved:
            details = {"approved": one.row["approved_on"]}
            yield Hit("disposition", one.row, "appealed_on", "order", "E", details)
