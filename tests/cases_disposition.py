"""Cases of the disposition rules: decision table, steps, votes, notice, terms, roster."""

from tests.drawing import BRANCH_CODE
from tests.rule_case import RuleCase, fires, silent

FILE = f"{BRANCH_CODE}-2026-001"
LOST = "姓名|是否为失联党员|失去联系日期|最近参加组织生活日期|党籍状态\n张三|是|2025-12-01|2025-12-01|正常"
NOT_FOUND = "姓名|查找结果|查找结束日期\n张三|无法取得联系|2026-09-30"
FOUND = (
    "姓名|查找结果|取得联系日期|取得联系方式|失联原因|本人态度|愿否留党|失联期间表现\n张三|取得联系|2026-09-01|电话|"
)
WILLING = FOUND + "客观|端正|愿意|未发现违纪违法"
X2 = """姓名|情形|拟处理|事前备案日期|调查核实日期|谈话申辩日期|支委会日期|党委预审日期|县级预审日期|支部大会日期\
|应到会人数|实到会人数|赞成|反对|弃权|审批机关|审批日期|审批文号|送达日期|送达情况
张三|D12|自行脱党除名|2026-10-05|2026-10-08|2026-10-10|2026-10-12|2026-10-15|{county}|2026-10-22|9|9|{yes}|2|1|\
{who}|2026-11-02|组发31号|2026-11-05|已签
"""
UNWILLING = FOUND + "主观|端正|不愿意|未发现"


def x2(county: str = "2026-10-18", yes: str = "6", who: str = "示例区委组织部") -> str:
    """A complete 除名, or one with a fault."""
    return X2.format(county=county, yes=yes, who=who)


CHOICE = [
    fires(
        "R-X-OUTCOME",
        "D14 under the present policy is no 除名",
        "处置台账!D4 E",
        lost_file=NOT_FOUND,
        disposition="姓名|情形|拟处理\n张三|D14|自行脱党除名",
    ),
    fires(
        "R-X-OUTCOME",
        "D14 in 2017 is no 停止党籍",
        "处置台账!D4 E",
        disposition="姓名|情形|拟处理|立案日期\n张三|D14|停止党籍|2017-03-01",
    ),
    silent(
        "R-X-OUTCOME",
        "D14 in 2017 is 自行脱党除名",
        disposition="姓名|情形|拟处理|立案日期\n张三|D14|自行脱党除名|2017-03-01",
    ),
    silent("R-X-OUTCOME", "D14 today is 停止党籍", disposition="姓名|情形|拟处理\n张三|D14|停止党籍"),
    fires("R-X-OUTCOME", "another outcome", "处置台账!D4 E", disposition="姓名|情形|拟处理\n张三|D01|劝其退党"),
    silent("R-X-OUTCOME", "the outcome of the table", disposition="姓名|情形|拟处理\n张三|D01|纳入正常管理"),
    fires(
        "R-X-OUTCOME",
        "a full member in a situation of probationers",
        "处置台账!C4 E",
        disposition="姓名|情形|拟处理\n张三|D18|取消预备党员资格",
    ),
    fires(
        "R-X-OUTCOME",
        "a probationer in a situation of full members",
        "处置台账!C4 E",
        member_roster="姓名|人员类别\n张三|预备党员",
        disposition="姓名|情形|拟处理\n张三|D14|取消预备党员资格",
    ),
    silent(
        "R-X-OUTCOME",
        "he was a probationer then",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2024-03-01|2025-09-01",
        disposition="姓名|情形|拟处理|立案日期\n张三|D17|延长预备期|2025-02-20",
    ),
    fires(
        "R-DISP-PROB-NA",
        "停止党籍 of a probationer",
        "处置台账!D4 E",
        member_roster="姓名|人员类别\n张三|预备党员",
        disposition="姓名|情形|拟处理\n张三|D18|停止党籍",
    ),
    fires(
        "R-DISP-PROB-NA",
        "a doubt where the policy leaves it open",
        "处置台账!D4 W",
        policy={"prob.strict": "否"},
        member_roster="姓名|人员类别\n张三|预备党员",
        disposition="姓名|情形|拟处理\n张三|D07|限期改正",
    ),
    silent(
        "R-X-OUTCOME",
        "what R-DISP-PROB-NA says is said once",
        member_roster="姓名|人员类别\n张三|预备党员",
        disposition="姓名|情形|拟处理\n张三|D18|停止党籍",
    ),
    silent(
        "R-DISP-PROB-NA",
        "取消预备党员资格",
        member_roster="姓名|人员类别\n张三|预备党员",
        disposition="姓名|情形|拟处理\n张三|D18|取消预备党员资格",
    ),
    silent(
        "R-DISP-PROB-NA",
        "a removal from an earlier membership",
        member_roster="姓名|人员类别|入党日期\n张三|预备党员|2026-07-01",
        disposition="姓名|情形|拟处理|立案日期\n张三|D13|自行脱党除名|2026-06-30",
    ),
    fires(
        "R-DISP-PROB-NA",
        "opened on the day he joined",
        "处置台账!D4 E",
        member_roster="姓名|人员类别|入党日期\n张三|预备党员|2026-07-01",
        disposition="姓名|情形|拟处理|立案日期\n张三|D13|自行脱党除名|2026-07-01",
    ),
    fires(
        "R-DISP-PROFILE",
        "the last day of the 2019 rules",
        "处置台账!E4 I",
        disposition="姓名|立案日期\n张三|2024-06-15",
    ),
    silent("R-DISP-PROFILE", "the first day of the present rules", disposition="姓名|立案日期\n张三|2024-06-16"),
]

