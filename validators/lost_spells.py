"""One spell of being out of contact as official tables print it: start, end, months, found or not (R-LOST-FOUND)."""

from dataclasses import dataclass
from datetime import date

from validators.dates import deadline, full_months
from validators.happened import Event, day_of, happened
from validators.lost_clocks import Clocks, clocks, lost_on
from validators.searches import FileState, SearchFile
from validators.situation import Situation
from validators.words import CorrectionConclusion, Outcome


@dataclass(frozen=True, slots=True)
class LostSpell:
    """``contact`` and ``form`` are the two clocks as they stood while out of contact. ``ended_on`` is the end of the
    search; without one, or when it lies before six months are full, the day found, else the as-of date. ``was_lost``
    says whether the threshold of R-LOST-6M was reached by then (true when no start is known); ``months`` are full
    months of ``form`` up to the end, None without a start."""

    file: SearchFile
    contact: Event | None
    form: Event | None
    ended_on: date
    was_lost: bool
    months: int | None


def lost_spell(it: Situation, file: SearchFile) -> LostSpell:
    """The spell a search file is about; for a file that ended with contact, as it stood the day before."""
    then = _clocks_then(it, file)
    found_on = file.closed_on if file.state is FileState.FOUND else None
    ended_on = happened(file.row, "search_ended_on", it.as_of) or found_on or it.as_of
    if then.form is not None and full_months(then.form.day, ended_on) < it.policy.whole("lost.months"):
        ended_on = found_on or it.as_of
    reached_by = file.closed_on if file.state is FileState.FOUND and file.closed_on is not None else it.as_of
    was_lost = then.contact is None or lost_on(then.contact.day, it.policy) <= reached_by
    months = full_months(then.form.day, ended_on) if then.form is not None else None
    return LostSpell(file, then.contact, then.form, ended_on, was_lost, months)


def _clocks_then(it: Situation, file: SearchFile) -> Clocks:
    if file.state is not FileState.FOUND or file.closed_on is None:
        return it.now
    before = deadline(file.closed_on, -1)
    then = clocks(it.seen, upto=before)
    typed = day_of(it.member, "lost_since")
    if typed is None or typed > before:
        return then
    start = Event(typed, it.member, "失去联系")
    return Clocks(then.contact or start, then.form or start, then.life, then.dues)


def is_closed(it: Situation, file: SearchFile) -> bool:
    """Whether the disposition after a found member's file is closed, which ends the tag 经查找取得联系 (rules §0.5)."""
    for row in it.person.of("disposition"):
        opened_on = day_of(row, "opened_on")
        if opened_on is not None and file.discovered_on is not None and opened_on < file.discovered_on:
            continue
        done = happened(row, "approved_on", it.as_of) or happened(row, "effective_on", it.as_of)
        if done is None or row["proposal"] == Outcome.POSTPONE:
            continue
        if row["proposal"] != Outcome.CORRECT_IN_TIME or row["correction_conclusion"] == CorrectionConclusion.QUALIFIED:
            return True
    return False
