"""Deadlines of a whole branch: the paper forms of members away, where the policy asks for them."""

from datetime import date

from tests.drawing import draw_case
from validators.due import DueItem, due_items
from validators.facts import person_facts

AWAY = "姓名 | 外出日期\n张三 | 2026-02-10\n李四 | 2025-02-10"


def forms_due(asked: str, outflow: str = AWAY) -> list[DueItem]:
    case = draw_case("2026-11-24", policy={"float.annual_forms": asked}, outflow=outflow)
    facts = person_facts(case.book, case.policy, case.as_of)
    items = due_items(case.book, facts, case.policy, case.as_of, 90)
    return [item for item in items if item.rule == "R-FLOAT-ANNUALFORM"]


def test_the_yearly_form_of_members_away_is_due_at_the_end_of_the_year() -> None:
    (item,) = forms_due("是")
    assert (item.sheet, item.due, item.status, item.days) == ("流出党员", date(2026, 12, 31), "coming", 37)
    assert item.text.startswith("2026年双向共管登记表截止 2026-12-31：2名外出党员各报一份")


def test_it_is_not_due_where_nobody_asks_for_it_or_nobody_is_away() -> None:
    assert forms_due("否") == []
    assert forms_due("是", AWAY.replace("外出日期", "外出日期 | 返回日期").replace("-10", "-10 | 2026-08-01")) == []
