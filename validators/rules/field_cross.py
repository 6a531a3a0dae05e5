"""R-FLD-CROSS: dates of one row that must follow each other, where no more specific rule speaks."""

from collections.abc import Iterator
from dataclasses import dataclass

from validators.dates import edate
from validators.happened import latest_day
from validators.registers import registers
from validators.rule import Case, Hit, rule
from validators.rules.field_person import earliest_day
from validators.table import Row
from validators.words import Outcome


@dataclass(frozen=True, slots=True)
class Pair:
    """Two date columns of a register: ``earlier`` may not lie after ``later`` (equality is in order)."""

    register: str
    earlier: str
    later: str


PAIRS = (
    Pair("member_roster", "joined_on", "last_life_on"),
    Pair("member_roster", "joined_on", "last_dues_on"),
    Pair("member_roster", "joined_on", "lost_since"),
    Pair("member_roster", "joined_on", "probation_extended_to"),
    Pair("member_roster", "joined_on", "left_on"),
    Pair("member_roster", "entered_on", "left_on"),
    Pair("outflow", "left_on", "returned_on"),
    Pair("outflow", "left_on", "expected_return_on"),
    Pair("outflow", "returned_on", "return_checked_on"),
    Pair("inflow", "arrived_on", "enrolled_on"),
    Pair("inflow", "arrived_on", "departed_on"),
    Pair("inflow", "enrolled_on", "departed_on"),
    Pair("lost_file", "discovered_on", "search_deadline"),
    Pair("lost_file", "discovered_on", "reported_on"),
    Pair("lost_file", "discovered_on", "verified_on"),
    Pair("lost_file", "discovered_on", "found_on"),
    Pair("lost_file", "discovered_on", "search_ended_on"),
    Pair("transfer_letter", "issued_on", "receipt_on"),
    Pair("abroad", "departed_on", "expected_return_on"),
    Pair("abroad", "returned_on", "resume_applied_on"),
    Pair("agreement", "signed_on", "expires_on"),
    Pair("agreement", "signed_on", "last_consulted_on"),
    Pair("agreement", "last_consulted_on", "next_consultation_on"),
)


@rule(
    "R-FLD-CROSS",
    level="E",
    title="同一行日期的先后",
    registers=(*dict.fromkeys(pair.register for pair in PAIRS), "disposition"),
    wordings={
        "": (
            "“{title}”{value} 早于“{earlier}”{start}",
            "请核对这两个日期，改正写错的一个（常见的是年份写错）",
        ),
        "certificate": (
            "活动证 {issued} 才发放，“活动证年审年度”里却有 {year}",
            "请核对“发证日期”和“活动证年审年度”，改正写错的一处",
        ),
        "correction": (
            "“限期改正止”{value} 与审批日期 {start} 起 {months} 个月的 {end} 不一致",
            "限期改正从审批之日起算：请改成 {end}，或改正月数",
        ),
    },
    source="事项发生的先后；限期改正期限自审批之日起算（本工具默认值）",
    grade="U",
)
def cross(case: Case) -> Iterator[Hit]:
    """Day-unknown dates count only when even their latest reading breaks the order."""
    for pair in PAIRS:
        title = registers()[pair.register].column(pair.earlier).title
        for row in case.book[pair.register]:
            start, end = earliest_day(row[pair.earlier]), latest_day(row[pair.later])
            if start is not None and end is not None and end < start:
                details = {"earlier": title, "start": row[pair.earlier]}
                yield Hit(pair.register, row, pair.later, details=details)
    for row in case.book["outflow"]:
        yield from _certificate(row)
    for row in case.book["disposition"]:
        yield from _correction(row)


def _certificate(row: Row) -> Iterator[Hit]:
    issued = earliest_day(row["certificate_issued_on"])
    years = [part for part in row.text("certificate_review_years").replace("、", ",").split(",") if part.isdigit()]
    if issued is not None and years and int(min(years)) < issued.year:
        details = {"issued": row["certificate_issued_on"], "year": min(years)}
        yield Hit("outflow", row, "certificate_review_years", "certificate", details=details)


def _correction(row: Row) -> Iterator[Hit]:
    start, months, end = row.day("approved_on"), row.whole("correction_months"), row.day("correction_ends_on")
    if row["proposal"] != Outcome.CORRECT_IN_TIME or start is None or months is None or end is None:
        return
    if end != edate(start, months):
        details = {"start": start, "months": months, "end": edate(start, months)}
        yield Hit("disposition", row, "correction_ends_on", "correction", details=details)
