"""Rolls recounted: who is listed, in what order, what each column shows.

forms.md 2.3, 2.7, 3.A 表3 表5 表6, 3.B.3, 3.B.4, 3.C.1. One dict a row: title of the column -> text; a column left out
of the dict is filled in by hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from tests.recount.counting import Counted
from tests.recount.flow_forms import staying
from tests.recount.lost_forms import SITUATIONS, found, not_found
from tests.recount.sheets import NUMBER, ORGANISATION, full_months

Line = dict[str, str]
CIRCLED = "①②③④⑤⑥⑦"
BOTH = "港澳台商投资企业", "外商投资企业"
"""Words that occur twice in the list of units; the plain word is printed (decisions §20)."""


def text(value: Any) -> str:
    """A cell as read: dates as 2026-03-01, blanks as nothing."""
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return ""
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def month(value: Any) -> str:
    """出生年月 and the like: 2026.03."""
    return f"{value:%Y.%m}" if not pd.isna(value) else ""


def joined(*values: Any, by: str = "　") -> str:
    """Several cells in one column, blanks left out."""
    return by.join(word for value in values if (word := text(value)))


def unit(word: Any) -> str:
    """外出流向单位类别 as printed."""
    return next((plain for plain in BOTH if text(word).startswith(plain)), text(word))


def _ordered(chosen: pd.DataFrame, days: Sequence[Any]) -> Iterable[dict[str, Any]]:
    """By organisation, then by a day, blank days last; sheet order among equals."""
    frame = chosen.assign(day_=pd.to_datetime(pd.Series(days, index=chosen.index, dtype=object)))
    return frame.sort_values([ORGANISATION, "day_"], kind="stable", na_position="last").to_dict("records")


def _names(counted: Counted, column: str) -> Mapping[str, str]:
    return dict(counted.organisations[["党组织代码", column]].to_numpy())


def _away(counted: Counted, *states: str) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
    """Members in these states with the row of their absence, in printing order."""
    chosen = counted.people[counted.people["state"].isin(states)]
    return [(one, one["stay"]) for one in _ordered(chosen, [stay["left_on"] for stay in chosen["stay"]])]


def floating_roll(counted: Counted) -> list[Line]:
    """表3 外出流动党员名册."""
    names = _names(counted, "党组织名称")
    return [
        {
            **{"姓名": one["姓名"], "性别": one["性别"], "出生年月": month(one["出生日期"])},
            **{"学历（文化程度）": one["学历"], "入党时间": month(one["加入党组织日期"]), "人员类别": one["人员类别"]},
            **{"所在党支部": names[one[ORGANISATION]], "外出时间": text(stay["left_on"])},
            **{"外出地点": text(stay.get("destination")), "流动范围": text(stay.get("flow_range"))},
            "去向单位及单位类别": joined(stay.get("destination_unit"), unit(stay.get("destination_unit_type"))),
            **{"外出原因": text(stay.get("reason")), "从事职业": text(stay.get("occupation"))},
            "联系电话": joined(stay.get("away_phone"), one["手机号"], by="、"),
            "家属或其他联系人及电话": joined(stay.get("emergency_contact"), stay.get("emergency_phone")),
            "是否持活动证": "是" if stay.get("certificate_number") else "否",
            "活动证编号": text(stay.get("certificate_number")),
            "流入地党组织及联系人": joined(*(stay.get(f"host_{key}") for key in ("organisation", "contact", "phone"))),
            "是否纳入流入地管理": "是" if stay.get("management") == "纳入流入地党组织管理" else "否",
            **{"最近联系时间": text(one["last_contact"]), "现状": text(stay.get("management"))},
            "备注": text(stay.get("remark")),
        }
        for one, stay in _away(counted, "流动党员")
    ]


def outflow_book(counted: Counted) -> list[Line]:
    """2.3 流动党员花名册（流出分册）."""
    names = _names(counted, "党组织名称")
    return [
        {
            **{"姓名": one["姓名"], "性别": one["性别"], "出生年月": month(one["出生日期"]), "文化程度": one["学历"]},
            **{"外出时间": text(stay["left_on"]), "外出地点": text(stay.get("destination"))},
            "流动党员联系电话": joined(stay.get("away_phone"), one["手机号"], by="、"),
            "正式组织关系所在支部": names[one[ORGANISATION]],
            "支部联系电话": text(stay.get("contact_person_phone")),
        }
        for one, stay in _away(counted, "流动党员")
    ]


def outflow_roll(counted: Counted) -> list[Line]:
    """2.7 流出党员名册, a running roll: also who is not yet six months away."""
    as_of = counted.sheets.as_of
    return [
        {
            **{"姓名": one["姓名"], "性别": one["性别"], "文化程度": one["学历"]},
            "年龄": str(full_months(pd.Series([one["出生日期"]]), pd.Series([as_of]))[0] // 12),
            **{"何时外出": text(stay["left_on"]), "地点": text(stay.get("destination"))},
            "从事职业及年收入": joined(stay.get("occupation"), stay.get("destination_unit")),
            "与党组织联系方式": joined(stay.get("away_phone"), stay.get("contact_person")),
            "备注": text(stay.get("remark")),
        }
        for one, stay in _away(counted, "流动党员", "外出")
    ]


def joint_list(counted: Counted) -> list[Line]:
    """3.C.1 双向共管情况一览表, the part of those away."""
    names = _names(counted, "党组织名称")
    return [
        {
            **{"姓名": one["姓名"], "性别": one["性别"], "出生年月": month(one["出生日期"])},
            **{"入党时间": month(one["加入党组织日期"]), "人员类别": one["人员类别"], "流动类别": "流出"},
            **{"流出地党组织": names[one[ORGANISATION]], "流入地党组织": text(stay.get("host_organisation"))},
            **{"流动原因": text(stay.get("reason")), "流动起始时间": text(stay["left_on"])},
            "流动地点、单位": joined(stay.get("destination"), stay.get("destination_unit")),
            "预计结束时间": text(stay.get("expected_return_on")),
            "活动证编号": text(stay.get("certificate_number")),
            "是否签订双向承诺书": "是" if stay.get("commitment_on") else "否",
            "是否签订共管协议": "是" if _has_agreement(counted, one[ORGANISATION], stay) else "否",
            "党员联系电话": joined(stay.get("away_phone"), one["手机号"], by="、"),
            "流出地联系人及电话": joined(stay.get("contact_person"), stay.get("contact_person_phone")),
            "流入地联系人及电话": joined(stay.get("host_contact"), stay.get("host_phone")),
            "本年联系沟通次数": str(one["contacts_this_year"]),
            **{"党费交至": text(one["paid_to"]), "民主评议等次": text(one["上年评议等次"])},
            "备注": text(stay.get("remark")),
        }
        for one, stay in _away(counted, "流动党员")
    ]


def _has_agreement(counted: Counted, organisation: str, stay: Mapping[str, Any]) -> bool:
    rows, as_of = counted.sheets["共管协议"], counted.sheets.as_of
    own = rows[rows[ORGANISATION].eq(organisation) & counted.sheets.come(rows["签订日期"])]
    lasting = own[own["到期日期"].isna() | (own["到期日期"] >= as_of)]
    code, name = stay.get("host_organisation_code"), stay.get("host_organisation")
    by_code = lasting["对方党组织代码"].eq(code) if code else pd.Series(False, index=lasting.index)
    return bool((by_code | (lasting["对方党组织"].eq(name) if name else False)).any())


def inflow_book(counted: Counted) -> list[Line]:
    """2.3 流动党员花名册（流入分册）: 外出时间 and 外出地点 are when and where they came."""
    names = _names(counted, "党组织名称")
    return [
        {
            **{"姓名": one["姓名"], "性别": one["性别"], "外出时间": text(one["流入日期"])},
            **{"外出地点": names[one[ORGANISATION]], "流动党员联系电话": text(one["手机号"])},
            "正式组织关系所在支部": text(one["组织关系所在党支部"]),
            "支部联系电话": text(one["原支部联系电话"]),
        }
        for one in _ordered(staying(counted), list(staying(counted)["流入日期"]))
    ]


def inflow_roll(counted: Counted) -> list[Line]:
    """2.7 流入党员名册."""
    return [
        {
            **{"姓名": one["姓名"], "性别": one["性别"], "何时流入": text(one["流入日期"])},
            "组织关系所在地": joined(one["组织关系所在党支部"], one["流入来源地"]),
            "从事职业及年收入": text(one["原职业"]),
            "与党组织联系方式": joined(one["手机号"], one["原支部联系人"]),
            "备注": text(one["备注"]),
        }
        for one in _ordered(staying(counted), list(staying(counted)["流入日期"]))
    ]


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
        for one in _ordered(rows, list(rows["开出日期"]))
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


def _lost_part(counted: Counted, one: Mapping[str, Any]) -> Line:
    """The columns 表5 and 表6 share."""
    span = "时间不详"
    if not pd.isna(one["lost_from"]):
        months = full_months(pd.Series([one["lost_from"]]), pd.Series([one["lost_upto"]]))[0]
        span = f"{one['lost_from']:%Y.%m}起，{months}个月"
    situation = text(one["situation"])
    number = CIRCLED[SITUATIONS.index(situation)] if situation else ""
    return {
        **{"姓名": one["姓名"], "性别": one["性别"], "民族": one["民族"], "出生年月": month(one["出生日期"])},
        **{"学历": one["学历"], "入党时间": month(one["加入党组织日期"]), "公民身份号码": one["公民身份号码"]},
        "所在党支部": _names(counted, "党组织名称")[one[ORGANISATION]],
        "党组织类别": _names(counted, "党组织类别")[one[ORGANISATION]],
        **{"与党组织失去联系时间": span, "失去联系情形": f"{number}{situation}"},
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
        for one in _ordered(chosen, [file.get("found_on") for file in chosen["file"]])
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
        for one in _ordered(chosen, list(chosen["lost_from"]))
    ]
