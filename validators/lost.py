"""The ten lists of R-LOST-LISTS: who should be looked at, why, and what is still missing; never a decision."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from validators.contacts import QUARTER, counting_channels
from validators.dates import edate, exceeded, is_late
from validators.derive import open_correction
from validators.facts import PersonFacts
from validators.happened import Event, happened, latest
from validators.letters import Letter, awaiting, outgoing_letters
from validators.lost_clocks import lost_arithmetic
from validators.lost_spells import lost_spell
from validators.member_state import IN_CAMPAIGN
from validators.outlook import outlook
from validators.people import PersonKey, people
from validators.policy import Policy
from validators.searches import Effort, FileState, SearchFile, attempts, effort, family, lacking
from validators.table import Book, Row
from validators.terms import is_for_loss, probation_term
from validators.words import LostListName, LostSituation, MemberState, SearchResult, YesNo

_FAILED = (SearchResult.NOT_REACHED, SearchResult.NUMBER_DEAD)
_AFTER_FOUND = {
    "cause": "失联原因",
    "conduct_while_lost": "失联期间表现",
    "attitude": "本人态度",
    "wish_to_stay": "愿否留党",
}


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One line of a list: the person, the row it rests on, the rule and the arithmetic, and what is missing.

    ``made_up`` (已补联系) is 是/否 on 季度未联系名单 and empty elsewhere. ``file_number`` is empty without a file.
    ``next_…`` is the next obliged step; ``outcomes`` what the decision table would allow, worded 建议核查.
    """

    list_name: str
    key: PersonKey
    name: str
    file: str
    sheet: str
    row: int
    rule: str
    text: str
    state: str
    contact_person: str = ""
    contact_clock_start: date | None = None
    lost_on: date | None = None
    form_clock_start: date | None = None
    months_lost: int | None = None
    file_number: str = ""
    made_up: str = ""
    missing: tuple[str, ...] = ()
    next_step: str = ""
    next_due: date | None = None
    next_rule: str = ""
    outcomes: str = ""


Entry = tuple[Row, str, str, tuple[str, ...]]
"""Row, rule, arithmetic, what is missing."""


def lost_lists(
    book: Book, facts: Iterable[PersonFacts], policy: Policy, as_of: date
) -> Mapping[str, tuple[ListedPerson, ...]]:
    """Every list by its Chinese name, each in roster order, as decisions on the lists settle who stands on which."""
    members = [one for one in facts if one.state in IN_CAMPAIGN or one.state == MemberState.STOPPED]
    found: dict[str, tuple[ListedPerson, ...]] = {}
    for name, entries in _LISTS.items():
        found[name] = tuple(_listed(name, one, *entry) for one in members for entry in entries(one))
    strangers = _letters_of_strangers(book, {one.key for one in facts}, policy, as_of)
    found[LostListName.RECEIPT_OVERDUE] += tuple(strangers)
    return found


def _listed(name: str, one: PersonFacts, row: Row, rule: str, text: str, missing: tuple[str, ...]) -> ListedPerson:
    file = one.situation.file
    duties = one.contact_duties if name == LostListName.NOT_CONTACTED_THIS_QUARTER else ()
    ahead = outlook(one, name)
    return ListedPerson(
        list_name=name,
        key=one.key,
        name=one.name,
        file=row.origin.file,
        sheet=row.origin.sheet,
        row=row.origin.row,
        rule=rule,
        text=text,
        state=one.state,
        contact_person=one.contact_person,
        contact_clock_start=one.contact_clock_start,
        lost_on=one.lost_on,
        form_clock_start=one.form_clock_start,
        months_lost=one.months_lost,
        file_number=file.number if file is not None else "",
        made_up=(YesNo.YES if duties[0].made_up else YesNo.NO) if duties else "",
        missing=missing + ahead.gaps,
        next_step=ahead.next_step,
        next_due=ahead.next_due,
        next_rule=ahead.next_rule,
        outcomes=ahead.outcomes,
    )


def out_of_control(one: PersonFacts) -> Iterator[Entry]:
    """R-LOST-OUTOFCONTROL: away over a month, neither reported nor contacted since leaving."""
    it = one.situation
    if it.away is None or one.state not in IN_CAMPAIGN:
        return
    months = it.policy.whole("lost.uncontrolled_months")
    left_on, last = it.away.left_on, latest(it.seen.contacts)
    reported = happened(it.away.row, "reported_on", it.as_of) is not None
    if reported or not exceeded(it.as_of, left_on, months) or (last is not None and last.day >= left_on):
        return
    text = f"外出 {left_on} + {months}个月 = {edate(left_on, months)} ＜ 基准日 {it.as_of}，没有外出报告，也没有联系"
    yield it.away.row, "R-LOST-OUTOFCONTROL", text, ()


