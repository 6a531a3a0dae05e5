"""Stories of members out of contact: searched for, found, not found, 停止党籍; files and logs complete."""

from collections.abc import Iterator
from datetime import date, timedelta

from addin.demo.events import attended, contact, goes_away, paid, quarterly_contacts, searched
from addin.demo.ledger import Ledger, Values, who
from addin.demo.spans import month_text, weekly
from addin.demo.steps import N_PATH, T_PATH, TOWN, corrected, disposed
from validators.dates import edate
from validators.words import MemberTag, Outcome, SearchOutcome, YesNo

D01 = "D01 正式党员已取得联系，说清原因、态度端正、愿留党、核实无不良反映"
D14 = "D14 正式党员失联满6个月，多方查找仍无法取得联系"


def vanishes(ledger: Ledger, member: Values, last_on: date) -> None:
    """The last contact was ``last_on``; dues and life ended some weeks before."""
    contact(ledger, member, last_on)
    life, dues = last_on - timedelta(days=22), last_on - timedelta(days=31)
    member |= {"last_life_on": life, "last_dues_on": dues, "dues_paid_to": month_text(dues)}
    if ledger.rng.random() < 0.5:
        left_on = last_on - timedelta(days=ledger.rng.randint(100, 260))
        goes_away(ledger, member, left_on)
        quarterly_contacts(ledger, member, left_on, last_on - timedelta(days=1))
        member["is_floating"] = YesNo.YES


def opens_file(ledger: Ledger, member: Values, last_on: date) -> Values:
    """一人一档: opened some days after the six months were full, reported and verified in time."""
    discovered_on = edate(last_on, 6) + timedelta(days=ledger.rng.randint(2, 9))
    member |= {"is_lost": YesNo.YES, "lost_since": last_on, "tags": (MemberTag.KEY,)}
    return ledger.add(
        "lost_file",
        file_number=f"{ledger.branch.code}-{discovered_on.year}-{ledger.serial('file'):03d}",
        **who(member),
        discovered_on=discovered_on,
        situation=ledger.rng.choice(("外出务工经商", "工作单位改变", "居住地改变", "毕业后去向不明")),
        responsible=ledger.contact_people[0],
        search_deadline=ledger.as_of + timedelta(days=ledger.rng.randint(45, 120)),
        reported_on=discovered_on + timedelta(days=ledger.rng.randint(1, 5)),
        verified_on=discovered_on + timedelta(days=ledger.rng.randint(6, 16)),
        is_key_case=YesNo.YES,
        former_unit=ledger.word("companies"),
        registered_residence=member["registered_residence"],
        last_known_address=ledger.address(),
        search_outcome=SearchOutcome.SEARCHING,
    )


def searching(ledger: Ledger, member: Values) -> None:
    """失联, being searched for: at least one attempt every week."""
    last_on = ledger.ago(232, 330)
    vanishes(ledger, member, last_on)
    file = opens_file(ledger, member, last_on)
    searched(ledger, member, file, weekly(_discovered(file), ledger.as_of))


def not_found(ledger: Ledger, member: Values) -> None:
    """The search ended without contact; it goes on, and the branch has begun to consider what is to be done."""
    file = _ended(ledger, member, ledger.ago(330, 420))
    opened_on = ledger.after(day_in(file, "search_ended_on"), 4, 10)
    if opened_on + timedelta(days=10) <= ledger.as_of:
        disposed(ledger, member, D14, Outcome.STOP_MEMBERSHIP, opened_on, T_PATH, upto="branch_committee_on")


def stopped(ledger: Ledger, member: Values) -> None:
    """停止党籍 for less than two years."""
    _stop(ledger, member, ledger.ago(480, 640))


def stopped_two_years(ledger: Ledger, member: Values) -> None:
    """停止党籍 more than two years ago, searched for ever since."""
    _stop(ledger, member, ledger.ago(1130, 1260))


def _stop(ledger: Ledger, member: Values, last_on: date) -> None:
    file = _ended(ledger, member, last_on)
    opened_on = day_in(file, "search_ended_on") + timedelta(days=5)
    disposed(ledger, member, D14, Outcome.STOP_MEMBERSHIP, opened_on, T_PATH, approved_by=TOWN, service="联系不上")
    member["membership_status"] = "停止党籍"


