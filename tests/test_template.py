"""The committed blank workbooks are the register data files made visible: complete, explained, up to date."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from addin.build import TEMPLATES, build
from addin.desk import Desk
from addin.guide import GUIDE_TITLES, NAMED_FORMATS, note_text
from addin.layout import (
    BOOK_TITLES,
    COVER_TITLES,
    FIRST_ROW,
    HEADER_ROW,
    POLICY_TITLES,
    TEMPLATE_VERSION,
    cover_columns,
    cover_row,
    result_sheets,
    sheet_names,
    table_sheets,
)
from validators.codes import code_lists
from validators.policy import policy_keys, policy_rows
from validators.registers import registers
from validators.table import BookKind

ROOT = Path(__file__).resolve().parents[1]
KINDS: tuple[BookKind, ...] = tuple(BOOK_TITLES)

BRANCH_SHEETS = (
    "封面 党员名册 流出党员 流入党员 联系记录 组织生活党费 失联档案 查找记录 介绍信 处置台账 排查记录 出国境 共管协议 "
    "年审 说明 代码表 政策参数 问题清单 操作记录"
)
COMMITTEE_SHEETS = (
    "封面 党组织名录 党员名册 流出党员 流入党员 联系记录 组织生活党费 失联档案 查找记录 介绍信 处置台账 排查记录 "
    "出国境 共管协议 年审 报送情况 合并差异 冲突处理 双向比对 三查三核 抽查 退回事项 说明 "
    "代码表 政策参数 问题清单 操作记录"
)


@pytest.fixture(scope="module")
def books() -> dict[BookKind, openpyxl.Workbook]:
    return {kind: openpyxl.load_workbook(TEMPLATES / f"{BOOK_TITLES[kind]}.xlsx") for kind in KINDS}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_the_committed_templates_are_what_the_data_files_say(tmp_path: Path) -> None:
    build(tmp_path, Desk(io.StringIO(), io.StringIO()))
    for title in BOOK_TITLES.values():
        fresh, committed = parts(tmp_path / f"{title}.xlsx"), parts(TEMPLATES / f"{title}.xlsx")
        stale = [name for name in fresh if fresh[name] != committed.get(name)]
        assert (stale, set(committed) - set(fresh)) == ([], set()), "run: python -m addin.build"


@pytest.mark.parametrize(("kind", "names"), [("branch", BRANCH_SHEETS), ("committee", COMMITTEE_SHEETS)])
def test_sheets_stand_in_the_order_of_the_work(
    kind: BookKind, names: str, books: dict[BookKind, openpyxl.Workbook]
) -> None:
    assert list(sheet_names(kind)) == books[kind].sheetnames == names.split()
    assert books[kind]["代码表"].sheet_state == "hidden"
    assert [sheet.title for sheet in books[kind] if sheet.sheet_state != "visible"] == ["代码表"]


@pytest.mark.parametrize("kind", KINDS)
def test_titles_are_explained_and_required_ones_red(kind: BookKind, books: dict[BookKind, openpyxl.Workbook]) -> None:
    for plan in (*table_sheets(kind), *result_sheets(kind)):
        sheet = books[kind][plan.title]
        assert sheet["A1"].value == plan.title
        assert sheet["A2"].value
        assert len(sheet.merged_cells.ranges) == 2
        for column, cell in zip(plan.columns, sheet[HEADER_ROW], strict=True):
            assert cell.value == column.title
            assert cell.comment.text == note_text(column)
            assert (cell.font.color is not None and cell.font.color.rgb == "FFFF0000") is column.required


@pytest.mark.parametrize("kind", KINDS)
def test_the_cover_is_a_form_with_a_way_to_every_sheet(
    kind: BookKind, books: dict[BookKind, openpyxl.Workbook]
) -> None:
    cover = books[kind]["封面"]
    assert cover["A1"].value == BOOK_TITLES[kind]
    assert tuple(cell.value for cell in cover[HEADER_ROW][:3]) == COVER_TITLES
    assert [cover.cell(cover_row(column.key), 1).value for column in cover_columns()] == [
        column.title for column in cover_columns()
    ]
    assert cover.cell(cover_row("template_version"), 2).value == TEMPLATE_VERSION
    assert cover.cell(cover_row("template_version"), 2).protection.locked
    assert not cover.cell(cover_row("as_of"), 2).protection.locked
    links = {cell.value: cell.hyperlink.location for row in cover["D4:D40"] for cell in row if cell.hyperlink}
    assert links == {name: f"'{name}'!A1" for name in sheet_names(kind) if name not in ("封面", "代码表")}


def test_the_code_sheet_holds_code_and_word_of_each_list(books: dict[BookKind, openpyxl.Workbook]) -> None:
    sheet = books["branch"]["代码表"]
    codes = code_lists()["ethnicity"]
    (column,) = [cell.column for cell in sheet[HEADER_ROW] if cell.value == codes.title]
    found = [
        (sheet.cell(FIRST_ROW + number, column - 1).value, sheet.cell(FIRST_ROW + number, column).value)
        for number in range(len(codes.entries))
    ]
    assert found == [(entry.code, entry.word) for entry in codes.entries]


@pytest.mark.parametrize("kind", KINDS)
def test_drop_downs_point_to_their_words(kind: BookKind, books: dict[BookKind, openpyxl.Workbook]) -> None:
    book = books[kind]
    for name, defined in book.defined_names.items():
        if name.startswith("代码_"):
            place = defined.attr_text.removeprefix("'代码表'!").replace("$", "")
            words = tuple(row[0].value for row in book["代码表"][place])
            assert words == code_lists()[name.removeprefix("代码_")].words


def test_policy_rows_show_every_profile_and_leave_room_for_an_own_value(
    books: dict[BookKind, openpyxl.Workbook],
) -> None:
    sheet = books["branch"]["政策参数"]
    titles = [cell.value for cell in sheet[HEADER_ROW]]
    assert [title for title in titles if not title.startswith("方案默认值")] == list(POLICY_TITLES)
    assert len(titles) == len(POLICY_TITLES) + 3
    rows = list(sheet.iter_rows(min_row=FIRST_ROW))
    assert [row[0].value for row in rows] == list(policy_keys())
    assert [row[3].value for row in rows] == [line.defaults["current_2024"] for line in policy_rows()]
    assert all(row[2].value is None and not row[2].protection.locked for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_explains_every_column(kind: BookKind, books: dict[BookKind, openpyxl.Workbook]) -> None:
    rows = [tuple(cell.value for cell in row) for row in books[kind]["说明"].iter_rows()]
    start = rows.index(GUIDE_TITLES)
    explained = {row[:2] for row in rows[start + 1 :]}
    for plan in (*table_sheets(kind), *result_sheets(kind)):
        for column in plan.register.columns:
            assert (plan.title, column.title) in explained


def test_every_format_is_explained_in_words() -> None:
    used = {column.format for register in registers().values() for column in register.columns if column.format}
    assert used <= set(NAMED_FORMATS)


def test_text_columns_stay_text_where_nothing_was_typed_yet(books: dict[BookKind, openpyxl.Workbook]) -> None:
    xml = parts(TEMPLATES / "支部台账.xlsx")["xl/worksheets/sheet2.xml"].decode()
    styles = books["branch"]._cell_styles
    (identity_style,) = [
        int(entry.split('style="')[1].split('"')[0]) for entry in xml.split("<col ")[1:] if 'min="2" max="2"' in entry
    ]
    assert styles[identity_style].numFmtId == 49


def test_a_new_column_is_one_property_in_one_file(tmp_path: Path) -> None:
    for folder in ("addin", "validators"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    schema_file = tmp_path / "validators" / "registers" / "outflow.json"
    schema = json.loads(schema_file.read_text(encoding="utf-8"))
    schema["properties"]["travel_note"] = {"title": "出行方式", "type": "string", "description": "怎么走的"}
    schema_file.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    subprocess.run([sys.executable, "-X", "utf8", "-m", "addin.build", str(tmp_path)], cwd=tmp_path, check=True)
    for title in BOOK_TITLES.values():
        book = openpyxl.load_workbook(tmp_path / f"{title}.xlsx")
        last = book["流出党员"][HEADER_ROW][-1]
        assert last.value == "出行方式"
        assert "怎么走的" in last.comment.text
        assert ("流出党员", "出行方式") in {tuple(cell.value for cell in row[:2]) for row in book["说明"].iter_rows()}
