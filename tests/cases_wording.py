"""Cases of the rarer wordings of rules, so that each is told once and read by ``test_wordings.py``."""

from tests.drawing import BRANCH_CODE, identity, person
from tests.rule_case import fires, silent

ZHANG = person("张三")
UNBORN = identity("2027-01-01")

CASES = [
    fires("R-FLD-ID18", "seventeen characters", "党员名册!B4 E", member_roster=f"姓名|公民身份号码\n张三|{ZHANG[:17]}"),
    fires("R-FLD-ID18", "born next year", "党员名册!B4 E", member_roster=f"姓名|公民身份号码\n张三|{UNBORN}"),
    fires("R-FLD-AREA", "five digits", "流出党员!F4 W", outflow="姓名|外出地区代码\n张三|32050"),
    fires("R-FLD-AREA", "a district that is no more", "流出党员!F4 W", outflow="姓名|外出地区代码\n张三|320503"),
    fires("R-FLD-AREA", "a district that never was", "流出党员!F4 W", outflow="姓名|外出地区代码\n张三|320599"),
    fires("R-FLD-NAME", "brackets", "党员名册!A4 E", member_roster="姓名\n张三（借调）"),
    fires("R-FLD-NAME", "a single character", "党员名册!A4 E", member_roster="姓名\n张"),
    fires("R-FLD-ORG", "no credit code", "封面!B5 W", cover={"党组织代码": "91350100M000100Y44"}),
    silent("R-FLD-ORG", "a credit code", cover={"党组织代码": "91350100M000100Y43"}),
    fires(
        "R-FLD-ORG",
        "one code, two lines",
        "党组织名录!A5 E",
        "党组织名录!A6 E",
        kind="committee",
        organisation_directory="党组织代码|上级党组织代码\n"
        f"{BRANCH_CODE}|\n037990100002|{BRANCH_CODE}\n037990100002|{BRANCH_CODE}",
    ),
    fires(
        "R-X-FLOWFLAG",
        "a place and no absence",
        "党员名册!U4 W",
        member_roster="姓名|是否为流动党员|外出流向\n张三|否|江苏省苏州市",
    ),
    fires(
        "R-X-LOSTFLAG",
        "否, and a search going on since nobody knows when",
        "党员名册!R4 E",
        member_roster="姓名|是否为失联党员|入党日期\n张三|否|2015-07-01",
        lost_file="姓名|发现失联日期|查找结果|查找结束日期\n张三|2026-01-10|无法取得联系|2026-09-30",
    ),
    fires("R-FLD-PHONE", "a landline without its area", "党员名册!L4 W", member_roster="姓名|固定电话\n张三|83591234"),
    fires("R-FLD-ENUM", "nearly a word of the list", "党员名册!F4 E", member_roster="姓名|学历\n张三|大学本课"),
]
