"""The sheet 报送情况: one line an expected organisation and one more for every file that was set aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from addin.merging.directory import Directory
from addin.merging.intake import Verdict
from addin.merging.merge import Merged
from addin.merging.previous import Previous, SheetRow
from addin.submissions import Submission
from validators.registers import registers
from validators.table import Value
from validators.wording import shown
from validators.words import SubmissionStatus, YesNo


@dataclass(frozen=True, slots=True)
class Standing:
    """How one organisation or file stands: a row of the sheet, and the number of rows it brought."""

    row: SheetRow
    rows_read: int = 0

    @property
    def organisation(self) -> str:
        """党组织代码, empty for a file nobody knows whose it is."""
        return shown(self.row.get("organisation_code"))

    @property
    def status(self) -> str:
        """A word of SubmissionStatus."""
        return shown(self.row.get("status"))


def standings(merged: Merged, previous: Previous, merged_at: str) -> list[Standing]:
    """Every expected organisation and every file, in order of code, files without known organisation last."""
    before = {shown(row.get("organisation_code")): row for row in _reported(previous)}
    own = shown(previous.cover.get("organisation_code"))
    expected = [code for code in merged.directory.expected if code != own]
    found = [_of_file(verdict, merged, before, merged_at) for verdict in merged.intake.verdicts]
    settled = {each.organisation for each in found if each.status != SubmissionStatus.NOT_LISTED}
    for code in [*expected, *sorted(merged.kept - set(expected))]:
        if code in merged.kept and code in before:
            found.append(Standing(before[code]))
        elif code not in settled or code in merged.kept:
            found.append(_without_file(code, merged, previous))
    return sorted(found, key=_order)


def reminder(directory: Directory, code: str, period: str, previous: Previous) -> str:
    """A message to paste for an organisation that has not reported."""
    to = shown(previous.cover.get("organisation_name")) or "上级党委"
    return f"【催报】{directory.name(code)}：{period} 台账还没有收到，请填好后报送给{to}。如已报送，请告知文件名。"


def overview(found: Iterable[Standing]) -> Mapping[str, int]:
    """应报 and how many stand where; an organisation that has reported counts as 已报 whatever else it sent."""
    best: dict[str, str] = {}
    for each in found:
        key = each.organisation or shown(each.row.get("file"))
        if best.get(key) != SubmissionStatus.SUBMITTED:
            best[key] = each.status
    counts: dict[str, int] = {}
    for status in best.values():
        counts[status] = counts.get(status, 0) + 1
    return counts


def _order(each: Standing) -> tuple[bool, str, bool, str]:
    return not each.organisation, each.organisation, each.status != "已报", shown(each.row.get("file"))


def _reported(previous: Previous) -> list[SheetRow]:
    return [row for row in previous.sheet("submission_status") if row.get("status") == SubmissionStatus.SUBMITTED]


def _of_file(verdict: Verdict, merged: Merged, before: Mapping[str, SheetRow], merged_at: str) -> Standing:
    one = verdict.submission
    code = one.organisation or _by_name(one.file, merged.directory)
    row: dict[str, Value] = {
        "organisation_code": code,
        "organisation_name": one.on_cover("organisation_name") or (merged.directory.name(code) if code else ""),
        "status": verdict.status,
        "file": one.file,
        "is_sealed": YesNo.YES if one.is_sealed else YesNo.NO,
        "fingerprint": one.fingerprint,
        "period": one.on_cover("period"),
        "row_counts": _row_counts(one),
        "note": verdict.note,
    }
    if not one.fault:
        row |= {"error_count": one.errors, "query_count": one.queries}
    if verdict.is_accepted:
        earlier = before.get(code, {})
        same = earlier.get("fingerprint") == one.fingerprint
        row["merged_at"] = earlier["merged_at"] if same and earlier.get("merged_at") else merged_at
    return Standing({key: value for key, value in row.items() if value not in (None, "")}, one.size)


def _row_counts(one: Submission) -> str:
    return "、".join(f"{registers()[key].title}{len(rows)}" for key, rows in one.rows.items() if rows)


def _by_name(file: str, directory: Directory) -> str:
    """The listed organisation whose code a file name begins with, for files that cannot be read."""
    name = file.rsplit("/", 1)[-1]
    codes = [code for code in directory.entries if name.startswith(code)]
    return max(codes, key=len, default="")


def _without_file(code: str, merged: Merged, previous: Previous) -> Standing:
    """An organisation with no file of its own: merged by the committee above it, or not heard of."""
    row: dict[str, Value] = {"organisation_code": code, "organisation_name": merged.directory.name(code)}
    above = next((one for one in merged.intake.accepted if _is_above(one, code, merged.directory)), None)
    has_rows = any(row.organisation == code for row in merged.rows.get("member_roster", ()))
    if above is not None and has_rows:
        through = f"由 {above.on_cover('organisation_name') or above.organisation} 汇总报来"
        return Standing(
            {**row, "status": SubmissionStatus.SUBMITTED, "file": above.file, "period": above.on_cover("period")}
            | {"note": through}
        )
    note = reminder(merged.directory, code, merged.intake.period, previous)
    return Standing({**row, "status": SubmissionStatus.MISSING, "note": note})


def _is_above(one: Submission, code: str, directory: Directory) -> bool:
    return one.kind == "committee" and code in directory.below(one.organisation)
