"""How findings are told: order, silence of blank cells, crashes, sign-off, wording, cleanings and remarks."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.drawing import draw_case, found, identity, levels, person
from validators.check import SIGNOFF_RULES, check
from validators.rule import RULES, Case, Hit, Rule, Wording
from validators.rules import load_rules
from validators.table import Cleaning, Finding, Remark
from validators.wording import fill, nearest, shown, some_of


def made_rule(name: str, find: object, level: str = "W") -> Rule:
    wordings = {"": Wording("“{title}”是 {value}", "请改")}
    return Rule(name, level, "试验", ("member_roster",), wordings, "试验", "U", find)  # type: ignore[arg-type]


def test_findings_read_as_a_clerk_reads() -> None:
    case = draw_case(
        cover={"党组织代码": "1"},
        member_roster="""
        姓名 | 学历 | 手机号 | 应急联系人
        张三 | 博士后 | 1541 | 张父
        李四2 | * | 15412345678 | 李父
        """,
        contact_log="姓名 | 联系日期 \n 张三 | 2027-01-01",
    )
    assert found(check(case), "R-FLD") == [
        ("封面!B5", "R-FLD-ORG"),
        ("党员名册!F4", "R-FLD-ENUM"),
        ("党员名册!K4", "R-FLD-PHONE"),
        ("党员名册!A5", "R-FLD-NAME"),
        ("联系记录!A4", "R-FLD-DATES"),
    ]


def test_a_finding_says_where_what_and_what_to_do() -> None:
    number = identity("1985-03-07", 3)
    case = draw_case(member_roster=f"姓名 | 公民身份号码 | 出生日期 \n 张三 | {number} | 1985-03-08")
    (finding,) = [one for one in check(case) if one.rule == "R-FLD-BIRTH"]
    assert finding == Finding(
        rule="R-FLD-BIRTH",
        level="E",
        sheet="党员名册",
        row=4,
        column="E",
        title="出生日期",
        value="1985-03-08",
        message="出生日期 1985-03-08 与身份证号第 7—14 位 19850307 不一致",
        fix="请核对身份证原件，改正写错的一处；确属档案年龄与身份证不一致的，两处都保留并在备注写明“档案年龄不一致”",
        source="GB 11643—1999《公民身份号码》",
        register="member_roster",
        identity_number=number,
        name="张三",
        file="示例.xlsx",
    )


def test_a_blank_required_cell_silences_the_rest_of_that_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def complain(case: Case) -> Iterator[Hit]:
        for row in case.book["member_roster"]:
            yield Hit("member_roster", row, "identity_number")

    monkeypatch.setitem(RULES, "R-TRIAL", made_rule("R-TRIAL", complain))
    case = draw_case(member_roster=f"姓名 | 公民身份号码 \n 张三 | \n 李四 | {person('李四')}")
    cells = [told for told in found(check(case)) if told[0] in ("党员名册!B4", "党员名册!B5")]
    assert cells == [("党员名册!B4", "R-FLD-REQUIRED"), ("党员名册!B5", "R-TRIAL")]


def test_a_crashed_rule_is_a_finding_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(case: Case) -> Iterator[Hit]:
        raise KeyError(case.book["member_roster"].rows[0].text("identity_number"))

    monkeypatch.setitem(RULES, "R-TRIAL", made_rule("R-TRIAL", crash))
    findings = check(draw_case(member_roster="姓名 | 学历 \n 张三 | 博士后"))
    (told,) = [one for one in findings if one.rule == "R-TRIAL"]
    assert (told.level, told.sheet, told.cell) == ("E", "党员名册", "A3")
    assert "规则 R-TRIAL（试验）未能运行（KeyError）" in told.message
    assert person("张三") not in told.message + told.fix, "a crash never tells a person's data"
    assert "R-FLD-ENUM" in {one.rule for one in findings}


@pytest.mark.parametrize("rule", sorted(SIGNOFF_RULES))
def test_signoff_conditions_become_errors_only_when_signing_off(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def doubt(case: Case) -> Iterator[Hit]:
        yield Hit("member_roster", None, "name")

    monkeypatch.setitem(RULES, rule, made_rule(rule, doubt))
    case = draw_case(member_roster="姓名 \n 张三")
    assert levels(check(case), rule) == [("党员名册!A3", rule, "W")]
    assert levels(check(case, signoff=True), rule) == [("党员名册!A3", rule, "E")]


def test_signoff_conditions_are_rules() -> None:
    assert set(load_rules()) >= SIGNOFF_RULES


def test_other_doubts_stay_doubts_when_signing_off() -> None:
    case = draw_case(member_roster="姓名 | 微信号 \n 张三 | 小张")
    assert levels(check(case, signoff=True), "R-FLD-WECHAT") == [("党员名册!O4", "R-FLD-WECHAT", "W")]


def test_what_the_reader_changed_or_noticed_is_told() -> None:
    case = draw_case(member_roster="姓名 \n 张三")
    book = replace(
        case.book,
        cleanings=(
            Cleaning("党员名册", 4, "K", "手机号", "１５４１２３４５６７８", "15412345678"),
            Cleaning("党员名册", 4, "H", "加入党组织日期", "2015年7月1日", "2015-07-01"),
        ),
        remarks=(Remark("R-READ-COLUMN", "I", "党员名册", 3, "AK", "血型", "多了一列“血型”", "不用可以删去"),),
    )
    told = levels(check(replace(case, book=book)), "R-READ", "R-FLD-DATES")
    assert told == [
        ("党员名册!AK3", "R-READ-COLUMN", "I"),
        ("党员名册!H4", "R-FLD-DATES", "I"),
        ("党员名册!K4", "R-READ-CLEAN", "I"),
    ]


def test_the_key_of_a_finding_survives_a_moved_row() -> None:
    above = check(draw_case(member_roster="姓名 | 学历 \n 张三 | 博士后"))
    below = check(draw_case(member_roster="姓名 | 学历 \n 李四 | * \n 张三 | 博士后"))
    keys = {one.key for one in above if one.rule == "R-FLD-ENUM"}
    assert keys == {one.key for one in below if one.rule == "R-FLD-ENUM"}


def test_values_are_shown_as_the_sheet_shows_them() -> None:
    case = draw_case(member_roster="姓名 | 标签 | 出生日期 \n 张三 | 重点;口袋 | 1985-03-07")
    row = case.book["member_roster"].rows[0]
    assert shown(row["tags"]) == "重点、口袋"
    assert shown(row["birth_date"]) == "1985-03-07"
    assert shown(1.10105194912310e17) == "110105194912310000"
    assert shown(None) == ""
    assert fill("{a}至{b}", {"a": row["birth_date"], "b": 3}) == "1985-03-07至3"


def test_long_word_lists_are_cut_and_near_words_suggested() -> None:
    words = [f"词{number}" for number in range(12)]
    assert some_of(words).endswith("等 12 项（见“代码表”）")
    assert some_of(words[:2]) == "词0、词1"
    assert nearest("正式", ["正式党员", "预备党员"]) == "正式党员"
    assert nearest("群众", ["正式党员", "预备党员"]) is None
    assert nearest("", ["正式党员"]) is None
