"""R-ANNUAL-MEMBER: the yearly review (年审) of every member."""

from collections.abc import Iterator, Sequence
from datetime import date

from validators.case_facts import facts, key_of
from validators.dates import month_end
from validators.happened import happened, latest_day
from validators.member_state import IN_CAMPAIGN
from validators.people import PersonKey, organisation_of
from validators.rule import Case, Hit, rule
from validators.rules.field_numbers import others
from validators.table import Row
from validators.words import ReviewConclusion, ReviewValue

ITEMS = ("basic_facts", "belonging", "job_change", "conduct", "participation", "dues", "contribution")
"""基本情况、隶属关系、工作变动、现实表现、参与组织生活、缴纳党费、发挥作用."""


@rule(
    "R-ANNUAL-MEMBER",
    level="W",
    title="每名党员每年年审一次，七项都核",
    registers=("annual_review", "member_roster"),
    wordings={
        "": ("“{title}”还是“未核”", "请核对后改填“已核”或“有变化”；七项都核完才能下结论"),
        "changed": (
            "{count} 项“有变化”，年审结论是“通过”，备注没有写变化",
            "请在备注写明变化并同步改党员名册；需要补材料的，结论改为“补正”",
        ),
        "year": ("审核日期 {value} 与年度 {year} 对不上", "请核对年度和审核日期，改正写错的一处"),
        "twice": ("这名党员 {year} 年度已有年审记录（{others}）", "一人一年一行：请删去重复的一行"),
        "no_row": (
            "{year} 年年审截止 {due}，没有这名党员的年审记录",
            "请补做年审，登记到“年审”表",
        ),
        "none": (
            "{year} 年年审截止 {due}，今年一行年审记录都没有（{count} 名党员应审）",
            "请组织年审：逐人核对七项，形成年度党员花名册，签字盖章报上级党委备案",
        ),
    },
    source="失联党员长效机制：年审制度，每年年初逐人审核；截止日为本工具默认值",
    grade="S",
)
def annual_member(case: Case) -> Iterator[Hit]:
    """Items left open, a year that does not fit, doubles (E); members without a row once ``annual.due`` has passed.

    Only branches that keep the sheet are asked. A review counts for the year it names or was made in.
    """
    for row in case.book["annual_review"]:
        yield from _row(row)
    yield from _doubles(case)
    yield from _missing(case)


def _row(row: Row) -> Iterator[Hit]:
    unchecked = [item for item in ITEMS if row[item] == ReviewValue.UNCHECKED]
    for item in unchecked:
        yield Hit("annual_review", row, item)
    changed = [item for item in ITEMS if row[item] == ReviewValue.CHANGED]
    if changed and row["conclusion"] == ReviewConclusion.PASSED and row["remark"] is None:
        yield Hit("annual_review", row, "conclusion", "changed", details={"count": len(changed)})
    day, year = latest_day(row["reviewed_on"]), row.text("year")[:4]
    if day is not None and year.isdigit() and day.year not in (int(year), int(year) + 1):
        yield Hit("annual_review", row, "reviewed_on", "year", details={"year": year})


def _doubles(case: Case) -> Iterator[Hit]:
    groups: dict[tuple[PersonKey, str], list[Row]] = {}
    for row in case.book["annual_review"]:
        key = key_of(case, row)
        if key is not None and row["year"] is not None:
            groups.setdefault((key, row.text("year")), []).append(row)
    for (_, year), rows in groups.items():
        for row in rows[1:]:
            details = {"year": year, "others": others(row, rows)}
            yield Hit("annual_review", row, "identity_number", "twice", "E", details)


def due_on(case: Case) -> date:
    """The last day on time of this year's review (``annual.due``)."""
    month, day = (int(part) for part in case.policy.word("annual.due").split("-"))
    return date(case.as_of.year, month, min(day, month_end(case.as_of.year, month).day))


def _missing(case: Case) -> Iterator[Hit]:
    due, year = due_on(case), case.as_of.year
    if case.as_of <= due:
        return
    rows = case.book["annual_review"]
    keeping = {organisation_of(case.book, row) for row in rows}
    this_year = [row for row in rows if _is_of(row, year)]
    done, begun = {key_of(case, row) for row in this_year}, {organisation_of(case.book, row) for row in this_year}
    waiting: dict[str, list[Row]] = {}
    for one in facts(case):
        entered = happened(one.member, "entered_on", case.as_of)
        if one.state in IN_CAMPAIGN and one.key not in done and (entered is None or entered <= due):
            waiting.setdefault(one.key.organisation, []).append(one.member)
    for organisation, members in waiting.items():
        if organisation in keeping:
            yield from _told(members, organisation in begun, {"year": year, "due": due, "count": len(members)})


def _told(members: Sequence[Row], has_begun: bool, details: dict[str, object]) -> Iterator[Hit]:
    if not has_begun:
        yield Hit("annual_review", None, "year", "none", details=details)
        return
    for member in members:
        yield Hit("member_roster", member, "identity_number", "no_row", details=details)


def _is_of(row: Row, year: int) -> bool:
    day = latest_day(row["reviewed_on"])
    return row.text("year")[:4] == str(year) or (day is not None and day.year == year)
