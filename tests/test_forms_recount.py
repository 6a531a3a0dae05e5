"""Every number of every summary equals a recount with pandas on the raw rows, written without the form engine.

The recounts (``tests/recount``) know the wording of the forms and the rules, not the conditions of the form files.
Twenty made-up committees under three profiles; see ``tests/recount/committees.py`` for what is in them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import zip_longest

import pytest

from addin.demo.books import as_book
from addin.forms.filled import FilledCard, FilledCell, FilledForm
from addin.forms.filling import fill_form
from addin.forms.judging import Judge
from addin.forms.library import load_forms
from tests.recount import (
    abroad_forms,
    campaign_forms,
    cards,
    flow_forms,
    flow_rolls,
    ledgers,
    lost_forms,
    lost_rolls,
    roster_rolls,
    yearly_forms,
)
from tests.recount.committees import SEEDS, town
from tests.recount.counting import Cell, Counted, Recount, Who, organisations_of
from tests.recount.people import people_of
from tests.recount.sheets import sheets_of
from validators.policy import load_policy, policy_data
from validators.rule import Case

FORMS = load_forms()
PROFILES = tuple(policy_data()["profiles"])
RECOUNTS: Mapping[str, Callable[[Counted], Recount]] = {
    "外出流动党员情况汇总表": flow_forms.summary,
    "流动党员双向共管情况一览表": flow_forms.joint_totals,
    "流动党员情况统计表": flow_forms.statistics,
    "管理有外来流入党员的党组织情况表": flow_forms.hosts,
    "流动党员情况（一）": flow_forms.outflow_table,
    "流动党员情况（二）": flow_forms.inflow_table,
    "与党组织失去联系党员情况汇总表": lost_forms.summary,
    "与党组织失去联系党员管理及处置情况汇总表": lost_forms.handling,
    "失去联系党员情况": lost_forms.statistics,
    "党员组织关系排查工作情况汇总表": campaign_forms.campaign_summary,
    "三查三核核查报告": campaign_forms.three_checks,
    "党员数量变化情况": yearly_forms.change,
    "党员出党情况（一）": yearly_forms.exits,
    "党员出党情况（二）": yearly_forms.exits_by_conduct,
    "民主评议党员情况": yearly_forms.appraisal,
    "民主评议党员结果登记表": yearly_forms.appraisal_totals,
    "出国（境）党员情况": abroad_forms.abroad,
    "留学回国人员党员情况": abroad_forms.back_from_study,
}
ROLLS: Mapping[str, Callable[[Counted], list[flow_rolls.Line]]] = {
    "外出流动党员名册": flow_rolls.floating_roll,
    "流动党员花名册（流出分册）": flow_rolls.outflow_book,
    "流出党员名册": flow_rolls.outflow_roll,
    "流动党员双向共管情况一览表": flow_rolls.joint_list,
    "流动党员花名册（流入分册）": flow_rolls.inflow_book,
    "流入党员名册": flow_rolls.inflow_roll,
    "未收到组织关系介绍信回执党员登记表": lost_rolls.receipt_roll,
    "经查找取得联系党员登记表": lost_rolls.found_roll,
    "经排查取得联系党员登记表": lost_rolls.found_roll,
    "经查找仍然无法取得联系党员登记表": lost_rolls.not_found_roll,
    "经排查无法取得联系党员登记表": lost_rolls.not_found_roll,
    "党员基本信息汇总表": roster_rolls.member_summary,
    "党员组织关系排查情况记录表": roster_rolls.campaign_record,
    "失联党员一人一档目录": roster_rolls.lost_directory,
    "年度党员花名册（年审）": roster_rolls.annual_roster,
    "民主评议党员结果登记表": roster_rolls.appraisal_roll,
    "流动党员党组织登记表": ledgers.organisations,
    "流动党员共管协议台账": ledgers.agreements,
    "流动党员联系（沟通）记录表": ledgers.contacts,
    "流动党员活动证发证登记表": ledgers.certificates,
    "组织关系介绍信登记表（转出）": ledgers.letters_out,
    "组织关系介绍信登记表（转入）": ledgers.letters_in,
    "出国（境）党员台账": ledgers.abroad,
    "限期改正台账": ledgers.corrections,
}
CARDS: Mapping[str, Callable[[Counted], list[cards.Page]]] = {
    "党员基本信息采集表": cards.collection,
    "党员基本情况登记表": cards.registration,
    "与党组织失去联系党员排查工作登记表": cards.lost,
    "流动党员登记表": cards.floating,
    "流出党员双向承诺书": cards.commitment,
    "流动党员双向共管登记表": cards.joint,
    "中国共产党党员组织关系介绍信": cards.letters,
    "报送封面": cards.cover,
}
NOBODY = {
    ("外出流动党员情况汇总表", "column 6个月以下"),
    ("流动党员情况（二）", "其中 党委"),
    ("流动党员情况（二）", "总支部"),
}
"""Where nobody can stand: 流动党员 are away six months by definition, and these committees have branches only."""
QUICK = 2
"""Seeds of the default run; the others are marked slow."""


COMMITTEES = pytest.mark.parametrize(
    ("seed", "profile"),
    [
        pytest.param(seed, profile, marks=[] if seed <= QUICK else pytest.mark.slow)
        for seed in SEEDS
        for profile in PROFILES
    ],
)


@cache
def judge(seed: int, profile: str) -> Judge:
    chosen = town(seed)
    book = as_book("汇总.xlsx", {**chosen.cover, "policy_profile": profile}, chosen.rows, "committee")
    return Judge(Case(book, load_policy(profile), chosen.as_of))


@cache
def counted(seed: int, profile: str) -> Counted:
    chosen = town(seed)
    sheets = sheets_of(replace(chosen, cover={**chosen.cover, "policy_profile": profile}))
    return Counted(sheets, people_of(sheets, profile), organisations_of(sheets))


def differences(filled: FilledForm, recount: Recount) -> list[str]:
    """Where form and recount part, in words; a recount without columns is of the 补充资料 only."""
    found = []
    if recount.columns:
        found += _titles_apart([leaf.title for leaf in filled.leaves], recount.columns)
        found += _titles_apart([row.title for row in filled.rows], [title for title, _ in recount.rows])
    found += _titles_apart([line.label for line in filled.supplement], [label for label, _ in recount.lines])
    if found:
        return found
    for row, (title, cells) in zip(filled.rows, recount.rows, strict=False):
        for leaf, cell, wanted in zip(filled.leaves, row.cells, cells, strict=True):
            found += [f"{title} / {leaf.key} {leaf.title}: {text}" for text in _apart(filled, cell, wanted)]
    for line, (_, wanted) in zip(filled.supplement, recount.lines, strict=True):
        found += [f"{line.label}: {text}" for text in _apart(filled, line.cell, wanted)]
    return found


def _titles_apart(printed: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Titles that do not begin as they should, the heading of the group left out (年龄：, 外出流向：)."""
    pairs = zip_longest([_own_words(title) for title in printed], [_own_words(title) for title in wanted], fillvalue="")
    return [f"title “{one}”, wanted “{other}”" for one, other in pairs if not other or not one.startswith(other)]


