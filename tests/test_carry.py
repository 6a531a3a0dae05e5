"""两期衔接: everyone who came or went is named with the reason the registers give, and the account balances."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.carrying import Carried, carry
from addin.cli import main
from addin.registry import CANNOT_USE, FOUND_ERRORS, OK
from tests.drawing import draw, identity, person
from tests.workbook_editing import write_drawn
from validators.table import Book

START, END = date(2025, 12, 31), date(2026, 11, 24)
BEFORE = "姓名 \n 张三 \n 李四"


def carried(old: str, new: str, **registers: str) -> Carried:
    before, after = draw(member_roster=old), draw(member_roster=new, **registers)
    (found,) = carry(before, after, START, END)
    return found


def reasons(found: Carried) -> list[tuple[str, str, str]]:
    return [(movement.direction, movement.name, movement.reason) for movement in found.movements]


@pytest.mark.parametrize(
    ("new", "registers", "expected"),
    [
        (BEFORE + " \n 王五", {}, ("增加", "王五", "未说明")),
        ("姓名 | 进入方式 | 进入日期 \n 张三 || \n 李四 || \n 王五 | 发展 | 2026-06-01", {}, ("增加", "王五", "发展")),
        ("姓名 | 进入方式 \n 张三 | \n 李四 | \n 王五 | 期初在册", {}, ("增加", "王五", "未说明")),
        (BEFORE + " \n 王五", {"transfer_letter": "姓名 | 方向 \n 王五 | 转入"}, ("增加", "王五", "转入")),
        ("姓名 \n 张三", {}, ("减少", "李四", "未说明")),
        (
            "姓名 | 关系归属 | 离开情形 | 离开日期 \n 张三 ||| \n 李四 | 已离开 | 去世 | 2026-05-01",
            {},
            ("减少", "李四", "去世"),
        ),
        ("姓名 | 关系归属 \n 张三 | \n 李四 | 已离开", {}, ("减少", "李四", "未说明")),
        (
            "姓名 \n 张三",
            {"transfer_letter": "姓名 | 方向 | 回执收到日期 \n 李四 | 转出 | 2026-04-01"},
            ("减少", "李四", "已转出"),
        ),
        ("姓名 \n 张三", {"transfer_letter": "姓名 | 方向 \n 李四 | 转出"}, ("减少", "李四", "未说明")),
        (
            "姓名 | 党籍状态 \n 张三 | \n 李四 | 停止党籍",
            {"disposition": "姓名 | 情形 | 拟处理 | 审批日期 \n 李四 | D14 | 停止党籍 | 2026-03-01"},
            ("减少", "李四", "停止党籍"),
        ),
        ("姓名 | 党籍状态 \n 张三 | \n 李四 | 停止党籍", {}, ("减少", "李四", "未说明")),
    ],
)
def test_each_reason(new: str, registers: Mapping[str, str], expected: tuple[str, str, str]) -> None:
    found = carried(BEFORE, new, **registers)
    assert reasons(found) == [expected]
    assert found.unexplained == (expected[2] == "未说明")


def test_the_account_is_told_as_a_sum() -> None:
    found = carried(BEFORE, "姓名 \n 张三 \n 王五 \n 赵六")
    assert found.sentence == "期初 2 + 增加 2 − 减少 1 = 期末 3"


def test_a_date_outside_the_two_periods_is_pointed_out() -> None:
    new = "姓名 | 进入方式 | 进入日期 \n 张三 | | \n 李四 | | \n 王五 | 转入 | 2025-12-31"
    (movement,) = carried(BEFORE, new).movements
    assert movement.text == "进入方式“转入”，2025-12-31，不在两期之间（2025-12-31 之后至 2026-11-24）"


def test_a_mended_number_is_the_same_person() -> None:
    number = person("李四")
    birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    mended = identity(birth, 777)
    assert mended != number
    assert carried(BEFORE, f"姓名 | 公民身份号码 \n 张三 | * \n 李四 | {mended}").movements == ()


def test_a_copy_of_the_last_period_is_noticed() -> None:
    assert carried(BEFORE, BEFORE).is_copy
    assert not carried(BEFORE, "姓名 | 手机号 \n 张三 | 15400000001 \n 李四 | ").is_copy


NAMES = st.lists(st.sampled_from(["张三", "李四", "王五", "赵六", "钱七", "孙八"]), min_size=1, unique=True)


@settings(max_examples=30)
@given(old=NAMES, new=NAMES)
def test_the_account_always_balances(old: list[str], new: list[str]) -> None:
    found = carried("姓名\n" + "\n".join(old), "姓名\n" + "\n".join(new))
    assert found.opening + found.count("增加") - found.count("减少") == found.closing
    came = {movement.name for movement in found.movements if movement.direction == "增加"}
    assert came == set(new) - set(old)


def write(path: Path, as_of: date, period: str, roster: str) -> Path:
    book: Book = draw(cover={"as_of": as_of, "period": period}, member_roster=roster)
    return write_drawn(path, book)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = write(tmp_path / "上期.xlsx", START, "2025", BEFORE)
    new = write(tmp_path / "本期.xlsx", END, "2026", "姓名 \n 张三 \n 王五")
    out, book = tmp_path / "衔接.json", tmp_path / "衔接.xlsx"
    assert main(["carry", str(old), str(new), "--json", str(out), "-o", str(book)]) == FOUND_ERRORS
    said = capsys.readouterr().out
    assert "期初 2 + 增加 1 − 减少 1 = 期末 2，其中未说明 2" in said
    found = json.loads(out.read_text(encoding="utf-8"))
    assert [one["closing"] for one in found["organisations"]] == [2]
    assert {one["id"] for one in found["persons"]} == {
        person(name)[:6] + "*" * 8 + person(name)[-4:] for name in ("李四", "王五")
    }
    sheet = openpyxl.load_workbook(book)["增减名单"]
    assert [row[2] for row in sheet.iter_rows(min_row=4, max_row=5, values_only=True)] == ["王五", "李四"]
    assert main(["carry", str(old), str(old)]) == CANNOT_USE
    assert "不早于" in capsys.readouterr().err


def test_nothing_moved_is_fine(tmp_path: Path) -> None:
    old = write(tmp_path / "上期.xlsx", START, "2025", BEFORE)
    new = write(tmp_path / "本期.xlsx", END, "2026", BEFORE)
    assert main(["carry", str(old), str(new)]) == OK
