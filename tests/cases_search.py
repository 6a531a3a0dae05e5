"""Cases of the rules about searches and what follows contact (R-SEARCH-…, R-FOLLOW-…)."""

from tests.drawing import BRANCH_CODE
from tests.rule_case import fires, silent

NUMBER = f"{BRANCH_CODE}-2026-001"
LOST = "姓名 | 是否为失联党员\n张三 | 是"
FILE = "姓名\n张三"
CALLED = "姓名 | 联系日期\n张三 | 2025-10-31"


def file(titles: str, values: str) -> str:
    return f"姓名 | {titles}\n张三 | {values}"


def searched(*rows: str, titles: str = "查找日期 | 查找方式 | 结果") -> str:
    return f"姓名 | {titles}\n" + "\n".join(f"张三 | {row}" for row in rows)


HEAD = [
    fires("R-SEARCH-HEAD", "past the deadline", "失联档案!H4 W", lost_file=file("查找时限", "2026-11-23")),
    silent("R-SEARCH-HEAD", "on the deadline", lost_file=file("查找时限", "2026-11-24")),
    silent(
        "R-SEARCH-HEAD",
        "ended before it",
        lost_file=file("查找时限 | 查找结果 | 查找结束日期", "2026-11-01 | 无法取得联系 | 2026-10-30"),
    ),
    fires("R-SEARCH-HEAD", "responsible for himself", "失联档案!G4 W", lost_file=file("责任人", "张三")),
    fires("R-SEARCH-HEAD", "which unit", "失联档案!L4 W", lost_file=file("失去联系情形", "单位改制或破产")),
    silent("R-SEARCH-HEAD", "that unit", lost_file=file("失去联系情形 | 原单位", "单位改制或破产 | 示例厂")),
]

ROWS = [
    fires(
        "R-SEARCH-LOG",
        "over a year before the discovery",
        "查找记录!D4 W",
        lost_file=FILE,
        search_log=searched("2025-05-31 | A | 未联系上"),
    ),
    silent("R-SEARCH-LOG", "a year before", lost_file=FILE, search_log=searched("2025-06-01 | A | 未联系上")),
    fires(
        "R-SEARCH-LOG",
        "after he was found",
        "查找记录!D4 W",
        lost_file=file("查找结果 | 取得联系日期", "取得联系 | 2026-07-01"),
        search_log=searched("2026-07-02 | A | 未联系上"),
    ),
    silent(
        "R-SEARCH-LOG",
        "on the day he was found",
        lost_file=file("查找结果 | 取得联系日期", "取得联系 | 2026-07-01"),
        search_log=searched("2026-07-01 | A | 本人取得联系"),
    ),
    fires(
        "R-SEARCH-METHOD",
        "a department did not reach him",
        "查找记录!H4 E",
        lost_file=FILE,
        search_log=searched("2026-06-02 | C | 未联系上"),
    ),
    silent(
        "R-SEARCH-METHOD", "a department has no lead", lost_file=FILE, search_log=searched("2026-06-02 | C | 无线索")
    ),
    fires(
        "R-SEARCH-METHOD", "a poster", "查找记录!E4 E", lost_file=FILE, search_log=searched("2026-06-02 | G | 未联系上")
    ),
    fires(
        "R-SEARCH-METHOD",
        "a poster nobody approved",
        "查找记录!K4 E",
        policy={"search.allow_public_notice": "是"},
        lost_file=FILE,
        search_log=searched("2026-06-02 | G | 未联系上"),
    ),
    fires(
        "R-SEARCH-METHOD",
        "an approved poster",
        "查找记录!E4 W",
        policy={"search.allow_public_notice": "是"},
        lost_file=FILE,
        search_log=searched("G | 某党委", titles="查找方式 | 批准人"),
    ),
    fires(
        "R-SEARCH-METHOD",
        "his name on the net",
        "查找记录!E4 W",
        lost_file=FILE,
        search_log=searched("D | 在公众号登了寻人启事", titles="查找方式 | 经过"),
    ),
    silent(
        "R-SEARCH-METHOD",
        "a private message on the net",
        lost_file=FILE,
        search_log=searched("D | 加好友后私信问候", titles="查找方式 | 经过"),
    ),
    fires(
        "R-SEARCH-RESULT",
        "an answer of departments, from a relative",
        "查找记录!H4 E",
        lost_file=FILE,
        search_log=searched("2026-06-02 | B | 不予提供"),
    ),
    silent(
        "R-SEARCH-RESULT", "a lead, from a relative", lost_file=FILE, search_log=searched("2026-06-02 | B | 有线索")
    ),
    fires(
        "R-SEARCH-RESULT",
        "reached, still searching",
        "查找记录!H4 W",
        lost_file=FILE,
        search_log=searched("2026-06-02 | A | 本人取得联系"),
    ),
    silent(
        "R-SEARCH-RESULT",
        "reached, found",
        lost_file=file("查找结果 | 取得联系日期", "取得联系 | 2026-06-02"),
        search_log=searched("2026-06-02 | A | 本人取得联系"),
    ),
    fires(
        "R-SEARCH-RESULT",
        "dead, still on the roll",
        "查找记录!H4 W",
        lost_file=FILE,
        search_log=searched("2026-06-02 | B | 确认去世"),
    ),
    silent(
        "R-SEARCH-RESULT",
        "dead and off the roll",
        member_roster="姓名 | 关系归属 | 离开情形 | 离开日期\n张三 | 已离开 | 去世 | 2026-05-01",
        lost_file=file("查找结果 | 查找结束日期", "无法取得联系 | 2026-06-02"),
        search_log=searched("2026-06-02 | B | 确认去世"),
    ),
    fires(
        "R-SEARCH-RESULT",
        "abroad, no row there",
        "查找记录!H4 W",
        lost_file=FILE,
        search_log=searched("2026-06-02 | B | 确认出国（境）"),
    ),
    silent(
        "R-SEARCH-RESULT",
        "abroad, with a row there",
        lost_file=FILE,
        search_log=searched("2026-06-02 | B | 确认出国（境）"),
        abroad="姓名\n张三",
    ),
    fires(
        "R-SEARCH-RESULT",
        "settled elsewhere, no proof",
        "查找记录!H4 W",
        lost_file=FILE,
        search_log=searched("2026-06-02 | F | 确认已在他处落实组织关系"),
        transfer_letter="姓名\n张三",
    ),
    silent(
        "R-SEARCH-RESULT",
        "settled elsewhere, proof to come",
        lost_file=FILE,
        search_log=searched("2026-06-02 | F | 确认已在他处落实组织关系"),
        transfer_letter="姓名 | 落实情况\n张三 | 已落实待补证明",
    ),
]

