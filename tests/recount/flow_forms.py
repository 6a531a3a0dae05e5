"""流动党员 recounted: forms.md 3.A 表4, 2.4, 2.6, 2.11 (党统33、34), 3.C.1 foot totals; decisions §18–20."""

from collections.abc import Sequence

import pandas as pd

from tests.recount.counting import (
    BY_HAND,
    Cell,
    Chosen,
    Columns,
    Counted,
    Recount,
    by_organisation,
    classes,
    crossed,
    who,
)
from tests.recount.people import ON_THE_ROLL
from tests.recount.sheets import ORGANISATION

PUBLIC = (
    "公有经济控制单位",
    "机关",
    "事业单位",
    "人才（劳动）服务中心",
    "港澳台商投资企业（公有）",
    "外商投资企业（公有）",
)
PRIVATE = (*("非公有经济控制单位", "民办非企业单位", "私营企业", "港澳台商投资企业（非公）", "外商投资企业（非公）"),)
COMMUNITY = ("城市社区（居委会）", "乡镇社区（居委会）")
ELSEWHERE = ("其他", "不掌握流向")
RANGES = ("市（地）内流动", "省内跨市（地）流动", "跨省流动", "出国（境）", "不掌握流向")
MANAGED = ("纳入流入地党组织管理", "编入流动党员党组织", "由本支部联系管理", "未落实")


def floating(counted: Counted) -> pd.DataFrame:
    """Members of state 8 with the columns of their absence."""
    return _with_stay(counted.people[counted.people["state"] == "流动党员"])


def _with_stay(people: pd.DataFrame) -> pd.DataFrame:
    stays = people["stay"]
    keys = {
        **{"range": "flow_range", "unit_type": "destination_unit_type", "unit": "destination_unit"},
        **{"occupation": "occupation", "certificate": "certificate_number", "management": "management"},
    }
    return people.assign(
        **{name: stays.map(lambda row, key=key: row.get(key) if row else None) for name, key in keys.items()}
    )


def staying(counted: Counted) -> pd.DataFrame:
    """Rows of 流入党员 who have come and not left."""
    rows = counted.sheets["流入党员"]
    come = counted.sheets.come
    return rows[come(rows["流入日期"]) & ~come(rows["离开日期"])]


def summary(counted: Counted) -> Recount:
    """表4 外出流动党员情况汇总表: state 8 only (decisions §19); 党员总数 of those whose formal relation is here.

    可转移而未转的, as the note of the form says: six months away, range known and in the country, a unit to go to.
    """
    away, people = floating(counted), counted.people
    units = away["unit_type"]
    held = away["certificate"].notna()
    ranges = zip(("市（地）内", "省内跨市（地）", "跨省", "出国（境）", "不掌握流向"), RANGES, strict=True)
    table = by_organisation(
        counted,
        [
            ("党员总数", who(people, people["state"].isin(ON_THE_ROLL) & people["belonging"].eq("在册"))),
            ("外出流动党员总数", who(away)),
            ("6个月以下", []),
            ("6个月以上", who(away)),
            *((title, who(away, away["range"].eq(word))) for title, word in ranges),
            ("公有经济控制单位", who(away, units.isin(PUBLIC))),
            ("非公有经济控制单位", who(away, units.isin(PRIVATE))),
            ("个体工商户", who(away, units.eq("个体工商户"))),
            ("社区（居委会）", who(away, units.isin(COMMUNITY))),
            ("建制村", who(away, units.eq("建制村"))),
            ("其他", who(away, units.isin(ELSEWHERE))),
            ("持活动证", who(away, held)),
            ("未持证", who(away, ~held)),
            *classes(away, away["management"], MANAGED),
            ("可转移正式组织关系而未转的", who(away, away["range"].isin(RANGES[:3]) & away["unit"].notna())),
            ("备注", BY_HAND),
        ],
    )
    lines: Columns = [
        ("另有外出不满6个月的党员", who(people, people["state"].eq("外出"))),
        ("另有外出记录而已失联的党员", who(people, people["stay"].notna() & people["state"].eq("失联"))),
    ]
    return Recount(table.columns, table.rows, lines)


