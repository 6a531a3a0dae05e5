"""Works out the derived values of one member (workbook §3) from his situation, each with its basis."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from validators.codes import code_lists
from validators.contacts import ContactDuty
from validators.dates import Quarter, full_months
from validators.happened import Basis, basis, day_of, latest, latest_day
from validators.letters import Letter, awaits_receipt
from validators.lost_clocks import article_nine, lost_arithmetic, lost_on
from validators.lost_spells import LostSpell, is_closed, lost_spell
from validators.member_state import IN_CAMPAIGN, LEFT, State
from validators.periods import in_words
from validators.searches import FileState, SearchDuty, SearchFile, attempts, search_duties
from validators.situation import Situation
from validators.terms import Term, correction_term
from validators.words import MembershipStatus, MemberState, MemberTag, MemberType, YesNo

Derived = tuple[Any, tuple[Basis, ...]]
"""A derived value and the rows it rests on."""

NOTHING: Derived = (None, ())


def derive(it: Situation, state: State) -> Mapping[str, Derived]:
    """Every derived value by the attribute it has in PersonFacts. Members who left keep only state and ages."""
    found = {"state": (state.word, state.basis), **_ages(it)}
    if state.word in LEFT:
        return found
    spell = current_spell(it, state)
    found |= _away(it)
    found |= _contact(it, state)
    found |= _clocks(it, state, spell)
    found |= _papers(it, state)
    return found


def contact_duties(it: Situation, state: State) -> tuple[ContactDuty, ...]:
    """The contact owed: none to who left, is stopped or is 失联 (R-CONTACT-LOSTCOVER: the search applies instead)."""
    if state.word not in IN_CAMPAIGN or state.word == MemberState.LOST:
        return ()
    if it.abroad is not None:
        return (it.abroad_duty,) if it.abroad_duty is not None else ()
    return tuple(duty for duty in (it.contact_duty, it.call_duty) if duty is not None)


def owed_searches(it: Situation, state: State) -> tuple[SearchDuty, ...]:
    """What the latest search file still owes (R-SEARCH-WEEKLY, -MONTHLY, -CONTINUE)."""
    file = it.open_file
    if file is None or state.word in LEFT:
        return ()
    stopped = state.word == MembershipStatus.STOPPED
    if file.state is FileState.NOT_FOUND and not stopped and state.word != MemberState.LOST:
        return ()
    tries = attempts(it.person, file, it.as_of)
    return search_duties(file, tries, it.policy, it.as_of, is_key=is_key_case(it, file), is_stopped=stopped)


def is_key_case(it: Situation, file: SearchFile) -> bool:
    """重点失联党员: every open file by default (``search.key_all``), else by file or tag."""
    tags = it.member["tags"]
    tagged = isinstance(tags, tuple) and MemberTag.KEY in tags
    return it.policy.flag("search.key_all") or file.row["is_key_case"] == YesNo.YES or tagged


def is_found(it: Situation, state: State) -> bool:
    """The tag 经查找取得联系: found by the search after being 失联, disposition not yet closed, not lost again."""
    file = it.file
    if file is None or file.state is not FileState.FOUND or state.word not in IN_CAMPAIGN:
        return False
    return state.word != MemberState.LOST and lost_spell(it, file).was_lost and not is_closed(it, file)


def current_spell(it: Situation, state: State) -> LostSpell | None:
    """The spell the printed clock is about: that of the open search, or of a found member until it is settled."""
    file = it.file
    if file is None or (file.state is FileState.FOUND and not is_found(it, state)):
        return None
    return lost_spell(it, file)


def _away(it: Situation) -> dict[str, Derived]:
    if it.six_months is None:
        return {}
    day, start = it.six_months
    months = it.policy.whole("float.months")
    return {"six_months_away_on": (day, (start.basis(f"{start.what} {start.day} + {months}个月 = {day}"),))}


def _contact(it: Situation, state: State) -> dict[str, Derived]:
    last, quarter = latest(it.seen.contacts), Quarter.of(it.as_of)
    contacted = last is not None and Quarter.of(last.day) == quarter
    place = "在" if contacted else "不在"
    rests = (last.basis(f"{last.what} {last.day} {place}{in_words(quarter)}"),) if last is not None else ()
    duties = [duty for duty in contact_duties(it, state) if duty.next_due is not None]
    first = min(duties, key=lambda duty: duty.next_due or date.max, default=None)
    run = it.contact_duty
    return {
        "contacted_this_quarter": (YesNo.YES if contacted else YesNo.NO, rests),
        "last_contact_on": (last.day, (last.basis(),)) if last is not None else NOTHING,
        "missed_quarters": (it.missed_quarters, (basis(run.row, run.text),) if run and run.text else ()),
        "next_contact_due": (first.next_due, (basis(first.row, first.next_text),)) if first is not None else NOTHING,
    }


def _clocks(it: Situation, state: State, spell: LostSpell | None) -> dict[str, Derived]:
    start = it.now.contact
    found: dict[str, Derived] = {}
    if start is not None:
        found["contact_clock_start"] = (start.day, (start.basis(),))
        arithmetic = lost_arithmetic(start, it.policy, it.as_of)
        found["lost_on"] = (lost_on(start.day, it.policy), (start.basis(arithmetic),))
    form = spell.form if spell is not None else it.now.form
    end = spell.ended_on if spell is not None else it.as_of
    if form is not None:
        months = full_months(form.day, end)
        found["form_clock_start"] = (form.day, (form.basis(),))
        found["months_lost"] = (months, (form.basis(f"{form.what} {form.day} 至 {end} 满{months}个月"),))
    is_lost = state.word == MemberState.LOST
    found["is_found"] = (YesNo.YES if is_found(it, state) else YesNo.NO, _file_basis(it))
    counted = form or (start if is_lost else None)
    if counted is not None:
        months = full_months(counted.day, end)
        months = max(months, full_months(counted.day, it.as_of)) if is_lost and months < 6 else months
        if months >= it.policy.whole("lost.months"):
            word = _bucket("lost_duration", months, "from_months", "to_months")
            found["lost_time_class"] = (word, (counted.basis(f"{counted.what} {counted.day} 起满{months}个月"),))
    if state.word not in (MemberState.STOPPED, MemberState.KEPT_ABROAD):
        hints = article_nine(it.person, it.now, it.policy, it.as_of)
        if hints:
            text = "达到党章第九条期限，请支部研究：" + "；".join(hint.text for hint in hints)
            found["article_nine"] = (text, hints)
    return found


def _file_basis(it: Situation) -> tuple[Basis, ...]:
    if it.file is None:
        return ()
    closed = f" {it.file.closed_on}" if it.file.closed_on is not None else ""
    return (basis(it.file.row, f"查找档案 {it.file.number} {it.file.state.value}{closed}"),)


def _papers(it: Situation, state: State) -> dict[str, Derived]:
    found: dict[str, Derived] = {}
    letter = pending_letter(it)
    if letter is not None:
        found["letter_expires_on"] = (letter.expires_on, (basis(letter.row, letter.arithmetic),))
        if awaits_receipt(letter, it.policy):
            grace = it.policy.whole("receipt.grace_days")
            text = f"{letter.arithmetic}，回执宽限{grace}天，应到 {letter.receipt_due_on}"
            found["receipt_due_on"] = (letter.receipt_due_on, (basis(letter.row, text),))
    searches = [duty for duty in owed_searches(it, state) if duty.next_due is not None]
    if searches and it.file is not None:
        first = min(searches, key=lambda duty: duty.next_due or date.max)
        found["next_search_due"] = (first.next_due, (basis(it.file.row, first.text),))
    correction = open_correction(it)
    if correction is not None:
        found["correction_ends_on"] = (correction.ends_on, (correction.basis,))
    if state.word == MemberState.STOPPED and it.stop is not None:
        found["stop_two_years_on"] = (it.stop.ends_on, (it.stop.basis,))
    return found


def pending_letter(it: Situation) -> Letter | None:
    """The latest outgoing letter without receipt that is not settled otherwise."""
    waiting = [letter for letter in it.letters if letter.receipt_on is None and not letter.is_settled]
    return waiting[-1] if waiting else None


def open_correction(it: Situation) -> Term | None:
    """The 限期改正 still without conclusion."""
    term = correction_term(it.person.of("disposition"), it.policy, it.as_of)
    return term if term is not None and not term.is_decided else None


def _ages(it: Situation) -> dict[str, Derived]:
    found: dict[str, Derived] = dict(_age(it))
    member = it.member
    confirmed_on = day_of(member, "confirmed_on")
    if member["member_type"] == MemberType.PROBATIONARY:
        found["party_age"] = (0, (basis(member, "预备党员，党龄从转正起算"),))
    elif confirmed_on is not None:
        years = max(0, full_months(confirmed_on, it.as_of) // 12)
        found["party_age"] = (years, (basis(member, f"转正 {confirmed_on} 至 {it.as_of} 满{years}年"),))
    if "party_age" in found:
        years, rests = found["party_age"]
        found["party_age_class"] = (_bucket("party_age_class", years), rests)
    education = code_lists()["education"].by_word.get(member.text("education"))
    if education is not None:
        found["education_class"] = (education.attributes["class"], (basis(member, f"学历 {education.word}"),))
    return found


def _age(it: Situation) -> Iterator[tuple[str, Derived]]:
    born_on = latest_day(it.member["birth_date"]) or _birth_in_number(it.member.text("identity_number"))
    if born_on is None:
        return
    years = full_months(born_on, it.as_of) // 12
    rests = (basis(it.member, f"出生 {born_on} 至 {it.as_of} 满{years}岁"),)
    yield "age", (years, rests)
    yield "age_class", (_bucket("age_class", years), rests)


def _birth_in_number(number: str) -> date | None:
    try:
        return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}") if len(number) == 18 else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _bucket(name: str, value: int, low: str = "from", high: str = "to") -> str | None:
    """The class of a code list a number falls into, by the bounds the list gives."""
    for entry in code_lists()[name].entries:
        if entry.attributes.get(low, value) <= value <= entry.attributes.get(high, value):
            return entry.word
    return None
