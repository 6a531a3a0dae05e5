"""Rows of the logs (联系记录, 组织生活党费, 查找记录) and the away sheets, as the stories of members need them."""

from collections.abc import Iterator
from datetime import date, timedelta

from addin.demo.ledger import Ledger, Values, who
from addin.demo.spans import each_quarter, month_text
from validators.areas import areas, flow_kind
from validators.words import (
    ContactChannel,
    DestinationUnitType,
    FlowRange,
    Initiator,
    LifeDuesEvent,
    ParticipationPlace,
    YesNo,
)

CHANNELS = (ContactChannel.PHONE, ContactChannel.PHONE, ContactChannel.VIDEO, ContactChannel.WECHAT)
HOME_AREA = "379901"


def contact(
    ledger: Ledger,
    member: Values,
    day: date,
    *,
    initiator: str = Initiator.BRANCH,
    channel: str = "",
    answered: bool = True,
) -> Values:
    """One row of 联系记录; it counts as contact unless unanswered."""
    topics = "contact_topics" if initiator == Initiator.BRANCH else "member_topics"
    return ledger.add(
        "contact_log",
        contacted_on=day,
        **who(member),
        initiator=initiator,
        channel=channel or ledger.rng.choice(CHANNELS),
        answered=YesNo.YES if answered else YesNo.NO,
        contact_person=ledger.contact_person(member),
        content=ledger.word(topics) if answered else "拨打电话，无人接听",
    )


def quarterly_contacts(ledger: Ledger, member: Values, first: date, last: date) -> None:
    """From the quarter after ``first`` on, one contact by the branch and one by the member in every quarter."""
    for initiator in (Initiator.BRANCH, Initiator.MEMBER):
        for day in each_quarter(first, last, ledger.rng):
            contact(ledger, member, day, initiator=initiator)


def attended(ledger: Ledger, member: Values, day: date, place: str = ParticipationPlace.HOME) -> Values:
    """One row 组织生活 of the event log."""
    return ledger.add(
        "life_dues_log",
        happened_on=day,
        **who(member),
        event=LifeDuesEvent.LIFE,
        content=ledger.word("life_topics"),
        place=place,
    )


def paid(ledger: Ledger, member: Values, day: date) -> Values:
    """One row 交纳党费 of the event log, paid for the month itself."""
    return ledger.add(
        "life_dues_log",
        happened_on=day,
        **who(member),
        event=LifeDuesEvent.DUES,
        content="当月党费",
        dues_paid_to=month_text(day),
        by_proxy=YesNo.NO,
    )


def destination(ledger: Ledger) -> tuple[str, str | None, str]:
    """外出地点 in words, its area code (None inside the made-up home city) and 流动范围."""
    kind = ledger.rng.choice(("other_provinces", "other_provinces", "other_provinces", "other_cities", "within_city"))
    place = ledger.word(kind)
    if kind == "within_city":
        return place, None, FlowRange.WITHIN_CITY
    ranges = {"province": FlowRange.OTHER_PROVINCE, "city": FlowRange.WITHIN_PROVINCE, "same": FlowRange.WITHIN_CITY}
    return areas().full_name(place), place, ranges[flow_kind(HOME_AREA, place)]


def goes_away(ledger: Ledger, member: Values, left_on: date, *, reported: bool = True) -> Values:
    """One row of 流出党员 for an absence that lasts, and the roster's 外出流向."""
    place, area, reach = destination(ledger)
    number = ledger.serial("certificate")
    code = f"0{area}{ledger.rng.randint(100, 999):03d}01" if area else None
    host = f"{place[-3:]}{ledger.word('outside_hosts')}" if area else None
    issued_on = left_on - timedelta(days=ledger.rng.randint(1, 6))
    reviews = [str(year) for year in range(issued_on.year + 1, ledger.as_of.year + 1)]
    member["outflow_place"] = place
    return ledger.add(
        "outflow",
        **who(member),
        left_on=left_on,
        reported_on=left_on - timedelta(days=ledger.rng.randint(1, 10)) if reported else None,
        destination=place,
        destination_area=area,
        flow_range=reach,
        destination_unit=ledger.word("companies"),
        destination_unit_type=DestinationUnitType.PRIVATE_FIRM,
        reason=ledger.rng.choice(("务工", "务工", "经商", "随子女（家属）居住")),
        occupation=ledger.rng.choice(("农牧渔民", "工勤技能人员", "其他")),
        away_phone=member["mobile"],
        contact_person=ledger.contact_person(member),
        contact_person_phone=f"154{ledger.branch.county[4:]}900001",
        emergency_contact=member["emergency_contact"],
        emergency_phone=member["emergency_phone"],
        briefed_on=issued_on,
        certificate_number=f"活{ledger.branch.code[-5:]}{left_on.year}{number:03d}",
        certificate_issued_on=issued_on,
        certificate_review_years=",".join(reviews) or None,
        commitment_on=issued_on,
        host_organisation=host,
        host_organisation_code=code,
        host_contact=ledger.word("surnames") + "书记" if host else None,
        host_phone="0516-83590001" if host else None,
        management="纳入流入地党组织管理" if host else "由本支部联系管理",
        expected_return_on=ledger.as_of + timedelta(days=ledger.rng.randint(60, 500)),
    )


SEARCHES = (
    ("直接联系", "本人电话", "拨打本人登记的电话，提示无法接通", "未联系上"),
    ("人际查找", "亲属", "向亲属了解去向，未能提供现在的联系方式", "未联系上"),
    ("部门查找", "县人力资源和社会保障局", "发函询问，函复见佐证", "无线索"),
    ("实地走访", "原住址", "到原住址走访，邻居表示早已搬离", "未联系上"),
    ("流入地党组织协查", "最后去向地党组织", "发协查函，请协助查找", "未联系上"),
    ("直接联系", "本人电话", "再次拨打本人电话，号码已停用", "号码失效"),
)
"""查找方式, 对象或部门, 经过, 结果 in turn."""


def searched(ledger: Ledger, member: Values, file: Values, days: Iterator[date]) -> None:
    """Rows of 查找记录 on the given days, the ways of searching taken in turn."""
    for turn, day in enumerate(days):
        method, target, account, result = SEARCHES[turn % len(SEARCHES)]
        ledger.add(
            "search_log",
            file_number=file["file_number"],
            **who(member),
            searched_on=day,
            method=method,
            target=target,
            account=account,
            result=result,
            handler=file["responsible"],
            evidence_number=f"证{ledger.branch.code[-3:]}-{ledger.serial('evidence'):04d}",
        )
