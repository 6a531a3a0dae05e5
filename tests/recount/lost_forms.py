"""失去联系 recounted: forms.md 3.B.6, 3.B.7, 2.10 (党统43); rules R-LOST-FOUND, R-SUM-FOUND, R-SUM-NOTFOUND.

Decisions §7 and §19 say which of them stand where.
"""

import pandas as pd

from tests.recount.counting import (
    BY_HAND,
    CATEGORIES,
    CLASS_OF_CATEGORY,
    NOT_REPORTED,
    UNIT_CLASSES,
    Cell,
    Columns,
    Counted,
    Recount,
    Who,
    by_category,
    classes,
    who,
)
from tests.recount.people import ON_THE_ROLL
from tests.recount.sheets import full_months

SITUATIONS = ("外出务工经商", "单位改制或破产", "毕业后去向不明", "工作单位改变", "出国（境）", "居住地改变", "其他")
AGES = ("35岁及以下", "36岁至45岁", "46岁至60岁", "61岁及以上")
PARTY_AGES = ("1年以下", "1年至5年", "6年至10年", "11年至20年", "21年及以上")
EDUCATION = {
    **dict.fromkeys(("研究生", "大学本科", "大学专科"), "大专及以上"),
    **dict.fromkeys(("中专", "高中、中技"), "中专、高中、中技"),
    "初中及以下": "初中及以下",
}
DURATIONS = ("6个月以上不满1年", "1年至5年", "6年至10年", "11年及以上")
AFTER_STOP = ("自行脱党除名", "取消预备党员资格")
LONG = ("6年至10年", "11年及以上")


def found(counted: Counted) -> pd.Series:
    """F1, 经查找取得联系: found after six months, whose case is open or was settled this year."""
    people = counted.people
    earlier = people["decided_on"] < counted.sheets.new_year
    this_year = counted.sheets.this_year(people["found_on"])
    return people["is_found"] & people["state"].isin(ON_THE_ROLL) & (~earlier | this_year)


def not_found(counted: Counted) -> pd.Series:
    """F2, 经查找仍然无法取得联系: lost, and the search has ended without contact."""
    return counted.people["state"].eq("失联") & counted.people["file_outcome"].eq("无法取得联系")


def searching(counted: Counted) -> pd.Series:
    """Lost, and the search goes on or no file was opened yet."""
    return counted.people["state"].eq("失联") & ~not_found(counted)


def stopped(counted: Counted, outcome: str) -> pd.Series:
    """停止党籍, or removed while stopped, this year after a search that ended so (R-SUM-FOUND, R-SUM-NOTFOUND)."""
    people, year = counted.people, counted.sheets.this_year
    removed = people["proposal"].isin(AFTER_STOP) & year(people["decided_on"])
    ended = people["file_outcome"].eq(outcome) & (people["was_lost"] | (outcome != "取得联系"))
    return people["state"].eq("停止党籍") & ended & (year(people["stopped_on"]) | removed)


def years_class(years: pd.Series, edges: tuple[int, ...], words: tuple[str, ...]) -> pd.Series:
    """The word of the class: the first up to and with the first edge, the last beyond the last."""
    places = years.map(lambda year: None if pd.isna(year) else sum(year > edge for edge in edges))
    return places.map(lambda place: None if pd.isna(place) else words[int(place)])


