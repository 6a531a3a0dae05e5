"""任意表样取数 of a whole workbook: every sheet by itself, the lines below summary tables, what is left as it is."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.cli import main
from addin.forms.count_filling import CountLayout, cells, filled_for, likest, line_cells
from addin.forms.filling import fill_form
from addin.forms.library import load_forms
from addin.forms.spec import Form
from addin.forms.supplement_layout import with_numbers
from addin.forms.table_sheet import lay_out_table
from addin.grid import Sheet
from tests.small_forms import small_case
from tests.test_fill_counts import saved
from tests.test_forms_numbers import losing, moving
from validators.rule import Case

KNOWN = load_forms()
WITH_LINES = [form for form in KNOWN.values() if form.kind == "count" and form.supplement]


def as_empty(form: Form, case: Case) -> tuple[Sheet, list[tuple[int, int, int, int]]]:
    """Our own printed form with its numbers taken out, as a superior would send it, and its merged blocks."""
    printed = lay_out_table(fill_form(form, case), case, "")
    width, height = len(printed.widths), printed.last_row
    rows: list[list[Any]] = [[None] * width for _ in range(height)]
    merged = []
    for placed in printed.cells:
        rows[placed.row - 1][placed.column - 1] = placed.value if isinstance(placed.value, str) else None
        if placed.rows > 1 or placed.columns > 1:
            bottom, right = placed.row + placed.rows - 1, placed.column + placed.columns - 1
            merged.append((placed.row, placed.column, bottom, right))
    return Sheet("表", rows), merged


def recognised(sheet: Sheet, merged: list[tuple[int, int, int, int]], form: Form, case: Case) -> CountLayout:
    layout = likest(sheet, merged, [form], case)
    assert layout is not None
    return layout


@pytest.mark.parametrize("form", WITH_LINES, ids=lambda form: str(form.file).removesuffix(".json"))
def test_the_lines_below_a_table_are_found_again(form: Form) -> None:
    case = small_case("committee")
    sheet, merged = as_empty(form, case)
    layout = recognised(sheet, merged, form, case)
    assert [at.key for at in layout.lines] == [line.key for line in form.supplement]
    places = lay_out_table(fill_form(form, case), case, "").places
    filled = filled_for(layout, case)
    found = {cell: (given.value, given.by_hand) for given in line_cells(layout, filled, sheet) if (cell := _at(given))}
    for line in filled.supplement:
        assert found[places[line.key, ""]] == (line.cell.value, line.cell.by_hand)
    assert not {_at(cell) for cell in cells(layout, filled)} & found.keys()


def _at(cell: Any) -> str:
    return f"{openpyxl.utils.get_column_letter(cell.column)}{cell.row}"


HEAD: list[list[object]] = [["失去联系党员情况"], ["", "总数", "预备党员", "女"], ["总计"], ["建制村"]]
SENTENCES: list[list[object]] = [
    ["补充资料"],
    ["1. 高等学校中失去联系的毕业生党员__名，其中失去联系6个月以上不满1年的__名、1年至5年的____名、6年及以上的__名。"],
    ["2. 新就业群体中失去联系的党员  名，其中1年至5年的  名。"],
    ["3．公共就业和人才服务机构中失去联系的流动人才党员   名。"],
    ["填表人：__"],
]


def test_numbers_go_into_the_blanks_of_a_sentence_and_only_where_they_belong() -> None:
    case = losing()
    form = KNOWN["失去联系党员情况"]
    sheet = Sheet("表", [*HEAD, *SENTENCES])  # type: ignore[list-item]
    layout = recognised(sheet, [], form, case)
    assert [(at.row, at.blank, at.key) for at in layout.lines] == [
        *((6, blank, key) for blank, key in enumerate(("s1", "s1a", "s1b", "s1c"), 1)),
        *((7, 1, ""), (7, 2, ""), (8, 1, "s2")),
    ]
    filled = filled_for(layout, case)
    numbers = {line.key: line.cell.value for line in filled.supplement}
    texts = {cell.row: cell.value for cell in line_cells(layout, filled, sheet)}
    assert texts[6] == (
        f"1. 高等学校中失去联系的毕业生党员{numbers['s1']}名，其中失去联系6个月以上不满1年的{numbers['s1a']}名、"
        f"1年至5年的{numbers['s1b']}名、6年及以上的{numbers['s1c']}名。"
    )
    assert 7 not in texts and texts[8] == f"3．公共就业和人才服务机构中失去联系的流动人才党员{numbers['s2']}名。"


def test_a_line_that_says_less_than_ours_is_left_alone() -> None:
    form = KNOWN["失去联系党员情况"]
    sheet = Sheet("表", [*HEAD, ["1. 毕业生党员__名，其中6个月以上不满1年的__名。"]])  # type: ignore[list-item]
    assert recognised(sheet, [], form, losing()).lines == ()


def test_blanks_without_a_number_stay() -> None:
    assert with_numbers("甲__个，乙  名，丙＿个", {2: 5}) == "甲__个，乙5名，丙＿个"


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


EVERYONE: list[list[object]] = [["党员名单"], ["序号", "姓名", "性别"]]
AWAY: list[list[object]] = [["某县外出流动党员名册"], ["序号", "姓名", "外出时间"], [1], [2]]
TABLE: list[list[object]] = [["外出流动党员情况"], ["单位", "外出流动党员总数", "跨省流动"], ["合计"], ["示例支部"]]
NOTES: list[list[object]] = [["说明"], ["本套表由党支部填写", "总数应与名册一致"], ["合计", "见表"]]


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """张三 and 李四 are 流动党员, 王五 is away for less, 赵六 lost, 钱七 at home."""
    return saved(tmp_path_factory.mktemp("branch"), "支部.xlsx", moving())


@pytest.fixture
def several(tmp_path: Path) -> Path:
    return workbook(tmp_path / "一套.xlsx", 说明=NOTES, 名单=EVERYONE, 名册=AWAY, 汇总=TABLE)


def columns(path: Path, sheet: str, column: int) -> list[Any]:
    return [row[column - 1].value for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_row=3)]


def test_every_sheet_is_filled_in_one_run(branch: Path, several: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = several.read_bytes()
    assert main(["fill", str(several), "--from", str(branch)]) == 0
    assert several.read_bytes() == before
    made = several.with_name("一套_已填.xlsx")
    assert sorted(columns(made, "名单", 2)) == sorted(["张三", "李四", "王五", "赵六", "钱七"])
    assert columns(made, "名册", 2) == ["张三", "李四"], "the roll is called 外出流动党员名册"
    assert columns(made, "汇总", 2) == [2, 2] and columns(made, "汇总", 3) == [1, 1]
    assert [[cell.value for cell in row] for row in openpyxl.load_workbook(made)["说明"]][2] == ["合计", "见表"]
    told = capsys.readouterr().out
    assert "没有认出、原样不动的工作表：说明。" in told
    assert "工作表“名册”填了 2 人（外出流动党员名册）。" in told and "工作表“汇总”填了 4 格。" in told


def test_the_mappings_of_all_sheets_are_kept_in_one_file(branch: Path, several: Path, tmp_path: Path) -> None:
    main(["fill", str(several), "--from", str(branch)])
    kept = tmp_path / "一套_已填.取数.json"
    data = json.loads(kept.read_text(encoding="utf-8"))
    assert [each["sheet"] for each in data["sheets"]] == ["名单", "名册", "汇总"]
    data["sheets"][1]["who"] = "外出党员（含不满6个月）"
    data["sheets"][2]["columns"][1]["count"] = "c9"
    del data["sheets"][0]
    kept.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    again = tmp_path / "再.xlsx"
    rest = ["--from", str(branch), "--mapping", str(kept), "-o", str(again)]
    assert main(["fill", str(several), *rest]) == 0
    assert columns(again, "名册", 2) == ["张三", "李四", "王五"] and columns(again, "名单", 2) == []
    assert main(["fill", str(several), *rest, "--sheet", "汇总"]) == 0
    assert columns(again, "汇总", 3) == [0, 0], "c9 is 出国（境）"


def test_a_mapping_for_sheets_that_are_not_there_is_refused(
    branch: Path, several: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["fill", str(several), "--from", str(branch)])
    kept = tmp_path / "一套_已填.取数.json"
    data = json.loads(kept.read_text(encoding="utf-8"))
    data["sheets"][1]["sheet"] = "别的"
    kept.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    rest = ["--from", str(branch), "--mapping", str(kept), "-o", str(tmp_path / "再.xlsx")]
    for more, sentence in (
        ([], "“一套.xlsx”里没有“别的”这张工作表"),
        (["--sheet", "名册"], "对应关系“一套_已填.取数.json”里没有“名册”这张工作表"),
    ):
        assert main(["fill", str(several), *rest, *more]) == 2
        assert sentence in capsys.readouterr().err
    kept.write_text('{"schema": 1, "sheets": [1]}', encoding="utf-8")
    assert main(["fill", str(several), *rest]) == 2
    assert not (tmp_path / "再.xlsx").exists()


def test_a_roll_without_enough_rows_does_not_hold_up_the_others(
    branch: Path, several: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fill", str(several), "--from", str(branch), "--who", "名册党员"]) == 0
    book = openpyxl.load_workbook(several)
    book["名册"].append(["填表人", "联系电话"])
    book.save(several)
    assert main(["fill", str(several), "--from", str(branch), "--who", "名册党员"]) == 1
    told = capsys.readouterr().out
    assert "没有填：工作表“名册”从第 3 行起只空着 2 行，要填 5 人" in told
    assert columns(several.with_name("一套_已填.xlsx"), "名册", 2)[:2] == [None, None]
    assert len(columns(several.with_name("一套_已填.xlsx"), "名单", 2)) == 5


def test_one_sheet_may_be_chosen(branch: Path, several: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fill", str(several), "--from", str(branch), "--sheet", "汇总"]) == 0
    made = several.with_name("一套_已填.xlsx")
    assert columns(made, "汇总", 2) == [2, 2] and columns(made, "名册", 2) == [None, None]
    assert main(["fill", str(several), "--from", str(branch), "--sheet", "没有的"]) == 2
    assert "里没有“没有的”这张工作表" in capsys.readouterr().err


def test_a_guess_is_taken_only_when_nothing_is_certain(
    branch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = workbook(tmp_path / "单.xlsx", 说明=NOTES)
    assert main(["fill", str(alone), "--from", str(branch)]) == 0
    assert "党员数量变化情况" in capsys.readouterr().out
    assert main(["fill", str(workbook(tmp_path / "空.xlsx", 说明=[["说明"]])), "--from", str(branch)]) == 2
