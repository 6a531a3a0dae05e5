"""Writes the demonstration committee as files: what the branches hand in, and the committee's own workbook."""

from collections.abc import Iterator
from pathlib import Path

from addin.demo.committee import Committee, Submission
from addin.hosts.workbook_writer import write_workbook
from validators.words import SubmissionStatus

WORKING, INBOX, FORMS, RETURNS, RESULTS = "支部台账", "报送", "表册", "退回单", "结果"
"""Folders: the branches' own workbooks, what they hand in, official tables, what goes back, what was said."""

COMMITTEE_FILE = "党委汇总.xlsx"


def handed_in(committee: Committee) -> Iterator[Submission]:
    """What really arrives; a branch that is 未报 sends nothing."""
    for submission in committee.submissions:
        if submission.status != SubmissionStatus.MISSING:
            yield submission


def write_submission(folder: Path, submission: Submission) -> Path:
    """Write one branch's file; one that is 无法读取 is cut off in the middle, as by a failing stick."""
    target = folder / submission.file
    target.parent.mkdir(parents=True, exist_ok=True)
    register = submission.register
    write_workbook(target, "branch", cover=register.cover, rows=register.rows)
    if submission.status == SubmissionStatus.UNREADABLE:
        whole = target.read_bytes()
        target.write_bytes(whole[: len(whole) // 2])
    return target


def write_committee_workbook(folder: Path, committee: Committee) -> Path:
    """Write the committee's workbook with its 党组织名录, into which the files are to be merged."""
    target = folder / COMMITTEE_FILE
    folder.mkdir(parents=True, exist_ok=True)
    rows = {"organisation_directory": committee.directory}
    write_workbook(target, "committee", cover=committee.cover, rows=rows)
    return target
