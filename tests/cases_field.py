"""Cases of the field rules (R-FLD-…)."""

from tests.drawing import BRANCH_CODE, identity, person
from tests.rule_case import fires, silent

ZHANG = person("张三")
BORN_1985 = identity("1985-03-07", 3)
FULL = "姓名 | 手机号 | 应急联系人 \n 张三 | 15412345678 | 张父"
LEAP = identity("2008-02-29")

REQUIRED = [
    fires(
        "R-FLD-REQUIRED",
        "a blank starred cell",
        "党员名册!B4 E",
        "党员名册!Q4 E",
        member_roster="姓名 | 公民身份号码 | 关系归属 | 手机号 | 应急联系人 \n 张三 | | | 15412345678 | 张父",
    ),
    fires("R-FLD-REQUIRED", "no phone, nobody to call", "党员名册!K4 W", "党员名册!V4 W", member_roster="姓名 \n 张三"),
    fires("R-FLD-REQUIRED", "a blank on the cover", "封面!B10 E", cover={"填报期": None}, member_roster=FULL),
    fires("R-FLD-REQUIRED", "a roster without anybody", "党员名册!A3 W"),
    silent("R-FLD-REQUIRED", "a landline will do", member_roster=FULL.replace("手机号", "固定电话")),
    silent(
        "R-FLD-REQUIRED",
        "who has left needs no phone",
        member_roster="姓名 | 关系归属 | 离开情形 | 离开日期 \n 张三 | 已离开 | 去世 | 2026-03-01",
    ),
]

ENUM = [
    fires("R-FLD-ENUM", "no such word", "党员名册!F4 E", member_roster="姓名 | 学历 \n 张三 | 博士后流动站"),
    fires("R-FLD-ENUM", "one wrong of two tags", "党员名册!AB4 E", member_roster="姓名 | 标签 \n 张三 | 重点;信用"),
    fires("R-FLD-ENUM", "on the cover", "封面!B6 E", cover={"党组织层级": "党小组"}),
    silent("R-FLD-ENUM", "tags of the list", member_roster="姓名 | 标签 \n 张三 | 重点;口袋"),
    silent("R-FLD-ENUM", "a word of the list", member_roster="姓名 | 学历 \n 张三 | 初中及以下"),
]

DATES = [
    fires("R-FLD-DATES", "no such day", "党员名册!H4 E", member_roster="姓名 | 加入党组织日期 \n 张三 | 2015-02-30"),
    fires("R-FLD-DATES", "a number", "党员名册!H4 E", member_roster="姓名 | 加入党组织日期 \n 张三 | #2015"),
    fires("R-FLD-DATES", "the day unknown", "党员名册!H4 W", member_roster="姓名 | 加入党组织日期 \n 张三 | 2015-07"),
    fires("R-FLD-DATES", "tomorrow", "联系记录!A4 E", contact_log="姓名 | 联系日期 \n 张三 | 2026-11-25"),
    fires("R-FLD-DATES", "month 13", "党员名册!Z4 E", member_roster="姓名 | 党费交至年月 \n 张三 | 2026-13"),
    silent("R-FLD-DATES", "today", contact_log="姓名 | 联系日期 \n 张三 | 2026-11-24"),
    silent("R-FLD-DATES", "a plan may lie ahead", outflow="姓名 | 预计返回日期 \n 张三 | 2027-01-31"),
    silent("R-FLD-DATES", "dues paid ahead", member_roster="姓名 | 党费交至年月 \n 张三 | 2026-12"),
]

