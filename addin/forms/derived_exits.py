"""Derived values about how and when a member left: the removal behind it, its category, the day."""

from datetime import date

from addin.forms.derived import derived, settled_on
from addin.forms.subjects import Subject
from validators.happened import happened
from validators.letters import transferred_on
from validators.table import Row
from validators.words import MemberState, Outcome

_EXITS = {
    Outcome.TO_DISCIPLINE: "开除党籍",
    Outcome.REMOVE_ON_REQUEST: "退党除名",
    Outcome.ADVISE_TO_LEAVE: "劝退",
    Outcome.REMOVE_AFTER_ADVICE: "劝而不退除名",
    Outcome.REMOVE_AS_DROPPED_OUT: "自行脱党除名",
    Outcome.CANCEL_PROBATION: "取消预备党员资格",
    Outcome.NOT_RECOGNISED: "不予承认",
}


def _exit_row(subject: Subject) -> Row | None:
    """The removal approved last, of equal days the lower row; what was decided after it does not change the exit."""
    as_of = subject.case.as_of
    rows = subject.facts.situation.person.of("disposition") if subject.facts is not None else []
    done = [(settled_on(row, as_of), row) for row in rows if row["proposal"] in _EXITS]
    return max(
        ((day, place, row) for place, (day, row) in enumerate(done) if day is not None),
        key=lambda entry: entry[:2],
        default=(None, 0, None),
    )[2]


@derived("exit_category", "出党类别", rests_on="disposition")
def exit_category(subject: Subject) -> str | None:
    """The category of 党统 tables 10 and 11; None when no removal is on record."""
    row = _exit_row(subject)
    return _EXITS.get(row.text("proposal")) if row is not None else None


@derived("exit_situation", "出党的情形", rests_on="disposition")
def exit_situation(subject: Subject) -> str | None:
    """情形 of the removal."""
    row = _exit_row(subject)
    return row.text("situation") or None if row is not None else None


@derived("gone_on", "离开的日期")
def gone_on(subject: Subject) -> date | None:
    """离开日期, else the day of the receipt or of the removal that ended the membership here."""
    one, as_of = subject.facts, subject.case.as_of
    if one is None:
        return None
    if (written := happened(one.member, "left_on", as_of)) is not None:
        return written
    if one.state == MemberState.EXPELLED and (row := _exit_row(subject)) is not None:
        return settled_on(row, as_of)
    return transferred_on(one.situation.letters) if one.state == MemberState.TRANSFERRED else None