def _own_words(title: str) -> str:
    return re.split("[：\u3000]", title)[-1].removeprefix("其中").strip()


def _apart(filled: FilledForm, cell: FilledCell, wanted: Cell) -> list[str]:
    if not isinstance(wanted, list):
        return [] if cell.value == wanted else [f"{cell.value} != {wanted}"]
    if cell.evidence is None:
        return [f"{cell.value} rests on nobody, {len(wanted)} wanted"]
    population = filled.populations[cell.evidence.population]
    behind = [
        (population[number - 1].organisation.code, population[number - 1].identity_number)
        for number in cell.evidence.persons
    ]
    if cell.value == len(wanted) and Counter(behind) == Counter(wanted):
        return []
    apart = {word: sorted((Counter(a) - Counter(b)).elements()) for word, a, b in _both(behind, wanted)}
    return [f"{cell.value} != {len(wanted)}, {apart}"]


def _both(behind: Who, wanted: Who) -> tuple[tuple[str, Who, Who], tuple[str, Who, Who]]:
    return ("too many", behind, wanted), ("missing", wanted, behind)


@COMMITTEES
def test_every_summary_equals_its_recount(seed: int, profile: str) -> None:
    one = judge(seed, profile)
    found = {}
    for name, recount in RECOUNTS.items():
        found[name] = differences(fill_form(FORMS[name], one.case, one), recount(counted(seed, profile)))
    assert {name: texts for name, texts in found.items() if texts} == {}


