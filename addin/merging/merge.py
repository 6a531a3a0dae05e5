"""合并: one committee workbook and what was handed in -> the committee workbook as it must be now.

Rows are merged, never numbers: what an upper level counts is what its branches hold (R-SUM-UP).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from addin.conflicts import Conflict, conflicts, doubles, remembered
from addin.matching import Flow, match_flows
from addin.merging.balance import Account, account
from addin.merging.choices import adopt_again, apply_choices, date_choices, still_decided, take_back
from addin.merging.directory import Directory, with_submissions
from addin.merging.intake import Home, Intake, take_in
from addin.merging.previous import Previous, SheetRow, Split, joined, split_rows
from addin.merging.sampling import Draw
from addin.merging.tallies import Tally
from addin.submissions import MergedRow, Rows, Submission, are_same
from validators.policy import Policy
from validators.words import ConflictChoice, ConflictKind


@dataclass(frozen=True, slots=True)
class Settings:
    """What a merge is asked to do. ``merged_at`` and ``today`` are times as text, ``draw`` the 抽查.

    ``fresh`` starts anew: organisations that handed nothing in are not kept from the merge before.
    """

    policy: Policy
    as_of: date
    merged_at: str
    today: str
    draw: Draw
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """Everything a merge finds out. ``rows`` are the registers in order; ``kept_choices`` rows of 冲突处理 kept as they
    are; ``kept`` the organisations whose rows come from the merge before.
    """

    intake: Intake
    directory: Directory
    rows: Rows
    kept: frozenset[str]
    account: Account
    doubles: Mapping[str, Sequence[MergedRow]]
    conflicts: tuple[Conflict, ...]
    kept_choices: tuple[SheetRow, ...]
    flows: tuple[Flow, ...]
    tallies: tuple[Tally, ...]


def merge(previous: Previous, submissions: Iterable[Submission], settings: Settings) -> Merged:
    """Merge what was handed in; the order of files makes no difference and merging again changes nothing."""
    code, period = (str(previous.cover.get(key) or "") for key in ("organisation_code", "period"))
    intake = take_in(submissions, Home(code, period, previous.directory))
    directory = with_submissions(previous.directory, intake.accepted)
    covered = frozenset().union(*(_covers(one, directory) for one in intake.accepted))
    split = split_rows(previous, covered, intake.period, directory, fresh=settings.fresh)
    read = joined(*(one.rows for one in intake.accepted))
    nameless = joined(*(one.nameless for one in intake.accepted))
    typed = previous.sheet("conflicts")
    raw = joined(split.own, take_back(split.kept, typed), read)
    found = doubles(raw)
    decided = date_choices(remembered(conflicts(raw, found), typed), settings.today)
    applied = apply_choices(raw, decided)
    kept_choices = still_decided(typed, raw, split.files)
    rows = adopt_again(applied.rows, kept_choices)
    silent = frozenset(directory.expected) - covered - split.organisations
    return Merged(
        intake=intake,
        directory=directory,
        rows=rows,
        kept=split.organisations,
        account=_account(intake, split, rows, read, nameless, _in_conflict(found, decided, covered)),
        doubles=found,
        conflicts=tuple(decided),
        kept_choices=tuple(kept_choices),
        flows=tuple(match_flows(rows, directory, silent, settings.policy, settings.as_of)),
        tallies=tuple(tally for one in intake.accepted for tally in one.tallies),
    )


def _covers(submission: Submission, directory: Directory) -> frozenset[str]:
    """The organisations whose rows a file replaces: its own, and for a committee all it has merged."""
    if submission.kind == "branch":
        return frozenset({submission.organisation})
    sources = {row.organisation for rows in submission.rows.values() for row in rows}
    return frozenset({submission.organisation, *sources}) | directory.below(submission.organisation)


def _in_conflict(
    found: Mapping[str, Sequence[MergedRow]], decided: Iterable[Conflict], covered: frozenset[str]
) -> list[MergedRow]:
    """One roster row a person in two branches counts as 冲突: the one left out by choice, else the last one read."""
    losers = {
        (conflict.two if conflict.adopt == ConflictChoice.ONE else conflict.one).place
        for conflict in decided
        if conflict.kind == ConflictKind.DOUBLE_ROSTER and conflict.adopt in (ConflictChoice.ONE, ConflictChoice.TWO)
    }
    marked: list[MergedRow] = []
    for group in found.values():
        left_out = [row for row in group if row.place in losers]
        marked += [row for row in left_out or group[-1:] if row.organisation in covered]
        if not left_out and group[-1].organisation not in covered:
            marked += [row for row in group if row.organisation in covered][-1:]
    return marked


def _read_again(rows: Sequence[MergedRow], read: Sequence[MergedRow]) -> Sequence[MergedRow]:
    """Those of the merged rows that were read this time; a choice may have changed what is in them."""
    if are_same(rows, read):
        return rows
    places = {row.place for row in read}
    return [row for row in rows if row.place in places]


def _account(
    intake: Intake, split: Split, rows: Rows, read: Rows, nameless: Rows, in_conflict: Iterable[MergedRow]
) -> Account:
    now = {register: _read_again(group, read.get(register, ())) for register, group in rows.items()}
    aside = [one.submission for one in intake.verdicts if one.is_set_aside]
    returned = joined(nameless, *(one.rows for one in aside))
    return account(split.gone, now, in_conflict, returned)
