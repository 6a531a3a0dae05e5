"""R-X-OUTCOME, R-DISP-PROB-NA, PROFILE, INPUTS: what was chosen in 处置台账 against the decision table."""

from collections.abc import Iterator
from datetime import date

from validators.case_facts import facts_by_person
from validators.dates import deadline
from validators.disposition_rows import Disposition, by_person, dispositions, for_full_members_only
from validators.dispositions import Condition, Input, disposition_table
from validators.facts import facts_of
from validators.outcomes import Inputs, decision_inputs, undecided
from validators.policy import policy_data
from validators.rule import Case, Hit, rule
from validators.words import MemberType, Outcome, YesNo

_TABLE = "《中国共产党党员教育管理工作条例》第二十四条；集中排查方案的处置办法（处置决定表）"

_COMPARED = (
    *("contact", "place", "abroad_long", "lost_six_months", "correction", "article_nine"),
    *("cause", "attitude", "wish", "conduct"),
)
"""Inputs compared with the chosen situation. The search effort, the two years of a stop and letters have own rules."""

_NEEDED = ("contact", "lost_six_months")
"""Inputs a situation cannot do without; what is asked after contact is R-SEARCH-AFTERFOUND's."""


@rule(
    "R-X-OUTCOME",
    level="E",
    title="拟处理与情形、党员类别相符",
    registers=("disposition",),
    wordings={
        "": (
            "“{code}”这种情形不能“{value}”，可以选的是：{allowed}",
            "请核对情形和拟处理，改正选错的一项；拿不准的请示上级后再填",
        ),
        "profile": (
            "立案日期 {opened} 适用“{profile}”，“{code}”应当是“{allowed}”，不是“{value}”",
            "请改拟处理；按旧办法处理过的，请核对立案日期",
        ),
        "member": (
            "“{code}”是{members}的情形，这名党员是{member_type}",
            "请重选情形（预备党员用 D17、D18、D19），或核对名册里的人员类别",
        ),
    },
    source=_TABLE,
    grade="V",
)
def outcome(case: Case) -> Iterator[Hit]:
    """Outcome against situation under the policy of 立案日期, situation against the kind of member at that time."""
    for one in dispositions(case):
        situation = one.situation
        if situation is None or one.row["proposal"] is None or _is_refused(one):
            continue
        if one.member_type and one.member_type not in situation.members:
            details = {"code": situation.code, "members": "、".join(situation.members), "member_type": one.member_type}
            yield Hit("disposition", one.row, "situation", "member", details=details)
        elif one.option is None:
            allowed = "、".join(dict.fromkeys(option.outcome for option in situation.options_under(one.policy)))
            elsewhere = any(option.outcome == one.outcome for option in situation.options)
            title = _profile_title(one.policy.profile)
            details = {
                "code": situation.code,
                "allowed": allowed,
                "opened": one.row.text("opened_on"),
                "profile": title,
            }
            yield Hit("disposition", one.row, "proposal", "profile" if elsewhere else "", details=details)


@rule(
    "R-DISP-PROB-NA",
    level="E",
    title="预备党员不作限期改正、劝退、自行脱党除名、停止党籍",
    registers=("disposition",),
    wordings={
        "": (
            "这名党员是预备党员，不能“{value}”",
            "预备党员按程序取消预备党员资格；有正当理由的可延长一次预备期。请改拟处理，或核对名册里的人员类别",
        )
    },
    source="党务问答：对预备党员不作劝退等处理（转引）；2024年办法只说“党员”，是否含预备党员待核",
    grade="P",
)
def probationary(case: Case) -> Iterator[Hit]:
    """E, or W when ``prob.strict`` is off. The kind of member is that of 立案日期."""
    for one in dispositions(case):
        if _is_refused(one):
            yield Hit("disposition", one.row, "proposal", "", None if one.policy.flag("prob.strict") else "W")


def _is_refused(one: Disposition) -> bool:
    return one.member_type == MemberType.PROBATIONARY and for_full_members_only(one.outcome)


@rule(
    "R-DISP-PROFILE",
    level="I",
    title="处置按立案时的政策核对",
    registers=("disposition",),
    wordings={
        "": (
            "立案日期 {value}，这一行按“{profile}”核对，与封面的政策方案不同",
            "不用改；立案日期写错的请改正",
        )
    },
    source="条例 2019-05-06、2024年办法 2024-06-16 起；办法是否自印发之日起适用待核",
    grade="V",
)
def profile(case: Case) -> Iterator[Hit]:
    """Rows opened under another profile than the cover's; their R-DISP rules use that one."""
    for one in dispositions(case):
        if one.policy.profile != case.policy.profile:
            details = {"profile": _profile_title(one.policy.profile)}
            yield Hit("disposition", one.row, "opened_on", details=details)


