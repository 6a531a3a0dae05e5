"""Every deadline of one member: contacts, searches, receipts, certificates, terms; before anyone asks what is late."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from validators.contacts import ABROAD_HALF, MONTH_CALL, QUARTER, Absence, absences
from validators.dates import deadline, edate, iso_week
from validators.derive import open_correction
from validators.facts import PersonFacts
from validators.happened import day_of, happened
from validators.letters import Letter, awaiting
from validators.lost_spells import is_closed, lost_spell
from validators.member_state import LEFT
from validators.periods import Duty, in_words, missed, next_owed
from validators.policy import Policy
from validators.searches import CONTINUE, MONTHLY, WEEKLY, FileState, SearchFile
from validators.table import Row
from validators.terms import is_for_loss, probation_term
from validators.words import MemberState

SOON = 7
"""Days before a deadline from which it counts as due, where no policy value says otherwise."""

_CONTACT = {QUARTER: "季度联系", ABROAD_HALF: "出国（境）联系", MONTH_CALL: "每月通话"}
_ONCE = (
    ("verified_on", "失联核查", "R-LOST-VERIFY-30", "lost.verify_days"),
    ("reported_on", "失联上报", "R-LOST-REPORT", "lost.report_days"),
)
_SEARCH = {WEEKLY: "每周查找", MONTHLY: "每月查找上报", CONTINUE: "继续查找"}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One deadline: ``due`` is the last day on time; it counts as due from ``soon`` days before."""

    kind: str
    rule: str
    row: Row
    due: date
    text: str
    who: str
    soon: int = SOON


def reminders(one: PersonFacts) -> Iterator[Reminder]:
    """Every deadline of a member; none for who left, only the search and the two years for who is stopped."""
    if one.state in LEFT:
        return
    yield from _searches(one)
    if one.state == MemberState.STOPPED:
        yield from _stopped(one)
        return
    yield from _contacts(one)
    yield from _file(one)
    yield from _follow_up(one)
    yield from letter_reminders(one.situation.letters, one.situation.policy, one.contact_person)
    yield from _certificate(one)
    yield from _returns(one)
    yield from _abroad(one)
    yield from _terms(one)


def _contacts(one: PersonFacts) -> Iterator[Reminder]:
    """R-CONTACT-QUARTER, -ABROAD-HALF, -MONTH-CALL: the deadline missed, until a contact comes, and the next one."""
    soon = one.situation.policy.whole("contact.remind_days")
    for duty in one.contact_duties:
        kind, who = _CONTACT[duty.rule], duty.row.text("contact_person") or one.contact_person
        if duty.late_since is not None and not duty.made_up:
            yield Reminder(kind, duty.rule, duty.row, duty.late_since, duty.text, who, soon)
        if duty.next_due is not None and duty.next_due != duty.late_since:
            yield Reminder(kind, duty.rule, duty.row, duty.next_due, duty.next_text, who, soon)


def _searches(one: PersonFacts) -> Iterator[Reminder]:
    """R-SEARCH-WEEKLY, -MONTHLY, -CONTINUE: the period missed, else the running one – one search answers both."""
    file = one.situation.file
    for duty in one.search_duties:
        due = duty.late_since or duty.next_due
        if due is not None and file is not None:
            yield Reminder(_SEARCH[duty.rule], duty.rule, file.row, due, duty.text, file.row.text("responsible"))


def _file(one: PersonFacts) -> Iterator[Reminder]:
    """What an open search file owes once: report, verification within 30 days, its own deadline."""
    it, file = one.situation, one.situation.open_file
    if file is None:
        if one.state == MemberState.LOST and one.lost_on is not None:
            text = f"{one.grounds.lost_text}，应建立查找档案（一人一档）"
            yield Reminder("建立查找档案", "R-SEARCH-ONEFILE", one.member, one.lost_on, text, one.contact_person)
        return
    if file.state is not FileState.OPEN:
        return
    for key, kind, rule, setting in _ONCE:
        if file.discovered_on is not None and happened(file.row, key, it.as_of) is None:
            days = it.policy.whole(setting)
            due = deadline(file.discovered_on, days)
            text = f"发现失联 {file.discovered_on} + {days}天 = {due}"
            yield Reminder(kind, rule, file.row, due, text, file.row.text("responsible"))
    limit = day_of(file.row, "search_deadline")
    if limit is not None:
        yield Reminder("查找时限", "R-SEARCH-HEAD", file.row, limit, f"查找时限 {limit}", file.row.text("responsible"))


def _follow_up(one: PersonFacts) -> Iterator[Reminder]:
    """R-FOLLOW-WEEKLY: weekly visits of a re-contacted member, for the weeks of the policy and until settled."""
    it, file = one.situation, one.situation.file
    weeks = it.policy.whole("follow.weeks")
    if file is None or not weeks or one.state == MemberState.LOST or not _was_found(one, file):
        return
    found_on = file.closed_on or it.as_of
    if is_closed(it, file) and it.as_of > found_on + timedelta(weeks=weeks):
        return
    duty, days = Duty(found_on), [contact.day for contact in it.seen.contacts]
    done = {iso_week(day) for day in days}
    run = missed(iso_week, (duty,), done, it.as_of)
    coming = next_owed(iso_week, (duty,), done, it.as_of)
    week = run[0] if run and not any(day > run[0].last for day in days) else coming
    if week is not None:
        text = f"取得联系 {found_on}，每周跟踪回访；{in_words(week)}截止 {week.last}"
        yield Reminder("跟踪回访", "R-FOLLOW-WEEKLY", file.row, week.last, text, file.row.text("responsible"))


