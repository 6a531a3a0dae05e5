"""任意表样取数 for summary tables: what a superior's empty table means, the numbers in it, the mapping changed."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.cli import main
from addin.forms.count_filling import ROW_KINDS, column_items, row_items
from addin.forms.count_layout import Item, Titles, assigned, axes, plain
from addin.forms.library import FORMS, TITLE_ALIASES, load_forms, read_json
from addin.grid import Sheet
from addin.hosts.workbook_writer import write_workbook
from tests.drawing import COVER
from tests.test_forms_numbers import losing, moving
from validators.rule import Case

KNOWN = load_forms()


def saved(folder: Path, name: str, case: Case) -> Path:
    rows = {key: [dict(row.values) for row in table] for key, table in case.book.tables.items() if key != "cover"}
    write_workbook(folder / name, "branch", cover=COVER, rows=rows)
    return folder / name


@pytest.fixture(scope="module")
def floating(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """张三 is away in 甲厂 across provinces with a certificate, 李四 in the city with an office."""
    return saved(tmp_path_factory.mktemp("floating"), "支部.xlsx", moving())


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("lost"), "支部.xlsx", losing())


def empty(path: Path, rows: list[list[object]], merged: str = "") -> Path:
    """An empty table as drawn, with merged blocks."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    for row in rows:
        sheet.append(row)
    for block in merged.split():
        sheet.merge_cells(block)
    book.save(path)
    return path


def filled(path: Path) -> Any:
    return openpyxl.load_workbook(path.with_name(f"{path.stem}_已填.xlsx"))["表"]


def thirty_three(path: Path) -> Path:
    """党统 33 as printed: three columns of labels, 小计 under headings, a title that stands twice, numbers."""
    rows: list[list[object]] = [
        ["流动党员情况（一）"],
        ["填报单位：", None, None, None, None, "单位：名"],
        ["项目", None, None, "总数", "原职业", None],
        [None, None, None, None, "农牧渔民", "其他"],
        ["甲", "乙", "丙", 1, 2, 3],
        ["流出党员总数"],
        ["其中", "跨省流动"],
        [None, "省内跨市（地）流动"],
        ["外出流向", "公有经济控制单位", "小计"],
        [None, None, "机关"],
        [None, None, "港澳台商投资企业"],
        [None, "非公有经济控制单位", "小计"],
        [None, None, "港澳台商投资企业"],
        [None, "海外代表处"],
        ["填表人："],
    ]
    blocks = "A1:F1 A3:C4 D3:D4 E3:F3 A6:C6 A7:A8 B7:C7 B8:C8 A9:A14 B9:B11 B12:B13 B14:C14"
    return empty(path, rows, blocks)