INPUTS = [
    fires(
        "R-DISP-INPUTS",
        "not found, says the situation; found, says the file",
        "处置台账!C4 W",
        member_roster=LOST,
        lost_file=WILLING,
        disposition="姓名|情形|拟处理\n张三|D14|停止党籍",
    ),
    fires(
        "R-DISP-INPUTS",
        "still searching",
        "处置台账!C4 W",
        member_roster=LOST,
        lost_file="姓名|查找结果\n张三|查找中",
        disposition="姓名|情形|拟处理\n张三|D14|停止党籍",
    ),
    silent(
        "R-DISP-INPUTS",
        "not found after six months",
        member_roster=LOST,
        lost_file=NOT_FOUND,
        disposition="姓名|情形|拟处理\n张三|D14|停止党籍",
    ),
    silent(
        "R-DISP-INPUTS",
        "stopped since: what held the day before counts",
        member_roster=LOST.replace("|正常", "|停止党籍"),
        lost_file=NOT_FOUND,
        disposition="姓名|情形|拟处理|审批日期\n张三|D14|停止党籍|2026-11-02",
    ),
    fires(
        "R-DISP-INPUTS",
        "willing to stay, says the file",
        "处置台账!C4 W",
        lost_file=WILLING,
        disposition="姓名|情形|拟处理\n张三|D12|自行脱党除名",
    ),
    silent("R-DISP-INPUTS", "unwilling", lost_file=UNWILLING, disposition="姓名|情形|拟处理\n张三|D12|自行脱党除名"),
    fires(
        "R-DISP-INPUTS",
        "five years abroad to the day",
        "处置台账!C4 W",
        as_of="2026-01-15",
        cover={"填报期": "2026Q1"},
        abroad="姓名|出境日期\n张三|2021-01-15",
        disposition="姓名|情形|拟处理|立案日期\n张三|D06|停止党籍|2026-01-15",
    ),
    silent(
        "R-DISP-INPUTS",
        "five years abroad and a day",
        as_of="2026-01-16",
        cover={"填报期": "2026Q1"},
        abroad="姓名|出境日期\n张三|2021-01-15",
        disposition="姓名|情形|拟处理|立案日期\n张三|D06|停止党籍|2026-01-16",
    ),
    fires(
        "R-DISP-INPUTS",
        "restored without having been stopped",
        "处置台账!C4 W",
        disposition="姓名|情形|拟处理\n张三|D16|恢复党籍",
    ),
    fires(
        "R-DISP-INPUTS",
        "extended without good reason",
        "处置台账!D4 W",
        member_roster="姓名|人员类别\n张三|预备党员",
        lost_file=FOUND + "主观|端正|愿意|未发现",
        disposition="姓名|情形|拟处理\n张三|D17|延长预备期",
    ),
    silent(
        "R-DISP-INPUTS",
        "a bad record without having been lost",
        disposition="姓名|情形|拟处理\n张三|D07|限期改正",
    ),
]