NUMBERS = [
    fires("R-FLD-NUMBER", "a word", "介绍信!G4 E", transfer_letter="姓名 | 有效期天数 \n 张三 | 三个月"),
    fires("R-FLD-NUMBER", "half a person", "处置台账!M4 E", disposition="姓名 | 应到会人数 \n 张三 | #9.5"),
    fires("R-FLD-NUMBER", "below zero", "介绍信!G4 E", transfer_letter="姓名 | 有效期天数 \n 张三 | #-1"),
    silent("R-FLD-NUMBER", "zero votes against", disposition="姓名 | 反对 \n 张三 | #0"),
    fires("R-FLD-TEXT", "a certificate number as number", "流出党员!R4 W", outflow="姓名 | 活动证编号 \n 张三 | #12"),
    silent("R-FLD-TEXT", "a certificate number as text", outflow="姓名 | 活动证编号 \n 张三 | 0012"),
    fires("R-FLD-YEAR", "two digits", "年审!A4 E", annual_review="姓名 | 年度 \n 张三 | 26"),
    fires("R-FLD-YEAR", "in a list", "流出党员!T4 E", outflow="姓名 | 活动证年审年度 \n 张三 | 2025,26"),
    silent("R-FLD-YEAR", "a list of years", outflow="姓名 | 活动证年审年度 \n 张三 | 2024,2025"),
]

IDENTITY = [
    fires("R-FLD-ID18", "check digit", "党员名册!B4 E", member_roster=f"姓名 | 公民身份号码 \n 张三 | {ZHANG[:17]}Y"),
    fires(
        "R-FLD-ID18",
        "a day that never was",
        "党员名册!B4 E",
        member_roster="姓名|公民身份号码\n张三|320301200013010018",
    ),
    fires(
        "R-FLD-ID18", "no such province", "党员名册!B4 E", member_roster="姓名|公民身份号码\n张三|990101199001010019"
    ),
    fires("R-FLD-ID18", "born 1880", "党员名册!B4 W", member_roster="姓名|公民身份号码\n张三|440524188001010014"),
    fires(
        "R-FLD-ID18",
        "in every sheet it stands in",
        "党员名册!B4 E",
        "流出党员!B4 E",
        outflow="姓名|公民身份号码\n张三|110105194912310020",
    ),
    silent("R-FLD-ID18", "the sample of the standard", member_roster="姓名|公民身份号码\n张三|11010519491231002X"),
    silent("R-FLD-ID18", "a withdrawn county is normal", member_roster="姓名|公民身份号码\n张三|110101199003070011"),
    fires(
        "R-FLD-ID15", "an old number", "党员名册!B4 W", member_roster="姓名 | 公民身份号码 \n 张三 | 110105491231002"
    ),
    silent("R-FLD-ID15", "the new number", member_roster="姓名 | 公民身份号码 \n 张三 | 11010519491231002X"),
    fires("R-FLD-IDTEXT", "a number", "党员名册!B4 E", member_roster="姓名|公民身份号码\n张三|#110105194912310000.0"),
    fires(
        "R-FLD-IDTEXT",
        "lost digits as text",
        "党员名册!B4 E",
        member_roster="姓名|公民身份号码\n张三|110105194912310000",
    ),
    silent("R-FLD-IDTEXT", "text", member_roster="姓名|公民身份号码\n张三|11010519491231002X"),
    fires(
        "R-FLD-IDUNIQ",
        "twice on the roll",
        "党员名册!B4 E",
        "党员名册!B6 E",
        member_roster=f"姓名|公民身份号码\n张三|{ZHANG}\n李四|*\n张叁|{ZHANG}",
    ),
    fires(
        "R-FLD-IDUNIQ",
        "in two branches (双重名册)",
        "党员名册!E4 E",
        "党员名册!E5 E",
        kind="committee",
        member_roster="来源党组织代码|姓名\n037990100001|张三\n037990100002|张三",
    ),
    silent(
        "R-FLD-IDUNIQ",
        "back after having left",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|已离开|已转出|2024-03-01\n张三|在册||",
    ),
]

