"""Cases of 排查记录 and 抽查 (R-INSP-…), of 年审 (R-ANNUAL-…) and of the identities between sheets (R-SUM-…)."""

from tests.rule_case import RuleCase, fires, silent

THREE = "姓名\n张三\n李四\n王五"
COMMITTEE = {"kind": "committee", "cover": {"党组织层级": "基层党委"}}
DRAWN = "党组织代码|抽取日期\n037990100001|2026-11-01"


def reports(number: int, without: int = 0) -> str:
    """报送情况 of so many organisations that have reported and some that have not."""
    lines = [f"{37990100000 + each:012d}|已报" for each in range(1, number + 1)]
    lines += [f"{37990200000 + each:012d}|未报" for each in range(1, without + 1)]
    return "\n".join(["党组织代码|报送状态", *lines])


SELF = [
    fires(
        "R-INSP-SELF",
        "two were left out",
        "党员名册!B5 W",
        "党员名册!B6 W",
        member_roster=THREE,
        campaign_check="姓名\n张三",
    ),
    silent("R-INSP-SELF", "no campaign, nothing owed", member_roster=THREE),
    silent("R-INSP-SELF", "everybody", member_roster=THREE, campaign_check=THREE),
    silent(
        "R-INSP-SELF",
        "the campaign is more than a year back",
        member_roster=THREE,
        campaign_check="姓名|核查日期\n张三|2025-11-23",
    ),
    fires(
        "R-INSP-SELF",
        "looked at in the campaign before",
        "党员名册!B5 W",
        member_roster="姓名\n张三\n李四",
        campaign_check="姓名|核查日期\n张三|2026-11-01\n李四|2025-10-31",
    ),
    silent(
        "R-INSP-SELF",
        "came after the campaign, left before it",
        member_roster="姓名|关系归属|进入方式|进入日期|离开情形|离开日期\n张三|在册||||\n李四|在册|转入|2026-11-10||\n"
        "王五|已离开|||去世|2026-03-01",
        campaign_check="姓名\n张三",
    ),
    fires(
        "R-INSP-SELF",
        "正常在册, but away for more than six months",
        "排查记录!I4 W",
        outflow="姓名|外出日期\n张三|2026-02-10",
        campaign_check="姓名|排查结论\n张三|正常在册",
    ),
    silent(
        "R-INSP-SELF",
        "正常在册 was true on the day",
        outflow="姓名|外出日期\n张三|2026-05-20",
        campaign_check="姓名|排查结论|核查日期\n张三|正常在册|2026-05-10",
    ),
    fires(
        "R-INSP-SELF",
        "失联, but he was in touch all the time",
        "排查记录!I4 W",
        member_roster="姓名|最近参加组织生活日期\n张三|2026-10-01",
        campaign_check="姓名|排查结论\n张三|失联",
    ),
    silent(
        "R-INSP-SELF",
        "其他, as the remark says",
        abroad="姓名|保留组织关系批准日期\n张三|2026-02-01",
        campaign_check="姓名|排查结论|备注\n张三|其他|在国外",
    ),
    fires(
        "R-INSP-ATTEST",
        "somebody else said so",
        "排查记录!H4 W",
        campaign_check="姓名|核实方式\n张三|他人证实",
    ),
    fires(
        "R-INSP-ATTEST",
        "正常 without having seen him",
        "排查记录!H4 W",
        campaign_check="姓名|核实方式|排查结论\n张三|未核实|正常在册",
    ),
    silent(
        "R-INSP-ATTEST",
        "who is lost cannot be seen",
        campaign_check="姓名|核实方式|排查结论\n张三|未核实|失联",
    ),
    silent("R-INSP-ATTEST", "by video", campaign_check="姓名|核实方式\n张三|视频"),
]

