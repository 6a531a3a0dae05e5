"""Rows of the sheet 问题清单: findings masked and ranked, explanations kept, compared with the run before."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from addin.finding_summary import level_word
from addin.masking import mask_identity, mask_numbers
from validators.table import LEVELS, Finding, Row, Table, Value

NEW, STILL, DONE = "新增", "仍在", "已改"
"""状态: found for the first time, found again, no longer found (shown once)."""

_KEPT = ("level", "sheet", "cell", "identity_number", "name", "message", "fix", "rule", "source", "explanation")


def issue_rows(findings: Sequence[Finding], previous: Table | None) -> list[dict[str, Value]]:
    """One row a finding, errors first, then what was mended since ``previous`` (the sheet as it is now).

    A finding is known again by ``Finding.key``, so its 说明 stays with it when its row moves.
    """
    before = {row.text("finding_key"): row for row in previous or () if row.text("finding_key")}
    rows: list[dict[str, Value]] = []
    for mark, finding in _marked(sorted(findings, key=lambda finding: LEVELS.index(finding.level))):
        known = before.pop(mark, None)
        rows.append(_row(finding, mark, known))
    mended = [row for row in before.values() if row.text("status") in (NEW, STILL)]
    rows += [_mended(row) for row in mended]
    return [{"number": number, **row} for number, row in enumerate(rows, 1)]


def changes_text(rows: Iterable[Mapping[str, Value]]) -> str:
    """How the findings moved since the last run: ``新增 3，仍在 5，已改 2``."""
    states = [row["status"] for row in rows]
    return "，".join(f"{state} {states.count(state)}" for state in (NEW, STILL, DONE))


def finding_mark(key: str, number: int = 1) -> str:
    """A short name for a finding that tells nothing about the person; equal keys are numbered."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return digest if number == 1 else f"{digest}-{number}"


def _marked(findings: Iterable[Finding]) -> Iterable[tuple[str, Finding]]:
    seen: dict[str, int] = {}
    for finding in findings:
        seen[finding.key] = seen.get(finding.key, 0) + 1
        yield finding_mark(finding.key, seen[finding.key]), finding


def _row(finding: Finding, mark: str, known: Row | None) -> dict[str, Value]:
    again = known is not None and known.text("status") != DONE
    return {
        "level": level_word(finding.level),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "identity_number": mask_identity(finding.identity_number) or None,
        "name": finding.name or None,
        "message": mask_numbers(finding.message),
        "fix": mask_numbers(finding.fix),
        "rule": finding.rule,
        "source": finding.source,
        "explanation": known["explanation"] if known is not None else None,
        "status": STILL if again else NEW,
        "finding_key": mark,
    }


def _mended(row: Row) -> dict[str, Value]:
    return {**{key: row[key] for key in _KEPT}, "status": DONE, "finding_key": row["finding_key"]}