def _was_found(one: PersonFacts, file: SearchFile) -> bool:
    found = file.state is FileState.FOUND and file.closed_on is not None
    return found and lost_spell(one.situation, file).was_lost


def letter_reminders(letters: tuple[Letter, ...], policy: Policy, who: str) -> Iterator[Reminder]:
    """R-XFER-RECEIPT-OVERDUE: the receipt of every letter that awaits one."""
    for letter in awaiting(letters, policy):
        text = f"介绍信 {letter.row.text('letter_number')} {letter.arithmetic}，回执应到 {letter.receipt_due_on}"
        yield Reminder("介绍信回执", "R-XFER-RECEIPT-OVERDUE", letter.row, letter.receipt_due_on, text, who)


def _certificate(one: PersonFacts) -> Iterator[Reminder]:
    """R-FLOAT-CERT-ANNUAL: the certificate of an open absence is reviewed every calendar year."""
    it, away = one.situation, one.situation.away
    if away is None or away.row["certificate_number"] is None:
        return
    issued_on = happened(away.row, "certificate_issued_on", it.as_of) or away.left_on
    first = issued_on.year + (1 if it.policy.word("cert.first_year") == "next" else 0)
    done = {int(year) for year in re.findall(r"\d{4}", away.row.text("certificate_review_years"))}
    owed = list(range(max([first, *(year + 1 for year in done)]), it.as_of.year + 1))
    passed = [year for year in owed if year < it.as_of.year]
    for year in {*passed[-1:], *owed[-1:]}:
        due = date(year, 12, 31)
        text = f"活动证 {away.row.text('certificate_number')} 发证 {issued_on}，{year}年年审截止 {due}"
        yield Reminder("活动证年审", "R-FLOAT-CERT-ANNUAL", away.row, due, text, one.contact_person, 30)


def _returns(one: PersonFacts) -> Iterator[Reminder]:
    """R-FLOAT-CERT-RETURN: certificate and conduct are looked at after the return."""
    it = one.situation
    for stay in it.stays:
        if stay.ended_on is not None and happened(stay.row, "return_checked_on", it.as_of) is None:
            days = it.policy.whole("float.return_check_days")
            due = deadline(stay.ended_on, days)
            text = f"返回 {stay.ended_on} + {days}天 = {due}，返回查验日期未填"
            who = stay.row.text("contact_person")
            yield Reminder("返回查验", "R-FLOAT-CERT-RETURN", stay.row, due, text, who)


def _abroad(one: PersonFacts) -> Iterator[Reminder]:
    """R-ABROAD-5Y and R-ABROAD-RETURN: five years abroad, and the application to resume after the return."""
    it = one.situation
    stays: tuple[Absence, ...] = absences(it.person.of("abroad"), "departed_on", it.as_of)
    for stay in stays:
        if stay.ended_on is None:
            months = it.policy.whole("abroad.keep_max_months")
            due = edate(stay.left_on, months)
            text = f"出境 {stay.left_on} + {months}个月 = {due}，超过后按程序研究"
            yield Reminder("出国（境）满五年", "R-ABROAD-5Y", stay.row, due, text, one.contact_person, 30)
        elif happened(stay.row, "resume_applied_on", it.as_of) is None:
            months = it.policy.whole("abroad.return_apply_months")
            due = edate(stay.ended_on, months)
            text = f"返回 {stay.ended_on} + {months}个月 = {due}，未申请恢复组织生活"
            yield Reminder("恢复组织生活申请", "R-ABROAD-RETURN", stay.row, due, text, one.contact_person, 30)


def _terms(one: PersonFacts) -> Iterator[Reminder]:
    """R-DISP-PROB-TERM and R-DISP-CORRECT-PERIOD: on the last day still on time."""
    it, who = one.situation, one.contact_person
    correction = open_correction(it)
    if correction is not None:
        soon = it.policy.whole("correct.remind_days")
        text = f"{correction.text}，期满后及时评议"
        yield Reminder("限期改正期满", "R-DISP-CORRECT-PERIOD", correction.row, correction.ends_on, text, who, soon)
    term = probation_term(one.member, it.person.of("disposition"), it.policy, it.as_of)
    if term is not None and not term.is_decided:
        opinion = "；外出中，先征求流入地党组织书面意见" if it.away is not None else ""
        soon = it.policy.whole("prob.remind_days")
        yield Reminder("预备期满", "R-DISP-PROB-TERM", term.row, term.ends_on, term.text + opinion, who, soon)


def _stopped(one: PersonFacts) -> Iterator[Reminder]:
    """R-DISP-STOP-2Y: the day two years after 停止党籍 are full."""
    stop = one.situation.stop
    if stop is not None and not stop.is_decided and is_for_loss(stop):
        text = f"{stop.text}，届时仍无法取得联系的请支部研究"
        yield Reminder("停止党籍满二年", "R-DISP-STOP-2Y", stop.row, stop.ends_on, text, one.contact_person, 30)