def _quarter_missed(one: PersonFacts) -> Iterator[Entry]:
    """R-CONTACT-QUARTER: the last closed owed quarter has no counting contact."""
    for duty in one.contact_duties:
        if duty.rule == QUARTER and duty.late_since is not None:
            since = "；其后已补联系" if duty.made_up else ""
            yield duty.row, QUARTER, duty.text + since, ()


def _suspected(one: PersonFacts) -> Iterator[Entry]:
    """R-LOST-SUSPECT: an open file or a failed direct attempt, the clock not yet run out."""
    if one.state not in IN_CAMPAIGN or one.state == MemberState.LOST:
        return
    it, file = one.situation, one.situation.open_file
    failed = latest(failed_attempts(one))
    if file is not None:
        row, ground = file.row, f"有查找档案 {file.number}（{file.state.value}）"
    elif failed is not None:
        row, ground = failed.row, f"{failed.what} {failed.day}，尚未建档"
    else:
        return
    start = it.now.contact
    clock = lost_arithmetic(start, it.policy, it.as_of) if start is not None else "没有联系、组织生活、党费日期可算"
    yield row, "R-LOST-SUSPECT", f"{ground}；{clock}", ()


def failed_attempts(one: PersonFacts) -> Iterator[Event]:
    """Direct attempts without answer after the member was last in touch."""
    it = one.situation
    since = it.now.contact.day if it.now.contact is not None else date.min
    channels = counting_channels(it.policy)
    for row in it.person.of("contact_log"):
        day = happened(row, "contacted_on", it.as_of)
        if day is not None and day > since and row["answered"] == YesNo.NO and row.text("channel") in channels:
            yield Event(day, row, f"{row.text('channel')}联系本人未应答")
    for row in it.person.of("search_log"):
        day = happened(row, "searched_on", it.as_of)
        if day is not None and day > since and family(row) == "A" and row["result"] in _FAILED:
            yield Event(day, row, "直接联系未联系上")


def _lost(one: PersonFacts) -> Iterator[Entry]:
    """R-LOST-6M: everyone in state 失联, with or without a search file."""
    if one.state != MemberState.LOST:
        return
    it, file = one.situation, one.situation.open_file
    text = one.grounds.lost_text
    if one.form_clock_start is not None:
        text += f"；表列自 {one.form_clock_start} 起满{one.months_lost}个月"
    again = sum(1 for each in it.files if each.state is FileState.FOUND)
    if again:
        text += f"；曾取得联系{again}次，属再次失联"
    if file is None:
        yield one.member, "R-LOST-6M", text, ("未建档",)
        return
    tries, missing = _search_gaps(one, file)
    yield one.member, "R-LOST-6M", f"{text}；{tries.text}", missing


def _search_gaps(one: PersonFacts, file: SearchFile) -> tuple[Effort, tuple[str, ...]]:
    """What was tried for a file; what R-SEARCH-EXHAUST and R-LOST-CLEAR3 still miss before a decision."""
    it = one.situation
    tries = effort(attempts(it.person, file, it.as_of))
    host = it.away is not None and bool(it.away.row.text("host_organisation"))
    return tries, lacking(tries, it.policy, host) + _unclear(one, file)


def _unclear(one: PersonFacts, file: SearchFile) -> tuple[str, ...]:
    """R-LOST-CLEAR3: what is not clear about time and situation."""
    found = []
    if one.form_clock_start is None:
        found.append("失联时间不清楚（组织生活、党费日期都没有）")
    situation = file.row.text("situation")
    if not situation:
        found.append("失联情形不清楚")
    elif situation == LostSituation.OTHER and not file.row.text("remark"):
        found.append("情形为其他，备注要写明具体原因")
    return tuple(found)


def _found(one: PersonFacts) -> Iterator[Entry]:
    """R-LOST-FOUND: 失联 before, in touch again through the search, disposition not yet closed."""
    file = one.situation.file
    if one.is_found != YesNo.YES or file is None:
        return
    spell = lost_spell(one.situation, file)
    day = f" {file.closed_on}" if file.closed_on is not None else "（日期未填）"
    text = f"取得联系{day}"
    if spell.contact is not None:
        months = one.situation.policy.whole("lost.months")
        end = edate(spell.contact.day, months)
        text += f"；此前{spell.contact.what} {spell.contact.day} + {months}个月 = {end}，失联满{months}个月后找到"
    else:
        text += "；失联时间不详"
    missing = tuple(f"{title}未填" for key, title in _AFTER_FOUND.items() if file.row[key] is None)
    yield file.row, "R-LOST-FOUND", text, missing


def _not_found(one: PersonFacts) -> Iterator[Entry]:
    """R-LOST-NOTFOUND: the search ended without contact and the member is still 失联."""
    file = one.situation.open_file
    if one.state != MemberState.LOST or file is None or file.state is not FileState.NOT_FOUND:
        return
    tries, missing = _search_gaps(one, file)
    ended = f"查找结束 {file.closed_on}" if file.closed_on is not None else "查找结束日期未填"
    text = f"{ended}，{tries.text}；{one.grounds.lost_text}"
    yield file.row, "R-LOST-NOTFOUND", text, missing