def joint_totals(counted: Counted) -> Recount:
    """Foot of 双向共管情况一览表: 流出__名 (持证__, 已接收__), 流入__名."""
    away = floating(counted)
    lines: Columns = [
        ("流出党员", who(away)),
        ("持活动证的", who(away, away["certificate"].notna())),
        ("流入地党组织已接收的", who(away, away["management"].eq("纳入流入地党组织管理"))),
        ("流入党员", who(staying(counted))),
    ]
    return Recount((), (), lines)


def _taken_in(counted: Counted) -> pd.DataFrame:
    here = staying(counted)
    return here[counted.sheets.come(here["编入支部日期"])]


def statistics(counted: Counted) -> Recount:
    """2.4 流动党员情况统计表, one row: outflow, inflow, and what is managed here (编入支部)."""
    away, here, taken = floating(counted), staying(counted), _taken_in(counted)
    inside, outside = RANGES[:2], "跨省流动"
    organisations = counted.organisations
    columns: Columns = [
        ("流出省外的", who(away, away["range"].eq(outside))),
        ("在省内流动的", who(away, away["range"].isin(inside))),
        ("从省外流入的", who(here, here["流动范围"].eq(outside))),
        ("从省内其他市县和单位流入的", who(here, here["流动范围"].isin(inside))),
        ("在省外建立的（个）", BY_HAND),
        ("管理的流动党员数（名）", BY_HAND),
        ("在省内其他市县和单位建立的（个）", BY_HAND),
        ("管理的流动党员数（名）", BY_HAND),
        (
            "管理有外来流入党员的党组织数（个）",
            who(organisations, organisations["党组织代码"].isin(taken[ORGANISATION])),
        ),
        ("专门管理外来流入党员的党组织数（个）", BY_HAND),
        ("管理从省内其他地方流入的党员数（名）", who(taken, taken["流动范围"].isin(inside))),
        ("管理从省外流入的党员数（名）", who(taken, taken["流动范围"].eq(outside))),
    ]
    return Recount([title for title, _ in columns], [("合计", [cell for _, cell in columns])])


def hosts(counted: Counted) -> Recount:
    """2.6 管理有外来流入党员的党组织情况表: only organisations that manage somebody, and those not heard of."""
    taken, organisations = _taken_in(counted), counted.organisations
    inside = who(taken, taken["流动范围"].isin(RANGES[:2]))
    outside = who(taken, taken["流动范围"].eq("跨省流动"))
    full = by_organisation(counted, [("从省内流入的", inside), ("从省外流入的", outside)])
    about: dict[str, Sequence[Cell]] = {
        name: (contact, phone, BY_HAND, "中共清河镇委员会")
        for name, contact, phone in organisations[["党组织名称", "联系人", "联系电话"]].to_numpy()
    }
    titles = ("党组织负责人", "负责人联系电话", "党组织所在地址", "组织关系隶属于哪个基层党委")
    rows = [
        (title, [*cells, *about.get(title, (BY_HAND,) * 4)])
        for title, cells in full.rows
        if title == "合计" or any(cells)
    ]
    return Recount([*full.columns, *titles], rows)


