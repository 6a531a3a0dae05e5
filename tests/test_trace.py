"""反查: from any number of a written form back to persons and rows, whatever happened to the file since."""

import json
import shutil
from array import array
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from addin.cli import main
from addin.forms.evidence import pack, unpack
from addin.forms.tracing import CannotTrace, read_evidence, trace
from addin.hosts.workbook_writer import write_workbook
from tests.drawing import COVER, draw, person

ROSTER = """
姓名 | 最近参加组织生活日期 | 外出流向
张三 | 2026-10-01 |
李四 | 2026-10-01 |
王五 | 2026-11-01 |
"""
AWAY = """
姓名 | 外出日期 | 流动范围
张三 | 2025-12-01 | 跨省流动
李四 | 2026-01-01 | 市（地）内流动
"""
TALKS = "姓名 | 联系日期\n张三 | 2026-10-20\n李四 | 2026-10-20"


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """表4 of a branch: 张三 floats across provinces, 李四 within the city, 王五 stays."""
    folder = tmp_path_factory.mktemp("trace")
    book = draw(member_roster=ROSTER.replace("2026-10-01", "2025-11-01"), outflow=AWAY, contact_log=TALKS)
    rows = {key: [dict(row.values) for row in table] for key, table in book.tables.items() if key != "cover"}
    write_workbook(folder / "支部.xlsx", "branch", cover=COVER, rows=rows)
    assert main(["forms", str(folder / "支部.xlsx"), "--form", "表4", "-o", str(folder)]) == 0
    return folder / "外出流动党员情况汇总表.xlsx"


def traced(path: Path, cell: str, out: Path) -> dict[str, object]:
    assert main(["trace", str(path), cell, "--json", str(out / "t.json")]) == 0
    found: dict[str, object] = json.loads((out / "t.json").read_text(encoding="utf-8"))
    return found


