"""R-FLD-BIRTH, SEX, JOIN18, JOINORDER, PROBTYPE: a member's own dates against the identity number and each other."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from validators import identity
from validators.dates import edate
from validators.formats import faults
from validators.happened import latest_day
from validators.rule import Case, Hit, rule
from validators.table import MonthOnly, Row, Value
from validators.words import MemberType, RelationBelonging, Sex

NO_PROBATION = (date(1969, 4, 1), date(1977, 8, 31))
"""入党 in this time had no probation: 转正 = 入党 is in order (recalled, see the grade of R-FLD-JOINORDER)."""

PAPERS = "档案"
"""A remark with this word says that the papers differ from the card (档案年龄不一致), so both are kept."""

GB_11643 = "GB 11643—1999《公民身份号码》"


def sound_identity(row: Row, as_of: date) -> str | None:
    """The identity number as 18 characters when no error is in it, an old one converted; else None."""
    value = row["identity_number"]
    return _sound(value, as_of) if isinstance(value, str) else None


@lru_cache(maxsize=1 << 16)
def _sound(value: str, as_of: date) -> str | None:
    """Several rules ask about the same numbers, and a log repeats them row by row."""
    if any(fault.level is None and fault.rule != "R-FLD-ID15" for fault in faults("identity-number", value, as_of)):
        return None
    return identity.to_18(value) if identity.has_15_shape(value) else value


def earliest_day(value: Value) -> date | None:
    """The first day a date cell may mean; None when it is no date."""
    if isinstance(value, MonthOnly):
        return date(value.year, value.month, 1)
    return value if isinstance(value, date) else None


@rule(
    "R-FLD-BIRTH",
    level="E",
    title="出生日期与身份证号一致",
    registers=("member_roster",),
    wordings={
        "": (
            "出生日期 {value} 与身份证号第 7—14 位 {digits} 不一致",
            "请核对身份证原件，改正写错的一处；确属档案年龄与身份证不一致的，两处都保留并在备注写明“档案年龄不一致”",
        ),
        "papers": (
            "出生日期 {value} 与身份证号第 7—14 位 {digits} 不一致，备注说明与档案有关",
            "请保存好认定材料；统计年龄时以“出生日期”一列为准",
        ),
    },
    source=GB_11643,
    grade="V",
)
def birth(case: Case) -> Iterator[Hit]:
    """E; W when the remark names the papers."""
    for row in case.book["member_roster"]:
        number, typed = sound_identity(row, case.as_of), row["birth_date"]
        born = identity.birth_date(number) if number else None
        if born is None:
            continue
        if isinstance(typed, MonthOnly):
            differs = (typed.year, typed.month) != (born.year, born.month)
        else:
            differs = isinstance(typed, date) and typed != born
        if differs:
            known = PAPERS in row.text("remark")
            details = {"digits": f"{born:%Y%m%d}"}
            yield Hit("member_roster", row, "birth_date", "papers" if known else "", "W" if known else None, details)


@rule(
    "R-FLD-SEX",
    level="E",
    title="性别与身份证号一致",
    registers=("member_roster", "inflow"),
    wordings={
        "": (
            "性别填的是“{value}”，身份证号第 17 位是 {digit}，表示“{meant}”",
            "请核对身份证原件，改正性别或身份证号中写错的一处",
        )
    },
    source=GB_11643,
    grade="V",
)
def sex(case: Case) -> Iterator[Hit]:
    """The 17th digit is odd for men."""
    for register in ("member_roster", "inflow"):
        for row in case.book[register]:
            number = sound_identity(row, case.as_of)
            if number is None or row["sex"] not in (Sex.MALE, Sex.FEMALE):
                continue
            meant = Sex.MALE if identity.is_male(number) else Sex.FEMALE
            if row["sex"] != meant:
                yield Hit(register, row, "sex", details={"digit": number[16], "meant": meant})


@rule(
    "R-FLD-JOIN18",
    level="E",
    title="入党时年满十八岁",
    registers=("member_roster",),
    wordings={
        "": (
            "{value} 入党时未满 {years} 岁：出生日期 {birth}，满 {years} 岁是 {of_age}",
            "请核对入党志愿书上支部大会通过的日期和身份证上的出生日期，改正写错的一处",
        )
    },
    source="《中国共产党章程》第一条：年满十八岁",
    grade="R",
)
def join18(case: Case) -> Iterator[Hit]:
    """入党 on the 18th birthday is in order; before ``join.hard_from`` only W."""
    years = case.policy.whole("join.min_age")
    hard_from = case.policy.day("join.hard_from")
    for row in case.book["member_roster"]:
        joined = latest_day(row["joined_on"])
        births = [born for born in _births(row, case.as_of) if joined is not None and born < joined]
        if joined is None or not births:
            continue
        born = min(births)
        of_age = edate(born, 12 * years)
        if joined < of_age:
            details = {"years": years, "birth": born, "of_age": of_age}
            yield Hit("member_roster", row, "joined_on", "", None if joined >= hard_from else "W", details)


def _births(row: Row, as_of: date) -> Iterator[date]:
    """The birth dates on record: typed, and in the identity number. Where they differ R-FLD-BIRTH speaks."""
    number = sound_identity(row, as_of)
    for born in (earliest_day(row["birth_date"]), identity.birth_date(number) if number else None):
        if born is not None:
            yield born


@rule(
    "R-FLD-JOINORDER",
    level="W",
    title="出生、入党、转正的先后和间隔",
    registers=("member_roster",),
    wordings={
        "before_birth": (
            "“加入党组织日期”{value} 不晚于“出生日期”{birth}",
            "请核对入党志愿书和身份证，改正写错的一处",
        ),
        "order": (
            "“转为正式党员日期”{value} 早于“加入党组织日期”{joined}",
            "请核对入党志愿书：“加入党组织日期”是支部大会通过为预备党员之日，“转为正式党员日期”是预备期满之日",
        ),
        "interval": (
            "“转为正式党员日期”{value} 不是入党满 {months} 个月的 {due}",
            "请核对：“转为正式党员日期”填预备期满之日，不是支部大会或上级批复的日期；延长过预备期的请填“预备期延长至”",
        ),
        "extended": (
            "预备期延长过，“转为正式党员日期”{value} 应在 {first} 至 {last} 之间",
            "请核对入党志愿书上延长预备期的决议：只能延长一次，不少于半年、不超过一年",
        ),
    },
    source="《中国共产党章程》第七条；《中国共产党发展党员工作细则》第三十二条；1969—1977 年无预备期",
    grade="R",
)
def join_order(case: Case) -> Iterator[Hit]:
    """A broken order E, an unusual interval W. Day-unknown dates are left out of the interval test."""
    for row in case.book["member_roster"]:
        births = list(_births(row, case.as_of))
        joined, confirmed = latest_day(row["joined_on"]), latest_day(row["confirmed_on"])
        first_joined = earliest_day(row["joined_on"])
        if first_joined is not None and first_joined > case.as_of:
            continue
        if joined is not None and births and joined <= min(births):
            yield Hit("member_roster", row, "joined_on", "before_birth", "E", {"birth": min(births)})
        elif confirmed is not None and first_joined is not None and confirmed < first_joined:
            yield Hit("member_roster", row, "confirmed_on", "order", "E", {"joined": row["joined_on"]})
        else:
            yield from _interval(case, row, row.day("joined_on"), row.day("confirmed_on"))


def _interval(case: Case, row: Row, joined: date | None, confirmed: date | None) -> Iterator[Hit]:
    if joined is None or confirmed is None:
        return
    if joined == confirmed and NO_PROBATION[0] <= joined <= NO_PROBATION[1]:
        return
    months = case.policy.whole("prob.months")
    if row["probation_extended_to"] is None:
        if confirmed != edate(joined, months):
            details = {"months": months, "due": edate(joined, months)}
            yield Hit("member_roster", row, "confirmed_on", "interval", "W", details)
        return
    first = edate(joined, months + case.policy.whole("prob.extend_min"))
    last = edate(joined, months + case.policy.whole("prob.extend_max"))
    if not first <= confirmed <= last:
        yield Hit("member_roster", row, "confirmed_on", "extended", "W", {"first": first, "last": last})


@rule(
    "R-FLD-PROBTYPE",
    level="E",
    title="人员类别与转正日期相符",
    registers=("member_roster",),
    wordings={
        "not_confirmed": (
            "人员类别是“正式党员”，但没有“转为正式党员日期”",
            "请按入党志愿书补填“转为正式党员日期”；还没有转正的，人员类别改为“预备党员”",
        ),
        "confirmed": (
            "人员类别是“预备党员”，却填了“转为正式党员日期”{value}",
            "已经转正的，人员类别改为“正式党员”；没有转正的，清空这一格",
        ),
        "too_long": (
            "人员类别是“预备党员”，但 {joined} 入党已超过 {months} 个月（最长到 {last}）",
            "请核对是否已经转正或取消预备党员资格，并更新人员类别；支部大会一直没有讨论的，请尽快讨论",
        ),
    },
    source="《中国共产党章程》第七条：预备期一年，延长不超过一年",
    grade="V",
)
def probation_type(case: Case) -> Iterator[Hit]:
    """预备 has no 转正 date and lasts 24 months at most; 正式 has one."""
    longest = case.policy.whole("prob.months") + case.policy.whole("prob.extend_max")
    for row in case.book["member_roster"]:
        if row["member_type"] == MemberType.FULL and row["confirmed_on"] is None:
            yield Hit("member_roster", row, "confirmed_on", "not_confirmed")
        elif row["member_type"] == MemberType.PROBATIONARY and row["confirmed_on"] is not None:
            yield Hit("member_roster", row, "confirmed_on", "confirmed")
        elif row["member_type"] == MemberType.PROBATIONARY and row["relation_belonging"] != RelationBelonging.LEFT:
            joined = latest_day(row["joined_on"])
            if joined is not None and case.as_of > edate(joined, longest):
                details = {"joined": row["joined_on"], "months": longest, "last": edate(joined, longest)}
                yield Hit("member_roster", row, "member_type", "too_long", details=details)
