"""Rules of the catalogue that no check looks for: they hold in another part of the program (elsewhere.json)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class RuleElsewhere:
    """One such rule: ``where`` in the clerk's words, and the checked ``rule`` or the ``place`` (path) behind it."""

    id: str
    title: str
    where: str
    rule: str = ""
    place: str = ""


@cache
def rules_elsewhere() -> tuple[RuleElsewhere, ...]:
    """Every such rule, in the order of the catalogue."""
    data = json.loads(files("validators").joinpath("elsewhere.json").read_text(encoding="utf-8"))
    return tuple(RuleElsewhere(**entry) for entry in data["rules"])
