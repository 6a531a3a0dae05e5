"""Rows drawn where a file is read go into the committee workbook as if they were drawn there, or are drawn anew."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from addin.hosts.drawn_rows import HERE, drawn_rows, look_of, packed_rows
from addin.hosts.rows_ahead import drawn_ahead
from addin.hosts.workbook_writer import row_columns, write_workbook
from addin.merging.previous import Previous, joined
from addin.merging.told_by_files import ToldByFiles, rebuilt, told_by_files
from addin.problem import CannotUse
from addin.submissions import Drawn, OnSheet, Submission
from tests.handing_in import handed

ROSTER = "member_roster"
LOOK = look_of(row_columns("committee")[ROSTER])
ROW = f'<row r="{HERE}"><c r="A{HERE}" s="1"><v>1</v></c></row>'.encode()


def branches() -> list[Submission]:
    """Everything a row may hold: wrapped texts, half dates, several words, signs XML keeps for itself."""
    roster = "姓名 | 入党日期 | 党员标签 | 备注 \n 张三 | 1998-07 | 重点、境外 | <a & b> \n 李四 | 不详 | | "
    long = "姓名 | 备注 \n 王五 | " + "很长的备注" * 60
    return [handed(1, member_roster=roster), handed(2, member_roster=long, contact_log="姓名 \n 王五")]


def sheets(path: Path, found: list[Submission], data: Callable[[Submission, str], bytes]) -> Mapping[str, bytes]:
    """The sheets of a committee workbook with these files' rows, drawn ahead as ``data`` has it."""
    rows = joined(*(one.rows for one in found))
    on_sheet = {
        key: OnSheet(group, {(one.organisation, one.file): Drawn(one.rows[key], data(one, key)) for one in found})
        for key, group in rows.items()
    }
    write_workbook(path, "committee", cover={}, rows=on_sheet)
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")}


def ahead(one: Submission, key: str) -> bytes:
    return drawn_ahead(one).get(key, b"")


def test_rows_drawn_ahead_are_the_rows_drawn_there(tmp_path: Path) -> None:
    found = branches()
    assert all(ahead(one, ROSTER) for one in found)
    drawn = sheets(tmp_path / "甲.xlsx", found, ahead)
    assert drawn == sheets(tmp_path / "乙.xlsx", found, lambda one, key: b"")


def test_the_rows_drawn_ahead_are_really_used(tmp_path: Path) -> None:
    mark = sheets(tmp_path / "甲.xlsx", branches()[1:], lambda one, key: packed_rows(LOOK, [ROW] * len(one.rows[key])))
    assert b'<row r="4"><c r="A4" s="1"><v>1</v></c></row>' in b"".join(mark.values())


WRONG = {
    "cut short": packed_rows(LOOK, [ROW])[:-4],
    "foreign bytes": LOOK + b"nothing",
    "another look": packed_rows(b"-" * 8, [ROW]),
    "too many rows": packed_rows(LOOK, [ROW, ROW]),
    "a formula": packed_rows(LOOK, [ROW.replace(b"<v>1</v>", b"<f>1+1</f>")]),
    "nothing": b"",
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_what_does_not_fit_is_drawn_anew(data: bytes, tmp_path: Path) -> None:
    found = branches()[1:]
    assert len(found[0].rows[ROSTER]) == 1 and not drawn_rows(data, LOOK, 1)
    written = sheets(tmp_path / "甲.xlsx", found, lambda one, key: data if key == ROSTER else ahead(one, key))
    assert written == sheets(tmp_path / "乙.xlsx", found, ahead)


def test_rows_that_were_changed_since_are_drawn_anew(tmp_path: Path) -> None:
    one = branches()[0]
    chosen = replace(one.rows[ROSTER][0], values={**one.rows[ROSTER][0].values, "name": "张三丰"})
    rows = OnSheet([chosen, *one.rows[ROSTER][1:]], {(one.organisation, one.file): Drawn(one.rows[ROSTER], b"?")})
    assert [data for data, _ in rows.parts()] == [b""]


def test_a_text_too_long_is_told_with_its_cell(tmp_path: Path) -> None:
    one = branches()[0]
    first, *others = one.rows[ROSTER]
    rows = [first, *(replace(row, values={**row.values, "name": "字" * 32_768}) for row in others)]
    too_long = replace(one, rows={**one.rows, ROSTER: tuple(rows)})
    assert ROSTER not in drawn_ahead(too_long)
    with pytest.raises(CannotUse, match=r"“党员名册”[A-Z]+5 的文字有 32768 字"):
        sheets(tmp_path / "甲.xlsx", [too_long], ahead)


def test_a_workbook_told_by_its_files_is_the_same_again() -> None:
    first, second = branches()
    whole = Previous({"period": "2026Q4"}, joined(first.rows, second.rows))
    told = told_by_files(whole, {"first": first})
    assert ROSTER in told.files["first"]
    assert {row.file for rows in told.rest.rows.values() for row in rows} == {second.file}
    assert rebuilt(told, {"first": first}) == whole
    assert rebuilt(told, {"first": None}) is None
    assert rebuilt(told, {}) is None
    assert rebuilt(ToldByFiles(whole), {}) == whole
