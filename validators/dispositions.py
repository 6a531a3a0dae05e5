"""The decision table (处置决定表 D01–D24) from dispositions.json: situations, outcomes, paths and inputs.

What follows for members abroad (R-XFER-ABROAD) are its situations D04–D06 and D19.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from validators.codes import code_lists
from validators.policy import Policy
from validators.table import Level

Authority = Literal["county", "committee", "below_committee", "unknown"]
"""How high a 审批机关 stands, as far as its name tells."""

Condition = Mapping[str, tuple[str, ...]]
"""Input key -> the values that fit; a list of conditions holds when one of them does."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing the table asks (R-DISP-INPUTS). While a ``first`` one is unknown nothing else need be asked."""

    key: str
    title: str
    where: str
    values: tuple[str, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path (R-DISP-STEPS): one of ``columns`` is dated; ``policy`` values under which it is asked."""

    columns: tuple[str, ...]
    level: Level = "E"
    policy: Mapping[str, Any] = field(default_factory=dict)
    needs_contact: bool = False

    def is_asked(self, policy: Policy, *, reachable: bool) -> bool:
        """Whether the policy in force asks for it; of a member out of reach nothing is asked that needs contact."""
        return (reachable or not self.needs_contact) and all(policy.values[k] == v for k, v in self.policy.items())


@dataclass(frozen=True, slots=True)
class Path:
    """The steps up to the decision, whose approval it needs, and whether it is served on the member (送达)."""

    code: str
    title: str
    steps: tuple[Step, ...]
    approval: Literal["committee", "county", "none"]
    serves: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One outcome a situation allows, under which policy values and conditions; ``path`` "" when nothing is voted."""

    outcome: str
    path: str = ""
    policy: Mapping[str, Any] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()

    def holds_under(self, policy: Policy) -> bool:
        """Whether the policy in force knows this option."""
        return all(policy.values[key] == value for key, value in self.policy.items())


@dataclass(frozen=True, slots=True)
class DispositionSituation:
    """One row of the table. Without ``when`` only the branch itself can say that it holds."""

    code: str
    word: str
    members: tuple[str, ...]
    options: tuple[Option, ...]
    source: str
    grade: str
    when: tuple[Condition, ...] = ()
    reachable: bool = True
    note: str = ""

    def options_under(self, policy: Policy) -> tuple[Option, ...]:
        """The options the policy in force knows, the usual one first."""
        return tuple(option for option in self.options if option.holds_under(policy))


@dataclass(frozen=True, slots=True)
class DispositionTable:
    """dispositions.json as read; situations by code and inputs by key, both in table order."""

    inputs: Mapping[str, Input]
    paths: Mapping[str, Path]
    situations: Mapping[str, DispositionSituation]
    conduct_words: Mapping[str, tuple[str, ...]]
    authorities: Mapping[str, tuple[str, ...]]
    county_direct: str


@cache
def disposition_table() -> DispositionTable:
    """The decision table."""
    data = json.loads(files("validators").joinpath("dispositions.json").read_text(encoding="utf-8"))
    return DispositionTable(
        inputs={entry["key"]: Input(**{**entry, "values": tuple(entry["values"])}) for entry in data["inputs"]},
        paths={entry["code"]: _path(entry) for entry in data["paths"]},
        situations={entry["code"]: _situation(entry) for entry in data["situations"]},
        conduct_words={key: tuple(words) for key, words in data["conduct_words"].items()},
        authorities={key: tuple(words) for key, words in data["authorities"].items()},
        county_direct=data["county_direct"],
    )


def situation_of(word: str) -> DispositionSituation | None:
    """The row of the table a cell 情形 names; None when blank or unknown."""
    code = code_lists()["disposition_situation"].by_word.get(word)
    return disposition_table().situations.get(code.code) if code is not None else None


def authority(name: str) -> Authority:
    """The level of a 审批机关 by its name; ``unknown`` when the name does not tell."""
    marks = disposition_table().authorities
    for level in ("county", "below_committee", "committee"):
        if any(re.search(mark, name) for mark in marks[level]):
            return level
    return "unknown"


def read_conduct(text: str) -> str | None:
    """组织核实情况 as a value of the input ``conduct``; None when the text does not tell (the clerk is asked)."""
    words = disposition_table().conduct_words
    named = "|".join((*words["discipline"], *words["unqualified"]))
    denied = re.compile(rf"(?:{'|'.join(words['denial'])})[^，。；,;]{{0,8}}?(?:{named})(?:[及和、或]?(?:{named}))*")
    rest = denied.sub("", text)
    fine, bad, wrong = disposition_table().inputs["conduct"].values
    if any(word in rest for word in words["discipline"]):
        return wrong
    if any(word in rest for word in words["unqualified"]):
        return bad
    is_fine = rest != text or text.strip("。 ") in words["denial"] or any(word in rest for word in words["fine"])
    return fine if is_fine else None


def _path(entry: Mapping[str, Any]) -> Path:
    titles = {code.code: code.word for code in code_lists()["disposition_path"].entries}
    steps = tuple(Step(**{**step, "columns": tuple(step["columns"])}) for step in entry["steps"])
    return Path(entry["code"], titles[entry["code"]], steps, entry["approval"], entry["serves"])


def _situation(entry: Mapping[str, Any]) -> DispositionSituation:
    words = {code.code: code.word for code in code_lists()["disposition_situation"].entries}
    options = tuple(Option(**{**option, "when": _conditions(option)}) for option in entry["options"])
    given = {**entry, "members": tuple(entry["members"]), "when": _conditions(entry), "options": options}
    return DispositionSituation(word=words[entry["code"]], **given)


def _conditions(entry: Mapping[str, Any]) -> tuple[Condition, ...]:
    return tuple({key: tuple(values) for key, values in condition.items()} for condition in entry.get("when", ()))
