"""R-DISP-LEGAL and R-DISP-DUPLICATE: the roster against 处置台账, and one open disposition per member."""

from collections.abc import Iterator, Sequence

from validators.case_facts import key_of
from validators.disposition_rows import Disposition, by_person, leaves_party
from validators.happened import happened
from validators.rule import Case, Hit, rule
from validators.table import Row
from validators.words import (
    EntryWay,
    ExitWay,
    MembershipStatus,
    Outcome,
    RelationBelonging,
)

_UNVOTED = (Outcome.POSTPONE, Outcome.PROOF, Outcome.DIED)
"""Outcomes that close nothing and wait for no approval: they may stand beside another row."""


@rule(
    "R-DISP-LEGAL",
    level="E",
    title="停止党籍、出党要有办完的处置",
    registers=("member_roster", "disposition"),
    wordings={
        "stopped": (
            "党籍状态是“停止党籍”，处置台账里没有这名党员已批准的停止党籍",
            "请补登处置台账（旧的在“历史补录”填“是”并写明依据文件）；没有批准的，党籍状态改回“正常”",
        ),
        "expelled": (
            "离开情形是“已出党”，处置台账里没有这名党员已批准的除名、劝退或取消资格",
            "请补登处置台账（旧的在“历史补录”填“是”并写明依据文件）；没有批准的，改正离开情形和关系归属",
        ),
        "paper": (
            "“历史补录”填了“是”，审批文号和备注都没有填",
            "请写明依据：在审批文号填批复文号，或在备注写明依据文件",
        ),
        "not_stopped": (
            "{day} 已批准停止党籍（“处置台账”第 {row} 行），名册的党籍状态还是“{value}”",
            "请核对后把党籍状态改为“停止党籍”；已经恢复党籍的，补登恢复党籍那一行",
        ),
        "not_left": (
            "{day} 已批准{outcome}（“处置台账”第 {row} 行），名册的关系归属还是“{value}”",
            "请核对后改为“已离开”，离开情形选“已出党”并填离开日期",
        ),
    },
    source="处置程序办完才能改变党籍状态；《中国共产党党员教育管理工作条例》第二十四条",
    grade="S",
)
def legal(case: Case) -> Iterator[Hit]:
    """停止党籍 or 已出党 without an approved row (or 历史补录) E; an approved one not yet on the roster W."""
    rows_of = by_person(case)
    for member in case.book["member_roster"]:
        key = key_of(case, member)
        if key is not None:
            yield from _against_roster(case, member, rows_of.get(key, ()))
    for rows in rows_of.values():
        for one in rows:
            if one.is_historical and one.row["approval_number"] is None and one.row["remark"] is None:
                yield Hit("disposition", one.row, "is_historical", "paper", "W")


def _against_roster(case: Case, member: Row, rows: Sequence[Disposition]) -> Iterator[Hit]:
    done = [one for one in rows if one.approved_on is not None or one.is_historical or _is_filed(case, one)]
    stops = [one for one in done if one.outcome == Outcome.STOP_MEMBERSHIP]
    exits = [one for one in done if leaves_party(one.outcome) or one.outcome == Outcome.TO_DISCIPLINE]
    if member["relation_belonging"] == RelationBelonging.LEFT:
        if member["exit_way"] == ExitWay.EXPELLED and not exits:
            yield Hit("member_roster", member, "exit_way", "expelled")
        return
    if member["membership_status"] == MembershipStatus.STOPPED and not stops:
        yield Hit("member_roster", member, "membership_status", "stopped")
    latest = max((one for one in done if one.approved_on is not None), key=_approved, default=None)
    if latest is None or latest.approved_on is None or _came_later(member, latest, case):
        return
    details = {"day": latest.approved_on, "row": latest.row.origin.row, "outcome": latest.outcome}
    if leaves_party(latest.outcome) and member["relation_belonging"] is not None:
        yield Hit("member_roster", member, "relation_belonging", "not_left", "W", details)
    elif latest.outcome == Outcome.STOP_MEMBERSHIP and member["membership_status"] == MembershipStatus.NORMAL:
        yield Hit("member_roster", member, "membership_status", "not_stopped", "W", details)


def _is_filed(case: Case, one: Disposition) -> bool:
    """退党除名 that the branch meeting itself declared and filed (DZ-9) needs no approval."""
    filing = one.path is not None and one.path.approval == "none"
    return filing and happened(one.row, "filed_on", case.as_of) is not None


def _approved(one: Disposition) -> tuple[int, int]:
    day = one.approved_on.toordinal() if one.approved_on is not None else 0
    return day, one.row.origin.row


def _came_later(member: Row, one: Disposition, case: Case) -> bool:
    """Whether the roster row is about a later entry (恢复党籍, re-admission), so that the old decision is history."""
    entered_on = happened(member, "entered_on", case.as_of)
    joined_on = happened(member, "joined_on", case.as_of)
    decided_on = one.approved_on
    if decided_on is None:
        return False
    entered = member["entry_way"] in (EntryWay.RESTORED, EntryWay.ADMITTED) and entered_on is not None
    return (entered and entered_on is not None and entered_on >= decided_on) or (
        joined_on is not None and joined_on > decided_on
    )


@rule(
    "R-DISP-DUPLICATE",
    level="E",
    title="一名党员同时只有一项未办结的处置",
    registers=("disposition",),
    wordings={
        "": (
            "这名党员还有一项没有办结的处置（{others}，{outcome}）",
            "同一件事只处置一次：请办结或删去其中一项；已经移送纪检的，等纪律处分决定后再定",
        )
    },
    source="集中排查方案；《中国共产党不合格党员组织处置办法》第四条：组织处置不代替纪律处分，同一问题不重复处理",
    grade="V",
)
def duplicate(case: Case) -> Iterator[Hit]:
    """Rows without approval day; one voted down, 暂缓, 补开证明 and 去世注销 do not count."""
    for rows in by_person(case).values():
        waiting = [one for one in rows if _is_open(one, case)]
        for one in waiting if len(waiting) > 1 else ():
            others = [other for other in waiting if other is not one]
            details = {"others": f"第 {others[0].row.origin.row} 行", "outcome": others[0].outcome}
            yield Hit("disposition", one.row, "identity_number", details=details)


def _is_open(one: Disposition, case: Case) -> bool:
    decided = one.row["approved_on"] is not None or one.row["effective_on"] is not None or _is_filed(case, one)
    return not (decided or one.is_historical or one.outcome in _UNVOTED or _is_voted_down(one.row))


def _is_voted_down(row: Row) -> bool:
    entitled, yes = row.whole("entitled"), row.whole("votes_for")
    return row["branch_meeting_on"] is not None and entitled is not None and yes is not None and 2 * yes <= entitled
