"""Cases of the rules across sheets (R-X-…) and of R-SEC-TEXT."""

from tests.drawing import BRANCH_CODE, identity, person
from tests.rule_case import fires, silent

FILE = f"{BRANCH_CODE}-2026-001"
OTHER_ZHANG = identity("1985-03-07", 3)

WHO = [
    fires(
        "R-X-PERSON",
        "not on the roster",
        "联系记录!B5 E",
        member_roster="姓名\n张三",
        contact_log="姓名\n张三\n李四",
    ),
    fires(
        "R-X-PERSON",
        "the same name with another number",
        "流出党员!B4 E",
        member_roster="姓名\n张三",
        outflow=f"姓名|公民身份号码\n张三|{OTHER_ZHANG}",
    ),
    fires(
        "R-X-PERSON",
        "on the roster of another branch only",
        "流出党员!E4 E",
        kind="committee",
        member_roster="来源党组织代码|姓名\n037990100001|张三",
        outflow="来源党组织代码|姓名\n037990100002|张三",
    ),
    silent(
        "R-X-PERSON",
        "the roster's own number is broken",
        member_roster="姓名|公民身份号码\n张三|#3.79901198503071e17",
        outflow="姓名\n张三",
    ),
    silent("R-X-PERSON", "a guest", member_roster="姓名\n张三", inflow="姓名\n李四"),
    silent("R-X-PERSON", "a letter brought along", member_roster="姓名\n张三", transfer_letter="姓名|方向\n李四|转入"),
    silent(
        "R-X-PERSON",
        "a broken number is R-FLD-ID18",
        member_roster="姓名\n张三",
        outflow="姓名|公民身份号码\n张三|110105194912310020",
    ),
    fires(
        "R-X-NAME",
        "another name",
        "联系记录!C4 E",
        member_roster="姓名\n张三",
        contact_log=f"姓名|公民身份号码\n张山|{person('张三')}",
    ),
    silent("R-X-NAME", "the same name", member_roster="姓名\n张三", contact_log="姓名\n张三"),
    fires(
        "R-X-FILE",
        "no such file",
        "查找记录!A5 E",
        lost_file=f"姓名|档案编号\n张三|{FILE}",
        search_log=f"姓名|档案编号\n张三|{FILE}\n张三|{BRANCH_CODE}-2026-002",
    ),
    fires(
        "R-X-FILE",
        "another member's file",
        "查找记录!A4 E",
        lost_file=f"姓名|档案编号\n张三|{FILE}",
        search_log=f"姓名|档案编号\n李四|{FILE}",
    ),
    silent(
        "R-X-FILE",
        "his file",
        lost_file=f"姓名|档案编号\n张三|{FILE}",
        search_log=f"姓名|档案编号\n张三|{FILE}",
    ),
    fires(
        "R-X-FOUND",
        "neither day nor way",
        "失联档案!P4 E",
        "失联档案!Q4 E",
        lost_file="姓名|查找结果\n张三|取得联系",
    ),
    fires(
        "R-X-FOUND",
        "a day of contact while still searching",
        "失联档案!O4 E",
        lost_file="姓名|查找结果|取得联系日期\n张三|查找中|2026-07-01",
    ),
    silent(
        "R-X-FOUND",
        "both are there",
        lost_file="姓名|查找结果|取得联系日期|取得联系方式\n张三|取得联系|2026-07-01|电话",
    ),
    fires(
        "R-X-ABROAD",
        "back before leaving",
        "出国境!K4 E",
        abroad="姓名|出境日期|返回日期\n张三|2026-03-10|2026-03-01",
    ),
    silent(
        "R-X-ABROAD",
        "back the same day",
        abroad="姓名|出境日期|返回日期\n张三|2026-03-10|2026-03-10",
    ),
]

