"""R-FLOAT-FIELDS, PREDEP, CERT, CERT-ANNUAL, CERT-RETURN, ANNUAL-CHECK: members of this branch who are away (流出)."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from validators.areas import areas
from validators.case_facts import facts, key_of
from validators.dates import exceeded
from validators.facts import PersonFacts
from validators.happened import day_of, happened, latest, latest_day
from validators.member_state import IN_CAMPAIGN
from validators.people import PersonKey, organisation_of
from validators.periods import CADENCES, in_words
from validators.rule import Case, Hit, rule
from validators.rules.search_duties import late_reminders, whose
from validators.table import Row
from validators.words import Management, MemberState

TWO_WAY = "双向共管机制意见"


def away(case: Case) -> Iterator[tuple[PersonFacts, Row]]:
    """Everyone away whose membership is in order, with the row of the absence that lasts."""
    for one in facts(case):
        if one.situation.away is not None and one.state in IN_CAMPAIGN:
            yield one, one.situation.away.row


@rule(
    "R-FLOAT-FIELDS",
    level="W",
    title="外出党员的去向、联系方式、接收党组织",
    registers=("outflow", "inflow"),
    wordings={
        "place": ("外出地点“{value}”只写到省，不知道在哪个县（市、区）", "请写到县级，例如 江苏省苏州市吴中区"),
        "phone": (
            "没有外出联系电话，名册里也只有固定电话",
            "请补填本人在外使用的手机号（或在名册补填手机号、微信号）",
        ),
        "host": (
            "管理方式是“{management}”，没有填流入地党组织",
            "请补填流入地党组织的名称；还没有落实的，管理方式改为“未落实”",
        ),
        "unit": ("没有填去向单位", "请补填工作、学习的单位；没有单位的，填居住的街道、社区或“无固定单位”"),
        "home": (
            "没有填原支部联系人，也没有原支部联系电话",
            "请向本人或原支部问明后补填，至少填一项",
        ),
    },
    source=f"{TWO_WAY}：掌握流动党员的去向、单位、住处、联系方式、接收党组织",
    grade="S",
)
def fields(case: Case) -> Iterator[Hit]:
    """What the stars do not ask: a place below the province, a way to call, the host; I for the unit."""
    for one, row in away(case):
        if row.text("destination").strip() in _provinces():
            yield Hit("outflow", row, "destination", "place")
        member = one.member
        if row["away_phone"] is None and member["landline"] is not None and _has_none(member, "mobile", "wechat"):
            yield Hit("outflow", row, "away_phone", "phone")
        by_host = row["management"] in (Management.BY_HOST, Management.IN_FLOATING_BRANCH)
        if by_host and _has_none(row, "host_organisation", "host_organisation_code"):
            yield Hit("outflow", row, "host_organisation", "host", details={"management": row["management"]})
        if row["destination_unit"] is None:
            yield Hit("outflow", row, "destination_unit", "unit", "I")
    for row in case.book["inflow"]:
        if row["departed_on"] is None and _has_none(row, "home_contact", "home_phone"):
            yield Hit("inflow", row, "home_contact", "home")


def _has_none(row: Row, *keys: str) -> bool:
    return all(row[key] is None for key in keys)


@cache
def _provinces() -> frozenset[str]:
    """Province names as people write them: 江苏省, 江苏, 内蒙古自治区, 内蒙古."""
    names = [name for code, name in areas().names.items() if code.endswith("0000")]
    short = [name.removesuffix("省").removesuffix("市") for name in names]
    return frozenset((*names, *short, "内蒙古", "广西", "西藏", "宁夏", "新疆"))


@rule(
    "R-FLOAT-PREDEP",
    level="W",
    title="外出前的报告、教育和承诺书",
    registers=("outflow",),
    wordings={
        "report": ("没有外出报告日期", "请让本人补报外出事由、时间、地点和联系方式，填报告的日期"),
        "briefing": ("没有行前教育日期", "做过的补填日期；没有做的，请在下次联系时补做并填当天日期"),
        "late": (
            "行前教育日期 {value} 晚于外出日期 {left_on}",
            "日期写错的改正；外出后才补做的不用改，请在问题清单“说明”一栏写明",
        ),
        "commitment": (
            "没有双向承诺书日期",
            "请补签并填日期；不要求承诺书的，请改“政策参数”里的“要求双向承诺书”",
        ),
    },
    source=f"{TWO_WAY}：外出前报告，开展行前教育，签订双向承诺书（承诺书默认不要求）",
    grade="S",
)
def before_leaving(case: Case) -> Iterator[Hit]:
    """Report and briefing missing I, briefing after leaving W, the commitment W where the policy asks for it."""
    for one, row in away(case):
        if row["reported_on"] is None and not _is_uncontrolled(one):
            yield Hit("outflow", row, "reported_on", "report", "I")
        briefed, left_on = latest_day(row["briefed_on"]), day_of(row, "left_on")
        if row["briefed_on"] is None:
            yield Hit("outflow", row, "briefed_on", "briefing", "I")
        elif briefed is not None and left_on is not None and briefed > left_on:
            yield Hit("outflow", row, "briefed_on", "late", details={"left_on": row["left_on"]})
        if case.policy.flag("float.commitment_required") and row["commitment_on"] is None:
            yield Hit("outflow", row, "commitment_on", "commitment")


def _is_uncontrolled(one: PersonFacts) -> bool:
    """Over a month away, neither reported nor in touch: then R-LOST-OUTOFCONTROL speaks, or the search."""
    it = one.situation
    if one.state == MemberState.LOST or it.away is None:
        return True
    last = latest(it.seen.contacts)
    silent = last is None or last.day < it.away.left_on
    return silent and exceeded(it.as_of, it.away.left_on, it.policy.whole("lost.uncontrolled_months"))


@rule(
    "R-FLOAT-CERT",
    level="W",
    title="流动党员活动证的发放",
    registers=("outflow",),
    wordings={
        "two": (
            "这名党员外出期间持有两个活动证编号（第 {row} 行是 {other}），一人只能有一证",
            "请核对发放登记：作废的编号清空，只留有效的一个",
        ),
        "day": ("有活动证编号，没有填发证日期", "请查发放登记，补填发证日期"),
        "number": ("有发证日期，没有填活动证编号", "请查发放登记，补填活动证编号；没有发证的，清空发证日期"),
    },
    source="组通字〔2006〕45号：活动证由县级组织部统一编号，支部填写发放并登记",
    grade="V",
)
def certificate(case: Case) -> Iterator[Hit]:
    """Number and day together; one live card a member (E). The number's uniqueness is R-FLD-CERTNO."""
    for one, _ in away(case):
        lasting = [stay.row for stay in one.situation.stays if stay.ended_on is None]
        first = next((row for row in lasting if row["certificate_number"] is not None), None)
        for row in lasting:
            number = row["certificate_number"]
            if first is not None and number is not None and number != first["certificate_number"]:
                details = {"row": first.origin.row, "other": first["certificate_number"]}
                yield Hit("outflow", row, "certificate_number", "two", "E", details)
            elif number is not None and row["certificate_issued_on"] is None:
                yield Hit("outflow", row, "certificate_issued_on", "day")
            elif number is None and row["certificate_issued_on"] is not None:
                yield Hit("outflow", row, "certificate_number", "number")


