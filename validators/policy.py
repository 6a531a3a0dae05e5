"""Policy profiles (政策方案): thresholds and switches with unit, allowed range, source and grade, from policy.json."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import jsonschema_rs

DEFAULT_PROFILE = "current_2024"

_YES = ("是", "TRUE", "ON", "YES", "Y", "1", "开", "√")
_NO = ("否", "FALSE", "OFF", "NO", "N", "0", "关", "×")
_UNREADABLE = object()


class PolicyError(Exception):
    """A policy value that cannot be used. Its text is one Chinese sentence naming key, value and what is allowed."""


@dataclass(frozen=True, slots=True)
class PolicyKey:
    """One key of policy.json. ``allowed`` is a JSON Schema fragment, ``labels`` the Chinese words of its values."""

    key: str
    title: str
    kind: str
    values: Mapping[str, Any]
    unit: str
    allowed: Mapping[str, Any]
    labels: Mapping[str, str]
    rules: tuple[str, ...]
    source: str
    grade: str
    confirmed: bool

    def shown(self, value: Any) -> str:
        """A value in the clerk's words."""
        if self.kind == "flag":
            return "是" if value else "否"
        if self.kind == "words":
            return "、".join(self.labels.get(part, part) for part in value)
        return self.labels.get(str(value), str(value))

    @property
    def shown_allowed(self) -> str:
        """What may be typed, in the clerk's words."""
        if self.kind == "flag":
            return "是、否"
        if self.kind in ("day", "month_day"):
            return "日期，如 2007-01-01" if self.kind == "day" else "月-日，如 03-31"
        if self.labels:
            return "；".join(f"{label}（{value}）" for value, label in self.labels.items())
        if self.kind == "words":
            options = self.allowed.get("items", {}).get("enum")
            return "、".join(options) + "，可多项" if options else "文字，多项用顿号分开"
        least, most = self.allowed.get("minimum"), self.allowed.get("maximum")
        return f"只能是{least}" if least == most else f"{least}到{most}"


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One row of the sheet 政策参数 in the clerk's words: the value in force and what each profile gives by default."""

    key: str
    title: str
    value: str
    unit: str
    allowed: str
    source: str
    grade: str
    defaults: Mapping[str, str]


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

    def day(self, key: str) -> date:
        """A date value, e.g. ``receipt.since``."""
        return date.fromisoformat(self.values[key])

    def rate(self, key: str) -> Decimal:
        """A share as an exact decimal, e.g. ``sample.rate``."""
        return Decimal(str(self.values[key]))

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that change with the profile or any value; printed on reports and in manifests."""
        text = json.dumps([self.profile, dict(self.values)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@cache
def policy_data() -> Mapping[str, Any]:
    """policy.json as parsed."""
    data: Mapping[str, Any] = json.loads(files("validators").joinpath("policy.json").read_text(encoding="utf-8"))
    return data


@cache
def policy_keys() -> Mapping[str, PolicyKey]:
    """Every policy key, in sheet order."""
    keys = [PolicyKey(**{"labels": {}, **entry, "rules": tuple(entry["rules"])}) for entry in policy_data()["keys"]]
    return MappingProxyType({key.key: key for key in keys})


def load_policy(profile: str = DEFAULT_PROFILE, overrides: Mapping[str, str] = MappingProxyType({})) -> Policy:
    """The policy in force. ``overrides`` is text as typed in 政策参数; blank keeps the profile's value.

    Raises PolicyError for an unknown profile or key and for a value that is not allowed.
    """
    if profile not in policy_data()["profiles"]:
        names = "、".join(policy_data()["profiles"])
        raise PolicyError(f"政策方案“{profile}”不认识，请改为{names}之一。")
    values = {key.key: key.values[profile] for key in policy_keys().values()}
    for name, text in overrides.items():
        if name not in policy_keys():
            raise PolicyError(f"政策参数里的键“{name}”不认识，请对照“政策参数”表第一列改正或删去这一行。")
        if str(text).strip():
            values[name] = parse_value(policy_keys()[name], str(text))
    return Policy(profile, MappingProxyType(values))


def parse_value(key: PolicyKey, text: str) -> Any:
    """A typed value as the key's kind wants it. Raises PolicyError when it cannot be read or is not allowed."""
    value = _read(key, unicodedata.normalize("NFKC", text).strip())
    if value is _UNREADABLE or not _allowed(key, value):
        raise PolicyError(
            f"政策参数 {key.key}（{key.title}）的值“{text.strip()}”不能用，允许的是：{key.shown_allowed}。"
        )
    return value


