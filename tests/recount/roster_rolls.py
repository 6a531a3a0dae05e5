"""Rolls of the whole roster recounted, as ``flow_rolls``: forms.md 2.2, 2.18, 3.B.1, 3.C.8, 3.C.9."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from tests.recount.campaign_forms import latest_checks
from tests.recount.counting import Counted
from tests.recount.flow_rolls import Line, joined, month, names_of, ordered, text
from tests.recount.lost_forms import final_outcome
from tests.recount.lost_rolls import circled
from tests.recount.people import GONE, ON_THE_ROLL
from tests.recount.sheets import NUMBER, ORGANISATION


def as_they_stand(one: Mapping[str, Any], titles: str) -> Line:
    """Columns that show a column of the sheet as it stands; ``手机=手机号`` where the form calls it otherwise."""
    pairs = (title.partition("=") for title in titles.split())
    return {title: text(one[column or title]) for title, _, column in pairs}


def by_kind(people: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """By organisation, 正式党员 before 预备党员 (forms.md 3.A 表2), who is neither last."""
    kinds = people["人员类别"].map({"正式党员": 0, "预备党员": 1}).fillna(2)
    frame = people.assign(kind_=kinds).sort_values([ORGANISATION, "kind_"], kind="stable")
    return frame.to_dict("records")


def member_summary(counted: Counted) -> list[Line]:
    """2.2 党员基本信息汇总表, 表2: whose formal relation is here (R-SUM-TOTAL), the stopped among them."""
    names, people = names_of(counted, "党组织名称"), counted.people
    chosen = people[~people["state"].isin(GONE) & ~people["waits_for_receipt"]]
    return [
        {
            **as_they_stand(one, "姓名 公民身份证号=公民身份号码 性别 民族 出生日期 学历 人员类别 加入党组织日期"),
            **as_they_stand(one, "转为正式党员日期 工作岗位 手机号 固定电话 家庭住址 党籍状态 是否为失联党员"),
            **as_they_stand(one, "失去联系日期 是否为流动党员 外出流向"),
            "所在党支部": names[one[ORGANISATION]],
        }
        for one in by_kind(chosen)
    ]


def campaign_record(counted: Counted) -> list[Line]:
    """3.B.1 党员组织关系排查情况记录表: every 排查对象 with the latest 排查记录."""
    people = counted.people[counted.people["state"].isin(ON_THE_ROLL)]
    checks = {(row[ORGANISATION], row[NUMBER]): row for row in latest_checks(counted).to_dict("records")}
    return [_campaign_line(one, checks.get((one[ORGANISATION], one[NUMBER]), {})) for one in by_kind(people)]


def _campaign_line(one: Mapping[str, Any], check: Mapping[str, Any]) -> Line:
    said = {title: text(check.get(title)) for title in ("名册核查", "介绍信存根核查", "现实表现核查", "排查结论")}
    stay = one["stay"] or {}
    return {
        **{"姓名": one["姓名"], "性别": one["性别"], "出生年月": month(one["出生日期"]), "身份证号": text(one[NUMBER])},
        **{"入党时间": month(one["加入党组织日期"]), "转正时间": month(one["转为正式党员日期"])},
        **as_they_stand(one, "人员类别 联系电话=手机号 现居住地=家庭住址"),
        **{"名册是否一致": said["名册核查"], "组织关系介绍信存根、回执": said["介绍信存根核查"]},
        "党员档案": joined(check.get("档案核查"), check.get("缺少材料")),
        **{"党费交至年月": text(one["paid_to"]), "最近参加组织生活日期": text(one["last_life"])},
        "现实表现": said["现实表现核查"],
        "是否流动（外出时间、去向）": joined(one["是否为流动党员"], stay.get("left_on"), stay.get("destination")),
        "是否满6个月未联系": text(one["is_six_months_silent"]),
        **{"排查结论": said["排查结论"], "处理意见": text(one["last_proposal"])},
        **{
            "排查人": text(check.get("核查人")),
            "排查日期": text(check.get("核查日期")),
            "备注": text(check.get("备注")),
        },
    }


def appraisal_roll(counted: Counted) -> list[Line]:
    """2.18 民主评议党员结果登记表."""
    names, people = names_of(counted, "党组织名称"), counted.people
    return [
        {
            **as_they_stand(one, "姓名 性别 人员类别 党籍状态 评议结果=上年评议等次 是否流动党员=是否为流动党员 备注"),
            "所在党支部": names[one[ORGANISATION]],
        }
        for one in by_kind(people[~people["state"].isin(GONE)])
    ]


def annual_roster(counted: Counted) -> list[Line]:
    """3.C.9 年度党员花名册（年审）: the rows of 年审 of this year, with the member's own columns."""
    rows = counted.sheets["年审"]
    rows = rows[rows["年度"].map(text).eq(str(counted.sheets.as_of.year))]
    own = ["性别", "民族", "出生日期", "学历", "人员类别", "加入党组织日期", "paid_to", "上年评议等次"]
    return [
        {
            **as_they_stand(
                one, "姓名 性别 民族 出生日期 学历 人员类别 加入党组织日期 年度 基本情况 隶属关系 工作变动"
            ),
            **as_they_stand(one, "现实表现 参与组织生活 缴纳党费 发挥作用 党费交至=paid_to 评议等次=上年评议等次"),
            **as_they_stand(one, "年审结论 审核人 审核日期 备注"),
        }
        for one in by_kind(with_member(counted, rows, own))
    ]


def with_member(counted: Counted, rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Rows of a sheet with columns of the person's first roster row; in sheet order."""
    people = counted.people.drop_duplicates([ORGANISATION, NUMBER])[[ORGANISATION, NUMBER, *columns]]
    return rows.merge(people, on=[ORGANISATION, NUMBER], how="left")


def lost_directory(counted: Counted) -> list[Line]:
    """3.C.8 失联党员一人一档目录: every 排查对象 with a search file, the latest one."""
    people, names = counted.people, names_of(counted, "党组织名称")
    chosen = people.assign(outcome_=final_outcome(people))[people["state"].isin(ON_THE_ROLL) & people["file"].map(bool)]
    return [
        {
            **{"档案号": text(one["file"].get("file_number")), "姓名": one["姓名"]},
            **{"所在党支部": names[one[ORGANISATION]], "查找结果": text(one["file"].get("search_outcome"))},
            **{"失联起": text(one["lost_from"]), "失去联系情形": circled(text(one["situation"]))},
            "查找次数": "" if one["is_lost_again"] else str(len(one["searches"])),
            "最近查找日期": text(one["searches"][-1]["searched_on"]) if one["searches"] else "",
            "下次应查日期": text(one["next_search"]),
            "取得联系日期": text(one["file"].get("found_on")),
            "处理结果": outcome_in_words(one["outcome_"]),
        }
        for one in ordered(chosen, [file.get("discovered_on") for file in chosen["file"]])
    ]


def outcome_in_words(word: Any) -> str:
    """处理结果: nothing approved and 暂缓 are 尚未处理, 恢复党籍 is normal membership, a proof settles a transfer."""
    known = {"恢复党籍": "纳入正常管理", "补开证明": "转出组织关系"}
    return "尚未处理" if text(word) in ("", "暂缓", "去世注销") else known.get(word, word)
