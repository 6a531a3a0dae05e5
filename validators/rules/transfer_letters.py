"""R-XFER-LETTER-VALID, CLEAR4, TALK, STUB, REISSUE, RECEIVE: what stands in 介绍信, letter by letter."""

from collections.abc import Iterator
from datetime import date

from validators.case_facts import facts, key_of, roster
from validators.dates import deadline, edate
from validators.happened import happened
from validators.letters import Letter, awaiting, is_written
from validators.member_state import LEFT
from validators.rule import Case, Hit, rule
from validators.rules.transfer_receipts import lacks_enquiry
from validators.table import Row
from validators.words import EntryWay, LetterDirection, StubStatus

T45 = "组通字〔2006〕45号：介绍信存根、回执"


def outgoing(case: Case) -> Iterator[Row]:
    """The letters written out that are not void, since receipts are kept (``receipt.since``)."""
    since = case.policy.day("receipt.since")
    for row in case.book["transfer_letter"]:
        issued_on = happened(row, "issued_on", case.as_of)
        if is_written(row) and issued_on is not None and issued_on >= since:
            yield row


@rule(
    "R-XFER-LETTER-VALID",
    level="W",
    title="介绍信有效期一般不超过三个月",
    registers=("transfer_letter",),
    wordings={
        "": (
            "有效期 {value} 天：{issued} 开出，到 {end} 才截止，超过 {months} 个月（最晚 {cap}）",
            "介绍信有效期一般不超过三个月：请核对存根上写的有效期",
        ),
        "none": ("有效期是 0 天", "请按存根填写有效天数；没有写的清空，按 {days} 天计算"),
    },
    source="组织关系介绍信有效期一般不超过三个月（转引）",
    grade="P",
)
def letter_valid(case: Case) -> Iterator[Hit]:
    """开出 + days after EDATE(开出, 3). The customary default days pass also where three months are shorter."""
    months, usual = case.policy.whole("letter.max_months"), case.policy.whole("letter.default_days")
    for row in case.book["transfer_letter"]:
        issued, days = row.day("issued_on"), row.whole("valid_days")
        if issued is None or days is None or row["stub_status"] == StubStatus.VOID:
            continue
        if days == 0:
            yield Hit("transfer_letter", row, "valid_days", "none", details={"days": usual})
        elif 0 < days < 100_000 and days > usual and (end := deadline(issued, days)) > edate(issued, months):
            details = {"issued": issued, "end": end, "months": months, "cap": edate(issued, months)}
            yield Hit("transfer_letter", row, "valid_days", details=details)


@rule(
    "R-XFER-CLEAR4",
    level="E",
    title="转出“四个清楚”",
    registers=("transfer_letter",),
    wordings={
        "": (
            "转出党员的“{title}”没有填",
            "变化性质、联系方式、去向、备用联系人四项要清楚：请补填“{title}”",
        )
    },
    source="流动党员管理做法：变化性质、联系方式、去向、备用联系人四个清楚",
    grade="S",
)
def clear_four(case: Case) -> Iterator[Hit]:
    """Phone and somebody else to ask, with a phone; 变化性质 and 转往单位 are R-FLD-REQUIRED."""
    for row in outgoing(case):
        for key in ("member_phone", "backup_contact", "backup_phone"):
            if row[key] is None:
                yield Hit("transfer_letter", row, key)


@rule(
    "R-XFER-TALK",
    level="W",
    title="转出前谈话",
    registers=("transfer_letter",),
    wordings={"": ("没有填转出前的谈话日期", "请由书记或支委与本人谈话后补填；谈过的补填日期")},
    source="流动党员管理做法：转出组织关系前由书记或支委谈话",
    grade="S",
)
def talk(case: Case) -> Iterator[Hit]:
    """Every letter written out has a day of the talk."""
    for row in outgoing(case):
        if row["talked_on"] is None:
            yield Hit("transfer_letter", row, "talked_on")


@rule(
    "R-XFER-STUB",
    level="W",
    title="存根状态与回执、有效期一致",
    registers=("transfer_letter",),
    wordings={
        "receipt": (
            "回执 {receipt} 已收到，存根状态却是“{value}”",
            "请把存根状态改为“已回执”；回执日期写错的，清空回执收到日期",
        ),
        "no_receipt": (
            "存根状态是“已回执”，回执收到日期没有填",
            "请补填回执收到日期；没有收到的，改正存根状态",
        ),
        "expired": (
            "介绍信 {end} 已过期、没有回执，存根状态还是“在途”",
            "请改为“过期未回执”；已查明落实的，改为“已确认落实”",
        ),
        "early": (
            "介绍信 {end} 才到期，存根状态却是“过期未回执”",
            "请改为“在途”，或核对开出日期和有效期",
        ),
    },
    source=T45,
    grade="V",
)
def stub(case: Case) -> Iterator[Hit]:
    """存根状态 against the receipt and the last valid day; while nobody was asked about it, that is told instead."""
    for row in case.book["transfer_letter"]:
        status, receipt = row["stub_status"], row["receipt_on"]
        if receipt is not None and status in (StubStatus.ON_THE_WAY, StubStatus.EXPIRED, StubStatus.VOID):
            yield Hit("transfer_letter", row, "stub_status", "receipt", details={"receipt": receipt})
        elif receipt is None and status == StubStatus.RECEIPTED:
            yield Hit("transfer_letter", row, "receipt_on", "no_receipt")
    for one in facts(case):
        for letter in one.situation.letters if one.state not in LEFT else ():
            yield from _against_expiry(case, letter)


