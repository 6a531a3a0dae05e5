"""Workbooks obey the Open XML schema, so that Excel opens them without "repair"."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from addin.build import TEMPLATES
from addin.hosts.workbook_writer import write_workbook
from addin.layout import BOOK_TITLES
from tests.filling import filled_rows
from tests.ooxml_validator import QUIRKS, validate
from validators.table import BookKind

pytestmark = pytest.mark.ooxml


def test_the_committed_templates_are_valid() -> None:
    assert validate(TEMPLATES / f"{title}.xlsx" for title in BOOK_TITLES.values()) == []


@pytest.mark.parametrize("kind", BOOK_TITLES)
def test_filled_workbooks_are_valid(kind: BookKind, tmp_path: Path) -> None:
    book = tmp_path / "filled.xlsx"
    write_workbook(
        book,
        kind,
        cover={"organisation_name": "示例<支部>&", "as_of": date(2026, 11, 24)},
        rows=filled_rows(kind),
        policy_overrides={"lost.months": "6"},
    )
    assert validate([book]) == []


def test_the_validator_sees_a_broken_part(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(TEMPLATES / "支部台账.xlsx") as good, zipfile.ZipFile(broken, "w") as bad:
        for part in good.namelist():
            text = good.read(part)
            bad.writestr(part, text.replace(b"<sheetData", b"<noSuchThing/><sheetData") if "sheet2" in part else text)
    problems = validate([broken])
    assert problems
    assert all("sheet2.xml" in problem.part for problem in problems)


def test_a_file_that_is_no_workbook_is_a_problem(tmp_path: Path) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("not a workbook")
    assert validate([text])


def test_every_known_quirk_gives_its_reason() -> None:
    for quirk in json.loads(QUIRKS.read_text(encoding="utf-8")):
        assert set(quirk) == {"id", "part", "description", "reason"}
        assert all(quirk[key] for key in ("id", "reason"))
