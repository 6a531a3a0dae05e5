"""Policy profiles (政策方案): thresholds and switches with unit, allowed range, source and grade, from policy.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

DEFAULT_PROFILE = "current_2024"


@dataclass(frozen=True, slots=True)
class Policy:
    """The values in force: a profile, with what the workbook's 政策参数 sheet overrides."""

    profile: str
    values: Mapping[str, Any]

    def whole(self, key: str) -> int:
        """A whole-number value, e.g. ``lost.months``."""
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{key} is not a whole number: {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """A yes/no value."""
        value = self.values[key]
        if not isinstance(value, bool):
            raise TypeError(f"{key} is not a flag: {value!r}")
        return value

    def word(self, key: str) -> str:
        """A word value, e.g. ``lost.boundary``."""
        return str(self.values[key])

    def words(self, key: str) -> tuple[str, ...]:
        """A list value, e.g. ``search.min_families``."""
        return tuple(self.values[key])


@cache
def policy_data() -> Mapping[str, Any]:
    """policy.json as parsed."""
    data: Mapping[str, Any] = json.loads(files("validators").joinpath("policy.json").read_text(encoding="utf-8"))
    return data
