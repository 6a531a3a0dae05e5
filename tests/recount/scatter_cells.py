"""Other words and days in the cells of made-up rows, register by register: class borders, month ends, blanks."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from addin.demo.ledger import Values
from validators.codes import code_lists

JOINED = (
    *(date(1949, 9, 30), date(1949, 10, 1), date(1966, 4, 30), date(1966, 5, 1), date(1976, 10, 31)),
    *(date(1976, 11, 1), date(1978, 12, 31), date(1979, 1, 1), date(2002, 10, 31), date(2002, 11, 1)),
    *(date(2012, 10, 31), date(2012, 11, 1)),
)
"""First and last days of the classes of 入党时间."""


def pick(rng: Random, codes: str) -> str:
    return rng.choice(code_lists()[codes].words)


def some(row: Values, rng: Random, share: float, **codes: str) -> None:
    """Another word of the list in some of the cells."""
    for key, name in codes.items():
        if rng.random() < share:
            row[key] = pick(rng, name)


def drop(row: Values, rng: Random, share: float, *keys: str) -> None:
    """Some cells blank."""
    for key in keys:
        if rng.random() < share:
            row.pop(key, None)


def before(as_of: date, rng: Random, least: int, most: int) -> date:
    """A day so many days before the as-of date, now and then the last of its month."""
    day = as_of - timedelta(days=rng.randint(least, most))
    while rng.random() < 0.2 or day.day in (29, 30):
        day += timedelta(days=1)
        if day.day == 1:
            return min(day - timedelta(days=1), as_of)
    return min(day, as_of)


def _member(row: Values, as_of: date, rng: Random) -> None:
    some(row, rng, 0.4, education="education", last_appraisal="appraisal")
    some(row, rng, 0.15, ethnicity="ethnicity")
    if rng.random() < 0.5 and row["member_type"] == "正式党员":
        row["joined_on"] = before(as_of, rng, 366, 29_000) if rng.random() < 0.3 else rng.choice(JOINED)
        row["confirmed_on"] = row["joined_on"] + timedelta(days=365)
    if row["member_type"] == "正式党员" and rng.random() < 0.06:
        row |= {"member_type": "预备党员", "joined_on": before(as_of, rng, 0, 500), "confirmed_on": None}
    if rng.random() < 0.2:
        row["birth_date"] = before(as_of, rng, 19 * 366, 36_000)
    if rng.random() < 0.05 and row.get("exit_way") is None:
        row |= {"entry_way": pick(rng, "entry_way"), "entered_on": before(as_of, rng, 0, 500)}
    if row.get("exit_way") is not None and rng.random() < 0.4:
        row["left_on"] = before(as_of, rng, 0, 400)
    if rng.random() < 0.3:
        row["dues_paid_to"] = f"{before(as_of, rng, 60, 400):%Y-%m}"
    if rng.random() < 0.04:
        row.pop("last_life_on", None)
        row.pop("last_dues_on", None)


def _outflow(row: Values, as_of: date, rng: Random) -> None:
    some(row, rng, 0.7, flow_range="flow_range", destination_unit_type="destination_unit_type")
    some(row, rng, 0.7, occupation="occupation", management="management", reason="outflow_reason")
    if rng.random() < 0.2:
        row["destination_unit_type"] = "人才（劳动）服务中心"
    drop(row, rng, 0.3, "destination_unit", "certificate_number", "commitment_on", "host_organisation")
    if rng.random() < 0.2:
        row["left_on"] = before(as_of, rng, 150, 220)
    if rng.random() < 0.1:
        row["returned_on"] = as_of + timedelta(days=rng.randint(-30, 30))
    if rng.random() < 0.3:
        row["certificate_issued_on"] = before(as_of, rng, 0, 500)


def _inflow(row: Values, as_of: date, rng: Random) -> None:
    some(row, rng, 0.8, flow_range="flow_range", destination_unit_type="destination_unit_type")
    some(row, rng, 0.8, occupation="occupation", member_type="member_type")
    drop(row, rng, 0.3, "enrolled_on", "certificate_number")
    if rng.random() < 0.2:
        row["departed_on"] = as_of + timedelta(days=rng.randint(-60, 30))


def _file(row: Values, as_of: date, rng: Random) -> None:
    some(row, rng, 0.8, situation="lost_situation")
    if rng.random() < 0.2:
        row["situation"] = "毕业后去向不明"
    if row["situation"] == "其他":
        row["remark"] = "原因待查"
    if row.get("search_ended_on") is not None and rng.random() < 0.2:
        row["search_ended_on"] = before(as_of, rng, 0, 60)


def _letter(row: Values, as_of: date, rng: Random) -> None:
    some(row, rng, 0.3, settlement="settlement")
    some(row, rng, 0.1, stub_status="stub_status", change_kind="change_kind")
    if rng.random() < 0.2:
        row["issued_on"] = before(as_of, rng, 0, 420)


def _check(row: Values, as_of: date, rng: Random) -> None:
    words = dict.fromkeys(("roster_check", "file_check", "dues_activity_check", "letter_stub_check"), "check_value")
    some(row, rng, 0.1, conclusion="campaign_conclusion", **words)


def abroad(row: Values, as_of: date, rng: Random) -> None:
    some(row, rng, 0.9, purpose="abroad_purpose", funding="abroad_funding")
    if rng.random() < 0.3:
        row["purpose"] = "留学"
    if rng.random() < 0.5:
        row["departed_on"] = before(as_of, rng, 0, 900)
    if rng.random() < 0.5:
        row["expected_return_on"] = before(as_of, rng, -300, 900)
    if rng.random() < 0.3:
        row["keep_approved_on"] = before(as_of, rng, 0, 400)
    if rng.random() < 0.4:
        back_on = before(as_of, rng, 0, 600)
        row |= {"returned_on": back_on, "departed_on": min(row["departed_on"], back_on - timedelta(days=200))}
        if rng.random() < 0.5:
            row["resume_applied_on"] = back_on + timedelta(days=rng.randint(0, 90))


CHANGES: Mapping[str, Callable[[Values, date, Random], None]] = {
    "member_roster": _member,
    "outflow": _outflow,
    "inflow": _inflow,
    "lost_file": _file,
    "transfer_letter": _letter,
    "campaign_check": _check,
    "abroad": abroad,
}
