"""Numbers of forms on drawn registers: who is counted where, who is left out and why, what does not balance."""

import json
from pathlib import Path

from addin.forms.arithmetic import evaluate, relation
from addin.forms.conditions import why_not
from addin.forms.filled import FilledForm
from addin.forms.filling import fill_form
from addin.forms.library import FORMS as SHIPPED
from addin.forms.library import load_forms
from addin.forms.table_sheet import lay_out_table
from tests.drawing import draw_case
from validators.rule import Case
from validators.wording import shown

FORMS = load_forms()

AWAY = """
姓名 | 外出日期 | 流动范围 | 去向单位 | 外出流向单位类别 | 活动证编号 | 管理方式
张三 | 2025-12-01 | 跨省流动 | 甲厂 | 港澳台商投资企业（非公） | 活1 | 纳入流入地党组织管理
李四 | 2026-05-24 | 市（地）内流动 | | 机关 | | 由本支部联系管理
王五 | 2026-05-25 | 跨省流动 | | 私营企业 | | 未落实
赵六 | 2025-01-01 | 不掌握流向 | | 不掌握流向 | | 未落实
"""
TALKS = """
姓名 | 联系日期
张三 | 2026-10-20
李四 | 2026-10-20
王五 | 2026-10-20
"""
LAST = """
姓名 | 最近参加组织生活日期 | 最近交纳党费日期
张三 | 2025-11-01 |
李四 | 2026-05-01 |
王五 | 2026-05-01 |
赵六 | 2024-12-01 | 2024-12-01
钱七 | 2026-11-01 | 2026-11-01
"""
"""赵六 has been out of contact since 2024-12-01: 失联, with an absence. 王五 is one day short of six months away."""


def moving() -> Case:
    return draw_case(member_roster=LAST, outflow=AWAY, contact_log=TALKS)


def numbers(filled: FilledForm, row: str) -> dict[str, object]:
    """The non-zero numbers of one row by column key."""
    found = next(each for each in filled.rows if each.title == row)
    return {
        leaf.key: cell.value
        for leaf, cell in zip(filled.leaves, found.cells, strict=True)
        if cell.value not in (0, None)
    }


def names(filled: FilledForm, row: str, column: str) -> list[str]:
    """Who stands behind a number."""
    key = next(each.key for each in filled.rows if each.title == row)
    evidence = filled.cell(key, column).evidence
    assert evidence is not None
    subjects = filled.populations[evidence.population]
    return [subjects[number - 1].name for number in sorted(evidence.persons)]


def test_floating_members_are_those_away_six_months_and_not_lost() -> None:
    filled = fill_form(FORMS["外出流动党员情况汇总表"], moving())
    assert numbers(filled, "合计") == {
        **{"c2": 5, "c3": 2, "c5": 2, "c6": 1, "c8": 1, "c11": 1, "c12": 1},
        **{"c17": 1, "c18": 1, "c19": 1, "c21": 1, "c23": 1},
    }
    assert numbers(filled, "示例支部") == numbers(filled, "合计")
    assert names(filled, "合计", "c3") == ["张三", "李四"]
    assert names(filled, "合计", "c12") == ["张三"], "a word is counted under its parent"
    assert [(line.key, line.cell.value) for line in filled.supplement] == [("short", 1), ("lost", 1)]
    assert filled.checked > 20 and not filled.is_draft


def test_the_roll_lists_exactly_whom_the_summary_counts() -> None:
    roll = fill_form(FORMS["外出流动党员名册"], moving())
    assert [row.cells[1].value for row in roll.rows] == ["张三", "李四"]
    first = dict(
        zip([leaf.title for leaf in roll.leaves], [shown(cell.value) for cell in roll.rows[0].cells], strict=True)
    )
    assert first["外出时间"] == "2025-12-01"
    assert first["入党时间"] == "2015.07"
    assert first["去向单位及单位类别"] == "甲厂　港澳台商投资企业", "the plain word is printed, not its group"
    assert first["是否纳入流入地管理"] == "是"


