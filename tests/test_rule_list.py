"""The list of rules: complete against the catalogue, in step with the committed page, shown and saved by command."""

import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from addin.build import RULES_PAGE, build_rules_page
from addin.cli import main
from addin.desk import Desk
from addin.rule_list import CHECKED, CONFIRMED, TITLES, as_markdown, as_text, rule_lines
from validators.check import SIGNOFF_RULES
from validators.elsewhere import RuleElsewhere, rules_elsewhere
from validators.policy import load_policy
from validators.rules import load_rules
from validators.undecidable import undecidable_rules

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = json.loads(Path(__file__).with_name("rule_catalogue.json").read_text(encoding="utf-8"))["rules"]
LINES = rule_lines(load_policy())


def data(name: str) -> Any:
    return json.loads(files("validators").joinpath(name).read_text(encoding="utf-8"))


def test_every_rule_of_the_catalogue_is_checked_held_elsewhere_or_left_to_people() -> None:
    known = {line.id for line in LINES}
    assert [name for name in CATALOGUE if name not in known] == []


def test_no_rule_is_told_twice() -> None:
    places = [*load_rules(), *(one.id for one in rules_elsewhere()), *(one.id for one in undecidable_rules())]
    assert sorted(places) == sorted(set(places))


def test_the_file_of_rules_elsewhere_follows_its_schema() -> None:
    schema = data("data_schemas/elsewhere.schema.json")
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data("elsewhere.json"))] == []


@pytest.mark.parametrize("one", rules_elsewhere(), ids=lambda one: one.id)
def test_the_place_of_a_rule_elsewhere_is_there(one: RuleElsewhere) -> None:
    if one.rule:
        assert one.rule in load_rules()
        return
    place = ROOT / one.place
    assert place.exists()
    if place.suffix == ".py":
        assert one.id in place.read_text(encoding="utf-8"), f"{one.place} does not say that it holds {one.id}"


def test_every_line_is_complete() -> None:
    for line in LINES:
        assert line.id and line.title and line.family
        assert all(one.message for one in line.says)
        assert "{" not in "".join(line.cells)
        assert len(line.cells) == len(TITLES)
        if line.how == CHECKED:
            assert line.level and line.sheets and line.source and line.grade and line.confirmed
            assert all(one.fix for one in line.says)
            assert len(line.says) == len(load_rules()[line.id].wordings)


def test_a_second_hand_basis_is_not_confirmed() -> None:
    by_id = {line.id: line for line in LINES}
    assert by_id["R-DISP-PROB-NA"].confirmed == "待核"
    assert by_id["R-DISP-STOP-2Y"].confirmed == CONFIRMED
    assert {line.id for line in LINES if "签报时为错误" in line.level} == SIGNOFF_RULES & set(load_rules())


def test_settings_show_the_values_of_the_profile() -> None:
    (line,) = rule_lines(load_policy("legacy_2016"), "R-DISP-CORRECT-PERIOD")
    assert "= 12个月（correct.default_months）" in line.settings


def test_the_committed_page_is_up_to_date(tmp_path: Path) -> None:
    build_rules_page(tmp_path / "page.md", Desk(io.StringIO(), io.StringIO()))
    fresh = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert RULES_PAGE.read_text(encoding="utf-8") == fresh, "run python -m addin.build"


def test_the_page_is_one_table_a_family() -> None:
    page = as_markdown(LINES)
    rows = [line for line in page.splitlines() if line.startswith("| R-")]
    assert len(rows) == len(LINES)
    assert {row.count("|") for row in rows} == {7}


def test_the_terminal_shows_every_rule_and_their_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines() == as_text(LINES)
    assert f"共 {len(LINES)} 条" in shown


def test_a_part_of_the_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "r-tag"]) == 0
    shown = capsys.readouterr().out
    assert "R-TAG-POCKET" in shown
    assert "R-DISP" not in shown


def test_the_list_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json", str(tmp_path / "rules.json")]) == 0
    told = json.loads((tmp_path / "rules.json").read_text(encoding="utf-8"))
    assert told["schema"] == 1
    assert [one["id"] for one in told["rules"]] == [line.id for line in LINES]
    assert capsys.readouterr().out == ""


def test_the_list_as_a_workbook(tmp_path: Path) -> None:
    target = tmp_path / "规则清单.xlsx"
    assert main(["rules", "-o", str(target)]) == 0
    sheet = openpyxl.load_workbook(target)["规则清单"]
    assert [sheet.cell(row, 1).value for row in range(4, 4 + len(LINES))] == [line.id for line in LINES]
    assert sheet.cell(3, 1).value == "规则"
    assert sheet.auto_filter.ref.startswith("A3:")


def test_the_list_as_a_page(tmp_path: Path) -> None:
    target = tmp_path / "规则清单.md"
    assert main(["rules", "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == as_markdown(LINES)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["R-NONE"], "没有编号以“R-NONE”开头的规则"),
        (["--profile", "2030"], "2030"),
        (["-o", "规则.pdf"], "要以 .xlsx 或 .md 结尾"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", *arguments]) == 3
    assert told in capsys.readouterr().err
