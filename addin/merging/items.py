"""退回事项: what a branch must mend or explain, each under a key by which the next submission ticks it off."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from addin.masking import mask_identity, mask_numbers
from addin.merging.previous import SheetRow
from addin.submissions import merged_registers
from validators.check import check
from validators.policy import Policy
from validators.registers import columns_of
from validators.rule import Case
from validators.table import Book, Finding, Origin, Row, Table, Value
from validators.wording import shown
from validators.words import ConflictChoice, FlowMatch, SubmissionStatus

CHECK, CONFLICT, FLOW, REPORTING = "校核问题", "冲突", "流动比对", "报送情况"
"""The kinds of matter, in the order of the list."""

_SETTLED = (FlowMatch.MATCHED, FlowMatch.OUTSIDE)
_FROM_DIRECTORY = ("organisation_name", "organisation_level", "organisation_category", "superior_code")
_DECIDED = (ConflictChoice.ONE, ConflictChoice.TWO)


@dataclass(frozen=True, slots=True)
class Item:
    """One matter for one organisation; ``key`` stays the same while the same thing is wrong with the same person."""

    organisation: str
    matter: str
    key: str
    message: str
    fix: str
    sheet: str = ""
    cell: str = ""
    name: str = ""
    identity_number: str = ""
    rule: str = ""


def open_keys(findings: Iterable[Finding]) -> frozenset[str]:
    """The keys of a branch's own findings that are returned to it: errors and doubts about rows."""
    return frozenset(_key(CHECK, finding.key) for finding in findings if _is_returned(finding))


def branch_books(book: Book) -> Iterator[Book]:
    """The registers of a committee workbook as its branches have them: own cells, own file, in order of code."""
    parts: dict[str, dict[str, list[Row]]] = {}
    for register in merged_registers():
        for row in book.tables[register.key]:
            code = row.text("source_organisation")
            number = row.whole("source_row")
            if code and number is not None:
                place = Origin(row.text("source_file"), register.title, number)
                parts.setdefault(code, {}).setdefault(register.key, []).append(replace(row, origin=place))
    listed = {row.text("organisation_code"): row for row in book["organisation_directory"]}
    for code, rows in sorted(parts.items()):
        yield _branch_book(book, code, listed.get(code), rows)


def items_of(book: Book, policy: Policy, as_of: date) -> list[Item]:
    """Everything to return, by organisation: findings, undecided conflicts, flows that do not match, missing files."""
    found: list[Item] = []
    for branch in branch_books(book):
        code = branch.cover.text("organisation_code")
        findings = check(Case(branch, policy, as_of))
        found += [_of_finding(code, finding) for finding in findings if _is_returned(finding)]
    sheets = {key: [row.values for row in book[key]] for key in ("conflicts", "flow_matching", "submission_status")}
    found += list(_of_conflicts(sheets["conflicts"], _owners(book)))
    found += list(_of_flows(sheets["flow_matching"]))
    found += list(_of_statuses(sheets["submission_status"]))
    order = (CHECK, CONFLICT, FLOW, REPORTING)
    return sorted(found, key=lambda item: (item.organisation, order.index(item.matter)))


def keys_in_sheets(rows: Mapping[str, Sequence[SheetRow]]) -> frozenset[str]:
    """The keys of what the sheets 冲突处理, 双向比对 and 报送情况 of a merge show as open."""
    items = [*_of_conflicts(rows["conflicts"], {}), *_of_flows(rows["flow_matching"])]
    return frozenset(item.key for item in [*items, *_of_statuses(rows["submission_status"])])


