"""Reads handed-in workbooks, one a task, in whatever executor it is given; a bad file is a sentence, never a stop."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date

from addin.hosts.encryption import unlocked
from addin.hosts.helpers import MOST_SECONDS, helper_processes, no_longer
from addin.hosts.inbox import Found
from addin.hosts.merge_memory import MergeMemory, key_of
from addin.hosts.packed_values import packed, packed_apart, submission_from
from addin.hosts.rows_ahead import drawn_ahead
from addin.loading import load_book
from addin.merging.judged import Judged, judged_from
from addin.merging.tallies import tallies
from addin.problem import CannotUse
from addin.submissions import Submission, submission_of
from validators.check import check
from validators.policy import Policy
from validators.rule import Case

Pool = Executor | None
Task = tuple[Found, Judged | None]
_STOPPED = "读取时程序意外退出或超过时限，请单独打开检查这个文件"

FINGERPRINT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Terms:
    """By what every file is judged: the committee's policy, the 基准日 (None: of its own cover, else ``today``).

    ``passwords`` are tried on files handed in under one.
    """

    profile: str
    values: Mapping[str, object]
    as_of: date | None
    today: date
    passwords: tuple[str, ...] = ()

    def day_for(self, on_cover: object) -> date:
        """The 基准日 by which a file with this one on its cover is judged."""
        return self.as_of or (on_cover if isinstance(on_cover, date) else self.today)

    @property
    def policy(self) -> Policy:
        """The policy again, on whichever side of a process border."""
        return Policy(self.profile, self.values)


@dataclass(frozen=True, slots=True)
class Read:
    """One file as a helper hands it over: packed rows, the same drawn ahead, and the outcome of the check, or the
    sentence why there are none.

    ``is_secret`` marks a file handed in under a password: nothing of it is kept.
    """

    fingerprint: str = ""
    content: bytes = b""
    drawn: bytes = b""
    judged: Judged = field(default_factory=Judged)
    fault: str = ""
    is_secret: bool = False


def read_submissions(
    found: Sequence[Found], terms: Terms, memory: MergeMemory, choose: Callable[[int], AbstractContextManager[Pool]]
) -> Iterator[Submission]:
    """Every file as a Submission, as they get ready. What the memory holds of a file is not worked out again.

    ``choose`` gives the executor for so many files, None to read one after the other.
    """
    prints = {one: _fingerprint(one) for one in found}
    keys = {one: key_of(prints[one], one.name, terms.policy, terms.day_for(None)) for one in found}
    judged = memory.judged(keys[one] for one in found if terms.as_of is not None and prints[one])
    tasks: list[Task] = []
    learnt, contents = dict[str, Judged](), dict[tuple[str, str], tuple[bytes, bytes]]()
    for one in found:
        outcome = judged.get(keys[one])
        known = memory.submission(prints[one], one.name) if outcome is not None else None
        if outcome is None or known is None:
            tasks.append((one, outcome))
            continue
        yield _with(known, outcome, one)
    with choose(len(tasks)) as executor:
        for one, read in _in_turn(tasks, terms) if executor is None else _at_once(tasks, terms, executor):
            submission = _submission(one, read)
            yield submission
            if not submission.fault and not read.is_secret:
                day = terms.day_for(submission.cover.get("as_of"))
                learnt[key_of(read.fingerprint, one.name, terms.policy, day)] = read.judged
                contents[read.fingerprint, one.name] = read.content, read.drawn
    memory.keep_judged(learnt)
    memory.keep_contents(contents)


def _fingerprint(one: Found) -> str:
    """Of a file as it is; "" for one that cannot even be opened."""
    try:
        return "" if one.fault else fingerprint_of(one)
    except OSError:
        return ""


def _submission(one: Found, read: Read) -> Submission:
    rows = submission_from(read.content, read.drawn) if not read.fault else None
    return _failed(one, read.fault or _STOPPED, read.fingerprint) if rows is None else _with(rows, read.judged, one)


def _with(read: Submission, judged: Judged, one: Found) -> Submission:
    """What a file holds, with what checking it came to."""
    return replace(
        read,
        modified=one.modified,
        errors=judged.errors,
        queries=judged.queries,
        tallies=judged.tallies,
        open_items=judged.open_items,
    )


def _in_turn(tasks: Sequence[Task], terms: Terms) -> Iterator[tuple[Found, Read]]:
    for one, judged in tasks:
        yield one, read_submission(one, terms, judged)


def _at_once(tasks: Sequence[Task], terms: Terms, executor: Executor) -> Iterator[tuple[Found, Read]]:
    waiting: dict[Future[Read], Task] = {
        executor.submit(read_submission, one, terms, judged): (one, judged) for one, judged in tasks
    }
    left_over: list[Task] = []
    for done in as_completed(waiting):
        one, judged = waiting.pop(done)
        match done.exception():
            case None:
                yield one, done.result()
            case BrokenExecutor():
                left_over.append((one, judged))
            case _:
                yield one, Read(fault=_STOPPED)
    yield from _one_by_one(left_over, terms)


def _one_by_one(tasks: Iterable[Task], terms: Terms) -> Iterator[tuple[Found, Read]]:
    """A helper that dies takes the others' work along: each file then gets a process of its own."""
    for one, judged in tasks:
        with helper_processes(1) as alone:
            try:
                yield one, alone.submit(read_submission, one, terms, judged).result()
            except BrokenExecutor:
                yield one, Read(fault=_STOPPED)


def read_submission(one: Found, terms: Terms, judged: Judged | None = None) -> Read:
    """One file, read and, unless the outcome is known, checked. Whatever is wrong with it becomes its ``fault``."""
    if one.fault:
        return Read(fault=one.fault)
    fingerprint = ""
    try:
        fingerprint = fingerprint_of(one)
        with no_longer(MOST_SECONDS), unlocked(one.path, terms.passwords) as path:
            is_secret = path != one.path
            book = replace(load_book(path), file=one.name)
        if judged is None:
            case = Case(book, terms.policy, terms.day_for(book.cover["as_of"]))
            judged = judged_from(check(case), tallies(case))
        submission = submission_of(book, fingerprint=fingerprint)
        drawn = packed_apart(drawn_ahead(submission))
        return Read(fingerprint, packed(submission), drawn, judged, is_secret=is_secret)
    except CannotUse as why:
        return Read(fingerprint, fault=_named(str(why), one))
    except OSError as why:
        return Read(fingerprint, fault=f"读不到这个文件（{why.strerror or why}），请检查后重新放进来")
    except Exception as why:
        return Read(fingerprint, fault=f"读取时出错（{type(why).__name__}），请单独打开检查这个文件")


def fingerprint_of(one: Found) -> str:
    """Sixteen hex digits of SHA-256 over the file as it is."""
    with one.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:FINGERPRINT_LENGTH]


def _named(sentence: str, one: Found) -> str:
    """Unpacked files have names of their own; the clerk knows them by the name in the archive."""
    return sentence.replace(one.path.name, one.name)


def _failed(one: Found, fault: str, fingerprint: str = "") -> Submission:
    return Submission(one.name, fingerprint=fingerprint, modified=one.modified, fault=fault)
