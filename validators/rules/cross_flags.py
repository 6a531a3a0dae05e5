"""R-X-FLOWFLAG, LOSTFLAG, LEFT: what the roster says against what the sheets show."""

from collections.abc import Iterator

from validators.case_facts import facts, key_of, roster
from validators.facts import PersonFacts
from validators.happened import latest_day
from validators.people import PersonKey
from validators.rule import Case, Hit, rule
from validators.table import Row
from validators.words import (
    ExitWay,
    LetterDirection,
    MemberState,
    RelationBelonging,
    SearchOutcome,
    YesNo,
)


@rule(
    "R-X-FLOWFLAG",
    level="W",
    title="名册的流动标记与流出党员表一致",
    registers=("member_roster",),
    wordings={
        "no_row": (
            "“是否为流动党员”填“是”，但“流出党员”里没有这名党员在外的记录",
            "还在外的，请在“流出党员”补登一行；已经返回的，这里改为“否”",
        ),
        "no_flag": (
            "“流出党员”第 {row} 行登记 {left_on} 外出、至 {day} 已满六个月，这里却填“否”",
            "请改为“是”；已经返回的，请在“流出党员”补填返回日期",
        ),
        "place": (
            "外出流向“{value}”与“流出党员”第 {row} 行的外出地点“{destination}”对不上",
            "请核对后改成一致",
        ),
        "place_home": (
            "填了外出流向“{value}”，但“流出党员”里没有这名党员在外的记录",
            "还在外的，请在“流出党员”补登一行；已经返回的，清空外出流向",
        ),
    },
    source="流动党员名册与党员名册同步更新",
    grade="S",
)
def flow_flag(case: Case) -> Iterator[Hit]:
    """The flag against an open absence (否 is doubted from six months on), 外出流向 against its place."""
    for one in facts(case):
        member, away = one.member, one.situation.away
        if one.situation.belonging == RelationBelonging.LEFT:
            continue
        if away is None:
            if member["is_floating"] == YesNo.YES:
                yield Hit("member_roster", member, "is_floating", "no_row")
            elif member["outflow_place"] is not None:
                yield Hit("member_roster", member, "outflow_place", "place_home")
            continue
        row_number = away.row.origin.row
        day = one.six_months_away_on
        if member["is_floating"] == YesNo.NO and day is not None and day <= case.as_of:
            details = {"row": row_number, "left_on": away.left_on, "day": day}
            yield Hit("member_roster", member, "is_floating", "no_flag", details=details)
        place, destination = member.text("outflow_place"), away.row.text("destination")
        if place and destination and not _share_a_name(place, destination):
            details = {"row": row_number, "destination": destination}
            yield Hit("member_roster", member, "outflow_place", "place", details=details)


def _share_a_name(one: str, other: str) -> bool:
    """Whether two places have two characters in a row in common, as 苏州 and 江苏省苏州市 have."""
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


@rule(
    "R-X-LOSTFLAG",
    level="E",
    title="名册的失联标记与失联档案、联系时间一致",
    registers=("member_roster",),
    wordings={
        "no_flag": (
            "“是否为失联党员”填“否”，但{text}，已到失联期限",
            "请尽快联系本人；联系不上的，这里改为“是”并建立失联档案；其实有联系的，请补登联系记录",
        ),
        "no_flag_undated": (
            "“是否为失联党员”填“否”，但{text}",
            "请核对：确已失联的改为“是”；有联系的，请补登联系、组织生活或党费的日期",
        ),
        "flag": (
            "“是否为失联党员”填“是”，但{text}",
            "已经联系上的，这里改为“否”并清空失去联系日期；没有联系上的，请核对最近联系、组织生活、党费的日期",
        ),
        "date": (
            "“是否为失联党员”填“否”，却填了失去联系日期 {value}",
            "请核对：没有失联的，清空失去联系日期；确已失联的，改为“是”",
        ),
        "after": (
            "失去联系日期 {value} 之后还有{what}的记录（{day}，“{sheet}”第 {row} 行）",
            "失去联系应从最近一次联系、参加组织生活或交纳党费起算：请改失去联系日期，或核对那一行",
        ),
    },
    source="《中国共产党党员教育管理工作条例》第二十四条：失去联系 6 个月以上",
    grade="V",
)
def lost_flag(case: Case) -> Iterator[Hit]:
    """State 5 by the contact clock against the flag and its date; stopped and left members are beyond it."""
    beyond = (MemberState.EXPELLED, MemberState.DIED, MemberState.TRANSFERRED, MemberState.STOPPED)
    for one in facts(case):
        if one.state not in beyond:
            yield from _lost_flag(one)


