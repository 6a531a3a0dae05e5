"""Draws registers as text tables for the tests: ``draw(outflow="姓名 | 外出日期 \\n 张三 | 2026-03-01")`` -> Book.

* The first line names columns (title, alias or key); ``|`` parts the cells; blank lines are left out.
* A drawn empty cell is blank. A cell ``*`` and every required column that is not drawn get a believable default,
  so a test draws only what matters. ``#1.5`` is a number cell; ``2026-03-01`` a date in date columns; ``甲;乙`` a
  multiple choice. Everything else is cleaned as the reader cleans it.
* 张三 has the same identity number (a made-up one, county 379901) in every sheet; his birth date and sex agree with it.
* Unless 党员名册 is drawn, everyone drawn elsewhere (but 流入党员) stands in it with default values.
* Rows stand from sheet row 4 on, in the order and the columns of the template.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from validators.registers import Column, Register, columns_of, registers
from validators.rule import Case
from validators.table import Book, BookKind, Finding, MonthOnly, Origin, Row, Table, Value

BRANCH_CODE = "037990100001"
AS_OF = date(2026, 11, 24)
COUNTY = "379901"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ALSO_FILLED = ("confirmed_on", "source_organisation", "source_file", "source_row")

COVER: Mapping[str, Value] = {
    "organisation_name": "示例支部",
    "organisation_code": BRANCH_CODE,
    "organisation_level": "党支部",
    "organisation_category": "街道社区",
    "period": "2026Q4",
    "as_of": AS_OF,
    "preparer": "填报员",
    "policy_profile": "current_2024",
}

DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "member_roster": {
        "ethnicity": "汉族",
        "education": "大学本科",
        "member_type": "正式党员",
        "joined_on": "2015-07-01",
        "confirmed_on": "2016-07-01",
        "home_address": "示例市示例区一号",
        "membership_status": "正常",
        "relation_belonging": "在册",
        "is_lost": "否",
    },
    "outflow": {
        "left_on": "2026-02-10",
        "destination": "江苏省苏州市吴中区",
        "flow_range": "跨省流动",
        "destination_unit_type": "私营企业",
        "reason": "务工",
        "occupation": "农牧渔民",
        "contact_person": "联系员",
        "management": "由本支部联系管理",
    },
    "inflow": {
        "member_type": "正式党员",
        "home_branch": "外地支部",
        "arrived_on": "2026-02-10",
        "origin_place": "江苏省苏州市吴中区",
        "flow_range": "跨省流动",
        "occupation": "农牧渔民",
        "destination_unit_type": "私营企业",
    },
    "contact_log": {
        "contacted_on": "2026-10-15",
        "initiator": "支部",
        "channel": "电话",
        "answered": "是",
        "contact_person": "联系员",
        "content": "问候近况",
    },
    "life_dues_log": {"happened_on": "2026-10-15", "event": "组织生活"},
    "lost_file": {
        "file_number": f"{BRANCH_CODE}-2026-001",
        "discovered_on": "2026-06-01",
        "situation": "外出务工经商",
        "responsible": "书记员",
        "search_deadline": "2026-12-31",
        "search_outcome": "查找中",
    },
    "search_log": {
        "file_number": f"{BRANCH_CODE}-2026-001",
        "searched_on": "2026-06-02",
        "method": "A",
        "target": "本人电话",
        "account": "拨打本人电话",
        "result": "未联系上",
        "handler": "经办员",
    },
    "transfer_letter": {
        "letter_number": "2026-001",
        "direction": "转出",
        "change_kind": "永久",
        "issued_on": "2026-10-20",
        "to_unit": "外地基层党委",
    },
    "disposition": {"situation": "D01", "proposal": "纳入正常管理", "opened_on": "2026-10-01"},
    "campaign_check": {
        **dict.fromkeys(("roster_check", "file_check", "dues_activity_check"), "无问题"),
        **dict.fromkeys(("letter_stub_check", "conduct_check"), "无问题"),
        "verification_way": "见面",
        "conclusion": "正常在册",
        "checked_by": "核查员",
        "checked_on": "2026-10-10",
    },
    "abroad": {"departed_on": "2026-02-10", "country": "德国", "purpose": "留学"},
    "agreement": {"agreement_number": "协议2026-1", "partner": "外地支部", "signed_on": "2026-01-10"},
    "annual_review": {
        "year": "2026",
        **dict.fromkeys(("basic_facts", "belonging", "job_change", "conduct"), "已核"),
        **dict.fromkeys(("participation", "dues", "contribution"), "已核"),
        "conclusion": "通过",
        "reviewer": "审核员",
        "reviewed_on": "2026-03-10",
    },
    "organisation_directory": {
        "organisation_code": BRANCH_CODE,
        "organisation_name": "示例支部",
        "organisation_level": "党支部",
        "organisation_category": "街道社区",
        "is_expected": "是",
    },
}


def identity(birth: str = "1985-03-07", seq: int = 1, sex: str = "") -> str:
    """A valid made-up identity number of county 379901; ``sex`` 男/女 makes the sequence number odd/even."""
    if sex and (seq % 2 == 1) != (sex == "男"):
        seq += 1
    body = f"{COUNTY}{birth.replace('-', '')}{seq:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECKS[total % 11]


def person(name: str) -> str:
    """The identity number a drawn name has everywhere: born in the 1980s, the same in every run."""
    number = zlib.crc32(name.encode())
    return identity(f"{1980 + number % 10}-{number // 10 % 12 + 1:02d}-{number // 120 % 28 + 1:02d}", number % 899 + 1)


def draw(kind: BookKind = "branch", cover: Mapping[str, Value] | None = None, **drawings: str) -> Book:
    """A Book with the drawn registers; all others are empty. ``cover`` overrides defaults by key or title."""
    sheets = registers()
    flags_drawn = "是否为流动党员" in drawings.get("member_roster", "")
    filled = {**COVER, **{_column(sheets["cover"], kind, name).key: value for name, value in (cover or {}).items()}}
    tables = {
        key: _table(register, kind, drawings.pop(key, ""))
        for key, register in sheets.items()
        if register.kind in ("register", "log") or (kind == "committee" and register.kind.startswith("committee"))
    }
    if drawings:
        raise ValueError(f"no such register: {sorted(drawings)}")
    if not tables["member_roster"].rows:
        tables["member_roster"] = _roster_of(tables, kind)
    if not flags_drawn:
        tables["member_roster"] = _with_flow_flags(tables)
    front = Row(Origin("示例.xlsx", "封面", 4), {key: value for key, value in filled.items() if value is not None})
    places = {column.key: number for number, column in enumerate(sheets["cover"].columns, 4)}
    tables["cover"] = Table("cover", "封面", places, (front,), vertical=True)
    return Book("示例.xlsx", kind, front, tables)


def draw_case(
    as_of: str = "",
    cover: Mapping[str, Value] | None = None,
    kind: BookKind = "branch",
    profile: str = "current_2024",
    policy: Mapping[str, str] | None = None,
    **drawings: str,
) -> Case:
    """A drawn Book with a policy and an as-of date (default 2026-11-24), ready for ``check`` or one rule."""
    from validators.policy import load_policy

    day = date.fromisoformat(as_of) if as_of else AS_OF
    given = {"基准日": day, **(cover or {})}
    return Case(draw(kind, given, **drawings), load_policy(profile, policy or {}), day)


def found(findings: Iterable[Finding], *rules: str) -> list[tuple[str, str]]:
    """``[("党员名册!E4", "R-FLD-BIRTH"), …]`` in order; with ``rules`` only ids that start with one of them."""
    return [
        (f"{finding.sheet}!{finding.cell}", finding.rule)
        for finding in findings
        if not rules or finding.rule.startswith(rules)
    ]


def levels(findings: Iterable[Finding], *rules: str) -> list[tuple[str, str, str]]:
    """As ``found``, with the level: ``[("党员名册!E4", "R-FLD-BIRTH", "E"), …]``."""
    return [
        (f"{finding.sheet}!{finding.cell}", finding.rule, finding.level)
        for finding in findings
        if not rules or finding.rule.startswith(rules)
    ]


def _table(register: Register, kind: BookKind, text: str) -> Table:
    columns = columns_of(register, kind)
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines() if line.strip()]
    titles = [_column(register, kind, title) for title in lines[0]] if lines else []
    rows = []
    for number, cells in enumerate(lines[1:], 4):
        if len(cells) != len(titles):
            raise ValueError(f"{register.title} row {number}: {len(cells)} cells under {len(titles)} titles")
        drawn = dict(zip((column.key for column in titles), cells, strict=True))
        rows.append(Row(Origin("示例.xlsx", register.title, number), _values(register, columns, drawn)))
    places = {column.key: number for number, column in enumerate(columns, 1)}
    return Table(register.key, register.title, places, tuple(rows))


def _values(register: Register, columns: Sequence[Column], drawn: Mapping[str, str]) -> dict[str, Value]:
    known: dict[str, Value] = {}
    for column in columns:
        text = drawn.get(column.key)
        if text not in (None, "", "*"):
            known[column.key] = _read(str(text), column)
    defaults = _defaults(register, known)
    for column in columns:
        wanted = drawn.get(column.key, "*" if column.required or column.key in _ALSO_FILLED else "")
        if wanted == "*" and column.key in defaults:
            known[column.key] = defaults[column.key]
    return {column.key: known[column.key] for column in columns if known.get(column.key) is not None}


def _defaults(register: Register, known: Mapping[str, Value]) -> dict[str, Value]:
    """Default values of one row, in agreement with what is drawn."""
    name = known.get("name") or "无名氏"
    number = known.get("identity_number") or person(str(name))
    defaults: dict[str, Value] = {"name": name, "identity_number": number, "source_organisation": BRANCH_CODE}
    defaults |= {"source_file": "示例支部.xlsx", "source_row": 4, "is_floating": "否"}
    for key, text in DEFAULTS.get(register.key, {}).items():
        defaults[key] = _read(text, register.column(key))
    digits = str(number)
    if len(digits) == 18 and digits[:17].isdigit():
        defaults["sex"] = "男" if int(digits[16]) % 2 else "女"
        try:
            defaults["birth_date"] = date.fromisoformat(f"{digits[6:10]}-{digits[10:12]}-{digits[12:14]}")
        except ValueError:
            defaults["birth_date"] = date(1985, 3, 7)
    if known.get("member_type") == "预备党员":
        defaults |= {"joined_on": date(2026, 7, 1), "confirmed_on": None}
    return {"sex": "男", "birth_date": date(1985, 3, 7), **defaults}


def _read(text: str, column: Column) -> Value:
    if text.startswith("#"):
        number = float(text[1:])
        return int(number) if number.is_integer() and "." not in text else number
    if column.cell == "date":
        for read in (date.fromisoformat, _month_only):
            try:
                return read(text)
            except ValueError:
                continue
    if column.multiple:
        return tuple(part.strip() for part in text.split(";"))
    return _clean(text, column)


def _month_only(text: str) -> MonthOnly:
    year, month = text.split("-")
    return MonthOnly(int(year), int(month))


def _cleaner() -> Callable[[str, Column], Value] | None:
    try:
        from validators.cleaning import clean
    except ImportError:
        return None
    return lambda text, column: clean(text, column).value


def _clean(text: str, column: Column) -> Value:
    cleaner = _cleaner()
    if cleaner is not None:
        return cleaner(text, column)
    return int(text) if column.cell == "whole" and text.isdigit() else text


def _column(register: Register, kind: BookKind, title: str) -> Column:
    for column in columns_of(register, kind):
        if title in (column.title, column.key) or title in column.aliases:
            return column
    raise ValueError(f"{register.title} has no column {title!r}")


def _roster_of(tables: Mapping[str, Table], kind: BookKind) -> Table:
    register = registers()["member_roster"]
    people: dict[str, str] = {}
    for key, table in tables.items():
        if key in ("inflow", "organisation_directory", "agreement") or registers()[key].kind not in ("register", "log"):
            continue
        for row in table:
            if isinstance(row["identity_number"], str):
                people.setdefault(row.text("identity_number"), row.text("name"))
    lines = ["姓名 | 公民身份号码", *(f"{name} | {number}" for number, name in people.items())]
    return _table(register, kind, "\n".join(lines))


def _with_flow_flags(tables: Mapping[str, Table]) -> Table:
    """是否为流动党员 is not drawn: it says 是 where an absence is open."""
    roster = tables["member_roster"]
    away = {row["identity_number"]: row for row in tables["outflow"] if row["returned_on"] is None}
    rows = tuple(
        Row(row.origin, {**row.values, "is_floating": "是"})
        if row["identity_number"] in away and row["is_floating"] == "否"
        else row
        for row in roster
    )
    return Table(roster.register, roster.sheet, roster.columns, rows)
