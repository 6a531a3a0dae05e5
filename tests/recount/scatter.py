"""Scatters a made-up branch, so that every class of every form finds somebody, also persons in two states at once and
rows that contradict each other. Real registers are untidy."""

from datetime import date, timedelta
from random import Random

from addin.demo.ledger import Values
from tests.recount.scatter_cells import CHANGES, abroad, before, pick
from validators.codes import code_lists

REMOVALS = ("劝其退党", "劝而不退除名", "自行脱党除名", "退党除名", "取消预备党员资格", "不予承认党员资格", "移送纪检")
SITUATIONS = {
    **{"自行脱党除名": ("D12", "D13", "D14", "D15"), "停止党籍": ("D05", "D05", "D14"), "劝其退党": ("D07", "D09")},
    **{"劝而不退除名": ("D09", "D10"), "恢复党籍": ("D16",)},
}
COPIES = 12
"""Rows of 流入党员 a branch has at least, so that its classes are filled."""


def scatter(rows: dict[str, list[Values]], as_of: date, rng: Random) -> None:
    """Change the rows of one branch in place."""
    _more_inflow(rows)
    for register, change in CHANGES.items():
        for row in rows.get(register, ()):
            change(row, as_of, rng)
    _agreements(rows, as_of, rng)
    _dues(rows, rng)
    _long_gone(rows, as_of, rng)
    _two_states(rows, as_of, rng)
    _dispositions(rows, as_of, rng)
    checks = rows.get("campaign_check", [])
    checks[:] = [row for row in checks if rng.random() > 0.08]


def _dues(rows: dict[str, list[Values]], rng: Random) -> None:
    """Some payments stand in the log only: the roster has not been brought up to date."""
    for member in rows["member_roster"]:
        day = member.get("last_dues_on")
        if isinstance(day, date) and rng.random() < 0.4:
            who = {"name": member["name"], "identity_number": member["identity_number"]}
            paid: Values = {**who, "happened_on": day, "event": "交纳党费", "dues_paid_to": f"{day:%Y-%m}"}
            rows.setdefault("life_dues_log", []).append(paid)


def _agreements(rows: dict[str, list[Values]], as_of: date, rng: Random) -> None:
    """Agreements with hosts of members away: in force, past, on their last day, not yet signed."""
    given = rows["agreement"][0]
    for stay in rows.get("outflow", ()):
        if rng.random() < 0.4 and stay.get("host_organisation") is not None:
            days = {"signed_on": before(as_of, rng, -20, 400), "partner": stay["host_organisation"]}
            days["expires_on"] = as_of + timedelta(days=rng.choice((-1, 0, 0, 1, 200)))
            rows["agreement"].append({**given, **days})


def _more_inflow(rows: dict[str, list[Values]]) -> None:
    given = rows.get("inflow", [])
    for number in range(COPIES - len(given)):
        one = given[number % len(given)]
        given.append({**one, "identity_number": f"{str(one['identity_number'])[:14]}9{number:02d}X"})


def _long_gone(rows: dict[str, list[Values]], as_of: date, rng: Random) -> None:
    """Some of the lost were last heard of many years ago; some of those searched for have left meanwhile."""
    for file in rows.get("lost_file", ()):
        member = next(one for one in rows["member_roster"] if one["identity_number"] == file["identity_number"])
        if file["search_outcome"] != "取得联系" and rng.random() < 0.7:
            last = before(as_of, rng, 170, 6000)
            _forget(rows, member, last)
            member |= {"last_life_on": last, "last_dues_on": last - timedelta(days=30)}
        elif rng.random() < 0.1:
            _lose_again(rows, member, file, as_of, rng)
        elif rng.random() < 0.1:
            member |= {"relation_belonging": "已离开", "exit_way": rng.choice(("已出党", "已转出", "去世"))}
            if rng.random() < 0.8:
                member["left_on"] = before(as_of, rng, 0, 500)


def _forget(rows: dict[str, list[Values]], member: Values, last: date) -> None:
    """Nothing is on record of the member after a day."""
    number = member["identity_number"]
    for register, day in (("contact_log", "contacted_on"), ("life_dues_log", "happened_on")):
        given = rows.get(register, [])
        given[:] = [row for row in given if row["identity_number"] != number or str(row[day]) <= str(last)]


def _lose_again(rows: dict[str, list[Values]], member: Values, file: Values, as_of: date, rng: Random) -> None:
    """Found more than six months ago and out of contact ever since; no new file yet."""
    found_on = before(as_of, rng, 190, 500)
    file |= {"discovered_on": found_on - timedelta(days=40), "found_on": found_on, "search_outcome": "取得联系"}
    _forget(rows, member, found_on)
    member |= {
        "last_life_on": found_on - timedelta(days=rng.choice((0, 250))),
        "last_dues_on": found_on - timedelta(days=300),
    }


