"""Stories of members with whom the branch is behind: each puts somebody on one of the lists of R-LOST-LISTS."""

from datetime import timedelta

from addin.demo.events import attended, contact, goes_away, quarterly_contacts
from addin.demo.ledger import Ledger, Values
from addin.demo.lives_lost import comes_back, day_in
from addin.demo.spans import month_text
from addin.demo.steps import corrected
from validators.dates import Quarter, edate
from validators.words import ParticipationPlace, YesNo


def uncontrolled(ledger: Ledger, member: Values) -> None:
    """失控名单: left more than a month ago, neither reported nor heard of since."""
    left_on = ledger.ago(40, 70)
    goes_away(ledger, member, left_on, reported=False)
    member["last_life_on"] = left_on - timedelta(days=12)


def quarter_missed(ledger: Ledger, member: Values) -> None:
    """季度未联系名单: floating, no contact in the last closed quarter; takes part at the place of stay."""
    closed = Quarter.of(ledger.as_of).previous()
    left_on = closed.first - timedelta(days=ledger.rng.randint(200, 320))
    goes_away(ledger, member, left_on)
    member["is_floating"] = YesNo.YES
    quarterly_contacts(ledger, member, left_on, closed.previous().last)
    attended(ledger, member, ledger.ago(20, 50), ParticipationPlace.HOST)


def suspected(ledger: Ledger, member: Values) -> None:
    """疑似失联: away, calls unanswered for some weeks, the six months not yet full."""
    left_on = ledger.ago(300, 400)
    goes_away(ledger, member, left_on)
    member["is_floating"] = YesNo.YES
    last_on = ledger.ago(100, 130)
    quarterly_contacts(ledger, member, left_on, last_on)
    contact(ledger, member, last_on)
    member |= {"last_life_on": last_on, "last_dues_on": last_on, "dues_paid_to": month_text(last_on)}
    for days in (40, 25, 9):
        contact(ledger, member, ledger.ago(days, days), channel="电话", answered=False)


def lost_without_file(ledger: Ledger, member: Values) -> None:
    """失联总名单, 未建档: marked as lost, the six months full for some days, no file yet."""
    last_on = edate(ledger.as_of, -6) - timedelta(days=ledger.rng.randint(5, 9))
    contact(ledger, member, last_on)
    earlier = last_on - timedelta(days=20)
    member |= {"last_life_on": earlier, "last_dues_on": earlier, "dues_paid_to": month_text(earlier)}
    member |= {"is_lost": YesNo.YES, "lost_since": last_on}


def correction_due(ledger: Ledger, member: Values) -> None:
    """限期改正到期名单: the term has ended some days ago, no conclusion yet."""
    approved_on = edate(ledger.as_of - timedelta(days=ledger.rng.randint(4, 12)), -6)
    opened_on = approved_on - timedelta(days=55)
    found_on = opened_on - timedelta(days=10)
    file = comes_back(ledger, member, edate(found_on, -6) - timedelta(days=34))
    file["cause"] = "主观"
    corrected(ledger, member, max(opened_on, day_in(file, "found_on") + timedelta(days=3)))


def probation_undecided(ledger: Ledger, member: Values) -> None:
    """预备期满未议名单: the year has ended, the branch meeting has not discussed it."""
    member["joined_on"] = edate(ledger.as_of, -12) - timedelta(days=ledger.rng.randint(15, 60))
    member["entry_way"] = "期初在册"
    member.pop("entered_on", None)
