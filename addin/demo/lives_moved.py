"""Stories of members whose formal relation moves or ends: letters, arrivals, deaths, removal."""

from datetime import timedelta

from addin.demo.events import contact
from addin.demo.ledger import Ledger, Values, who
from addin.demo.spans import month_text, weekly
from addin.demo.steps import COUNTY, Q_PATH, X2_PATH, disposed
from validators.words import (
    EntryWay,
    ExitWay,
    LetterDirection,
    MemberTag,
    Outcome,
    RelationBelonging,
    Settlement,
    StubStatus,
)

VALID_DAYS = 60


def letter_out(ledger: Ledger, member: Values, days_ago: int) -> Values:
    """A permanent transfer letter written ``days_ago``, talked over before, everything about the way given."""
    issued_on = ledger.ago(days_ago, days_ago)
    member["relation_belonging"] = RelationBelonging.NO_RECEIPT
    return ledger.add(
        "transfer_letter",
        letter_number=f"{ledger.branch.code[-5:]}-{issued_on.year}-{ledger.serial('letter'):03d}",
        direction=LetterDirection.OUT,
        **who(member),
        change_kind="永久",
        issued_on=issued_on,
        valid_days=VALID_DAYS,
        to_unit=f"{ledger.word('within_city')}{ledger.word('outside_hosts')}",
        from_unit=ledger.branch.name,
        dues_paid_to=month_text(issued_on),
        member_phone=member["mobile"],
        backup_contact=member["emergency_contact"],
        backup_phone=member["emergency_phone"],
        talked_on=issued_on - timedelta(days=ledger.rng.randint(1, 5)),
        settlement=Settlement.ON_THE_WAY,
        stub_status=StubStatus.ON_THE_WAY,
    )


def transferring(ledger: Ledger, member: Values) -> None:
    """转出未回执: the letter is on its way and still valid."""
    letter_out(ledger, member, ledger.rng.randint(5, 45))
    contact(ledger, member, ledger.ago(1, 4))


def receipt_overdue(ledger: Ledger, member: Values) -> None:
    """转出未回执: the letter has expired, both sides were asked, the branch still looks after the member."""
    letter = letter_out(ledger, member, ledger.rng.randint(90, 150))
    member["tags"] = (MemberTag.POCKET,)
    contact(ledger, member, ledger.ago(6, 40))
    letter |= {
        "member_contact_result": "本人表示因工作变动未及时报到",
        "unit_contact_result": "接收单位答复尚未收到介绍信",
        "settlement": Settlement.NOT_SETTLED,
        "follow_up": "仍由本支部管理",
        "stub_status": StubStatus.EXPIRED,
    }


def transferred(ledger: Ledger, member: Values) -> None:
    """已转出: the receipt has come back."""
    letter = letter_out(ledger, member, ledger.rng.randint(80, 320))
    issued_on = letter["issued_on"]
    receipt_on = ledger.as_of - timedelta(days=ledger.rng.randint(20, 35))
    if not isinstance(issued_on, type(receipt_on)):
        raise TypeError("issued_on is a date")
    receipt_on = min(receipt_on, issued_on + timedelta(days=ledger.rng.randint(12, 45)))
    letter |= {
        "receipt_on": receipt_on,
        "receipt_unit": letter["to_unit"],
        "settlement": Settlement.SETTLED,
        "stub_status": StubStatus.RECEIPTED,
    }
    member |= {
        "relation_belonging": RelationBelonging.LEFT,
        "exit_way": ExitWay.TRANSFERRED_OUT,
        "left_on": receipt_on,
        "last_life_on": issued_on - timedelta(days=20),
        "last_dues_on": issued_on - timedelta(days=9),
        "dues_paid_to": month_text(issued_on - timedelta(days=9)),
    }


def arrived(ledger: Ledger, member: Values) -> None:
    """Transferred in: letter received and the receipt sent; on the roster since."""
    receipt_on = ledger.ago(25, 300)
    issued_on = receipt_on - timedelta(days=ledger.rng.randint(6, 28))
    ledger.add(
        "transfer_letter",
        letter_number=f"外{issued_on.year}-{ledger.serial('letter in'):03d}",
        direction=LetterDirection.IN,
        **who(member),
        change_kind="永久",
        issued_on=issued_on,
        valid_days=VALID_DAYS,
        to_unit=ledger.branch.name,
        from_unit=f"外省青山区机关{ledger.serials['letter in']}支部",
        dues_paid_to=month_text(issued_on),
        member_phone=member["mobile"],
        backup_contact=member["emergency_contact"],
        backup_phone=member["emergency_phone"],
        receipt_on=receipt_on,
        receipt_unit=ledger.branch.superior_name,
        settlement=Settlement.SETTLED,
        stub_status=StubStatus.RECEIPTED,
    )
    member |= {"entry_way": EntryWay.TRANSFERRED_IN, "entered_on": receipt_on}


def died(ledger: Ledger, member: Values) -> None:
    """去世 this year or last."""
    left_on = ledger.ago(20, 300)
    member |= {
        "relation_belonging": RelationBelonging.LEFT,
        "exit_way": ExitWay.DIED,
        "left_on": left_on,
        "last_life_on": left_on - timedelta(days=60),
        "last_dues_on": left_on - timedelta(days=40),
        "dues_paid_to": month_text(left_on - timedelta(days=40)),
    }


def removed(ledger: Ledger, member: Values) -> None:
    """已出党: within reach, took no part for more than six months without reason; removed with every step taken."""
    opened_on = ledger.ago(110, 300)
    situation = "D13 能联系，无正当理由达到党章第九条期限"
    row = disposed(ledger, member, situation, Outcome.REMOVE_AS_DROPPED_OUT, opened_on, X2_PATH, approved_by=COUNTY)
    last = opened_on - timedelta(days=220)
    for day in weekly(opened_on - timedelta(days=40), opened_on):
        contact(ledger, member, day)
    member |= {
        "relation_belonging": RelationBelonging.LEFT,
        "exit_way": ExitWay.EXPELLED,
        "left_on": row["effective_on"],
        "last_life_on": last,
        "last_dues_on": last,
        "dues_paid_to": month_text(last),
        "last_appraisal": "不合格",
    }


def cancelled(ledger: Ledger, member: Values) -> None:
    """已出党: a probationary member whose 预备党员资格 was cancelled."""
    opened_on = ledger.ago(60, 200)
    joined_on = opened_on - timedelta(days=ledger.rng.randint(300, 340))
    row = disposed(ledger, member, "D17 预备党员已取得联系", Outcome.CANCEL_PROBATION, opened_on, Q_PATH)
    member |= {
        "joined_on": joined_on,
        "relation_belonging": RelationBelonging.LEFT,
        "exit_way": ExitWay.EXPELLED,
        "left_on": row["effective_on"],
        "last_life_on": opened_on - timedelta(days=30),
        "last_dues_on": opened_on - timedelta(days=30),
        "dues_paid_to": month_text(opened_on - timedelta(days=30)),
        "entry_way": EntryWay.OPENING,
    }
    member.pop("entered_on", None)
