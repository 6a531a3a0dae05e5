"""R-A9, R-DUES-BACKPAY, R-DUES-ADVANCE: the clocks of 党章第九条 and dues paid far back or far ahead."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from validators.case_facts import key_of
from validators.dates import Month
from validators.happened import happened
from validators.lost_clocks import dues_hint, life_hint
from validators.people import PersonKey
from validators.rule import Case, Hit, rule
from validators.rules.lost_members import members
from validators.table import Level, Row
from validators.words import LifeDuesEvent, MemberState

EXCUSED = "正当理由"
"""A roster remark with this word tells that there is a good reason: the finding becomes a note."""

DUES_RULES = "关于中国共产党党费收缴、使用和管理的规定（2008）"

_SPARED = (MemberState.LOST, MemberState.KEPT_ABROAD)


@rule(
    "R-A9",
    level="W",
    title="党章第九条期限",
    registers=("member_roster",),
    wordings={
        "": (
            "{text}，达到党章第九条期限，请支部研究",
            "请找本人谈话并研究；漏记的补登组织生活、党费；确有正当理由的，在备注写明“正当理由：……”",
        ),
        "excused": ("{text}；备注写有正当理由", "请保存好证明材料"),
    },
    source="《中国共产党章程》第九条：没有正当理由，连续六个月不参加组织生活、不交纳党费或不做工作",
    grade="V",
)
def clocks_run_out(case: Case) -> Iterator[Hit]:
    """组织生活 and 党费, each by itself; spares who is searched for, abroad or stopped. I with a good reason."""
    months = case.policy.whole("a9.months")
    for one in members(case):
        if one.state in _SPARED or one.situation.open_file is not None:
            continue
        excused = EXCUSED in one.member.text("remark")
        level: Level | None = "I" if excused else None
        hints = {
            "last_life_on": life_hint(one.situation.now, months, case.as_of),
            "dues_paid_to": dues_hint(one.situation.person, months, case.as_of),
        }
        for key, hint in hints.items():
            if hint is not None:
                details = {"text": hint.text}
                yield Hit("member_roster", one.member, key, "excused" if excused else "", level, details)


@rule(
    "R-DUES-BACKPAY",
    level="W",
    title="一次补交党费不超过六个月",
    registers=("life_dues_log",),
    wordings={
        "": (
            "这次交纳补交了 {first} 至 {last} 共 {count} 个月的党费，一般不超过 {most} 个月",
            "请核对“党费交至年月”；确属取得联系后补齐的，在问题清单“说明”一栏写明",
        )
    },
    source=f"{DUES_RULES}：补交党费的时间一般不得超过6个月",
    grade="V",
)
def back_pay(case: Case) -> Iterator[Hit]:
    """Months made up in one payment, counted from the payment before; the first one on record cannot be judged."""
    most = case.policy.whole("dues.backpay_months")
    for rows in _payments(case).values():
        for (_, before, _), (paid_on, upto, row) in pairwise(rows):
            last = min(upto, Month.of(paid_on).previous())
            count = last.number - before.number
            if count > most:
                details = {"first": str(before.next()), "last": str(last), "count": count, "most": most}
                yield Hit("life_dues_log", row, "dues_paid_to", details=details)


@rule(
    "R-DUES-ADVANCE",
    level="W",
    title="预交党费不超过六个月",
    registers=("life_dues_log", "member_roster"),
    wordings={
        "": (
            "“党费交至年月”是 {value}，比交纳当月（{month}）多 {count} 个月，一般不超过 {most} 个月",
            "请核对“党费交至年月”是否写错；确属预交的，在问题清单“说明”一栏写明",
        )
    },
    source=f"{DUES_RULES}：一般按月交纳，可以预交",
    grade="P",
)
def advance(case: Case) -> Iterator[Hit]:
    """Months after the month of payment, of every payment on record; else the roster's month, by its own date."""
    most = case.policy.whole("dues.advance_months")
    logged: set[tuple[PersonKey, Month]] = set()
    for key, rows in _payments(case).items():
        for paid_on, upto, row in rows:
            logged.add((key, upto))
            count = upto.number - Month.of(paid_on).number
            if count > most:
                details = {"month": str(Month.of(paid_on)), "count": count, "most": most}
                yield Hit("life_dues_log", row, "dues_paid_to", details=details)
    for row in case.book["member_roster"]:
        member, month = key_of(case, row), _month(row)
        if month is None or (member is not None and (member, month) in logged):
            continue
        paid_in = Month.of(happened(row, "last_dues_on", case.as_of) or case.as_of)
        if month.number - paid_in.number > most:
            details = {"month": str(paid_in), "count": month.number - paid_in.number, "most": most}
            yield Hit("member_roster", row, "dues_paid_to", details=details)


def _payments(case: Case) -> dict[PersonKey, list[tuple[date, Month, Row]]]:
    """The payments of every person with the month they reach, in time order."""
    found: dict[PersonKey, list[tuple[date, Month, Row]]] = defaultdict(list)
    for row in case.book["life_dues_log"]:
        key, day, month = key_of(case, row), happened(row, "happened_on", case.as_of), _month(row)
        if row["event"] == LifeDuesEvent.DUES and key is not None and day is not None and month is not None:
            found[key].append((day, month, row))
    return {key: sorted(rows, key=lambda payment: payment[:2]) for key, rows in found.items()}


def _month(row: Row) -> Month | None:
    try:
        return Month.parse(row.text("dues_paid_to"))
    except ValueError:
        return None