STEPS = [
    fires(
        "R-DISP-STEPS",
        "approved before the branch met",
        "处置台账!S4 E",
        disposition="姓名|情形|拟处理|支部大会日期|审批机关|审批日期|审批文号\n"
        "张三|D14|停止党籍|2026-10-22|示例街道党工委|2026-10-21|党发3号",
    ),
    silent(
        "R-DISP-STEPS",
        "approved the same day",
        disposition="姓名|情形|拟处理|支部大会日期|审批机关|审批日期|审批文号\n"
        "张三|D14|停止党籍|2026-10-22|示例街道党工委|2026-10-22|党发3号",
    ),
    silent("R-DISP-STEPS", "a complete 除名", lost_file=UNWILLING, disposition=x2()),
    fires("R-DISP-STEPS", "no 县级预审", "处置台账!K4 E", lost_file=UNWILLING, disposition=x2(county="")),
    fires(
        "R-DISP-STEPS",
        "除名 with only the committee's approval",
        "处置台账!K4 E",
        disposition=x2(county="", who="示例街道党工委"),
    ),
    fires(
        "R-DISP-STEPS",
        "approved by the committee after 县级预审",
        "处置台账!R4 E",
        disposition=x2(who="示例街道党工委"),
    ),
    fires("R-DISP-STEPS", "approved by the branch", "处置台账!R4 E", disposition=x2(who="示例党支部")),
    fires(
        "R-DISP-STEPS",
        "no 事前备案 is a doubt",
        "处置台账!F4 W",
        disposition=x2().replace("|2026-10-05|2026-10-08", "||2026-10-08"),
    ),
    silent(
        "R-DISP-STEPS",
        "no 事前备案 was asked before 2024",
        disposition=x2().replace("拟处理|事前备案日期", "拟处理|立案日期").replace("|2026-10-05|", "|2024-06-15|"),
    ),
    silent(
        "R-DISP-STEPS",
        "a row under way has only its first steps",
        disposition="姓名|情形|拟处理|事前备案日期|调查核实日期\n张三|D12|自行脱党除名|2026-10-05|2026-10-08",
    ),
    fires(
        "R-DISP-STEPS",
        "限期改正 without a talk",
        "处置台账!H4 E",
        disposition="姓名|情形|拟处理|事前备案日期|调查核实日期|支委会日期\n"
        "张三|D07|限期改正|2026-10-05|2026-10-08|2026-10-12",
    ),
    silent(
        "R-DISP-STEPS",
        "nobody can talk to a member who is not found",
        disposition="姓名|情形|拟处理|立案日期|调查核实日期|支委会日期\n"
        "张三|D14|自行脱党除名|2017-03-01|2017-03-08|2017-03-12",
    ),
    fires(
        "R-DISP-STEPS",
        "approved, by whom and under which number",
        "处置台账!R4 E",
        "处置台账!T4 W",
        disposition="姓名|支委会日期|审批日期\n张三|2026-10-12|2026-10-20",
    ),
    fires(
        "R-DISP-STEPS",
        "in force, not filed with the county",
        "处置台账!W4 W",
        disposition="姓名|情形|拟处理|支部大会日期|审批机关|审批日期|审批文号|生效日期\n"
        "张三|D14|停止党籍|2026-10-20|示例街道党工委|2026-10-22|党发3号|2026-10-22",
    ),
    silent(
        "R-DISP-STEPS",
        "taken over from papers",
        disposition="姓名|情形|拟处理|审批日期|历史补录|备注\n张三|D12|自行脱党除名|2026-10-20|是|依据旧台账",
    ),
    silent(
        "R-DISP-STEPS",
        "decided by the county itself",
        disposition="姓名|情形|拟处理|审批机关|审批日期|审批文号|备注\n"
        "张三|D12|自行脱党除名|示例区委组织部|2026-10-20|组发9号|支部已解散，县级直接处理",
    ),
    fires(
        "R-DISP-COUNTY-DIRECT",
        "without document and day",
        "处置台账!S4 E",
        "处置台账!T4 E",
        disposition="姓名|情形|拟处理|审批机关|备注\n张三|D12|自行脱党除名|示例区委组织部|支部已解散，县级直接处理",
    ),
    fires(
        "R-DISP-COUNTY-DIRECT",
        "in force and not served",
        "处置台账!U4 W",
        disposition="姓名|情形|拟处理|审批机关|审批日期|审批文号|生效日期|备注\n"
        "张三|D12|自行脱党除名|示例区委组织部|2026-10-20|组发9号|2026-10-20|县级直接处理",
    ),
    silent(
        "R-DISP-COUNTY-DIRECT",
        "with document, day and notice",
        disposition="姓名|情形|拟处理|审批机关|审批日期|审批文号|生效日期|送达日期|送达情况|备注\n"
        "张三|D12|自行脱党除名|示例区委组织部|2026-10-20|组发9号|2026-10-20|2026-10-21|已签|县级直接处理",
    ),
]