def test_who_is_left_out_is_told_which_condition_failed() -> None:
    filled = fill_form(FORMS["外出流动党员情况汇总表"], moving())
    evidence = filled.cell("total", "c8").evidence
    assert evidence is not None
    told = {}
    for subject in filled.populations["member"]:
        if subject.number not in evidence.persons:
            told[subject.name] = next(text for one in evidence.conditions if (text := why_not(one, subject)))
    assert told == {
        "李四": "流动范围是“市（地）内流动”（要求：流动范围为跨省流动）",
        "王五": "主状态是“外出”（要求：主状态为流动党员）",
        "赵六": "主状态是“失联”（要求：主状态为流动党员）",
        "钱七": "主状态是“正常”（要求：主状态为流动党员）",
    }


LOST_FILES = """
姓名 | 档案编号 | 发现失联日期 | 失去联系情形 | 查找结果 | 取得联系日期 | 查找结束日期
赵六 | A1 | 2025-06-01 | 外出务工经商 | 无法取得联系 | | 2025-12-01
孙八 | A2 | 2026-03-01 | 工作单位改变 | 取得联系 | 2026-09-01 |
周九 | A3 | 2026-03-01 | 居住地改变 | 取得联系 | 2026-03-20 |
吴十 | A4 | 2026-08-01 | 居住地改变 | 查找中 | |
"""
LOST_MEMBERS = """
姓名 | 性别 | 民族 | 人员类别 | 出生日期 | 学历 | 入党日期 | 转正日期 | 最近参加组织生活日期 | 最近交纳党费日期
赵六 | 女 | 满族 | 正式党员 | 1960-01-01 | 中专 | 1990-07-01 | 1991-07-01 | 2024-12-01 |
孙八 | 男 | 汉族 | 预备党员 | 1995-01-01 | 研究生 | 2026-01-01 | | 2025-08-31 |
周九 | 男 | 汉族 | 正式党员 | 1990-01-01 | 研究生 | 2015-07-01 | 2016-07-01 | 2025-10-15 | 2026-10-01
吴十 | 女 | 汉族 | 正式党员 | 1990-01-01 | 研究生 | 2015-07-01 | 2016-07-01 | 2025-12-15 |
"""


def losing() -> Case:
    """赵六 not found, 孙八 found after a year, 周九 found after five months, 吴十 still searched for."""
    category = {"党组织类别": "农村"}
    return draw_case(cover=category, member_roster=LOST_MEMBERS, lost_file=LOST_FILES)


def test_the_lost_are_those_found_and_those_not_found_after_six_months() -> None:
    filled = fill_form(FORMS["与党组织失去联系党员情况汇总表"], losing())
    assert numbers(filled, "总计") == {
        **{"c1": 2, "c2": 1, "c3": 1, "c4": 1, "c5": 1, "c8": 1, "c9": 1, "c13": 1, "c14": 1, "c15": 1},
        **{"c18": 2, "c21": 1, "c24": 1, "c28": 1, "c29": 1},
    }
    assert numbers(filled, "建制村") == numbers(filled, "总计")
    assert numbers(filled, "机关") == {}
    assert names(filled, "总计", "c28") == ["孙八"]
    assert names(filled, "总计", "c29") == ["赵六"]
    assert not filled.is_draft
    searching = next(line for line in filled.supplement if line.key == "searching")
    assert searching.cell.value == 1


def test_a_failed_balance_names_the_numbers_and_the_person() -> None:
    files = LOST_FILES.replace("外出务工经商", "")
    filled = fill_form(
        FORMS["与党组织失去联系党员情况汇总表"],
        draw_case(cover={"党组织类别": "农村"}, member_roster=LOST_MEMBERS, lost_file=files),
    )
    assert filled.is_draft
    failure = filled.failures[0]
    assert (failure.text, failure.left, failure.right) == ("总计", 2, 1)
    assert [person.name for person in failure.persons] == ["赵六"]
    assert failure.places[:2] == (("total", "c1"), ("total", "c21"))


def test_a_branch_that_has_not_reported_is_said_not_counted_as_none() -> None:
    case = draw_case(
        kind="committee",
        organisation_directory="""
            党组织代码 | 党组织名称 | 党组织类别
            037990100001 | 示例支部 | 街道社区
            037990100002 | 未报支部 | 农村
            """,
        member_roster="姓名 | 最近交纳党费日期\n张三 | 2026-11-01",
    )
    filled = fill_form(FORMS["外出流动党员情况汇总表"], case)
    missing = next(row for row in filled.rows if row.title == "未报支部")
    assert {cell.value for cell in missing.cells[:-1]} == {"未报"}
    assert numbers(filled, "合计") == {"c2": 1}
    assert "未报党组织 1 个，不计入合计：未报支部。" in filled.notes
    assert not filled.is_draft