GIVEN_UP = file("发现失联日期 | 查找结果 | 查找结束日期", "2026-05-01 | 无法取得联系 | 2026-11-01")
THREE = searched("2026-05-02 | A | 未联系上", "2026-05-12 | B | 有线索", "2026-06-01 | C | 无线索")

EFFORT = [
    fires("R-SEARCH-EXHAUST", "no search at all", "失联档案!O4 W", contact_log=CALLED, lost_file=GIVEN_UP),
    silent("R-SEARCH-EXHAUST", "three families, thirty days", contact_log=CALLED, lost_file=GIVEN_UP, search_log=THREE),
    fires(
        "R-SEARCH-EXHAUST",
        "twenty-nine days",
        "失联档案!O4 W",
        contact_log=CALLED,
        lost_file=GIVEN_UP,
        search_log=THREE.replace("2026-06-01", "2026-05-31"),
    ),
    fires(
        "R-SEARCH-EXHAUST",
        "the host was not asked",
        "失联档案!O4 W",
        contact_log=CALLED,
        outflow="姓名 | 外出日期 | 流入地党组织\n张三 | 2025-02-10 | 外地支部",
        lost_file=GIVEN_UP,
        search_log=THREE,
    ),
    fires(
        "R-SEARCH-EXHAUST",
        "the committee decided",
        "失联档案!O4 I",
        contact_log=CALLED,
        lost_file=file(
            "查找结果 | 查找结束日期 | 备注", "无法取得联系 | 2026-11-01 | 示例党委同意结束查找，理由见会议记录"
        ),
    ),
    silent("R-SEARCH-EXHAUST", "still searching", contact_log=CALLED, lost_file=FILE),
]

OPENED = file("发现失联日期", "2025-12-31")

