"""The demonstration committee (committee.json): branches of different kinds, who is where, and what is wrong."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from addin.demo.faults import Place, faults, plant
from addin.demo.flows import Flow, link
from addin.demo.ledger import Branch, Values
from addin.demo.papers import period_of
from addin.demo.population import Register, made_up
from addin.demo.stories import shares
from validators.dates import Quarter
from validators.policy import DEFAULT_PROFILE
from validators.words import EntryWay, SubmissionStatus, YesNo

STATUS = {
    "wrong_period": SubmissionStatus.WRONG_PERIOD,
    "unreadable": SubmissionStatus.UNREADABLE,
    "missing": SubmissionStatus.MISSING,
}
DEMO_MEMBERS = 592
"""Members of the committee as its file gives them; other sizes are in proportion."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What one branch hands in: the file's name, its register, the 报送状态 it must get, the errors planted in it."""

    file: str
    register: Register
    status: str
    planted: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee: cover and 党组织名录 of its own workbook, and what its branches hand in (``missing``: nothing)."""

    cover: Values
    directory: list[Values]
    submissions: tuple[Submission, ...]


@cache
def plan() -> Mapping[str, Any]:
    """committee.json as parsed."""
    data: Mapping[str, Any] = json.loads(files("addin.demo").joinpath("committee.json").read_text(encoding="utf-8"))
    return data


def demo_committee(*, as_of: date, seed: int = 1, members: int = DEMO_MEMBERS, faulty: bool = True) -> Committee:
    """The committee at an as-of date; the same arguments give the same rows.

    ``members`` scales every branch; without ``faulty`` no fault is planted and every branch hands in a good file.
    """
    status = dict(plan()["not_as_expected"]) if faulty else {}
    registers: dict[str, Register] = {}
    for entry in plan()["branches"]:
        day = Quarter.of(as_of).previous().last if status.get(entry["code"]) == "wrong_period" else as_of
        registers[entry["code"]] = _register(entry, day, seed, members)
    for given in plan()["flows"]:
        flow = Flow(**given)
        link(registers[flow.of], registers[flow.to], flow, registers[flow.written or flow.to].branch)
    planted: dict[str, frozenset[Place]] = {}
    if faulty:
        for double in plan()["doubles"]:
            _double(registers[double["of"]], registers[double["also_in"]])
        planted = _plant_all(registers)
    submissions = tuple(
        Submission(
            f"{code}_{register.branch.name}_{register.cover['period']}.xlsx",
            register,
            STATUS.get(status.get(code, ""), SubmissionStatus.SUBMITTED),
            planted.get(code, frozenset()),
        )
        for code, register in registers.items()
    )
    return Committee(_cover(as_of), [_listed(entry) for entry in plan()["branches"]], submissions)


def _register(entry: Mapping[str, Any], as_of: date, seed: int, members: int) -> Register:
    county = f"3799{entry['code'][-2:]}"
    branch = Branch(entry["code"], entry["name"], entry["category"], county, plan()["code"], plan()["name"])
    numbers = dict(shares(max(20, entry["members"] * members // DEMO_MEMBERS), every=False, favour=entry["favour"]))
    for story, count in entry["also"].items():
        numbers[story] = numbers.get(story, 0) + count
    numbers["at_home"] -= sum(entry["also"].values())
    return made_up(branch, numbers, as_of=as_of, seed=seed)


def _double(home: Register, other: Register) -> None:
    """The same member on two rosters, each branch with its own address for him and counting him since last year."""
    member = next(
        row for row in home.lives("at_home")[10:] if "tags" not in row and row["entry_way"] == EntryWay.OPENING
    )
    other.rows["member_roster"].append({**member, "home_address": "示例市云溪县东关街6号", "post": "个体经营"})
    counted = other.cover["members_last_year"]
    other.cover["members_last_year"] = counted + 1 if isinstance(counted, int) else 1


def _plant_all(registers: Mapping[str, Register]) -> dict[str, frozenset[Place]]:
    found: dict[str, frozenset[Place]] = {}
    for fault in faults():
        if fault.branch:
            found[fault.branch] = found.get(fault.branch, frozenset()) | plant(registers[fault.branch], fault)
    return found


def _cover(as_of: date) -> Values:
    return {
        "organisation_name": plan()["name"],
        "organisation_code": plan()["code"],
        "organisation_level": "基层党委",
        "organisation_category": plan()["category"],
        "superior_name": "中共云溪县委组织部",
        "superior_code": "037990000000",
        "period": period_of(as_of),
        "as_of": as_of,
        "secretary": plan()["secretary"],
        "preparer": plan()["preparer"],
        "policy_profile": DEFAULT_PROFILE,
    }


def _listed(entry: Mapping[str, Any]) -> Values:
    return {
        "organisation_code": entry["code"],
        "organisation_name": entry["name"],
        "superior_code": plan()["code"],
        "organisation_level": "党支部",
        "organisation_category": entry["category"],
        "is_expected": YesNo.YES,
        "contact_person": "支部联系员",
        "contact_phone": "0516-83590005",
    }
