"""Findings as text: counts first, errors before doubts, equal ones together, numbers masked."""

from datetime import date

from addin.finding_summary import counts_text, summary_lines
from tests.drawing import draw_case, person
from validators.check import check

CASE = draw_case(
    member_roster=(
        f"姓名|公民身份号码|性别|手机号\n张三|{person('张三')}|其他|0516\n李四|{person('李四')}|其他|15400000002\n"
        f"王五|110105194912310020|男|15400000003"
    )
)
FINDINGS = [found for found in check(CASE) if found.rule in ("R-FLD-ENUM", "R-FLD-PHONE", "R-FLD-ID18")]


def text(every_one: bool = False) -> list[str]:
    return list(summary_lines(FINDINGS, "支部台账.xlsx", date(2026, 11, 24), every_one=every_one))


def test_the_first_line_counts() -> None:
    assert counts_text(FINDINGS) == "错误 4 处，疑点 0 处，提示 0 处"
    assert text()[0] == "校核“支部台账.xlsx”，基准日 2026-11-24：错误 4 处，疑点 0 处，提示 0 处。"


def test_equal_faults_stand_together_with_their_places() -> None:
    assert sum("党员名册 C4、C5，共 2 处，如 C4（张三）" in line for line in text()) == 1
    assert sum("党员名册 C4（张三）" in line for line in text(every_one=True)) == 1


def test_each_entry_says_what_to_do_and_why() -> None:
    lines = text()
    for number, line in enumerate(lines):
        if line.startswith("  党员名册"):
            assert lines[number + 1].startswith("      怎么改：") and "（R-FLD-" in lines[number + 2]


def test_no_full_number_is_shown() -> None:
    whole = "\n".join(text(every_one=True))
    assert "110105194912310020" not in whole and person("张三") not in whole


def test_nothing_found_is_said() -> None:
    assert list(summary_lines([], "a.xlsx", date(2026, 1, 1)))[-1] == "没有发现问题。"