PERSON = [
    fires(
        "R-FLD-BIRTH",
        "one day off",
        "党员名册!E4 E",
        member_roster=f"姓名|公民身份号码|出生日期\n张三|{BORN_1985}|1985-03-08",
    ),
    fires(
        "R-FLD-BIRTH",
        "the papers differ",
        "党员名册!E4 W",
        member_roster=f"姓名|公民身份号码|出生日期|备注\n张三|{BORN_1985}|1984-03-07|档案年龄不一致",
    ),
    silent("R-FLD-BIRTH", "as on the card", member_roster=f"姓名|公民身份号码|出生日期\n张三|{BORN_1985}|1985-03-07"),
    silent("R-FLD-BIRTH", "the month fits", member_roster=f"姓名|公民身份号码|出生日期\n张三|{BORN_1985}|1985-03"),
    silent(
        "R-FLD-BIRTH",
        "a broken number proves nothing",
        member_roster="姓名|公民身份号码|出生日期\n张三|110105194912310020|1985-03-08",
    ),
    fires(
        "R-FLD-SEX", "an odd digit is 男", "党员名册!C4 E", member_roster=f"姓名|公民身份号码|性别\n张三|{BORN_1985}|女"
    ),
    fires("R-FLD-SEX", "of a guest", "流入党员!C4 E", inflow=f"姓名|公民身份号码|性别\n张三|{BORN_1985}|女"),
    silent("R-FLD-SEX", "as on the card", member_roster=f"姓名|公民身份号码|性别\n张三|{BORN_1985}|男"),
    fires(
        "R-FLD-JOIN18",
        "one day before the birthday of a 29 February",
        "党员名册!H4 E",
        member_roster=f"姓名|公民身份号码|人员类别|加入党组织日期\n张三|{LEAP}|预备党员|2026-02-27",
    ),
    silent(
        "R-FLD-JOIN18",
        "on the birthday",
        member_roster=f"姓名|公民身份号码|人员类别|加入党组织日期\n张三|{LEAP}|预备党员|2026-02-28",
    ),
    fires(
        "R-FLD-JOIN18",
        "long ago it is only a doubt",
        "党员名册!H4 W",
        member_roster=f"姓名|公民身份号码|加入党组织日期|转为正式党员日期\n张三|{identity('1950-06-01')}|1966-05-01|1967-05-01",
    ),
    fires(
        "R-FLD-JOINORDER",
        "before birth",
        "党员名册!H4 E",
        member_roster=f"姓名|公民身份号码|加入党组织日期\n张三|{BORN_1985}|1984-07-01",
    ),
    fires(
        "R-FLD-JOINORDER",
        "转正 before 入党",
        "党员名册!I4 E",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2015-07-01|2015-06-30",
    ),
    fires(
        "R-FLD-JOINORDER",
        "fifteen months without an extension",
        "党员名册!I4 W",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2024-05-01|2025-08-01",
    ),
    fires(
        "R-FLD-JOINORDER",
        "an extension of five months",
        "党员名册!I4 W",
        member_roster="姓名|加入党组织日期|转为正式党员日期|预备期延长至\n张三|2024-05-01|2025-10-01|2025-10-01",
    ),
    silent(
        "R-FLD-JOINORDER",
        "exactly a year",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2024-05-01|2025-05-01",
    ),
    silent(
        "R-FLD-JOINORDER",
        "an extension of half a year",
        member_roster="姓名|加入党组织日期|转为正式党员日期|预备期延长至\n张三|2024-05-01|2025-11-01|2025-11-01",
    ),
    silent(
        "R-FLD-JOINORDER",
        "no probation in 1973",
        member_roster=f"姓名|公民身份号码|加入党组织日期|转为正式党员日期\n张三|{identity('1950-06-01')}|1973-07-01|1973-07-01",
    ),
    fires(
        "R-FLD-JOINORDER",
        "but in 1978",
        "党员名册!I4 W",
        member_roster=f"姓名|公民身份号码|加入党组织日期|转为正式党员日期\n张三|{identity('1950-06-01')}|1978-07-01|1978-07-01",
    ),
    fires(
        "R-FLD-PROBTYPE",
        "正式 without 转正",
        "党员名册!I4 E",
        member_roster="姓名|人员类别|转为正式党员日期\n张三|正式党员|",
    ),
    fires(
        "R-FLD-PROBTYPE",
        "预备 with 转正",
        "党员名册!I4 E",
        member_roster="姓名|人员类别|加入党组织日期|转为正式党员日期\n张三|预备党员|2025-10-01|2026-10-01",
    ),
    fires(
        "R-FLD-PROBTYPE",
        "预备 for two years and a day",
        "党员名册!G4 E",
        member_roster="姓名|人员类别|加入党组织日期\n张三|预备党员|2024-11-23",
    ),
    silent(
        "R-FLD-PROBTYPE",
        "预备 for two years to the day",
        member_roster="姓名|人员类别|加入党组织日期\n张三|预备党员|2024-11-24",
    ),
]

