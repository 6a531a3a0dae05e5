"""出国（境） recounted: forms.md 2.12, 党统35 出国（境）党员情况 and 党统36 留学回国人员党员情况."""

import pandas as pd

from tests.recount.counting import Chosen, Counted, Recount, crossed
from tests.recount.people import GONE, ON_THE_ROLL
from tests.recount.sheets import full_months, months_later
from tests.recount.yearly_forms import JOINED, joined_in

STUDY = ("留学", "访学")
JOINED_ABROAD = (
    ("入党时间：1949年9月30日以前", "1000-01-01", "1949-09-30"),
    ("1949年10月1日至1976年10月", "1949-10-01", "1976-10-31"),
    *JOINED[2:],
)


def back_from_study(counted: Counted) -> Recount:
    """党统36表 留学回国人员党员情况: who came back this year, or before and takes no part in 组织生活 yet."""
    people, year = counted.people, counted.sheets.this_year
    people = people[~people["state"].isin(GONE) & people["ended_trip"].notna()]
    trips = pd.DataFrame(
        list(people["ended_trip"]), index=people.index, columns=["purpose", "funding", "resume_applied_on"]
    )
    again = people["is_back_in_life"].astype(bool)
    chosen = trips["purpose"].isin(STUDY) & (year(people["back_on"]) | ~again)
    people, trips, again = people[chosen], trips[chosen], again[chosen]
    settled = people["was_settled"].astype(bool)
    applied = counted.sheets.come(pd.to_datetime(trips["resume_applied_on"]))
    columns: list[tuple[str, Chosen]] = [
        ("总数", pd.Series(True, index=people.index)),
        ("预备党员", people["人员类别"].eq("预备党员")),
        ("自费留学的", trips["funding"].isin(("自费", "因私"))),
        ("组织关系出国（境）时转往国（境）外的", None),
        ("组织关系出国（境）时未转往国（境）外的", ~settled),
        ("其中 在国（境）外期间与党组织保持联系的", ~settled & people["kept_contact"].astype(bool)),
        ("因出国（境）定居停止党籍的", settled),
    ]
    rows: list[tuple[str, Chosen]] = [
        ("总计", pd.Series(True, index=people.index)),
        ("已恢复组织生活的", again),
        ("未恢复组织生活的", ~again),
        ("其中 已提出恢复申请的", ~again & applied),
    ]
    return crossed(people, rows, columns)


def abroad(counted: Counted) -> Recount:
    """党统35表 出国（境）党员情况: members on the roll who are abroad, by kind of stay."""
    people, as_of, year = counted.people, counted.sheets.as_of, counted.sheets.this_year
    people = people[people["state"].isin(ON_THE_ROLL) & people["trip"].notna()]
    trips = pd.DataFrame([dict(trip) for trip in people["trip"]], index=people.index)
    purpose, funding = trips["purpose"], trips["funding"]
    left, back = pd.to_datetime(trips["departed_on"]), pd.to_datetime(trips["expected_return_on"])
    half = months_later(left, 6) <= as_of
    sent, own = funding.eq("公派") & half, funding.isin(("自费", "因私")) & half
    study = purpose.isin(STUDY)
    columns: list[tuple[str, Chosen]] = [
        ("公派出国（境）半年以上的", sent),
        ("驻外机构", sent & purpose.eq("工作")),
        ("劳务输出", sent & purpose.eq("劳务")),
        ("公派留学", sent & study),
        ("其中 逾期一年以上未归的", sent & study & (months_later(back, 12) <= as_of)),
        ("因私出国（境）半年以上的", own),
        ("其中 自费留学", own & study),
        ("其中 工作", own & purpose.isin(("工作", "劳务"))),
        ("本年自费留学出国（境）的", funding.isin(("自费", "因私")) & study & year(left)),
        ("本年出国（境）定居的", purpose.eq("定居") & year(left)),
        ("其中 探亲", None),
        ("其中 继承遗产", None),
        ("其中 工作", None),
    ]
    age = full_months(people["出生日期"], pd.Series(as_of, index=people.index)) // 12
    rows: list[tuple[str, Chosen]] = [
        ("总计", pd.Series(True, index=people.index)),
        ("其中 本年出国（境）的", year(left)),
        ("预备党员", people["人员类别"].eq("预备党员")),
        ("35岁及以下的", age <= 35),
        ("60岁及以上的", age >= 60),
        *joined_in(people, JOINED_ABROAD),
    ]
    jobs = (
        "职业：党政机关工作人员",
        "企事业、民办非企业单位管理人员、专业技术人员",
        "其中 高校教师",
        "工勤技能人员",
        "农牧渔民",
    )
    rows += [(title, None) for title in (*jobs, "军人、武警", "学生", "离退休人员", "其他")]
    return crossed(people, rows, columns)
