"""Cases of letters, receipts and vouchers (R-XFER-…), of members abroad (R-ABROAD-…) and of tags."""

from tests.rule_case import RuleCase, fires, silent

FULL = "姓名|介绍信编号|开出日期|有效期天数|党员联系电话|备用联系人|备用联系电话|谈话日期|存根状态"
MAN = "15412345678|备用员|15412345679|2026-01-08"
ASKED = "姓名|开出日期|有效期天数|与本人联系结果|与接收单位联系结果|落实情况|后续处理|存根状态\n张三|2026-01-20|90|"
AWAY_WITH_PROOF = "姓名|变化性质|开出日期\n张三|临时|2026-02-08"

LETTERS = [
    fires(
        "R-XFER-LETTER-VALID",
        "to a day after three months",
        "介绍信!G4 W",
        transfer_letter="姓名|开出日期|有效期天数\n张三|2025-11-30|91",
    ),
    silent(
        "R-XFER-LETTER-VALID",
        "the customary ninety days, also in February",
        transfer_letter="姓名|开出日期|有效期天数\n张三|2025-11-30|90\n张三|2026-02-10|90",
    ),
    silent("R-XFER-LETTER-VALID", "no days written", transfer_letter="姓名|开出日期\n张三|2025-11-30"),
    fires("R-XFER-LETTER-VALID", "no days at all", "介绍信!G4 W", transfer_letter="姓名|有效期天数\n张三|0"),
    fires(
        "R-XFER-CLEAR4",
        "nobody to ask but himself",
        "介绍信!L4 E",
        "介绍信!M4 E",
        transfer_letter="姓名|党员联系电话\n张三|15412345678",
    ),
    fires(
        "R-XFER-CLEAR4",
        "his own phone",
        "介绍信!K4 E",
        transfer_letter="姓名|备用联系人|备用联系电话\n张三|备用员|15412345679",
    ),
    silent(
        "R-XFER-CLEAR4",
        "all is clear",
        transfer_letter=f"{FULL}\n张三|1|2026-10-20|90|{MAN}|在途",
    ),
    silent("R-XFER-CLEAR4", "a letter brought along", transfer_letter="姓名|方向\n张三|转入"),
    silent("R-XFER-CLEAR4", "a void letter", transfer_letter="姓名|存根状态\n张三|作废"),
    fires("R-XFER-TALK", "no talk", "介绍信!N4 W", transfer_letter="姓名\n张三"),
    silent("R-XFER-TALK", "a talk before", transfer_letter="姓名|谈话日期\n张三|2026-10-18"),
    fires(
        "R-XFER-STUB",
        "a receipt, and still on its way",
        "介绍信!U4 W",
        transfer_letter="姓名|回执收到日期|存根状态\n张三|2026-11-01|在途",
    ),
    fires("R-XFER-STUB", "no receipt, but so it says", "介绍信!O4 W", transfer_letter="姓名|存根状态\n张三|已回执"),
    fires(
        "R-XFER-STUB",
        "not yet expired",
        "介绍信!U4 W",
        as_of="2026-04-20",
        cover={"填报期": "2026Q2"},
        transfer_letter="姓名|开出日期|有效期天数|存根状态\n张三|2026-01-20|90|过期未回执",
    ),
    silent(
        "R-XFER-STUB",
        "expired since yesterday",
        as_of="2026-04-21",
        cover={"填报期": "2026Q2"},
        transfer_letter="姓名|开出日期|有效期天数|存根状态\n张三|2026-01-20|90|过期未回执",
    ),
    fires(
        "R-XFER-STUB",
        "everybody was asked, the stub still says 在途",
        "介绍信!U4 W",
        transfer_letter=ASKED + "未报到|未收到|未落实|补转|在途",
    ),
    silent(
        "R-XFER-STUB",
        "nobody was asked yet: that is told instead",
        transfer_letter=ASKED + "||||在途",
    ),
    fires(
        "R-XFER-REISSUE",
        "two live letters",
        "介绍信!U4 E",
        transfer_letter="姓名|介绍信编号|开出日期\n张三|1|2026-06-01\n张三|2|2026-10-20",
    ),
    silent(
        "R-XFER-REISSUE",
        "the old one is void",
        transfer_letter="姓名|介绍信编号|开出日期|存根状态\n张三|1|2026-06-01|作废\n张三|2|2026-10-20|在途",
    ),
    silent(
        "R-XFER-REISSUE",
        "a proof for a while and a transfer",
        transfer_letter="姓名|介绍信编号|变化性质|开出日期\n张三|1|临时|2026-06-01\n张三|2|永久|2026-10-20",
    ),
    fires(
        "R-XFER-RECEIVE",
        "expired the day before",
        "介绍信!O4 W",
        transfer_letter="姓名|方向|开出日期|有效期天数|回执收到日期\n张三|转入|2026-01-20|90|2026-04-21",
    ),
    silent(
        "R-XFER-RECEIVE",
        "on its last day",
        transfer_letter="姓名|方向|开出日期|有效期天数|回执收到日期\n张三|转入|2026-01-20|90|2026-04-20",
    ),
    fires(
        "R-XFER-RECEIVE",
        "expired and nobody came",
        "介绍信!O4 W",
        transfer_letter="姓名|方向|开出日期\n张三|转入|2026-01-20",
    ),
    fires(
        "R-XFER-RECEIVE",
        "on the roster for 31 days, no receipt sent",
        "介绍信!O4 W",
        member_roster="姓名|进入方式|进入日期\n张三|转入|2026-10-24",
        transfer_letter="姓名|方向|开出日期\n张三|转入|2026-10-20",
    ),
    silent(
        "R-XFER-RECEIVE",
        "on the roster for 30 days",
        member_roster="姓名|进入方式|进入日期\n张三|转入|2026-10-25",
        transfer_letter="姓名|方向|开出日期\n张三|转入|2026-10-20",
    ),
]

