"""Cases of the rules about members out of touch, their files and 党章第九条 (R-LOST-…, R-RELOST, R-A9, R-DUES-…)."""

from tests.drawing import BRANCH_CODE
from tests.rule_case import fires, silent

NUMBER = f"{BRANCH_CODE}-2026-001"
SECOND = f"{BRANCH_CODE}-2026-002"


def called(*days: str) -> str:
    return "姓名 | 联系日期\n" + "\n".join(f"张三 | {day}" for day in days)


def file(titles: str, values: str) -> str:
    return f"姓名 | {titles}\n张三 | {values}"


def roster(titles: str = "", values: str = "", is_lost: str = "是") -> str:
    more, given = (f" | {titles}", f" | {values}") if titles else ("", "")
    return f"姓名 | 是否为失联党员{more}\n张三 | {is_lost}{given}"


LEFT = "姓名 | 外出日期 | 外出报告日期\n张三 | 2025-01-31 | "
ODD_CALL = "姓名 | 联系日期 | 本人应答\n张三 | 2026-08-10 | 是\n张三 | 2026-10-10 | 否"

MEMBERS = [
    fires("R-LOST-OUTOFCONTROL", "B7 over a month away", "流出党员!D4 W", as_of="2025-03-01", outflow=LEFT),
    silent("R-LOST-OUTOFCONTROL", "B7 a month to the day", as_of="2025-02-28", outflow=LEFT),
    silent("R-LOST-OUTOFCONTROL", "reported", as_of="2025-03-01", outflow=LEFT + "2025-02-20"),
    silent(
        "R-LOST-OUTOFCONTROL",
        "called on the day of leaving",
        as_of="2025-03-01",
        outflow=LEFT,
        contact_log=called("2025-01-31"),
    ),
    silent(
        "R-LOST-OUTOFCONTROL",
        "失联 by now: the search applies",
        outflow=LEFT,
        contact_log=called("2025-01-30"),
    ),
    fires("R-LOST-SUSPECT", "an unanswered call", "联系记录!F5 I", contact_log=ODD_CALL),
    silent("R-LOST-SUSPECT", "answered the same day", contact_log=ODD_CALL + "\n张三 | 2026-10-10 | 是"),
    silent(
        "R-LOST-SUSPECT",
        "a file is open",
        contact_log=ODD_CALL,
        lost_file=file("发现失联日期", "2026-10-10"),
    ),
    silent("R-LOST-SUSPECT", "失联 by now", as_of="2027-02-10", contact_log=ODD_CALL),
    fires(
        "R-LOST-CLOCKS",
        "only a payment by somebody else",
        "组织生活党费!H4 W",
        contact_log=called("2026-05-24"),
        life_dues_log="姓名 | 日期 | 事项 | 是否代交\n张三 | 2026-10-01 | 交纳党费 | 是",
    ),
    silent(
        "R-LOST-CLOCKS",
        "spoken to within six months",
        contact_log=called("2026-05-25"),
        life_dues_log="姓名 | 日期 | 事项 | 是否代交\n张三 | 2026-10-01 | 交纳党费 | 是",
    ),
    silent(
        "R-LOST-CLOCKS",
        "paid himself",
        contact_log=called("2026-05-24"),
        life_dues_log="姓名 | 日期 | 事项 | 是否代交\n张三 | 2026-10-01 | 交纳党费 | 否",
    ),
    fires(
        "R-LOST-CLOCKS",
        "the printed time starts with it",
        "组织生活党费!H4 W",
        member_roster=roster("最近参加组织生活日期", "2025-03-01"),
        lost_file=file("发现失联日期", "2026-06-01"),
        life_dues_log="姓名 | 日期 | 事项 | 是否代交\n张三 | 2025-10-01 | 交纳党费 | 是",
    ),
    fires(
        "R-LOST-CLEAR3",
        "neither life nor dues",
        "党员名册!X4 W",
        member_roster=roster(),
        contact_log=called("2026-05-24"),
        lost_file=file("发现失联日期", "2026-06-01"),
    ),
    silent(
        "R-LOST-CLEAR3",
        "the last dues are known",
        member_roster=roster("最近交纳党费日期", "2025-12-20"),
        contact_log=called("2026-05-24"),
        lost_file=file("发现失联日期", "2026-06-01"),
    ),
    fires(
        "R-LOST-CLEAR3",
        "found, but since when was he lost",
        "党员名册!X4 W",
        contact_log=called("2025-12-01"),
        lost_file=file("查找结果 | 取得联系日期", "取得联系 | 2026-10-01"),
    ),
    silent("R-LOST-CLEAR3", "a day short of 失联", member_roster=roster(), contact_log=called("2026-05-25")),
]