VOTE = "姓名|情形|拟处理|支部大会日期|应到会人数|实到会人数|赞成|反对|弃权|审批日期\n张三|D14|停止党籍|2026-10-20|"


def votes(rule_numbers: str, approved: str = "2026-10-22") -> str:
    """A meeting with these numbers (应到|实到|赞成|反对|弃权)."""
    return f"{VOTE}{rule_numbers}|{approved}"


VOTES = [
    fires("R-DISP-QUORUM", "five of ten", "处置台账!O4 E", disposition=votes("10|5|5|0|0")),
    silent("R-DISP-QUORUM", "five of nine", disposition=votes("9|9|5|4|0")),
    fires("R-DISP-QUORUM", "four of nine", "处置台账!O4 E", disposition=votes("9|9|4|3|2")),
    fires("R-DISP-QUORUM", "a vote lost, nothing done since", "处置台账!O4 W", disposition=votes("9|9|4|5|0", "")),
    fires("R-DISP-QUORUM", "less than half came", "处置台账!N4 E", disposition=votes("10|4|4|0|0")),
    fires(
        "R-DISP-QUORUM",
        "half came, more than half is asked",
        "处置台账!N4 E",
        policy={"quorum.meeting": "more_than_half"},
        disposition=votes("10|5|5|0|0"),
    ),
    fires("R-DISP-QUORUM", "more votes than people", "处置台账!O4 E", disposition=votes("9|7|6|1|1")),
    fires("R-DISP-QUORUM", "more people than members", "处置台账!N4 E", disposition=votes("9|10|9|0|0")),
    fires("R-DISP-QUORUM", "no numbers, approved", "处置台账!M4 E", disposition=votes("||||")),
    fires("R-DISP-QUORUM", "no votes yet written down", "处置台账!O4 W", disposition=votes("9|9|||", "")),
    fires(
        "R-DISP-NOTICE",
        "served, how",
        "处置台账!V4 W",
        disposition="姓名|送达日期\n张三|2026-10-20",
    ),
    fires("R-DISP-NOTICE", "refused, when", "处置台账!U4 W", disposition="姓名|送达情况\n张三|已签"),
    fires(
        "R-DISP-NOTICE",
        "refused with one witness",
        "处置台账!Y4 W",
        disposition="姓名|送达日期|送达情况|见证人一\n张三|2026-10-20|拒签|王见证",
    ),
    fires(
        "R-DISP-NOTICE",
        "the same witness twice",
        "处置台账!Y4 W",
        disposition="姓名|送达日期|送达情况|见证人一|见证人二\n张三|2026-10-20|联系不上|王见证|王见证",
    ),
    fires(
        "R-DISP-NOTICE",
        "his own witness",
        "处置台账!X4 W",
        disposition="姓名|送达日期|送达情况|见证人一|见证人二\n张三|2026-10-20|拒签|张三|王见证",
    ),
    silent(
        "R-DISP-NOTICE",
        "refused before two witnesses",
        disposition="姓名|送达日期|送达情况|见证人一|见证人二\n张三|2026-10-20|拒签|王见证|李见证",
    ),
    fires("R-DISP-NOTICE", "in force, never served", "处置台账!U4 W", disposition="姓名|生效日期\n张三|2026-10-20"),
    silent(
        "R-DISP-NOTICE",
        "nobody is told of 停止党籍",
        disposition="姓名|情形|拟处理|生效日期\n张三|D14|停止党籍|2026-10-20",
    ),
    fires(
        "R-DISP-APPEAL",
        "before the decision",
        "处置台账!AD4 E",
        disposition="姓名|审批日期|申诉日期\n张三|2026-10-20|2026-10-19",
    ),
    fires("R-DISP-APPEAL", "a result without a day", "处置台账!AD4 W", disposition="姓名|申诉结果\n张三|维持原决定"),
    fires("R-DISP-APPEAL", "against what", "处置台账!AD4 W", disposition="姓名|申诉日期\n张三|2026-10-20"),
    silent(
        "R-DISP-APPEAL",
        "the day of the decision",
        disposition="姓名|审批日期|申诉日期\n张三|2026-10-20|2026-10-20",
    ),
]

