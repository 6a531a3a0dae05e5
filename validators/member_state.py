"""主状态 of a member (rules §0.5): eleven states, the first that holds; what is the ground for it."""

from dataclasses import dataclass
from datetime import date

from validators.happened import Basis, basis, happened
from validators.lost_clocks import lost_arithmetic, lost_on
from validators.searches import FileState
from validators.situation import Situation
from validators.words import ExitWay, MemberState, MemberTag, Outcome, RelationBelonging, YesNo

IN_CAMPAIGN = (
    MemberState.LOST,
    MemberState.NO_RECEIPT,
    MemberState.KEPT_ABROAD,
    MemberState.FLOATING,
    MemberState.AWAY,
    MemberState.DETACHED,
    MemberState.NORMAL,
)
"""States 5–11: the 排查对象."""

LEFT = (MemberState.EXPELLED, MemberState.DIED, MemberState.TRANSFERRED)
"""States 1–3: out of every list and duty (decisions on members who left)."""

_LEFT_BY_WAY = {
    ExitWay.EXPELLED: MemberState.EXPELLED,
    ExitWay.DIED: MemberState.DIED,
    ExitWay.TRANSFERRED_OUT: MemberState.TRANSFERRED,
}
_REMOVED = frozenset(
    {
        Outcome.ADVISE_TO_LEAVE,
        Outcome.REMOVE_AFTER_ADVICE,
        Outcome.REMOVE_AS_DROPPED_OUT,
        Outcome.REMOVE_ON_REQUEST,
        Outcome.CANCEL_PROBATION,
        Outcome.NOT_RECOGNISED,
    }
)
_HALVES_UNTIL_LOST = 2
"""Abroad one half-year without contact is late; only the second makes 失联, unless a search file is open."""


@dataclass(frozen=True, slots=True)
class State:
    """主状态 and its grounds. ``lost_text`` is the arithmetic of 失联, empty unless the state is 失联."""

    word: str
    basis: tuple[Basis, ...]
    lost_text: str = ""


def member_state(it: Situation) -> State:
    """The first state that holds; the last one always does, so that everyone has exactly one (R-SUM-STATE)."""
    return _gone(it) or _stopped(it) or _lost(it) or _elsewhere(it) or _here(it)


def _gone(it: Situation) -> State | None:
    if it.belonging != RelationBelonging.LEFT:
        return None
    way = it.member.text("exit_way")
    if way in _LEFT_BY_WAY:
        left_on = it.member["left_on"]
        day = f" {left_on}" if left_on is not None else ""
        return State(_LEFT_BY_WAY[way], (basis(it.member, f"离开情形 {way}{day}"),))
    for row in it.person.of("disposition"):
        if row["proposal"] in _REMOVED and row["approved_on"] is not None:
            return State(MemberState.EXPELLED, (basis(row, f"{row.text('proposal')}，批准 {row['approved_on']}"),))
        if row["proposal"] == Outcome.DIED:
            return State(MemberState.DIED, (basis(row, row.text("proposal")),))
    received = [letter for letter in it.letters if letter.receipt_on is not None]
    if received:
        letter = received[-1]
        return State(MemberState.TRANSFERRED, (basis(letter.row, f"回执收到 {letter.receipt_on}"),))
    return State(MemberState.TRANSFERRED, (basis(it.member, "关系归属 已离开，离开情形未填，暂按已转出计"),))


def _stopped(it: Situation) -> State | None:
    if not it.is_stopped:
        return None
    if it.stop is not None:
        return State(MemberState.STOPPED, (basis(it.stop.row, f"停止党籍批准 {it.stop.starts_on}"),))
    return State(MemberState.STOPPED, (basis(it.member, "党籍状态 停止党籍"),))


def _lost(it: Situation) -> State | None:
    if it.abroad is not None and not _lost_abroad(it):
        return None
    if it.file is not None and it.file.state is FileState.FOUND and it.file.closed_on is None:
        return None
    start = it.now.contact
    if start is not None:
        if it.as_of < lost_on(start.day, it.policy):
            return None
        text = lost_arithmetic(start, it.policy, it.as_of)
        return State(MemberState.LOST, (start.basis(text),), text)
    return _lost_without_dates(it)


def _lost_without_dates(it: Situation) -> State | None:
    """No contact, life or dues on record at all: 失联 only where the branch itself says so, 失联时间不详."""
    file = it.open_file
    if file is None and it.member["is_lost"] != YesNo.YES:
        return None
    start = happened(it.member, "lost_since", it.as_of) or fallback_start(it)
    if start is not None and it.as_of < lost_on(start, it.policy):
        return None
    ground = "名册记为失联党员" if file is None else f"有查找档案 {file.number}"
    text = f"{ground}，没有任何联系、组织生活、党费日期，失联时间不详"
    return State(MemberState.LOST, (basis(it.member if file is None else file.row, text),), text)


def fallback_start(it: Situation) -> date | None:
    """Where 失联时间不详 is sorted (``lost.null_start``): the day of entry or of joining, never printed as a fact."""
    joined_on = happened(it.member, "joined_on", it.as_of)
    if it.policy.word("lost.null_start") == "joined":
        return joined_on
    return happened(it.member, "entered_on", it.as_of) or joined_on


def _lost_abroad(it: Situation) -> bool:
    """Whether a member abroad is outside the half-year rule far enough to be 失联 (R-LOST-6M scope)."""
    halves = it.abroad_duty.missed if it.abroad_duty is not None else 0
    searched = it.open_file is not None or it.member["is_lost"] == YesNo.YES
    return halves >= (1 if searched else _HALVES_UNTIL_LOST)


def _elsewhere(it: Situation) -> State | None:
    if it.belonging == RelationBelonging.NO_RECEIPT:
        if it.letters:
            letter = it.letters[-1]
            text = f"介绍信 {letter.row.text('letter_number')} {letter.arithmetic}，未收到回执"
            return State(MemberState.NO_RECEIPT, (basis(letter.row, text),))
        return State(MemberState.NO_RECEIPT, (basis(it.member, "关系归属 转出未回执"),))
    if it.abroad is not None:
        row, left_on = it.abroad.row, it.abroad.left_on
        kept = row["keep_approved_on"]
        text = f"出境 {left_on}，" + (f"保留组织关系批准 {kept}" if kept is not None else "未登记保留组织关系批准日期")
        return State(MemberState.KEPT_ABROAD, (basis(row, text),))
    if it.away is not None and it.six_months is not None:
        day, start = it.six_months
        months = it.policy.whole("float.months")
        sign, word = ("≤", MemberState.FLOATING) if it.as_of >= day else ("＞", MemberState.AWAY)
        text = f"{start.what} {start.day} + {months}个月 = {day} {sign} 基准日 {it.as_of}，未返回"
        return State(word, (start.basis(text),))
    return None


def _here(it: Situation) -> State:
    tags = it.member["tags"]
    if isinstance(tags, tuple) and MemberTag.DETACHED in tags:
        return State(MemberState.DETACHED, (basis(it.member, "标签 空挂"),))
    return State(MemberState.NORMAL, (basis(it.member, "在册，没有外出、出国（境）、失联、转出的记录"),))
