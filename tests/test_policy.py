"""Policy profiles: values by profile, overrides as typed in 政策参数, refusals in one sentence, the sheet's rows."""

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from validators.codes import code_lists
from validators.policy import PolicyError, load_policy, parse_value, policy_data, policy_keys, policy_rows, profile_on
from validators.words import ContactChannel

PROFILES = tuple(policy_data()["profiles"])
EVERY_KEY = pytest.mark.parametrize("name", list(policy_keys()))


def schema() -> Any:
    return json.loads(files("validators").joinpath("data_schemas/policy.schema.json").read_text(encoding="utf-8"))


def test_policy_json_follows_its_schema() -> None:
    Draft202012Validator.check_schema(schema())
    checker = Draft202012Validator(schema(), format_checker=FormatChecker(formats=["date"]))
    assert [error.message for error in checker.iter_errors(dict(policy_data()))] == []


def test_keys_and_profiles_are_known_once() -> None:
    assert len(policy_keys()) == len(policy_data()["keys"])
    assert code_lists()["policy_profile"].words == PROFILES


@EVERY_KEY
def test_the_profiles_own_values_are_allowed(name: str) -> None:
    key = policy_keys()[name]
    for profile in PROFILES:
        assert Draft202012Validator(key.allowed).is_valid(key.values[profile]), profile


@EVERY_KEY
def test_what_the_sheet_shows_can_be_typed_back(name: str) -> None:
    key = policy_keys()[name]
    for profile in PROFILES:
        assert parse_value(key, key.shown(key.values[profile])) == key.values[profile]


@pytest.mark.parametrize(
    ("key", "current", "tiaoli", "legacy"),
    [
        ("lost.boundary", "reached", "reached", "exceeded"),
        ("stop.enabled", True, True, False),
        ("correct.default_months", 6, 12, 12),
        ("correct.max_months", 12, 12, 12),
        ("rejoin.ban_years", 5, 0, 0),
        ("disp.prior_filing", True, False, False),
        ("disp.committee_attend", "optional", "optional", "required"),
        ("disp.exit_approval", "filing", "filing", "approval"),
    ],
)
def test_where_the_profiles_differ(key: str, current: object, tiaoli: object, legacy: object) -> None:
    assert [load_policy(profile).values[key] for profile in PROFILES] == [current, tiaoli, legacy]


def test_nothing_else_differs_between_profiles() -> None:
    differing = [key.key for key in policy_keys().values() if len({str(value) for value in key.values.values()}) > 1]
    assert differing == [
        "lost.boundary",
        "stop.enabled",
        "correct.default_months",
        "correct.min_months",
        "rejoin.ban_years",
        "disp.prior_filing",
        "disp.committee_attend",
        "disp.exit_approval",
    ]


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("lost.months", "７", 7),
        ("lost.months", "7个月", 7),
        ("lost.months", "7.0", 7),
        ("lost.boundary", "Exceeded", "exceeded"),
        ("lost.boundary", "满月次日起", "exceeded"),
        ("stop.enabled", "否", False),
        ("contact.month_call", "TRUE", True),
        ("search.min_families", "a, B;实地走访", ["A", "B", "E"]),
        ("sample.rate", "15%", 0.15),
        ("sample.rate", "1", 1),
        ("receipt.since", "2008/1/2", "2008-01-02"),
        ("receipt.since", "2008-01-02 00:00:00", "2008-01-02"),
        ("annual.due", "2月29日", "02-29"),
        ("export.role", "书记", ["书记"]),
    ],
)
def test_values_are_read_as_clerks_type_them(key: str, typed: str, value: object) -> None:
    assert load_policy(overrides={key: typed}).values[key] == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("lost.months", "0"),
        ("lost.months", "25"),
        ("lost.months", "6.5"),
        ("lost.months", "六"),
        ("lost.months", "NaN"),
        ("lost.boundary", "满六个月"),
        ("stop.enabled", "也许"),
        ("search.min_families", "A、H"),
        ("search.min_families", "A、A"),
        ("sample.rate", "9%"),
        ("receipt.since", "2007-13-01"),
        ("receipt.since", "2007-01"),
        ("annual.due", "04-31"),
        ("prob.months", "6"),
    ],
)
def test_a_value_outside_the_allowed_range_is_refused_in_one_sentence(key: str, typed: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        load_policy(overrides={key: typed})
    text = str(refusal.value)
    assert key in text
    assert f"“{typed}”" in text
    assert policy_keys()[key].shown_allowed in text
    assert text.count("。") == 1


def test_unknown_profiles_and_keys_are_refused() -> None:
    with pytest.raises(PolicyError, match="政策方案“2030”不认识"):
        load_policy("2030")
    with pytest.raises(PolicyError, match=r"键“lost\.weeks”不认识"):
        load_policy(overrides={"lost.weeks": "6"})


def test_a_blank_override_keeps_the_profiles_value() -> None:
    assert load_policy("legacy_2016", {"lost.boundary": " "}).word("lost.boundary") == "exceeded"


def test_values_come_in_their_type_or_not_at_all() -> None:
    policy = load_policy()
    assert policy.whole("lost.months") == 6
    assert policy.flag("stop.enabled") is True
    assert policy.words("search.min_families") == ("A", "B", "C")
    assert policy.day("receipt.since") == date(2007, 1, 1)
    assert policy.rate("sample.rate") == Decimal("0.1")
    with pytest.raises(TypeError, match=r"stop\.enabled is not a whole number"):
        policy.whole("stop.enabled")
    with pytest.raises(TypeError, match=r"lost\.months is not a flag"):
        policy.flag("lost.months")
    with pytest.raises(KeyError):
        policy.word("lost.weeks")


def test_the_fingerprint_changes_with_profile_and_values_only() -> None:
    marks = {load_policy(profile).fingerprint for profile in PROFILES}
    marks.add(load_policy(overrides={"lost.months": "7"}).fingerprint)
    assert len(marks) == 4
    assert load_policy(overrides={"lost.months": "6"}).fingerprint == load_policy().fingerprint


@pytest.mark.parametrize(
    ("day", "profile"),
    [
        (date(1900, 1, 1), "legacy_2016"),
        (date(2019, 5, 5), "legacy_2016"),
        (date(2019, 5, 6), "tiaoli_2019"),
        (date(2024, 6, 15), "tiaoli_2019"),
        (date(2024, 6, 16), "current_2024"),
    ],
)
def test_the_profile_in_force_on_a_day(day: date, profile: str) -> None:
    assert profile_on(day) == profile


def test_the_sheet_lists_every_key_with_the_value_in_force() -> None:
    rows = {row.key: row for row in policy_rows("legacy_2016", {"lost.months": "9"})}
    assert list(rows) == list(policy_keys())
    assert (rows["lost.months"].value, rows["lost.months"].unit, rows["lost.months"].allowed) == ("9", "个月", "1到24")
    assert rows["lost.boundary"].value == "满月次日起"
    assert rows["stop.enabled"].value == "否"
    assert rows["stop.enabled"].defaults == {"current_2024": "是", "tiaoli_2019": "是", "legacy_2016": "否"}
    assert rows["receipt.grace_days"].source == "本工具默认值"
    assert rows["letter.max_months"].grade == "P（待核）"


def test_the_channels_of_the_policy_are_those_that_count_by_default() -> None:
    assert load_policy().words("contact.channels") == code_lists()["contact_channel"].with_attribute("counts")
    assert ContactChannel.BROADCAST not in load_policy().words("contact.channels")
