"""R-X-COVER: what the cover says against itself and the sheets."""

from collections.abc import Iterator
from datetime import date

from validators.dates import Month, Quarter
from validators.formats import faults
from validators.rule import Case, Hit, rule
from validators.words import OrganisationLevel


def period_span(period: str) -> tuple[date, date]:
    """First and last day of a 填报期 (``2026``, ``2026Q4`` or ``2026-11``). Raises ValueError on anything else."""
    year, _, quarter = period.partition("Q")
    if quarter:
        span = Quarter.of(date(int(year), 3 * int(quarter), 1))
        return span.first, span.last
    if "-" in period:
        month = Month.parse(period)
        return month.first, month.last
    return date(int(period), 1, 1), date(int(period), 12, 31)


@rule(
    "R-X-COVER",
    level="E",
    title="封面与内容一致",
    registers=("cover",),
    wordings={
        "period": ("填报期“{value}”写法不对", "请填年度、季度或月份，例如 2026、2026Q4 或 2026-11"),
        "as_of": (
            "基准日 {value} 不在填报期 {period} 之内",
            "请改基准日或填报期；基准日一般是这一期的最后一天或填报当天",
        ),
        "level": (
            "这是{kind}，党组织层级却是“{value}”",
            "请改党组织层级；支部台账由党支部（党总支）填，党委汇总由党委以上填",
        ),
        "code": (
            "党组织代码 {value} 与“党组织名录”里同名党组织的代码 {other} 不同",
            "请核对后改成一致",
        ),
        "own_superior": ("上级党组织代码与本党组织代码相同", "请改填上级党组织的代码"),
        "files": (
            "党组织代码 {value} 与 {count} 份失联档案编号里的代码都不同（例如 {example}）",
            "请核对是不是用了别的支部的台账，或党组织代码写错",
        ),
    },
    source="本工具的工作簿约定：封面的代码、层级、填报期、基准日与各表一致",
    grade="U",
)
def cover(case: Case) -> Iterator[Hit]:
    """Code, level, period and as-of date of the cover against each other and the sheets."""
    for finder in (_period, _level, _codes):
        yield from finder(case)


def _period(case: Case) -> Iterator[Hit]:
    front = case.book.cover
    period, as_of = front.text("period"), front.day("as_of")
    wrong = faults("period", front["period"], case.as_of)
    if wrong:
        yield Hit("cover", front, "period", "period")
    elif period and as_of is not None:
        first, last = period_span(period)
        if not first <= as_of <= last:
            yield Hit("cover", front, "as_of", "as_of", details={"period": period})


def _level(case: Case) -> Iterator[Hit]:
    level = case.book.cover["organisation_level"]
    if case.book.kind == "branch":
        unfit, kind = level in (OrganisationLevel.COMMITTEE, OrganisationLevel.COUNTY_DEPARTMENT), "支部台账"
    else:
        unfit, kind = level == OrganisationLevel.BRANCH, "党委汇总"
    if unfit:
        yield Hit("cover", case.book.cover, "organisation_level", "level", details={"kind": kind})


def _codes(case: Case) -> Iterator[Hit]:
    front = case.book.cover
    code = front.text("organisation_code")
    if code and front.text("superior_code") == code:
        yield Hit("cover", front, "superior_code", "own_superior")
    if case.book.kind == "branch":
        numbers = [row.text("file_number") for row in case.book["lost_file"] if row["file_number"] is not None]
        if code and numbers and not any(number.startswith(f"{code}-") for number in numbers):
            details = {"count": len(numbers), "example": numbers[0]}
            yield Hit("cover", front, "organisation_code", "files", details=details)
        return
    for row in case.book["organisation_directory"]:
        other = row.text("organisation_code")
        if row["organisation_name"] == front["organisation_name"] and other and code and other != code:
            yield Hit("cover", front, "organisation_code", "code", details={"other": other})
