"""Which files take part in a merge: wrong period, old template, strangers, several of one branch."""

from datetime import date
from itertools import permutations

import pytest

from addin.submissions import Submission
from tests.handing_in import HOME, Merging, code, handed

ROSTER = "姓名 \n 张三"


def test_a_branch_that_sent_nothing_is_told_with_a_message_to_paste() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster=ROSTER), handed(2, member_roster="姓名 \n 李四"))
    merging.type_into("organisation_directory", 1, organisation_name="望湖村党支部")
    merging.merge(handed(1, member_roster=ROSTER), fresh=True)
    assert merging.statuses() == {f"{code(1)}_第1支部.xlsx": "已报", code(2): "未报"}
    missing = merging.sheet("submission_status")[1]
    assert missing["note"] == (
        "【催报】望湖村党支部：2026Q4 台账还没有收到，请填好后报送给示例镇党委。如已报送，请告知文件名。"
    )


def test_working_files_are_taken_and_marked() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster=ROSTER))
    row = merging.sheet("submission_status")[0]
    assert (row["is_sealed"], row["note"]) == ("否", "未经报送，直接取自工作文件")
    assert (row["row_counts"], row["merged_at"]) == ("党员名册1", "2026-11-24 09:30")


@pytest.mark.parametrize(
    ("cover", "status", "told"),
    [
        ({"period": "2026Q3"}, "期别不符", "封面的填报期是“2026Q3”，这次合并的是“2026Q4”"),
        ({"period": None}, "期别不符", "封面的填报期是“空”"),
        ({"template_version": "0.9"}, "模板旧版", "用的是模板 0.9 版"),
        ({"organisation_code": None}, "无法读取", "封面没有填党组织代码"),
        ({"organisation_code": HOME["organisation_code"]}, "不在名录", "本级自己的文件"),
    ],
)
def test_files_that_cannot_count_are_set_aside(cover: dict[str, str | None], status: str, told: str) -> None:
    merging = Merging()
    merged = merging.merge(handed(1, member_roster=ROSTER), handed(2, cover=cover, member_roster="姓名 \n 李四"))
    verdict = next(one for one in merged.intake.verdicts if one.submission.file.startswith(code(2)))
    assert (verdict.status, verdict.is_set_aside) == (status, True)
    assert told in verdict.note
    assert merged.account.total == {"读入": 2, "新增": 1, "更新": 0, "未变": 0, "冲突": 0, "退回": 1}
    assert [row.text("name") for row in merged.rows["member_roster"]] == ["张三"]


def test_an_unreadable_file_is_put_down_to_the_branch_its_name_begins_with() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster=ROSTER), handed(2, member_roster="姓名 \n 李四"))
    broken = Submission(f"{code(2)}_第2支部_2026Q4.xlsx", fault="“x.xlsx”已经损坏")
    merging.merge(handed(1, member_roster=ROSTER), broken, fresh=True)
    assert [(row["organisation_code"], row["status"]) for row in merging.sheet("submission_status")] == [
        (code(1), "已报"),
        (code(2), "无法读取"),
    ]


def test_a_stranger_is_set_aside_once_the_directory_is_filled_but_our_own_late_branch_is_not() -> None:
    merging = Merging()
    merging.merge(handed(1, member_roster=ROSTER))
    stranger = handed(3, cover={"superior_code": "011100126000"}, member_roster="姓名 \n 王五")
    merging.merge(handed(2, member_roster="姓名 \n 李四"), stranger)
    assert merging.statuses()[stranger.file] == "不在名录"
    assert [row["organisation_code"] for row in merging.sheet("organisation_directory")] == [code(1), code(2)]


def test_without_a_period_of_its_own_the_committee_takes_that_of_most_files() -> None:
    merging = Merging({})
    merging.merge(
        handed(1, member_roster=ROSTER),
        handed(2, member_roster="姓名 \n 李四"),
        handed(3, cover={"period": "2027Q1"}, member_roster="姓名 \n 王五"),
    )
    assert merging.merged.intake.period == "2026Q4"
    assert merging.written.cover["organisation_code"] == HOME["organisation_code"]
    assert (merging.written.cover["period"], merging.written.cover["organisation_level"]) == ("2026Q4", "基层党委")


def earlier_and_later() -> tuple[Submission, Submission]:
    old = handed(1, file="旧.xlsx", modified=1.0, member_roster="姓名 | 手机号 \n 张三 | 15400000001 \n 李四 | ")
    new = handed(1, file="新.xlsx", modified=2.0, member_roster="姓名 | 手机号 \n 张三 | 15400000002")
    return old, new


def test_the_latest_of_several_files_counts_and_the_difference_is_told() -> None:
    merging = Merging()
    merged = merging.merge(*earlier_and_later())
    assert merging.statuses() == {"新.xlsx": "已报", "旧.xlsx": "重复报送"}
    kept, replaced = merging.sheet("submission_status")
    assert "共收到 2 份，采用最新的这一份，没有用“旧.xlsx”" in str(kept["note"])
    assert replaced["note"] == ("已由较新的“新.xlsx”取代，没有合并；与它相比：党员名册 删除1、更新1（张三、李四）")
    assert merged.account.total == {"读入": 3, "新增": 1, "更新": 0, "未变": 0, "冲突": 0, "退回": 2}


def test_the_as_of_date_says_which_is_latest_before_the_time_of_the_file() -> None:
    later = handed(1, cover={"as_of": date(2026, 11, 30)}, file="后.xlsx", modified=1.0, member_roster=ROSTER)
    earlier = handed(1, file="前.xlsx", modified=9.0, member_roster=ROSTER)
    merging = Merging()
    merging.merge(earlier, later)
    assert merging.statuses() == {"后.xlsx": "已报", "前.xlsx": "重复报送"}


def test_the_same_file_twice_counts_once_and_needs_nothing() -> None:
    merging = Merging()
    merged = merging.merge(
        handed(1, file="甲.xlsx", member_roster=ROSTER), handed(1, file="乙.xlsx", member_roster=ROSTER)
    )
    copy = next(verdict for verdict in merged.intake.verdicts if verdict.is_copy)
    assert (copy.submission.file, copy.note) == ("乙.xlsx", "与“甲.xlsx”内容完全相同，只计一次")
    assert not copy.is_set_aside
    assert merged.account.total["读入"] == 1


def test_the_order_of_files_makes_no_difference() -> None:
    files = (*earlier_and_later(), handed(2, member_roster=ROSTER), handed(3, cover={"period": "2025"}))
    results = []
    for order in permutations(files):
        merging = Merging()
        merging.merge(*order)
        written = merging.written
        results.append((written.cover, {key: list(rows) for key, rows in written.rows.items()}))
    assert all(result == results[0] for result in results)
