"""Cases of the rules about the five checks and about members away and from elsewhere (R-CHECK5, R-FLOAT-…)."""

from tests.drawing import identity
from tests.rule_case import fires, silent

AWAY = "姓名 | 外出日期\n张三 | 2025-02-10"


def out(titles: str, values: str) -> str:
    return f"姓名 | 外出日期 | {titles}\n张三 | 2025-02-10 | {values}"


def come(titles: str, values: str) -> str:
    return f"姓名 | {titles}\n张三 | {values}"


def checked(titles: str, *rows: str) -> str:
    return f"姓名 | {titles}\n" + "\n".join(f"张三 | {row}" for row in rows)


FIVE = [
    fires(
        "R-CHECK5",
        "two of five left out",
        "排查记录!D4 W",
        "排查记录!G4 W",
        campaign_check=checked("档案核查 | 现实表现核查", "未查 | 未查"),
    ),
    silent("R-CHECK5", "all five, one with a problem", campaign_check=checked("档案核查", "有问题")),
    silent(
        "R-CHECK5",
        "checked in a later campaign",
        campaign_check=checked("档案核查 | 核查日期", "无问题 | 2026-10-10", "未查 | 2025-10-10"),
    ),
    fires(
        "R-CHECK5",
        "checked in an earlier campaign only",
        "排查记录!D4 W",
        campaign_check=checked("档案核查 | 核查日期", "未查 | 2026-10-10", "无问题 | 2025-10-10"),
    ),
    silent(
        "R-CHECK5",
        "has left",
        member_roster="姓名 | 关系归属 | 离开情形 | 离开日期\n张三 | 已离开 | 去世 | 2026-10-20",
        campaign_check=checked("档案核查", "未查"),
    ),
    fires("R-LOST-4CASES", "which papers", "排查记录!J4 W", campaign_check=checked("档案核查", "有问题")),
    silent("R-LOST-4CASES", "these", campaign_check=checked("档案核查 | 缺少材料", "有问题 | 入党志愿书")),
    fires(
        "R-LOST-4CASES",
        "papers missing, nothing wrong",
        "排查记录!J4 W",
        campaign_check=checked("档案核查 | 缺少材料", "无问题 | 入党志愿书"),
    ),
    fires("R-LOST-4CASES", "what was wrong", "排查记录!M4 W", campaign_check=checked("现实表现核查", "有问题")),
    silent(
        "R-LOST-4CASES", "the conclusion says it", campaign_check=checked("现实表现核查 | 排查结论", "有问题 | 失联")
    ),
    silent(
        "R-LOST-4CASES", "the remark says it", campaign_check=checked("现实表现核查 | 备注", "有问题 | 半年未交党费")
    ),
]

AWAY_FIELDS = [
    fires(
        "R-FLOAT-FIELDS",
        "somewhere in a province",
        "流出党员!E4 W",
        outflow=out("外出地点 | 去向单位", "广东 | 示例厂"),
    ),
    silent("R-FLOAT-FIELDS", "a county", outflow=out("外出地点 | 去向单位", "广东省东莞市 | 示例厂")),
    fires("R-FLOAT-FIELDS", "no unit", "流出党员!H4 I", outflow=AWAY),
    fires(
        "R-FLOAT-FIELDS",
        "a landline at home only",
        "流出党员!L4 W",
        member_roster="姓名 | 固定电话\n张三 | 0516-83591234",
        outflow=out("去向单位", "示例厂"),
    ),
    silent(
        "R-FLOAT-FIELDS",
        "and a phone where he is",
        member_roster="姓名 | 固定电话\n张三 | 0516-83591234",
        outflow=out("去向单位 | 外出联系电话", "示例厂 | 15412345678"),
    ),
    fires(
        "R-FLOAT-FIELDS",
        "managed by whom",
        "流出党员!V4 W",
        outflow=out("去向单位 | 管理方式", "示例厂 | 纳入流入地党组织管理"),
    ),
    silent(
        "R-FLOAT-FIELDS",
        "managed by them",
        outflow=out("去向单位 | 管理方式 | 流入地党组织", "示例厂 | 纳入流入地党组织管理 | 外地支部"),
    ),
    silent("R-FLOAT-FIELDS", "back again", outflow=out("外出地点 | 返回日期", "广东 | 2026-08-01")),
    fires("R-FLOAT-FIELDS", "whom to ask at home", "流入党员!G4 W", inflow=come("原支部联系人", "")),
    silent("R-FLOAT-FIELDS", "this number", inflow=come("原支部联系电话", "15412345678")),
]

