"""R-XFER-RECEIPT, RECEIPT-OVERDUE, VOUCHER, MUSTMOVE: the letters of a member against the roster and his absence."""

from collections.abc import Iterator

from validators.case_facts import facts, people_of
from validators.codes import code_lists
from validators.dates import exceeded, reached
from validators.facts import PersonFacts
from validators.happened import happened
from validators.letters import Letter, awaiting, outgoing_letters, transferred_on
from validators.member_state import LEFT
from validators.rule import Case, Hit, rule
from validators.table import Row
from validators.words import LetterDirection, Management, MemberState, RelationBelonging, Settlement, StubStatus

TL_25 = "《中国共产党党员教育管理工作条例》第二十五条"

_ENQUIRIES = {
    "member_contact_result": "与本人联系结果",
    "unit_contact_result": "与接收单位联系结果",
    "settlement": "落实情况",
}
"""What is found out about a letter without receipt, by column."""


def lacks_enquiry(row: Row) -> list[str]:
    """The titles of what is not yet on record about a letter without receipt."""
    return [title for key, title in _ENQUIRIES.items() if row[key] is None]


@rule(
    "R-XFER-RECEIPT",
    level="W",
    title="收到回执才算转出",
    registers=("member_roster", "transfer_letter"),
    wordings={
        "no_letter": (
            "关系归属是“转出未回执”，“介绍信”里没有这名党员的转出记录",
            "请补登介绍信；没有转出的，关系归属改回“在册”",
        ),
        "received": (
            "{day} 已收到回执（“介绍信”第 {row} 行），关系归属还是“{value}”",
            "请改为“已离开”，离开情形选“已转出”，离开日期填 {day}",
        ),
        "on_the_way": (
            "{day} 已开出介绍信（“介绍信”第 {row} 行）还没有回执，关系归属却是“在册”",
            "请改为“转出未回执”；没有转成的，把介绍信的存根状态改为“作废”",
        ),
        "unit": ("收到了回执，回执接收单位没有填", "请按回执补填接收的党委名称"),
    },
    source=f"{TL_25}；组通字〔2006〕45号：收到回执前由原党组织管理",
    grade="V",
)
def receipt(case: Case) -> Iterator[Hit]:
    """关系归属 against the permanent letters written out; a receipt names the committee that gave it."""
    for one in facts(case):
        yield from _belonging(case, one)
    for row in case.book["transfer_letter"]:
        is_out = row["direction"] == LetterDirection.OUT and row["stub_status"] != StubStatus.VOID
        if is_out and row["receipt_on"] is not None and row["receipt_unit"] is None:
            yield Hit("transfer_letter", row, "receipt_unit", "unit")


def _belonging(case: Case, one: PersonFacts) -> Iterator[Hit]:
    typed = one.member["relation_belonging"]
    permanent = [letter for letter in one.situation.letters if letter.is_permanent]
    landed = transferred_on(permanent)
    if typed == RelationBelonging.NO_RECEIPT and not one.situation.person.of("transfer_letter"):
        yield Hit("member_roster", one.member, "relation_belonging", "no_letter")
    elif typed not in (RelationBelonging.NO_RECEIPT, RelationBelonging.HERE) or not permanent:
        return
    elif landed is not None:
        entered = happened(one.member, "entered_on", case.as_of)
        if typed == RelationBelonging.NO_RECEIPT or entered is None or entered < permanent[-1].issued_on:
            details = {"day": landed, "row": permanent[-1].row.origin.row}
            yield Hit("member_roster", one.member, "relation_belonging", "received", details=details)
    elif typed == RelationBelonging.HERE and (waiting := awaiting(permanent, case.policy)):
        details = {"day": waiting[-1].issued_on, "row": waiting[-1].row.origin.row}
        yield Hit("member_roster", one.member, "relation_belonging", "on_the_way", details=details)