def test_a_table_with_titles_in_several_rows_and_columns_is_filled(
    floating: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = thirty_three(tmp_path / "33.xlsx")
    before = table.read_bytes()
    assert main(["fill", str(table), "--from", str(floating)]) == 0
    assert table.read_bytes() == before
    sheet = filled(table)
    column = [sheet.cell(row, 4).value for row in range(6, 16)]
    assert column == [2, 1, 0, 1, 1, 0, 1, 1, None, None], "机关 1 under 公有, 港澳台商 1 under 非公有"
    assert [cell.value for cell in sheet[5]] == ["甲", "乙", "丙", 1, 2, 3] and sheet["A15"].value == "填表人："
    told = capsys.readouterr().out
    assert "认作汇总表“流动党员情况（一）”（党统33表），行是本表的行" in told
    assert (
        "第 13 行“外出流向·非公有经济控制单位·港澳台商投资企业” ← 外出流向：非公有经济控制单位·港澳台商投资企业" in told
    )
    assert "没有对应、留空的：第 14 行“外出流向·海外代表处”" in told
    assert "全部平衡" in told


LOST_HEAD: list[list[object]] = [
    ["失去联系党员情况汇总表"],
    ["党组织", "合计", "其中", None, "年龄", None, "失去联系时间", None, "籍贯不详"],
    [None, None, "预备党员", "女党员", "35岁以下", "36-45岁", "1-5年", "6-10年", None],
]
LOST_BLOCKS = "A1:I1 A2:A3 B2:B3 C2:D2 E2:F2 G2:H2 I2:I3"


def test_rows_may_be_units_and_formulas_and_texts_stay(
    lost: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*LOST_HEAD, ["示例支部"], ["另一支部"], ["总计", "=SUM(B4:B5)"]]
    table = empty(tmp_path / "单位.xlsx", rows, LOST_BLOCKS)
    book = openpyxl.load_workbook(table)
    book["表"]["C4"] = "×"
    book.save(table)
    main(["fill", str(table), "--from", str(lost)])
    sheet = filled(table)
    assert sheet["B6"].value == "=SUM(B4:B5)" and sheet["C4"].value == "×" and sheet["B5"].value is None
    assert sheet["B4"].value == sheet["G4"].value + sheet["H4"].value > 0
    told = capsys.readouterr().out
    assert "行是党组织" in told and "B6：有公式，没有改动" in told and "C4：已有内容，没有改动" in told
    assert "I 列“籍贯不详”：没有对应的，留空" in told and "第 5 行“另一支部”" in told
    assert "G 列“失去联系时间·1-5年” ← 失去联系情况·失去联系时间·1年至5年" in told


def test_rows_and_columns_may_be_exchanged(floating: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["外出流动党员情况"], ["项目", "合计", "示例支部"], ["党员总数"], ["6个月以上"], ["跨省流动"]]
    table = empty(tmp_path / "横.xlsx", rows)
    assert main(["fill", str(table), "--from", str(floating)]) == 0
    assert [[cell.value for cell in row[1:3]] for row in filled(table).iter_rows(min_row=3)] == [[5, 5], [2, 2], [1, 1]]
    assert "行列互换" in capsys.readouterr().out


def test_a_table_of_one_row_without_label_is_the_total(floating: Path, tmp_path: Path) -> None:
    rows = [
        ["流出党员数（名）", None, "管理外来流动党员情况"],
        ["流出省外的", "在省内流动的", "专门管理外来流入党员的党组织数（个）"],
    ]
    table = empty(tmp_path / "一行.xlsx", rows, "A1:B1")
    assert main(["fill", str(table), "--from", str(floating), "--show"]) == 0
    assert not table.with_name("一行_已填.xlsx").exists()
    assert main(["fill", str(table), "--from", str(floating)]) == 0
    assert [cell.value for cell in filled(table)[3]] == [1, 1, None], "what the register does not know stays empty"


def test_the_kept_mapping_can_be_changed_and_used_again(
    lost: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = empty(tmp_path / "表.xlsx", [*LOST_HEAD, ["示例支部"]], LOST_BLOCKS)
    main(["fill", str(table), "--from", str(lost)])
    assert "对得上的还有“失去联系党员情况”，要用它请加 --form" in capsys.readouterr().out
    main(["fill", str(table), "--from", str(lost), "--form", "党统43表"])
    kept = tmp_path / "表_已填.取数.json"
    mapping = json.loads(kept.read_text(encoding="utf-8"))
    last = next(each for each in mapping["columns"] if each["column"] == "I")
    assert (mapping["form"], mapping["rows_are"], last["count"]) == ("失去联系党员情况", "organisation", "")
    again = ["fill", str(table), "--from", str(lost), "--mapping", str(kept), "-o", str(tmp_path / "再.xlsx")]
    for wanted in ("失去联系情况·失去联系具体情形·外出务工经商", "c21"):
        last["count"] = wanted
        kept.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
        main(again)
        sheet = openpyxl.load_workbook(tmp_path / "再.xlsx")["表"]
        assert isinstance(sheet["I4"].value, int) and sheet["B4"].value > 0
        (tmp_path / "再.xlsx").unlink()
    for change, sentence in (
        ({"form": "失去联系党员"}, "没有“失去联系党员”这张汇总表，您是否指“失去联系党员情况”"),
        ({"rows_are": "unit"}, "rows_are 应是 own、organisation"),
        ({"columns": [{"column": "B", "title": "合计", "count": "c99"}]}, "“合计”对应的“c99”不是这张表的栏目或行"),
        ({"rows": [{"title": "示例支部"}]}, "少了 column、row 等必有的项"),
    ):
        kept.write_text(json.dumps({**mapping, **change}, ensure_ascii=False), encoding="utf-8")
        assert main(again) == 2
        assert sentence in capsys.readouterr().err


def test_sums_that_do_not_hold_are_told(lost: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [["失去联系党员情况"], ["单位", "总数", "预备党员", "外出务工经商"], ["合计"], ["示例支部"]]
    code = main(["fill", str(empty(tmp_path / "差.xlsx", rows)), "--from", str(lost)])
    told = capsys.readouterr().out
    assert (code == 1) == ("项不平衡" in told) and "表内关系核对" in told


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("①外出务工经商", "外出务工经商"),
        ("其中：女党员", "女"),
        ("（一）总 计", "总数"),
        ("35岁以下", "35岁及以下"),
        ("管理党员数（名）", "管理党员数"),
        ("5.跨省流动的", "跨省"),
        ("预备党员人数", "预备党员"),
    ],
)
def test_ways_to_write_a_title(written: str, meant: str) -> None:
    assert plain(written) == plain(meant)


def test_equal_titles_are_told_apart_by_what_stands_above_then_by_order() -> None:
    items = [Item("a", ("党龄", "1年至5年")), Item("b", ("失联时间", "1年至5年"))]
    told = assigned(items, [(1, ("失联时间", "1-5年")), (2, ("党龄", "1-5年"))])
    assert [line.key for line in told] == ["b", "a"]
    told = assigned(items, [(1, ("1-5年",)), (2, ("1-5年",)), (3, ("1-5年",))])
    assert [line.key for line in told] == ["a", "b", ""]


def test_a_block_merged_over_the_whole_sheet_costs_nothing() -> None:
    sheet = Sheet("表", [["单位", "总数"], ["甲"]])
    titles = Titles(sheet, ((1, 1, 1, 1), (2, 1, 1_048_576, 16_384)))
    assert [line.key for line in axes(titles, [Item("c", ("总数",))], [Item("r", ("甲",))]).columns] == ["c"]


def test_every_summary_form_recognises_its_own_titles() -> None:
    """No alias makes two titles of one form mean the same."""
    for form in KNOWN.values():
        if form.kind != "count":
            continue
        for items in (column_items(form), *(row_items(form, kind, moving()) for kind in ROW_KINDS)):
            told = assigned(items, [(number, item.path) for number, item in enumerate(items, 1)])
            assert [line.key for line in told] == [item.key for item in items], form.name


def test_every_alias_is_of_a_title_some_form_has() -> None:
    titles = {
        plain(part)
        for form in KNOWN.values()
        if form.kind == "count"
        for items in (column_items(form), row_items(form, "own", moving()))
        for item in items
        for part in item.path
    }
    assert [title for title in read_json(FORMS / TITLE_ALIASES) if plain(title) not in titles] == []