SAMPLES = [
    fires(
        "R-INSP-SAMPLE",
        "one of eleven",
        "抽查!B3 E",
        **COMMITTEE,
        submission_status=reports(11),
        inspection_sample=DRAWN,
    ),
    silent(
        "R-INSP-SAMPLE",
        "one of ten, and one that has not reported",
        **COMMITTEE,
        submission_status=reports(10, 1),
        inspection_sample=DRAWN,
    ),
    silent("R-INSP-SAMPLE", "nothing drawn yet", **COMMITTEE, submission_status=reports(11)),
    fires(
        "R-INSP-SAMPLE-RESULT",
        "a difference without a deadline",
        "抽查!I4 W",
        **COMMITTEE,
        inspection_sample="党组织代码|发现差异\n037990100001|两人电话不通",
    ),
    fires(
        "R-INSP-SAMPLE-RESULT",
        "a deadline that passed yesterday",
        "抽查!I4 W",
        **COMMITTEE,
        inspection_sample="党组织代码|发现差异|整改期限\n037990100001|两人电话不通|2026-11-23",
    ),
    silent(
        "R-INSP-SAMPLE-RESULT",
        "the last day",
        **COMMITTEE,
        inspection_sample="党组织代码|发现差异|整改期限\n037990100001|两人电话不通|2026-11-24",
    ),
]

ANNUAL = [
    fires(
        "R-ANNUAL-MEMBER",
        "two items open",
        "年审!D4 W",
        "年审!I4 W",
        annual_review="姓名|基本情况|缴纳党费\n张三|未核|未核",
    ),
    fires(
        "R-ANNUAL-MEMBER",
        "a change, passed without a word",
        "年审!K4 W",
        annual_review="姓名|工作变动\n张三|有变化",
    ),
    silent("R-ANNUAL-MEMBER", "a change, told", annual_review="姓名|工作变动|备注\n张三|有变化|调到外地"),
    fires(
        "R-ANNUAL-MEMBER",
        "reviewed the year before",
        "年审!M4 W",
        annual_review="姓名|年度|审核日期\n张三|2026|2025-12-31",
    ),
    silent("R-ANNUAL-MEMBER", "last year's review, made this year", annual_review="姓名|年度\n张三|2025"),
    fires("R-ANNUAL-MEMBER", "twice", "年审!B5 E", annual_review="姓名\n张三\n张三"),
    fires(
        "R-ANNUAL-MEMBER",
        "one left out",
        "党员名册!B5 W",
        as_of="2026-04-01",
        cover={"填报期": "2026Q2"},
        member_roster="姓名\n张三\n李四",
        annual_review="姓名\n张三",
    ),
    silent(
        "R-ANNUAL-MEMBER",
        "the last day",
        as_of="2026-03-31",
        cover={"填报期": "2026Q1"},
        member_roster="姓名\n张三\n李四",
        annual_review="姓名\n张三",
    ),
    fires(
        "R-ANNUAL-MEMBER",
        "kept last year, not this year",
        "年审!A3 W",
        member_roster="姓名\n张三\n李四",
        annual_review="姓名|年度|审核日期\n张三|2025|2025-03-10",
    ),
    silent("R-ANNUAL-MEMBER", "a branch that keeps no such sheet", member_roster="姓名\n张三"),
]

VECTOR = {
    "期初": (95, "在册|正常|期初在册|||"),
    "发展": (3, "在册|正常|发展|2026-07-01||"),
    "转入": (2, "在册|正常|转入|2026-02-01||"),
    "出党": (1, "已离开|正常|期初在册||已出党|2026-03-01"),
    "停籍": (1, "在册|停止党籍|期初在册|||"),
    "去世": (1, "已离开|正常|期初在册||去世|2026-01-01"),
    "转出": (2, "已离开|正常|期初在册||已转出|2026-06-01"),
}
"""100 + (3 + 0 + 2) − (1 + 1 + 1 + 2) = 100: 95 who were there all the time and 5 who came."""


def hundred(opening: int) -> str:
    """The roster of the vector, with so many members there all the time."""
    numbers = {**{way: count for way, (count, _) in VECTOR.items()}, "期初": opening}
    lines = [f"{way}{each}|{VECTOR[way][1]}" for way, count in numbers.items() for each in range(count)]
    return YEAR + "\n".join(lines)


