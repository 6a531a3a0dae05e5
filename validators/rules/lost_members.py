"""R-LOST-OUTOFCONTROL, SUSPECT, CLOCKS, CLEAR3, R-SEARCH-ONEFILE, R-RELOST: members out of touch, or maybe so."""

from collections.abc import Iterator
from dataclasses import replace

from validators.case_facts import facts, register_of
from validators.facts import PersonFacts
from validators.happened import Event, latest
from validators.lost import failed_attempts, out_of_control
from validators.lost_clocks import clocks, lost_on
from validators.lost_spells import lost_spell
from validators.member_state import IN_CAMPAIGN
from validators.rule import Case, Hit, rule
from validators.searches import FileState, SearchFile
from validators.words import MemberState, YesNo


def members(case: Case) -> Iterator[PersonFacts]:
    """The 排查对象: members who have not left and whose membership is not stopped."""
    return (one for one in facts(case) if one.state in IN_CAMPAIGN)


@rule(
    "R-LOST-OUTOFCONTROL",
    level="W",
    title="外出超过一个月没有报告（失控名单）",
    registers=("outflow",),
    wordings={"": ("{text}", "请主动寻找联系：补报告的填外出报告日期，联系上的记入“联系记录”")},
    source="失联党员长效机制：外出超过1个月未向党组织报告的列入失控名单",
    grade="S",
)
def uncontrolled(case: Case) -> Iterator[Hit]:
    """Away over a month, neither reported nor contacted since; for who is 失联 already the search applies."""
    for one in members(case):
        if one.state != MemberState.LOST:
            for row, _, text, _ in out_of_control(one):
                yield Hit("outflow", row, "reported_on", details={"text": text})


@rule(
    "R-LOST-SUSPECT",
    level="I",
    title="联系未果的列入疑似失联",
    registers=("contact_log", "search_log"),
    wordings={
        "": (
            "{what}（{day}），其后一直没有联系上，已列入疑似失联名单",
            "请换一种方式再联系；仍联系不上的，在“失联档案”建档，发现失联日期填 {day}",
        )
    },
    source="失联党员长效机制：首次直接联系未果即作为疑似失联掌握",
    grade="U",
)
def suspected(case: Case) -> Iterator[Hit]:
    """A failed direct attempt after which the member was not in touch, and no file opened yet."""
    for one in members(case):
        failed = latest(failed_attempts(one))
        if failed is None or one.state == MemberState.LOST or one.situation.open_file is not None:
            continue
        register = register_of(failed.row)
        column = "answered" if register == "contact_log" else "result"
        yield Hit(register, failed.row, column, details={"what": failed.what, "day": failed.day})


@rule(
    "R-LOST-CLOCKS",
    level="W",
    title="失联时间只靠代交党费起算",
    registers=("life_dues_log",),
    wordings={
        "contact": (
            "不计这次代交（{day}），这名党员已到失联期限；现在未列为失联，只因为代交党费也算联系",
            "请尽快与本人直接联系一次并记入“联系记录”",
        ),
        "form": (
            "失联登记表上的失去联系时间从这次代交党费（{day}）起算",
            "请核对：本人另有参加组织生活或交纳党费的，补登日期；代交不应计算的，请改“政策参数”里的“代交党费算联系”",
        ),
    },
    source="党费收缴、使用和管理的规定：可由他人代交；代交是否计算为本工具默认值",
    grade="U",
)
def proxy(case: Case) -> Iterator[Hit]:
    """A payment by somebody else is lawful, but should not be all that keeps a member off the list (W-PROXY)."""
    for one in members(case):
        now, seen = one.situation.now, one.situation.seen
        if one.state == MemberState.LOST:
            if now.form is not None and _by_proxy(now.form):
                yield Hit("life_dues_log", now.form.row, "by_proxy", "form", details={"day": now.form.day})
        elif now.contact is not None and _by_proxy(now.contact):
            own = replace(seen, dues=tuple(event for event in seen.dues if not _by_proxy(event)))
            before = clocks(own).contact
            if before is None or lost_on(before.day, case.policy) <= case.as_of:
                yield Hit("life_dues_log", now.contact.row, "by_proxy", "contact", details={"day": now.contact.day})


def _by_proxy(event: Event) -> bool:
    return event.row["by_proxy"] == YesNo.YES