ONE_FILE = [
    fires(
        "R-SEARCH-ONEFILE",
        "B1 six months to the day",
        "党员名册!R4 E",
        as_of="2026-02-28",
        member_roster=roster(),
        contact_log=called("2025-08-31"),
    ),
    silent(
        "R-SEARCH-ONEFILE",
        "B1 a day before",
        as_of="2026-02-27",
        member_roster=roster(is_lost="否"),
        contact_log=called("2025-08-31"),
    ),
    silent(
        "R-SEARCH-ONEFILE",
        "B2 over six months wanted",
        as_of="2026-02-28",
        profile="legacy_2016",
        member_roster=roster(is_lost="否"),
        contact_log=called("2025-08-31"),
    ),
    fires(
        "R-SEARCH-ONEFILE",
        "B2 the day after",
        "党员名册!R4 E",
        as_of="2026-03-01",
        profile="legacy_2016",
        member_roster=roster(),
        contact_log=called("2025-08-31"),
    ),
    fires(
        "R-SEARCH-ONEFILE",
        "B3 the month-end trap",
        "党员名册!R4 E",
        as_of="2026-02-28",
        member_roster=roster(),
        contact_log=called("2025-08-30"),
    ),
    silent(
        "R-SEARCH-ONEFILE",
        "there is one",
        as_of="2026-02-28",
        member_roster=roster(),
        contact_log=called("2025-08-31"),
        lost_file=file("发现失联日期", "2026-02-28"),
    ),
    fires(
        "R-SEARCH-ONEFILE",
        "two of them",
        "失联档案!B5 E",
        lost_file=f"档案编号 | 姓名 | 发现失联日期\n{NUMBER} | 张三 | 2026-06-01\n{SECOND} | 张三 | 2026-07-01",
    ),
    fires("R-SEARCH-ONEFILE", "ended, still searching", "失联档案!O4 E", lost_file=file("查找结束日期", "2026-10-01")),
    fires("R-SEARCH-ONEFILE", "given up, when", "失联档案!R4 E", lost_file=file("查找结果", "无法取得联系")),
    silent(
        "R-SEARCH-ONEFILE",
        "given up on a day",
        lost_file=file("查找结果 | 查找结束日期", "无法取得联系 | 2026-10-01"),
    ),
    fires(
        "R-RELOST",
        "lost again",
        "党员名册!R4 E",
        member_roster=roster(),
        contact_log=called("2024-01-10"),
        lost_file=file("发现失联日期 | 查找结果 | 取得联系日期", "2025-01-10 | 取得联系 | 2025-08-31"),
    ),
    silent(
        "R-RELOST",
        "found and not lost again",
        as_of="2026-02-27",
        contact_log=called("2024-01-10"),
        lost_file=file("发现失联日期 | 查找结果 | 取得联系日期", "2025-01-10 | 取得联系 | 2025-08-31"),
    ),
    fires(
        "R-RELOST",
        "the new file does not name the old one",
        "失联档案!X5 I",
        lost_file="档案编号 | 姓名 | 发现失联日期 | 查找结果 | 取得联系日期 | 备注\n"
        f"{NUMBER} | 张三 | 2025-01-10 | 取得联系 | 2025-08-31 |\n{SECOND} | 张三 | 2026-06-01 | 查找中 | |",
    ),
    silent(
        "R-RELOST",
        "it does",
        lost_file="档案编号 | 姓名 | 发现失联日期 | 查找结果 | 取得联系日期 | 备注\n"
        f"{NUMBER} | 张三 | 2025-01-10 | 取得联系 | 2025-08-31 |\n"
        f"{SECOND} | 张三 | 2026-06-01 | 查找中 | | 原档案 {NUMBER}",
    ),
]