RECEIPTS = [
    fires(
        "R-XFER-RECEIPT",
        "transferred without a letter",
        "党员名册!Q4 W",
        member_roster="姓名|关系归属\n张三|转出未回执",
    ),
    fires(
        "R-XFER-RECEIPT",
        "the receipt has come",
        "党员名册!Q4 W",
        member_roster="姓名|关系归属\n张三|转出未回执",
        transfer_letter="姓名|回执收到日期|回执接收单位\n张三|2026-11-01|外地党委",
    ),
    fires(
        "R-XFER-RECEIPT",
        "a letter is on its way",
        "党员名册!Q4 W",
        member_roster="姓名|关系归属\n张三|在册",
        transfer_letter="姓名\n张三",
    ),
    fires(
        "R-XFER-RECEIPT",
        "a receipt of nobody",
        "介绍信!P4 W",
        member_roster="姓名|关系归属|离开情形|离开日期\n张三|已离开|已转出|2026-11-01",
        transfer_letter="姓名|回执收到日期\n张三|2026-11-01",
    ),
    silent(
        "R-XFER-RECEIPT",
        "a letter, no receipt yet",
        member_roster="姓名|关系归属\n张三|转出未回执",
        transfer_letter="姓名\n张三",
    ),
    silent(
        "R-XFER-RECEIPT",
        "he went and came back",
        member_roster="姓名|关系归属|进入方式|进入日期\n张三|在册|转入|2026-10-01",
        transfer_letter="姓名|开出日期|回执收到日期|回执接收单位\n张三|2024-03-01|2024-04-01|外地党委",
    ),
    silent("R-XFER-RECEIPT", "a proof for a while", transfer_letter="姓名|变化性质\n张三|临时"),
    fires(
        "R-XFER-RECEIPT-OVERDUE",
        "expired since yesterday",
        "介绍信!O4 W",
        as_of="2026-04-21",
        cover={"填报期": "2026Q2"},
        transfer_letter="姓名|开出日期|有效期天数\n张三|2026-01-20|90",
    ),
    silent(
        "R-XFER-RECEIPT-OVERDUE",
        "the last valid day",
        as_of="2026-04-20",
        cover={"填报期": "2026Q2"},
        transfer_letter="姓名|开出日期|有效期天数\n张三|2026-01-20|90",
    ),
    silent(
        "R-XFER-RECEIPT-OVERDUE",
        "ten days of grace",
        as_of="2026-04-30",
        cover={"填报期": "2026Q2"},
        policy={"receipt.grace_days": "10"},
        transfer_letter="姓名|开出日期|有效期天数\n张三|2026-01-20|90",
    ),
    silent(
        "R-XFER-RECEIPT-OVERDUE",
        "before receipts were kept",
        transfer_letter="姓名|开出日期|有效期天数\n张三|2006-12-31|90",
    ),
    fires(
        "R-XFER-RECEIPT-OVERDUE",
        "the first letters with receipts",
        "介绍信!O4 W",
        transfer_letter="姓名|开出日期|有效期天数\n张三|2007-01-01|90",
    ),
    fires(
        "R-XFER-RECEIPT-OVERDUE",
        "not settled, and what now",
        "介绍信!T4 W",
        transfer_letter=ASKED + "未报到|未收到|未落实||过期未回执",
    ),
    fires(
        "R-XFER-RECEIPT-OVERDUE",
        "settled, the proof is missing",
        "介绍信!T4 W",
        transfer_letter=ASKED + "已报到|已接收|已落实待补证明||过期未回执",
    ),
    silent(
        "R-XFER-RECEIPT-OVERDUE",
        "asked, not settled, searched by the branch",
        transfer_letter=ASKED + "未报到|未收到|未落实|仍由本支部查找|过期未回执",
    ),
    fires(
        "R-XFER-VOUCHER",
        "six months with a proof for a while",
        "介绍信!E4 W",
        as_of="2026-08-10",
        cover={"填报期": "2026Q3"},
        outflow="姓名|外出日期\n张三|2026-02-10",
        transfer_letter=AWAY_WITH_PROOF,
    ),
    silent(
        "R-XFER-VOUCHER",
        "six months are still a while where the policy says so",
        as_of="2026-08-10",
        cover={"填报期": "2026Q3"},
        policy={"voucher.six_months_is": "temporary"},
        outflow="姓名|外出日期\n张三|2026-02-10",
        transfer_letter=AWAY_WITH_PROOF,
    ),
    silent(
        "R-XFER-VOUCHER",
        "a day before six months",
        as_of="2026-08-09",
        cover={"填报期": "2026Q3"},
        outflow="姓名|外出日期\n张三|2026-02-10",
        transfer_letter=AWAY_WITH_PROOF,
    ),
    fires(
        "R-XFER-MUSTMOVE",
        "working away, nobody in charge",
        "流出党员!J4 W",
        outflow="姓名|外出日期|外出原因|管理方式\n张三|2026-02-10|务工|未落实",
    ),
    silent(
        "R-XFER-MUSTMOVE",
        "with a certificate",
        outflow="姓名|外出日期|外出原因|管理方式|活动证编号\n张三|2026-02-10|务工|未落实|活证001",
    ),
    silent(
        "R-XFER-MUSTMOVE",
        "managed where he lives",
        outflow="姓名|外出日期|外出原因|管理方式\n张三|2026-02-10|务工|纳入流入地党组织管理",
    ),
    silent(
        "R-XFER-MUSTMOVE",
        "at school",
        outflow="姓名|外出日期|外出原因|管理方式\n张三|2026-02-10|就学|未落实",
    ),
]

