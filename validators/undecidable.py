"""Rules of the catalogue that no workbook can decide, with the reason (undecidable.json)."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class UndecidableRule:
    """One rule left to people: its id, what it asks, and why the registers do not show it, as one sentence."""

    id: str
    title: str
    reason: str


@cache
def undecidable_rules() -> tuple[UndecidableRule, ...]:
    """Every such rule, in the order of the catalogue."""
    data = json.loads(files("validators").joinpath("undecidable.json").read_text(encoding="utf-8"))
    return tuple(UndecidableRule(**entry) for entry in data["rules"])
