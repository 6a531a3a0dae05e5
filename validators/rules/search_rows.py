"""R-SEARCH-LOG, METHOD, RESULT: one row of 查找记录 – when, how, what came of it, and what it may not hold."""

from collections.abc import Iterator

from validators.case_facts import key_of, people_of, roster
from validators.codes import code_lists
from validators.happened import day_of, latest_day
from validators.people import PersonKey
from validators.rule import Case, Hit, rule
from validators.searches import family
from validators.table import Row
from validators.words import (
    ExitWay,
    LetterDirection,
    LostSituation,
    MembershipStatus,
    Outcome,
    RelationBelonging,
    SearchMethod,
    SearchOutcome,
    SearchResult,
    Settlement,
    StubStatus,
)

PUBLISHING = ("公告", "寻人启事", "寻人通知", "登报", "张贴", "公布", "公开发布", "公众号")
"""Words that tell a search on the net was a public one: names are not published (排查数据不公开)."""


def rows_with_file(case: Case) -> Iterator[tuple[Row, Row]]:
    """Every search row whose number and person are those of a file, with the file's row. Others are R-X-FILE."""
    files: dict[tuple[PersonKey | None, str], Row] = {
        (key_of(case, row), row.text("file_number")): row for row in case.book["lost_file"]
    }
    for row in case.book["search_log"]:
        file = files.get((key_of(case, row), row.text("file_number")))
        if file is not None:
            yield row, file


@rule(
    "R-SEARCH-LOG",
    level="W",
    title="查找日期与档案相符",
    registers=("search_log",),
    wordings={
        "early": (
            "查找日期 {value} 比发现失联日期 {discovered} 早 {days} 天以上",
            "请核对年份；以前的查找确属这一次的，请改发现失联日期",
        ),
        "after": (
            "档案已于 {found_on} 取得联系，这里还有 {value} 的查找",
            "请核对日期；再次失联的，另建新档，这一行改用新档案编号；平时回访请记入“联系记录”",
        ),
    },
    source="查找档案登记要求：时间、方式、经过、责任人；提前天数为本工具默认值",
    grade="S",
)
def log(case: Case) -> Iterator[Hit]:
    """Long before the discovery, or after the member was found. Blank cells and future days are told elsewhere."""
    days = case.policy.whole("search.backdate_days")
    for row, file in rows_with_file(case):
        searched = latest_day(row["searched_on"])
        discovered, found_on = file.day("discovered_on"), day_of(file, "found_on")
        if searched is None:
            continue
        if discovered is not None and (discovered - searched).days > days:
            yield Hit("search_log", row, "searched_on", "early", details={"discovered": discovered, "days": days})
        elif file["search_outcome"] == SearchOutcome.FOUND and found_on is not None and searched > found_on:
            yield Hit("search_log", row, "searched_on", "after", details={"found_on": found_on})


@rule(
    "R-SEARCH-METHOD",
    level="E",
    title="查找方式与结果、批准相符",
    registers=("search_log",),
    wordings={
        "department": (
            "向部门查询的结果只能填有线索、无线索、未答复、不予提供，这里填的是“{value}”",
            "请改填其中一项；按线索联系上本人的，另记一行“直接联系”",
        ),
        "notice": (
            "用了“公告寻找”；排查工作不公开宣传，不在网上或公共场所公布党员姓名",
            "请停止公告并撤回已发布的内容；经批准确需公告的，先在“政策参数”的“允许公告寻找”填“是”，并填批准人",
        ),
        "notice_allowed": ("用了“公告寻找”，会公开党员姓名", "请核对批准手续，在问题清单“说明”一栏写明批准文件"),
        "approver": ("用了“公告寻找”，没有填批准人", "请补填批准人；没有批准的，请停止公告"),
        "network": (
            "网络查找的记录里有“{word}”，可能公布了党员姓名",
            "网上只作私下联系；已经公布的请撤回。没有公布的，请改写经过",
        ),
    },
    source="排查方案：不公开宣传报道，数据不向社会公布，不在网络发布；部门查询只记结果",
    grade="S",
)
def method(case: Case) -> Iterator[Hit]:
    """A department's answer is one of four words; public notices are not used, unless allowed and approved."""
    departmental = code_lists()["search_result"].with_attribute("department")
    allowed = case.policy.flag("search.allow_public_notice")
    for row in case.book["search_log"]:
        result, how = row["result"], row["method"]
        if how == SearchMethod.DEPARTMENT and _is_result(result) and result not in departmental:
            yield Hit("search_log", row, "result", "department")
        elif how == SearchMethod.PUBLIC_NOTICE:
            yield _notice(row, allowed)
        elif how == SearchMethod.NETWORK and not allowed:
            word = next((word for word in PUBLISHING if word in row.text("account") + row.text("target")), None)
            if word is not None:
                yield Hit("search_log", row, "method", "network", "W", {"word": word})