def _lost_flag(one: PersonFacts) -> Iterator[Hit]:
    member, is_lost = one.member, one.state == MemberState.LOST
    since, last = latest_day(member["lost_since"]), one.situation.now.contact
    if member["is_lost"] == YesNo.NO and is_lost:
        wording = "no_flag" if one.lost_on is not None else "no_flag_undated"
        yield Hit("member_roster", member, "is_lost", wording, details={"text": one.grounds.lost_text})
    elif member["is_lost"] == YesNo.YES and not is_lost:
        yield Hit("member_roster", member, "is_lost", "flag", details={"text": _why_not_lost(one)})
    elif member["is_lost"] == YesNo.NO and member["lost_since"] is not None:
        yield Hit("member_roster", member, "lost_since", "date")
    elif is_lost and since is not None and last is not None and last.day > since:
        place = last.row.origin
        details = {"what": last.what.removeprefix("最近"), "day": last.day, "sheet": place.sheet, "row": place.row}
        yield Hit("member_roster", member, "lost_since", "after", details=details)


def _why_not_lost(one: PersonFacts) -> str:
    basis = one.basis.get("lost_on") or one.grounds.basis
    return basis[0].text if basis else f"按台账这名党员是“{one.state}”"


@rule(
    "R-X-LEFT",
    level="E",
    title="已离开的党员手续齐全、没有未了事项",
    registers=("member_roster", "outflow", "abroad", "lost_file"),
    wordings={
        "": (
            "关系归属是“已离开”，但没有填“{title}”",
            "请补填“{title}”；其实还没有离开的，改正关系归属",
        ),
        "still_here": (
            "填了离开情形“{value}”，关系归属却是“{belonging}”",
            "已经离开的，关系归属改为“已离开”；没有离开的，清空离开情形和离开日期",
        ),
        "no_receipt": (
            "离开情形是“已转出”，但“介绍信”里没有收到回执的转出记录",
            "请补登介绍信的回执收到日期；还没有收到回执的，关系归属改为“转出未回执”",
        ),
        "open": (
            "这名党员已离开（党员名册第 {row} 行），这里还有未了结的记录",
            "{advice}",
        ),
    },
    source="《中国共产党党员教育管理工作条例》第二十五条：收到回执前由原党组织管理",
    grade="V",
)
def left(case: Case) -> Iterator[Hit]:
    """已离开 with 情形 and 日期 (已转出 with a receipt), and nothing open any more."""
    receipts = {
        key_of(case, row)
        for row in case.book["transfer_letter"]
        if row["direction"] != LetterDirection.IN and row["receipt_on"] is not None
    }
    for member in case.book["member_roster"]:
        if member["relation_belonging"] == RelationBelonging.LEFT:
            for key in ("exit_way", "left_on"):
                if member[key] is None:
                    yield Hit("member_roster", member, key)
            if member["exit_way"] == ExitWay.TRANSFERRED_OUT and key_of(case, member) not in receipts:
                yield Hit("member_roster", member, "exit_way", "no_receipt")
        elif member["exit_way"] is not None and member["relation_belonging"] is not None:
            details = {"belonging": member["relation_belonging"]}
            yield Hit("member_roster", member, "exit_way", "still_here", details=details)
    yield from _left_open(case)


def _left_open(case: Case) -> Iterator[Hit]:
    gone: dict[PersonKey, Row] = {
        key: row for key, row in roster(case).items() if row["relation_belonging"] == RelationBelonging.LEFT
    }
    for register, key, advice in (
        ("outflow", "returned_on", "请在“返回日期”填外出结束的日期（转出或离开之日），备注写明情况"),
        ("abroad", "returned_on", "请在“返回日期”填结束的日期（转出或离开之日），备注写明情况"),
        ("lost_file", "search_outcome", "请写明查找结果和日期，了结这份档案"),
    ):
        for row in case.book[register]:
            person = key_of(case, row)
            is_open = row[key] == SearchOutcome.SEARCHING if register == "lost_file" else row[key] is None
            if person in gone and is_open:
                details = {"row": gone[person].origin.row, "advice": advice}
                yield Hit(register, row, key, "open", details=details)
