"""Small committees drawn by hypothesis: members of every story and in two states, empty and silent branches, blanks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from addin.demo.books import as_book
from addin.demo.ledger import Values
from addin.demo.population import PLAIN_BRANCH, made_up
from addin.demo.stories import STORIES
from validators.codes import code_lists
from validators.policy import load_policy, policy_data
from validators.registers import registers
from validators.rule import Case

MADE_ON = date(2026, 11, 24)
KINDS = ("members", "members", "members", "empty", "silent")
"""What a branch may be: with members, reported and empty, expected and not reported (未报)."""
CODED = {
    "outflow": ("flow_range", "destination_unit_type", "occupation", "management"),
    "inflow": ("flow_range", "destination_unit_type", "occupation"),
    "lost_file": ("situation",),
    "member_roster": ("education", "birth_date", "joined_on", "confirmed_on"),
    "abroad": ("purpose", "funding"),
    "disposition": ("proposal",),
}
"""Cells forms are parted by; a blank one leaves its person in no column."""


@dataclass(frozen=True, repr=False)
class Drawn:
    """A drawn committee: the kind of each branch, rows by register, the day, and the policy profile."""

    kinds: tuple[str, ...]
    rows: Mapping[str, list[Values]]
    as_of: date
    profile: str

    def __repr__(self) -> str:
        """Who stands in which register; the rows themselves are too many to read."""
        where: dict[str, list[str]] = {}
        for register, rows in self.rows.items():
            for row in rows:
                where.setdefault(f"{row['source_organisation']} {row.get('name', '')}", []).append(register)
        people = "\n".join(f"  {name}: {'、'.join(dict.fromkeys(found))}" for name, found in where.items())
        return f"Drawn({self.kinds}, {self.as_of}, {self.profile})\n{people}"

    @property
    def silent(self) -> frozenset[str]:
        """Codes of the branches that have not reported."""
        return frozenset(code(number) for number, kind in enumerate(self.kinds) if kind == "silent")

    def case(self, status: str = "未报") -> Case:
        """As a committee workbook; ``status`` is the 报送状态 of the silent branches."""
        rows = {**self.rows}
        rows["organisation_directory"] = [
            {
                "organisation_code": code(number),
                "organisation_name": f"第{number}党支部",
                "organisation_level": "党支部",
                "organisation_category": code_lists()["organisation_category"].words[number],
                "is_expected": "是",
            }
            for number in range(len(self.kinds))
        ]
        rows["submission_status"] = [
            {"organisation_code": code(number), "status": status if kind == "silent" else "已报"}
            for number, kind in enumerate(self.kinds)
        ]
        cover: Values = {"organisation_name": "中共云溪镇委员会", "organisation_code": "037990100000"}
        cover |= {"policy_profile": self.profile, "as_of": self.as_of}
        return Case(as_book("汇总.xlsx", cover, rows, "committee"), load_policy(self.profile), self.as_of)


def code(number: int) -> str:
    """党组织代码 of a branch."""
    return f"0379901{number:05d}"


@cache
def lives() -> tuple[Mapping[str, list[Values]], ...]:
    """The rows of one member each, two of every story."""
    register = made_up(PLAIN_BRANCH, dict.fromkeys(STORIES, 2), as_of=MADE_ON, seed=6)
    numbers = [row["identity_number"] for row in register.rows["member_roster"]]
    numbers += [row["identity_number"] for row in register.rows["inflow"]]
    return tuple(
        {key: [row for row in rows if row.get("identity_number") == number] for key, rows in register.rows.items()}
        for number in numbers
    )


def _words(codes: str) -> st.SearchStrategy[str]:
    return st.sampled_from(code_lists()[codes].words)


_days = st.integers(-900, 200).map(lambda days: MADE_ON + timedelta(days=days))


@st.composite
def _changes(draw: st.DrawFn, register: str) -> Values:
    """Other words of the lists in a row of a register."""
    columns = {column.key: column for column in registers()[register].columns}
    found: Values = {}
    for key in CODED[register]:
        column = columns[key]
        if column.codes and draw(st.booleans()):
            found[key] = draw(_words(column.codes))
    return found


@st.composite
def _second_state(draw: st.DrawFn) -> dict[str, Values]:
    """Rows that put a member into another state as well, by register."""
    found: dict[str, Values] = {}
    if draw(st.booleans()):
        found["abroad"] = {"departed_on": draw(_days), "purpose": draw(_words("abroad_purpose"))}
        found["abroad"]["funding"] = draw(_words("abroad_funding"))
    if draw(st.booleans()):
        found["transfer_letter"] = {"direction": "转出", "change_kind": "永久", "issued_on": draw(_days)}
    if draw(st.booleans()):
        opened_on = draw(_days)
        found["disposition"] = {"opened_on": opened_on, "proposal": draw(_words("disposition_outcome"))}
        found["disposition"]["approved_on"] = opened_on + timedelta(days=draw(st.integers(0, 60)))
        found["disposition"]["situation"] = draw(_words("disposition_situation"))
    if draw(st.booleans()):
        found["outflow"] = {"left_on": draw(_days), **draw(_all_words("outflow"))}
    return found


@st.composite
def _all_words(draw: st.DrawFn, register: str) -> Values:
    columns = {column.key: column for column in registers()[register].columns}
    return {key: draw(_words(codes)) for key in CODED[register] if (codes := columns[key].codes)}


@st.composite
def committees(draw: st.DrawFn, *, blanks: bool, silent: int = 0) -> Drawn:
    """One to four branches of up to five members, and so many ``silent`` ones; with ``blanks`` some cells that part a
    form are left blank."""
    kinds = ("silent",) * silent + tuple(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4)))
    rows: dict[str, list[Values]] = {}
    for number, kind in enumerate(kinds):
        chosen = draw(st.lists(st.integers(0, len(lives()) - 1), unique=True, max_size=5)) if kind == "members" else ()
        for place in chosen:
            _add(draw, rows, code(number), lives()[place])
    if blanks:
        for register, column in draw(st.lists(st.sampled_from(_coded()), max_size=4)):
            for row in rows.get(register, ()):
                if draw(st.booleans()):
                    row.pop(column, None)
    as_of = draw(st.integers(-200, 500).map(lambda days: MADE_ON + timedelta(days=days)))
    return Drawn(kinds, rows, as_of, draw(st.sampled_from(tuple(policy_data()["profiles"]))))


def _coded() -> list[tuple[str, str]]:
    return [(register, column) for register, columns in CODED.items() for column in columns]


def _add(draw: st.DrawFn, rows: dict[str, list[Values]], organisation: str, life: Mapping[str, list[Values]]) -> None:
    own: dict[str, list[dict[str, Any]]] = {}
    for register, given in life.items():
        # Another outcome would leave a member who was removed without one.
        changes = draw(_changes(register)) if register in CODED and register != "disposition" and given else {}
        own[register] = [{**row, **changes} for row in given]
    for member in own.get("member_roster", ()):
        for register, row in draw(_second_state()).items():
            if register == "transfer_letter" and own.get(register):
                continue  # two letters at once are an error of their own
            own.setdefault(register, []).append(
                {"name": member["name"], "identity_number": member["identity_number"], **row}
            )
        if "transfer_letter" in own and draw(st.booleans()) and member["relation_belonging"] == "在册":
            member["relation_belonging"] = "转出未回执"
    for register, found in own.items():
        rows.setdefault(register, []).extend({"source_organisation": organisation, **row} for row in found)
