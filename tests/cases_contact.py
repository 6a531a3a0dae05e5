"""Cases of the contact rules (R-CONTACT-…)."""

from tests.rule_case import fires, silent

AWAY = "姓名 | 外出日期\n张三 | 2026-02-10"
LONG_AWAY = "姓名 | 外出日期\n张三 | 2024-01-10"


def called(*days: str, initiator: str = "支部", channel: str = "电话") -> str:
    rows = "\n".join(f"张三 | {day} | {initiator} | {channel}" for day in days)
    return f"姓名 | 联系日期 | 发起方 | 联系方式\n{rows}"


def log(channel: str, answered: str, initiator: str = "支部") -> str:
    return f"姓名 | 联系方式 | 本人应答 | 发起方\n张三 | {channel} | {answered} | {initiator}"


WHAT_COUNTS = [
    fires("R-CONTACT-DEF", "an answered broadcast", "联系记录!F4 W", contact_log=log("群发通知", "是")),
    fires("R-CONTACT-DEF", "the family is not the member", "联系记录!F4 W", contact_log=log("家属转告", "是")),
    fires("R-CONTACT-DEF", "took part, was not there", "联系记录!F4 W", contact_log=log("参加组织生活", "否")),
    fires("R-CONTACT-DEF", "the member's own call, unanswered", "联系记录!F4 W", contact_log=log("电话", "否", "党员")),
    fires(
        "R-CONTACT-DEF",
        "a reply in writing where voice or face is asked for",
        "联系记录!E4 I",
        policy={"contact.text_reply_counts": "否"},
        contact_log=log("微信", "是"),
    ),
    silent("R-CONTACT-DEF", "a broadcast as such", contact_log=log("群发通知", "否")),
    silent("R-CONTACT-DEF", "word through the family", contact_log=log("家属转告", "否", "党员")),
    silent("R-CONTACT-DEF", "nobody answered the phone", contact_log=log("电话", "否")),
    silent("R-CONTACT-DEF", "a reply in writing", contact_log=log("微信", "是")),
]

QUARTER = [
    fires("R-CONTACT-QUARTER", "B8 the quarter after leaving", "流出党员!C4 W", as_of="2026-07-01", outflow=AWAY),
    silent("R-CONTACT-QUARTER", "B8 the quarter of leaving is not owed", as_of="2026-04-01", outflow=AWAY),
    silent("R-CONTACT-QUARTER", "B8 until the quarter is over", as_of="2026-06-30", outflow=AWAY),
    silent(
        "R-CONTACT-QUARTER",
        "B9 the last day of the quarter is in time",
        as_of="2026-04-01",
        outflow=LONG_AWAY,
        contact_log=called("2026-03-31"),
    ),
    fires(
        "R-CONTACT-QUARTER",
        "B9 and is for that quarter only",
        "流出党员!C4 W",
        as_of="2026-07-01",
        outflow=LONG_AWAY,
        contact_log=called("2026-03-31"),
    ),
    fires(
        "R-CONTACT-QUARTER",
        "B10 a broadcast is no contact",
        "流出党员!C4 W",
        as_of="2026-07-01",
        outflow=AWAY,
        contact_log=called("2026-05-20", channel="群发通知"),
    ),
    fires(
        "R-CONTACT-QUARTER",
        "made up since",
        "流出党员!C4 I",
        as_of="2026-07-02",
        outflow=AWAY,
        contact_log=called("2026-07-01"),
    ),
    fires(
        "R-CONTACT-QUARTER",
        "rolling months, one day late",
        "流出党员!C4 W",
        as_of="2026-04-03",
        policy={"contact.mode": "滚动三个月"},
        outflow=LONG_AWAY,
        contact_log=called("2026-01-02"),
    ),
    silent(
        "R-CONTACT-QUARTER",
        "rolling months, the last day",
        as_of="2026-04-02",
        policy={"contact.mode": "滚动三个月"},
        outflow=LONG_AWAY,
        contact_log=called("2026-01-02"),
    ),
    silent(
        "R-CONTACT-QUARTER",
        "失联: the search applies instead (R-CONTACT-LOSTCOVER)",
        outflow=LONG_AWAY,
        contact_log=called("2026-05-24"),
    ),
    fires(
        "R-CONTACT-QUARTER",
        "a day before 失联 the quarter is still owed",
        "流出党员!C4 W",
        outflow=LONG_AWAY,
        contact_log=called("2026-05-25"),
    ),
]