NAMES = [
    fires("R-FLD-NAME", "a digit", "党员名册!A4 E", member_roster="姓名 \n 张三2"),
    fires(
        "R-FLD-NAME",
        "the same name and birthday, two numbers",
        "党员名册!A4 W",
        "党员名册!A5 W",
        member_roster=f"姓名|公民身份号码\n张三|{identity('1985-03-07', 1)}\n张三|{identity('1985-03-07', 3)}",
    ),
    silent(
        "R-FLD-NAME",
        "the same name, another birthday",
        member_roster=f"姓名|公民身份号码\n张三|{identity('1985-03-07')}\n张三|{identity('1985-03-08')}",
    ),
    silent("R-FLD-NAME", "a middle dot", member_roster="姓名 \n 买买提·艾力"),
    fires("R-FLD-PHONE", "too short", "党员名册!K4 E", member_roster="姓名|手机号\n张三|1541234567"),
    fires("R-FLD-PHONE", "a number cell", "党员名册!K4 E", member_roster="姓名|手机号\n张三|#15412345678"),
    fires("R-FLD-PHONE", "a hotline", "党员名册!K4 W", member_roster="姓名|手机号\n张三|400-800-1234"),
    fires(
        "R-FLD-PHONE",
        "four members share a number",
        *(f"党员名册!K{row} W" for row in range(4, 8)),
        member_roster="姓名|手机号\n" + "\n".join(f"{name}|15412345678" for name in ("张三", "李四", "王五", "赵六")),
    ),
    silent(
        "R-FLD-PHONE",
        "three members share a number",
        member_roster="姓名|手机号\n" + "\n".join(f"{name}|154 1234 5678" for name in ("张三", "李四", "王五")),
    ),
    fires(
        "R-FLD-PHONE",
        "the clerk's own number",
        "党员名册!K4 W",
        cover={"联系电话": "15412345678"},
        member_roster="姓名|手机号\n张三|15412345678",
    ),
    silent(
        "R-FLD-PHONE",
        "the clerk's own row",
        cover={"联系电话": "15412345678", "填报人": "张三"},
        member_roster="姓名|手机号\n张三|15412345678",
    ),
    fires("R-FLD-WECHAT", "a nickname", "党员名册!O4 W", member_roster="姓名|微信号\n张三|小张"),
    silent("R-FLD-WECHAT", "a phone number finds him too", member_roster="姓名|微信号\n张三|15412345678"),
    fires("R-FLD-AREA", "no such province", "流出党员!F4 E", outflow="姓名|外出地区代码\n张三|990101"),
    fires("R-FLD-AREA", "a whole province", "流出党员!F4 W", outflow="姓名|外出地区代码\n张三|320000"),
    silent("R-FLD-AREA", "a county", outflow="姓名|外出地区代码\n张三|320506"),
]

