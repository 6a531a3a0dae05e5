"""Stories of members in order at home and away: each fills the sheets of one member; no rule finds an error in them."""

from datetime import date, timedelta

from addin.demo.events import attended, contact, goes_away, paid, quarterly_contacts
from addin.demo.ledger import Ledger, Values, who
from addin.demo.lexicon import lexicon
from addin.demo.spans import each_half, each_quarter, weekly
from validators.words import Initiator, MemberTag, ParticipationPlace, YesNo

LOGGED_SHARE = 0.3
"""Share of members at home whose 组织生活 and dues also stand in the event log, day by day."""


def at_home(ledger: Ledger, member: Values) -> None:
    """正常: works and lives here; some also have the last months in the event log."""
    if ledger.rng.random() < LOGGED_SHARE:
        for day in weekly(ledger.ago(80, 95), ledger.as_of):
            if ledger.rng.random() < 0.35:
                attended(ledger, member, day)
        paid(ledger, member, _last_dues(member))
    if ledger.rng.random() < 0.04:
        member["tags"] = (MemberTag.HARDSHIP,)


def detached(ledger: Ledger, member: Values) -> None:
    """空挂: neither works nor lives here, but answers."""
    member["tags"] = (MemberTag.DETACHED,)
    for day in each_quarter(ledger.ago(400, 500), ledger.as_of, ledger.rng):
        contact(ledger, member, day)


def away_short(ledger: Ledger, member: Values) -> None:
    """外出, not yet six months."""
    left_on = ledger.ago(38, 150)
    goes_away(ledger, member, left_on)
    contact(ledger, member, ledger.after(left_on, 5, 25))
    quarterly_contacts(ledger, member, left_on, ledger.as_of)


def floating(ledger: Ledger, member: Values) -> None:
    """流动党员: away for more than six months, contacted every quarter, takes part at the place of stay."""
    left_on = ledger.ago(200, 1000)
    goes_away(ledger, member, left_on)
    member["is_floating"] = YesNo.YES
    quarterly_contacts(ledger, member, left_on, ledger.as_of)
    for day in (ledger.ago(20, 60), ledger.ago(70, 120)):
        attended(ledger, member, day, ParticipationPlace.HOST)


def returned(ledger: Ledger, member: Values) -> None:
    """Back from an absence, certificate looked at; lives here again."""
    back_on = ledger.ago(40, 180)
    left_on = back_on - timedelta(days=ledger.rng.randint(190, 500))
    stay = goes_away(ledger, member, left_on)
    quarterly_contacts(ledger, member, left_on, back_on)
    stay["returned_on"] = back_on
    stay["return_checked_on"] = ledger.after(back_on, 2, 20)
    stay["expected_return_on"] = back_on
    years = range(left_on.year + 1, back_on.year + 1)
    stay.pop("certificate_review_years", None)
    if years:
        stay["certificate_review_years"] = ",".join(map(str, years))
    member.pop("outflow_place", None)


def abroad(ledger: Ledger, member: Values) -> None:
    """出国（境）保留组织关系: approved before leaving, contacted every half-year, life suspended."""
    departed_on = ledger.ago(230, 1200)
    country, purpose = ledger.rng.choice(lexicon().pairs["countries"])
    ledger.add(
        "abroad",
        **who(member),
        departed_on=departed_on,
        country=country,
        purpose=purpose,
        funding=ledger.rng.choice(("自费", "公派", "因私")),
        keep_approved_on=departed_on - timedelta(days=ledger.rng.randint(5, 30)),
        domestic_contact=member["emergency_contact"],
        domestic_phone=member["emergency_phone"],
        expected_return_on=ledger.as_of + timedelta(days=ledger.rng.randint(90, 400)),
    )
    member["last_life_on"] = departed_on - timedelta(days=ledger.rng.randint(10, 40))
    for initiator in (Initiator.BRANCH, Initiator.MEMBER):
        for day in each_half(departed_on, ledger.as_of, ledger.rng):
            contact(ledger, member, day, initiator=initiator, channel="视频")
    contact(ledger, member, ledger.ago(12, 80), channel="视频")


def _last_dues(member: Values) -> date:
    day = member["last_dues_on"]
    assert isinstance(day, date)
    return day