def _key(*parts: str) -> str:
    """Sixteen hex digits, so that no identity number stands in the sheet."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def _is_returned(finding: Finding) -> bool:
    return finding.level in ("E", "W") and finding.register in {register.key for register in merged_registers()}


def _of_finding(code: str, finding: Finding) -> Item:
    level = "【错误】" if finding.level == "E" else "【疑点】"
    return Item(
        code,
        CHECK,
        _key(CHECK, finding.key),
        mask_numbers(f"{level}{finding.message}"),
        mask_numbers(finding.fix),
        finding.sheet,
        finding.cell,
        finding.name,
        mask_identity(finding.identity_number),
        finding.rule,
    )


def _of_conflicts(rows: Iterable[SheetRow], owners: Mapping[str, str]) -> Iterator[Item]:
    """One item for either side of every conflict nobody has decided."""
    for row in rows:
        text = {key: shown(value) for key, value in row.items()}
        if text.get("adopt") in _DECIDED:
            continue
        identity, name, sheet, field = (text.get(key, "") for key in ("identity_number", "name", "register", "field"))
        key = _key(CONFLICT, text.get("kind", ""), identity, name, sheet, field)
        for mine, other in (("one", "two"), ("two", "one")):
            file, _, place = text.get(f"source_{mine}", "").rpartition(" ")
            message = (
                f"{text.get('kind')}：{field} 本支部填“{text.get(f'value_{mine}', '')}”（{place}），"
                f"另一方填“{text.get(f'value_{other}', '')}”（{text.get(f'source_{other}', '')}）"
            )
            fix = "请与对方党组织核实，填错的一方改正后重报；都没有错的，请报上级确定"
            yield Item(owners.get(file, ""), CONFLICT, key, message, fix, sheet, "", name, identity, "R-FLD-IDUNIQ")


def _of_flows(rows: Iterable[SheetRow]) -> Iterator[Item]:
    for row in rows:
        text = {key: shown(value) for key, value in row.items()}
        result = text.get("result", "")
        unnamed_host = result == FlowMatch.OUTFLOW_ONLY and not text.get("outflow_host")
        if result in _SETTLED or unnamed_host:
            continue
        sides = (text.get("outflow_code", ""), text.get("inflow_code", ""))
        key = _key(FLOW, result, text.get("identity_number", ""), text.get("name", ""), *sides)
        message = "：".join(part for part in (result, text.get("difference", "")) if part)
        concerned = (("流出党员", sides[0]), ("流入党员", sides[1]))
        for sheet, code in concerned:
            if code:
                name, identity = text.get("name", ""), text.get("identity_number", "")
                yield Item(code, FLOW, key, message, text.get("advice", ""), sheet, "", name, identity, "R-FLOAT")


def _of_statuses(rows: Iterable[SheetRow]) -> Iterator[Item]:
    for row in rows:
        status, code = shown(row.get("status")), shown(row.get("organisation_code"))
        if code and status not in (SubmissionStatus.SUBMITTED, SubmissionStatus.DOUBLE):
            key = _key(REPORTING, code, status)
            yield Item(code, REPORTING, key, f"{status}：{shown(row.get('note'))}", "请改好后重新报送", "封面")


def _owners(book: Book) -> dict[str, str]:
    """The organisation behind each source file."""
    return {
        row.text("source_file"): row.text("source_organisation")
        for register in merged_registers()
        for row in book[register.key]
    }


def _branch_book(book: Book, code: str, entry: Row | None, rows: Mapping[str, Sequence[Row]]) -> Book:
    front: dict[str, Value] = {key: book.cover[key] for key in ("period", "as_of", "policy_profile", "preparer")}
    front |= {key: entry[key] for key in _FROM_DIRECTORY} if entry is not None else {}
    front["organisation_code"] = code
    cover = Row(Origin(book.file, "封面", 4), {key: value for key, value in front.items() if value is not None})
    tables = {"cover": Table("cover", "封面", {}, (cover,), vertical=True)}
    for register in merged_registers():
        places = {column.key: number for number, column in enumerate(columns_of(register, "branch"), 1)}
        tables[register.key] = Table(register.key, register.title, places, tuple(rows.get(register.key, ())))
    return Book(book.file, "branch", cover, tables)