def duration(people: pd.DataFrame) -> pd.Series:
    """失去联系时间 of each (forms.md 1.4): full months from L_form to the end of the search; below six months none."""
    months = full_months(people["lost_from"], people["lost_upto"])
    long = years_class(months // 12, (0, 5, 10), DURATIONS)
    return long.where((months >= 6).fillna(False).astype(bool), None)


def _structure(counted: Counted, chosen: pd.Series) -> Columns:
    """Columns 1–27 of 党统 table 43 (forms.md 2.10), of the members chosen."""
    lost = counted.people[chosen]
    as_of = pd.Series(counted.sheets.as_of, index=lost.index)
    age = full_months(lost["出生日期"], as_of) // 12
    served = (full_months(lost["转为正式党员日期"], as_of) // 12).where(lost["人员类别"].eq("正式党员"), 0)
    return [
        ("总数", who(lost)),
        ("预备党员", who(lost, lost["人员类别"].eq("预备党员"))),
        ("女", who(lost, lost["性别"].eq("女"))),
        ("少数民族", who(lost, ~lost["民族"].isin(("汉族", "外国血统")))),
        *classes(lost, years_class(age, (35, 45, 60), AGES), AGES),
        *classes(lost, years_class(served, (0, 5, 10, 20), PARTY_AGES), PARTY_AGES),
        *classes(lost, lost["学历"].map(EDUCATION), tuple(dict.fromkeys(EDUCATION.values()))),
        *classes(lost, duration(lost), DURATIONS),
        *classes(lost, lost["situation"], SITUATIONS),
    ]


def _graduates_and_mobile(counted: Counted, chosen: pd.Series) -> Columns:
    """补充资料 1 and 2 of table 43: graduates of 学校, unknown where no school has reported; members
    away to a 人才（劳动）服务中心."""
    lost = counted.people[chosen]
    schools = counted.organisations[counted.organisations["党组织类别"].eq("学校")]
    is_silent = bool(len(schools)) and bool(schools["is_silent"].all())
    school = counted.category_of(lost).eq("学校") & lost["situation"].eq("毕业后去向不明")
    to = lost["last_stay"].map(lambda row: row.get("destination_unit_type") if row else None)
    lines: list[tuple[str, Cell]] = []
    for label, group in (("1. 高等学校中", school), ("2. 公共就业和人才服务机构中", to.eq("人才（劳动）服务中心"))):
        time = duration(lost)
        found: Columns = [
            (label, who(lost, group)),
            ("失去联系6个月以上不满1年的", who(lost, group & time.eq(DURATIONS[0]))),
            ("1年至5年的", who(lost, group & time.eq(DURATIONS[1]))),
            ("6年及以上的", who(lost, group & time.isin(LONG))),
        ]
        lines += [(title, NOT_REPORTED if group is school and is_silent else cell) for title, cell in found]
    return lines


def summary(counted: Counted) -> Recount:
    """3.B.6 与党组织失去联系党员情况汇总表: F = F1 + F2 by unit class."""
    people, one, two = counted.people, found(counted), not_found(counted)
    columns: Columns = [
        *_structure(counted, one | two),
        ("经查找取得联系", who(people, one)),
        ("经查找仍然无法取得联系", who(people, two)),
    ]
    table = by_category(counted, UNIT_CLASSES, CLASS_OF_CATEGORY, columns)
    more: Columns = [("另有满失联期限", who(people, searching(counted)))]
    return Recount(table.columns, table.rows, [*_graduates_and_mobile(counted, one | two), *more])


def statistics(counted: Counted) -> Recount:
    """党统43表 失去联系党员情况: those still lost on 统计截止日 (decisions §19)."""
    lost = counted.people["state"].eq("失联")
    table = by_category(counted, UNIT_CLASSES, CLASS_OF_CATEGORY, _structure(counted, lost))
    return Recount(table.columns, table.rows, _graduates_and_mobile(counted, lost))


FOUND_COLUMNS = {
    **{"纳入组织管理": ("纳入正常管理", "恢复党籍"), "转出组织关系": ("转出组织关系", "补开证明")},
    **{"补转组织关系": ("补转组织关系",), "补办保留组织关系": ("补办保留组织关系手续",), "补办停止党籍": ("停止党籍",)},
    **{"限期改正": ("限期改正",), "劝退": ("劝其退党",), "劝而不退除名": ("劝而不退除名",)},
    **{"自行脱党除名": ("自行脱党除名",), "退党除名": ("退党除名",), "取消预备党员资格": ("取消预备党员资格",)},
    **{"不予承认党员资格": ("不予承认党员资格",), "移交纪检、纪律处分": ("移送纪检",), "延长预备期": ("延长预备期",)},
}
"""Columns 3–15 of 3.B.7 and the final outcomes each counts; all others are 取得联系尚未处理."""
NOT_FOUND_COLUMNS = {
    "自行脱党除名": ("自行脱党除名",),
    "停止党籍": ("停止党籍",),
    "取消预备党员资格": ("取消预备党员资格",),
}


def final_outcome(people: pd.DataFrame) -> pd.Series:
    """The outcome in force; a 限期改正 that ended 合格 is 纳入正常管理 (D08); who is stopped stays so until removed."""
    passed = people["proposal"].eq("限期改正") & people["conclusion"].eq("合格")
    stays = people["state"].eq("停止党籍") & ~people["proposal"].isin(AFTER_STOP)
    return people["proposal"].where(~passed, "纳入正常管理").where(~stays, "停止党籍")


def handling(counted: Counted) -> Recount:
    """3.B.7 管理及处置情况汇总表: F1 and F2 with those stopped this year after the search, by final outcome."""
    people = counted.people
    one = people[found(counted) | stopped(counted, "取得联系")]
    two = people[not_found(counted) | stopped(counted, "无法取得联系")]
    columns: list[tuple[str, Cell]] = [("失联党员总数", [*who(one), *who(two)]), ("经查找取得联系", who(one))]
    columns += _parted(one, FOUND_COLUMNS, "取得联系尚未处理")
    columns += [("经查找仍然无法取得联系", who(two)), *_parted(two, NOT_FOUND_COLUMNS, "尚未处理"), ("备注", BY_HAND)]
    table = by_category(counted, CATEGORIES, {word: word for word in CATEGORIES}, columns)
    return Recount(table.columns, table.rows, _left_the_roll(counted))


def _parted(people: pd.DataFrame, columns: dict[str, tuple[str, ...]], rest: str) -> Columns:
    outcome = final_outcome(people)
    found_columns: Columns = [(title, who(people, outcome.isin(words))) for title, words in columns.items()]
    known = [word for words in columns.values() for word in words]
    return [*found_columns, (rest, who(people, ~outcome.isin(known)))]


def _left_the_roll(counted: Counted) -> Columns:
    """补充资料: the lost who left this year, removed or transferred with receipt, are in no row above."""
    people = counted.people
    this_year = counted.sheets.this_year(people["gone_on"])
    searched = people["file_outcome"].notna()
    removed: Who = who(people, people["state"].eq("已出党") & this_year & searched)
    moved: Who = who(people, people["state"].eq("已转出且收到回执") & this_year & searched)
    return [("本年处置后已出党的失联党员", removed), ("本年已转出并收到回执的失联党员", moved)]
