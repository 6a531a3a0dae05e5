"""The heart of a merge: everyone exactly once, the balance, what changed by name, conflicts and the clerk's choices."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.merging.sampling import Draw
from addin.submissions import MergedRow, Submission
from tests.drawing import person
from tests.handing_in import Merging, code, handed
from validators.policy import load_policy
from validators.registers import registers


def roster(merging: Merging) -> list[tuple[str, str]]:
    return [(row.organisation, row.text("name")) for row in merging.merged.rows["member_roster"]]


def test_rows_know_where_they_come_from() -> None:
    merging = Merging()
    merging.merge(handed(2, member_roster="姓名 \n 李四"), handed(1, member_roster="姓名 \n 张三 \n 赵六"))
    rows = merging.sheet("member_roster")
    assert [(row["source_organisation"], row["source_file"], row["source_row"], row["name"]) for row in rows] == [
        (code(1), f"{code(1)}_第1支部.xlsx", 4, "张三"),
        (code(1), f"{code(1)}_第1支部.xlsx", 5, "赵六"),
        (code(2), f"{code(2)}_第2支部.xlsx", 4, "李四"),
    ]


def test_merging_again_changes_nothing() -> None:
    merging = Merging()
    files = (handed(1, member_roster="姓名 \n 张三"), handed(2, outflow="姓名 | 返回日期 \n 李四 | "))
    merging.merge(*files)
    merged = merging.merge(*files, at="2026-11-25 08:00")
    assert merging.unchanged
    assert merged.account.total == {"读入": 3, "新增": 0, "更新": 0, "未变": 3, "冲突": 0, "退回": 0}
    assert merging.sheet("submission_status")[0]["merged_at"] == "2026-11-24 09:30"


def test_changes_against_the_merge_before_are_told_by_name() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster="姓名 | 手机号 \n 张三 | 15400000001 \n 李四 | \n 王五 | "))
    merging.merge(handed(1, member_roster="姓名 | 手机号 \n 赵六 | \n 王五 | \n 张三 | 15400000002"))
    assert [
        (row["register"], row["change"], row.get("name"), row.get("difference"))
        for row in merging.sheet("merge_changes")
    ] == [
        ("合计", "合计", None, "读入 3 = 新增 1 + 更新 1 + 未变 1 + 冲突 0 + 退回 0；删除 1"),
        ("党员名册", "合计", None, "读入 3 = 新增 1 + 更新 1 + 未变 1 + 冲突 0 + 退回 0；删除 1"),
        ("党员名册", "新增", "赵六", None),
        ("党员名册", "删除", "李四", None),
        ("党员名册", "更新", "张三", "手机号：15400000001 → 15400000002"),
    ]


def test_a_late_file_leaves_the_others_as_they_were() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster="姓名 \n 张三"))
    merged = merging.merge(handed(2, member_roster="姓名 \n 李四"), at="2026-11-25 08:00")
    assert roster(merging) == [(code(1), "张三"), (code(2), "李四")]
    assert [row["merged_at"] for row in merging.sheet("submission_status")] == ["2026-11-24 09:30", "2026-11-25 08:00"]
    assert merged.account.total["读入"] == 1
    assert [row["organisation_code"] for row in merging.sheet("three_checks")] == [code(1), code(2)]


def test_a_new_period_starts_with_those_who_report_it() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster="姓名 \n 张三"), handed(2, member_roster="姓名 \n 李四"))
    merging.previous.cover["period"] = "2027Q1"  # type: ignore[index]
    merged = merging.merge(handed(1, cover={"period": "2027Q1"}, member_roster="姓名 \n 张三"))
    assert roster(merging) == [(code(1), "张三")]
    assert merging.statuses()[code(2)] == "未报"
    assert (merged.account.total["未变"], merged.account.removed) == (1, 1)


def test_rows_that_name_nobody_are_given_back_and_told() -> None:
    merging = Merging()
    nobody = handed(1, member_roster="姓名 \n 张三")
    stray = MergedRow(code(1), nobody.file, 9, {"remark": "?"})
    merged = merging.merge(replace(nobody, nameless={"member_roster": (stray,)}))
    assert merged.account.total == {"读入": 2, "新增": 1, "更新": 0, "未变": 0, "冲突": 0, "退回": 1}
    assert [row["change"] for row in merging.sheet("merge_changes") if row.get("row") == stray.row] == ["退回"]


def test_what_the_committee_typed_itself_stays() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster="姓名 \n 张三"))
    own = MergedRow("", "", 0, {"name": "机关党员", "identity_number": person("机关党员")})
    rows = {**merging.previous.rows, "member_roster": (*merging.previous.rows["member_roster"], own)}
    object.__setattr__(merging.previous, "rows", rows)
    merging.type_into("organisation_directory", 0, contact_person="联络员")
    merging.type_into("three_checks", 0, report_note="已逐人核对")
    merging.type_into("inspection_sample", 0, differences="无")
    merging.merge(handed(1, member_roster="姓名 \n 张三 \n 李四"))
    assert roster(merging) == [("", "机关党员"), (code(1), "张三"), (code(1), "李四")]
    assert merging.sheet("organisation_directory")[0]["contact_person"] == "联络员"
    assert merging.sheet("three_checks")[0]["report_note"] == "已逐人核对"
    assert merging.sheet("inspection_sample")[0]["differences"] == "无"


def in_two_branches() -> tuple[Submission, Submission]:
    return (
        handed(1, member_roster="姓名 | 手机号 \n 张三 | 15400000001 \n 李四 | "),
        handed(2, member_roster="姓名 | 手机号 | 关系归属 \n 张三 | 15400000002 | 转出未回执"),
    )


def test_a_person_in_two_branches_keeps_both_rows_and_counts_as_one_conflict() -> None:
    merging = Merging()
    merged = merging.merge(*in_two_branches())
    assert merged.account.total == {"读入": 3, "新增": 2, "更新": 0, "未变": 0, "冲突": 1, "退回": 0}
    assert list(merged.doubles) == [person("张三")]
    assert len(merged.rows["member_roster"]) == 3
    assert [(row["kind"], row["field"], row["value_one"], row["value_two"]) for row in merging.sheet("conflicts")] == [
        ("双重名册", "关系归属", "在册", "转出未回执"),
        ("字段不一致", "手机号", "15400000001", "15400000002"),
    ]
    assert merging.sheet("conflicts")[0]["source_one"] == f"{code(1)}_第1支部.xlsx 第4行"


def test_a_choice_is_applied_remembered_dated_and_taken_back() -> None:
    merging = Merging()
    files = in_two_branches()
    merging.merge(*files)
    merging.type_into("conflicts", 0, adopt="甲方值", reason="已核实")
    merging.type_into("conflicts", 1, adopt="乙方值")
    for _ in range(2):
        merged = merging.merge(*files)
        assert roster(merging) == [(code(1), "张三"), (code(1), "李四")]
        assert merged.rows["member_roster"][0].text("mobile") == "15400000002"
        assert merged.account.total["冲突"] == 1
        first = merging.sheet("conflicts")[0]
        assert (first["adopt"], first["reason"], first["decided_on"]) == ("甲方值", "已核实", "2026-11-24")
    assert merging.unchanged
    merging.type_into("conflicts", 0, adopt=None)
    merging.type_into("conflicts", 1, adopt=None)
    merged = merging.merge(*files)
    assert roster(merging) == [(code(1), "张三"), (code(1), "李四"), (code(2), "张三")]
    assert merged.rows["member_roster"][0].text("mobile") == "15400000001"


def test_a_choice_between_values_that_changed_is_asked_for_again() -> None:
    merging = Merging()
    first, second = in_two_branches()
    merging.merge(first, second)
    merging.type_into("conflicts", 1, adopt="甲方值", reason="本人确认")
    merging.merge(first, handed(2, member_roster="姓名 | 手机号 | 关系归属 \n 张三 | 15400000003 | 转出未回执"))
    row = merging.sheet("conflicts")[1]
    assert (row.get("adopt"), row["reason"]) == (None, "两方填法已变，请重新确定；原定：甲方值，本人确认")


def test_choices_hold_when_only_one_of_the_two_files_comes_again() -> None:
    merging = Merging()
    first, second = in_two_branches()
    merging.merge(first, second)
    merging.type_into("conflicts", 0, adopt="甲方值")
    merging.type_into("conflicts", 1, adopt="乙方值")
    merging.merge(first, second)
    again = handed(1, member_roster="姓名 | 手机号 \n 张三 | 15400000001 \n 李四 | 15400000009")
    merged = merging.merge(again)
    assert roster(merging) == [(code(1), "张三"), (code(1), "李四")]
    assert merged.rows["member_roster"][0].text("mobile") == "15400000002"
    assert [row["adopt"] for row in merging.sheet("conflicts")] == ["甲方值", "乙方值"]
    merging.type_into("conflicts", 0, adopt=None)
    merging.merge(again)
    assert merging.sheet("conflicts")[0]["reason"] == f"要恢复被略去的一行，请连同“{second.file}”再合并一次"
    merging.merge(again, second)
    assert roster(merging) == [(code(1), "张三"), (code(1), "李四"), (code(2), "张三")]


def test_an_adopted_value_in_a_kept_row_is_put_back_before_comparing() -> None:
    merging = Merging()
    first, second = in_two_branches()
    merging.merge(first, second)
    merging.type_into("conflicts", 1, adopt="甲方值")
    merging.merge(first, second)
    assert merging.merged.rows["member_roster"][2].text("mobile") == "15400000001"
    merging.type_into("conflicts", 1, adopt=None)
    merging.merge(first)
    assert merging.merged.rows["member_roster"][2].text("mobile") == "15400000002"


NAMES = st.sampled_from(["张三", "李四", "王五", "赵六", "钱七"])
BRANCHES = st.lists(st.tuples(st.integers(1, 3), st.lists(NAMES, min_size=1, max_size=4, unique=True)), max_size=5)


@settings(max_examples=60)
@given(rounds=st.lists(BRANCHES, min_size=1, max_size=3), seed=st.randoms(use_true_random=False))
def test_nobody_is_lost_or_doubled_and_the_balance_holds(
    rounds: list[list[tuple[int, list[str]]]], seed: random.Random
) -> None:
    merging = Merging()
    expected: dict[str, list[str]] = {}
    for turn, branches in enumerate(rounds):
        files = [
            handed(number, file=f"{turn}-{place}.xlsx", modified=place, member_roster="姓名\n" + "\n".join(names))
            for place, (number, names) in enumerate(branches)
        ]
        expected |= {code(number): names for number, names in branches}
        seed.shuffle(files)
        merged = merging.merge(*files)
        found = Counter((row.organisation, row.text("name")) for row in merged.rows.get("member_roster", ()))
        assert found == Counter((number, name) for number, names in expected.items() for name in names)
        for register in registers():
            counts = merged.account.of(register)
            assert counts["读入"] == sum(number for word, number in counts.items() if word != "读入")
        read = sum(one.size for one in {one.fingerprint: one for one in files}.values())
        assert merged.account.total["读入"] == read
        listed = Counter(name for names in expected.values() for name in names)
        assert {group[0].text("name") for group in merged.doubles.values()} == {n for n, c in listed.items() if c > 1}


@pytest.mark.parametrize("count", [0, 1, 10, 11, 30, 101])
def test_a_tenth_of_the_branches_is_drawn_always_the_same(count: int) -> None:
    files = [handed(number, member_roster=f"姓名 \n 党员{number}") for number in range(1, count + 1)]
    merging = Merging()
    merging.merge(*files)
    drawn = merging.sheet("inspection_sample")
    assert len(drawn) == {0: 0, 1: 1, 10: 1, 11: 2, 30: 3, 101: 11}[count]
    other = Merging()
    other.merge(*reversed(files))
    assert other.sheet("inspection_sample") == drawn
    assert {row["seed"] for row in drawn} <= {"20261124"}


def twenty() -> list[Submission]:
    return [handed(number, member_roster=f"姓名 \n 党员{number}") for number in range(1, 21)]


def test_what_was_drawn_stays_and_more_are_drawn_when_more_report() -> None:
    merging = Merging()
    merging.merge(*twenty()[:10])
    (first,) = merging.sheet("inspection_sample")
    merging.type_into("inspection_sample", 0, checked_items="名册、介绍信存根")
    merging.merge(*twenty())
    kept, added = merging.sheet("inspection_sample")
    assert kept == {**first, "checked_items": "名册、介绍信存根"}
    assert (added["number"], added["seed"]) == (2, first["seed"])
    assert added["organisation_code"] != first["organisation_code"]


def test_drawing_anew_needs_another_seed_and_says_why() -> None:
    merging = Merging()
    merging.merge(*twenty())
    before = {row["organisation_code"] for row in merging.sheet("inspection_sample")}
    merging.merge(*twenty(), draw=Draw("另一个种子", "2026-11-25", "原抽支部已合并"))
    after = merging.sheet("inspection_sample")
    assert {row["organisation_code"] for row in after} != before
    assert {(row["seed"], row["drawn_on"], row["reason"]) for row in after} == {
        ("另一个种子", "2026-11-25", "原抽支部已合并")
    }


def test_at_least_one_of_every_committee_when_the_policy_says_so() -> None:
    policy = load_policy("current_2024", {"sample.per_committee": "是"})
    files = [
        handed(number, cover={"superior_code": f"03799010{number % 4}000"}, member_roster=f"姓名 \n 党员{number}")
        for number in range(1, 21)
    ]
    merging = Merging({})
    merging.merge(*files, policy=policy)
    drawn = [str(row["organisation_code"]) for row in merging.sheet("inspection_sample")]
    assert sorted(int(code_of[-5:]) % 4 for code_of in drawn) == [0, 1, 2, 3]
