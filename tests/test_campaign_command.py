"""`taizhang campaign`: the calendar of a 集中排查, its reminders, and dates that do not follow each other."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.campaign_text import numbers_of
from addin.cli import main
from tests.drawing import draw
from tests.ooxml_validator import validate
from tests.workbook_editing import write_drawn
from validators.campaigns import campaigns


def answer(folder: Path, *words: str, code: int = 0) -> Any:
    out = folder / "日程.json"
    assert main(["campaign", *words, "--json", str(out)]) == code
    return json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("profile", sorted(campaigns()))
def test_every_profile_is_told_in_order_and_without_faults(profile: str, tmp_path: Path) -> None:
    data = answer(tmp_path, "--profile", profile, "--year", "2026", "--as-of", "2026-01-01")
    days = [row["due"] for row in data["milestones"]]
    assert days == sorted(days)
    assert len(days) == len(campaigns()[profile].milestones)
    assert data["order_faults"] == []


def test_owner_recipient_attachments_and_reminders(tmp_path: Path) -> None:
    data = answer(tmp_path, "--profile", "P1", "--year", "2026", "--as-of", "2026-11-20")
    row = next(row for row in data["milestones"] if row["key"] == "self_check")
    assert (row["level"], row["due"], row["days"], row["recipient"]) == ("党支部", "2026-11-25", 5, "基层党委")
    assert row["attachments"] == ["表1", "表2", "表3", "表4", "表5", "表6", "表7"]
    assert row["reminders"] == ["2026-11-18", "2026-11-22", "2026-11-25"]
    last = next(row for row in data["milestones"] if row["key"] == "sampling")
    assert last["due"] == "2027-02-28"


def test_what_is_near_is_reminded_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaign", "--profile", "P1", "--as-of", "2026-11-18"]) == 0
    near = capsys.readouterr().out.split("近期提醒：")[1]
    assert near.strip().splitlines() == ["2026-11-25（还有7天）党支部：完成自查，填报各表"]
    assert main(["campaign", "--profile", "P1", "--as-of", "2026-11-17"]) == 0
    assert "近期提醒" not in capsys.readouterr().out


def test_a_clerk_reads_no_english_word(capsys: pytest.CaptureFixture[str]) -> None:
    for profile in campaigns():
        assert main(["campaign", "--profile", profile, "--as-of", "2026-11-18"]) == 0
        shown = capsys.readouterr().out
        assert [row.key for row in campaigns()[profile].milestones if row.key in shown] == []


def test_a_parent_not_later_than_its_child_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--profile", "P3", "--year", "2026", "--as-of", "2026-01-01", "--move")
    number = numbers_of(campaigns()["P3"])["registration"]
    fine = answer(tmp_path, *words, f"{number}=2026-04-09")
    assert fine["order_faults"] == []
    data = answer(tmp_path, *words, f"{number}=2026-04-10", code=1)
    assert len(data["order_faults"]) == 1
    assert "2026-04-10" in data["order_faults"][0]
    assert "日期先后有误" in capsys.readouterr().out


def test_the_workbook_names_profile_and_as_of_date(tmp_path: Path) -> None:
    book = draw()
    file = write_drawn(tmp_path / "台账.xlsx", book)
    assert main(["campaign", str(file)]) == 3
    data = answer(tmp_path, str(file), "--profile", "P4")
    assert (data["as_of"], data["year"]) == ("2026-11-24", 2026)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--profile", "P9"],
        ["--profile", "P1", "--move", "3"],
        ["--profile", "P1", "--move", "99=2026-11-01"],
        ["--profile", "P1", "--move", "3=1999-11-01", "--year", "2026"],
        ["--profile", "P1", "--year", "99"],
    ],
)
def test_wrong_words_are_one_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaign", *words, "--as-of", "2026-11-24"]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


def test_the_printable_calendar(tmp_path: Path) -> None:
    file = tmp_path / "日程.xlsx"
    assert main(["campaign", "--profile", "P2", "--year", "2026", "--as-of", "2026-01-05", "-o", str(file)]) == 0
    sheet = openpyxl.load_workbook(file)["排查日程"]
    days = [row[0].value.date() for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert days == sorted(row.due_on(2026) for row in campaigns()["P2"].milestones)
    assert days[0] == date(2026, 2, 5)
    assert sheet["A1"].value == "2026年排查日程"


@pytest.mark.ooxml
def test_the_printable_calendar_is_valid_open_xml(tmp_path: Path) -> None:
    assert main(["campaign", "--profile", "P1", "--as-of", "2026-11-24", "-o", str(tmp_path / "日程.xlsx")]) == 0
    assert validate([tmp_path / "日程.xlsx"]) == []
