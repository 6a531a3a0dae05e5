"""Ledgers recounted, as ``flow_rolls``: rows of one sheet, forms.md 2.5, 2.15–2.17, 3.C.6, 3.C.7, 3.C.12."""

import pandas as pd

from tests.recount.counting import Counted
from tests.recount.flow_forms import staying
from tests.recount.flow_rolls import Line, joined, month, names_of, ordered, text
from tests.recount.people import ON_THE_ROLL
from tests.recount.roster_rolls import as_they_stand, with_member
from tests.recount.sheets import ORGANISATION, months_later

DEFAULT_DAYS = 90
"""Validity of a letter in days where nothing is written."""
NEW_RULES, TERM, TERM_BEFORE = pd.Timestamp(2024, 6, 16), 6, 12
"""Months of a 限期改正 where nothing is written: since the 处置办法 of 2024, and in cases opened before (C-04)."""


def agreements(counted: Counted) -> list[Line]:
    """3.C.7 流动党员共管协议台账: what is signed."""
    rows = counted.sheets["共管协议"]
    return [
        as_they_stand(
            one,
            "协议编号 对方党组织 签订日期 到期日=到期日期 涉及党员数=共管党员数 会商周期 上次会商=上次会商日期 "
            "下次会商=下次会商日期 双方联系人 备注",
        )
        for one in ordered(rows[counted.sheets.come(rows["签订日期"])], _days(rows, "签订日期", counted))
    ]


def _days(rows: pd.DataFrame, column: str, counted: Counted) -> list[pd.Timestamp]:
    return list(rows[counted.sheets.come(rows[column])][column])


def contacts(counted: Counted) -> list[Line]:
    """3.C.6 流动党员联系（沟通）记录表: what was logged this year."""
    rows = counted.sheets["联系记录"]
    chosen = with_member(counted, rows[counted.sheets.this_year(rows["联系日期"])], ["next_contact"])
    return [
        {
            **as_they_stand(
                one, "联系日期 党员姓名=姓名 联系人（支部）=支部联系人 发起方 联系方式 是否取得联系=本人应答"
            ),
            "季度": f"{one['联系日期'].year}Q{(one['联系日期'].month + 2) // 3}",
            "主要内容（思想、工作就业、生活、组织生活、党费）": text(one["谈话内容"]),
            **as_they_stand(one, "通报事项 党员反映、诉求及处理情况=诉求与处理 下次联系日期=next_contact 备注"),
        }
        for one in ordered(chosen, list(chosen["联系日期"]))
    ]


def certificates(counted: Counted) -> list[Line]:
    """2.16 流动党员活动证发证登记表: absences that have begun and have a certificate."""
    rows, names = counted.sheets["流出党员"], names_of(counted, "党组织名称")
    chosen = rows[rows["活动证编号"].notna() & counted.sheets.come(rows["外出日期"])]
    return [
        {
            **as_they_stand(one, "姓名 活动证编号 发证时间=发证日期 外出原因 外出地点 外出时间=外出日期 返回查验日期"),
            **as_they_stand(one, "年审年度=活动证年审年度 备注"),
            "所在支部": names[one[ORGANISATION]],
        }
        for one in ordered(chosen, list(chosen["发证日期"]))
    ]


def letters_out(counted: Counted) -> list[Line]:
    """2.15 组织关系介绍信登记表（转出）."""
    lines = []
    for one in _letters(counted, "转出"):
        days = DEFAULT_DAYS if pd.isna(one["有效期天数"]) else int(one["有效期天数"])
        is_void = one["存根状态"] == "作废"
        lines.append(
            {
                **as_they_stand(one, "介绍信编号 姓名 类别=人员类别 变化性质 党员本人联系电话=党员联系电话"),
                **as_they_stand(one, "转入单位抬头=转往单位 转出单位 党费缴纳至年月=党费交至年月 办理时间=开出日期"),
                "介绍信有效期天数": text(one["有效期天数"]) if is_void else str(days),
                "有效期截止": "" if is_void else text(one["开出日期"] + pd.Timedelta(days=days)),
                "是否有回执": "是" if counted.sheets.come(pd.Series([one["回执收到日期"]]))[0] else "否",
                **as_they_stand(one, "回执接收时间=回执收到日期 回执接收单位 存根状态 备注"),
            }
        )
    return lines