OCCUPATIONS = {
    "总数": None,
    "公有经济企事业单位管理人员、专业技术人员": ("公有经济企事业单位管理人员、专业技术人员",),
    "工勤技能人员": ("工勤技能人员",),
    "农牧渔民": ("农牧渔民",),
    "未就业的高校毕业生": ("未就业的高校毕业生",),
    "中介组织从业人员": ("中介组织从业人员", "执业律师", "会计师"),
    "其中 执业律师": ("执业律师",),
    "其中 会计师": ("会计师",),
    "其他": ("其他",),
}
UNITS = (
    ("公有经济控制单位", PUBLIC),
    ("机关", ("机关",)),
    ("事业单位", ("事业单位", "人才（劳动）服务中心")),
    ("人才（劳动）服务中心", ("人才（劳动）服务中心",)),
    ("港澳台商投资企业", ("港澳台商投资企业（公有）",)),
    ("外商投资企业", ("外商投资企业（公有）",)),
    ("非公有经济控制单位", PRIVATE),
    ("民办非企业单位", ("民办非企业单位",)),
    ("私营企业", ("私营企业",)),
    ("港澳台商投资企业", ("港澳台商投资企业（非公）",)),
    ("外商投资企业", ("外商投资企业（非公）",)),
    ("个体工商户", ("个体工商户",)),
    ("城市社区（居委会）", ("城市社区（居委会）",)),
    ("乡镇社区（居委会）", ("乡镇社区（居委会）",)),
    ("建制村", ("建制村",)),
    ("其他", ELSEWHERE),
)
"""外出流向 as the tables print it, each with what is counted under it (forms.md 1.7)."""


def outflow_table(counted: Counted) -> Recount:
    """党统33表: those abroad stand in 党统35 (forms.md 1.6)."""
    away = floating(counted)
    away = away[away["range"] != "出国（境）"]
    table = _occupation_table(away, "流出", "外出流向", away["range"], away["certificate"], away["unit_type"])
    unknown: list[tuple[str, Chosen]] = [("其中 不掌握流向", away["unit_type"].eq("不掌握流向"))]
    more = crossed(away, unknown, _occupations(away["occupation"]))
    centres = ("建立党员服务中心", "省", "市", "县", "乡", "街道", "社区", "村")
    return Recount(table.columns, [*table.rows, *more.rows], [(label, BY_HAND) for label in centres])


def inflow_table(counted: Counted) -> Recount:
    """党统34表; its 补充资料: branches that have taken somebody in, 流动党员党组织 (by name) and whom those have."""
    here = staying(counted).rename(columns={"原职业": "occupation"})
    table = _occupation_table(here, "流入", "流入单位", here["流动范围"], here["活动证编号"], here["外出流向单位类别"])
    organisations = counted.organisations
    codes, levels = organisations["党组织代码"], organisations["党组织层级"]
    own = organisations["党组织名称"].str.contains("流动党员")
    lines: Columns = [
        ("1. 接收流动党员的党支部（个）", who(organisations, codes.isin(here[ORGANISATION]) & levels.eq("党支部"))),
        ("2. 建立流动党员党组织（个）", who(organisations, own)),
        ("其中 党委", who(organisations, own & levels.eq("基层党委"))),
        ("总支部", who(organisations, own & levels.eq("党总支"))),
        ("支部", who(organisations, own & levels.eq("党支部"))),
        ("共接收流动党员（名）", who(here, here[ORGANISATION].isin(codes[own]))),
    ]
    return Recount(table.columns, table.rows, lines)


def _occupation_table(
    base: pd.DataFrame, way: str, head: str, ranges: pd.Series, certificate: pd.Series, units: pd.Series
) -> Recount:
    top = (
        "公有经济控制单位",
        "非公有经济控制单位",
        "个体工商户",
        "城市社区（居委会）",
        "乡镇社区（居委会）",
        "建制村",
        "其他",
    )
    rows: list[tuple[str, Chosen]] = [
        (f"{way}党员总数", pd.Series(True, index=base.index)),
        ("其中 跨省流动", ranges.eq("跨省流动")),
        ("省内跨市（地）流动", ranges.eq("省内跨市（地）流动")),
        ("持《中国共产党流动党员活动证》", certificate.notna()),
        *((f"{head}：{title}" if title in top else title, units.isin(words)) for title, words in UNITS),
    ]
    return crossed(base, rows, _occupations(base["occupation"]))


def _occupations(column: pd.Series) -> list[tuple[str, Chosen]]:
    return [
        (title, column.isin(words) if words is not None else pd.Series(True, index=column.index))
        for title, words in OCCUPATIONS.items()
    ]