def profile_on(day: date) -> str:
    """The profile in force on a day; a disposition is judged by that of its 立案日期 (R-DISP-PROFILE)."""
    starts: dict[str, date] = {
        name: date.fromisoformat(entry["from"]) for name, entry in policy_data()["profiles"].items()
    }
    begun: list[str] = [name for name, start in starts.items() if start <= day]
    return max(begun, key=starts.__getitem__) if begun else min(starts, key=starts.__getitem__)


def policy_on(day: date | None, policy: Policy) -> Policy:
    """R-DISP-PROFILE: what a disposition opened on a day is judged by – checks, terms, due list and tables alike.

    Within the profile of the cover that is ``policy`` itself, with the values typed in 政策参数; of another time it is
    the plain profile of that time. None (no 立案日期): ``policy``.
    """
    profile = profile_on(day) if day is not None else policy.profile
    return policy if profile == policy.profile else _plain_policy(profile)


@cache
def _plain_policy(profile: str) -> Policy:
    return load_policy(profile)


def policy_rows(
    profile: str = DEFAULT_PROFILE, overrides: Mapping[str, str] = MappingProxyType({})
) -> tuple[PolicyRow, ...]:
    """The rows of the sheet 政策参数 for a profile, in sheet order. Raises PolicyError as load_policy does."""
    policy = load_policy(profile, overrides)
    return tuple(
        PolicyRow(
            key.key,
            key.title,
            key.shown(policy.values[key.key]),
            key.unit,
            key.shown_allowed,
            key.source,
            key.grade if key.confirmed or key.grade == "U" else f"{key.grade}（待核）",
            {name: key.shown(key.values[name]) for name in policy_data()["profiles"]},
        )
        for key in policy_keys().values()
    )


def _allowed(key: PolicyKey, value: Any) -> bool:
    return jsonschema_rs.Draft202012Validator(dict(key.allowed), validate_formats=True).is_valid(value)


def _read(key: PolicyKey, text: str) -> Any:
    if key.kind == "flag":
        return True if text.upper() in _YES else False if text.upper() in _NO else _UNREADABLE
    if key.kind == "words":
        for mark in "，,;；/ ":
            text = text.replace(mark, "、")
        return [_value_of(key, part) for part in text.split("、") if part]
    if key.kind in ("whole", "rate"):
        return _number(key, text)
    if key.kind in ("day", "month_day"):
        return _day(key, text)
    return _value_of(key, text)


def _number(key: PolicyKey, text: str) -> Any:
    if key.unit and text.endswith(key.unit):
        text = text.removesuffix(key.unit).strip()
    try:
        number = Decimal(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ArithmeticError:
        return _UNREADABLE
    if not number.is_finite():
        return _UNREADABLE
    if number == number.to_integral_value():
        return int(number)
    return float(number) if key.kind == "rate" else _UNREADABLE


def _day(key: PolicyKey, text: str) -> Any:
    """A date as yyyy-mm-dd, a yearly day as mm-dd; a leap year lends 02-29 its existence."""
    numbers = [int(part) for part in re.findall(r"\d+", text.removesuffix(" 00:00:00"))]
    try:
        day = date(*numbers) if key.kind == "day" else date(2024, *numbers)
    except (TypeError, ValueError):
        return _UNREADABLE
    return day.isoformat() if key.kind == "day" else day.strftime("%m-%d")


def _value_of(key: PolicyKey, text: str) -> str:
    folded = {unicodedata.normalize("NFKC", label): value for value, label in key.labels.items()}
    by_case = {value.lower(): value for value in key.labels}
    return folded.get(text) or by_case.get(text.lower()) or text
