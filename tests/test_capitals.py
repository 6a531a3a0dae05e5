"""Numbers in capitals (大写) on letters of transfer."""

import pytest

from addin.forms.capitals import capital, capital_month
from addin.forms.filling import fill_form
from addin.forms.library import load_forms
from tests.drawing import draw_case
from validators.wording import shown


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (9, "玖"),
        (10, "壹拾"),
        (30, "叁拾"),
        (90, "玖拾"),
        (105, "壹佰零伍"),
        (1001, "壹仟零壹"),
        (3660, "叁仟陆佰陆拾"),
    ],
)
def test_whole_numbers(number: int, words: str) -> None:
    assert capital(number) == words


def test_what_no_letter_can_mean_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 9999"):
        capital(10000)


def test_year_and_month() -> None:
    assert capital_month("2026-11") == "贰零贰陆年壹拾壹月"
    assert capital_month("不详") == "不详"


def test_a_letter_prints_validity_and_dues_in_capitals() -> None:
    case = draw_case(transfer_letter="姓名 | 有效期天数 | 党费交至年月 | 转往单位\n张三 | 60 | 2026-09 | 外地党委")
    card = fill_form(load_forms()["中国共产党党员组织关系介绍信"], case).cards[0]
    texts = [shown(cell.value) for _, cells in card.lines for cell in cells]
    assert "陆拾" in texts and "贰零贰陆年零玖月" not in texts and "贰零贰陆年玖月" in texts
    assert "正式党员☑　预备党员□" in texts
