"""Values forms ask for that stand in no column: 失联 as forms count it, the final outcome, yearly counts, flags."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TypeVar, cast

from addin.forms.subjects import Subject
from validators.codes import code_lists
from validators.dates import full_months
from validators.happened import day_of, happened
from validators.lost_spells import LostSpell, lost_spell
from validators.member_state import IN_CAMPAIGN
from validators.people import organisation_of
from validators.rule import Case
from validators.searches import FileState, attempts
from validators.table import Row, Value
from validators.words import CorrectionConclusion, Management, MemberState, Outcome, YesNo

Work = Callable[[Subject], Value]
AnyWork = TypeVar("AnyWork", bound=Work)


@dataclass(frozen=True, slots=True)
class DerivedField:
    """One derived value by name, with the title findings and traces call it by.

    ``rests_on`` names a register: of a person without rows in it the value is ``otherwise``.
    """

    name: str
    title: str
    work: Work
    rests_on: str = ""
    otherwise: Value = None


DERIVED: dict[str, DerivedField] = {}
"""Every derived field by name; forms write ``derived.<name>``."""

NOT_SETTLED = "尚未处理"
"""The outcome of a member nothing was approved for yet, or whose case is put off (暂缓)."""

_AFTER_STOP = (Outcome.REMOVE_AS_DROPPED_OUT, Outcome.CANCEL_PROBATION)
"""What ends a stopped membership; any other outcome leaves the member stopped."""

FOUND, NOT_FOUND, SEARCHING = "经查找取得联系", "经查找仍然无法取得联系", "查找中"
"""How the campaign forms part the lost (R-SUM-LOST and decisions on 表7)."""


def derived(name: str, title: str, *, rests_on: str = "", otherwise: Value = None) -> Callable[[AnyWork], AnyWork]:
    """Declare a derived field."""

    def declare(work: AnyWork) -> AnyWork:
        if name in DERIVED:
            raise ValueError(f"derived field {name} is declared twice")
        DERIVED[name] = DerivedField(name, title, work, rests_on, otherwise)
        return work

    return declare


def once_a_person(work: AnyWork) -> AnyWork:
    """Remembers the value of each person: several fields, or the rows of several registers, ask for it."""

    @wraps(work)
    def remembered(subject: Subject) -> Value:
        known: dict[int, Value] = subject.case.once(f"once {work.__name__}", lambda _: {})
        place = id(subject.facts)
        if subject.facts is None:
            return work(subject)
        if place not in known:
            known[place] = work(subject)
        return known[place]

    return cast(AnyWork, remembered)


def _yes(flag: bool) -> str:
    return YesNo.YES if flag else YesNo.NO


def spell_of(subject: Subject) -> LostSpell | None:
    """The spell of the member's latest search file; None when that one was found and has been lost again since."""
    one = subject.facts
    file = one.situation.file if one is not None else None
    if one is None or file is None or (one.state == MemberState.LOST and file.state is FileState.FOUND):
        return None
    return lost_spell(one.situation, file)


@derived("lost_result", "失联查找结果")
def lost_result(subject: Subject) -> str | None:
    """经查找取得联系 (F1: R-LOST-FOUND, settled or not), 经查找仍然无法取得联系 (F2) or 查找中; None: not 失联."""
    one = subject.facts
    if one is None or one.state not in IN_CAMPAIGN:
        return None
    file = one.situation.file
    if one.state == MemberState.LOST:
        ended = file is not None and file.state is FileState.NOT_FOUND
        return NOT_FOUND if ended else SEARCHING
    if file is None or file.state is not FileState.FOUND or not lost_spell(one.situation, file).was_lost:
        return None
    return FOUND if _is_of_this_year(subject, file.closed_on) else None


def _is_of_this_year(subject: Subject, day: date | None) -> bool:
    """A case belongs to this year's tables while it is open, and through the year it was closed or settled in."""
    row, year = settled_row(subject), subject.case.as_of.year
    done_on = settled_on(row, subject.case.as_of) if row is not None else None
    return done_on is None or done_on.year == year or (day is not None and day.year == year)


def settled_on(row: Row, as_of: date) -> date | None:
    """The day a disposition was approved, else took effect; None while it has not."""
    return happened(row, "approved_on", as_of) or happened(row, "effective_on", as_of)


