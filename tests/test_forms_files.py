"""Form files: every shipped one is complete and can be used; a wrong one is refused with a sentence that says where."""

import json
from pathlib import Path
from typing import Any

import pytest

from addin.forms.filling import fill_form
from addin.forms.library import CONDITIONS, FORMS, load_forms
from addin.forms.spec import FormError
from tests.drawing import draw_case

SHIPPED = load_forms()

PLAIN: dict[str, Any] = {
    "name": "试表",
    "kind": "count",
    "levels": ["branch"],
    "status": "derived",
    "source": "试验",
    "rows": {"title": "项目", "fixed": [{"title": "全部", "key": "all"}]},
    "columns": [{"title": "总数", "count": []}],
}


def own(folder: Path, changes: dict[str, Any]) -> Path:
    """A folder with one form file: PLAIN with the changes; None takes a key away."""
    data = {key: value for key, value in {**PLAIN, **changes}.items() if value is not None}
    (folder / "试表.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_says_where_it_comes_from_and_fills_an_empty_register(name: str) -> None:
    form = SHIPPED[name]
    assert form.source and form.filler
    assert form.place < 999
    for kind in form.levels:
        filled = fill_form(form, draw_case(kind=kind))
        assert not filled.is_draft
        assert all(cell.value in (0, None, "—", "") or not cell.evidence for row in filled.rows for cell in row.cells)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_counted_table_is_held_by_relations(name: str) -> None:
    form = SHIPPED[name]
    if form.kind == "count" and len(form.leaves) > 1:
        assert form.column_relations or form.row_relations


def test_named_conditions_are_all_used() -> None:
    named = json.loads((FORMS / CONDITIONS).read_text(encoding="utf-8"))
    texts = [path.read_text(encoding="utf-8") for path in FORMS.glob("*.json")]
    for_people = {"流动党员", "排查对象", "名册党员"}
    unused = [name for name in named if name not in for_people and sum(text.count(f'"{name}"') for text in texts) < 2]
    assert unused == []


def test_a_form_in_ones_own_folder_wins(tmp_path: Path) -> None:
    name = "外出流动党员名册"
    found = load_forms(own(tmp_path, {"name": name, "number": "县表1"}))
    assert found[name].number == "县表1"
    assert len(found) == len(SHIPPED)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": None}, "表样 试表.json 不能用：缺少 name。"),
        ({"kind": "table"}, "表样 试表.json 不能用：kind：“table”不在可选范围：list、count、card。"),
        ({"rows": None}, "表样 试表.json 不能用：缺少 rows。"),
        ({"titel": "x"}, "表样 试表.json 不能用：不认识 titel（可用：name、number"),
        ({"columns": [{"title": "总数"}, {"count": []}]}, "表样 试表.json 不能用：columns 第2项：缺少 title。"),
        ({"columns": [{"title": 3}]}, "表样 试表.json 不能用：columns 第1项 title：应是文字。"),
        ({"columns": []}, "表样 试表.json 不能用：columns：至少要有 1 项。"),
        (
            {"columns": [{"title": "女", "count": [{"field": "member.gender", "is": "女"}]}]},
            "表样 试表.json 不能用：没有“member.gender”这个数据项。",
        ),
        (
            {"columns": [{"title": "女", "count": [{"field": "member.sex", "is": "女性"}]}]},
            "表样 试表.json 不能用：“性别”没有“女性”这个选项。",
        ),
        (
            {"columns": [{"title": "女", "count": ["女党员"]}]},
            "表样 试表.json 不能用：没有名为“女党员”的条件",
        ),
        ({"relations": {"columns": ["c1 = c9"]}}, "表样 试表.json 不能用：关系式“c1 = c9”里的“c9”不是本表的栏目。"),
        ({"relations": {"columns": ["c1 = "]}}, "表样 试表.json 不能用：关系式“c1 = ”不完整。"),
        ({"subjects": "members"}, "表样 试表.json 不能用：没有“members”这类统计对象。"),
    ],
)
def test_a_wrong_form_file_is_refused_with_its_place(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FormError) as told:
        load_forms(own(tmp_path, changes))
    assert str(told.value).startswith(sentence)


def test_a_file_that_is_no_json_is_refused_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_text('{\n "name": "x",\n', encoding="utf-8")
    with pytest.raises(FormError, match=r"表样 坏\.json 第 3 行第 1 列看不懂"):
        load_forms(tmp_path)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="找不到表样文件夹"):
        load_forms(tmp_path / "没有")