ABROAD = [
    fires(
        "R-ABROAD-KEEP",
        "to be away for six months",
        "出国境!G4 W",
        abroad="姓名|出境日期|预计返回日期\n张三|2026-09-01|2027-03-01",
    ),
    silent(
        "R-ABROAD-KEEP",
        "to be away a day less",
        abroad="姓名|出境日期|预计返回日期\n张三|2026-09-01|2027-02-28",
    ),
    silent(
        "R-ABROAD-KEEP",
        "approved",
        abroad="姓名|出境日期|保留组织关系批准日期\n张三|2026-02-10|2026-02-01",
    ),
    fires(
        "R-ABROAD-5Y",
        "five years and a day",
        "出国境!C4 W",
        as_of="2026-01-16",
        cover={"填报期": "2026Q1"},
        abroad="姓名|出境日期\n张三|2021-01-15",
    ),
    silent(
        "R-ABROAD-5Y",
        "five years",
        as_of="2026-01-15",
        cover={"填报期": "2026Q1"},
        abroad="姓名|出境日期\n张三|2021-01-15",
    ),
    silent(
        "R-ABROAD-5Y",
        "a disposition is under way",
        abroad="姓名|出境日期\n张三|2021-01-15",
        disposition="姓名|情形|拟处理\n张三|D06|停止党籍",
    ),
    fires(
        "R-ABROAD-RETURN",
        "back for three months and a day",
        "出国境!L4 W",
        abroad="姓名|出境日期|返回日期\n张三|2025-09-01|2026-08-23",
    ),
    silent(
        "R-ABROAD-RETURN",
        "back for three months",
        abroad="姓名|出境日期|返回日期\n张三|2025-09-01|2026-08-24",
    ),
    silent(
        "R-ABROAD-RETURN",
        "back from a short trip",
        abroad="姓名|出境日期|返回日期\n张三|2026-05-01|2026-05-20",
    ),
    fires(
        "R-ABROAD-PROB",
        "confirmed while away",
        "党员名册!I4 W",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2025-06-01|2026-06-01",
        abroad="姓名|出境日期\n张三|2026-02-10",
    ),
    silent(
        "R-ABROAD-PROB",
        "confirmed after the return",
        member_roster="姓名|加入党组织日期|转为正式党员日期\n张三|2025-06-01|2026-10-01",
        abroad="姓名|出境日期|返回日期\n张三|2026-02-10|2026-10-01",
    ),
    fires("R-ABROAD-SETTLED", "settled, nothing done", "出国境!E4 W", abroad="姓名|事由\n张三|定居"),
    silent(
        "R-ABROAD-SETTLED",
        "a disposition is under way",
        abroad="姓名|事由\n张三|定居",
        disposition="姓名|情形|拟处理\n张三|D05|停止党籍",
    ),
]

TAGS = [
    fires(
        "R-TAG-POCKET",
        "the letter is valid to this day",
        "党员名册!AB4 W",
        as_of="2026-04-20",
        cover={"填报期": "2026Q2"},
        member_roster="姓名|关系归属|标签\n张三|转出未回执|口袋",
        transfer_letter="姓名|开出日期|有效期天数\n张三|2026-01-20|90",
    ),
    silent(
        "R-TAG-POCKET",
        "the letter expired yesterday",
        as_of="2026-04-21",
        cover={"填报期": "2026Q2"},
        member_roster="姓名|关系归属|标签\n张三|转出未回执|口袋",
        transfer_letter="姓名|开出日期|有效期天数\n张三|2026-01-20|90",
    ),
    fires(
        "R-TAG-DETACHED",
        "registered as away",
        "党员名册!AB4 W",
        member_roster="姓名|标签|是否为流动党员\n张三|空挂|是",
        outflow="姓名\n张三",
    ),
    silent("R-TAG-DETACHED", "at home on paper only", member_roster="姓名|标签\n张三|空挂"),
]

CASES: list[RuleCase] = [*LETTERS, *RECEIPTS, *ABROAD, *TAGS]
