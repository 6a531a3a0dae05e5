"""排查 recounted: forms.md 3.A 表7 with decisions §12, and the figures of 三查三核 (rules R-CHECK33, R-SUM-CHECK)."""

import pandas as pd

from tests.recount.counting import BY_HAND, NOT_REPORTED, Cell, Columns, Counted, Recount, by_organisation, who
from tests.recount.lost_forms import final_outcome, found, not_found, searching
from tests.recount.people import ON_THE_ROLL
from tests.recount.sheets import NUMBER, ORGANISATION

KEPT = ("纳入正常管理", "转出组织关系", "补转组织关系", "补办保留组织关系手续", "延长预备期", "恢复党籍", "补开证明")
HANDLED = {
    "纳入正常管理": KEPT,
    "限期改正": ("限期改正",),
    "劝退": ("劝其退党",),
    "除名（退党、劝而不退、自行脱党）": ("退党除名", "劝而不退除名", "自行脱党除名"),
    "取消预备党员资格": ("取消预备党员资格", "不予承认党员资格"),
    "停止党籍": ("停止党籍",),
}
"""Columns 19–24 of 表7 and the final outcomes each counts, as the notes of the form say; the rest is 尚未处理."""
PROBLEM = "有问题"
OUT_BUT_NOT_FLOATING = ("外出", "出国（境）保留组织关系")
"""Whom a branch may conclude to be 外出流动 though they are no 流动党员."""


def latest_checks(counted: Counted) -> pd.DataFrame:
    """The latest 排查记录 of each person."""
    rows = counted.sheets["排查记录"]
    come = rows[counted.sheets.come(rows["核查日期"])]
    return come.sort_values("核查日期", kind="stable").drop_duplicates([ORGANISATION, NUMBER], keep="last")


def _checked(counted: Counted) -> pd.DataFrame:
    """The members with the columns of their latest 排查记录; blank where there is none."""
    columns = ["名册核查", "档案核查", "党费和活动核查", "介绍信存根核查", "排查结论"]
    rows = latest_checks(counted)[[ORGANISATION, NUMBER, *columns]]
    return counted.people.merge(rows, on=[ORGANISATION, NUMBER], how="left").set_axis(counted.people.index)


def campaign_summary(counted: Counted) -> Recount:
    """表7 党员组织关系排查工作情况汇总表."""
    people = _checked(counted)
    state = people["state"]
    here = state.isin(ON_THE_ROLL) & people["belonging"].eq("在册")
    checked = here & people["排查结论"].notna()
    one, two, three = found(counted), not_found(counted), searching(counted)
    lost = checked & (one | two | three)
    settled = checked & ~lost
    columns: list[tuple[str, Cell]] = [
        ("在册党员总数", who(people, here)),
        ("正式党员", who(people, here & people["人员类别"].eq("正式党员"))),
        ("预备党员", who(people, here & people["人员类别"].eq("预备党员"))),
        ("已排查党员数", who(people, checked)),
        ("正常在册", who(people, settled & state.isin(("正常", "外出")))),
        ("外出流动", who(people, settled & state.eq("流动党员"))),
        ("“空挂”", who(people, settled & state.eq("空挂"))),
        ("出国（境）保留", who(people, settled & state.eq("出国（境）保留组织关系"))),
        ("“失联”", who(people, lost)),
        ("经排查取得联系", who(people, checked & one)),
        ("经排查无法取得联系", who(people, checked & two)),
        ("查找中", who(people, checked & three)),
        ("转出后未收到回执", who(people, state.isin(ON_THE_ROLL) & people["belonging"].eq("转出未回执"))),
        *_put_in_order(counted),
    ]
    outcome = final_outcome(people)
    columns += [(title, who(people, lost & outcome.isin(words))) for title, words in HANDLED.items()]
    known = [word for words in HANDLED.values() for word in words]
    columns += [("尚未处理", who(people, lost & ~outcome.isin(known))), ("备注", BY_HAND)]
    return _with_rate(by_organisation(counted, columns))


def _put_in_order(counted: Counted) -> Columns:
    """Columns 14–18: what was done this year to put relations in order."""
    year, sheets = counted.sheets.this_year, counted.sheets
    letters, stays, trips = sheets["介绍信"], sheets["流出党员"], sheets["出国境"]
    valid = ~letters["存根状态"].eq("作废")
    out, back = letters["方向"].eq("转出") & valid, letters["方向"].eq("转入") & valid
    lasting = ~letters["变化性质"].eq("临时")
    return [
        ("转出正式组织关系", who(letters, out & lasting & year(letters["开出日期"]))),
        ("办理转入", who(letters, back & lasting & year(letters["开出日期"]))),
        ("发放活动证", who(stays, stays["活动证编号"].notna() & year(stays["发证日期"]))),
        ("补办出国（境）手续", who(trips, year(trips["保留组织关系批准日期"]))),
        ("落实回执", who(letters, out & year(letters["回执收到日期"]))),
    ]


def _with_rate(table: Recount) -> Recount:
    """排查率 after 已排查党员数: = 5/2, of nobody none."""
    rows = []
    for title, cells in table.rows:
        of, done = cells[0], cells[3]
        rate: Cell = NOT_REPORTED
        if isinstance(of, list) and isinstance(done, list):
            rate = len(done) / len(of) if of else "—"
        rows.append((title, [*cells[:4], rate, *cells[4:]]))
    return Recount([*table.columns[:4], "排查率", *table.columns[4:]], rows)


def three_checks(counted: Counted) -> Recount:
    """三查三核核查报告: 三查 problems, the committee's 三核 numbers, the branches' own conclusions; 流动 is f of rules
    §11, six months away (R-SUM-CHECK), on both sides."""
    people = _checked(counted)
    on = people["state"].isin(ON_THE_ROLL)
    told = people["排查结论"]
    basic = people["名册核查"].eq(PROBLEM) | people["档案核查"].eq(PROBLEM)
    two = not_found(counted)
    columns: Columns = [
        ("党员数", who(people, on)),
        ("已排查人数", who(people, on & told.notna())),
        ("基本信息", who(people, on & basic)),
        ("党费和组织生活", who(people, on & people["党费和活动核查"].eq(PROBLEM))),
        ("组织关系管理", who(people, on & people["介绍信存根核查"].eq(PROBLEM))),
        ("流动", who(people, people["state"].eq("流动党员"))),
        ("空挂", who(people, people["state"].eq("空挂"))),
        ("失联", who(people, people["state"].eq("失联"))),
        ("外出流动", who(people, on & told.eq("外出流动") & ~people["state"].isin(OUT_BUT_NOT_FLOATING))),
        ("空挂", who(people, on & told.eq("空挂"))),
        ("失联", who(people, on & told.eq("失联"))),
        ("查找中", who(people, searching(counted))),
        ("仍然无法取得联系", who(people, two)),
        ("核查意见及建议", BY_HAND),
    ]
    return by_organisation(counted, columns)
