"""名册对账: an exported roster against the register, whatever its layout."""

import json
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.grid import Sheet
from addin.problem import CannotUse
from addin.reconciling import read_roster, reconcile, result_counts
from addin.registry import CANNOT_USE, FOUND_ERRORS, OK
from tests.drawing import draw, identity, person
from tests.workbook_editing import write_drawn

OURS = draw(
    member_roster="""姓名 | 公民身份号码 | 学历 | 手机号 | 关系归属 | 离开情形 | 离开日期
                     张三 | * | 大学本科 | 15400000001 | 在册 | |
                     李四 | * | 大学本科 | | 在册 | |
                     王五 | * | 大学本科 | | 在册 | |
                     赵六 | * | 大学本科 | | 已离开 | 去世 | 2026-05-01"""
)


def roster(*rows: tuple[object, ...]) -> list[Sheet]:
    titles = ("序号", "姓名", "身份证号", "文化程度", "所在党支部")
    return [Sheet("Sheet0", [("全国党员管理信息系统导出",), ("导出时间：2026-11-20",), titles, *rows])]


def results(*rows: tuple[object, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    found = reconcile(read_roster(roster(*rows), "导出.xlsx"), OURS)
    return [(one.result, one.name, one.differences) for one in found if one.result != "一致"]


EVERYONE = tuple((1, name, person(name), "大学本科", "示例支部") for name in ("张三", "李四", "王五"))


def test_the_title_row_is_found_and_equal_people_are_equal() -> None:
    assert results(*EVERYONE) == []
    entries = read_roster(roster(*EVERYONE), "导出.xlsx")
    assert [(entry.row, entry.text("name")) for entry in entries] == [(4, "张三"), (5, "李四"), (6, "王五")]


def test_who_is_only_on_one_side() -> None:
    extra = (4, "周九", person("周九"), "大学本科", "示例支部")
    assert results(*EVERYONE[:2], extra) == [("仅名册有", "周九", ()), ("仅台账有", "王五", ())]


def test_a_field_that_differs_is_named_and_a_blank_contradicts_nothing() -> None:
    first = (1, "张三", person("张三"), "硕士研究生", "示例支部")
    second = (2, "李四", person("李四"), None, "示例支部")
    ((result, name, differences),) = results(first, second, EVERYONE[2])
    assert (result, name) == ("内容不一致", "张三")
    assert differences[0].startswith("学历：名册 ")
    assert differences[0].endswith("，台账 大学本科")


def test_another_number_for_the_same_name_and_birth_date() -> None:
    number = person("王五")
    other = identity(f"{number[6:10]}-{number[10:12]}-{number[12:14]}", 777)
    ((result, name, differences),) = results(*EVERYONE[:2], (3, "王五", other, "大学本科", "示例支部"))
    assert (result, name, differences) == ("证号不一致", "王五", ("姓名、出生日期相同，公民身份号码不同",))


def test_someone_who_left_here_but_not_there() -> None:
    ((result, name, differences),) = results(*EVERYONE, (4, "赵六", person("赵六"), "大学本科", "示例支部"))
    assert (result, name, differences) == ("台账已离开", "赵六", ("台账 2026-05-01 去世，名册里还有",))


def test_the_same_person_twice_there_is_once_too_often() -> None:
    assert results(*EVERYONE, EVERYONE[0]) == [("仅名册有", "张三", ())]


def test_a_sheet_without_names_and_numbers_is_refused() -> None:
    with pytest.raises(CannotUse, match="没有找到同时有“姓名”和“公民身份号码”"):
        read_roster([Sheet("Sheet0", [("姓名", "部门"), ("张三", "财务")])], "导出.xlsx")


def test_counts_cover_everyone_once() -> None:
    found = reconcile(read_roster(roster(*EVERYONE[:2]), "导出.xlsx"), OURS)
    assert result_counts(found) == {
        "证号不一致": 0,
        "内容不一致": 0,
        "仅名册有": 0,
        "仅台账有": 1,
        "台账已离开": 0,
        "一致": 2,
    }


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = write_drawn(tmp_path / "台账.xlsx", OURS)
    exported = tmp_path / "导出.xlsx"
    workbook = openpyxl.Workbook()
    for row in roster(*EVERYONE[:2])[0].rows:
        workbook.active.append(row)
    workbook.save(exported)
    out, book = tmp_path / "对账.json", tmp_path / "对账.xlsx"
    words = ["reconcile", str(exported), "--with", str(ours), "--json", str(out), "-o", str(book)]
    assert main(words) == FOUND_ERRORS
    said = capsys.readouterr().out
    assert "仅台账有 1" in said
    assert person("王五") not in said
    (listed,) = json.loads(out.read_text(encoding="utf-8"))["persons"]
    assert (listed["result"], listed["name"], listed["row"]) == ("仅台账有", "王五", 6)
    assert openpyxl.load_workbook(book)["名册对账"]["A4"].value == "仅台账有"
    workbook.active.append(EVERYONE[2])
    workbook.save(exported)
    assert main(["reconcile", str(exported), "--with", str(ours)]) == OK
    assert main(["reconcile", str(tmp_path / "没有.xlsx"), "--with", str(ours)]) == CANNOT_USE