BRIEFED = "外出报告日期 | 行前教育日期"

LEAVING = [
    fires("R-FLOAT-PREDEP", "no briefing", "流出党员!Q4 I", outflow=out(BRIEFED, "2025-02-01 | ")),
    fires("R-FLOAT-PREDEP", "briefed when gone", "流出党员!Q4 W", outflow=out(BRIEFED, "2025-02-01 | 2025-02-11")),
    silent("R-FLOAT-PREDEP", "briefed on the day", outflow=out(BRIEFED, "2025-02-01 | 2025-02-10")),
    fires(
        "R-FLOAT-PREDEP",
        "in touch, never reported",
        "流出党员!D4 I",
        outflow=out(BRIEFED, " | 2025-02-10"),
        contact_log="姓名\n张三",
    ),
    silent("R-FLOAT-PREDEP", "out of control is told as such", outflow=out(BRIEFED, " | 2025-02-10")),
    fires(
        "R-FLOAT-PREDEP",
        "no commitment where it is asked for",
        "流出党员!U4 W",
        policy={"float.commitment_required": "是"},
        outflow=out(BRIEFED, "2025-02-01 | 2025-02-10"),
    ),
    fires("R-FLOAT-CERT", "issued when", "流出党员!S4 W", outflow=out("活动证编号", "证0012")),
    fires("R-FLOAT-CERT", "which number", "流出党员!R4 W", outflow=out("发证日期", "2025-02-01")),
    silent("R-FLOAT-CERT", "number and day", outflow=out("活动证编号 | 发证日期", "证0012 | 2025-02-01")),
    silent("R-FLOAT-CERT", "no card", outflow=AWAY),
    fires(
        "R-FLOAT-CERT",
        "two cards",
        "流出党员!R5 E",
        outflow=out("活动证编号 | 发证日期", "证0012 | 2025-02-01") + "\n张三 | 2025-05-10 | 证0013 | 2025-05-01",
    ),
    silent(
        "R-FLOAT-CERT",
        "the same card again",
        outflow=out("活动证编号 | 发证日期", "证0012 | 2025-02-01") + "\n张三 | 2025-05-10 | 证0012 | 2025-02-01",
    ),
]

CARD = "活动证编号 | 发证日期 | 活动证年审年度"

KEPT_UP = [
    silent("R-FLOAT-CERT-ANNUAL", "the year of issue", as_of="2026-01-01", outflow=out(CARD, "证12 | 2025-02-01 | ")),
    silent(
        "R-FLOAT-CERT-ANNUAL", "the year is not over", as_of="2026-12-31", outflow=out(CARD, "证12 | 2025-02-01 | ")
    ),
    fires(
        "R-FLOAT-CERT-ANNUAL",
        "the year after is over",
        "流出党员!T4 W",
        as_of="2027-01-01",
        outflow=out(CARD, "证12 | 2025-02-01 | "),
    ),
    silent("R-FLOAT-CERT-ANNUAL", "reviewed", as_of="2027-01-01", outflow=out(CARD, "证12 | 2025-02-01 | 2026")),
    fires(
        "R-FLOAT-CERT-RETURN",
        "thirty-one days",
        "流出党员!AC4 W",
        as_of="2026-09-01",
        outflow=out("返回日期", "2026-08-01"),
    ),
    silent("R-FLOAT-CERT-RETURN", "thirty days", as_of="2026-08-31", outflow=out("返回日期", "2026-08-01")),
    silent(
        "R-FLOAT-CERT-RETURN",
        "looked at",
        as_of="2026-09-01",
        outflow=out("返回日期 | 返回查验日期", "2026-08-01 | 2026-08-05"),
    ),
    fires(
        "R-FLOAT-ANNUAL-CHECK",
        "left out last year and since",
        "排查记录!A3 W",
        outflow="姓名 | 外出日期\n张三 | 2024-02-10",
        campaign_check="姓名 | 核查日期\n李四 | 2025-12-31",
    ),
    silent(
        "R-FLOAT-ANNUAL-CHECK",
        "checked on the last day of the year",
        outflow="姓名 | 外出日期\n张三 | 2024-02-10",
        campaign_check="姓名 | 核查日期\n张三 | 2025-12-31",
    ),
    silent(
        "R-FLOAT-ANNUAL-CHECK",
        "made up since",
        outflow="姓名 | 外出日期\n张三 | 2024-02-10",
        campaign_check="姓名 | 核查日期\n李四 | 2025-12-31\n张三 | 2026-03-01",
    ),
    silent(
        "R-FLOAT-ANNUAL-CHECK",
        "left during that year",
        outflow=AWAY,
        campaign_check="姓名 | 核查日期\n李四 | 2025-12-31",
    ),
    silent(
        "R-FLOAT-ANNUAL-CHECK",
        "the sheet was not kept then",
        outflow="姓名 | 外出日期\n张三 | 2024-02-10",
        campaign_check="姓名 | 核查日期\n李四 | 2026-10-10",
    ),
]

