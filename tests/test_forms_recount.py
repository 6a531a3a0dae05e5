"""Numbers of forms equal a recount with pandas on the raw rows, written without the engine, on made-up committees."""

from datetime import date
from functools import cache

import pandas as pd
import pytest

from addin.demo.books import as_book, merged
from addin.demo.committee import demo_committee
from addin.forms.filled import FilledForm
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from validators.facts import person_facts
from validators.policy import load_policy
from validators.rule import Case

FORMS = load_forms()
SEEDS = (1, 2)
AS_OF = date(2026, 11, 24)


@cache
def committee(seed: int) -> Judge:
    made = demo_committee(as_of=AS_OF, seed=seed, faulty=False)
    rows = merged({one.file: (one.register.branch.code, one.register.rows) for one in made.submissions})
    rows["organisation_directory"] = made.directory
    book = as_book("汇总.xlsx", made.cover, rows, "committee")
    return Judge(Case(book, load_policy("current_2024", {}), AS_OF))


@cache
def filled(seed: int, name: str) -> FilledForm:
    judge = committee(seed)
    return fill_form(FORMS[name], judge.case, judge)


@cache
def people(seed: int) -> pd.DataFrame:
    """One row a member: roster columns, main state, the open absence and the latest file of the raw registers."""
    case = committee(seed).case
    roster = frame(seed, "member_roster")
    state = [one.state for one in person_facts(case.book, case.policy, AS_OF)]
    roster["state"] = state
    away = frame(seed, "outflow")
    away = away[away["returned_on"].isna() & (away["left_on"] <= AS_OF)] if "returned_on" in away else away
    away = away.sort_values("left_on").groupby(KEYS).tail(1)
    files = frame(seed, "lost_file").sort_values("discovered_on").groupby(KEYS).tail(1)
    both = roster.merge(away, on=KEYS, how="left", suffixes=("", "_away"))
    return both.merge(files, on=KEYS, how="left", suffixes=("", "_file"))


KEYS = ["source_organisation", "identity_number"]


def frame(seed: int, register: str) -> pd.DataFrame:
    return pd.DataFrame([dict(row.values) for row in committee(seed).case.book[register]])


def column(form: FilledForm, key: str) -> dict[str, object]:
    """The numbers of one column by row key, the row over all as ``total``."""
    at = [leaf.key for leaf in form.leaves].index(key)
    return {row.key: row.cells[at].value for row in form.rows}


def by_branch(chosen: pd.DataFrame, seed: int) -> dict[str, object]:
    counts = chosen.groupby("source_organisation").size()
    codes = frame(seed, "organisation_directory")["organisation_code"]
    return {"total": len(chosen), **{code: int(counts.get(code, 0)) for code in codes}}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.kind == "count"])
def test_every_summary_of_a_committee_is_traceable_to_persons(seed: int, name: str) -> None:
    form = filled(seed, name)
    for row in form.rows:
        for cell in row.cells:
            if cell.evidence is not None:
                assert cell.value == len(cell.evidence.persons)