CORRECTION = "姓名|情形|拟处理|立案日期|审批日期|限期改正月数|限期改正止|期满结论\n张三|D07|限期改正|"
STOPPED = "姓名|情形|拟处理|立案日期|审批日期\n张三|D14|停止党籍|{opened}|{approved}\n张三|D15|自行脱党除名|{again}|"
AFTER_STOP = "姓名|查找日期|查找方式|结果\n张三|{day}|A|{result}"

TERMS = [
    fires(
        "R-DISP-CORRECT-PERIOD",
        "thirteen months",
        "处置台账!AA4 E",
        disposition=f"{CORRECTION}2026-10-01|2026-10-31|13||",
    ),
    fires(
        "R-DISP-CORRECT-PERIOD",
        "no number, and a day beyond twelve months",
        "处置台账!AB4 E",
        disposition=f"{CORRECTION}2026-10-01|2026-10-31||2027-11-01|",
    ),
    silent(
        "R-DISP-CORRECT-PERIOD",
        "no number, and the last day of twelve months",
        disposition=f"{CORRECTION}2026-10-01|2026-10-31||2027-10-31|",
    ),
    fires(
        "R-DISP-CORRECT-PERIOD",
        "five months",
        "处置台账!AA4 W",
        disposition=f"{CORRECTION}2026-10-01|2026-10-31|5|2027-03-31|",
    ),
    silent(
        "R-DISP-CORRECT-PERIOD",
        "six months, on its last day",
        as_of="2027-02-28",
        cover={"填报期": "2027Q1"},
        contact_log="姓名|联系日期\n"
        + "\n".join(f"张三|{m}-15" for m in ("2026-09", "2026-10", "2026-11", "2026-12"))
        + "\n张三|2027-01-15\n张三|2027-02-15",
        disposition=f"{CORRECTION}2026-08-01|2026-08-31|6||",
    ),
    fires(
        "R-DISP-CORRECT-PERIOD",
        "over since yesterday",
        "处置台账!AC4 W",
        as_of="2027-03-01",
        cover={"填报期": "2027Q1"},
        disposition=f"{CORRECTION}2026-08-01|2026-08-31|6||",
    ),
    fires(
        "R-DISP-CORRECT-PERIOD",
        "twelve months is the rule of 2016, six is too short",
        "处置台账!AA4 W",
        disposition=f"{CORRECTION}2017-01-05|2017-02-01|6|2017-08-01|合格",
    ),
    fires(
        "R-DISP-CORRECT-PERIOD",
        "a month without a contact",
        "处置台账!AB4 I",
        disposition=f"{CORRECTION}2026-09-01|2026-09-10|6|2027-03-10|",
    ),
    fires(
        "R-DISP-STOP-2Y",
        "one day short of two years",
        "处置台账!C5 E",
        disposition=STOPPED.format(opened="2024-07-01", approved="2024-11-01", again="2026-10-31"),
        search_log=AFTER_STOP.format(day="2026-05-01", result="未联系上"),
    ),
    silent(
        "R-DISP-STOP-2Y",
        "two years to the day",
        disposition=STOPPED.format(opened="2024-07-01", approved="2024-11-01", again="2026-11-01"),
        search_log=AFTER_STOP.format(day="2026-05-01", result="未联系上"),
    ),
    silent(
        "R-DISP-STOP-2Y",
        "two years after a leap day",
        as_of="2026-02-28",
        cover={"填报期": "2026Q1"},
        disposition=STOPPED.format(opened="2024-01-01", approved="2024-02-29", again="2026-02-28"),
        search_log=AFTER_STOP.format(day="2025-05-01", result="未联系上"),
    ),
    fires(
        "R-DISP-STOP-2Y",
        "no search since",
        "处置台账!C5 E",
        disposition=STOPPED.format(opened="2024-07-01", approved="2024-11-01", again="2026-11-01"),
        search_log=AFTER_STOP.format(day="2024-10-31", result="未联系上"),
    ),
    fires(
        "R-DISP-STOP-2Y",
        "reached since",
        "处置台账!C5 E",
        disposition=STOPPED.format(opened="2024-07-01", approved="2024-11-01", again="2026-11-01"),
        search_log=AFTER_STOP.format(day="2026-05-01", result="本人取得联系"),
    ),
    fires("R-DISP-STOP-2Y", "never stopped", "处置台账!C4 E", disposition="姓名|情形|拟处理\n张三|D15|自行脱党除名"),
    fires(
        "R-DISP-REJOIN-5Y",
        "joined again a day too early",
        "党员名册!H4 E",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2029-07-30|",
        as_of="2030-01-01",
        cover={"填报期": "2030Q1"},
        disposition="姓名|情形|拟处理|立案日期|审批日期|生效日期\n张三|D12|自行脱党除名|2024-07-01|2024-07-31|2024-07-31",
    ),
    silent(
        "R-DISP-REJOIN-5Y",
        "joined again after five years",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2029-07-31|",
        as_of="2030-01-01",
        cover={"填报期": "2030Q1"},
        disposition="姓名|情形|拟处理|立案日期|审批日期|生效日期\n张三|D12|自行脱党除名|2024-07-01|2024-07-31|2024-07-31",
    ),
    fires(
        "R-DISP-REJOIN-5Y",
        "removed, then restored",
        "处置台账!D5 E",
        disposition="姓名|情形|拟处理|立案日期|审批日期\n张三|D12|自行脱党除名|2026-07-01|2026-07-31\n"
        "张三|D16|恢复党籍|2026-10-01|",
    ),
    fires(
        "R-DISP-PROB-TERM",
        "five months longer",
        "党员名册!AC4 E",
        as_of="2026-02-28",
        cover={"填报期": "2026Q1"},
        member_roster="姓名|加入党组织日期|转为正式党员日期|人员类别|预备期延长至\n张三|2025-02-28||预备党员|2026-07-28",
    ),
    fires(
        "R-DISP-PROB-TERM",
        "thirteen months longer",
        "党员名册!AC4 E",
        member_roster="姓名|加入党组织日期|转为正式党员日期|人员类别|预备期延长至\n张三|2025-02-28||预备党员|2027-03-28",
    ),
    fires(
        "R-DISP-PROB-TERM",
        "extended twice",
        "处置台账!D5 E",
        member_roster="姓名|加入党组织日期|转为正式党员日期|人员类别|预备期延长至\n张三|2025-02-28||预备党员|2027-02-28",
        disposition="姓名|情形|拟处理|立案日期|支部大会日期\n张三|D17|延长预备期|2026-02-01|2026-02-20\n"
        "张三|D17|延长预备期|2026-08-01|2026-08-20",
    ),
    silent(
        "R-DISP-PROB-TERM",
        "six months longer",
        as_of="2026-08-28",
        cover={"填报期": "2026Q3"},
        member_roster="姓名|加入党组织日期|转为正式党员日期|人员类别|预备期延长至\n张三|2025-02-28||预备党员|2026-08-28",
    ),
    fires(
        "R-DISP-PROB-TERM",
        "a year is over and nothing decided",
        "党员名册!G4 W",
        member_roster="姓名|加入党组织日期|转为正式党员日期|人员类别\n张三|2025-11-23||预备党员",
    ),
    silent(
        "R-DISP-PROB-TERM",
        "the last day of the year",
        member_roster="姓名|加入党组织日期|转为正式党员日期|人员类别\n张三|2025-11-24||预备党员",
    ),
]

