"""Reads handed-in workbooks, one a task, in whatever executor it is given; a bad file is a sentence, never a stop."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, replace
from datetime import date

from addin.hosts.encryption import unlocked
from addin.hosts.inbox import Found
from addin.loading import load_book
from addin.merging.items import open_keys
from addin.merging.tallies import tallies
from addin.problem import CannotUse
from addin.submissions import Submission, submission_of
from validators.check import check
from validators.policy import Policy
from validators.rule import Case

FINGERPRINT_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Terms:
    """By what every file is judged: the committee's policy, the 基准日 (None: of its own cover, else ``today``).

    ``password`` opens files handed in under one.
    """

    profile: str
    values: Mapping[str, object]
    as_of: date | None
    today: date
    password: str = ""

    @property
    def policy(self) -> Policy:
        """The policy again, on whichever side of a process border."""
        return Policy(self.profile, self.values)


def read_submissions(found: Sequence[Found], terms: Terms, executor: Executor | None) -> Iterator[Submission]:
    """Every file as a Submission, as they get ready; without an executor one after the other."""
    if executor is None:
        yield from (read_submission(one, terms) for one in found)
        return
    waiting: dict[Future[Submission], Found] = {executor.submit(read_submission, one, terms): one for one in found}
    for done in as_completed(waiting):
        fault = done.exception()
        yield done.result() if fault is None else _failed(waiting[done], "读取时程序意外退出，请单独打开检查这个文件")


def read_submission(one: Found, terms: Terms) -> Submission:
    """One file, read and checked. Whatever is wrong with it becomes its ``fault``."""
    if one.fault:
        return _failed(one, one.fault)
    fingerprint = ""
    try:
        fingerprint = fingerprint_of(one)
        with unlocked(one.path, terms.password) as path:
            book = replace(load_book(path), file=one.name)
        case = Case(book, terms.policy, terms.as_of or book.cover.day("as_of") or terms.today)
        findings = check(case)
        read = submission_of(book, findings, fingerprint=fingerprint, modified=one.modified)
        return replace(read, tallies=tallies(case), open_items=open_keys(findings))
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