def _profile_title(name: str) -> str:
    return str(policy_data()["profiles"][name]["title"])


@rule(
    "R-DISP-INPUTS",
    level="W",
    title="情形与台账登记的情况相符",
    registers=("disposition",),
    wordings={
        "": (
            "“{code}”要求{title_of_input}是“{wanted}”，按台账却是“{given}”",
            "请核对{where}：登记有误或有变化的改正；情形选错的，重选情形",
        ),
        "not_so": (
            "“{code}”只用于{title_of_input}的情形，按台账不是这样",
            "请核对{where}：登记有误或有变化的改正；情形选错的，重选情形",
        ),
        "missing": (
            "“{code}”要看{title_of_input}，缺：{where}",
            "请补登{where}，再选情形",
        ),
        "extend": (
            "延长预备期只限有正当理由的，失联档案登记的失联原因是“{given}”",
            "请核对失联原因；没有正当理由的，按程序取消预备党员资格",
        ),
    },
    source=_TABLE,
    grade="S",
)
def inputs(case: Case) -> Iterator[Hit]:
    """What the workbook says, the day before approval (else at the as-of date), against the chosen situation."""
    for one in dispositions(case):
        if one.situation is None or one.is_historical or one.option is None or not _fits_member(one):
            continue
        if one.situation.code == "D15" and not _was_stopped(case, one):
            continue
        given = _given(case, one)
        if given is None:
            continue
        if one.outcome == Outcome.EXTEND_PROBATION and undecided(one.option.when, given) is None:
            yield Hit("disposition", one.row, "proposal", "extend", details={"given": given["cause"]})
        elif (fault := _misfit(one.situation.when, given, one.situation.code)) is not None:
            asked, wanted = fault
            details = {"code": one.situation.code, "title_of_input": asked.title, "where": asked.where}
            details |= {"wanted": "或".join(wanted), "given": given[asked.key] or ""}
            wording = "missing" if given[asked.key] is None else ""
            if not wording and wanted == (YesNo.YES,):
                wording, details["title_of_input"] = "not_so", asked.title.removeprefix("是否")
            yield Hit("disposition", one.row, "situation", wording, details=details)


def _was_stopped(case: Case, one: Disposition) -> bool:
    """Whether a 停止党籍 is on record; where none is, R-DISP-STOP-2Y says so."""
    rows = by_person(case).get(one.key, ()) if one.key is not None else ()
    return any(other.outcome == Outcome.STOP_MEMBERSHIP and other.approved_on is not None for other in rows)


def _fits_member(one: Disposition) -> bool:
    return one.situation is not None and one.member_type in one.situation.members


def _given(case: Case, one: Disposition) -> Inputs | None:
    facts = facts_by_person(case).get(one.key) if one.key is not None else None
    if facts is None or one.member is None:
        return None
    day: date = deadline(one.approved_on, -1) if one.approved_on is not None else case.as_of
    then = facts_of(facts.situation.person, one.member, one.policy, day)
    return decision_inputs(then)


def _misfit(when: tuple[Condition, ...], given: Inputs, code: str) -> tuple[Input, tuple[str, ...]] | None:
    """The first input of the nearest condition that does not fit, with the values that would; None when one fits."""
    faults = [list(_faults(condition, given, code)) for condition in when]
    nearest: list[tuple[Input, tuple[str, ...]]] = min(faults, key=len, default=[])
    return nearest[0] if nearest else None


def _faults(condition: Condition, given: Inputs, code: str) -> Iterator[tuple[Input, tuple[str, ...]]]:
    for key, values in condition.items():
        compared = key in _COMPARED or (key == "stopped" and code == "D16")
        value = given[key]
        wrong = value not in _alike(key, values) if value is not None else key in _NEEDED
        if compared and wrong:
            yield disposition_table().inputs[key], values


def _alike(key: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """A member who was never lost is as reachable as one who was found."""
    reachable = disposition_table().inputs["contact"].values[:2]
    return (*values, *reachable) if key == "contact" and set(values) & set(reachable) else values