YEAR = "姓名|关系归属|党籍状态|进入方式|进入日期|离开情形|离开日期\n"
MOVES = (
    YEAR
    + "发展一|在册|正常|发展|2026-07-01||\n转入一|在册|正常|转入|2026-02-01||\n"
    + "出党一|已离开|正常|||已出党|2026-03-01\n停籍一|在册|停止党籍||||\n去世一|已离开|正常|||去世|2026-01-01\n"
    + "转出一|已离开|正常|||已转出|2026-06-01\n在途一|转出未回执|正常||||\n老党员|在册|正常|期初在册|||\n"
    + "去年走|已离开|正常|||去世|2025-12-31"
)
STOP = "姓名|情形|拟处理|立案日期|审批日期\n停籍一|D14|停止党籍|2026-01-05|2026-02-01"

SUMS = [
    silent(
        "R-SUM-YEAR",
        "100 + 5 − 5 = 100",
        cover={"上年底党员总数": 100},
        member_roster=hundred(95),
        disposition="姓名|情形|拟处理|立案日期|审批日期\n停籍0|D14|停止党籍|2026-01-05|2026-02-01",
    ),
    fires(
        "R-SUM-YEAR",
        "100 + 5 − 5 is not 99",
        "封面!B16 E",
        cover={"上年底党员总数": 100},
        member_roster=hundred(94),
        disposition="姓名|情形|拟处理|立案日期|审批日期\n停籍0|D14|停止党籍|2026-01-05|2026-02-01",
    ),
    silent(
        "R-SUM-YEAR",
        "6 + 2 − 4 = 4",
        cover={"上年底党员总数": 6},
        member_roster=MOVES,
        disposition=STOP,
    ),
    fires(
        "R-SUM-YEAR",
        "7 + 2 − 4 is not 4",
        "封面!B16 E",
        cover={"上年底党员总数": 7},
        member_roster=MOVES,
        disposition=STOP,
    ),
    fires(
        "R-SUM-YEAR",
        "one too many",
        "封面!B16 E",
        cover={"上年底党员总数": 5},
        member_roster=MOVES,
        disposition=STOP,
    ),
    silent(
        "R-SUM-YEAR",
        "a double row is another fault",
        cover={"上年底党员总数": 6},
        member_roster=MOVES + "\n老党员|在册|正常|期初在册|||",
        disposition=STOP,
    ),
    silent("R-SUM-YEAR", "nobody says how many there were", member_roster=MOVES, disposition=STOP),
    silent(
        "R-SUM-YEAR",
        "stopped, nobody says when",
        cover={"上年底党员总数": 5},
        member_roster=MOVES,
    ),
    fires(
        "R-SUM-UNIT",
        "not in 报送情况",
        "党组织名录!A5 E",
        **COMMITTEE,
        organisation_directory="党组织代码|党组织名称\n037990100001|一支部\n037990100003|三支部",
        submission_status=reports(2),
    ),
    silent(
        "R-SUM-UNIT",
        "not yet merged",
        **COMMITTEE,
        organisation_directory="党组织代码|党组织名称\n037990100001|一支部\n037990100003|三支部",
    ),
    silent(
        "R-SUM-UNIT",
        "not expected to report",
        **COMMITTEE,
        organisation_directory="党组织代码|党组织名称|应报\n037990100001|一支部|是\n037990100003|三支部|否",
        submission_status=reports(2),
    ),
    fires(
        "R-SUM-CHECK",
        "six against five",
        "三查三核!H4 E",
        **COMMITTEE,
        three_checks="党组织代码|流动|支部上报流动|失联|支部上报失联\n037990100001|6|5|1|1",
    ),
    fires(
        "R-SUM-CHECK",
        "six against five, explained",
        "三查三核!H4 W",
        **COMMITTEE,
        three_checks="党组织代码|流动|支部上报流动|核查说明\n037990100001|6|5|一人上月外出",
    ),
    silent(
        "R-SUM-CHECK",
        "the same numbers",
        **COMMITTEE,
        three_checks="党组织代码|流动|支部上报流动\n037990100001|6|6",
    ),
]

CASES: list[RuleCase] = [*SELF, *SAMPLES, *ANNUAL, *SUMS]