def test_relations_compare_sums() -> None:
    one = relation("c3 = c4 + c5 - c6")
    assert (one.left, one.sign, one.right) == (((1, "c3"),), "=", ((1, "c4"), (1, "c5"), (-1, "c6")))
    assert relation("c2 <= c1").holds(1, 1) and not relation("c2 <= c1").holds(2, 1)


def test_a_rate_of_nothing_has_no_value() -> None:
    cells = {"c2": 0.0, "c5": 3.0, "c6": 4.0}
    assert evaluate("c5 / c2", cells.__getitem__) is None
    assert evaluate("c5 / c6", cells.__getitem__) == 0.75
    assert evaluate("c6 - c5", cells.__getitem__) == 1


HANDLED = """
姓名 | 档案编号 | 发现失联日期 | 失去联系情形 | 查找结果 | 取得联系日期 | 查找结束日期
甲一 | B1 | 2026-01-10 | 外出务工经商 | 取得联系 | 2026-09-01 |
甲二 | B2 | 2026-01-10 | 外出务工经商 | 取得联系 | 2026-09-01 |
甲三 | B3 | 2025-01-10 | 外出务工经商 | 取得联系 | 2025-03-01 |
乙一 | B4 | 2026-01-10 | 居住地改变 | 无法取得联系 | | 2026-06-01
乙二 | B5 | 2026-01-10 | 居住地改变 | 无法取得联系 | | 2026-06-01
"""
SETTLED = """
姓名 | 情形 | 拟处理 | 立案日期 | 审批日期 | 期满结论
甲一 | D07 | 限期改正 | 2026-09-02 | 2026-09-20 |
甲三 | D01 | 纳入正常管理 | 2025-03-10 | 2025-04-01 |
乙二 | D14 | 停止党籍 | 2026-06-02 | 2026-07-01 |
"""
KNOWN = """
姓名 | 党籍状态 | 最近参加组织生活日期 | 最近交纳党费日期
甲一 | 正常 | 2025-06-01 |
甲二 | 正常 | 2025-06-01 |
甲三 | 正常 | 2024-06-01 | 2026-11-01
乙一 | 正常 | 2025-06-01 |
乙二 | 停止党籍 | 2025-06-01 |
"""


def handling() -> Case:
    """甲三 was found and settled last year; 乙二 was stopped this year after a search without success."""
    return draw_case(member_roster=KNOWN, lost_file=HANDLED, disposition=SETTLED)


def test_how_the_lost_were_handled_counts_each_once_by_the_final_outcome() -> None:
    filled = fill_form(FORMS["与党组织失去联系党员管理及处置情况汇总表"], handling())
    assert numbers(filled, "总计") == {"c1": 4, "c2": 2, "c8": 1, "c16": 1, "c17": 2, "c19": 1, "c21": 1}
    assert names(filled, "总计", "c19") == ["乙二"]
    assert names(filled, "街道社区", "c16") == ["甲二"]
    assert not filled.is_draft


def test_a_case_settled_in_an_earlier_year_is_no_longer_listed() -> None:
    roll = fill_form(FORMS["经查找取得联系党员登记表"], handling())
    assert [row.cells[1].value for row in roll.rows] == ["甲一", "甲二"]
    texts = dict(zip([leaf.title for leaf in roll.leaves], [cell.value for cell in roll.rows[0].cells], strict=True))
    assert texts["与党组织失去联系时间"] == "2025.06起，15个月"
    assert texts["失去联系情形"] == "①外出务工经商"
    assert texts["拟处理意见"] == "限期改正"


def test_stopped_members_are_not_lost_in_the_situation_table() -> None:
    filled = fill_form(FORMS["与党组织失去联系党员情况汇总表"], handling())
    assert names(filled, "总计", "c29") == ["乙一"]


def test_the_campaign_summary_parts_everyone_checked() -> None:
    checks = "姓名 | 排查结论\n张三 | 外出流动\n李四 | 外出流动\n王五 | 外出流动\n赵六 | 失联"
    case = draw_case(member_roster=LAST, outflow=AWAY, contact_log=TALKS, campaign_check=checks)
    filled = fill_form(FORMS["党员组织关系排查工作情况汇总表"], case)
    assert numbers(filled, "合计") == {
        **{"c2": 5, "c3": 5, "c5": 4, "c6": 0.8, "c7": 1, "c8": 2, "c10": 1, "c12a": 1, "c25": 1},
    }
    assert names(filled, "合计", "c7") == ["王五"], "away less than six months is 正常在册"
    assert not filled.is_draft