@rule(
    "R-LOST-CLEAR3",
    level="W",
    title="失联时间清楚（三个清楚）",
    registers=("member_roster",),
    wordings={
        "": (
            "{state}，但组织生活、党费的日期都没有，失去联系时间算不出来",
            "请查党费收缴和会议记录，补填最近参加组织生活日期或最近交纳党费日期",
        )
    },
    source="排查方案：失联人数清楚、失联时间清楚、失联情形清楚",
    grade="S",
)
def clear(case: Case) -> Iterator[Hit]:
    """L_form of who is 失联 or was found; the number is R-X-LOSTFLAG and R-SEARCH-ONEFILE, 情形 R-LOST-SITUATION."""
    for one in members(case):
        file = one.situation.file
        if one.state == MemberState.LOST:
            unclear, state = one.situation.now.form is None, "已失联"
        elif one.is_found == YesNo.YES and file is not None:
            unclear, state = lost_spell(one.situation, file).form is None, "曾失联、已取得联系"
        else:
            continue
        if unclear:
            yield Hit("member_roster", one.member, "last_life_on", details={"state": state})


@rule(
    "R-SEARCH-ONEFILE",
    level="E",
    title="失联党员一人一档",
    registers=("member_roster", "lost_file"),
    wordings={
        "none": (
            "{text}，已到失联期限，但没有建立失联档案",
            "请在“失联档案”建档（一人一档），并从“查找记录”起逐次登记查找",
        ),
        "second": (
            "这名党员还有一份没有了结的失联档案（第 {row} 行，{number}），一人只能有一份",
            "请把两份合并：查找记录改用同一编号，删去多建的一份",
        ),
        "ended": (
            "填了查找结束日期 {ended_on}，查找结果却还是“查找中”",
            "请填查找结果（取得联系或无法取得联系）；还在查找的，清空查找结束日期",
        ),
        "no_end": (
            "查找结果是“无法取得联系”，但没有填查找结束日期",
            "请补填：失去联系时间算到这一天为止",
        ),
    },
    source="失联党员长效机制、排查方案：查找工作一人一档",
    grade="S",
)
def one_file(case: Case) -> Iterator[Hit]:
    """Marked 失联 without a file, two open files, a file closed by half. Unmarked ones are R-X-LOSTFLAG."""
    for one in members(case):
        files = one.situation.files
        if one.state == MemberState.LOST and not files and one.member["is_lost"] == YesNo.YES:
            yield Hit("member_roster", one.member, "is_lost", "none", details={"text": one.grounds.lost_text})
        is_open = [file for file in files if file.state is FileState.OPEN]
        for file in is_open[1:]:
            details = {"row": is_open[0].row.origin.row, "number": is_open[0].number}
            yield Hit("lost_file", file.row, "identity_number", "second", details=details)
        for file in files:
            yield from _half_closed(file)


def _half_closed(file: SearchFile) -> Iterator[Hit]:
    ended_on = file.row["search_ended_on"]
    if file.row["search_outcome"] == FileState.OPEN.value and ended_on is not None:
        yield Hit("lost_file", file.row, "search_outcome", "ended", details={"ended_on": ended_on})
    elif file.row["search_outcome"] == FileState.NOT_FOUND.value and ended_on is None:
        yield Hit("lost_file", file.row, "search_ended_on", "no_end")


@rule(
    "R-RELOST",
    level="E",
    title="再次失联另建新档",
    registers=("member_roster", "lost_file"),
    wordings={
        "": (
            "{text}，已到失联期限；{found_on} 曾取得联系（档案 {number}），属再次失联，还没有建新档",
            "请在“失联档案”另建一份新档，备注写明原档案编号；原档保留，不要改写",
        ),
        "link": (
            "这名党员以前有过失联档案 {number}，这份新档的备注没有写明",
            "请在备注写上原档案编号 {number}，便于前后对照",
        ),
    },
    source="失联党员长效机制：再次失联的重新立档、与原档关联（本工具默认值）",
    grade="U",
)
def lost_again(case: Case) -> Iterator[Hit]:
    """失联 after a file that ended with contact: a new file (E), whose remark names the old one (I)."""
    for one in members(case):
        files = one.situation.files
        earlier = [file for file in files if file.state is FileState.FOUND]
        if not earlier:
            continue
        last = files[-1]
        if last.state is FileState.FOUND:
            if one.state == MemberState.LOST and one.member["is_lost"] == YesNo.YES:
                found_on = last.closed_on or "（日期未填）"
                details = {"text": one.grounds.lost_text, "found_on": found_on, "number": last.number}
                yield Hit("member_roster", one.member, "is_lost", details=details)
        elif earlier[-1].number not in last.row.text("remark"):
            yield Hit("lost_file", last.row, "remark", "link", "I", {"number": earlier[-1].number})