def _against_expiry(case: Case, letter: Letter) -> Iterator[Hit]:
    status, details = letter.row["stub_status"], {"end": letter.expires_on}
    if letter.receipt_on is not None:
        return
    is_over = case.as_of > letter.receipt_due_on
    if status == StubStatus.ON_THE_WAY and is_over and not lacks_enquiry(letter.row):
        yield Hit("transfer_letter", letter.row, "stub_status", "expired", details=details)
    elif status == StubStatus.EXPIRED and case.as_of <= letter.expires_on:
        yield Hit("transfer_letter", letter.row, "stub_status", "early", details=details)


@rule(
    "R-XFER-REISSUE",
    level="E",
    title="一名党员同时只有一封有效的介绍信",
    registers=("transfer_letter",),
    wordings={
        "": (
            "这名党员 {issued} 又开了介绍信 {number}（第 {row} 行），这一封还没有作废",
            "补开介绍信要作废旧的：请把这一封的存根状态改为“作废”",
        )
    },
    source="集中排查方案：有正当理由的补开介绍信，原介绍信作废",
    grade="S",
)
def reissue(case: Case) -> Iterator[Hit]:
    """Letters of one kind that still wait for a receipt; the older ones are hit."""
    for one in facts(case):
        for permanent in (True, False):
            letters = [letter for letter in one.situation.letters if letter.is_permanent is permanent]
            live = awaiting(letters, case.policy)
            for letter in live[:-1]:
                place = live[-1].row
                details = {"issued": live[-1].issued_on, "number": place.text("letter_number"), "row": place.origin.row}
                yield Hit("transfer_letter", letter.row, "stub_status", details=details)


@rule(
    "R-XFER-RECEIVE",
    level="W",
    title="转入党员及时接收、寄出回执",
    registers=("transfer_letter",),
    wordings={
        "expired": (
            "介绍信 {end} 已过期，{receipt} 才接收",
            "请核对介绍信有效期；确已过期的，请对方党组织补开",
        ),
        "waiting": (
            "转入介绍信 {end} 已过期，还没有登记回执",
            "已接收的补填回执日期；没有来报到的，请与对方党组织联系",
        ),
        "late": (
            "{entered} 已编入本支部，超过 {days} 天还没有寄出回执",
            "请抓紧向原党组织寄回执，并补填回执日期",
        ),
    },
    source="《中国共产党党员教育管理工作条例》第二十五条；三十天为本工具默认值",
    grade="U",
)
def receive(case: Case) -> Iterator[Hit]:
    """Received after its last valid day; expired without a receipt; on the roster without a receipt for 30 days."""
    for row in case.book["transfer_letter"]:
        issued = happened(row, "issued_on", case.as_of)
        if row["direction"] != LetterDirection.IN or row["stub_status"] == StubStatus.VOID or issued is None:
            continue
        days = row.whole("valid_days")
        usual = case.policy.whole("letter.default_days")
        end = deadline(issued, days if days is not None and 0 < days < 3660 else usual)
        yield from _receive(case, row, issued, end)


def _receive(case: Case, row: Row, issued: date, end: date) -> Iterator[Hit]:
    receipt, days = row.day("receipt_on"), case.policy.whole("receive.days")
    key = key_of(case, row)
    member = roster(case).get(key) if key is not None else None
    entered = None
    if member is not None and member["entry_way"] == EntryWay.TRANSFERRED_IN:
        entered = happened(member, "entered_on", case.as_of)
    if receipt is not None:
        if min(receipt, entered or receipt) > end:
            yield Hit("transfer_letter", row, "receipt_on", "expired", details={"end": end, "receipt": receipt})
    elif row["receipt_on"] is not None or row["stub_status"] == StubStatus.CONFIRMED:
        return
    elif entered is not None and entered >= issued:
        if case.as_of > deadline(entered, days):
            yield Hit("transfer_letter", row, "receipt_on", "late", details={"entered": entered, "days": days})
    elif case.as_of > end:
        yield Hit("transfer_letter", row, "receipt_on", "waiting", details={"end": end})
