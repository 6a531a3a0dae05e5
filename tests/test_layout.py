"""The look of sheets before any spreadsheet library is asked: widths, frozen columns, paper, highlights, notes."""

import pytest

from addin.guide import choice_words, format_words, note_text, sheet_purposes
from addin.highlights import AS_OF, DUTIES, highlights
from addin.hosts.text_size import height_for, lines_in, sure_to_fit
from addin.layout import SheetPlan, cover_row, result_sheets, sheet_names, table_sheets
from validators.registers import registers
from validators.table import BookKind


def plan(title: str, kind: BookKind = "branch") -> SheetPlan:
    (found,) = [plan for plan in (*table_sheets(kind), *result_sheets(kind)) if plan.title == title]
    return found


@pytest.mark.parametrize(
    ("title", "kind", "frozen", "paper"),
    [
        ("党员名册", "branch", 2, "A3"),
        ("党员名册", "committee", 5, "A3"),
        ("联系记录", "branch", 3, "A3"),
        ("年审", "branch", 3, "A3"),
        ("组织生活党费", "branch", 3, "A4"),
        ("共管协议", "branch", 2, "A3"),
        ("党组织名录", "committee", 2, "A4"),
    ],
)
def test_names_stay_in_view_and_wide_tables_go_on_large_paper(
    title: str, kind: BookKind, frozen: int, paper: str
) -> None:
    assert (plan(title, kind).frozen, plan(title, kind).paper) == (frozen, paper)


def test_very_wide_tables_are_narrowed_but_identity_numbers_keep_their_room() -> None:
    roster = {column.key: column for column in plan("党员名册").columns}
    schema = {column.key: column for column in registers()["member_roster"].columns}
    assert roster["home_address"].width < schema["home_address"].width
    assert roster["identity_number"].width == schema["identity_number"].width >= 20
    assert [column.key for column in plan("党员名册").columns] == list(schema)


def test_the_tool_writes_on_unprotected_sheets_only() -> None:
    unprotected = {
        sheet.title for sheet in (*table_sheets("committee"), *result_sheets("committee")) if not sheet.protected
    }
    assert unprotected == {
        "报送情况",
        "合并差异",
        "冲突处理",
        "双向比对",
        "三查三核",
        "抽查",
        "退回事项",
        "问题清单",
        "操作记录",
    }


def test_a_search_term_is_overdue_until_the_search_has_an_end() -> None:
    (overdue,) = [mark for mark in highlights(plan("失联档案")) if mark.look == "overdue"]
    assert overdue.formula == f'AND(ISNUMBER($H4),$P4="",$R4="",$H4<{AS_OF})'
    assert (overdue.first, overdue.last) == (7, 7)


def test_a_letter_is_overdue_when_its_days_have_run_out() -> None:
    (overdue,) = [mark for mark in highlights(plan("介绍信")) if mark.look == "overdue"]
    assert f"$F4+$G4<{AS_OF}" in overdue.formula


def test_lost_and_left_members_colour_the_whole_row() -> None:
    marks = {mark.look: mark for mark in highlights(plan("党员名册", "committee")) if mark.look in ("lost", "left")}
    assert marks["lost"].formula == '$U4="是"'
    assert marks["left"].formula == '$T4="已离开"'
    assert {(mark.first, mark.last) for mark in marks.values()} == {(0, 37)}


def test_every_duty_names_columns_that_exist() -> None:
    for duty in DUTIES:
        keys = {column.key for column in registers()[duty.register].columns}
        assert {duty.date, *duty.done, *([duty.days] if duty.days else [])} <= keys


def test_a_note_tells_meaning_format_choices_example_and_rules() -> None:
    roster = registers()["member_roster"]
    lines = note_text(roster.column("member_type")).split("\n")
    assert [line.split("：")[0] for line in lines] == ["【必填】人员类别", "含义", "格式", "可选", "示例", "校核"]
    assert "可选：正式党员、预备党员" in lines
    assert choice_words(roster.column("ethnicity")).endswith("项，见下拉列表")
    assert format_words(roster.column("tags")) == "可选多项，用“、”隔开"
    assert note_text(roster.column("post")).startswith("【选填】工作岗位")


@pytest.mark.parametrize("kind", ["branch", "committee"])
def test_the_cover_tells_what_every_visible_sheet_is_for(kind: BookKind) -> None:
    told = dict(sheet_purposes(kind))
    assert list(told) == [name for name in sheet_names(kind) if name not in ("封面", "代码表")]
    assert all(told.values())


def test_an_unknown_cover_field_has_no_row() -> None:
    assert cover_row("organisation_name") == 4
    with pytest.raises(KeyError):
        cover_row("no_such_field")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("短", 10, 1), ("一二三四五六七", 7, 2), ("a\nb\nc", 10, 3), ("x" * 30, 10, 3)],
)
def test_wrapped_text_is_given_its_lines(text: str, width: float, lines: int) -> None:
    assert lines_in(text, width) == lines
    assert not sure_to_fit(text, width) or lines == 1
    assert height_for([(text, width)]) >= lines * 16


def test_no_row_is_higher_than_a_spreadsheet_allows() -> None:
    assert height_for([("长" * 10_000, 10)]) == 409