DISCOVERED = "2025-11-05"
CLOSED = "姓名 | 情形 | 拟处理 | 立案日期 | 审批日期\n张三 | D01 | 纳入正常管理 | 2025-12-20 | 2026-01-10"

FILES = [
    silent(
        "R-LOST-VERIFY-30",
        "B6 on the thirtieth day",
        lost_file=file("发现失联日期 | 核查日期", f"{DISCOVERED} | 2025-12-05"),
    ),
    fires(
        "R-LOST-VERIFY-30",
        "B6 a day later",
        "失联档案!J4 W",
        lost_file=file("发现失联日期 | 核查日期", f"{DISCOVERED} | 2025-12-06"),
    ),
    silent("R-LOST-VERIFY-30", "still time", as_of="2025-12-05", lost_file=file("发现失联日期", DISCOVERED)),
    fires(
        "R-LOST-VERIFY-30",
        "not done in time",
        "失联档案!J4 W",
        as_of="2025-12-06",
        lost_file=file("发现失联日期", DISCOVERED),
    ),
    silent(
        "R-LOST-VERIFY-30",
        "found in time",
        lost_file=file("发现失联日期 | 查找结果 | 取得联系日期", f"{DISCOVERED} | 取得联系 | 2025-12-05"),
    ),
    fires(
        "R-LOST-VERIFY-30",
        "found too late",
        "失联档案!J4 W",
        lost_file=file("发现失联日期 | 查找结果 | 取得联系日期", f"{DISCOVERED} | 取得联系 | 2025-12-06"),
    ),
    silent(
        "R-LOST-VERIFY-30",
        "a closed case is let rest",
        lost_file=file("发现失联日期 | 查找结果 | 取得联系日期", f"{DISCOVERED} | 取得联系 | 2025-12-06"),
        disposition=CLOSED,
    ),
    fires(
        "R-LOST-REPORT",
        "after seven days",
        "失联档案!I4 W",
        as_of="2025-11-13",
        lost_file=file("发现失联日期", DISCOVERED),
    ),
    silent("R-LOST-REPORT", "within seven days", as_of="2025-11-12", lost_file=file("发现失联日期", DISCOVERED)),
    silent("R-LOST-REPORT", "reported", lost_file=file("发现失联日期 | 上报日期", f"{DISCOVERED} | 2025-12-01")),
    fires(
        "R-LOST-FOUND",
        "a call since the discovery",
        "失联档案!O4 W",
        lost_file=file("发现失联日期", "2026-06-01"),
        contact_log=called("2026-06-02"),
    ),
    silent(
        "R-LOST-FOUND",
        "a call before it",
        lost_file=file("发现失联日期", "2026-06-01"),
        contact_log=called("2026-06-01"),
    ),
    silent(
        "R-LOST-FOUND",
        "the outcome says so",
        lost_file=file("查找结果 | 取得联系日期", "取得联系 | 2026-06-02"),
        contact_log=called("2026-06-02"),
    ),
    fires(
        "R-LOST-FOUND",
        "came to a meeting after the search was given up",
        "失联档案!O4 W",
        lost_file=file("查找结果 | 查找结束日期", "无法取得联系 | 2026-10-01"),
        life_dues_log="姓名 | 日期 | 事项 | 参加地\n张三 | 2026-10-02 | 组织生活 | 流入地",
    ),
    fires(
        "R-LOST-NOTFOUND",
        "B5 given up a day before six months",
        "失联档案!O4 W",
        as_of="2026-02-27",
        contact_log=called("2025-08-31"),
        lost_file=file("发现失联日期 | 查找结果 | 查找结束日期", "2026-01-10 | 无法取得联系 | 2026-02-10"),
    ),
    silent(
        "R-LOST-NOTFOUND",
        "six months to the day",
        as_of="2026-02-28",
        contact_log=called("2025-08-31"),
        lost_file=file("发现失联日期 | 查找结果 | 查找结束日期", "2026-01-10 | 无法取得联系 | 2026-02-28"),
    ),
    fires("R-LOST-SITUATION", "other: what", "失联档案!X4 E", lost_file=file("失去联系情形", "其他")),
    silent("R-LOST-SITUATION", "other, said", lost_file=file("失去联系情形 | 备注", "其他 | 家庭变故后外出")),
    silent("R-LOST-SITUATION", "one of the six", lost_file=file("失去联系情形", "居住地改变")),
    fires("R-LOST-CAUSE", "before anyone spoke to him", "失联档案!F4 W", lost_file=file("失联原因", "主观")),
    silent("R-LOST-CAUSE", "not known yet", lost_file=file("失联原因", "未查明")),
    silent(
        "R-LOST-CAUSE",
        "after he was found",
        lost_file=file("失联原因 | 查找结果 | 取得联系日期", "主观 | 取得联系 | 2026-10-01"),
    ),
]

