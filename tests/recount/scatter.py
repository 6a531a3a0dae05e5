"""Scatters the words and days of a made-up register, so that every class of every form finds somebody, also persons
in two states at once and rows that contradict each other. Real registers are untidy."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from addin.demo.ledger import Values
from validators.codes import code_lists

Rows = Mapping[str, list[Values]]
REMOVALS = ("劝其退党", "劝而不退除名", "自行脱党除名", "退党除名", "取消预备党员资格", "不予承认党员资格", "移送纪检")
SITUATIONS = {
    **{"自行脱党除名": ("D12", "D13", "D14", "D15"), "停止党籍": ("D05", "D14"), "劝其退党": ("D07", "D09")},
    **{"劝而不退除名": ("D09", "D10"), "恢复党籍": ("D16",)},
}
JOINED = (
    *(date(1949, 9, 30), date(1949, 10, 1), date(1966, 4, 30), date(1966, 5, 1), date(1976, 10, 31)),
    *(date(1976, 11, 1), date(1978, 12, 31), date(1979, 1, 1), date(2002, 10, 31), date(2002, 11, 1)),
    *(date(2012, 10, 31), date(2012, 11, 1)),
)
"""First and last days of the classes of 入党时间."""
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
            days = {"signed_on": _before(as_of, rng, -20, 400), "partner": stay["host_organisation"]}
            days["expires_on"] = as_of + timedelta(days=rng.choice((-1, 0, 0, 1, 200)))
            rows["agreement"].append({**given, **days})


def _more_inflow(rows: dict[str, list[Values]]) -> None:
    given = rows.get("inflow", [])
    for number in range(COPIES - len(given)):
        one = given[number % len(given)]
        given.append({**one, "identity_number": f"{str(one['identity_number'])[:14]}9{number:02d}X"})


def _pick(rng: Random, codes: str) -> str:
    return rng.choice(code_lists()[codes].words)


def _some(row: Values, rng: Random, share: float, **codes: str) -> None:
    """Another word of the list in some of the cells."""
    for key, name in codes.items():
        if rng.random() < share:
            row[key] = _pick(rng, name)


def _drop(row: Values, rng: Random, share: float, *keys: str) -> None:
    """Some cells blank."""
    for key in keys:
        if rng.random() < share:
            row.pop(key, None)


def _before(as_of: date, rng: Random, least: int, most: int) -> date:
    """A day so many days before the as-of date, now and then the last of its month."""
    day = as_of - timedelta(days=rng.randint(least, most))
    while rng.random() < 0.2 or day.day in (29, 30):
        day += timedelta(days=1)
        if day.day == 1:
            return min(day - timedelta(days=1), as_of)
    return min(day, as_of)


def _member(row: Values, as_of: date, rng: Random) -> None:
    _some(row, rng, 0.4, education="education", last_appraisal="appraisal")
    _some(row, rng, 0.15, ethnicity="ethnicity")
    if rng.random() < 0.25 and row["member_type"] == "正式党员":
        row["joined_on"] = _before(as_of, rng, 366, 29_000) if rng.random() < 0.4 else rng.choice(JOINED)
        row["confirmed_on"] = row["joined_on"] + timedelta(days=365)
    if row["member_type"] == "正式党员" and rng.random() < 0.06:
        row |= {"member_type": "预备党员", "joined_on": _before(as_of, rng, 0, 500), "confirmed_on": None}
    if rng.random() < 0.2:
        row["birth_date"] = _before(as_of, rng, 19 * 366, 36_000)
    if rng.random() < 0.05 and row.get("exit_way") is None:
        row |= {"entry_way": _pick(rng, "entry_way"), "entered_on": _before(as_of, rng, 0, 500)}
    if row.get("exit_way") is not None and rng.random() < 0.4:
        row["left_on"] = _before(as_of, rng, 0, 400)
    if rng.random() < 0.3:
        row["dues_paid_to"] = f"{_before(as_of, rng, 60, 400):%Y-%m}"
    if rng.random() < 0.04:
        row.pop("last_life_on", None)
        row.pop("last_dues_on", None)


def _outflow(row: Values, as_of: date, rng: Random) -> None:
    _some(row, rng, 0.7, flow_range="flow_range", destination_unit_type="destination_unit_type")
    _some(row, rng, 0.7, occupation="occupation", management="management", reason="outflow_reason")
    _drop(row, rng, 0.3, "destination_unit", "certificate_number", "commitment_on", "host_organisation")
    if rng.random() < 0.2:
        row["left_on"] = _before(as_of, rng, 150, 220)
    if rng.random() < 0.1:
        row["returned_on"] = as_of + timedelta(days=rng.randint(-30, 30))
    if rng.random() < 0.3:
        row["certificate_issued_on"] = _before(as_of, rng, 0, 500)


def _inflow(row: Values, as_of: date, rng: Random) -> None:
    _some(row, rng, 0.8, flow_range="flow_range", destination_unit_type="destination_unit_type")
    _some(row, rng, 0.8, occupation="occupation", member_type="member_type")
    _drop(row, rng, 0.3, "enrolled_on", "certificate_number")
    if rng.random() < 0.2:
        row["departed_on"] = as_of + timedelta(days=rng.randint(-60, 30))


def _file(row: Values, as_of: date, rng: Random) -> None:
    _some(row, rng, 0.8, situation="lost_situation")
    if rng.random() < 0.2:
        row["situation"] = "毕业后去向不明"
    if row["situation"] == "其他":
        row["remark"] = "原因待查"
    if row.get("search_ended_on") is not None and rng.random() < 0.2:
        row["search_ended_on"] = _before(as_of, rng, 0, 60)


def _letter(row: Values, as_of: date, rng: Random) -> None:
    _some(row, rng, 0.3, settlement="settlement")
    _some(row, rng, 0.1, stub_status="stub_status", change_kind="change_kind")
    if rng.random() < 0.2:
        row["issued_on"] = _before(as_of, rng, 0, 420)


def _check(row: Values, as_of: date, rng: Random) -> None:
    words = dict.fromkeys(("roster_check", "file_check", "dues_activity_check", "letter_stub_check"), "check_value")
    _some(row, rng, 0.1, conclusion="campaign_conclusion", **words)


def _abroad(row: Values, as_of: date, rng: Random) -> None:
    _some(row, rng, 0.9, purpose="abroad_purpose", funding="abroad_funding")
    if rng.random() < 0.5:
        row["departed_on"] = _before(as_of, rng, 0, 900)
    if rng.random() < 0.5:
        row["expected_return_on"] = _before(as_of, rng, -300, 900)
    if rng.random() < 0.3:
        row["keep_approved_on"] = _before(as_of, rng, 0, 400)
    if rng.random() < 0.1:
        row["returned_on"] = _before(as_of, rng, 0, 300)


CHANGES: Mapping[str, Callable[[Values, date, Random], None]] = {
    "member_roster": _member,
    "outflow": _outflow,
    "inflow": _inflow,
    "lost_file": _file,
    "transfer_letter": _letter,
    "campaign_check": _check,
    "abroad": _abroad,
}


def _long_gone(rows: dict[str, list[Values]], as_of: date, rng: Random) -> None:
    """Some of the lost were last heard of many years ago; some of those searched for have left meanwhile."""
    for file in rows.get("lost_file", ()):
        member = next(one for one in rows["member_roster"] if one["identity_number"] == file["identity_number"])
        if file["search_outcome"] != "取得联系" and rng.random() < 0.7:
            last = _before(as_of, rng, 170, 6000)
            _forget(rows, member, last)
            member |= {"last_life_on": last, "last_dues_on": last - timedelta(days=30)}
        elif rng.random() < 0.1:
            _lose_again(rows, member, file, as_of, rng)
        elif rng.random() < 0.1:
            member |= {"relation_belonging": "已离开", "exit_way": rng.choice(("已出党", "已转出", "去世"))}
            if rng.random() < 0.8:
                member["left_on"] = _before(as_of, rng, 0, 500)


def _forget(rows: dict[str, list[Values]], member: Values, last: date) -> None:
    """Nothing is on record of the member after a day."""
    number = member["identity_number"]
    for register, day in (("contact_log", "contacted_on"), ("life_dues_log", "happened_on")):
        given = rows.get(register, [])
        given[:] = [row for row in given if row["identity_number"] != number or str(row[day]) <= str(last)]


def _lose_again(rows: dict[str, list[Values]], member: Values, file: Values, as_of: date, rng: Random) -> None:
    """Found more than six months ago and out of contact ever since; no new file yet."""
    found_on = _before(as_of, rng, 190, 500)
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
        if member["relation_belonging"] != "在册" or rng.random() > 0.12:
            continue
        if rng.random() < 0.4:
            trip: Values = {**who, "departed_on": _before(as_of, rng, 0, 900), "country": "日本", "purpose": "工作"}
            _abroad(trip, as_of, rng)
            rows.setdefault("abroad", []).append(trip)
        elif rng.random() < 0.3:
            letter: Values = {**who, "letter_number": f"补{rng.randint(1, 9999)}", "direction": "转出"}
            letter |= {"change_kind": "永久", "issued_on": _before(as_of, rng, 10, 300), "to_unit": "外地基层党委"}
            rows.setdefault("transfer_letter", []).append(letter)
            member["relation_belonging"] = rng.choice(("转出未回执", "转出未回执", "在册"))
            if rng.random() < 0.3:
                letter["receipt_on"] = _before(as_of, rng, 0, 10)
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
            opened_on = _before(as_of, rng, 0, 300)
            who = {"name": file["name"], "identity_number": file["identity_number"]}
            row = {**who, "opened_on": opened_on}
            if rng.random() < 0.8:
                row["approved_on"] = min(opened_on + timedelta(days=rng.randint(0, 60)), as_of + timedelta(days=9))
            _settle(row, _pick(rng, "disposition_outcome"), rng)
            rows.setdefault("disposition", []).append(row)
            if row["proposal"] == "停止党籍" and row.get("approved_on", as_of) < as_of:
                member = next(one for one in rows["member_roster"] if one["identity_number"] == file["identity_number"])
                member["membership_status"] = rng.choice(("停止党籍", "停止党籍", "正常"))
            if row["proposal"] in ("劝其退党", "劝而不退除名") and rng.random() < 0.6:
                failed = {**who, "opened_on": opened_on - timedelta(days=300), "proposal": "限期改正"}
                failed |= {"situation": "D07", "correction_conclusion": _pick(rng, "correction_conclusion")}
                rows["disposition"].append(failed | {"approved_on": opened_on - timedelta(days=250)})
    for member in rows["member_roster"]:
        if member.get("entry_way") == "恢复党籍" and rng.random() < 0.6:
            row = {"name": member["name"], "identity_number": member["identity_number"], "situation": "D16"}
            row |= {"proposal": "恢复党籍", "opened_on": member["entered_on"], "approved_on": member["entered_on"]}
            rows.setdefault("disposition", []).append(row)


def _settle(row: Values, proposal: str, rng: Random) -> None:
    number = rng.choice(SITUATIONS.get(proposal, ("D01", "D07", "D23")))
    words = code_lists()["disposition_situation"].words
    row |= {"proposal": proposal, "situation": next(word for word in words if word.startswith(number))}
    if proposal == "限期改正" and rng.random() < 0.6:
        row["correction_conclusion"] = _pick(rng, "correction_conclusion")
