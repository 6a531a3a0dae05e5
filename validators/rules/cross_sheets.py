"""R-X-PERSON, NAME, FILE, FOUND, ABROAD: rows of different sheets that must agree about who and what."""

from collections.abc import Iterator, Mapping

from validators.case_facts import ABOUT_MEMBERS, key_of, roster, rows_about_members
from validators.happened import latest_day
from validators.people import PersonKey, organisation_of
from validators.rule import Case, Hit, rule
from validators.rules.field_person import earliest_day, sound_identity
from validators.table import Row
from validators.words import LetterDirection, SearchOutcome

ONE_NUMBER = "本工具的工作簿约定：公民身份号码是一个人在各表的唯一标识"


@rule(
    "R-X-PERSON",
    level="E",
    title="各表人员都在党员名册里",
    registers=ABOUT_MEMBERS,
    wordings={
        "": (
            "党员名册里没有这个身份证号",
            "请核对号码；确是本支部党员的，先补录党员名册；是外支部党员的，登记到“流入党员”",
        ),
        "same_name": (
            "党员名册里没有这个身份证号，但有同名的人（第 {row} 行），号码不同",
            "请核对身份证，把写错的号码改成一致",
        ),
    },
    source=ONE_NUMBER,
    grade="U",
)
def person(case: Case) -> Iterator[Hit]:
    """A sound number nobody on the roster has. Members of other branches stand in 流入党员 only.

    Silent for someone whose number on the roster is itself faulty: that cell has its own finding.
    """
    names = {(organisation_of(case.book, row), row["name"]): row for row in case.book["member_roster"]}
    for register, row, key in rows_about_members(case):
        if key in roster(case) or sound_identity(row, case.as_of) is None or _is_arriving(register, row):
            continue
        same = names.get((key.organisation, row["name"]))
        if same is not None and sound_identity(same, case.as_of) is None:
            continue
        if same is None:
            yield Hit(register, row, "identity_number")
        else:
            yield Hit(register, row, "identity_number", "same_name", details={"row": same.origin.row})


def _is_arriving(register: str, row: Row) -> bool:
    """A letter brought from elsewhere: its bearer enters the roster only when the transfer is complete."""
    return register == "transfer_letter" and row["direction"] == LetterDirection.IN and row["receipt_on"] is None


@rule(
    "R-X-NAME",
    level="E",
    title="同一身份证号，各表姓名一致",
    registers=ABOUT_MEMBERS,
    wordings={
        "": (
            "这里的姓名是“{value}”，党员名册第 {row} 行同一身份证号的姓名是“{name}”",
            "请核对身份证，改正写错的姓名或号码",
        )
    },
    source=ONE_NUMBER,
    grade="U",
)
def name(case: Case) -> Iterator[Hit]:
    """The roster's name counts."""
    for register, row, key in rows_about_members(case):
        member = roster(case).get(key)
        if member is None or row["name"] is None or member["name"] is None or row["name"] == member["name"]:
            continue
        details = {"row": member.origin.row, "name": member["name"]}
        yield Hit(register, row, "name", details=details)


@rule(
    "R-X-FILE",
    level="E",
    title="查找记录与失联档案对得上",
    registers=("search_log",),
    wordings={
        "unknown": (
            "“失联档案”里没有档案编号“{value}”",
            "请核对编号；还没有建档的，先在“失联档案”建档（一人一档）再记查找",
        ),
        "other": (
            "档案“{value}”是另一名党员的（“失联档案”第 {row} 行）",
            "请核对档案编号和身份证号，改正写错的一处",
        ),
    },
    source="查找工作一人一档",
    grade="S",
)
def file(case: Case) -> Iterator[Hit]:
    """Number known, and of the same person. Blank numbers are R-FLD-REQUIRED."""
    files = _files(case)
    for row in case.book["search_log"]:
        number, key = row["file_number"], key_of(case, row)
        if number is None:
            continue
        found = files.get((organisation_of(case.book, row), str(number)))
        if found is None:
            yield Hit("search_log", row, "file_number", "unknown")
        elif key is not None and key not in found:
            first = next(iter(found.values()))
            yield Hit("search_log", row, "file_number", "other", details={"row": first.origin.row})


def _files(case: Case) -> Mapping[tuple[str, str], Mapping[PersonKey | None, Row]]:
    found: dict[tuple[str, str], dict[PersonKey | None, Row]] = {}
    for row in case.book["lost_file"]:
        place = (organisation_of(case.book, row), row.text("file_number"))
        found.setdefault(place, {})[key_of(case, row)] = row
    return found


@rule(
    "R-X-FOUND",
    level="E",
    title="取得联系的日期和方式",
    registers=("lost_file",),
    wordings={
        "": (
            "查找结果是“取得联系”，但没有填“{title}”",
            "请补填“{title}”；联系日期和方式以与本人通话、见面或视频的记录为准",
        ),
        "searching": (
            "填了取得联系日期 {found_on}，查找结果却是“{value}”",
            "请核对：已联系上本人的，查找结果改为“取得联系”；没有联系上的，清空取得联系日期",
        ),
    },
    source="查找档案登记要求：取得联系的时间、方式",
    grade="S",
)
def contact_made(case: Case) -> Iterator[Hit]:
    """查找结果 = 取得联系 needs both; a day of contact needs that outcome."""
    for row in case.book["lost_file"]:
        if row["search_outcome"] == SearchOutcome.FOUND:
            for key in ("found_on", "found_way"):
                if row[key] is None:
                    yield Hit("lost_file", row, key)
        elif row["found_on"] is not None and row["search_outcome"] is not None:
            yield Hit("lost_file", row, "search_outcome", "searching", details={"found_on": row["found_on"]})


@rule(
    "R-X-ABROAD",
    level="E",
    title="出境和返回日期的先后",
    registers=("abroad",),
    wordings={
        "": (
            "返回日期 {value} 早于出境日期 {departed}",
            "请核对护照或出入境记录（由本人提供），改正写错的一个",
        )
    },
    source="事项发生的先后",
    grade="U",
)
def abroad(case: Case) -> Iterator[Hit]:
    """出境日期 ≤ 返回日期, the same day allowed."""
    for row in case.book["abroad"]:
        departed, returned = earliest_day(row["departed_on"]), latest_day(row["returned_on"])
        if departed is not None and returned is not None and returned < departed:
            yield Hit("abroad", row, "returned_on", details={"departed": row["departed_on"]})
