"""`taizhang return`: every branch gets its own matters with its own cells, and what it mends is ticked off."""

import json
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.loading import load_book
from addin.registry import CANNOT_USE, OK
from tests.drawing import draw, identity
from tests.handing_in import COMMITTEE, code
from tests.workbook_editing import write_drawn

FAULTY = "姓名 | 性别 | 手机号 \n 甲一 | * | \n 张三 | {sex} | {mobile}"


def write_branch(folder: Path, number: int, **drawings: str) -> Path:
    front = {"organisation_code": code(number), "organisation_name": f"第{number}支部", "superior_code": COMMITTEE}
    return write_drawn(folder / f"{code(number)}.xlsx", draw(cover=front, **drawings))


def returned(committee: Path, folder: Path) -> list[dict[str, str]]:
    out = committee.with_suffix(".json")
    assert main(["return", str(committee), "-o", str(folder), "--json", str(out)]) == OK
    items: list[dict[str, str]] = json.loads(out.read_text(encoding="utf-8"))["items"]
    return items


def lines(path: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path)["退回单"]
    titles = [cell.value for cell in sheet[3]]
    rows = sheet.iter_rows(min_row=4, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows if row[0] is not None]


@pytest.fixture
def committee(tmp_path: Path) -> Path:
    inbox = tmp_path / "报送"
    write_branch(inbox, 1, member_roster=FAULTY.format(sex="*", mobile="15400000001"))
    person = identity("1985-03-07", 7)
    wrong = "女" if int(person[16]) % 2 else "男"
    write_branch(
        inbox,
        2,
        member_roster=f"""姓名 | 公民身份号码 | 性别 | 手机号
                          李四 | {person} | {wrong} |
                          张三 | * | * | 15400000002""",
    )
    target = tmp_path / "党委汇总.xlsx"
    assert main(["merge", str(inbox), "--into", str(target)]) == OK
    return target


def test_each_branch_gets_its_own_matters_at_its_own_cells(committee: Path, tmp_path: Path) -> None:
    items = returned(committee, tmp_path / "退回")
    errors = [item for item in items if item["rule"] == "R-FLD-SEX"]
    assert [(item["organisation_code"], item["sheet"], item["cell"], item["name"]) for item in errors] == [
        (code(2), "党员名册", "C4", "李四")
    ]
    conflicts = [item for item in items if item["matter"] == "冲突"]
    assert sorted({item["organisation_code"] for item in conflicts}) == [code(1), code(2)]
    files = sorted(path.name for path in (tmp_path / "退回").iterdir())
    assert files == [f"{code(number)}_第{number}支部_2026Q4_退回单.xlsx" for number in (1, 2)]
    mine = lines(tmp_path / "退回" / files[1])
    assert {line["事项"] for line in mine} == {"校核问题", "冲突"}
    assert mine[0]["要求办结日期"] is not None
    whole = " ".join(str(value) for line in mine for value in line.values())
    assert identity("1985-03-07", 7) not in whole


def test_what_the_next_submission_mends_is_ticked_off(committee: Path, tmp_path: Path) -> None:
    before = returned(committee, tmp_path / "退回")
    person = identity("1985-03-07", 7)
    right = "男" if int(person[16]) % 2 else "女"
    mended = f"姓名 | 公民身份号码 | 性别 \n 李四 | {person} | {right}"
    write_branch(tmp_path / "报送", 2, member_roster=mended)
    assert main(["merge", str(tmp_path / "报送"), "--into", str(committee)]) == OK
    rows = load_book(committee)["return_items"].rows
    states = {(row.text("rule"), row.text("matter"), row.text("organisation_code")): row.text("status") for row in rows}
    assert states["R-FLD-SEX", "校核问题", code(2)] == "已改"
    assert states["R-FLD-IDUNIQ", "冲突", code(1)] == "已改"
    assert all(row["closed_on"] for row in rows if row.text("status") == "已改")
    after = returned(committee, tmp_path / "退回")
    assert len(after) < len(before)
    assert {item["status"] for item in after} <= {"待改"}


def test_what_still_stands_keeps_its_first_date_and_the_reply(committee: Path, tmp_path: Path) -> None:
    first = returned(committee, tmp_path / "退回")
    out = committee.with_suffix(".json")
    words = ["return", str(committee), "-o", str(tmp_path / "退回"), "--due", "2027-01-31", "--json", str(out)]
    assert main(words) == OK
    again = json.loads(out.read_text(encoding="utf-8"))["items"]
    assert [(item["item_key"], item["due_on"]) for item in again] == [
        (item["item_key"], item["due_on"]) for item in first
    ]
    assert first[0]["due_on"] == "2026-12-04"


def test_a_decided_conflict_is_no_longer_returned(committee: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(committee)
    sheet = workbook["冲突处理"]
    adopt = next(cell.column for cell in sheet[3] if cell.value == "采用")
    for row in range(4, 10):
        if sheet.cell(row, 1).value:
            sheet.cell(row, adopt).value = "甲方值"
    workbook.save(committee)
    assert [item for item in returned(committee, tmp_path / "退回") if item["matter"] == "冲突"] == []


def test_a_branch_that_sent_nothing_gets_a_reminder(committee: Path, tmp_path: Path) -> None:
    assert main(["merge", str(write_branch(tmp_path / "晚", 1)), "--into", str(committee), "--fresh"]) == OK
    items = [item for item in returned(committee, tmp_path / "退回") if item["matter"] == "报送情况"]
    assert [(item["organisation_code"], item["message"][:2]) for item in items] == [(code(2), "未报")]


def test_a_branch_workbook_has_nobody_to_return_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    branch = write_branch(tmp_path, 1)
    assert main(["return", str(branch), "-o", str(tmp_path / "退回")]) == CANNOT_USE
    assert "退回单要从党委汇总生成" in capsys.readouterr().err


def test_returning_can_be_undone(committee: Path, tmp_path: Path) -> None:
    before = committee.read_bytes()
    returned(committee, tmp_path / "退回")
    assert committee.read_bytes() != before
    assert main(["undo", str(committee)]) == OK
    assert committee.read_bytes() == before