def _receipt_overdue(one: PersonFacts) -> Iterator[Entry]:
    """R-XFER-RECEIPT-OVERDUE, for members on the roster."""
    if one.state in IN_CAMPAIGN:
        yield from overdue_letters(one.situation.letters, one.situation.policy, one.situation.as_of)


def overdue_letters(letters: Sequence[Letter], policy: Policy, as_of: date) -> Iterator[Entry]:
    """The letters whose receipt is late: from the day after 回执应到日."""
    for letter in awaiting(letters, policy):
        if is_late(as_of, letter.receipt_due_on):
            grace = policy.whole("receipt.grace_days")
            due = letter.arithmetic + (f" + 宽限{grace}天 = {letter.receipt_due_on}" if grace else "")
            text = f"介绍信 {letter.row.text('letter_number')} {due} ＜ 基准日 {as_of}，未收到回执"
            blanks = {"member_contact_result": "与本人联系结果", "unit_contact_result": "与接收单位联系结果"}
            missing = tuple(f"{title}未填" for key, title in blanks.items() if letter.row[key] is None)
            yield letter.row, "R-XFER-RECEIPT-OVERDUE", text, missing


def _letters_of_strangers(book: Book, known: set[PersonKey], policy: Policy, as_of: date) -> Iterator[ListedPerson]:
    """Overdue letters of people who are not on the roster: the receipt is still owed."""
    for key, person in people(book).items():
        if key in known or not person.of("transfer_letter"):
            continue
        letters = outgoing_letters(person.of("transfer_letter"), policy, as_of)
        for row, rule, text, missing in overdue_letters(letters, policy, as_of):
            place = row.origin
            yield ListedPerson(
                list_name=LostListName.RECEIPT_OVERDUE,
                key=key,
                name=row.text("name"),
                file=place.file,
                sheet=place.sheet,
                row=place.row,
                rule=rule,
                text=f"{text}；不在党员名册",
                state="",
                missing=missing,
            )


def _stopped_two_years(one: PersonFacts) -> Iterator[Entry]:
    """R-DISP-STOP-2Y: two years after 停止党籍 for being lost."""
    it, stop = one.situation, one.situation.stop
    if one.state != MemberState.STOPPED or stop is None or stop.is_decided or not is_for_loss(stop):
        return
    if it.as_of < stop.ends_on:
        return
    since = stop.starts_on or date.min
    tried = [
        row
        for row in it.person.of("search_log")
        if (day := happened(row, "searched_on", it.as_of)) is not None and day >= since
    ]
    missing = () if tried else ("停止党籍后没有查找记录",)
    text = f"{stop.text} ≤ 基准日 {it.as_of}"
    if any(row["result"] == SearchResult.REACHED for row in tried):
        text += "；停止党籍后已取得联系，不适用仍无法取得联系的情形"
    yield stop.row, "R-DISP-STOP-2Y", text, missing


def _correction_due(one: PersonFacts) -> Iterator[Entry]:
    """R-DISP-CORRECT-PERIOD: the term has come to its end and no conclusion is entered."""
    term, as_of = open_correction(one.situation), one.situation.as_of
    if one.state in IN_CAMPAIGN and term is not None and as_of >= term.ends_on:
        sign = "＜" if is_late(as_of, term.ends_on) else "="
        yield term.row, "R-DISP-CORRECT-PERIOD", f"{term.text} {sign} 基准日 {as_of}", ("期满结论未填",)


def _probation_undecided(one: PersonFacts) -> Iterator[Entry]:
    """R-DISP-PROB-TERM: the probation has ended and nothing was decided."""
    it = one.situation
    term = probation_term(one.member, it.person.of("disposition"), it.policy, it.as_of)
    if one.state in IN_CAMPAIGN and term is not None and not term.is_decided and is_late(it.as_of, term.ends_on):
        abroad = "；现在出国（境）" if one.state == MemberState.KEPT_ABROAD else ""
        yield one.member, "R-DISP-PROB-TERM", f"{term.text} ＜ 基准日 {it.as_of}，没有讨论记录{abroad}", ()


_LISTS: Mapping[str, Callable[[PersonFacts], Iterator[Entry]]] = {
    LostListName.OUT_OF_CONTROL: out_of_control,
    LostListName.NOT_CONTACTED_THIS_QUARTER: _quarter_missed,
    LostListName.SUSPECTED: _suspected,
    LostListName.LOST: _lost,
    LostListName.FOUND: _found,
    LostListName.NOT_FOUND: _not_found,
    LostListName.RECEIPT_OVERDUE: _receipt_overdue,
    LostListName.STOPPED_TWO_YEARS: _stopped_two_years,
    LostListName.CORRECTION_DUE: _correction_due,
    LostListName.PROBATION_UNDECIDED: _probation_undecided,
}
