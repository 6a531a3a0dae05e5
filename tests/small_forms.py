"""A drawn branch, also as a committee, in which every official table has somebody to show."""

from tests.drawing import draw_case
from tests.small_branch import CONTACTS, DISPOSITIONS, FILES, LETTERS, OUTFLOW, ROSTER, SEARCHES
from validators.rule import Case
from validators.table import BookKind

_INFLOW = """
姓名 | 流动范围 | 流入日期 | 活动证编号 | 编入支部日期 | 手机号 | 现居住地
何流入 | 跨省流动 | 2026-03-01 | 证0100 | 2026-03-05 | 15400000001 | 示例市示例区二号
吕流入 | 市（地）内流动 | 2026-05-01 | | | 15400000002 |
"""
_REVIEW = "姓名 | 审核日期\n钱在家 | 2026-03-10\n张外出 | 2026-03-10"
_CHECKS = "姓名 | 排查结论\n钱在家 | 正常在册\n张外出 | 外出流动\n王失联 | 失联"
_LIFE = "姓名 | 日期 | 事项\n钱在家 | 2026-11-05 | 组织生活\n张外出 | 2026-10-01 | 交纳党费"
_BACK_HOME = "施归来 | 正式党员 | * | * | 在册 | 正常 | 2026-09-20 | 2026-09-20 | 否 |\n"
_ABROAD = """
姓名 | 出境日期 | 保留组织关系批准日期 | 返回日期 | 恢复组织生活申请日期 | 事由 | 方式
陈出国 | 2025-09-10 | 2025-09-01 | | | 留学 | 公派
施归来 | 2024-09-01 | 2024-08-20 | 2026-09-01 | 2026-09-05 | 留学 | 自费
"""
_GONE = "沈离党 | 正式党员 | * | * | 已离开 | 正常 | 2025-01-10 | 2025-01-10 | 否 |\n"
_EXIT = "沈离党 | D15 | 自行脱党除名 | 2026-01-10 | 2026-03-20 | 2026-03-20 | |\n"


def small_case(kind: BookKind) -> Case:
    """Thirteen members of one branch, two from elsewhere; as a committee with one more branch that has not reported."""
    committee = {
        "organisation_directory": "党组织代码 | 党组织名称\n037990100001 | 示例支部\n037990100002 | 驻外流动党员党支部"
    }
    return draw_case(
        kind=kind,
        cover={"上年底党员总数": 12},
        member_roster=ROSTER.rstrip() + "\n" + _BACK_HOME + _GONE,
        outflow=OUTFLOW,
        inflow=_INFLOW,
        contact_log=CONTACTS,
        life_dues_log=_LIFE,
        lost_file=FILES,
        search_log=SEARCHES,
        transfer_letter=LETTERS.rstrip() + "\n冯预备 | 2026-008 | 2026-06-25 | 90 | 示例支部\n",
        disposition=DISPOSITIONS.rstrip() + "\n" + _EXIT,
        abroad=_ABROAD,
        campaign_check=_CHECKS,
        annual_review=_REVIEW,
        agreement="协议编号 | 签订日期 | 到期日期 | 下次会商日期\n协议2026-1 | 2026-01-10 | 2027-01-09 | 2026-12-10",
        **(committee if kind == "committee" else {}),
    )