def test_a_number_is_traced_to_persons_and_reasons(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = openpyxl.load_workbook(form).worksheets[0]
    assert (sheet["H4"].value, sheet["F5"].value, sheet["H5"].value) == (None, "市（地）内", "跨省")
    assert sheet["H7"].value == 1
    found = traced(form, "H7", tmp_path)
    assert [one["name"] for one in found["counted"]] == ["张三"]  # type: ignore[attr-defined]
    assert {one["name"]: one["reason"] for one in found["left_out"]} == {  # type: ignore[attr-defined]
        "李四": "流动范围是“市（地）内流动”（要求：流动范围为跨省流动）",
        "王五": "主状态是“正常”（要求：主状态为流动党员）",
    }
    told = capsys.readouterr().out
    assert "合计、跨省 = 1" in told and "党员名册第4行" in told
    assert told.index("李四") < told.index("王五"), "the nearest to being counted first"
    assert person("张三") not in told


def test_it_works_after_the_form_was_saved_again_and_moved(form: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(form)
    (tmp_path / "别处").mkdir()
    book.save(tmp_path / "别处" / "改名.xlsx")
    found = traced(tmp_path / "别处" / "改名.xlsx", "$H$7", tmp_path)
    assert [one["name"] for one in found["counted"]] == ["张三"]  # type: ignore[attr-defined]


def test_a_changed_number_is_said(form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(form)
    book.worksheets[0]["H7"] = 9
    book.save(tmp_path / "改.xlsx")
    assert main(["trace", str(tmp_path / "改.xlsx"), "H7"]) == 0
    assert "这一格现在是“9”，出表时是“1”" in capsys.readouterr().out


def test_the_result_can_be_kept_as_a_sheet(form: Path, tmp_path: Path) -> None:
    assert main(["trace", str(form), "H7", "-o", str(tmp_path / "反查.xlsx")]) == 0
    rows = list(openpyxl.load_workbook(tmp_path / "反查.xlsx")["反查"].iter_rows(values_only=True))
    assert rows[1][:2] == ("计入", "张三") and rows[2][:2] == ("未计入", "李四")


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [("A1", "A1 不是统计出来的数"), ("第7格", "“第7格”不是单元格，请写成 D7 这样")],
)
def test_a_cell_without_number_is_refused(
    form: Path, capsys: pytest.CaptureFixture[str], cell: str, sentence: str
) -> None:
    assert main(["trace", str(form), cell]) == 2
    assert sentence in capsys.readouterr().err


def test_a_workbook_that_is_no_form_is_refused(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", str(form.parent / "支部.xlsx"), "A1"]) == 2
    assert "没有反查依据" in capsys.readouterr().err
    shutil.copy(form, form.parent / "删.xlsx")
    book = openpyxl.load_workbook(form.parent / "删.xlsx")
    del book["反查依据"]
    book.save(form.parent / "删.xlsx")
    assert main(["trace", str(form.parent / "删.xlsx"), "H7"]) == 2


def test_every_traced_cell_says_what_the_sheet_shows(form: Path) -> None:
    book = openpyxl.load_workbook(form)
    evidence = read_evidence(book["反查依据"].iter_rows(min_row=2, values_only=True))
    assert len(evidence.cells) > 40
    for cell in evidence.cells:
        found = trace(evidence, cell.first)
        assert book.worksheets[0][cell.first].value == len(found.counted) == int(found.value)
        assert len(found.counted) + len(found.left_out) == 3


def lines(*, persons: int = 4, codes: Sequence[int] = (0, 0, 1, 0)) -> list[tuple[object, ...]]:
    """The hidden sheet of a small form: one cell, one condition that 人3 does not meet, one row about 人4."""
    them = {
        "names": [f"人{number}" for number in range(1, persons + 1)],
        "numbers": [""] * persons,
        "organisations": [["01", "支部"]],
        "of": [0] * persons,
        "sheets": ["党员名册"],
        "on": [0] * persons,
        "rows": list(range(4, persons + 4)),
    }
    row = {"last": "C", "population": "member", "conditions": [1], "spans": [[9, 9]], "numbers": [4], "named": False}
    return [
        ("表", 2, "试表", "2026-11-24", "x.xlsx", "0"),
        ("人", "member", pack(them)),
        ("条件", 1, "member", "外出", "", pack(["在家"], array("I", codes))),
        ("格", pack([["B2:B2", "行", "栏", "3", "member", [1]]])),
        ("行", pack(row)),
    ]


@pytest.mark.parametrize("kind", "BHI")
def test_what_was_packed_comes_back(kind: str) -> None:
    codes = array(kind, [0, 1, (1 << 8 * array(kind).itemsize) - 1])
    assert unpack(pack(["甲", "乙"], codes)) == (["甲", "乙"], codes)


def test_a_long_text_is_continued_and_joined() -> None:
    kind, population, packed = lines()[1]
    pieces = [(kind, population, str(packed)[:50]), ("续", str(packed)[50:])]
    found = trace(read_evidence([lines()[0], *pieces, *lines()[2:]]), "B2")
    assert [one.name for one in found.counted] == ["人1", "人2", "人4"]
    assert [(one.name, one.reason) for one in found.left_out] == [("人3", "在家")]


def test_a_row_of_a_roll_is_one_person() -> None:
    found = trace(read_evidence(lines()), "B9")
    assert (found.row_title, [one.name for one in found.counted]) == ("第1行", ["人4"])
    assert {one.name: one.reason for one in found.left_out} == {
        "人3": "在家",
        "人1": "在本表的另一行",
        "人2": "在本表的另一行",
    }


def test_reasons_that_do_not_fit_the_persons_are_said() -> None:
    with pytest.raises(CannotTrace, match="可能被改动过"):
        trace(read_evidence(lines(codes=(0, 1))), "B2")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (0, ("表", 1, "试表")),
        (1, ("人", "member", "改")),
        (1, ("人", "member", pack([1]))),
        (2, ("条件", "甲", "member", "外出", "", "")),
        (2, ("条件", 2, "member", "外出", "", "")),
        (3, ("格", pack([["B2"]]))),
        (3, ("格", pack([["B2:B2", "行", "栏", "3", "inflow", [1]]]))),
    ],
    ids=["older", "not packed", "not persons", "no number", "unknown condition", "no cell", "unknown persons"],
)
def test_a_changed_hidden_sheet_is_said(place: int, line: tuple[object, ...]) -> None:
    changed = lines()
    changed[place] = line
    with pytest.raises(CannotTrace, match="可能被改动过"):
        read_evidence(changed)
