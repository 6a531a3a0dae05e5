"""R-CONTACT-QUARTER, ABROAD-HALF, MONTH-CALL, MEMBER-QUARTER, MEMBER-YEAR: who was not in touch in time."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from validators.case_facts import facts
from validators.contacts import ABROAD_HALF, MONTH_CALL, QUARTER, ContactDuty
from validators.dates import Quarter
from validators.facts import PersonFacts
from validators.happened import Event
from validators.periods import Duty, P, Year, in_a_row, in_words, missed
from validators.rule import Case, Hit, rule
from validators.words import Initiator

SPEAK = "请尽快与本人通话、视频或见面，并记入“联系记录”；联系不上的，按疑似失联建立失联档案"


@rule(
    QUARTER,
    level="W",
    title="外出党员每季度至少联系一次",
    registers=("outflow",),
    wordings={
        "": ("{text}", SPEAK),
        "rolling": ("{text}，至基准日 {as_of} 没有再联系", SPEAK),
        "made_up": ("{text}；其后已补联系", "已补联系的不用再改；以后请在季末前联系"),
    },
    source="双向共管机制意见：每季度至少与外出流动党员联系1次",
    grade="S",
)
def quarter(case: Case) -> Iterator[Hit]:
    """The last closed owed quarter has no counting contact (I once one has come since); 失联 members are beyond it."""
    rolling = case.policy.word("contact.mode") != "calendar_quarter"
    for _, duty in _late(case, QUARTER):
        details = {"text": duty.text, "as_of": case.as_of}
        if duty.made_up:
            yield Hit("outflow", duty.row, "left_on", "made_up", "I", details)
        else:
            yield Hit("outflow", duty.row, "left_on", "rolling" if rolling else "", details=details)


@rule(
    ABROAD_HALF,
    level="W",
    title="出国（境）党员每半年至少联系一次",
    registers=("abroad",),
    wordings={
        "": ("{text}", "请与本人联系（视频、微信等均可），并记入“联系记录”；联系不上的，请联系境内联系人"),
        "made_up": ("{text}；其后已补联系", "已补联系的不用再改；以后请按期联系"),
    },
    source="《中国共产党党员教育管理工作条例》第三十四条：一般每半年至少联系1次",
    grade="V",
)
def abroad_half(case: Case) -> Iterator[Hit]:
    """As the quarter rule, by calendar half-years (or as the policy says)."""
    for _, duty in _late(case, ABROAD_HALF):
        details = {"text": duty.text}
        if duty.made_up:
            yield Hit("abroad", duty.row, "departed_on", "made_up", "I", details)
        else:
            yield Hit("abroad", duty.row, "departed_on", details=details)


@rule(
    MONTH_CALL,
    level="W",
    title="联络员每月通话一次",
    registers=("outflow",),
    wordings={
        "": ("{text}", "请联络员与本人通话，并记入“联系记录”；不要求每月通话的，请改“政策参数”里的“联络员每月通话”")
    },
    source="部分地方规定：联络员每月至少通话1次（默认不要求）",
    grade="S",
)
def month_call(case: Case) -> Iterator[Hit]:
    """Only where the policy asks for it, and not where the whole quarter is missing already."""
    for one, duty in _late(case, MONTH_CALL):
        quarter_late = any(other.rule == QUARTER and _is_late(other) for other in one.contact_duties)
        if not duty.made_up and not quarter_late:
            yield Hit("outflow", duty.row, "left_on", details={"text": duty.text})


@rule(
    "R-CONTACT-MEMBER-QUARTER",
    level="I",
    title="外出党员每季度主动联系支部",
    registers=("outflow",),
    wordings={
        "": (
            "{period}（至{last}）支部联系过，本人没有主动联系过支部{run}",
            "请提醒本人每季度至少主动联系支部一次；确有来电来访的，请补登联系记录，发起方填“党员”",
        )
    },
    source="失联党员长效机制：外出党员每季度至少与党组织联系1次",
    grade="S",
)
def member_quarter(case: Case) -> Iterator[Hit]:
    """The last closed owed quarter has only calls by the branch; no call at all is R-CONTACT-QUARTER."""
    if case.policy.flag("contact.member_quarter"):
        for one in facts(case):
            if not any(_is_late(duty) for duty in one.contact_duties) and not one.missed_quarters:
                yield from _unreported(case, one, Quarter.of)


@rule(
    "R-CONTACT-MEMBER-YEAR",
    level="I",
    title="外出党员每年报告一次",
    registers=("outflow",),
    wordings={
        "": (
            "{period}全年没有本人主动向支部报告思想、工作和组织生活情况的记录{run}",
            "请提醒本人报告一次；报告过的，请补登联系记录，发起方填“党员”",
        )
    },
    source="中办发〔2006〕21号：流动党员每年至少向党组织汇报一次",
    grade="P",
)
def member_year(case: Case) -> Iterator[Hit]:
    """Away a whole calendar year with calls by the branch only; no call at all is R-CONTACT-QUARTER."""
    closed = Year.of(case.as_of).previous()
    if case.policy.flag("contact.member_year"):
        for one in facts(case):
            if any(Year.of(contact.day) == closed for contact in one.situation.seen.contacts):
                yield from _unreported(case, one, Year.of)


def _late(case: Case, rule_id: str) -> Iterator[tuple[PersonFacts, ContactDuty]]:
    for one in facts(case):
        for duty in one.contact_duties:
            if duty.rule == rule_id and duty.late_since is not None:
                yield one, duty


def _is_late(duty: ContactDuty) -> bool:
    return duty.late_since is not None and not duty.made_up


def _unreported(case: Case, one: PersonFacts, of: Callable[[date], P]) -> Iterator[Hit]:
    """The absence of a member who owes contact and did not make any in the last closed period, nor since."""
    away, own = one.situation.away, [event.day for event in own_contacts(one.situation.seen.contacts)]
    if away is None or not any(duty.rule == QUARTER for duty in one.contact_duties):
        return
    run = missed(of, (Duty(_start(one, away.left_on)),), {of(day) for day in own}, case.as_of)
    if run and not any(day > run[0].last for day in own):
        details = {"period": in_words(run[0]), "last": run[0].last, "run": in_a_row(run)}
        yield Hit("outflow", away.row, "left_on", details=details)


def _start(one: PersonFacts, left_on: date) -> date:
    narrow = one.situation.policy.word("contact.scope") == "floating_6m_only"
    return one.six_months_away_on or left_on if narrow else left_on


def own_contacts(contacts: Sequence[Event]) -> list[Event]:
    """The contacts a member made himself: 发起方 党员, or by coming to 组织生活."""
    return [event for event in contacts if event.row["initiator"] in (Initiator.MEMBER, None)]