CODES = [
    fires("R-FLD-ORG", "eleven digits", "封面!B5 W", cover={"党组织代码": "11100126220"}),
    fires("R-FLD-ORG", "a number cell", "封面!B5 E", cover={"党组织代码": 11100126220}),
    silent("R-FLD-ORG", "twelve digits", cover={"党组织代码": "011100126220"}),
    fires(
        "R-FLD-ORG",
        "rows of a branch nobody knows",
        "党员名册!A5 E",
        kind="committee",
        member_roster=f"来源党组织代码|姓名\n{BRANCH_CODE}|张三\n037990100009|李四",
        organisation_directory="党组织代码\n*",
    ),
    fires(
        "R-FLD-ORG",
        "two branches above each other",
        "党组织名录!C5 E",
        "党组织名录!C6 E",
        kind="committee",
        cover={"党组织代码": BRANCH_CODE},
        organisation_directory="党组织代码|上级党组织代码\n"
        f"{BRANCH_CODE}|\n037990100002|037990100003\n037990100003|037990100002",
    ),
    fires(
        "R-FLD-ORG",
        "a second top and an unknown superior",
        "党组织名录!C5 E",
        "党组织名录!C6 E",
        kind="committee",
        organisation_directory=f"党组织代码|上级党组织代码\n{BRANCH_CODE}|\n037990100002|\n037990100003|037990100009",
    ),
    silent(
        "R-FLD-ORG",
        "a tree",
        kind="committee",
        organisation_directory="党组织代码|上级党组织代码\n"
        f"{BRANCH_CODE}|037990199999\n037990100002|{BRANCH_CODE}\n037990100003|037990100002",
    ),
    fires(
        "R-FLD-CERTNO",
        "one certificate, two members",
        "流出党员!R4 E",
        "流出党员!R5 E",
        outflow="姓名|活动证编号\n张三|0012\n李四|0012",
    ),
    silent(
        "R-FLD-CERTNO",
        "the same member goes twice",
        outflow="姓名|外出日期|返回日期|活动证编号\n张三|2025-01-10|2025-05-10|0012\n张三|2026-01-10||0012",
    ),
    fires(
        "R-FLD-LETTERNO",
        "two letters, one number",
        "介绍信!A4 E",
        "介绍信!A5 E",
        transfer_letter="介绍信编号|姓名\n2026-1|张三\n2026-1|李四",
    ),
    silent(
        "R-FLD-LETTERNO",
        "received letters have their issuer's numbers",
        transfer_letter="介绍信编号|方向|姓名|转出单位\n2026-1|转入|张三|甲党委\n2026-1|转入|李四|乙党委\n2026-1|转出|王五|",
    ),
    fires(
        "R-FLD-FILENO",
        "two files, one number",
        "失联档案!A4 E",
        "失联档案!A5 E",
        lost_file=f"档案编号|姓名\n{BRANCH_CODE}-2026-001|张三\n{BRANCH_CODE}-2026-001|李四",
    ),
    fires("R-FLD-FILENO", "no code in it", "失联档案!A4 W", lost_file="档案编号|姓名\n2026-001|张三"),
    silent("R-FLD-FILENO", "code, year, number", lost_file=f"档案编号|姓名\n{BRANCH_CODE}-2026-001|张三"),
]

CROSS = [
    fires(
        "R-FLD-CROSS",
        "home before he left",
        "流出党员!AB4 E",
        outflow="姓名|外出日期|返回日期\n张三|2026-03-10|2026-03-09",
    ),
    silent("R-FLD-CROSS", "home the same day", outflow="姓名|外出日期|返回日期\n张三|2026-03-10|2026-03-10"),
    silent("R-FLD-CROSS", "in the same month", outflow="姓名|外出日期|返回日期\n张三|2026-03-10|2026-03"),
    fires(
        "R-FLD-CROSS",
        "reviewed before it was issued",
        "流出党员!T4 E",
        outflow="姓名|发证日期|活动证年审年度\n张三|2026-02-01|2025,2026",
    ),
    silent("R-FLD-CROSS", "reviewed in its year", outflow="姓名|发证日期|活动证年审年度\n张三|2025-02-01|2025,2026"),
    fires(
        "R-FLD-CROSS",
        "a receipt before the letter",
        "介绍信!O4 E",
        transfer_letter="姓名|开出日期|回执收到日期\n张三|2026-03-10|2026-03-01",
    ),
    fires(
        "R-FLD-CROSS",
        "six months end on 28 February",
        "处置台账!AB4 E",
        disposition="姓名|拟处理|审批日期|限期改正月数|限期改正止\n张三|限期改正|2026-08-31|#6|2027-03-01",
    ),
    silent(
        "R-FLD-CROSS",
        "as the months run",
        disposition="姓名|拟处理|审批日期|限期改正月数|限期改正止\n张三|限期改正|2026-08-31|#6|2027-02-28",
    ),
]

CASES = [*REQUIRED, *ENUM, *DATES, *NUMBERS, *IDENTITY, *PERSON, *NAMES, *CODES, *CROSS]
