"""Runs every rule over a workbook and renders what they find as findings, in the clerk's reading order."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from validators.collecting import collecting_paused
from validators.registers import Column, columns_of, registers
from validators.rule import Case, Hit, Rule
from validators.rules import load_rules
from validators.table import LEVELS, Book, Cleaning, Finding, Remark, Row, Table, column_number
from validators.wording import fill, shown

SIGNOFF_RULES = frozenset({"R-SEARCH-EXHAUST", "R-LOST-CLEAR3", "R-CHECK5", "R-CONTACT-PERSON", "R-INSP-SELF"})
"""Conditions of signing off: doubts while one works, errors when the workbook is handed in (decisions §5)."""

UNUSABLE = frozenset({"R-FLD-REQUIRED", "R-FLD-IDTEXT", "R-FLD-ID18"})
"""A cell that is blank or names nobody: whatever else would be said of it follows from that, so nothing else is."""

UNREAD = "R-READ-CELL"
"""A cell with content nobody can read is not blank; only this is said of it."""

CLEANED = "R-READ-CLEAN"
_READER_SOURCE = "本工具的工作簿约定：列按标题识别，取值在读入时统一清理"


def check(case: Case, *, signoff: bool = False) -> list[Finding]:
    """Everything wrong, doubtful or worth knowing about a workbook; with ``signoff`` its conditions are errors.

    A rule that fails to run is itself a finding and never stops the others.
    """
    findings = [_remark(remark) for remark in case.book.remarks]
    findings += [_cleaning(cleaning) for cleaning in case.book.cleanings]
    with collecting_paused():
        for rule in load_rules().values():
            findings += _run(rule, case)
    if signoff:
        findings = [_for_signoff(finding) for finding in findings]
    unusable = {(found.sheet, found.cell) for found in findings if found.rule in UNUSABLE and found.level == "E"}
    unread = {(found.sheet, found.cell) for found in findings if found.rule == UNREAD}
    kept = [
        found
        for found in findings
        if (found.rule == UNREAD or (found.sheet, found.cell) not in unread)
        and (found.rule in (*UNUSABLE, UNREAD) or (found.sheet, found.cell) not in unusable)
    ]
    return sorted(kept, key=_reading_place)


def _run(rule: Rule, case: Case) -> list[Finding]:
    try:
        return [_finding(rule, hit, case.book) for hit in rule.find(case)]
    except Exception as fault:
        return [_crash(rule, fault, case.book)]


def _finding(rule: Rule, hit: Hit, book: Book) -> Finding:
    table = book.tables[hit.register]
    row, letter = table.place(hit.row, hit.column)
    column = _column(hit.register, hit.column)
    wording = rule.wordings[hit.wording]
    value = shown(hit.row[hit.column]) if hit.row is not None else ""
    title = column.title if column else ""
    details = {"value": value, "title": title, **hit.details}
    return Finding(
        rule=rule.id,
        level=hit.level or rule.level,
        sheet=table.sheet,
        row=row,
        column=letter,
        title=title,
        value=value,
        message=fill(wording.message, details),
        fix=fill(wording.fix, details),
        source=rule.source,
        register=hit.register,
        identity_number=_identity(hit.row),
        name=_text(hit.row, "name"),
        file=hit.row.origin.file if hit.row is not None else book.file,
    )


def _crash(rule: Rule, fault: Exception, book: Book) -> Finding:
    """The tool's own fault, told without any value of the workbook (its text might hold a person's data)."""
    table = _first_table(rule, book)
    row, letter = table.place(None, "")
    return Finding(
        rule=rule.id,
        level="E",
        sheet=table.sheet,
        row=row,
        column=letter,
        title="",
        value="",
        message=f"规则 {rule.id}（{rule.title}）未能运行（{type(fault).__name__}），这一项没有核查，其余规则不受影响",
        fix="这是工具的问题，不是您填错了：请把规则编号和本句话告诉工具维护人员",
        source=rule.source,
        file=book.file,
    )


def _first_table(rule: Rule, book: Book) -> Table:
    for key in (*rule.registers, *book.tables):
        if key in book.tables:
            return book.tables[key]
    return Table("cover", "封面", {}, (), vertical=True)


def _remark(remark: Remark) -> Finding:
    return Finding(
        rule=remark.rule,
        level=remark.level,
        sheet=remark.sheet,
        row=remark.row,
        column=remark.column,
        title=remark.title,
        value="",
        message=remark.message,
        fix=remark.fix,
        source=_READER_SOURCE,
        register=_registers_by_sheet().get(remark.sheet, ""),
    )


def _cleaning(cleaning: Cleaning) -> Finding:
    register = _registers_by_sheet().get(cleaning.sheet, "")
    is_date = any(
        column.title == cleaning.title and column.cell == "date"
        for column in (registers()[register].columns if register else ())
    )
    return Finding(
        rule="R-FLD-DATES" if is_date else CLEANED,
        level="I",
        sheet=cleaning.sheet,
        row=cleaning.row,
        column=cleaning.column,
        title=cleaning.title,
        value=cleaning.before,
        message=f"“{cleaning.title}”填的是“{cleaning.before}”，已按“{cleaning.after}”读取",
        fix="不改也可以；如要写回工作表，请用“整理”（或命令行 check --fix）",
        source=_READER_SOURCE,
        register=register,
    )


def _for_signoff(finding: Finding) -> Finding:
    if finding.rule in SIGNOFF_RULES and finding.level == "W":
        return replace(finding, level="E")
    return finding


def _reading_place(finding: Finding) -> tuple[int, str, int, int, int, str, str]:
    """As one reads: sheets as their tabs stand, downwards, then to the right, the worst first."""
    place = list(_registers_by_sheet()).index(finding.sheet) if finding.sheet in _registers_by_sheet() else 99
    column, level = column_number(finding.column), LEVELS.index(finding.level)
    return place, finding.sheet, finding.row, column, level, finding.rule, finding.message


@cache
def _registers_by_sheet() -> Mapping[str, str]:
    return {register.title: key for key, register in registers().items()}


@cache
def _column(register: str, key: str) -> Column | None:
    return next((column for column in columns_of(registers()[register], "committee") if column.key == key), None)


def _identity(row: Row | None) -> str:
    """The number as typed; empty when stored as a number, which is no number anybody could find again."""
    value = row["identity_number"] if row is not None else None
    return value if isinstance(value, str) else ""


def _text(row: Row | None, key: str) -> str:
    return row.text(key) if row is not None else ""
