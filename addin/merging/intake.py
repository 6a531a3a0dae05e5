"""Which files take part in a merge: period, template version, organisation, and the latest of several."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from addin.differences import compare, tally
from addin.layout import TEMPLATE_VERSION
from addin.merging.directory import Directory
from addin.submissions import MergedRow, Seal, Submission, row_key
from validators.registers import registers
from validators.words import MergeChange, SubmissionStatus

_SEALS = {
    Seal.INTACT: "",
    Seal.NONE: "未经报送，直接取自工作文件",
    Seal.BROKEN: "封存后内容被改动过（校验值不符），按工作文件合并，请向报送单位核实",
}
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One file and what became of it: a word of SubmissionStatus and, when there is something to say, a sentence.

    ``is_copy`` marks a file equal to one already counted; its rows count nowhere.
    """

    submission: Submission
    status: str
    note: str = ""
    is_copy: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether the rows of the file are merged."""
        return self.status == SubmissionStatus.SUBMITTED

    @property
    def is_set_aside(self) -> bool:
        """Whether somebody has to do something about the file; an equal copy needs nothing."""
        return not self.is_accepted and not self.is_copy


@dataclass(frozen=True, slots=True)
class Home:
    """The committee that merges: its code ("" when unknown), the period wanted ("" = that of most files), directory."""

    code: str
    period: str
    directory: Directory


@dataclass(frozen=True, slots=True)
class Intake:
    """Every file with its verdict in a fixed order, and the period that was merged."""

    period: str
    verdicts: tuple[Verdict, ...]

    @property
    def accepted(self) -> tuple[Submission, ...]:
        """The files that are merged, one an organisation, in order of code."""
        return tuple(verdict.submission for verdict in self.verdicts if verdict.is_accepted)


def take_in(submissions: Iterable[Submission], home: Home) -> Intake:
    """A verdict on every file; the order in which files come makes no difference."""
    ordered = sorted(submissions, key=lambda one: (one.organisation, one.file, one.fingerprint))
    singles, copies = _without_copies(ordered)
    period = home.period or _usual_period(singles)
    known = _codes_above(home, singles)
    verdicts = [_first_look(one, home, period, known) for one in singles]
    verdicts = [*_latest_of_each(verdicts), *copies]
    return Intake(period, tuple(sorted(verdicts, key=_place)))


def recency(submission: Submission) -> tuple[date, str, float, str]:
    """Sorts the files of one organisation, the latest last: 基准日, time of sealing, time of the file, content."""
    as_of = submission.cover.get("as_of")
    day = as_of if isinstance(as_of, date) else date.min
    return day, submission.sealed_at, submission.modified, submission.fingerprint


def _place(verdict: Verdict) -> tuple[str, bool, str, str]:
    one = verdict.submission
    return one.organisation, not verdict.is_accepted, one.file, one.fingerprint


def _without_copies(ordered: Sequence[Submission]) -> tuple[list[Submission], list[Verdict]]:
    """Equal files once, as the one handed in last: a branch may come back to what it sent first."""
    by_content: dict[str, list[Submission]] = {}
    for one in ordered:
        by_content.setdefault(one.fingerprint or f"unread {one.file}", []).append(one)
    singles, copies = [], []
    for group in by_content.values():
        kept = max(group, key=lambda one: (recency(one), one.file))
        singles.append(kept)
        note = f"与“{kept.file}”内容完全相同，只计一次"
        copies += [Verdict(one, SubmissionStatus.DOUBLE, note, is_copy=True) for one in group if one is not kept]
    return singles, copies


def _usual_period(submissions: Iterable[Submission]) -> str:
    """The period most files name; of equally frequent ones the latest."""
    counts = Counter(one.on_cover("period") for one in submissions if one.on_cover("period"))
    return max(counts, key=lambda period: (counts[period], period), default="")


def _codes_above(home: Home, submissions: Iterable[Submission]) -> frozenset[str]:
    """Codes whose subordinates are ours: our own, the listed ones, and committees handing in under ours."""
    ours = {home.code, *home.directory.entries}
    committees = [one for one in submissions if one.kind == "committee" and one.organisation]
    ours |= {one.organisation for one in committees if one.on_cover("superior_code") in ours}
    return frozenset(ours - {""})


def _first_look(one: Submission, home: Home, period: str, above: frozenset[str]) -> Verdict:
    found = _not_usable(one) or _not_ours(one, home, above) or _not_current(one, period)
    if found is not None:
        return Verdict(one, *found)
    return Verdict(one, SubmissionStatus.SUBMITTED, _SEALS[one.seal])


def _not_usable(one: Submission) -> tuple[str, str] | None:
    if one.fault:
        return SubmissionStatus.UNREADABLE, one.fault
    if not one.organisation:
        return SubmissionStatus.UNREADABLE, "封面没有填党组织代码，不知道是谁报来的：请填好封面再报送"
    return None


def _not_ours(one: Submission, home: Home, above: frozenset[str]) -> tuple[str, str] | None:
    if one.organisation == home.code:
        return SubmissionStatus.NOT_LISTED, "这是本级自己的文件，不是下级报来的：请从报送文件夹里拿走"
    listed = home.directory.entries
    if not listed or one.organisation in listed or not home.code or one.on_cover("superior_code") in above:
        return None
    note = f"代码 {one.organisation} 不在“党组织名录”，上级也不是本级：确属本级的请先补进名录，再合并一次"
    return SubmissionStatus.NOT_LISTED, note


def _not_current(one: Submission, period: str) -> tuple[str, str] | None:
    version = one.on_cover("template_version")
    if version and _major(version) < _major(TEMPLATE_VERSION):
        note = f"用的是模板 {version} 版，现行的是 {TEMPLATE_VERSION} 版：请把内容搬到新模板后重报"
        return SubmissionStatus.OLD_TEMPLATE, note
    if one.on_cover("period") != period:
        written = one.on_cover("period") or "空"
        note = f"封面的填报期是“{written}”，这次合并的是“{period}”：请核对填报期后重报"
        return SubmissionStatus.WRONG_PERIOD, note
    return None


def _major(version: str) -> int:
    digits = version.split(".", maxsplit=1)[0]
    return int(digits) if digits.isdigit() else 0


def _latest_of_each(verdicts: Iterable[Verdict]) -> list[Verdict]:
    by_organisation: dict[str, list[Verdict]] = {}
    kept = []
    for verdict in verdicts:
        if verdict.is_accepted:
            by_organisation.setdefault(verdict.submission.organisation, []).append(verdict)
        else:
            kept.append(verdict)
    for group in by_organisation.values():
        *earlier, latest = sorted(group, key=lambda verdict: recency(verdict.submission))
        kept.append(_chosen(latest, earlier))
        kept += [_replaced(one.submission, latest.submission) for one in earlier]
    return kept


def _chosen(latest: Verdict, earlier: Sequence[Verdict]) -> Verdict:
    if not earlier:
        return latest
    files = "、".join(f"“{one.submission.file}”" for one in earlier)
    notes = [part for part in (latest.note, f"共收到 {len(earlier) + 1} 份，采用最新的这一份，没有用{files}") if part]
    return Verdict(latest.submission, latest.status, "；".join(notes))


def _replaced(old: Submission, new: Submission) -> Verdict:
    note = f"已由较新的“{new.file}”取代，没有合并；与它相比：{difference_text(old, new)}"
    return Verdict(old, SubmissionStatus.DOUBLE, note)


def difference_text(old: Submission, new: Submission) -> str:
    """What changes from one file to the other, register by register, with a few names."""
    parts = []
    for key in old.rows:
        changes = [
            change
            for change in compare(key, _named(key, old.rows), _named(key, new.rows))
            if change.kind != MergeChange.SAME
        ]
        counts: Mapping[str, int] = tally(changes).get(key, {})
        if changes:
            figures = "、".join(f"{kind}{number}" for kind, number in sorted(counts.items()))
            names = list(dict.fromkeys(change.row.text("name") for change in changes if change.row.text("name")))
            more = "等" if len(names) > _MOST_NAMED else ""
            whose = f"（{'、'.join(names[:_MOST_NAMED])}{more}）" if names else ""
            parts.append(f"{registers()[key].title} {figures}{whose}")
    return "；".join(parts) or "内容相同"


def _named(key: str, rows: Mapping[str, Sequence[MergedRow]]) -> list[MergedRow]:
    return [row for row in rows.get(key, ()) if row_key(key, row) is not None]
