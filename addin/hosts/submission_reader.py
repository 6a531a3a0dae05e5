"""Reads handed-in workbooks, one a task, in whatever executor it is given; a bad file is a sentence, never a stop."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date

from addin.hosts.encryption import unlocked
from addin.hosts.helpers import MOST_SECONDS, helper_processes, no_longer
from addin.hosts.inbox import Found
from addin.hosts.judged_store import JudgedStore, key_of
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


def read_submissions(
    found: Sequence[Found], terms: Terms, store: JudgedStore, choose: Callable[[int], AbstractContextManager[Pool]]
) -> Iterator[Submission]:
    """Every file as a Submission, as they get ready. What the store knows of a file is not worked out again.

    ``choose`` gives the executor for so many files, None to read one after the other.
    """
    keys = {one: _key(one, terms) for one in found if terms.as_of is not None and not one.fault}
    known = store.get(keys.values())
    tasks = [(one, known.get(keys.get(one, ""))) for one in found]
    learnt: dict[str, Judged] = {}
    with choose(len(found)) as executor:
        for one, read in _in_turn(tasks, terms) if executor is None else _at_once(tasks, terms, executor):
            if not read.fault:
                key = key_of(read.fingerprint, one.name, terms.policy, terms.day_for(read.cover.get("as_of")))
                learnt[key] = Judged(read.errors, read.queries, read.tallies, read.open_items)
            yield read
    store.put(learnt)


def _key(one: Found, terms: Terms) -> str:
    """Under what the outcome of a file is remembered; "" for one that cannot even be opened."""
    try:
        return key_of(fingerprint_of(one), one.name, terms.policy, terms.day_for(None))
    except OSError:
        return ""


def _in_turn(tasks: Sequence[Task], terms: Terms) -> Iterator[tuple[Found, Submission]]:
    for one, judged in tasks:
        yield one, read_submission(one, terms, judged)


def _at_once(tasks: Sequence[Task], terms: Terms, executor: Executor) -> Iterator[tuple[Found, Submission]]:
    waiting: dict[Future[Submission], Task] = {
        executor.submit(read_submission, one, terms, judged): (one, judged) for one, judged in tasks
    }
    left_over: list[Task] = []
    for done in as_completed(waiting):
        one, _ = waiting[done]
        match done.exception():
            case None:
                yield one, done.result()
            case BrokenExecutor():
                left_over.append(waiting[done])
            case _:
                yield one, _failed(one, _STOPPED)
    yield from _one_by_one(left_over, terms)


def _one_by_one(tasks: Iterable[Task], terms: Terms) -> Iterator[tuple[Found, Submission]]:
    """A helper that dies takes the others' work along: each file then gets a process of its own."""
    for one, judged in tasks:
        with helper_processes(1) as alone:
            try:
                yield one, alone.submit(read_submission, one, terms, judged).result()
            except BrokenExecutor:
                yield one, _failed(one, _STOPPED)


def read_submission(one: Found, terms: Terms, judged: Judged | None = None) -> Submission:
    """One file, read and, unless the outcome is known, checked. Whatever is wrong with it becomes its ``fault``."""
    if one.fault:
        return _failed(one, one.fault)
    fingerprint = ""
    try:
        fingerprint = fingerprint_of(one)
        with no_longer(MOST_SECONDS), unlocked(one.path, terms.passwords) as path:
            book = replace(load_book(path), file=one.name)
        if judged is None:
            case = Case(book, terms.policy, terms.day_for(book.cover["as_of"]))
            judged = judged_from(check(case), tallies(case))
        read = submission_of(book, fingerprint=fingerprint, modified=one.modified)
        return replace(
            read,
            errors=judged.errors,
            queries=judged.queries,
            tallies=judged.tallies,
            open_items=judged.open_items,
        )
    except CannotUse as why:
        return _failed(one, _named(str(why), one), fingerprint)
    except OSError as why:
        return _failed(one, f"读不到这个文件（{why.strerror or why}），请检查后重新放进来", fingerprint)
    except Exception as why:
        return _failed(one, f"读取时出错（{type(why).__name__}），请单独打开检查这个文件", fingerprint)


def fingerprint_of(one: Found) -> str:
    """Sixteen hex digits of SHA-256 over the file as it is."""
    with one.path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:FINGERPRINT_LENGTH]


def _named(sentence: str, one: Found) -> str:
    """Unpacked files have names of their own; the clerk knows them by the name in the archive."""
    return sentence.replace(one.path.name, one.name)


def _failed(one: Found, fault: str, fingerprint: str = "") -> Submission:
    return Submission(one.name, fingerprint=fingerprint, modified=one.modified, fault=fault)
