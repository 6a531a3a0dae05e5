"""R-DISP-STEPS and R-DISP-COUNTY-DIRECT: order, completeness and approval of each disposition."""

from collections.abc import Iterator, Sequence
from datetime import date

from validators.disposition_rows import Disposition, dispositions
from validators.dispositions import Step, authority
from validators.happened import latest_day
from validators.registers import registers
from validators.rule import Case, Hit, rule
from validators.rules.field_person import earliest_day
from validators.table import Level

ORDER = (
    *("opened_on", "prior_filed_on", "investigated_on", "defence_heard_on", "branch_committee_on"),
    *("committee_preview_on", "county_preview_on", "branch_meeting_on", "approved_on"),
)
"""The steps up to the decision, as they follow each other; a path leaves some out."""

AFTER_APPROVAL = ("served_on", "filed_on", "effective_on")
"""What follows the decision, in any order."""


@rule(
    "R-DISP-STEPS",
    level="E",
    title="处置步骤齐全、先后有序",
    registers=("disposition",),
    wordings={
        "order": (
            "“{title}”{value} 早于“{earlier}”{start}",
            "处置要按步骤进行：请核对这两个日期，改正写错的一个（同一天可以）",
        ),
        "missing": (
            "“{later}”已填 {day}，前面的“{title}”还空着（{path}）",
            "请补填“{title}”；没有做的按程序补做或请示上级；县级直接调查处理的，在备注写明“县级直接处理”和理由",
        ),
        "filing": (
            "生效日期已填 {day}，还没有登记“{title}”（{path}）",
            "请报上级备案，备案后补填“{title}”",
        ),
        "authority": (
            "审批机关没有填，审批日期却已填 {day}",
            "请补填是哪一级党组织审批的",
        ),
        "number": ("审批日期已填 {day}，审批文号没有填", "请补填批复文号；没有文号的在备注写明依据的会议记录"),
        "below": (
            "“{value}”没有审批权，这项处理要由{wanted}审批",
            "请核对批复是哪一级作出的：{advice}",
        ),
    },
    source="集中排查方案的处置程序；《中国共产党不合格党员组织处置办法》（事前备案，转引）",
    grade="S",
)
def steps(case: Case) -> Iterator[Hit]:
    """Dates in order (equality is in order); an earlier step blank though a later one is dated; who approved.

    A missing 事前备案 is W, so are filings and numbers. Rows taken over from papers (历史补录) may have gaps.
    """
    for one in dispositions(case):
        yield from _order(one)
        if one.path is not None and not one.is_historical and not one.is_county_direct:
            yield from _gaps(one)
            yield from _approval(one)


def _order(one: Disposition) -> Iterator[Hit]:
    """Each dated step against the dated step before it, what follows the decision against the decision."""
    before = ""
    for column in ORDER:
        if one.row[column] is None:
            continue
        yield from _earlier(one, before, column)
        before = column
    for column in AFTER_APPROVAL:
        yield from _earlier(one, before, column)


def _earlier(one: Disposition, before: str, column: str) -> Iterator[Hit]:
    if not before:
        return
    start, end = earliest_day(one.row[before]), latest_day(one.row[column])
    if start is not None and end is not None and end < start:
        details = {"earlier": _title(before), "start": one.row[before]}
        yield Hit("disposition", one.row, column, "order", details=details)


def _gaps(one: Disposition) -> Iterator[Hit]:
    path = one.path
    if path is None or one.situation is None:
        return
    wanted = [step for step in path.steps if _is_asked(one, step)]
    for position, step in enumerate(wanted):
        if any(one.row[column] is not None for column in step.columns):
            continue
        if step.columns == ("filed_on",) and path.approval != "none":
            if (day := latest_day(one.row["effective_on"])) is not None:
                yield _gap(one, step, "filing", "effective_on", day)
            continue
        later = _latest_after(one, wanted[position + 1 :])
        if later is not None:
            yield _gap(one, step, "missing", *later)


def _is_asked(one: Disposition, step: Step) -> bool:
    reachable = one.situation is not None and one.situation.reachable
    return step.is_asked(one.policy, reachable=reachable)


def _latest_after(one: Disposition, coming: Sequence[Step]) -> tuple[str, date] | None:
    """The first step dated after a gap; what follows the decision counts too."""
    columns = [column for step in coming for column in step.columns]
    for column in (*columns, *AFTER_APPROVAL):
        day = latest_day(one.row[column])
        if day is not None:
            return column, day
    return None


def _gap(one: Disposition, step: Step, wording: str, later: str, day: date) -> Hit:
    details = {"later": _title(later), "day": day, "path": one.path.title if one.path else ""}
    level: Level | None = "W" if step.level == "W" else None
    return Hit("disposition", one.row, step.columns[0], wording, level, details)


def _approval(one: Disposition) -> Iterator[Hit]:
    row, path = one.row, one.path
    if path is None or path.approval == "none" or row["approved_on"] is None:
        return
    details = {"day": row["approved_on"]}
    if row["approved_by"] is None:
        yield Hit("disposition", row, "approved_by", "authority", details=details)
    else:
        yield from _too_low(one)
    if row["approval_number"] is None:
        yield Hit("disposition", row, "approval_number", "number", "W", details)


def _too_low(one: Disposition) -> Iterator[Hit]:
    """An organisation known to be too low. Where 县级预审 is blank as well, the missing step says it already."""
    standing = authority(one.row.text("approved_by"))
    county = one.path is not None and one.path.approval == "county"
    if standing == "below_committee":
        wanted = "县级组织部（专业工委、高校党委）" if county else "基层党委"
        details = {"wanted": wanted, "advice": f"填{wanted}；还没有审批的，清空审批日期"}
        yield Hit("disposition", one.row, "approved_by", "below", details=details)
    elif county and standing == "committee" and not _county_is_missing(one):
        wanted = "县级组织部（专业工委、高校党委）"
        advice = "基层党委只提出意见，填县级的审批机关和批复日期"
        level: Level | None = None if one.path is not None and one.path.code == "X2" else "W"
        yield Hit("disposition", one.row, "approved_by", "below", level, {"wanted": wanted, "advice": advice})


def _county_is_missing(one: Disposition) -> bool:
    return one.path is not None and one.path.code == "X2" and one.row["county_preview_on"] is None


@rule(
    "R-DISP-COUNTY-DIRECT",
    level="E",
    title="县级直接调查处理的手续",
    registers=("disposition",),
    wordings={
        "number": ("备注写明由县级直接处理，审批文号没有填", "请补填县级组织人事部门作出决定的文号"),
        "date": ("备注写明由县级直接处理，“{title}”没有填", "请补填县级组织人事部门作出决定的日期"),
        "served": (
            "县级直接处理的决定已生效，送达日期还空着",
            "决定仍要送达本人：请补填送达日期和送达情况，联系不上的由见证人签字",
        ),
    },
    source="集中排查方案：特殊情况县级组织人事部门可直接调查处理",
    grade="S",
)
def county_direct(case: Case) -> Iterator[Hit]:
    """The branch steps may be blank; document and day may not. A decision in force that was not served is W."""
    for one in dispositions(case):
        if not one.is_county_direct or one.is_historical:
            continue
        if one.row["approval_number"] is None:
            yield Hit("disposition", one.row, "approval_number", "number")
        if one.row["approved_on"] is None:
            yield Hit("disposition", one.row, "approved_on", "date")
        if one.row["effective_on"] is not None and one.row["served_on"] is None:
            yield Hit("disposition", one.row, "served_on", "served", "W")


def _title(column: str) -> str:
    return registers()["disposition"].column(column).title
