"""Which outcomes the decision table would allow for a member, and what is missing to say so; never a decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from validators.dates import exceeded
from validators.derive import pending_letter
from validators.dispositions import Condition, DispositionSituation, Option, disposition_table, read_conduct
from validators.facts import PersonFacts
from validators.happened import happened
from validators.lost_spells import lost_spell
from validators.searches import FileState, attempts, effort, lacking
from validators.situation import Situation
from validators.words import (
    AbroadPurpose,
    CorrectionConclusion,
    ExitWay,
    MemberState,
    Outcome,
    SearchResult,
    Settlement,
    YesNo,
)

Inputs = Mapping[str, str | None]
"""The value of each input of the decision table; None where the workbook does not say."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One outcome the table allows: the situation it follows from, its path in words, what to mind."""

    outcome: str
    situation: str
    path: str
    note: str

    @property
    def text(self) -> str:
        """In words, e.g. ``停止党籍（D14，停止党籍程序）``."""
        path = f"，{self.path}" if self.path else ""
        note = f"；{self.note}" if self.note else ""
        return f"{self.outcome}（{self.situation}{path}{note}）"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the table says (R-DISP-INPUTS). While anything is ``missing`` there are no outcomes."""

    outcomes: tuple[Offered, ...]
    missing: tuple[str, ...]

    @property
    def text(self) -> str:
        """One sentence for a list; the branch decides, not the table."""
        if self.missing:
            return f"缺：{'、'.join(self.missing)}"
        if not self.outcomes:
            return "建议核查：登记的情况没有对应决定表里的情形，由支部研究"
        return f"建议核查（由支部研究决定）：{'；'.join(one.text for one in self.outcomes)}"


def allowed_outcomes(one: PersonFacts) -> Offer:
    """The outcomes the decision table offers a member at the as-of date, under the policy of the workbook.

    A situation counts when its inputs are known and fit. As long as an unknown input might decide, it is named in
    ``missing`` and nothing is offered. What only the branch can state (D02, D10, D20, D23) is never offered.
    """
    given = decision_inputs(one)
    found: list[Offered] = []
    unknown: dict[str, None] = {}
    for situation in disposition_table().situations.values():
        if not situation.when or given["member_type"] not in (*situation.members, None):
            continue
        open_questions = undecided(situation.when, given)
        unknown.update(dict.fromkeys(open_questions or ()))
        if open_questions == ():
            for option in situation.options_under(one.situation.policy):
                questions = undecided(option.when, given) if option.when else ()
                unknown.update(dict.fromkeys(questions or ()))
                if questions == ():
                    found.append(_offered(situation, option))
    missing = _missing(unknown)
    return Offer((), missing) if missing else Offer(tuple(found), ())


def undecided(when: tuple[Condition, ...], given: Inputs) -> tuple[str, ...] | None:
    """() when one of the conditions holds, None when none can; else the unknown inputs that might make one hold."""
    unknown: dict[str, None] = {}
    for condition in when:
        if any(given[key] is not None and given[key] not in values for key, values in condition.items()):
            continue
        asked = [key for key in condition if given[key] is None]
        if not asked:
            return ()
        unknown.update(dict.fromkeys(asked))
    return tuple(unknown) or None


def decision_inputs(one: PersonFacts) -> Inputs:
    """What the workbook says about every input of the table at the as-of date of the facts."""
    it = one.situation
    return {
        "member_type": it.member.text("member_type") or None,
        "died": _yes(_died(it)),
        "stopped": _yes(one.state == MemberState.STOPPED),
        "contact": _contact(one),
        **_abroad(it),
        "lost_six_months": _lost_six_months(one),
        "exhausted": _exhausted(it),
        "stopped_two_years": _yes(it.is_stopped and it.stop is not None and it.as_of >= it.stop.ends_on),
        "letter": _letter(one),
        "correction": _correction(it),
        "article_nine": _yes(one.article_nine is not None),
        **_said_after_contact(it),
    }


def _offered(situation: DispositionSituation, option: Option) -> Offered:
    path = disposition_table().paths.get(option.path)
    return Offered(option.outcome, situation.code, path.title if path else "", situation.note)


def _missing(unknown: Mapping[str, None]) -> tuple[str, ...]:
    inputs = [entry for key, entry in disposition_table().inputs.items() if key in unknown]
    decisive = [entry for entry in inputs if entry.first]
    return tuple(f"{entry.title}（{entry.where}）" for entry in decisive[:1] or inputs)


def _yes(holds: bool) -> str:
    return YesNo.YES if holds else YesNo.NO


def _died(it: Situation) -> bool:
    results = (row["result"] for row in it.person.of("search_log") if happened(row, "searched_on", it.as_of))
    return it.member["exit_way"] == ExitWay.DIED or SearchResult.CONFIRMED_DEAD in results


def _contact(one: PersonFacts) -> str | None:
    in_touch, found, not_found = disposition_table().inputs["contact"].values
    file = one.situation.file
    if file is None:
        return None if one.state in (MemberState.LOST, MemberState.STOPPED) else in_touch
    return {FileState.FOUND: found, FileState.NOT_FOUND: not_found}.get(file.state)


def _abroad(it: Situation) -> dict[str, str]:
    at_home, for_a_time, settled = disposition_table().inputs["place"].values
    kept, not_kept = disposition_table().inputs["kept"].values
    if it.abroad is None:
        return {"place": at_home, "kept": not_kept, "abroad_long": YesNo.NO}
    row = it.abroad.row
    return {
        "place": settled if row["purpose"] == AbroadPurpose.SETTLING else for_a_time,
        "kept": kept if row["keep_approved_on"] is not None else not_kept,
        "abroad_long": _yes(exceeded(it.as_of, it.abroad.left_on, it.policy.whole("abroad.keep_max_months"))),
    }


def _lost_six_months(one: PersonFacts) -> str | None:
    file = one.situation.file
    if one.state == MemberState.LOST:
        return YesNo.YES if one.lost_on is not None else None
    return _yes(file is not None and lost_spell(one.situation, file).was_lost)


def _exhausted(it: Situation) -> str:
    enough, not_enough = disposition_table().inputs["exhausted"].values
    if it.file is None:
        return not_enough
    host_known = it.away is not None and it.away.row["host_organisation"] is not None
    return not_enough if lacking(effort(attempts(it.person, it.file, it.as_of)), it.policy, host_known) else enough


def _letter(one: PersonFacts) -> str:
    none, not_settled, settled = disposition_table().inputs["letter"].values
    letter = pending_letter(one.situation)
    if letter is None:
        return none
    if letter.row["settlement"] in (Settlement.SETTLED, Settlement.SETTLED_PROOF_PENDING):
        return settled
    return not_settled if one.situation.as_of > letter.receipt_due_on else none


def _correction(it: Situation) -> str:
    """The conclusion of the latest approved disposition, if that is a 限期改正: what came later has settled it."""
    none = disposition_table().inputs["correction"].values[0]
    dated = [(day, row) for row in it.person.of("disposition") if (day := happened(row, "approved_on", it.as_of))]
    if not dated:
        return none
    row = max(dated, key=lambda pair: pair[0])[1]
    known = (CorrectionConclusion.QUALIFIED, CorrectionConclusion.STILL_UNQUALIFIED)
    concluded = row["proposal"] == Outcome.CORRECT_IN_TIME and row["correction_conclusion"] in known
    return row.text("correction_conclusion") if concluded else none


def _said_after_contact(it: Situation) -> dict[str, str | None]:
    """What a re-contacted member was asked. Of others nothing is known; no news of misconduct is no misconduct."""
    inputs = disposition_table().inputs
    row = it.file.row if it.file is not None else None
    found: dict[str, str | None] = {}
    for key in ("cause", "attitude", "wish"):
        column = "wish_to_stay" if key == "wish" else key
        typed = row.text(column) if row is not None else ""
        found[key] = typed if typed in inputs[key].values else None
    conduct = read_conduct(row.text("conduct_while_lost")) if row is not None else None
    asked = it.file is not None and it.file.state is FileState.FOUND
    found["conduct"] = conduct if conduct is not None or asked else inputs["conduct"].values[0]
    return found