RHYTHM = [
    fires("R-SEARCH-WEEKLY", "B35 the first owed week is over", "失联档案!K4 W", as_of="2026-01-12", lost_file=OPENED),
    silent("R-SEARCH-WEEKLY", "B35 the week of opening is not owed", as_of="2026-01-11", lost_file=OPENED),
    silent(
        "R-SEARCH-WEEKLY",
        "searched in that week",
        as_of="2026-01-12",
        lost_file=OPENED,
        search_log=searched("2026-01-05 | A | 未联系上"),
    ),
    silent(
        "R-SEARCH-WEEKLY",
        "not a key case where only these are searched weekly",
        as_of="2026-01-12",
        policy={"search.key_all": "否"},
        lost_file=file("发现失联日期 | 是否重点", "2025-12-31 | 否"),
    ),
    fires("R-SEARCH-MONTHLY", "nothing in January", "失联档案!I4 W", as_of="2026-02-01", lost_file=OPENED),
    silent("R-SEARCH-MONTHLY", "January is not over", as_of="2026-01-31", lost_file=OPENED),
    silent(
        "R-SEARCH-MONTHLY",
        "reported in January",
        as_of="2026-02-01",
        lost_file=file("发现失联日期 | 上报日期", "2025-12-31 | 2026-01-31"),
    ),
    fires(
        "R-SEARCH-CONTINUE",
        "nothing in the half-year after the end",
        "失联档案!R4 W",
        as_of="2026-07-01",
        contact_log="姓名 | 联系日期\n张三 | 2025-02-01",
        lost_file=file("发现失联日期 | 查找结果 | 查找结束日期", "2025-09-01 | 无法取得联系 | 2025-12-20"),
    ),
    silent(
        "R-SEARCH-CONTINUE",
        "one try in it",
        as_of="2026-07-01",
        contact_log="姓名 | 联系日期\n张三 | 2025-02-01",
        lost_file=file("发现失联日期 | 查找结果 | 查找结束日期", "2025-09-01 | 无法取得联系 | 2025-12-20"),
        search_log=searched("2026-06-30 | A | 未联系上"),
    ),
    fires(
        "R-SEARCH-CONTINUE",
        "a stopped member is searched for too",
        "失联档案!R4 W",
        as_of="2026-07-01",
        member_roster="姓名 | 党籍状态\n张三 | 停止党籍",
        lost_file=file("发现失联日期 | 查找结果 | 查找结束日期", "2025-09-01 | 无法取得联系 | 2025-12-20"),
    ),
    fires(
        "R-SEARCH-QUARTER",
        "nobody was checked in the third quarter",
        "排查记录!L3 W",
        campaign_check="姓名 | 核查日期\n张三 | 2026-06-30",
    ),
    silent("R-SEARCH-QUARTER", "checked on its first day", campaign_check="姓名 | 核查日期\n张三 | 2026-07-01"),
    silent("R-SEARCH-QUARTER", "made up since", campaign_check="姓名 | 核查日期\n张三 | 2026-10-01"),
    silent("R-SEARCH-QUARTER", "the sheet is not kept", member_roster="姓名\n张三"),
    silent(
        "R-SEARCH-QUARTER",
        "not asked for",
        policy={"search.quarter": "否"},
        campaign_check="姓名 | 核查日期\n张三 | 2026-06-30",
    ),
    fires(
        "R-SEARCH-QUARTER",
        "one branch of two",
        "排查记录!O3 W",
        kind="committee",
        campaign_check="来源党组织代码 | 姓名 | 核查日期\n001 | 张三 | 2026-06-30\n002 | 李四 | 2026-07-01",
    ),
]

FOUND = file("发现失联日期 | 查找结果 | 取得联系日期", "2026-06-01 | 取得联系 | 2026-10-30")
ALL_TOLD = file(
    "发现失联日期 | 查找结果 | 取得联系日期 | 失联原因 | 失联期间表现 | 本人态度 | 愿否留党",
    "2026-06-01 | 取得联系 | 2026-10-30 | 客观 | 无不良反映 | 端正 | 愿意",
)
OPEN_CASE = "姓名 | 情形 | 拟处理 | 立案日期\n张三 | D01 | 纳入正常管理 | 2026-11-10"
VISITS = "姓名 | 联系日期\n张三 | 2025-10-31\n张三 | 2026-11-03\n张三 | 2026-11-10"

AFTER = [
    fires(
        "R-SEARCH-AFTERFOUND",
        "nothing asked yet",
        "失联档案!F4 W",
        "失联档案!S4 W",
        "失联档案!T4 W",
        "失联档案!U4 W",
        contact_log=CALLED,
        lost_file=FOUND,
    ),
    fires(
        "R-SEARCH-AFTERFOUND",
        "a disposition is opened",
        "失联档案!S4 E",
        contact_log=CALLED,
        lost_file=ALL_TOLD.replace("无不良反映", ""),
        disposition=OPEN_CASE,
    ),
    silent("R-SEARCH-AFTERFOUND", "all told", contact_log=CALLED, lost_file=ALL_TOLD, disposition=OPEN_CASE),
    silent(
        "R-SEARCH-AFTERFOUND",
        "out of touch for less than six months",
        contact_log="姓名 | 联系日期\n张三 | 2026-05-01",
        lost_file=FOUND,
    ),
    fires(
        "R-FOLLOW-WEEKLY",
        "no visit in the last closed week",
        "失联档案!P4 W",
        contact_log=VISITS,
        lost_file=FOUND,
    ),
    silent(
        "R-FOLLOW-WEEKLY",
        "a visit each week",
        contact_log=VISITS + "\n张三 | 2026-11-22",
        lost_file=FOUND,
    ),
    silent(
        "R-FOLLOW-WEEKLY",
        "the policy asks for none",
        policy={"follow.weeks": "0"},
        contact_log=VISITS,
        lost_file=FOUND,
    ),
    fires(
        "R-FOLLOW-ACTIVITY",
        "neither life nor dues in October",
        "失联档案!P4 I",
        contact_log=CALLED,
        lost_file=FOUND.replace("2026-10-30", "2026-09-30"),
    ),
    silent("R-FOLLOW-ACTIVITY", "the month he was found in", contact_log=CALLED, lost_file=FOUND),
    silent(
        "R-FOLLOW-ACTIVITY",
        "dues in October",
        contact_log=CALLED,
        lost_file=FOUND.replace("2026-10-30", "2026-09-30"),
        life_dues_log="姓名 | 日期 | 事项\n张三 | 2026-10-10 | 交纳党费",
    ),
]

CASES = [*HEAD, *ROWS, *EFFORT, *RHYTHM, *AFTER]
