"""党统 recounted: forms.md 2.14 (1, 10, 11), 2.13 and 2.18 (8, 民主评议); rules R-SUM-YEAR, R-SUM-OUT."""

from collections.abc import Sequence

import pandas as pd

from tests.recount.counting import (
    BY_HAND,
    CLASS_OF_CATEGORY,
    UNIT_CLASSES,
    Cell,
    Chosen,
    Columns,
    Counted,
    Recount,
    Who,
    by_category,
    crossed,
    who,
)
from tests.recount.people import GONE, ON_THE_ROLL
from tests.recount.sheets import NUMBER, ORGANISATION, full_months

GRADES = ("优秀", "合格", "基本合格", "不合格")


def change(counted: Counted) -> Recount:
    """党统1表 党员数量变化情况: one column, rows as R-SUM-YEAR."""
    people, year = counted.people, counted.sheets.this_year
    came, state = year(people["进入日期"]), people["state"]
    left = year(people["gone_on"])
    ways = {word: who(people, came & people["进入方式"].eq(word)) for word in ("发展", "恢复党籍", "转入")}
    gone = {word: who(people, left & state.eq(word)) for word in GONE}
    stopped = who(people, state.eq("停止党籍") & year(people["stopped_on"]))
    here = who(people, state.isin(ON_THE_ROLL))
    more: Who = [person for way in ways.values() for person in way]
    fewer: Who = [*stopped, *(person for way in gone.values() for person in way)]
    last_year = counted.sheets.town.cover.get("members_last_year")
    should = "—" if last_year is None else last_year + len(more) - len(fewer)
    rows: list[tuple[str, Cell]] = [
        ("一、上年底总数", "—" if last_year is None else last_year),
        ("二、本年增加", more),
        ("发展党员", ways["发展"]),
        ("其中 重新入党", BY_HAND),
        ("恢复党籍", ways["恢复党籍"]),
        ("其中 停止党籍后恢复党籍", who(people, came & people["进入方式"].eq("恢复党籍") & people["was_stopped"])),
        ("转入组织关系", ways["转入"]),
        ("其中 整建制转入", BY_HAND),
        ("三、本年减少", fewer),
        ("出党", gone["已出党"]),
        ("停止党籍", stopped),
        ("死亡", gone["去世"]),
        ("转出组织关系", gone["已转出且收到回执"]),
        ("其中 整建制转出", BY_HAND),
        ("四、本年底应有数（一＋二－三）", should),
        ("五、本年底实有数", here),
        ("六、实有数与应有数之差（五－四）", "—" if last_year is None else len(here) - should),
    ]
    return Recount(["人数（名）"], [(title, [cell]) for title, cell in rows])


EXITS = (
    ("开除党籍", ("移送纪检",)),
    ("退党除名", ("退党除名",)),
    ("劝退", ("劝其退党",)),
    ("劝而不退除名", ("劝而不退除名",)),
    ("自行脱党除名", ("自行脱党除名",)),
    ("取消预备党员资格", ("取消预备党员资格",)),
    ("不予承认", ("不予承认党员资格",)),
)
JOINED = (
    ("入党时间：1966年4月及以前", "1000-01-01", "1966-04-30"),
    ("1966年5月至1976年10月", "1966-05-01", "1976-10-31"),
    ("1976年11月至1978年12月", "1976-11-01", "1978-12-31"),
    ("1979年1月至2002年10月", "1979-01-01", "2002-10-31"),
    ("2002年11月至2012年10月", "2002-11-01", "2012-10-31"),
    ("2012年11月及以后", "2012-11-01", "9999-12-31"),
)


def exits(counted: Counted) -> Recount:
    """党统10表 出党情况: those who left so this year, by age and day of joining, by kind of exit."""
    people, columns = _left_so(counted)
    age = full_months(people["出生日期"], pd.Series(counted.sheets.as_of, index=people.index)) // 12
    rows: list[tuple[str, Chosen]] = [
        ("总计", pd.Series(True, index=people.index)),
        ("其中 厅局级", None),
        ("县处级", None),
        ("年龄：35岁及以下", age <= 35),
        ("36至54", (age > 35) & (age <= 54)),
        ("55至59", (age > 54) & (age <= 59)),
        ("60岁及以上", age >= 60),
        *joined_in(people, JOINED),
    ]
    return crossed(people, rows, columns)