@derived("lost_or_stopped_result", "失联查找结果（含因失联停止党籍的）")
def lost_or_stopped_result(subject: Subject) -> str | None:
    """As ``lost_result``; a member searched for and then stopped still counts in the year of the stop, or of the
    removal after it (R-SUM-FOUND, R-SUM-NOTFOUND)."""
    one = subject.facts
    if one is None or one.state != MemberState.STOPPED:
        return lost_result(subject)
    file, stop, year = one.situation.file, one.situation.stop, subject.case.as_of.year
    row = settled_row(subject)
    removed_on = settled_on(row, subject.case.as_of) if row is not None and row["proposal"] in _AFTER_STOP else None
    days = (stop.starts_on if stop is not None else None, removed_on)
    if file is None or not any(day is not None and day.year == year for day in days):
        return None
    if file.state is FileState.FOUND:
        return FOUND if lost_spell(one.situation, file).was_lost else None
    return NOT_FOUND if file.state is FileState.NOT_FOUND else None


@derived("lost_since", "与党组织失去联系时间（起）")
def lost_since(subject: Subject) -> date | None:
    """L_form as it stood when contact was lost."""
    spell = spell_of(subject)
    if spell is not None:
        return spell.form.day if spell.form is not None else None
    return subject.facts.form_clock_start if subject.facts is not None else None


@derived("lost_until", "联系查找结束时间")
def lost_until(subject: Subject) -> date | None:
    """End of the search, else the as-of date."""
    spell = spell_of(subject)
    return spell.ended_on if spell is not None else None


@derived("lost_months", "失去联系月数")
@once_a_person
def lost_months(subject: Subject) -> int | None:
    """Full months from ``lost_since`` to the end of the search; for those still lost to the as-of date."""
    since = lost_since(subject)
    if since is None:
        return None
    spell = spell_of(subject)
    end = spell.ended_on if spell is not None else subject.case.as_of
    return full_months(since, end)


@derived("lost_span", "与党组织失去联系时间")
def lost_span(subject: Subject) -> str | None:
    """Start and length as the register forms print it."""
    since, months = lost_since(subject), lost_months(subject)
    if since is None or months is None:
        return "时间不详" if spell_of(subject) is not None else None
    return f"{since:%Y.%m}起，{months}个月"


def _duration(subject: Subject, name: str) -> str | None:
    months = lost_months(subject)
    if months is None:
        return None
    for entry in code_lists()[name].entries:
        low, high = entry.attributes["from_months"], entry.attributes.get("to_months", months)
        if low <= months <= high:
            return entry.word
    return None


@derived("lost_duration", "失去联系时间分档")
def lost_duration(subject: Subject) -> str | None:
    """The four classes of 党统 table 43."""
    return _duration(subject, "lost_duration")


@derived("lost_duration_supplement", "失去联系时间分档（补充资料）")
def lost_duration_supplement(subject: Subject) -> str | None:
    """The three classes of its 补充资料."""
    return _duration(subject, "lost_duration_supplement")


@derived("is_minority", "是否少数民族")
def is_minority(subject: Subject) -> str | None:
    """By the 民族 list."""
    entry = code_lists()["ethnicity"].by_word.get(_member(subject).text("ethnicity"))
    return _yes(bool(entry.attributes["minority"])) if entry is not None else None


@derived("holds_certificate", "是否持活动证")
def holds_certificate(subject: Subject) -> str:
    """Whether the row, or the member's running absence, has a 活动证编号."""
    away = subject.facts.situation.away if subject.facts is not None else None
    own = subject.row["certificate_number"] is not None
    return _yes(own or (away is not None and away.row["certificate_number"] is not None))


@derived("has_commitment", "是否签订双向承诺书")
def has_commitment(subject: Subject) -> str:
    """双向承诺书日期 of the running absence is filled."""
    away = subject.facts.situation.away if subject.facts is not None else None
    return _yes(away is not None and away.row["commitment_on"] is not None)


@derived("has_agreement", "是否签订共管协议")
def has_agreement(subject: Subject) -> str:
    """Whether the branch has an agreement in force, its last day included, with the host of the member's absence."""
    away = subject.facts.situation.away if subject.facts is not None else None
    if away is None:
        return YesNo.NO
    code, name = away.row["host_organisation_code"], away.row["host_organisation"]
    in_force = subject.case.once("agreements in force", _agreements_in_force)
    for row in in_force.get(subject.organisation.code, ()):
        if (code is not None and row["partner_code"] == code) or (name is not None and row["partner"] == name):
            return YesNo.YES
    return YesNo.NO


def _agreements_in_force(case: Case) -> dict[str, list[Row]]:
    """The agreements that are signed and in force, their last day included, by organisation."""
    found: dict[str, list[Row]] = {}
    for row in case.book["agreement"]:
        ends_on = day_of(row, "expires_on")
        if (ends_on is None or ends_on >= case.as_of) and happened(row, "signed_on", case.as_of) is not None:
            found.setdefault(organisation_of(case.book, row), []).append(row)
    return found


