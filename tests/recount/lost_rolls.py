"""Rolls of the lost and of letters without receipt recounted, as ``flow_rolls``: forms.md 3.A 表5 表6, 3.B.3–3.B.5."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.recount.counting import Counted
from tests.recount.flow_rolls import Line, joined, month, names_of, ordered, text
from tests.recount.lost_forms import SITUATIONS, found, not_found
from tests.recount.sheets import NUMBER, ORGANISATION, full_months

CIRCLED = "①②③④⑤⑥⑦"


def receipt_roll(counted: Counted) -> list[Line]:
    """3.B.5 未收到组织关系介绍信回执党员登记表: letters since 2007 without receipt, unless a later one has landed."""
    as_of = counted.sheets.as_of
    rows = _waiting(counted)
    days = rows["有效期天数"].map(lambda days: 90 if pd.isna(days) else int(days))
    rows = rows.assign(days_=days, due_=rows["开出日期"] + pd.to_timedelta(days, unit="D"))
    return [
        {
            **{
                "姓名": one["姓名"],
                "性别": text(one["性别"]),
                "身份证号": one[NUMBER],
                "人员类别": text(one["人员类别"]),
            },
            **{"介绍信编号": text(one["介绍信编号"]), "开出日期": text(one["开出日期"])},
            **{"有效期（天）": str(one["days_"]), "到期日": text(one["due_"]), "回执应到日期": text(one["due_"])},
            **{"转出单位（原党支部）": text(one["转出单位"]), "转往单位（抬头）": text(one["转往单位"])},
            **{"党费交至年月": text(one["党费交至年月"]), "党员联系电话": text(one["党员联系电话"])},
            "超期天数": str((as_of - one["due_"]).days) if as_of > one["due_"] else "",
            **{"与本人联系结果": text(one["与本人联系结果"]), "与接收单位联系结果": text(one["与接收单位联系结果"])},
            **{"组织关系落实情况": text(one["落实情况"]), "后续处理": text(one["后续处理"]), "备注": text(one["备注"])},
        }
        for one in ordered(rows, list(rows["开出日期"]))
    ]


def _waiting(counted: Counted) -> pd.DataFrame:
    """The letters still without receipt, with 性别 and 人员类别 of the member."""
    letters, come = counted.sheets["介绍信"], counted.sheets.come
    own = letters[~letters["方向"].eq("转入") & ~letters["存根状态"].eq("作废") & come(letters["开出日期"])]
    landed = own[come(own["回执收到日期"])].groupby([ORGANISATION, NUMBER])["开出日期"].max().rename("landed_")
    own = own.join(landed, on=[ORGANISATION, NUMBER])
    own = own[~come(own["回执收到日期"]) & ~own["存根状态"].eq("已确认落实") & (own["开出日期"] >= "2007-01-01")]
    own = own[~(own["开出日期"] < own["landed_"])]
    people = counted.people[[ORGANISATION, NUMBER, "性别", "人员类别", "belonging", "state"]]
    both = own.merge(people.drop_duplicates([ORGANISATION, NUMBER]), on=[ORGANISATION, NUMBER], how="left")
    return both[~both["belonging"].eq("已离开") & ~both["state"].eq("停止党籍")]


def lost_span(one: Mapping[str, Any]) -> str:
    """与党组织失去联系时间: since when, how many full months."""
    if pd.isna(one["lost_from"]):
        return "时间不详"
    months = full_months(pd.Series([one["lost_from"]]), pd.Series([one["lost_upto"]]))[0]
    return f"{one['lost_from']:%Y.%m}起，{months}个月"


def circled(situation: str) -> str:
    """失去联系情形 with its number in a circle."""
    return f"{CIRCLED[SITUATIONS.index(situation)]}{situation}" if situation else ""


def _lost_part(counted: Counted, one: Mapping[str, Any]) -> Line:
    """The columns 表5 and 表6 share."""
    return {
        **{"姓名": one["姓名"], "性别": one["性别"], "民族": one["民族"], "出生年月": month(one["出生日期"])},
        **{"学历": one["学历"], "入党时间": month(one["加入党组织日期"]), "公民身份号码": one["公民身份号码"]},
        "所在党支部": names_of(counted, "党组织名称")[one[ORGANISATION]],
        "党组织类别": names_of(counted, "党组织类别")[one[ORGANISATION]],
        **{"与党组织失去联系时间": lost_span(one), "失去联系情形": circled(text(one["situation"]))},
        **{"拟处理意见": text(one["last_proposal"]), "备注": text(one["file"].get("remark"))},
    }


def found_roll(counted: Counted) -> list[Line]:
    """3.B.3 经查找取得联系党员登记表, also 表5."""
    chosen = counted.people[found(counted)]
    return [
        {
            **_lost_part(counted, one),
            **{"取得联系时间": text(one["file"].get("found_on")), "取得联系方式": text(one["file"].get("found_way"))},
            "现工作单位（居住地）": text(one["file"].get("current_place")),
            "联系电话": joined(one["file"].get("current_phone"), one["手机号"], by="、"),
        }
        for one in ordered(chosen, [file.get("found_on") for file in chosen["file"]])
    ]


def not_found_roll(counted: Counted) -> list[Line]:
    """3.B.4 经查找仍然无法取得联系党员登记表, also 表6."""
    chosen = counted.people[not_found(counted)]
    return [
        {
            **_lost_part(counted, one),
            "户籍地": text(one["file"].get("registered_residence")),
            "最后联系地址、电话": joined(one["file"].get("last_known_address"), one["手机号"]),
            "查找方式": "、".join(dict.fromkeys(text(row.get("method")) for row in one["searches"])),
            **{"查找次数": str(len(one["searches"])), "查找责任人": text(one["file"].get("responsible"))},
        }
        for one in ordered(chosen, list(chosen["lost_from"]))
    ]