HOST = [
    fires(
        "R-FLOAT-HOST-ENTRY",
        "thirty-one days",
        "流入党员!P4 W",
        as_of="2026-03-13",
        inflow=come("流入日期", "2026-02-10"),
    ),
    silent("R-FLOAT-HOST-ENTRY", "thirty days", as_of="2026-03-12", inflow=come("流入日期", "2026-02-10")),
    silent("R-FLOAT-HOST-ENTRY", "gone again", inflow=come("离开日期", "2026-11-01")),
    silent("R-FLOAT-HOST-ENTRY", "enrolled", inflow=come("编入支部日期", "2026-06-01")),
    fires(
        "R-FLOAT-HOST-ENTRY",
        "nobody looked at the card",
        "流入党员!O4 W",
        inflow=come("活动证编号 | 编入支部日期", "证12 | 2026-03-01"),
    ),
    fires(
        "R-FLOAT-HOST-ENTRY",
        "looked at afterwards",
        "流入党员!O4 W",
        inflow=come("活动证编号 | 活动证查验日期 | 编入支部日期", "证12 | 2026-03-02 | 2026-03-01"),
    ),
    silent(
        "R-FLOAT-HOST-ENTRY",
        "looked at on the day",
        inflow=come("活动证编号 | 活动证查验日期 | 编入支部日期", "证12 | 2026-03-01 | 2026-03-01"),
    ),
    fires(
        "R-FLOAT-PROB-FEEDBACK",
        "a year after arriving",
        "流入党员!T4 W",
        as_of="2027-02-10",
        inflow=come("人员类别 | 流入日期", "预备党员 | 2026-02-10"),
    ),
    silent(
        "R-FLOAT-PROB-FEEDBACK",
        "a day before",
        as_of="2027-02-09",
        inflow=come("人员类别 | 流入日期", "预备党员 | 2026-02-10"),
    ),
    silent(
        "R-FLOAT-PROB-FEEDBACK",
        "given",
        as_of="2027-02-10",
        inflow=come("人员类别 | 流入日期 | 预备期满意见日期", "预备党员 | 2026-02-10 | 2026-12-01"),
    ),
    silent("R-FLOAT-PROB-FEEDBACK", "a full member", as_of="2027-02-10", inflow=come("流入日期", "2026-02-10")),
    fires(
        "R-FLOAT-PROB-FEEDBACK",
        "by the home branch's roster",
        "流入党员!W4 W",
        kind="committee",
        as_of="2026-07-02",
        member_roster="来源党组织代码 | 姓名 | 人员类别 | 加入党组织日期\n001 | 张三 | 预备党员 | 2025-07-01",
        inflow="来源党组织代码 | 姓名 | 人员类别\n002 | 张三 | 预备党员",
    ),
    silent(
        "R-FLOAT-PROB-FEEDBACK",
        "on the last day of the year",
        kind="committee",
        as_of="2026-07-01",
        member_roster="来源党组织代码 | 姓名 | 人员类别 | 加入党组织日期\n001 | 张三 | 预备党员 | 2025-07-01",
        inflow="来源党组织代码 | 姓名 | 人员类别\n002 | 张三 | 预备党员",
    ),
    fires(
        "R-FLOAT-WHOCHECKS",
        "on the roll as well",
        "流入党员!B4 E",
        member_roster="姓名\n张三",
        inflow="姓名\n张三",
    ),
    silent(
        "R-FLOAT-WHOCHECKS",
        "somebody of the same name",
        member_roster="姓名\n张三",
        inflow=f"姓名 | 公民身份号码\n张三 | {identity('1985-03-07', 3)}",
    ),
    silent(
        "R-FLOAT-WHOCHECKS",
        "has joined this branch",
        member_roster="姓名\n张三",
        inflow=come("离开日期", "2026-11-01"),
    ),
    silent(
        "R-FLOAT-WHOCHECKS",
        "on the roll of another branch",
        kind="committee",
        member_roster="来源党组织代码 | 姓名\n001 | 张三",
        inflow="来源党组织代码 | 姓名\n002 | 张三",
    ),
]

CASES = [*FIVE, *AWAY_FIELDS, *LEAVING, *KEPT_UP, *HOST]