DUES = "姓名 | 日期 | 事项 | 党费交至年月\n张三 | 2026-01-10 | 交纳党费 | 2025-12"

ARTICLE_NINE = [
    fires(
        "R-A9",
        "B4 answers the phone, skips life and dues",
        "党员名册!X4 W",
        as_of="2026-02-01",
        member_roster="姓名 | 最近参加组织生活日期 | 最近交纳党费日期\n张三 | 2025-03-01 | 2025-04-01",
        contact_log=called("2026-01-10"),
    ),
    fires(
        "R-A9",
        "B11 six months unpaid",
        "党员名册!Z4 W",
        as_of="2026-04-01",
        member_roster="姓名 | 党费交至年月\n张三 | 2025-09",
    ),
    silent(
        "R-A9",
        "B11 the sixth month is not over",
        as_of="2026-03-31",
        member_roster="姓名 | 党费交至年月\n张三 | 2025-09",
    ),
    silent(
        "R-A9",
        "a day before six months",
        as_of="2025-08-31",
        member_roster="姓名 | 最近参加组织生活日期\n张三 | 2025-03-01",
        contact_log=called("2025-08-10"),
    ),
    fires(
        "R-A9",
        "a good reason",
        "党员名册!X4 I",
        member_roster="姓名 | 最近参加组织生活日期 | 备注\n张三 | 2025-03-01 | 正当理由：长期卧床",
        contact_log=called("2026-10-10"),
    ),
    silent(
        "R-A9",
        "失联: the search comes first",
        member_roster=roster("最近参加组织生活日期", "2025-03-01"),
    ),
    silent(
        "R-A9",
        "abroad",
        member_roster="姓名 | 最近参加组织生活日期\n张三 | 2025-03-01",
        abroad="姓名 | 出境日期\n张三 | 2026-02-10",
    ),
    fires(
        "R-DUES-BACKPAY",
        "seven months at once",
        "组织生活党费!G5 W",
        life_dues_log=DUES + "\n张三 | 2026-08-10 | 交纳党费 | 2026-07",
    ),
    silent("R-DUES-BACKPAY", "six months", life_dues_log=DUES + "\n张三 | 2026-07-10 | 交纳党费 | 2026-06"),
    silent("R-DUES-BACKPAY", "paid ahead, not back", life_dues_log=DUES + "\n张三 | 2026-01-20 | 交纳党费 | 2026-09"),
    fires(
        "R-DUES-ADVANCE",
        "seven months ahead",
        "组织生活党费!G4 W",
        life_dues_log="姓名 | 日期 | 事项 | 党费交至年月\n张三 | 2026-03-10 | 交纳党费 | 2026-10",
    ),
    silent(
        "R-DUES-ADVANCE",
        "six months ahead",
        life_dues_log="姓名 | 日期 | 事项 | 党费交至年月\n张三 | 2026-03-10 | 交纳党费 | 2026-09",
    ),
    fires(
        "R-DUES-ADVANCE",
        "in the roster only",
        "党员名册!Z4 W",
        member_roster="姓名 | 最近交纳党费日期 | 党费交至年月\n张三 | 2026-03-10 | 2026-10",
    ),
    fires(
        "R-DUES-ADVANCE",
        "told once, where it was paid",
        "组织生活党费!G4 W",
        member_roster="姓名 | 最近交纳党费日期 | 党费交至年月\n张三 | 2026-03-10 | 2026-10",
        life_dues_log="姓名 | 日期 | 事项 | 党费交至年月\n张三 | 2026-03-10 | 交纳党费 | 2026-10",
    ),
]

CASES = [*MEMBERS, *ONE_FILE, *FILES, *ARTICLE_NINE]
