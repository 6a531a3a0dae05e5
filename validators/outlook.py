"""What lies ahead of a listed member: the next obliged step, gaps before a decision, outcomes the table allows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from validators.dispositions import disposition_table, situation_of
from validators.facts import PersonFacts
from validators.happened import day_of, happened
from validators.outcomes import allowed_outcomes
from validators.policy import policy_on
from validators.registers import registers
from validators.reminders import Reminder, reminders
from validators.situation import Situation
from validators.table import Row
from validators.words import LostListName, Outcome

_SEARCH_RULES = ("R-LOST-", "R-SEARCH-", "R-CONTACT-")
_STEP_RULES: Mapping[str, tuple[str, ...]] = {
    LostListName.OUT_OF_CONTROL: ("R-CONTACT-",),
    LostListName.NOT_CONTACTED_THIS_QUARTER: ("R-CONTACT-",),
    LostListName.SUSPECTED: _SEARCH_RULES,
    LostListName.LOST: _SEARCH_RULES,
    LostListName.FOUND: ("R-FOLLOW-",),
    LostListName.NOT_FOUND: ("R-SEARCH-",),
    LostListName.RECEIPT_OVERDUE: ("R-XFER-RECEIPT",),
    LostListName.STOPPED_TWO_YEARS: ("R-DISP-STOP-2Y", "R-SEARCH-"),
    LostListName.CORRECTION_DUE: ("R-DISP-CORRECT",),
    LostListName.PROBATION_UNDECIDED: ("R-DISP-PROB",),
}
"""Which deadlines belong to the matter of a list, by the beginning of the rule id."""

_DECIDED = frozenset(
    {
        LostListName.LOST,
        LostListName.FOUND,
        LostListName.NOT_FOUND,
        LostListName.RECEIPT_OVERDUE,
        LostListName.STOPPED_TWO_YEARS,
        LostListName.CORRECTION_DUE,
    }
)
"""The lists whose members the branch has to come to a decision about."""

_NEEDS_DISPOSITION = (LostListName.FOUND, LostListName.NOT_FOUND, LostListName.STOPPED_TWO_YEARS)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Next obliged step (empty and None where none has a date), what a decision still lacks, what the table allows.

    ``outcomes`` is one sentence worded 建议核查, empty on lists that call for no decision.
    """

    next_step: str = ""
    next_due: date | None = None
    next_rule: str = ""
    gaps: tuple[str, ...] = ()
    outcomes: str = ""


def outlook(one: PersonFacts, list_name: str) -> Outlook:
    """What lies ahead of a member on one of the lists."""
    step = next_obliged(one, list_name)
    is_decided = list_name in _DECIDED
    return Outlook(
        next_step=step.kind if step is not None else "",
        next_due=step.due if step is not None else None,
        next_rule=step.rule if step is not None else "",
        gaps=disposition_gaps(one, list_name) if is_decided else (),
        outcomes=offered(one) if is_decided else "",
    )


def offered(one: PersonFacts) -> str:
    """What the decision table would allow, or what it must know first; the branch decides, never the table."""
    offer = allowed_outcomes(one)
    return f"决定表暂无可选处理，{offer.text}" if offer.missing else offer.text


def next_obliged(one: PersonFacts, list_name: str) -> Reminder | None:
    """The earliest open deadline in the matter of a list; one already late comes first."""
    wanted = _STEP_RULES[list_name]
    open_steps = [step for step in reminders(one) if step.rule.startswith(wanted)]
    return min(open_steps, key=lambda step: step.due, default=None)


def disposition_gaps(one: PersonFacts, list_name: str) -> tuple[str, ...]:
    """The dated steps an open disposition still lacks (R-DISP-STEPS); that there is none where one is due."""
    it = one.situation
    row = open_disposition(it)
    if row is None:
        return ("处置台账没有立案",) if list_name in _NEEDS_DISPOSITION else ()
    situation = situation_of(row.text("situation"))
    if situation is None:
        return ("处置情形未填",)
    policy = policy_on(day_of(row, "opened_on"), it.policy)
    option = next((each for each in situation.options_under(policy) if each.outcome == row["proposal"]), None)
    path = disposition_table().paths.get(option.path) if option is not None else None
    if path is None:
        return ()
    steps = [step for step in path.steps if step.is_asked(policy, reachable=situation.reachable)]
    blank = [step for step in steps if all(row[column] is None for column in step.columns)]
    titles = "、".join("或".join(_title(column) for column in step.columns) for step in blank)
    return (f"{path.title}还差：{titles}",) if titles else ()


def open_disposition(it: Situation) -> Row | None:
    """The latest row of 处置台账 opened by the as-of date and not yet approved."""
    rows = [
        row
        for row in it.person.of("disposition")
        if happened(row, "approved_on", it.as_of) is None
        and row["proposal"] != Outcome.POSTPONE
        and (happened(row, "opened_on", it.as_of) is not None or day_of(row, "opened_on") is None)
    ]
    return max(rows, key=lambda row: day_of(row, "opened_on") or date.min, default=None)


def _title(column: str) -> str:
    return registers()["disposition"].column(column).title
