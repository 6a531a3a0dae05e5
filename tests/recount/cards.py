"""Cards recounted: what stands on the page of each person, forms.md 2.1, 2.15, 3.A 表1, 3.B.2, 3.C.2, 3.C.3, 3.C.5.

One list a page: (label, text) of every filled cell in order; cells of a small table bear the title of their column.
Cells that are left to be filled in by hand have no line.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from tests.recount.campaign_forms import latest_checks
from tests.recount.counting import Counted
from tests.recount.flow_forms import staying
from tests.recount.flow_rolls import joined, month, names_of, ordered, text, unit
from tests.recount.lost_forms import final_outcome
from tests.recount.lost_rolls import circled, lost_span
from tests.recount.people import GONE, ON_THE_ROLL
from tests.recount.roster_rolls import as_they_stand, by_kind, outcome_in_words, with_member
from tests.recount.sheets import NUMBER, ORGANISATION, full_months

Page = list[tuple[str, str]]
DIGITS = "零壹贰叁肆伍陆柒捌玖"
BOX, TICKED = "□", "☑"


def stand(one: Mapping[str, Any], titles: str) -> Page:
    """Cells that show a column as it stands, as ``as_they_stand``."""
    return list(as_they_stand(one, titles).items())


def ticked(words: Sequence[str], chosen: Any) -> str:
    """``正常☑　停止党籍□``."""
    return "　".join(f"{word}{TICKED if word == text(chosen) else BOX}" for word in words)


def _kept(counted: Counted) -> Iterable[dict[str, Any]]:
    return by_kind(counted.people[~counted.people["state"].isin(GONE)])


def collection(counted: Counted) -> list[Page]:
    """2.1 党员基本信息采集表: sixteen items."""
    names = names_of(counted, "党组织名称")
    return [
        [
            *stand(one, "姓名 性别 民族 公民身份证号=公民身份号码 出生日期 学历"),
            ("人员类别", ticked(("正式党员", "预备党员"), one["人员类别"])),
            ("所在党支部", names[one[ORGANISATION]]),
            *stand(one, "加入党组织日期 转为正式党员日期 工作岗位 手机号 固定电话 家庭住址"),
            ("党籍状态", ticked(("正常", "停止党籍"), one["党籍状态"])),
            ("是否为失联党员", ticked(("是", "否"), one["是否为失联党员"])),
            ("失去联系日期", month(one["失去联系日期"])),
            ("是否为流动党员", ticked(("是", "否"), one["是否为流动党员"])),
            ("外出流向", joined(one["外出流向"], (one["stay"] or {}).get("destination"))),
        ]
        for one in _kept(counted)
    ]


CONCLUSIONS = ("正常在册", "外出流动", "空挂", "失联", "转出未回执", "其他")


def registration(counted: Counted) -> list[Page]:
    """表1 党员基本情况登记表."""
    names = names_of(counted, "党组织名称")
    checks = {(row[ORGANISATION], row[NUMBER]): row for row in latest_checks(counted).to_dict("records")}
    letters = counted.sheets["介绍信"]
    arrived = {(row[ORGANISATION], row[NUMBER]): row for row in letters[letters["方向"].eq("转入")].to_dict("records")}
    pages = []
    for one in _kept(counted):
        key = one[ORGANISATION], one[NUMBER]
        check, letter, stay = checks.get(key, {}), arrived.get(key, {}), one["stay"] or {}
        pages.append(
            [
                *stand(one, "姓名 性别 民族"),
                ("出生年月", month(one["出生日期"])),
                *stand(one, "公民身份号码 学历 人员类别 入党时间=加入党组织日期 转正时间=转为正式党员日期"),
                *stand(one, "工作单位及职务（岗位）=工作岗位 户籍地 现居住地=家庭住址 手机=手机号 固定电话 微信号"),
                ("紧急联系人及电话", joined(*(one[f"应急联系人{word}"] for word in ("", "关系", "电话")))),
                ("所在党支部", names[one[ORGANISATION]]),
                ("进入方式及时间", joined(one["进入方式"], one["进入日期"])),
                *((title, text(letter.get(column))) for title, column in LETTER_IN),
                ("党员档案是否齐全", joined(check.get("档案核查"), check.get("缺少材料"))),
                *stand(
                    one, "党费交至年月=paid_to 最近交纳党费日期=last_dues 上年评议等次 最近参加组织生活日期=last_life"
                ),
                ("是否流动", text(one["是否为流动党员"])),
                *((title, text(stay.get(key))) for title, key in STAY),
                ("最近联系", text(one["last_contact"])),
                ("结论", ticked(CONCLUSIONS, check.get("排查结论"))),
                ("说明", text(check.get("备注"))),
            ]
        )
    return pages


LETTER_IN = (("转入介绍信号", "介绍信编号"), ("回执寄出日期", "回执收到日期"))
STAY = (
    ("外出时间", "left_on"),
    ("外出原因", "reason"),
    ("外出地点", "destination"),
    ("去向单位", "destination_unit"),
    ("活动证号", "certificate_number"),
)


def lost(counted: Counted) -> list[Page]:
    """3.B.2 排查工作登记表: one page a 排查对象 with a search file, its searches in a small table."""
    people, names = counted.people, names_of(counted, "党组织类别")
    chosen = people.assign(outcome_=final_outcome(people))[people["state"].isin(ON_THE_ROLL) & people["file"].map(bool)]
    pages = []
    for one in ordered(chosen, [file.get("discovered_on") for file in chosen["file"]]):
        file = {key: text(value) for key, value in one["file"].items()}
        pages.append(
            [
                *_from(file, "档案编号=file_number 发现失联日期=discovered_on"),
                *stand(one, "姓名 性别 民族"),
                ("出生年月", month(one["出生日期"])),
                *stand(one, "身份证号=公民身份号码 学历 入党时间=加入党组织日期 人员类别"),
                *_from(file, "原工作单位=former_unit 户籍地=registered_residence 最后联系地址=last_known_address"),
                ("最后已知电话", text(one["手机号"])),
                ("家属及电话", joined(*(one[f"应急联系人{word}"] for word in ("", "关系", "电话")))),
                *stand(one, "最近参加组织生活=last_life 最近交纳党费=last_dues"),
                ("失去联系时间", "" if one["is_lost_again"] and pd.isna(one["lost_from"]) else lost_span(one)),
                ("党组织类别", names[one[ORGANISATION]]),
                ("失去联系情形", circled(text(one["situation"]))),
                *_from(file, "失联原因=cause 责任人=responsible 查找时限=search_deadline"),
                *_table(SEARCHED, list(one["file_searches"]), least=3),
                ("查找结果", ticked(("查找中", "取得联系", "无法取得联系"), file.get("search_outcome"))),
                *_from(file, "取得联系日期=found_on 取得联系方式=found_way 现工作或居住地=current_place"),
                *_from(file, "现联系电话=current_phone 失联期间表现=conduct_while_lost 本人态度=attitude"),
                *_from(file, "愿否留党=wish_to_stay"),
                ("拟处理方式", text(one["last_proposal"])),
                ("处理结果", outcome_in_words(one["outcome_"])),
            ]
        )
    return pages


SEARCHED = (
    "序号 查找时间=searched_on 查找方式=method 查找对象或部门=target 查找经过=account 查找结果=result 经办人=handler"
)


def _from(row: Mapping[str, Any], titles: str) -> Page:
    pairs = (title.partition("=") for title in titles.split())
    return [(title, text(row.get(key))) for title, _, key in pairs]


def _table(titles: str, rows: Sequence[Mapping[str, Any]], *, least: int) -> Page:
    """The rows of a small table under their titles, with empty lines up to ``least``."""
    number, *columns = titles.split()
    page: Page = []
    for place, row in enumerate(rows, 1):
        page += [(number, str(place)), *_from(row, " ".join(columns))]
    for _ in range(least - len(rows)):
        page += [(title.partition("=")[0], "") for title in (number, *columns)]
    return page


def floating(counted: Counted) -> list[Page]:
    """3.C.5 流动党员登记表: who is here from elsewhere."""
    names = names_of(counted, "党组织名称")
    return [
        [
            *stand(one, "姓名 性别 公民身份号码 人员类别 组织关系所在党支部 原支部联系人 原支部联系电话"),
            *stand(one, "报到（流入）日期=流入日期 流入来源地 流动范围 原职业"),
            ("现工作单位类别", unit(one["外出流向单位类别"])),
            *stand(one, "现居住地 手机=手机号 组织关系凭证（活动证号）=活动证编号 查验日期=活动证查验日期"),
            ("编入党支部", names[one[ORGANISATION]]),
            ("编入日期", text(one["编入支部日期"])),
            ("党费是否在此交纳", ticked(("是", "否"), one["党费在此交纳"])),
            *stand(one, "离开日期 备注"),
        ]
        for one in ordered(staying(counted), list(staying(counted)["流入日期"]))
    ]


def _away(counted: Counted, *states: str) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
    chosen = counted.people[counted.people["state"].isin(states)]
    return [(one, one["stay"]) for one in ordered(chosen, [stay["left_on"] for stay in chosen["stay"]])]


def commitment(counted: Counted) -> list[Page]:
    """3.C.3 流出党员双向承诺书: also who is away for less than six months."""
    names = names_of(counted, "党组织名称")
    return [
        [
            ("党支部", names[one[ORGANISATION]]),
            ("党员", one["姓名"]),
            *_from(stay, "外出时间=left_on 外出事由=reason"),
            ("外出地点", joined(stay.get("destination"), stay.get("destination_unit"))),
            ("支部联系人及电话", joined(stay.get("contact_person"), stay.get("contact_person_phone"))),
            ("党员联系电话", joined(stay.get("away_phone"), one["手机号"], by="、")),
            ("应急联系人及电话", joined(stay.get("emergency_contact"), stay.get("emergency_phone"))),
            *_from(stay, "签订日期=commitment_on"),
        ]
        for one, stay in _away(counted, "流动党员", "外出")
    ]


LIVED = "序号 日期=happened_on 事项=event 内容=content 参加地=place 党费交至=dues_paid_to"


def joint(counted: Counted) -> list[Page]:
    """3.C.2 流动党员双向共管登记表: the year's 组织生活, 党费 and contacts in small tables."""
    names, year = names_of(counted, "党组织名称"), counted.sheets.as_of.year
    pages = []
    for one, stay in _away(counted, "流动党员"):
        talks = [{**row, "told": joined(row.get("notified"), row.get("request"))} for row in one["talks_this_year"]]
        pages.append(
            [
                ("年度", str(year)),
                ("姓名", one["姓名"]),
                ("性别、民族", joined(one["性别"], one["民族"])),
                ("出生年月", month(one["出生日期"])),
                *stand(one, "入党时间=加入党组织日期 人员类别"),
                ("流出地党组织", names[one[ORGANISATION]]),
                ("联系人及电话", joined(stay.get("contact_person"), stay.get("contact_person_phone"))),
                *_from(stay, "流入地党组织=host_organisation"),
                ("联系人及电话", joined(stay.get("host_contact"), stay.get("host_phone"))),
                ("流动原因、地点", joined(*(stay.get(key) for key in ("reason", "destination", "destination_unit")))),
                ("流动起止", joined(stay["left_on"], stay.get("expected_return_on"), by=" 至 ")),
                *_from(stay, "活动证编号=certificate_number"),
                ("联系电话", joined(stay.get("away_phone"), one["手机号"], by="、")),
                ("党费交至", text(one["paid_to"])),
                *_table(LIVED, one["events_this_year"], least=4),
                *_table(TALKED, talks, least=4),
                ("民主评议等次", text(one["上年评议等次"])),
            ]
        )
    return pages


