"""The sheets 合并差异, 冲突处理, 双向比对 and 三查三核 of a merged committee workbook, as rows by column key."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from addin.conflicts import Conflict
from addin.differences import Change
from addin.masking import mask_identity
from addin.matching import Flow
from addin.merging.balance import KINDS, READ, Account
from addin.merging.choices import source_text
from addin.merging.directory import Directory
from addin.merging.previous import SheetRow
from addin.merging.tallies import Tally
from addin.submissions import MergedRow, merged_registers
from validators.registers import of_kind, registers
from validators.table import Value
from validators.wording import shown
from validators.words import MergeChange, YesNo

MOST_LISTED = 20_000
"""More changes than this are only counted, not listed by name, where an organisation is merged for the first time."""

TOTAL = "合计"


def change_rows(account: Account, first_time: frozenset[str]) -> list[SheetRow]:
    """合并差异: the balance, overall and register by register, then every change by name; 未变 and the log rows of an
    organisation merged for the first time are only counted.
    """
    rows: list[SheetRow] = [_balance_row(TOTAL, account.total, account.removed)]
    for register in merged_registers():
        counts = account.of(register.key)
        removed = account.counts[register.key][MergeChange.REMOVED] if register.key in account.counts else 0
        if counts[READ] or removed:
            rows.append(_balance_row(register.title, counts, removed))
    counted = {log.key for log in of_kind("log")} if len(account.changes) <= MOST_LISTED else set(registers())
    first = [change for change in account.changes if change.register in counted and _is_first(change, first_time)]
    known = set(map(id, first))
    rows += _first_time_rows(first)
    return [*rows, *(_change_row(change) for change in account.changes if id(change) not in known)]


def balance_text(counts: Mapping[str, int], removed: int) -> str:
    """``读入 12 = 新增 3 + 更新 1 + 未变 7 + 冲突 1 + 退回 0``, with 删除 beside it."""
    parts = " + ".join(f"{kind} {counts[kind]}" for kind in KINDS)
    return f"{READ} {counts[READ]} = {parts}" + (f"；删除 {removed}" if removed else "")


def _balance_row(title: str, counts: Mapping[str, int], removed: int) -> SheetRow:
    return {"register": title, "change": TOTAL, "difference": balance_text(counts, removed)}


def _is_first(change: Change, first_time: frozenset[str]) -> bool:
    return change.kind == MergeChange.ADDED and change.row.organisation in first_time


def _first_time_rows(changes: Iterable[Change]) -> list[SheetRow]:
    counts = Counter((change.row.organisation, change.register, change.row.file) for change in changes)
    return [
        {
            "register": registers()[register].title,
            "change": MergeChange.ADDED,
            "organisation_code": organisation,
            "difference": f"首次合并，新增 {number} 行",
            "file": file,
        }
        for (organisation, register, file), number in sorted(counts.items())
    ]


def _change_row(change: Change) -> SheetRow:
    row = change.row
    found: dict[str, Value] = {
        "register": registers()[change.register].title,
        "change": change.kind,
        "organisation_code": row.organisation,
        "name": row.text("name"),
        "identity_number": masked(row),
        "row_key": _row_key(change.register, row),
        "difference": "；".join(str(difference) for difference in change.differences) or _why(change),
        "file": row.file,
        "row": row.row or None,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def _why(change: Change) -> str:
    if change.kind == MergeChange.IN_CONFLICT:
        return "同一人在两个党组织的名册里，见“冲突处理”"
    return "没有合并，原因见“报送情况”" if change.kind == MergeChange.RETURNED else ""


def _row_key(register: str, row: MergedRow) -> str:
    keys = [key for key in registers()[register].row_key if key != "identity_number"]
    parts = [masked(row) or row.text("name"), *(row.text(key) for key in keys)]
    return "，".join(part for part in parts if part)


def masked(row: MergedRow) -> str:
    """The person's number as it may leave the branch."""
    return mask_identity(row.text("identity_number"))


def conflict_rows(found: Iterable[Conflict], kept: Sequence[SheetRow]) -> list[SheetRow]:
    """冲突处理: one line a person and field, the clerk's choice beside it; then choices kept as they are."""
    return [*(_conflict_row(conflict) for conflict in found), *kept]


def _conflict_row(conflict: Conflict) -> SheetRow:
    found: dict[str, Value] = {
        "kind": conflict.kind,
        "identity_number": masked(conflict.one),
        "name": conflict.one.text("name"),
        "register": registers()[conflict.register].title,
        "field": conflict.field,
        "value_one": conflict.value_one,
        "source_one": source_text(conflict.one),
        "value_two": conflict.value_two,
        "source_two": source_text(conflict.two),
        "adopt": conflict.adopt,
        "reason": conflict.reason,
        "decided_on": conflict.decided_on,
    }
    return {key: value for key, value in found.items() if value not in (None, "")}


def flow_rows(flows: Iterable[Flow], directory: Directory) -> list[SheetRow]:
    """双向比对: one line a member away or arrived."""
    return [_flow_row(flow, directory) for flow in flows]


def _flow_row(flow: Flow, directory: Directory) -> SheetRow:
    out, guest = flow.out, flow.guest
    row: dict[str, Value] = {
        "result": flow.result,
        "name": flow.row.text("name"),
        "identity_number": masked(flow.row),
        "day_difference": flow.days,
        "difference": "；".join(flow.differences),
        "advice": flow.advice,
    }
    if out is not None:
        row |= {"outflow_organisation": directory.name(out.organisation), "outflow_code": out.organisation}
        row |= {"left_on": out.values.get("left_on")}
        host = out.text("host_organisation") or out.text("host_organisation_code")
        row["outflow_host"] = host
    elif guest is not None:
        row |= {"outflow_organisation": guest.text("home_branch"), "outflow_code": guest.text("home_branch_code")}
    if guest is not None:
        row |= {"inflow_organisation": directory.name(guest.organisation), "inflow_code": guest.organisation}
        row |= {"arrived_on": guest.values.get("arrived_on")}
    return {key: value for key, value in row.items() if value not in (None, "")}


_NUMBERS = (
    "members",
    "checked_members",
    "basic_facts_problems",
    "dues_life_problems",
    "relation_problems",
    "floating",
    "detached",
    "lost",
    "branch_floating",
    "branch_detached",
    "branch_lost",
)
NOT_CHECKED = "支部未排查"


def three_check_rows(
    tallies: Iterable[Tally], directory: Directory, kept: frozenset[str], before: Sequence[SheetRow]
) -> list[SheetRow]:
    """三查三核: one line an organisation with members; 核查说明 stays with its organisation, as do the lines of
    organisations kept from the merge before.
    """
    typed = {shown(row.get("organisation_code")): row for row in before}
    rows: dict[str, SheetRow] = {}
    for tally in tallies:
        row: dict[str, Value] = {
            "organisation_code": tally.organisation,
            "organisation_name": directory.name(tally.organisation),
            **{key: getattr(tally, key) for key in _NUMBERS},
            "is_consistent": {True: YesNo.YES, False: YesNo.NO, None: NOT_CHECKED}[tally.is_consistent],
            "report_note": typed.get(tally.organisation, {}).get("report_note"),
        }
        rows[tally.organisation] = {key: value for key, value in row.items() if value is not None}
    for code, line in typed.items():
        if code not in rows and (code in kept or line.get("report_note")):
            rows[code] = line
    return [rows[code] for code in sorted(rows)]