def _two_states(rows: dict[str, list[Values]], as_of: date, rng: Random) -> None:
    """Members away and abroad, lost and abroad, transferred out and lost or found, 空挂 and away."""
    stays = {row["identity_number"]: row for row in rows.get("outflow", ())}
    for member in rows["member_roster"]:
        who = {"name": member["name"], "identity_number": member["identity_number"]}
        share = 0.3 if member["member_type"] == "预备党员" else 0.18
        if member["relation_belonging"] != "在册" or rng.random() > share:
            continue
        if rng.random() < 0.4:
            trip: Values = {**who, "departed_on": before(as_of, rng, 0, 900), "country": "日本", "purpose": "工作"}
            abroad(trip, as_of, rng)
            rows.setdefault("abroad", []).append(trip)
            if trip["purpose"] in ("留学", "访学") and rng.random() < 0.3:
                stop: Values = {**who, "proposal": "停止党籍", "opened_on": trip["departed_on"]}
                stop |= {"situation": _situation("D05"), "approved_on": min(_day(trip, "departed_on"), as_of)}
                rows.setdefault("disposition", []).append(stop)
        elif rng.random() < 0.3:
            letter: Values = {**who, "letter_number": f"补{rng.randint(1, 9999)}", "direction": "转出"}
            letter |= {"change_kind": "永久", "issued_on": before(as_of, rng, 10, 300), "to_unit": "外地基层党委"}
            rows.setdefault("transfer_letter", []).append(letter)
            member["relation_belonging"] = rng.choice(("转出未回执", "转出未回执", "在册"))
            if rng.random() < 0.3:
                letter["receipt_on"] = before(as_of, rng, 0, 10)
        elif who["identity_number"] in stays:
            member["tags"] = ("空挂",)


def _dispositions(rows: dict[str, list[Values]], as_of: date, rng: Random) -> None:
    """Other outcomes of the rows there are, and outcomes of every kind after a search or a stop."""
    leavers = {row["identity_number"] for row in rows["member_roster"] if row.get("exit_way") == "已出党"}
    for row in rows.get("disposition", ()):
        if row["identity_number"] in leavers and rng.random() < 0.7:
            _settle(row, rng.choice(REMOVALS), rng)
    for file in rows.get("lost_file", ()):
        if rng.random() < 0.6:
            opened_on = before(as_of, rng, 0, 300)
            who = {"name": file["name"], "identity_number": file["identity_number"]}
            row = {**who, "opened_on": opened_on}
            if rng.random() < 0.8:
                row["approved_on"] = min(opened_on + timedelta(days=rng.randint(0, 60)), as_of + timedelta(days=9))
            _settle(row, pick(rng, "disposition_outcome"), rng)
            rows.setdefault("disposition", []).append(row)
            if row["proposal"] == "停止党籍" and row.get("approved_on", as_of) < as_of:
                member = next(one for one in rows["member_roster"] if one["identity_number"] == file["identity_number"])
                member["membership_status"] = rng.choice(("停止党籍", "停止党籍", "正常"))
            if row["proposal"] in ("劝其退党", "劝而不退除名") and rng.random() < 0.6:
                failed = {**who, "opened_on": opened_on - timedelta(days=300), "proposal": "限期改正"}
                failed |= {"situation": "D07", "correction_conclusion": pick(rng, "correction_conclusion")}
                rows["disposition"].append(failed | {"approved_on": opened_on - timedelta(days=250)})
    for member in rows["member_roster"]:
        if member.get("entry_way") == "恢复党籍" and rng.random() < 0.6:
            row = {"name": member["name"], "identity_number": member["identity_number"], "situation": "D16"}
            row |= {"proposal": "恢复党籍", "opened_on": member["entered_on"], "approved_on": member["entered_on"]}
            rows.setdefault("disposition", []).append(row)


def _settle(row: Values, proposal: str, rng: Random) -> None:
    number = rng.choice(SITUATIONS.get(proposal, ("D01", "D07", "D23")))
    row |= {"proposal": proposal, "situation": _situation(number)}
    if proposal == "限期改正" and rng.random() < 0.6:
        row["correction_conclusion"] = pick(rng, "correction_conclusion")


def _situation(number: str) -> str:
    """The words of a situation by its number."""
    return next(word for word in code_lists()["disposition_situation"].words if word.startswith(number))


def _day(row: Values, key: str) -> date:
    value = row[key]
    assert isinstance(value, date)
    return value
