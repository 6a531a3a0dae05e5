"""Milestone calendars: due days as written and as dates, order of the levels, reminders."""

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from validators.campaigns import Campaign, campaigns, due_day, order_faults, reminders_on
from validators.codes import code_lists
from validators.policy import policy_keys

EVERY = pytest.mark.parametrize("campaign", list(campaigns().values()), ids=list(campaigns()))


def data(name: str) -> Any:
    return json.loads(files("validators").joinpath(name).read_text(encoding="utf-8"))


def test_the_calendars_follow_their_schema() -> None:
    schema = data("data_schemas/campaigns.schema.json")
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data("campaigns.json"))] == []


def test_every_profile_can_be_chosen_in_the_policy() -> None:
    assert {"none", *campaigns()} == set(policy_keys()["calendar.profile"].allowed["enum"])


@EVERY
def test_milestones_name_each_other_and_levels_of_the_list(campaign: Campaign) -> None:
    keys = [row.key for row in campaign.milestones]
    assert len(keys) == len(set(keys))
    assert {row.feeds for row in campaign.milestones} <= {"", *keys}
    assert {row.level for row in campaign.milestones} <= set(code_lists()["organisation_level"].words)


@EVERY
@pytest.mark.parametrize("year", [2024, 2026])
def test_the_shipped_calendars_are_in_order(campaign: Campaign, year: int) -> None:
    assert order_faults(campaign.milestones, year) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Y-11-上旬", "2026-11-10"),
        ("Y-04-中旬", "2026-04-20"),
        ("Y-04-下旬", "2026-04-30"),
        ("Y+1-02-月底", "2027-02-28"),
        ("Y-年初", "2026-03-31"),
        ("Y+1-01-15", "2027-01-15"),
    ],
)
def test_due_days_as_written(text: str, day: str) -> None:
    assert due_day(text, 2026) == date.fromisoformat(day)


def test_the_end_of_february_in_a_leap_year() -> None:
    assert due_day("Y+1-02-月底", 2027) == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["11-25", "Y-13-01", "Y-11-月中", ""])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        due_day(text, 2026)


@pytest.mark.parametrize(("due", "is_late"), [("Y-04-09", False), ("Y-04-10", True), ("Y-04-中旬", True)])
def test_a_child_is_due_before_its_parent(due: str, is_late: bool) -> None:
    rows = [replace(row, due=due) if row.key == "registration" else row for row in campaigns()["P3"].milestones]
    faults = order_faults(rows, 2026)
    assert [fault.child.key for fault in faults] == (["registration"] if is_late else [])
    assert all("请把下级的日期提前" in fault.text for fault in faults)


@pytest.mark.parametrize(
    ("day", "left"), [("2026-11-17", None), ("2026-11-18", 7), ("2026-11-22", 3), ("2026-11-25", 0)]
)
def test_one_is_reminded_seven_three_and_no_days_before(day: str, left: int | None) -> None:
    told = reminders_on(campaigns()["P1"].milestones, 2026, date.fromisoformat(day))
    assert [(row.key, days) for row, days in told] == ([("self_check", left)] if left is not None else [])
