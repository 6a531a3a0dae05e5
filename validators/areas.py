"""Administrative areas (行政区划) by six-digit code, GB/T 2260: names, and codes that were withdrawn since."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_BLOCKS = (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66), (71, 81, 82, 83))
PROVINCES = frozenset(str(code) for block in _BLOCKS for code in block)
"""The first two digits an area code or identity number may have (81–83: residence permits of 港澳台 residents)."""

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""直辖市: moving about inside one is never 跨市."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Names by code (``110000`` province, ``320500`` prefecture, ``320506`` county) and the withdrawn codes."""

    names: Mapping[str, str]
    withdrawn: frozenset[str]

    def full_name(self, code: str) -> str:
        """Province, prefecture and county in words, e.g. 江苏省苏州市吴中区; empty when the code is unknown."""
        if code not in self.names:
            return ""
        steps = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
        return "".join(self.names.get(step, "") for step in steps)


@cache
def areas() -> Areas:
    """The bundled table (areas.json says where it comes from)."""
    data: Mapping[str, Any] = json.loads(files("validators").joinpath("areas.json").read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for province, prefectures in data["areas"].items():
        code, name = province.split(" ")
        names[f"{code}0000"] = name
        for prefecture, counties in prefectures.items():
            second, prefecture_name = prefecture.split(" ")
            if prefecture_name not in _COLLECTIVE:
                names[f"{code}{second}00"] = prefecture_name
            words = counties.split(" ") if counties else []
            for third, county in zip(words[::2], words[1::2], strict=True):
                names[f"{code}{second}{third}"] = county
    gone = {start + end for start, ends in data["withdrawn"].items() for end in ends.split(" ")}
    return Areas(names, frozenset(gone - names.keys()))


def flow_kind(home: str, away: str) -> str:
    """How far apart two area codes lie: ``province`` (跨省), ``city`` (省内跨市) or ``same`` (R-FLD-AREA)."""
    if home[:2] != away[:2]:
        return "province"
    if home[:2] in MUNICIPALITIES or home[2:4] == away[2:4]:
        return "same"
    return "city"


_COLLECTIVE = frozenset({"市辖", "省直辖县级行政区划", "自治区直辖县级行政区划"})