TALKED = "序号 日期=contacted_on 方式=channel 联系人=contact_person 内容=content 通报、诉求=told"


def letters(counted: Counted) -> list[Page]:
    """2.15 介绍信 in three parts; numbers in capitals."""
    rows, as_of = counted.sheets["介绍信"], counted.sheets.as_of
    own = ["性别", "民族", "出生日期", "人员类别"]
    chosen = with_member(counted, rows[rows["方向"].eq("转出") & counted.sheets.come(rows["开出日期"])], own)
    pages = []
    for one in ordered(chosen, list(chosen["开出日期"])):
        kind = ("类别", ticked(("正式党员", "预备党员"), one["人员类别"]))
        days = 90 if pd.isna(one["有效期天数"]) else int(one["有效期天数"])
        typed = capitals(int(one["有效期天数"])) if not pd.isna(one["有效期天数"]) else ""
        born = one["出生日期"]
        age = "" if pd.isna(born) else str(full_months(pd.Series([born]), pd.Series([as_of]))[0] // 12)
        pages.append(
            [
                *stand(one, "编号=介绍信编号 开出日期 姓名"),
                kind,
                *stand(one, "组织关系由=转出单位 转到=转往单位 编号=介绍信编号 抬头=转往单位"),
                ("姓名", one["姓名"]),
                ("性别", ticked(("男", "女"), one["性别"])),
                ("年龄（岁）", age),
                ("民族", text(one["民族"])),
                kind,
                *stand(one, "身份证号码=公民身份号码 由=转出单位 去=转往单位"),
                ("党费已交到（大写）", month_in_capitals(text(one["党费交至年月"]))),
                ("有效期（天，大写）", typed if one["存根状态"] == "作废" else capitals(days)),
                ("党员联系电话", text(one["党员联系电话"])),
                ("备用联系人及电话", joined(one["备用联系人"], one["备用联系电话"])),
                *stand(one, "编号=介绍信编号 抬头（原基层党委）=转出单位"),
                ("", one["姓名"]),
            ]
        )
    return pages


def capitals(number: int) -> str:
    """Below a thousand: 玖拾, 壹佰零伍."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{DIGITS[hundreds]}佰" if hundreds else ""
    if tens:
        words += f"{DIGITS[tens]}拾"
    elif hundreds and ones:
        words += "零"
    return words + (DIGITS[ones] if ones else "") or "零"


def month_in_capitals(word: str) -> str:
    """``2026-11``: 贰零贰陆年壹拾壹月."""
    year, _, number = word.partition("-")
    return f"{''.join(DIGITS[int(digit)] for digit in year)}年{capitals(int(number))}月" if number else ""


POLICIES = {
    "current_2024": "现行（2024年办法与意见）",
    "tiaoli_2019": "党员教育管理工作条例（2019）",
    "legacy_2016": "2016年集中排查口径",
}


def cover(counted: Counted) -> list[Page]:
    """报送封面: the cover's own words and the totals; 流入党员 are no members."""
    people, given = counted.people, counted.sheets.town.cover
    here = people["state"].isin(ON_THE_ROLL) & people["belonging"].eq("在册")
    state = people["state"]
    return [
        [
            *_from(given, "填报单位=organisation_name 党组织代码=organisation_code 党组织层级=organisation_level"),
            *_from(given, "党组织类别=organisation_category 上级党组织=superior_name 填报期=period 基准日=as_of"),
            ("政策方案", POLICIES[given["policy_profile"]]),
            *_from(given, "上年底党员总数=members_last_year"),
            ("党员总数", str(here.sum())),
            ("其中 预备党员", str((here & people["人员类别"].eq("预备党员")).sum())),
            ("流动党员", str(state.eq("流动党员").sum())),
            ("失联党员", str(state.eq("失联").sum())),
            ("转出未收到回执", str(people["waits_for_receipt"].sum())),
            ("流入党员（不计入总数）", str(len(staying(counted)))),
            *_from(given, "书记=secretary"),
            ("填报人及电话", joined(given.get("preparer"), given.get("preparer_phone"))),
        ]
    ]