@derived("managed_by_host", "是否纳入流入地管理")
def managed_by_host(subject: Subject) -> str | None:
    """管理方式 is 纳入流入地党组织管理; a 流动党员党组织 is set up by the home committee (rules §5, duty matrix)."""
    away = subject.facts.situation.away if subject.facts is not None else None
    return _yes(away.row["management"] == Management.BY_HOST) if away is not None else None


@derived("contacts_this_year", "本年联系沟通次数")
def contacts_this_year(subject: Subject) -> int | None:
    """Counting contacts of the calendar year up to the as-of date."""
    if subject.facts is None:
        return None
    year = subject.case.as_of.year
    return sum(1 for event in subject.facts.situation.seen.contacts if event.day.year == year)


@derived("searches", "查找次数")
def searches(subject: Subject) -> int | None:
    """Rows of 查找记录 under the latest file."""
    return len(_attempts(subject)) if spell_of(subject) is not None else None


@derived("search_methods", "查找方式")
def search_methods(subject: Subject) -> str | None:
    """The ways tried, each once."""
    words = dict.fromkeys(row.text("method") for row in _attempts(subject))
    return "、".join(word for word in words if word) or None


@derived("last_search_on", "最近查找日期")
def last_search_on(subject: Subject) -> Value:
    """Day of the latest row of 查找记录 under the latest file."""
    rows = _attempts(subject)
    return rows[-1]["searched_on"] if rows else None


def _attempts(subject: Subject) -> list[Row]:
    one = subject.facts
    if one is None or one.situation.file is None:
        return []
    return [event.row for event in attempts(one.situation.person, one.situation.file, subject.case.as_of)]


@derived("over_six_months", "是否满6个月未联系")
def over_six_months(subject: Subject) -> str | None:
    """Whether 满失联日 has come (R-LOST-6M)."""
    if subject.facts is None or subject.facts.lost_on is None:
        return None
    return _yes(subject.facts.lost_on <= subject.case.as_of)


def settled_row(subject: Subject) -> Row | None:
    """The disposition in force: the latest approved one, of the present case (立案 since the file was opened) when
    there is a search file."""
    one = subject.facts
    if one is None:
        return None
    file = one.situation.file
    since = file.discovered_on if file is not None and file.discovered_on is not None else date.min
    done: list[tuple[date, int, Row]] = []
    for place, row in enumerate(one.situation.person.of("disposition")):
        day = settled_on(row, subject.case.as_of)
        if day is not None and (day_of(row, "opened_on") or day) >= since:
            done.append((day, place, row))
    return max(done, key=lambda entry: entry[:2])[2] if done else None


@derived("outcome", "处理结果")
def outcome(subject: Subject) -> str:
    """The final 拟处理 that was approved (R-SUM-FOUND: one a member); a passed 限期改正 is 纳入正常管理."""
    row = settled_row(subject)
    one = subject.facts
    if one is not None and one.state == MemberState.STOPPED and (row is None or row["proposal"] not in _AFTER_STOP):
        return Outcome.STOP_MEMBERSHIP
    if row is None or row["proposal"] is None or row["proposal"] in (Outcome.POSTPONE, Outcome.DIED):
        return NOT_SETTLED
    proposal = row.text("proposal")
    if proposal == Outcome.CORRECT_IN_TIME and row["correction_conclusion"] == CorrectionConclusion.QUALIFIED:
        return Outcome.NORMAL
    if proposal == Outcome.RESTORE_MEMBERSHIP:
        return Outcome.NORMAL
    return Outcome.TRANSFER_OUT if proposal == Outcome.PROOF else proposal


@derived("proposal", "拟处理意见", rests_on="disposition")
def proposal(subject: Subject) -> str | None:
    """拟处理 of the row of 处置台账 opened last (of equal days the lower row), approved or not; of the present case
    when there is a search file."""
    one = subject.facts
    if one is None:
        return None
    since = one.situation.file.discovered_on if one.situation.file is not None else None
    rows = one.situation.person.of("disposition")
    opened = [(day_of(row, "opened_on") or date.max, place, row) for place, row in enumerate(rows)]
    of_the_case = [entry for entry in opened if since is None or entry[0] >= since]
    latest = max(of_the_case, key=lambda entry: entry[:2], default=None)
    return latest[2].text("proposal") or None if latest is not None else None


def _member(subject: Subject) -> Row:
    return subject.facts.member if subject.facts is not None else subject.row