def test_a_letter_without_receipt_is_listed_with_its_arithmetic() -> None:
    roster = "姓名 | 关系归属\n张三 | 转出未回执\n李四 | 转出未回执\n王五 | 在册"
    letters = """
        姓名 | 介绍信编号 | 开出日期 | 有效期天数 | 回执收到日期
        张三 | L1 | 2026-08-01 | 30 |
        李四 | L2 | 2026-11-01 | |
        王五 | L3 | 2026-08-01 | 30 | 2026-08-20
        """
    roll = fill_form(
        FORMS["未收到组织关系介绍信回执党员登记表"], draw_case(member_roster=roster, transfer_letter=letters)
    )
    rows = [
        [shown(cell.value) for leaf, cell in zip(roll.leaves, row.cells, strict=True) if leaf.title in WANTED]
        for row in roll.rows
    ]
    assert rows == [
        ["张三", "30", "2026-08-31", "2026-08-31", "85"],
        ["李四", "90", "2027-01-30", "2027-01-30", ""],
    ]


WANTED = ("姓名", "有效期（天）", "到期日", "回执应到日期", "超期天数")


def test_a_card_shows_boxes_and_the_rows_of_the_search() -> None:
    searches = """
        姓名 | 档案编号 | 查找日期 | 查找方式 | 对象或部门
        赵六 | A1 | 2025-06-02 | A | 本人电话
        赵六 | A1 | 2025-07-02 | B | 亲属
        赵六 | 别的 | 2025-08-02 | B | 亲属
        """
    case = draw_case(member_roster=LOST_MEMBERS, lost_file=LOST_FILES, search_log=searches)
    filled = fill_form(FORMS["与党组织失去联系党员排查工作登记表"], case)
    card = filled.cards[0]
    assert card.subject.name == "赵六"
    texts = [shown(cell.value) for _, cells in card.lines for cell in cells]
    assert "查找中□　取得联系□　无法取得联系☑" in texts
    logged = [[shown(cell.value) for cell in cells][:4] for line, cells in card.lines if line.register]
    assert logged == [
        ["1", "2025-06-02", "直接联系", "本人电话"],
        ["2", "2025-07-02", "人际查找", "亲属"],
        ["", "", "", ""],
    ]


def test_the_yearly_change_needs_last_years_number() -> None:
    roster = "姓名 | 进入方式 | 进入日期 | 关系归属 | 离开情形 | 离开日期\n张三 | 发展 | 2026-07-01 | 在册 | |\n"
    roster += "李四 | 期初在册 | | 已离开 | 去世 | 2026-03-01\n王五 | 期初在册 | | 在册 | |"
    form = FORMS["党员数量变化情况"]
    known = fill_form(form, draw_case(cover={"上年底党员总数": 2}, member_roster=roster))
    found = {row.key: row.cells[0].value for row in known.rows}
    assert [found[key] for key in ("r1", "r2", "r3", "r9", "r12", "r15", "r16", "r17")] == [2, 1, 1, 1, 1, 2, 2, 0]
    assert not known.is_draft
    wrong = fill_form(form, draw_case(cover={"上年底党员总数": 3}, member_roster=roster))
    assert [(failure.relation, failure.left, failure.right) for failure in wrong.failures] == [("r16 = r15", 2, 3)]
    unknown = fill_form(form, draw_case(member_roster=roster))
    assert unknown.rows[-1].cells[0].value == "—" and not unknown.is_draft
    assert unknown.checked == known.checked - 2


def gathering() -> Case:
    """A committee with a branch for floating members that hosts 甲 and 乙; 丙 has gone again."""
    return draw_case(
        kind="committee",
        organisation_directory="""
            党组织代码 | 党组织名称 | 党组织类别 | 联系人
            037990100001 | 示例支部 | 农村 | 某书记
            037990100002 | 驻外流动党员党支部 | 其他 | 另书记
            """,
        member_roster="""
            姓名 | 来源党组织代码 | 上年评议等次 | 最近交纳党费日期
            张三 | 037990100001 | 合格 | 2026-11-01
            李四 | 037990100001 | 未参加评议 | 2026-11-01
            """,
        inflow="""
            姓名 | 来源党组织代码 | 流动范围 | 编入支部日期 | 离开日期
            甲 | 037990100002 | 跨省流动 | 2026-03-01 |
            乙 | 037990100002 | 省内跨市（地）流动 | 2026-03-01 |
            丙 | 037990100002 | 跨省流动 | 2026-03-01 | 2026-09-01
            """,
    )