@rule(
    "R-FLOAT-CERT-ANNUAL",
    level="W",
    title="活动证每年查验一次",
    registers=("outflow",),
    wordings={
        "": (
            "{text}，已过期，“活动证年审年度”里没有这一年",
            "请由本支部或流入地党支部查验，在“活动证年审年度”补填这一年；查验过的补填",
        )
    },
    source="组通字〔2006〕45号：活动证每年查验一次，结合民主评议进行",
    grade="V",
)
def certificate_year(case: Case) -> Iterator[Hit]:
    """The latest closed calendar year after that of issue stands not among the years reviewed."""
    for _, reminder in late_reminders(case, "R-FLOAT-CERT-ANNUAL"):
        yield Hit("outflow", reminder.row, "certificate_review_years", details={"text": reminder.text})


@rule(
    "R-FLOAT-CERT-RETURN",
    level="W",
    title="返回后查验活动证、了解外出表现",
    registers=("outflow",),
    wordings={
        "": (
            "{text}，已过期",
            "请查验活动证，向本人和流入地党组织了解外出期间的表现，填返回查验日期",
        )
    },
    source=f"{TWO_WAY}：返回后查验活动证，了解外出期间表现（天数为本工具默认值）",
    grade="S",
)
def returned(case: Case) -> Iterator[Hit]:
    """返回查验日期 still blank after the days of the policy."""
    for _, reminder in late_reminders(case, "R-FLOAT-CERT-RETURN"):
        yield Hit("outflow", reminder.row, "return_checked_on", details={"text": reminder.text})


@rule(
    "R-FLOAT-ANNUAL-CHECK",
    level="W",
    title="流动党员每年排查一次",
    registers=("campaign_check",),
    wordings={
        "": (
            "{who}{period}有{count}名外出党员没有排查记录（例如{name}），以后也没有补查",
            "请排查并登记“排查记录”；做过的补登",
        )
    },
    source=f"{TWO_WAY}：每年对流动党员开展一次排查",
    grade="S",
)
def yearly_check(case: Case) -> Iterator[Hit]:
    """Who was away all the last closed year and was checked neither then nor since, where the sheet is kept by then."""
    _, of = CADENCES[case.policy.word("float.check_period")]
    closed = of(case.as_of).previous()
    checked: dict[PersonKey, date] = {}
    for row in case.book["campaign_check"]:
        day, key = happened(row, "checked_on", case.as_of), key_of(case, row)
        if day is not None and key is not None:
            checked[key] = max(day, checked.get(key, day))
    keeping = {
        organisation_of(case.book, row)
        for row in case.book["campaign_check"]
        if (day := happened(row, "checked_on", case.as_of)) is not None and day <= closed.last
    }
    missing: dict[str, list[str]] = {}
    for one, _ in away(case):
        stay, last = one.situation.away, checked.get(one.key)
        if stay is None or one.state not in (MemberState.FLOATING, MemberState.AWAY):
            continue
        is_owed = of(stay.left_on) < closed and one.key.organisation in keeping
        if is_owed and (last is None or of(last) < closed):
            missing.setdefault(one.key.organisation, []).append(one.name)
    for organisation, names in missing.items():
        details = {"who": whose(case, organisation), "period": in_words(closed), "count": len(names), "name": names[0]}
        yield Hit("campaign_check", None, "identity_number", details=details)