@pytest.mark.parametrize("seed", SEEDS)
def test_floating_summary(seed: int) -> None:
    form, everyone = filled(seed, "外出流动党员情况汇总表"), people(seed)
    floating = everyone[everyone["state"] == "流动党员"]
    assert len(floating) > 20
    present = everyone["relation_belonging"].eq("在册") & ~everyone["state"].isin(
        ["停止党籍", "已出党", "去世", "已转出且收到回执"]
    )
    assert column(form, "c2") == by_branch(everyone[present], seed)
    assert column(form, "c3") == by_branch(floating, seed)
    for key, word in zip(
        ("c6", "c7", "c8", "c9", "c10"),
        ("市（地）内流动", "省内跨市（地）流动", "跨省流动", "出国（境）", "不掌握流向"),
        strict=True,
    ):
        assert column(form, key) == by_branch(floating[floating["flow_range"] == word], seed)
    held = floating["certificate_number"].notna()
    assert column(form, "c17") == by_branch(floating[held], seed)
    for key, word in zip(
        ("c19", "c20", "c21", "c22"),
        ("纳入流入地党组织管理", "编入流动党员党组织", "由本支部联系管理", "未落实"),
        strict=True,
    ):
        assert column(form, key) == by_branch(floating[floating["management"] == word], seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_rolls_list_as_many_as_the_summaries_count(seed: int) -> None:
    everyone = people(seed)
    floating = everyone[everyone["state"] == "流动党员"]
    for name in ("外出流动党员名册", "流动党员花名册（流出分册）", "流动党员双向共管情况一览表"):
        rows = filled(seed, name).rows
        names = [row.cells[1].value for row in rows]
        assert sorted(map(str, names)) == sorted(floating["name"])
    gone = everyone["state"].isin(["已出党", "去世", "已转出且收到回执"])
    assert len(filled(seed, "党员基本信息汇总表").rows) == int((~gone).sum())
    inflow = frame(seed, "inflow")
    left = inflow["departed_on"].notna() if "departed_on" in inflow else pd.Series(False, index=inflow.index)
    assert len(filled(seed, "流入党员名册").rows) == int((~left).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_lost_summary(seed: int) -> None:
    form, everyone = filled(seed, "与党组织失去联系党员情况汇总表"), people(seed)
    not_found = everyone[(everyone["state"] == "失联") & (everyone["search_outcome"] == "无法取得联系")]
    assert column(form, "c29")["total"] == len(not_found) > 0
    total, found = column(form, "c1"), column(form, "c28")
    assert total["total"] == len(not_found) + int(str(found["total"]))
    rolls = (
        len(filled(seed, "经查找取得联系党员登记表").rows),
        len(filled(seed, "经查找仍然无法取得联系党员登记表").rows),
    )
    assert rolls == (found["total"], len(not_found))
    evidence = form.cell("total", "c1").evidence
    assert evidence is not None
    counted = everyone.iloc[[number - 1 for number in sorted(evidence.persons)]]
    for key, word in zip(
        [f"c{number}" for number in range(21, 28)],
        ["外出务工经商", "单位改制或破产", "毕业后去向不明", "工作单位改变", "出国（境）", "居住地改变", "其他"],
        strict=True,
    ):
        assert column(form, key)["total"] == int((counted["situation"] == word).sum())
    assert column(form, "c3")["total"] == int((counted["sex"] == "女").sum())
    born = pd.to_datetime(counted["birth_date"])
    had_birthday = (born.dt.month < AS_OF.month) | ((born.dt.month == AS_OF.month) & (born.dt.day <= AS_OF.day))
    age = AS_OF.year - born.dt.year - (~had_birthday).astype(int)
    assert column(form, "c5")["total"] == int((age <= 35).sum())
    assert column(form, "c8")["total"] == int((age >= 61).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_statistics_of_floating_members_by_occupation_and_unit(seed: int) -> None:
    form, everyone = filled(seed, "流动党员情况（一）"), people(seed)
    floating = everyone[(everyone["state"] == "流动党员") & (everyone["flow_range"] != "出国（境）")]
    private = ["非公有经济控制单位", "民办非企业单位", "私营企业", "港澳台商投资企业（非公）", "外商投资企业（非公）"]
    units = floating["destination_unit_type"]
    assert column(form, "a")["r1"] == len(floating)
    assert column(form, "a")["r11"] == int(units.isin(private).sum())
    assert column(form, "c")["r1"] == int((floating["occupation"] == "工勤技能人员").sum())
    assert column(form, "d")["r13"] == int(((floating["occupation"] == "农牧渔民") & (units == "私营企业")).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_yearly_change_of_members(seed: int) -> None:
    form, everyone = filled(seed, "党员数量变化情况"), people(seed)
    this_year = pd.to_datetime(everyone["left_on"]).dt.year == AS_OF.year
    assert column(form, "n")["r10"] == int(((everyone["state"] == "已出党") & this_year).sum())
    assert column(form, "n")["r12"] == int(((everyone["state"] == "去世") & this_year).sum())
    gone = everyone["state"].isin(["已出党", "去世", "已转出且收到回执", "停止党籍"])
    assert column(form, "n")["r16"] == int((~gone).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_sum_of_branches_equals_the_committee(seed: int) -> None:
    for name, form in FORMS.items():
        if form.rows is not None and form.rows.total and form.rows.by:
            numbers = filled(seed, name)
            for place, leaf in enumerate(numbers.leaves):
                if leaf.count is not None:
                    values = [row.cells[place].value for row in numbers.rows]
                    assert values[0] == sum(int(str(value)) for value in values[1:]), (name, leaf.title)
