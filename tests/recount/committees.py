"""Twenty small committees for the recounts: every state and code, empty and silent branches, doubts, contradictions."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from random import Random

from addin.demo.books import merged
from addin.demo.faults import faults, plant
from addin.demo.ledger import Branch, Values
from addin.demo.papers import period_of
from addin.demo.population import Register, made_up
from addin.demo.stories import STORIES
from tests.recount.counting import CATEGORIES
from tests.recount.scatter import scatter
from tests.recount.sheets import Town
from validators.registers import registers

SEEDS = tuple(range(1, 21))
DAYS = (
    *(date(2026, 11, 24), date(2026, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2024, 2, 29)),
    *(date(2026, 6, 30), date(2025, 8, 31), date(2026, 3, 31)),
)
KINDS = (*CATEGORIES, "学校")
COMMITTEE = "037990200000"


@cache
def town(seed: int) -> Town:
    """A committee of three to five branches of 20–60 members each, one empty, one that has not reported, one that
    need not report; the same seed gives the same rows."""
    rng = Random(f"town {seed}")
    as_of = DAYS[seed % len(DAYS)]
    registers = [_register(_branch(number, rng), seed, as_of, rng) for number in range(1, rng.randint(3, 5) + 1)]
    for register in registers:
        _plant_doubts(register, rng)
        scatter(register.rows, as_of, rng)
    _double(registers[0], registers[-1], rng)
    files = {f"{one.branch.code}.xlsx": (one.branch.code, one.rows) for one in registers}
    rows = merged(files)
    _annotate(rows)
    others = [_branch(number, rng) for number in range(7, 10)]
    directory = [_listed(one.branch) for one in registers] + [_listed(one) for one in others]
    directory[-1]["is_expected"] = "否"
    rng.shuffle(directory)
    rows["organisation_directory"] = directory
    reported = {one.branch.code: "已报" for one in registers} | {others[0].code: "已报", others[1].code: "未报"}
    rows["submission_status"] = [{"organisation_code": code, "status": word} for code, word in reported.items()]
    last_year = sum(int(str(one.cover["members_last_year"])) for one in registers)
    return Town(_cover(as_of, last_year if seed % 2 else None), rows, as_of)


def silent_branches(chosen: Town) -> frozenset[str]:
    """Codes of the branches that should have reported and have not."""
    words = {row["organisation_code"]: row["status"] for row in chosen.rows["submission_status"]}
    return frozenset(code for code, word in words.items() if word == "未报")


def _branch(number: int, rng: Random) -> Branch:
    code = f"0379902{number:05d}"
    name = f"第{number}党支部" if number != 2 else "商会流动党员党支部"
    return Branch(code, name, rng.choice(KINDS), f"3799{number:02d}", COMMITTEE, "中共清河镇委员会")


def _register(branch: Branch, seed: int, as_of: date, rng: Random) -> Register:
    """Twenty to sixty members: four at home, the rest spread over the stories, no two branches alike."""
    weights = [rng.random() ** 3 for _ in STORIES]
    lives = ["at_home"] * 4 + rng.choices(list(STORIES), weights, k=rng.randint(16, 56))
    numbers: Mapping[str, int] = {"at_home": lives.count("at_home"), **{name: lives.count(name) for name in STORIES}}
    return made_up(branch, numbers, as_of=as_of, seed=seed)


def _plant_doubts(register: Register, rng: Random) -> None:
    doubts = [fault for fault in faults() if fault.level == "W" and fault.register != "cover"]
    for fault in rng.sample(doubts, 8):
        try:
            plant(register, fault)
        except (LookupError, TypeError, StopIteration):
            continue


def _double(home: Register, other: Register, rng: Random) -> None:
    """The same member on two rosters."""
    member = rng.choice(home.rows["member_roster"])
    other.rows["member_roster"].append({**member, "home_address": "示例市清河镇东关街6号"})


def _annotate(rows: Mapping[str, list[Values]]) -> None:
    """Words of one's own in every third row of every sheet that has a place for them."""
    for register, own in rows.items():
        known = {column.key for column in registers()[register].columns}
        for place, row in enumerate(own):
            for key in known.intersection(("remark", "notified", "request")):
                if place % 3 == 0:
                    row.setdefault(key, f"{registers()[register].title}第{place}条")


def _listed(branch: Branch) -> Values:
    return {
        "organisation_code": branch.code,
        "organisation_name": branch.name,
        "superior_code": branch.superior_code,
        "organisation_level": "党支部",
        "organisation_category": branch.category,
        "is_expected": "是",
        "contact_person": "支部联系员",
        "contact_phone": "0516-83590005",
    }


def _cover(as_of: date, last_year: int | None) -> Values:
    cover: Values = {
        "organisation_name": "中共清河镇委员会",
        "organisation_code": COMMITTEE,
        "organisation_level": "基层党委",
        "organisation_category": "党政机关",
        "superior_name": "中共清河县委组织部",
        "period": period_of(as_of),
        "as_of": as_of,
        "secretary": "镇党委书记",
        "preparer": "组织委员",
        "policy_profile": "current_2024",
    }
    return cover if last_year is None else {**cover, "members_last_year": last_year}