def _ended(ledger: Ledger, member: Values, last_on: date) -> Values:
    vanishes(ledger, member, last_on)
    file = opens_file(ledger, member, last_on)
    discovered_on = _discovered(file)
    ended_on = discovered_on + timedelta(days=ledger.rng.randint(56, 84))
    file |= {
        "search_outcome": SearchOutcome.NOT_FOUND,
        "search_ended_on": ended_on,
        "search_deadline": ended_on + timedelta(days=10),
    }
    searched(ledger, member, file, _until_and_on(ledger, discovered_on, ended_on))
    return file


def _until_and_on(ledger: Ledger, discovered_on: date, ended_on: date) -> Iterator[date]:
    """Every week until the search ended, then every other month."""
    yield from weekly(discovered_on, ended_on)
    day = ended_on + timedelta(days=30)
    while day <= ledger.as_of:
        yield day
        day += timedelta(days=61)


def found(ledger: Ledger, member: Values) -> None:
    """Found by the search after six months; the branch follows up every week and has proposed what is to be done."""
    file = comes_back(ledger, member, ledger.ago(320, 380))
    opened_on = ledger.after(day_in(file, "found_on"), 8, 14)
    disposed(ledger, member, D01, Outcome.NORMAL, opened_on, N_PATH, upto="branch_committee_on")


def found_settled(ledger: Ledger, member: Values) -> None:
    """Found a year or two ago, 纳入正常管理 approved."""
    file = comes_back(ledger, member, ledger.ago(620, 800))
    disposed(ledger, member, D01, Outcome.NORMAL, day_in(file, "found_on") + timedelta(days=12), N_PATH)


def correcting(ledger: Ledger, member: Values) -> None:
    """Found, 限期改正 running."""
    _corrects(ledger, member, ledger.ago(370, 410), None)


def correction_done(ledger: Ledger, member: Values) -> None:
    """Found, 限期改正 ended well."""
    _corrects(ledger, member, ledger.ago(800, 900), "合格")


def _corrects(ledger: Ledger, member: Values, last_on: date, conclusion: str | None) -> None:
    file = comes_back(ledger, member, last_on)
    file["cause"] = "主观"
    corrected(ledger, member, day_in(file, "found_on") + timedelta(days=10), conclusion)


def comes_back(ledger: Ledger, member: Values, last_on: date) -> Values:
    """Lost for more than six months, found by the search, in touch every week since (at least three months)."""
    life, dues = last_on - timedelta(days=22), last_on - timedelta(days=31)
    attended(ledger, member, life)
    paid(ledger, member, dues)
    contact(ledger, member, last_on)
    file = opens_file(ledger, member, last_on)
    discovered_on = _discovered(file)
    found_on = discovered_on + timedelta(days=ledger.rng.randint(20, 34))
    searched(ledger, member, file, weekly(discovered_on, found_on - timedelta(days=1)))
    searched(ledger, member, file, iter((found_on,)))
    ledger.rows["search_log"][-1] |= _reached()
    file |= {
        "search_outcome": SearchOutcome.FOUND,
        "found_on": found_on,
        "found_way": "电话",
        "search_deadline": found_on + timedelta(days=20),
        "cause": "客观",
        "conduct_while_lost": "经核实未发现不良反映",
        "attitude": "端正",
        "wish_to_stay": "愿意",
        "current_place": ledger.word("within_city"),
        "current_phone": member["mobile"],
    }
    member["is_lost"] = YesNo.NO
    member.pop("lost_since")
    for day in weekly(found_on + timedelta(days=2), min(ledger.as_of, found_on + timedelta(days=270))):
        contact(ledger, member, day)
    return file


def _reached() -> Values:
    return {
        "method": "直接联系",
        "target": "本人电话",
        "account": "拨通亲属提供的号码，与本人通话",
        "result": "本人取得联系",
    }


def _discovered(file: Values) -> date:
    return day_in(file, "discovered_on")


def day_in(row: Values, key: str) -> date:
    value = row[key]
    if not isinstance(value, date):
        raise TypeError(f"{key} is not a date: {value!r}")
    return value