def test_members_from_elsewhere_are_counted_where_they_are_and_never_in_the_total() -> None:
    case = gathering()
    hosts = fill_form(FORMS["管理有外来流入党员的党组织情况表"], case)
    assert [row.title for row in hosts.rows] == ["合计", "驻外流动党员党支部"], "only those who host somebody"
    assert [cell.value for cell in hosts.rows[1].cells] == [1, 1, "另书记", None, None, "示例支部"], (
        "the cover names the superior"
    )
    statistics = fill_form(FORMS["流动党员情况统计表"], case)
    assert numbers(statistics, "合计") == {"c": 1, "d": 1, "i": 1, "k": 1, "l": 1}
    roll = fill_form(FORMS["流动党员党组织登记表"], case)
    assert [[cell.value for cell in row.cells[:4]] for row in roll.rows] == [[1, "驻外流动党员党支部", 2, "另书记"]]
    assert numbers(fill_form(FORMS["外出流动党员情况汇总表"], case), "合计") == {"c2": 2}


def test_a_row_may_count_organisations_and_another_members() -> None:
    filled = fill_form(FORMS["民主评议党员情况"], gathering())
    assert numbers(filled, "开展评议的支部") == {"c1": 1, "c3": 1}
    assert numbers(filled, "参加评议的党员") == {"c1": 1, "c3": 1}
    assert names(filled, "开展评议的支部", "c1") == ["示例支部"]


def coming_back() -> Case:
    """甲 is back in the branch's life, 乙 has only applied, 丙 came back years ago without a word, 丁 long since."""
    return draw_case(
        member_roster="""
            姓名 | 最近参加组织生活日期 | 人员类别 | 党籍状态
            甲 | 2026-09-20 | 正式党员 |
            乙 | 2023-08-01 | 正式党员 |
            丙 | 2018-01-01 | 正式党员 | 停止党籍
            丁 | 2026-06-01 | 正式党员 |
            戊 | 2026-10-01 | 正式党员 |
            """,
        abroad="""
            姓名 | 出境日期 | 事由 | 方式 | 返回日期 | 恢复组织生活申请日期
            甲 | 2024-09-01 | 留学 | 自费 | 2026-09-01 | 2026-09-05
            乙 | 2023-09-01 | 访学 | 公派 | 2026-08-01 | 2026-08-20
            丙 | 2018-02-01 | 留学 | 因私 | 2023-02-01 |
            丁 | 2020-09-01 | 留学 | 自费 | 2023-06-01 | 2023-06-05
            戊 | 2025-01-01 | 劳务 | 因私 | 2026-03-01 |
            """,
        contact_log="姓名 | 联系日期\n甲 | 2025-03-01\n乙 | 2026-10-01",
        disposition="""
            姓名 | 情形 | 拟处理 | 审批日期
            丙 | D05 出国（境）或赴港澳长期定居 | 停止党籍 | 2019-03-01
            """,
    )


def test_students_back_from_abroad_are_counted_until_they_are_back_in_the_branch_life() -> None:
    filled = fill_form(FORMS["留学回国人员党员情况"], coming_back())
    assert numbers(filled, "总计") == {"c1": 3, "c3": 2, "c5": 2, "c6": 1, "c7": 1}, "丁 was back years ago"
    assert names(filled, "已恢复组织生活的", "c1") == ["甲"]
    assert names(filled, "未恢复组织生活的", "c1") == ["乙", "丙"]
    assert names(filled, "其中 已提出恢复申请的", "c1") == ["乙"]
    assert names(filled, "总计", "c6") == ["甲"], "乙 was only spoken to after coming back"
    assert names(filled, "总计", "c7") == ["丙"]
    assert not filled.is_draft