def letters_in(counted: Counted) -> list[Line]:
    """2.15 组织关系介绍信登记表（转入）."""
    names = names_of(counted, "党组织名称")
    return [
        {
            **as_they_stand(one, "介绍信编号 姓名 类别=人员类别 转出单位 介绍信有效天数=有效期天数"),
            **as_they_stand(one, "党费缴纳至年月=党费交至年月 开出时间=开出日期 回执寄出时间=回执收到日期 备注"),
            "转入党支部": names[one[ORGANISATION]],
            "是否有回执": "是" if counted.sheets.come(pd.Series([one["回执收到日期"]]))[0] else "否",
        }
        for one in _letters(counted, "转入")
    ]


def _letters(counted: Counted, direction: str) -> list[dict[str, object]]:
    rows = counted.sheets["介绍信"]
    chosen = with_member(
        counted, rows[rows["方向"].eq(direction) & counted.sheets.come(rows["开出日期"])], ["人员类别"]
    )
    return list(ordered(chosen, list(chosen["开出日期"])))


def abroad(counted: Counted) -> list[Line]:
    """2.17 出国（境）党员台账: every stay that has begun."""
    rows, names = counted.sheets["出国境"], names_of(counted, "党组织名称")
    own = ["性别", "民族", "出生日期", "加入党组织日期", "党籍状态", "手机号", "last_contact"]
    chosen = with_member(counted, rows[counted.sheets.come(rows["出境日期"])], own)
    return [
        {
            **as_they_stand(one, "姓名 性别 民族 公民身份号码 党籍状况=党籍状态 手机=手机号 出境时间=出境日期"),
            **{"出生年月": month(one["出生日期"]), "入党时间": month(one["加入党组织日期"])},
            **as_they_stand(one, "预计回国时间=预计返回日期 国家或地区 事由 方式（公派、自费、因私）=方式"),
            **as_they_stand(one, "保留组织关系批准日期 最近联系日期=last_contact 实际回国时间=返回日期"),
            **as_they_stand(one, "恢复组织生活申请日期 备注"),
            "组织关系所在党组织名称": names[one[ORGANISATION]],
            "境内联系人及电话": joined(one["境内联系人"], one["境内联系人电话"]),
        }
        for one in ordered(chosen, list(chosen["出境日期"]))
    ]


def corrections(counted: Counted) -> list[Line]:
    """3.C.12 限期改正台账: 改正期止 as written, else so many months after the approval, once that has come."""
    rows = counted.sheets["处置台账"]
    chosen = with_member(counted, rows[rows["拟处理"].eq("限期改正")], ["人员类别"])
    lines = []
    for one in ordered(chosen, list(chosen["审批日期"])):
        usual = TERM if one["立案日期"] >= NEW_RULES else TERM_BEFORE
        months = usual if pd.isna(one["限期改正月数"]) else int(one["限期改正月数"])
        is_approved = one["审批日期"] <= counted.sheets.as_of
        worked_out = months_later(pd.Series([one["审批日期"]]), months)[0] if is_approved else None
        lines.append(
            {
                **as_they_stand(
                    one, "姓名 人员类别 不合格表现（情形）=情形 调查核实日期 支部大会决议日期=支部大会日期"
                ),
                **as_they_stand(one, "应到=应到会人数 实到=实到会人数 赞成 反对 弃权 审批机关 审批日期"),
                **as_they_stand(one, "改正期（月）=限期改正月数 期满结论 备注"),
                "改正期止": text(worked_out if pd.isna(one["限期改正止"]) else one["限期改正止"]),
            }
        )
    return lines


def organisations(counted: Counted) -> list[Line]:
    """2.5 流动党员党组织登记表: organisations called so, whoever is on their roll or with them from elsewhere."""
    people, here = counted.people, staying(counted)
    on = people[people["state"].isin(ON_THE_ROLL) & people["belonging"].eq("在册")]
    found = counted.organisations[counted.organisations["党组织名称"].str.contains("流动党员")]
    lines = []
    for one in found.sort_values("党组织代码").to_dict("records"):
        code = one["党组织代码"]
        number = int(on[ORGANISATION].eq(code).sum() + here[ORGANISATION].eq(code).sum())
        lines.append(
            {
                **{"党组织名称": one["党组织名称"], "管理党员数": "未报" if one["is_silent"] else str(number)},
                **{"党组织负责人": text(one["联系人"]), "负责人联系电话": text(one["联系电话"])},
                "组织关系隶属于哪个基层党委": str(counted.sheets.town.cover["organisation_name"]),
            }
        )
    return lines
