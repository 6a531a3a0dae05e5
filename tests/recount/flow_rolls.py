"""Rolls of movement recounted: who is listed, in what order, what each column shows.

forms.md 2.3, 2.7, 3.A 表3, 3.C.1: members away and from elsewhere. One dict a row: title of the column -> text; a
column left out of the dict is filled in by hand.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from tests.recount.counting import Counted
from tests.recount.flow_forms import staying
from tests.recount.sheets import ORGANISATION, full_months

Line = dict[str, str]
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


def ordered(chosen: pd.DataFrame, days: Sequence[Any]) -> Iterable[dict[str, Any]]:
    """By organisation, then by a day, blank days last; sheet order among equals."""
    frame = chosen.assign(day_=pd.to_datetime(pd.Series(days, index=chosen.index, dtype=object)))
    return frame.sort_values([ORGANISATION, "day_"], kind="stable", na_position="last").to_dict("records")


def names_of(counted: Counted, column: str) -> Mapping[str, str]:
    return dict(counted.organisations[["党组织代码", column]].to_numpy())


def _away(counted: Counted, *states: str) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
    """Members in these states with the row of their absence, in printing order."""
    chosen = counted.people[counted.people["state"].isin(states)]
    return [(one, one["stay"]) for one in ordered(chosen, [stay["left_on"] for stay in chosen["stay"]])]


def floating_roll(counted: Counted) -> list[Line]:
    """表3 外出流动党员名册."""
    names = names_of(counted, "党组织名称")
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
    names = names_of(counted, "党组织名称")
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
    names = names_of(counted, "党组织名称")
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
    names = names_of(counted, "党组织名称")
    return [
        {
            **{"姓名": one["姓名"], "性别": one["性别"], "外出时间": text(one["流入日期"])},
            **{"外出地点": names[one[ORGANISATION]], "流动党员联系电话": text(one["手机号"])},
            "正式组织关系所在支部": text(one["组织关系所在党支部"]),
            "支部联系电话": text(one["原支部联系电话"]),
        }
        for one in ordered(staying(counted), list(staying(counted)["流入日期"]))
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
        for one in ordered(staying(counted), list(staying(counted)["流入日期"]))
    ]
