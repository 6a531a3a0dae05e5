"""The committee workbook a merge results in: cover, every sheet as rows, and whether anything differs from before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from addin.layout import JOINER, TEMPLATE_VERSION, cover_columns
from addin.log_links import linked
from addin.merging.directory import typed_rows
from addin.merging.intake import Intake
from addin.merging.items import keys_in_sheets
from addin.merging.merge import Merged, Settings
from addin.merging.previous import Previous, SheetRow
from addin.merging.result_sheets import change_rows, conflict_rows, flow_rows, three_check_rows
from addin.merging.returned import tick_off
from addin.merging.sampling import sample_rows
from addin.merging.status_sheet import Standing
from addin.submissions import (
    Drawn,
    MergedRow,
    OnSheet,
    Submission,
    merged_registers,
    merged_row,
)
from validators.cleaning import Raw, clean
from validators.policy import DEFAULT_PROFILE
from validators.registers import Column, of_kind
from validators.table import MonthOnly, Value
from validators.wording import shown
from validators.words import OrganisationLevel, SubmissionStatus

ABOUT_TIME: Mapping[str, Collection[str]] = {"submission_status": ("merged_at",), "cover": ("template_version",)}
"""Columns that may differ between two equal merges."""

SHEETS_KEPT = ("issue_list", "operation_log")
OPERATION = "合并"


@dataclass(frozen=True, slots=True)
class Written:
    """What goes into the file: as ``write_workbook`` takes it."""

    cover: Mapping[str, Value]
    rows: Mapping[str, Sequence[SheetRow]]


def workbook(merged: Merged, previous: Previous, found: Sequence[Standing], settings: Settings) -> Written:
    """The whole committee workbook; what clerks typed into the earlier one is in it again."""
    rows: dict[str, Sequence[SheetRow]] = {
        register.key: OnSheet(merged.rows.get(register.key, ()), _drawn(register.key, merged.intake.accepted))
        for register in merged_registers()
    }
    rows["organisation_directory"] = typed_rows(merged.directory, previous.sheet("organisation_directory"))
    rows["submission_status"] = [each.row for each in found]
    first_time = frozenset(one.organisation for one in merged.intake.accepted) - _merged_before(previous)
    rows["merge_changes"] = change_rows(merged.account, first_time)
    rows["conflicts"] = conflict_rows(merged.conflicts, merged.kept_choices)
    rows["flow_matching"] = flow_rows(merged.flows, merged.directory)
    rows["three_checks"] = three_check_rows(
        merged.tallies, merged.directory, merged.kept, previous.sheet("three_checks")
    )
    reported = sorted({each.organisation for each in found if each.status == SubmissionStatus.SUBMITTED})
    rows["inspection_sample"] = sample_rows(
        previous.sheet("inspection_sample"), reported, merged.directory, settings.policy, settings.draw
    )
    present = keys_in_sheets(rows) | frozenset().union(*(one.open_items for one in merged.intake.accepted))
    read = frozenset(one.organisation for one in merged.intake.accepted)
    rows["return_items"] = tick_off(previous.sheet("return_items"), present, read, settings.today)
    rows |= {key: previous.sheet(key) for key in SHEETS_KEPT}
    return Written(cover_of(previous, merged.intake, settings), rows)


def _drawn(register: str, accepted: Iterable[Submission]) -> Mapping[tuple[str, str], Drawn]:
    """What was drawn of a register where its files were read, by organisation and file."""
    return {
        (one.organisation, one.file): Drawn(one.rows[register], one.drawn[register])
        for one in accepted
        if register in one.drawn
    }


def cover_of(previous: Previous, intake: Intake, settings: Settings) -> Mapping[str, Value]:
    """The cover as typed; blanks a merge can know are filled: period, 基准日, profile, level, and the superior's name
    and code as all files give them.
    """
    known: dict[str, Value] = {"period": intake.period, "as_of": settings.as_of, "policy_profile": DEFAULT_PROFILE}
    for key, on_theirs in (("organisation_code", "superior_code"), ("organisation_name", "superior_name")):
        names = {one.on_cover(on_theirs) for one in intake.accepted}
        if len(names) == 1:
            known[key] = names.pop()
    if not previous.cover.get("organisation_level"):
        has_committee = any(one.kind == "committee" for one in intake.accepted)
        known["organisation_level"] = (
            OrganisationLevel.COUNTY_DEPARTMENT if has_committee else OrganisationLevel.COMMITTEE
        )
    return {key: value for key, value in {**known, **previous.cover}.items() if value not in (None, "")}


def logged(written: Written, merged_at: str, outcome: str, affected: int, snapshot: str) -> Written:
    """The workbook with one more line in 操作记录."""
    entry: dict[str, Value] = {"at": merged_at, "operation": OPERATION, "outcome": outcome, "rows_affected": affected}
    if snapshot:
        entry["snapshot"] = snapshot
    before = written.rows["operation_log"]
    log = [*before, linked(before, entry)]
    return Written(written.cover, {**written.rows, "operation_log": log})


def is_unchanged(written: Written, before: Written) -> bool:
    """Whether the earlier workbook (``before``) already says all this; 合并差异 compares two merges and stays out."""
    sheets = {**written.rows, "cover": [written.cover]}
    earlier = {**before.rows, "cover": [before.cover]}
    return all(_read_alike(key, rows, earlier.get(key, ())) for key, rows in sheets.items() if key != "merge_changes")


def _read_alike(key: str, rows: Sequence[SheetRow], others: Sequence[SheetRow]) -> bool:
    left_out = ABOUT_TIME.get(key, ())
    return len(rows) == len(others) and all(
        row == other or _texts(row, left_out) == _texts(other, left_out)
        for row, other in zip(rows, others, strict=True)
    )


def as_it_stands(previous: Previous) -> Written:
    """The earlier workbook in the same shape, to compare with."""
    rows: dict[str, Sequence[SheetRow]] = {
        register.key: OnSheet(previous.rows.get(register.key, ())) for register in merged_registers()
    }
    return Written(previous.cover, {**rows, **previous.sheets})


def as_read(written: Written, policy_overrides: Mapping[str, str]) -> Previous:
    """What the next merge would read in the workbook just written."""
    rows = {register.key: _read_rows(written.rows[register.key]) for register in merged_registers()}
    sheets = {
        register.key: tuple(
            read for row in written.rows.get(register.key, ()) if (read := _read(row, register.columns))
        )
        for register in of_kind("committee", "committee_result", "result")
    }
    cover = {"policy_profile": DEFAULT_PROFILE, **written.cover, "template_version": TEMPLATE_VERSION}
    return Previous(_read(cover, cover_columns()), rows, sheets, dict(policy_overrides))


def _read_rows(rows: Sequence[SheetRow]) -> tuple[MergedRow, ...]:
    return tuple(rows.rows) if isinstance(rows, OnSheet) else tuple(merged_row(row) for row in rows if row)


def _read(row: SheetRow, columns: Iterable[Column]) -> dict[str, Value]:
    read = {column.key: clean(_raw(row[column.key]), column).value for column in columns if column.key in row}
    return {key: value for key, value in read.items() if value is not None}


def _raw(value: Value) -> Raw:
    """A value as a reader finds it in the cell it was written to."""
    if isinstance(value, tuple):
        return JOINER.join(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return float(value) if isinstance(value, int) else str(value) if isinstance(value, MonthOnly) else value


def _texts(row: SheetRow, left_out: Collection[str]) -> dict[str, str]:
    return {name: text for name, value in row.items() if name not in left_out and (text := shown(value))}


def _merged_before(previous: Previous) -> frozenset[str]:
    return frozenset(row.organisation for rows in previous.rows.values() for row in rows)