def test_who_is_away_for_less_than_six_months_is_counted_when_the_own_form_asks_so(tmp_path: Path) -> None:
    data = json.loads((SHIPPED / "floating_summary.json").read_text(encoding="utf-8"))
    data["scope"] = ["外出党员（含不满6个月）"]
    (tmp_path / "floating_summary.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    filled = fill_form(load_forms(tmp_path)["外出流动党员情况汇总表"], moving())
    found = numbers(filled, "合计")
    assert (found["c3"], found["c4"], found["c5"], found["c8"]) == (3, 1, 2, 2), "王五 is one day short"
    assert not filled.is_draft


def test_a_committee_nobody_has_reported_to_knows_no_number_and_no_name() -> None:
    case = draw_case(
        kind="committee",
        organisation_directory="党组织代码 | 党组织名称 | 党组织类别\n037990100002 | 未报支部 | 农村",
    )
    summary = fill_form(FORMS["党员数量变化情况"], case)
    assert numbers(summary, "二、本年增加") == {"n": "未报"}
    assert numbers(summary, "四、本年底应有数（一＋二－三）") == {"n": "—"}
    assert (summary.checked, summary.is_draft) == (0, False)
    roll = lay_out_table(fill_form(FORMS["外出流动党员名册"], case), case, "2026-11-24 08:00")
    texts = [shown(cell.value) for cell in roll.cells]
    assert "未报" in texts and "无" not in texts


def test_a_class_that_has_not_reported_is_not_nought() -> None:
    case = draw_case(
        kind="committee",
        member_roster=LOST_MEMBERS,
        lost_file=LOST_FILES,
        organisation_directory=(
            "党组织代码 | 党组织名称 | 党组织类别\n037990100001 | 示例支部 | 街道社区\n037990100002 | 未报支部 | 农村\n"
            "037990100003 | 又一支部 | 街道社区\n037990100004 | 校内支部 | 学校"
        ),
    )
    filled = fill_form(FORMS["与党组织失去联系党员情况汇总表"], case)
    shown_rows = {row.title: row.cells[0].value for row in filled.rows}
    assert (shown_rows["建制村"], shown_rows["社区（居委会）"], shown_rows["机关"]) == ("未报", 2, 0)
    lines = [line.cell.value for line in filled.supplement]
    assert lines[:4] == ["未报"] * 4 and lines[4:8] == [0] * 4, "the only school has not reported"


def test_a_branch_that_looked_at_nobody_is_not_held_against_its_silence() -> None:
    form = FORMS["三查三核核查报告"]
    checked = "姓名 | 排查结论\n张三 | 外出流动\n李四 | 正常在册"
    silent, spoken = moving(), draw_case(member_roster=LAST, outflow=AWAY, contact_log=TALKS, campaign_check=checked)
    assert not fill_form(form, silent).failures
    assert {(one.relation, one.left, one.right) for one in fill_form(form, spoken).failures} == {
        ("c7 = c10", 2, 1),
        ("c9 = c12", 1, 0),
    }


def cover_numbers(case: Case) -> dict[str, object]:
    """The totals of the 报送封面 by label."""
    (card,) = fill_form(FORMS["报送封面"], case).cards
    texts = [cell.value for _, cells in card.lines for cell in cells]
    titles = ("党员总数", "其中 预备党员", "流动党员", "失联党员", "转出未收到回执", "流入党员（不计入总数）")
    return {title: texts[texts.index(title) + 1] for title in titles}


def test_the_submission_cover_names_who_has_not_reported() -> None:
    case = draw_case(
        kind="committee",
        member_roster=LAST,
        organisation_directory="党组织代码 | 党组织名称\n037990100001 | 示例支部\n037990100002 | 未报支部",
        inflow=(
            "姓名 | 流入日期 | 离开日期\n何流入 | 2026-03-01 |\n吕走了 | 2026-03-01 | 2026-06-01\n施将来 | 2026-12-01 |"
        ),
    )
    cover = fill_form(FORMS["报送封面"], case)
    assert "未报党组织 1 个，不计入合计：未报支部。" in cover.notes
    assert list(cover_numbers(case).values()) == [5, 0, 0, 4, 0, 1]


def test_the_submission_cover_of_a_silent_committee_shows_no_zero() -> None:
    case = draw_case(
        kind="committee",
        organisation_directory="党组织代码 | 党组织名称\n037990100002 | 未报支部",
        member_roster="姓名\n",
    )
    assert set(cover_numbers(case).values()) == {"未报"}