OTHER_RHYTHMS = [
    fires(
        "R-CONTACT-ABROAD-HALF",
        "B33 nothing in the second half",
        "出国境!C4 W",
        as_of="2027-01-01",
        abroad="姓名 | 出境日期\n张三 | 2025-09-01",
        contact_log=called("2026-06-30"),
    ),
    silent(
        "R-CONTACT-ABROAD-HALF",
        "B33 until the half-year is over",
        as_of="2026-12-31",
        abroad="姓名 | 出境日期\n张三 | 2025-09-01",
        contact_log=called("2026-06-30"),
    ),
    fires(
        "R-CONTACT-ABROAD-HALF",
        "made up since",
        "出国境!C4 I",
        as_of="2027-01-05",
        abroad="姓名 | 出境日期\n张三 | 2025-09-01",
        contact_log=called("2026-06-30", "2027-01-04"),
    ),
    fires(
        "R-CONTACT-MONTH-CALL",
        "asked for and left out in October",
        "流出党员!C4 W",
        policy={"contact.month_call": "是"},
        outflow=AWAY,
        contact_log=called("2026-05-10", "2026-09-10"),
    ),
    silent(
        "R-CONTACT-MONTH-CALL",
        "not asked for",
        outflow=AWAY,
        contact_log=called("2026-05-10", "2026-09-10"),
    ),
    silent(
        "R-CONTACT-MONTH-CALL",
        "the whole quarter is missing already",
        policy={"contact.month_call": "是"},
        outflow=AWAY,
        contact_log=called("2026-06-10"),
    ),
    fires(
        "R-CONTACT-MEMBER-QUARTER",
        "only the branch called",
        "流出党员!C4 I",
        outflow=AWAY,
        contact_log=called("2026-05-10", "2026-08-10"),
    ),
    silent(
        "R-CONTACT-MEMBER-QUARTER",
        "the member called too",
        outflow=AWAY,
        contact_log=called("2026-05-10") + "\n张三 | 2026-08-10 | 党员 | 电话",
    ),
    silent(
        "R-CONTACT-MEMBER-QUARTER",
        "nobody called: that is the quarter",
        outflow=AWAY,
        contact_log=called("2026-06-10"),
    ),
    silent(
        "R-CONTACT-MEMBER-QUARTER",
        "not asked for",
        policy={"contact.member_quarter": "否"},
        outflow=AWAY,
        contact_log=called("2026-05-10", "2026-08-10"),
    ),
    fires(
        "R-CONTACT-MEMBER-YEAR",
        "a whole year without a call of his own",
        "流出党员!C4 I",
        outflow=LONG_AWAY,
        contact_log=called("2024-12-31", initiator="党员")
        + "\n张三 | 2025-10-10 | 支部 | 电话\n张三 | 2026-10-10 | 支部 | 电话",
    ),
    silent(
        "R-CONTACT-MEMBER-YEAR",
        "nobody called at all that year: that is the quarter",
        outflow=LONG_AWAY,
        contact_log=called("2024-12-31", initiator="党员") + "\n张三 | 2026-10-10 | 支部 | 电话",
    ),
    silent(
        "R-CONTACT-MEMBER-YEAR",
        "one call on the first day of the year",
        outflow=LONG_AWAY,
        contact_log=called("2025-01-01", initiator="党员") + "\n张三 | 2026-10-10 | 支部 | 电话",
    ),
    silent(
        "R-CONTACT-MEMBER-YEAR",
        "away since that year only",
        outflow="姓名 | 外出日期\n张三 | 2025-01-10",
        contact_log=called("2025-10-10", "2026-10-10"),
    ),
]

PEOPLE = [
    fires("R-CONTACT-PERSON", "himself", "流出党员!M4 W", outflow="姓名 | 支部联系人\n张三 | 张三"),
    fires("R-CONTACT-PERSON", "himself in the log", "联系记录!G4 W", contact_log="姓名 | 支部联系人\n张三 | 张三"),
    silent("R-CONTACT-PERSON", "somebody else", outflow="姓名 | 支部联系人\n张三 | 李四"),
    silent(
        "R-CONTACT-PERSON",
        "an absence that is over",
        outflow="姓名 | 支部联系人 | 返回日期\n张三 | 张三 | 2026-08-01",
    ),
    fires("R-CONTACT-EMERG", "nobody", "流出党员!O4 W", member_roster="姓名\n张三", outflow=AWAY),
    fires(
        "R-CONTACT-EMERG",
        "nobody at home",
        "出国境!H4 W",
        member_roster="姓名\n张三",
        abroad="姓名 | 出境日期\n张三 | 2026-02-10",
    ),
    fires("R-CONTACT-EMERG", "no phone", "流出党员!P4 W", outflow="姓名 | 应急联系人\n张三 | 张父"),
    fires(
        "R-CONTACT-EMERG",
        "himself",
        "流出党员!O4 W",
        outflow="姓名 | 应急联系人 | 应急联系人电话\n张三 | 张三 | 15412345678",
    ),
    fires(
        "R-CONTACT-EMERG",
        "no relation",
        "党员名册!AH4 I",
        member_roster="姓名 | 应急联系人 | 应急联系人电话\n张三 | 张父 | 15412345678",
        outflow=AWAY,
    ),
    silent(
        "R-CONTACT-EMERG",
        "in the roster",
        member_roster="姓名 | 应急联系人 | 应急联系人电话 | 应急联系人关系\n张三 | 张父 | 15412345678 | 父子",
        outflow=AWAY,
    ),
    silent(
        "R-CONTACT-EMERG",
        "with the absence",
        outflow="姓名 | 应急联系人 | 应急联系人电话\n张三 | 张父 | 15412345678",
    ),
    silent("R-CONTACT-EMERG", "at home", member_roster="姓名\n张三"),
    silent("R-CONTACT-EMERG", "back again", outflow="姓名 | 外出日期 | 返回日期\n张三 | 2026-02-10 | 2026-08-01"),
    silent(
        "R-FLD-REQUIRED",
        "who is away may have it with the absence",
        member_roster="姓名 | 手机号 | 是否为流动党员\n张三 | 15412345678 | 是",
        outflow="姓名 | 应急联系人 | 应急联系人电话\n张三 | 张父 | 15412345678",
    ),
]

CASES = [*WHAT_COUNTS, *QUARTER, *OTHER_RHYTHMS, *PEOPLE]