def exits_by_conduct(counted: Counted) -> Recount:
    """党统11表: its 总计 only, the rest is not in the registers."""
    people, columns = _left_so(counted)
    titles = ("违反政治纪律", "违反组织纪律", "违反干部选拔任用规定", "违反廉洁纪律", "违反群众纪律", "违反工作纪律")
    more = ("违反生活纪律", "理想信念缺失", "政治立场动摇", "宗旨观念淡薄", "工作消极懈怠", "组织纪律散漫")
    rows: list[tuple[str, Chosen]] = [("总计", pd.Series(True, index=people.index))]
    rows += [(title, None) for title in (*titles, *more, "道德行为不端", "其他")]
    return crossed(people, rows, columns)


def _left_so(counted: Counted) -> tuple[pd.DataFrame, list[tuple[str, Chosen]]]:
    people = counted.people
    people = people[people["state"].eq("已出党") & counted.sheets.this_year(people["gone_on"])]
    columns: list[tuple[str, Chosen]] = [("总数", pd.Series(True, index=people.index))]
    for title, words in EXITS:
        columns.append((title, people["removal"].isin(words)))
        if title == "自行脱党除名":
            lost = people["removal_situation"].str[:3].isin(("D14", "D15"))
            columns.append(("其中 经多方查找确实无法取得联系", people["removal"].isin(words) & lost))
    return people, columns


def joined_in(people: pd.DataFrame, periods: Sequence[tuple[str, str, str]]) -> list[tuple[str, Chosen]]:
    days = people["加入党组织日期"].dt.strftime("%Y-%m-%d")
    return [(title, (days >= first) & (days <= last)) for title, first, last in periods]


def appraisal(counted: Counted) -> Recount:
    """党统8表 民主评议党员情况: branches and members from 上年评议等次, outcomes from 处置台账 of this year.

    The members are those of 党统1 (年底实有): the formal relation decides (forms.md part 4), a stopped member is none.
    """
    people, rows, year = counted.people, counted.sheets["处置台账"], counted.sheets.this_year
    graded = people[people["上年评议等次"].isin(GRADES)]
    rated = graded[graded["state"].isin(ON_THE_ROLL)]
    organisations = counted.organisations
    done = rows[year(rows["审批日期"])]
    proposal = done["拟处理"]
    failed = rows[rows["拟处理"].eq("限期改正") & rows["期满结论"].eq("仍不合格")]
    again = pd.Series(done[NUMBER].isin(failed[NUMBER]), index=done.index)
    kinds = {"限期改正": "限期改正", "劝退": "劝其退党", "劝而不退除名": "劝而不退除名", "自行脱党除名": "自行脱党除名"}
    lines: list[tuple[str, Cell]] = [
        ("开展评议的支部", who(organisations, organisations["党组织代码"].isin(graded[ORGANISATION]))),
        ("其中 结束评议的支部", BY_HAND),
        ("参加评议的党员", who(rated)),
        ("其中 结束评议的党员", BY_HAND),
        ("表彰党员", BY_HAND),
        ("被评定为“不合格党员”", who(rated, rated["上年评议等次"].eq("不合格"))),
        ("组织处置情况：合计", who(done, proposal.isin(kinds.values()))),
        *((title, who(done, proposal.eq(kind))) for title, kind in kinds.items()),
        (
            "限期改正期满仍无转变予以劝退以及劝而不退除名",
            who(done, proposal.isin(("劝其退党", "劝而不退除名")) & again),
        ),
    ]
    turned = by_category(counted, UNIT_CLASSES, CLASS_OF_CATEGORY, lines)
    table: list[tuple[str, list[Cell]]] = []
    for place, (title, _) in enumerate(lines):
        total, *by_class = (cells[place] for _, cells in turned.rows)
        table.append((title, [total, BY_HAND, *by_class]))
    titles = ["总数", "其中 上年开展本年结束评议", *UNIT_CLASSES]
    return Recount(titles, table, [("本年民主评议党员中", BY_HAND), ("给予其他党的纪律处分的", BY_HAND)])


def appraisal_totals(counted: Counted) -> Recount:
    """Foot of 民主评议党员结果登记表 (3.C.11): four grades, took part, did not."""
    people = counted.people[~counted.people["state"].isin(GONE)]
    grade = people["上年评议等次"]
    lines: Columns = [
        ("参加评议", who(people, grade.isin(GRADES))),
        *((word, who(people, grade.eq(word))) for word in GRADES),
        ("未参加评议、免评或未登记", who(people, ~grade.isin(GRADES))),
    ]
    return Recount((), (), lines)