ROSTER = [
    fires(
        "R-DISP-LEGAL",
        "stopped without a decision",
        "党员名册!P4 E",
        member_roster="姓名|党籍状态\n张三|停止党籍",
    ),
    fires(
        "R-DISP-LEGAL",
        "stopped before the approval",
        "党员名册!P4 E",
        member_roster="姓名|党籍状态\n张三|停止党籍",
        disposition="姓名|情形|拟处理\n张三|D14|停止党籍",
    ),
    silent(
        "R-DISP-LEGAL",
        "stopped with approval",
        member_roster="姓名|党籍状态\n张三|停止党籍",
        disposition="姓名|情形|拟处理|审批日期\n张三|D14|停止党籍|2026-11-01",
    ),
    fires(
        "R-DISP-LEGAL",
        "已出党 without a path",
        "党员名册!AF4 E",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|已离开|已出党|2026-05-01",
    ),
    silent(
        "R-DISP-LEGAL",
        "已出党 taken over from papers",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|已离开|已出党|2026-05-01",
        disposition="姓名|情形|拟处理|立案日期|历史补录|备注\n张三|D14|自行脱党除名|2017-03-01|是|见2017年批复",
    ),
    fires(
        "R-DISP-LEGAL",
        "taken over without a source",
        "处置台账!AF4 W",
        disposition="姓名|情形|拟处理|立案日期|历史补录\n张三|D14|自行脱党除名|2017-03-01|是",
    ),
    fires(
        "R-DISP-LEGAL",
        "approved, the roster says 正常",
        "党员名册!P4 W",
        disposition="姓名|情形|拟处理|审批日期\n张三|D14|停止党籍|2026-11-01",
    ),
    fires(
        "R-DISP-LEGAL",
        "approved, the roster says 在册",
        "党员名册!Q4 W",
        disposition="姓名|情形|拟处理|审批日期\n张三|D12|自行脱党除名|2026-11-01",
    ),
    silent(
        "R-DISP-LEGAL",
        "restored since",
        disposition="姓名|情形|拟处理|立案日期|审批日期\n张三|D14|停止党籍|2026-01-01|2026-02-01\n"
        "张三|D16|恢复党籍|2026-09-01|2026-11-01",
    ),
    fires(
        "R-DISP-DUPLICATE",
        "two open rows",
        "处置台账!A4 E",
        "处置台账!A5 E",
        disposition="姓名|情形|拟处理|立案日期\n张三|D01|纳入正常管理|2026-10-01\n张三|D07|限期改正|2026-10-08",
    ),
    silent(
        "R-DISP-DUPLICATE",
        "the first is approved",
        disposition="姓名|情形|拟处理|立案日期|审批日期\n张三|D07|限期改正|2026-01-01|2026-02-01\n"
        "张三|D08|纳入正常管理|2026-10-08|",
    ),
    silent(
        "R-DISP-DUPLICATE",
        "the first was voted down",
        disposition="姓名|情形|拟处理|立案日期|支部大会日期|应到会人数|实到会人数|赞成\n"
        "张三|D12|自行脱党除名|2026-01-01|2026-02-01|9|9|4\n张三|D07|限期改正|2026-10-08||||",
    ),
]

CASES: list[RuleCase] = [*CHOICE, *INPUTS, *STEPS, *VOTES, *TERMS, *ROSTER]