FLAGS = [
    fires("R-X-FLOWFLAG", "是 without a row", "党员名册!T4 W", member_roster="姓名|是否为流动党员\n张三|是"),
    fires(
        "R-X-FLOWFLAG",
        "否 after six months away",
        "党员名册!T4 W",
        as_of="2026-08-10",
        member_roster="姓名|是否为流动党员\n张三|否",
        outflow="姓名|外出日期\n张三|2026-02-10",
    ),
    silent(
        "R-X-FLOWFLAG",
        "否 one day before six months",
        as_of="2026-08-09",
        cover={"填报期": "2026Q3"},
        member_roster="姓名|是否为流动党员\n张三|否",
        outflow="姓名|外出日期\n张三|2026-02-10",
    ),
    fires(
        "R-X-FLOWFLAG",
        "是 though back",
        "党员名册!T4 W",
        member_roster="姓名|是否为流动党员\n张三|是",
        outflow="姓名|外出日期|返回日期\n张三|2026-01-10|2026-10-01",
    ),
    fires(
        "R-X-FLOWFLAG",
        "another place",
        "党员名册!U4 W",
        member_roster="姓名|是否为流动党员|外出流向\n张三|是|广东深圳",
        outflow="姓名|外出日期|外出地点\n张三|2026-02-10|江苏省苏州市吴中区",
    ),
    silent(
        "R-X-FLOWFLAG",
        "the place in short",
        member_roster="姓名|是否为流动党员|外出流向\n张三|是|苏州",
        outflow="姓名|外出日期|外出地点\n张三|2026-02-10|江苏省苏州市吴中区",
    ),
    fires(
        "R-X-LOSTFLAG",
        "否 though the clock has run out",
        "党员名册!R4 E",
        member_roster="姓名|是否为失联党员|最近参加组织生活日期\n张三|否|2026-05-24",
    ),
    silent(
        "R-X-LOSTFLAG",
        "否 one day before",
        member_roster="姓名|是否为失联党员|最近参加组织生活日期\n张三|否|2026-05-25",
    ),
    fires(
        "R-X-LOSTFLAG",
        "是 though he answered",
        "党员名册!R4 E",
        member_roster="姓名|是否为失联党员|失去联系日期|最近参加组织生活日期\n张三|是|2026-01-10|2026-01-10",
        contact_log="姓名|联系日期\n张三|2026-10-15",
    ),
    fires(
        "R-X-LOSTFLAG",
        "否 with a date",
        "党员名册!S4 E",
        member_roster="姓名|是否为失联党员|失去联系日期|最近参加组织生活日期\n张三|否|2026-01-10|2026-10-01",
    ),
    fires(
        "R-X-LOSTFLAG",
        "in touch after the date",
        "党员名册!S4 E",
        member_roster="姓名|是否为失联党员|失去联系日期|最近交纳党费日期\n张三|是|2025-12-01|2026-01-10",
    ),
    silent(
        "R-X-LOSTFLAG",
        "as the clock says",
        member_roster="姓名|是否为失联党员|失去联系日期|最近交纳党费日期\n张三|是|2026-01-10|2026-01-10",
    ),
    fires(
        "R-X-LEFT",
        "gone, nobody says how or when",
        "党员名册!AF4 E",
        "党员名册!AG4 E",
        member_roster="姓名|关系归属\n张三|已离开",
    ),
    fires(
        "R-X-LEFT",
        "transferred without a receipt",
        "党员名册!AF4 E",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|已离开|已转出|2026-05-01",
        transfer_letter="姓名|开出日期\n张三|2026-04-01",
    ),
    fires(
        "R-X-LEFT",
        "gone but on the roll",
        "党员名册!AF4 E",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|在册|去世|2026-05-01",
    ),
    fires(
        "R-X-LEFT",
        "gone with open duties",
        "流出党员!AB4 E",
        "失联档案!O4 E",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|已离开|去世|2026-05-01",
        outflow="姓名\n张三",
        lost_file="姓名|查找结果\n张三|查找中",
    ),
    silent(
        "R-X-LEFT",
        "transferred, receipt logged, back from away",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|已离开|已转出|2026-05-01",
        transfer_letter="姓名|开出日期|回执收到日期\n张三|2026-04-01|2026-05-01",
        outflow="姓名|返回日期\n张三|2026-05-01",
    ),
]

COVER = [
    fires("R-X-COVER", "no such quarter", "封面!B10 E", cover={"填报期": "2026Q5"}),
    fires("R-X-COVER", "the day before the quarter", "封面!B11 E", as_of="2026-09-30", cover={"填报期": "2026Q4"}),
    silent("R-X-COVER", "the last day of the quarter", as_of="2026-12-31", cover={"填报期": "2026Q4"}),
    silent("R-X-COVER", "within the month", cover={"填报期": "2026-11"}),
    fires("R-X-COVER", "a committee with a branch's workbook", "封面!B6 E", cover={"党组织层级": "基层党委"}),
    fires("R-X-COVER", "a branch with a committee's workbook", "封面!B6 E", kind="committee"),
    fires("R-X-COVER", "its own superior", "封面!B9 E", cover={"上级党组织代码": BRANCH_CODE}),
    fires(
        "R-X-COVER",
        "files of another branch",
        "封面!B5 E",
        lost_file="姓名|档案编号\n张三|037990100009-2026-001",
    ),
    silent("R-X-COVER", "files of this branch", lost_file=f"姓名|档案编号\n张三|{FILE}"),
    fires(
        "R-X-COVER",
        "another code in the directory",
        "封面!B5 E",
        kind="committee",
        cover={"党组织层级": "基层党委", "党组织名称": "示例党委"},
        organisation_directory="党组织代码|党组织名称|党组织层级\n037990100009|示例党委|基层党委",
    ),
]

TEXT = [
    fires(
        "R-SEC-TEXT",
        "an identity number in the account of a search",
        "查找记录!G4 W",
        search_log=f"姓名|查找方式|对象或部门|经过\n张三|C|派出所|查到号码{OTHER_ZHANG}的户籍",
    ),
    fires("R-SEC-TEXT", "a mobile in a remark", "党员名册!AI4 W", member_roster="姓名|备注\n张三|新号15412345678"),
    fires("R-SEC-TEXT", "religion", "联系记录!H4 W", contact_log="姓名|谈话内容\n张三|谈及宗教"),
    silent("R-SEC-TEXT", "whom one called", search_log="姓名|对象或部门\n张三|本人电话15412345678"),
    silent("R-SEC-TEXT", "a letter number is no phone", search_log="姓名|经过\n张三|去函〔2026〕15412号"),
]

CASES = [*WHO, *FLAGS, *COVER, *TEXT]