@COMMITTEES
def test_every_roll_lists_whom_and_what_its_recount_does(seed: int, profile: str) -> None:
    one = judge(seed, profile)
    found = {}
    for name, recount in ROLLS.items():
        filled = fill_form(FORMS[name], one.case, one)
        lines = [{**line, "序号": str(number)} for number, line in enumerate(recount(counted(seed, profile)), 1)]
        found[name] = _lines_apart(_lines(filled), lines)
    assert {name: texts for name, texts in found.items() if texts} == {}


def _lines(filled: FilledForm) -> list[flow_rolls.Line]:
    shown = [leaf for leaf in filled.leaves if not leaf.by_hand]
    places = [filled.leaves.index(leaf) for leaf in shown]
    return [
        {leaf.title: flow_rolls.text(row.cells[place].value) for leaf, place in zip(shown, places, strict=True)}
        for row in filled.rows
    ]


def _lines_apart(printed: Sequence[flow_rolls.Line], wanted: Sequence[flow_rolls.Line]) -> list[str]:
    if len(printed) != len(wanted):
        return [f"{len(printed)} lines, {len(wanted)} wanted"]
    return [
        f"{line['序号']} {line['姓名']} / {title}: “{line.get(title)}” != “{other.get(title)}”"
        for line, other in zip(printed, wanted, strict=True)
        for title in line.keys() | other.keys()
        if line.get(title) != other.get(title)
    ]


@COMMITTEES
def test_every_card_shows_of_everyone_what_its_recount_does(seed: int, profile: str) -> None:
    one = judge(seed, profile)
    found = {}
    for name, recount in CARDS.items():
        printed = [list(_on_page(card)) for card in fill_form(FORMS[name], one.case, one).cards]
        wanted = recount(counted(seed, profile))
        found[name] = [(page, other) for page, other in zip_longest(printed, wanted) if page != other]
    assert {name: _first_apart(*pages[0]) for name, pages in found.items() if pages} == {}


def _on_page(card: FilledCard) -> Iterator[tuple[str, str]]:
    """Label and text of every filled cell; in a small table the title of the column is the label."""
    titles: list[str] = []
    for line, cells in card.lines:
        label = ""
        for place, (spec, cell) in enumerate(zip(line.cells, cells, strict=True)):
            if spec.show:
                yield titles[place] if line.register else label, flow_rolls.text(cell.value)
            label = "" if spec.show else spec.label
        titles = titles if line.register else [spec.label for spec in line.cells]


def _first_apart(page: cards.Page | None, other: cards.Page | None) -> str:
    if page is None or other is None:
        return "a page too many or too few"
    pairs = (f"{one} != {another}" for one, another in zip_longest(page, other) if one != another)
    return f"{page[2:4]}: {next(pairs)}"


def test_every_form_is_recounted() -> None:
    counting = {name for name, form in FORMS.items() if form.kind == "count" or form.supplement}
    assert set(RECOUNTS) == counting
    assert set(ROLLS) == {name for name, form in FORMS.items() if form.kind == "list"}
    assert set(CARDS) == {name for name, form in FORMS.items() if form.kind == "card"}


@pytest.mark.slow
def test_the_committees_have_somebody_in_every_row_and_column() -> None:
    met: Counter[tuple[str, str]] = Counter()
    for seed in SEEDS:
        for name, recount in RECOUNTS.items():
            found = recount(counted(seed, PROFILES[0]))
            for title, cells in found.rows:
                for column, cell in zip(found.columns, cells, strict=True):
                    if isinstance(cell, list):
                        met[name, f"column {column}"] += len(cell)
                        met[name, f"row {title}"] += len(cell) + title.endswith("支部")
            for label, cell in found.lines:
                if isinstance(cell, list):
                    met[name, label] += len(cell)
    nobody = {key for key, number in met.items() if number == 0}
    assert nobody == NOBODY


@pytest.mark.slow
def test_the_committees_have_something_in_every_column_of_a_roll_and_on_every_line_of_a_card() -> None:
    met: Counter[tuple[str, str]] = Counter()
    for seed in SEEDS:
        one = counted(seed, PROFILES[0])
        lines = [(name, pair) for name, recount in ROLLS.items() for line in recount(one) for pair in line.items()]
        lines += [(name, pair) for name, recount in CARDS.items() for page in recount(one) for pair in page]
        for name, (title, text) in lines:
            met[name, title] += bool(text)
    assert [key for key, number in met.items() if not number] == []
