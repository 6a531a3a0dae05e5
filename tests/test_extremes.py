"""Workbooks at the edge of sense: nothing filled in, only names, twenty thousand rows – and a rule that crashes."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.cli import main
from addin.hosts.workbook_writer import write_workbook
from addin.registry import FOUND_ERRORS, OK
from tests.drawing import COVER, identity
from validators.registers import registers
from validators.rule import RULES, Case, Hit, Rule, Wording
from validators.rules import load_rules
from validators.table import Value


def checked(path: Path, cover: dict[str, Value] | None = None, **rows: list[dict[str, Value]]) -> tuple[int, list[Any]]:
    """Exit code and findings of a workbook with these rows."""
    write_workbook(path, "branch", cover=COVER if cover is None else cover, rows=rows)
    out = path.with_suffix(".json")
    code = main(["check", str(path), "--as-of", "2026-11-24", "--json", str(out)])
    return code, json.loads(out.read_text(encoding="utf-8"))["findings"]


def kinds(findings: list[Any]) -> set[tuple[str, str, str]]:
    return {(found["rule"], found["level"], found["sheet"]) for found in findings}


def test_a_blank_workbook_asks_for_its_cover_and_its_members(tmp_path: Path) -> None:
    code, findings = checked(tmp_path / "空.xlsx", cover={})
    assert code == FOUND_ERRORS
    assert kinds(findings) == {("R-FLD-REQUIRED", "E", "封面"), ("R-FLD-REQUIRED", "W", "党员名册")}
    starred = {column.title for column in registers()["cover"].columns if column.required}
    assert {found["title"] for found in findings if found["sheet"] == "封面"} == starred - {"政策方案"}


def test_blank_registers_behind_a_cover_are_one_doubt(tmp_path: Path) -> None:
    code, findings = checked(tmp_path / "只有封面.xlsx")
    assert code == OK
    assert [(found["cell"], found["message"]) for found in findings] == [("A3", "“党员名册”一行也没有填")]


PEOPLE = [key for key, register in registers().items() if register.kind in ("register", "log")]
NAMED = [key for key in PEOPLE if any(column.key == "name" for column in registers()[key].columns)]


@pytest.mark.parametrize("register", NAMED)
def test_a_row_with_only_a_name_is_asked_for_its_stars_and_little_else(tmp_path: Path, register: str) -> None:
    _, findings = checked(tmp_path / "只有姓名.xlsx", **{register: [{"name": "张三"}]})
    here = [found for found in findings if found["sheet"] == registers()[register].title]
    starred = [column.title for column in registers()[register].columns if column.required and column.key != "name"]
    assert [found["title"] for found in here if found["level"] == "E"] == starred
    assert {found["rule"] for found in here if found["level"] == "E"} == {"R-FLD-REQUIRED"}
    assert not any("未能运行" in found["message"] for found in findings)
    assert len(findings) <= len(starred) + 3


@pytest.mark.slow
def test_twenty_thousand_rows_are_read_checked_and_told_in_a_few_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = identity("1985-03-07", 1)
    log: list[dict[str, Value]] = [
        {
            "contacted_on": date(2026, 1 + day % 10, 1 + day % 28),
            "name": "张三",
            "identity_number": number,
            "initiator": "支部",
            "channel": "飞鸽传书" if day % 10 == 0 else "电话",
            "answered": "是",
            "contact_person": "联系员",
            "content": "近况",
        }
        for day in range(20_000)
    ]
    _, findings = checked(
        tmp_path / "两万行.xlsx", contact_log=log, member_roster=[{"name": "张三", "identity_number": number}]
    )
    wrong = [found for found in findings if found["rule"] == "R-FLD-ENUM"]
    assert [found["row"] for found in wrong] == [4 + day for day in range(0, 20_000, 10)]
    said = capsys.readouterr().out
    assert "联系记录 E4、E14、E24、E34、E44等，共 2000 处，如 E4（张三）" in said
    assert len(said.splitlines()) < 80


def test_a_rule_that_crashes_is_told_by_the_command_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(case: Case) -> Iterator[Hit]:
        """Fails on the first row."""
        yield Hit("member_roster", case.book["member_roster"].rows[0], "name")
        raise ZeroDivisionError(case.book["member_roster"].rows[0].text("identity_number"))

    number = identity("1985-03-07", 1)
    member: dict[str, Value] = {"name": "张三", "identity_number": number, "sex": "女"}
    before = kinds(checked(tmp_path / "好.xlsx", member_roster=[member])[1])
    load_rules()
    broken = Rule("R-TRIAL", "W", "试验", ("member_roster",), {"": Wording("一", "二")}, "依据", "U", crash)
    monkeypatch.setitem(RULES, "R-TRIAL", broken)
    capsys.readouterr()
    code, findings = checked(tmp_path / "坏.xlsx", member_roster=[member])
    assert code == FOUND_ERRORS
    assert kinds(findings) == before | {("R-TRIAL", "E", "党员名册")}
    said = capsys.readouterr().out
    assert "规则 R-TRIAL（试验）未能运行（ZeroDivisionError），这一项没有核查，其余规则不受影响" in said
    assert number not in said