@rule(
    "R-XFER-RECEIPT-OVERDUE",
    level="W",
    title="超期未收回执要查明",
    registers=("transfer_letter",),
    wordings={
        "": (
            "介绍信{arithmetic}，已过期没有回执，还没有登记{missing}",
            "请同时联系党员本人和接收单位，登记结果：已落实的请对方补开证明，未落实的由本支部继续管理、查找",
        ),
        "follow_up": (
            "介绍信{arithmetic}，已过期没有回执，查明“未落实”，后续处理没有填",
            "请选补转、仍由本支部管理或仍由本支部查找",
        ),
        "proof": (
            "已查明落实，接收单位还没有补开证明，后续处理没有填",
            "请选“补开证明”，收到证明后把存根状态改为“已确认落实”",
        ),
    },
    source="集中排查方案：对超过有效期未收到回执的逐一核查",
    grade="S",
)
def receipt_overdue(case: Case) -> Iterator[Hit]:
    """No receipt after 回执应到日 and nobody asked about it. The list of all such letters is 超期未收回执名单."""
    gone = {one.key for one in facts(case) if one.state in LEFT}
    for key, person in people_of(case).items():
        letters = outgoing_letters(person.of("transfer_letter"), case.policy, case.as_of)
        for letter in awaiting(letters, case.policy) if key not in gone else ():
            if case.as_of > letter.receipt_due_on:
                yield from _overdue(letter)


def _overdue(letter: Letter) -> Iterator[Hit]:
    row, missing = letter.row, lacks_enquiry(letter.row)
    details = {"arithmetic": letter.arithmetic, "missing": "、".join(missing)}
    if missing:
        yield Hit("transfer_letter", row, "receipt_on", details=details)
    elif row["follow_up"] is None and row["settlement"] in (Settlement.NOT_SETTLED, Settlement.SETTLED_PROOF_PENDING):
        wording = "follow_up" if row["settlement"] == Settlement.NOT_SETTLED else "proof"
        yield Hit("transfer_letter", row, "follow_up", wording, details=details)


@rule(
    "R-XFER-VOUCHER",
    level="W",
    title="外出满六个月不用临时证明",
    registers=("transfer_letter",),
    wordings={
        "": (
            "{left} 外出，到 {day} 已满 {months} 个月，只开了临时的证明信",
            "地点固定的转组织关系；暂时不能转的，发流动党员活动证并在“流出党员”登记编号",
        )
    },
    source=f"{TL_25}；2004年关于加强党员组织关系管理的意见（转引）",
    grade="P",
)
def voucher(case: Case) -> Iterator[Hit]:
    """Exactly six months is a transfer, or still 证明信, as ``voucher.six_months_is`` says."""
    months = case.policy.whole("float.months")
    passed = reached if case.policy.word("voucher.six_months_is") == "transfer" else exceeded
    for one in facts(case):
        away, letters = one.situation.away, one.situation.letters
        if away is None or one.state in LEFT or away.row["certificate_number"] is not None or not letters:
            continue
        own = [letter for letter in letters if letter.receipt_on is None]
        if own and not own[-1].is_permanent and passed(case.as_of, away.left_on, months):
            details = {"left": away.left_on, "months": months, "day": one.six_months_away_on or case.as_of}
            yield Hit("transfer_letter", own[-1].row, "change_kind", details=details)


@rule(
    "R-XFER-MUSTMOVE",
    level="W",
    title="长期在外的应转组织关系",
    registers=("outflow",),
    wordings={
        "": (
            "外出原因是“{value}”，{day} 已满六个月，没有活动证，也没有纳入流入地管理",
            "这类党员应当转移正式组织关系；流动频繁、暂时不能转的，发活动证并落实管理方式",
        )
    },
    source="集中排查方案：离职异地、改制破产、常年务工经商、随子女长期异地居住的应转组织关系",
    grade="S",
)
def must_move(case: Case) -> Iterator[Hit]:
    """State 8 for such a reason; holders of a certificate and members managed at the host are provided for."""
    reasons = code_lists()["outflow_reason"].with_attribute("should_transfer")
    unmanaged = (Management.BY_THIS_BRANCH, Management.NOT_SETTLED)
    for one in facts(case):
        away = one.situation.away
        if one.state != MemberState.FLOATING or away is None or away.row["certificate_number"] is not None:
            continue
        if away.row["reason"] in reasons and away.row["management"] in unmanaged:
            yield Hit("outflow", away.row, "reason", details={"day": one.six_months_away_on})
