"""The rules left to people: well formed, told once, and none of them is checked after all."""

import json
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from validators.rules import load_rules
from validators.undecidable import undecidable_rules


def data(name: str) -> Any:
    return json.loads(files("validators").joinpath(name).read_text(encoding="utf-8"))


def test_the_file_follows_its_schema() -> None:
    schema = data("data_schemas/undecidable.schema.json")
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data("undecidable.json"))] == []


def test_every_rule_is_either_checked_or_left_to_people() -> None:
    ids = [rule.id for rule in undecidable_rules()]
    assert len(ids) == len(set(ids))
    assert set(ids) & set(load_rules()) == set()


def test_reasons_are_the_clerks_words() -> None:
    assert [rule.id for rule in undecidable_rules() if "R-" in rule.title + rule.reason] == []
