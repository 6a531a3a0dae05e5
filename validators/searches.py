"""Search files (查找档案) and what a search owes: weekly and monthly rows, effort, the half-yearly try after a stop."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from validators.codes import code_lists
from validators.dates import Month, iso_week
from validators.happened import Event, day_of, happened
from validators.people import Person
from validators.periods import CADENCES, Duty, P, in_a_row, in_words, missed, next_owed
from validators.policy import Policy
from validators.table import Row
from validators.words import SearchOutcome

WEEKLY, MONTHLY, CONTINUE = "R-SEARCH-WEEKLY", "R-SEARCH-MONTHLY", "R-SEARCH-CONTINUE"


class FileState(Enum):
    """Where a search file stands at the as-of date."""

    OPEN = "查找中"
    FOUND = "取得联系"
    NOT_FOUND = "无法取得联系"


@dataclass(frozen=True, slots=True)
class SearchFile:
    """One 失联档案 row. ``closed_on`` is the day of contact, or the end of a search without success."""

    row: Row
    number: str
    discovered_on: date | None
    state: FileState
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Effort:
    """What was tried for one file: families used (A–G), number of rows, days from the first to the last."""

    families: frozenset[str]
    attempts: int
    span_days: int

    @property
    def text(self) -> str:
        """In words: ``已查找3次（A、B、C类），跨34天``."""
        used = f"（{'、'.join(sorted(self.families))}类）" if self.families else ""
        return f"已查找{self.attempts}次{used}，跨{self.span_days}天"


@dataclass(frozen=True, slots=True)
class SearchDuty:
    """What R-SEARCH-WEEKLY, -MONTHLY or -CONTINUE asks for one file; as ContactDuty."""

    rule: str
    next_due: date | None
    late_since: date | None
    missed: int
    text: str


def search_files(rows: Iterable[Row], as_of: date) -> tuple[SearchFile, ...]:
    """The files opened by ``as_of`` (or without a readable date), the oldest first."""
    found = [
        _file(row, as_of)
        for row in rows
        if happened(row, "discovered_on", as_of) is not None or day_of(row, "discovered_on") is None
    ]
    return tuple(sorted(found, key=lambda file: file.discovered_on or date.min))


def _file(row: Row, as_of: date) -> SearchFile:
    discovered_on = happened(row, "discovered_on", as_of)
    state, closed_on = FileState.OPEN, None
    closing = {SearchOutcome.FOUND: FileState.FOUND, SearchOutcome.NOT_FOUND: FileState.NOT_FOUND}
    outcome = closing.get(row.text("search_outcome"))
    if outcome is not None:
        key = "found_on" if outcome is FileState.FOUND else "search_ended_on"
        closed_on = happened(row, key, as_of)
        if closed_on is not None or day_of(row, key) is None:
            state = outcome
    return SearchFile(row, row.text("file_number"), discovered_on, state, closed_on)


def attempts(person: Person, file: SearchFile, as_of: date) -> tuple[Event, ...]:
    """The rows of 查找记录 under a file's number, oldest first; of who has one file only, every row is about it.

    A number mistyped there has its own finding (R-X-FILE).
    """
    is_only = len(person.of("lost_file")) == 1
    found = [
        Event(day, row, "查找")
        for row in person.of("search_log")
        if (row["file_number"] == file.number or is_only) and (day := happened(row, "searched_on", as_of)) is not None
    ]
    return tuple(sorted(found, key=lambda event: event.day))


def family(row: Row) -> str:
    """The family letter (A–G) of a search row's 查找方式; empty when blank or unknown."""
    entry = code_lists()["search_method"].by_word.get(row.text("method"))
    return str(entry.attributes["family"]) if entry is not None else ""


def effort(tries: Sequence[Event]) -> Effort:
    """What the rows of one file add up to."""
    families = frozenset(letter for event in tries if (letter := family(event.row)))
    span = (tries[-1].day - tries[0].day).days if tries else 0
    return Effort(families, len(tries), span)


def lacking(done: Effort, policy: Policy, host_known: bool) -> tuple[str, ...]:
    """R-SEARCH-EXHAUST: what is missing before 仍无法取得联系 may be concluded, in words; empty when exhausted."""
    wanted = {letter.strip() for letter in policy.words("search.min_families")}
    if host_known:
        wanted.add("F")
    absent = sorted(wanted - done.families)
    least, span = policy.whole("search.min_attempts"), policy.whole("search.min_span_days")
    found = []
    if absent:
        found.append(f"还没有做{'、'.join(_family_words(absent))}")
    if done.attempts < least:
        found.append(f"查找次数{done.attempts}次，少于{least}次")
    if done.span_days < span:
        found.append(f"首末次相隔{done.span_days}天，不足{span}天")
    return tuple(found)


def _family_words(letters: Iterable[str]) -> Iterator[str]:
    """查找方式 as the drop-down has it, by family letter."""
    entries = code_lists()["search_method"].entries
    for letter in letters:
        yield next((entry.word for entry in entries if entry.attributes["family"] == letter), letter)


def search_duties(
    file: SearchFile, tries: Sequence[Event], policy: Policy, as_of: date, *, is_key: bool, is_stopped: bool
) -> tuple[SearchDuty, ...]:
    """What one file owes; the duties start with the week, month or half-year after 立案 (decisions on 立案日)."""
    if file.discovered_on is None:
        return ()
    days = [event.day for event in tries]
    if file.state is FileState.OPEN:
        duty = Duty(file.discovered_on)
        opened = f"发现失联 {file.discovered_on}"
        found = []
        if is_key and policy.flag("search.weekly"):
            found.append(_duty(WEEKLY, iso_week, duty, days, as_of, f"{opened}，重点对象每周至少查找1次"))
        if policy.flag("search.monthly"):
            reported = happened(file.row, "reported_on", as_of)
            done = days if reported is None else [*days, reported]
            found.append(_duty(MONTHLY, Month.of, duty, done, as_of, f"{opened}，每月至少查找或上报1次"))
        return tuple(found)
    cadence = CADENCES.get(policy.word("search.after_stop"))
    if file.state is FileState.NOT_FOUND and file.closed_on is not None and cadence is not None:
        unit, of = cadence
        text = f"查找结束 {file.closed_on}，{'停止党籍后' if is_stopped else '此后'}每{unit}至少查找1次"
        return (_duty(CONTINUE, of, Duty(file.closed_on), days, as_of, text),)
    return ()


def _duty(rule: str, of: Callable[[date], P], duty: Duty, days: Sequence[date], as_of: date, text: str) -> SearchDuty:
    done = {of(day) for day in days}
    run = missed(of, (duty,), done, as_of)
    late_since = run[0].last if run else None
    if late_since is not None and any(day > late_since for day in days):
        late_since = None
    coming = next_owed(of, (duty,), done, as_of)
    if late_since is not None:
        text = f"{text}；{in_words(run[0])}（至{run[0].last}）没有记录{in_a_row(run)}"
    elif coming is not None:
        text = f"{text}；{in_words(coming)}截止 {coming.last}"
    return SearchDuty(rule, coming.last if coming is not None else None, late_since, len(run), text)