def _notice(row: Row, allowed: bool) -> Hit:
    if not allowed:
        return Hit("search_log", row, "method", "notice")
    if row["approver"] is None:
        return Hit("search_log", row, "approver", "approver")
    return Hit("search_log", row, "method", "notice_allowed", "W")


def _is_result(value: object) -> bool:
    return value in code_lists()["search_result"].by_word


@rule(
    "R-SEARCH-RESULT",
    level="W",
    title="查找结果要有下文",
    registers=("search_log",),
    wordings={
        "family": (
            "“{value}”是向部门查询的结果，查找方式却是“{method}”",
            "请核对：向部门查询的，查找方式改为“部门查找”；不是的，改填本项查找的结果",
        ),
        "reached": (
            "这次查找已与本人取得联系，失联档案第 {row} 行的查找结果却是“{outcome}”",
            "请到失联档案把查找结果改为“取得联系”，并填日期和方式",
        ),
        "dead": (
            "查找结果是“确认去世”，党员名册还没有登记去世",
            "请取得证明后，名册关系归属改为“已离开”、离开情形填“去世”；尚未核实的，改为“有线索”",
        ),
        "abroad": (
            "查找结果是“确认出国（境）”，“出国境”里没有这名党员的记录",
            "请在“出国境”补登一行；尚未核实的，改为“有线索”",
        ),
        "settled": (
            "查找结果是“确认已在他处落实组织关系”，“介绍信”里没有回执或已落实的记录",
            "请向接收单位索取证明并登记落实情况；尚未核实的，改为“有线索”",
        ),
    },
    source="查找档案登记要求：查找结果",
    grade="S",
)
def result(case: Case) -> Iterator[Hit]:
    """A department's answer got otherwise (E), and results nobody followed up (W)."""
    departmental_only = {SearchResult.NO_LEAD, SearchResult.NO_ANSWER, SearchResult.REFUSED}
    for row in case.book["search_log"]:
        if row["result"] in departmental_only and family(row) not in ("C", ""):
            yield Hit("search_log", row, "result", "family", "E", {"method": row["method"]})
    for row, file in rows_with_file(case):
        if row["result"] == SearchResult.REACHED and family(row) != "C":
            outcome = file["search_outcome"]
            if outcome in (SearchOutcome.SEARCHING, SearchOutcome.NOT_FOUND):
                details = {"row": file.origin.row, "outcome": outcome}
                yield Hit("search_log", row, "result", "reached", details=details)
        wording = _open_end(case, row, file)
        if wording and family(row) != "C":
            yield Hit("search_log", row, "result", wording)


def _open_end(case: Case, row: Row, file: Row) -> str:
    """Which result of a row has no sequel in the other sheets; empty when all is in order."""
    key = key_of(case, row)
    member, person = roster(case).get(key) if key else None, people_of(case).get(key) if key else None
    if member is None or person is None:
        return ""
    gone = member["relation_belonging"] == RelationBelonging.LEFT
    if row["result"] == SearchResult.CONFIRMED_DEAD:
        removed = any(each["proposal"] == Outcome.DIED for each in person.of("disposition"))
        return "" if removed or member["exit_way"] == ExitWay.DIED else "dead"
    if gone or member["membership_status"] == MembershipStatus.STOPPED:
        return ""
    if row["result"] == SearchResult.CONFIRMED_ABROAD:
        return "" if person.of("abroad") or file["situation"] == LostSituation.ABROAD else "abroad"
    if row["result"] == SearchResult.SETTLED_ELSEWHERE:
        return "" if any(_is_settled(letter) for letter in person.of("transfer_letter")) else "settled"
    return ""


def _is_settled(letter: Row) -> bool:
    settled = (Settlement.SETTLED, Settlement.SETTLED_PROOF_PENDING)
    return letter["direction"] != LetterDirection.IN and (
        letter["receipt_on"] is not None
        or letter["settlement"] in settled
        or letter["stub_status"] in (StubStatus.RECEIPTED, StubStatus.CONFIRMED)
    )
