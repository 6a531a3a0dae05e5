"""Outgoing transfer letters (介绍信) of one person: last valid day, day the receipt is due, what is overdue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from validators.dates import deadline
from validators.happened import happened
from validators.policy import Policy
from validators.table import Row
from validators.words import ChangeKind, LetterDirection, StubStatus

_LONGEST_DAYS = 3660
"""A typed 有效期天数 beyond ten years is a slip of the pen; the default is used instead (the check reports it)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One outgoing letter at the as-of date. ``receipt_on`` is None until the receipt is logged."""

    row: Row
    issued_on: date
    valid_days: int
    expires_on: date
    receipt_due_on: date
    receipt_on: date | None
    is_settled: bool
    is_permanent: bool

    @property
    def arithmetic(self) -> str:
        """How the last valid day comes about, e.g. ``开出 2026-01-20 + 90天 = 2026-04-20``."""
        return f"开出 {self.issued_on} + {self.valid_days}天 = {self.expires_on}"


def is_written(row: Row) -> bool:
    """Whether a row of 介绍信 is a letter this branch wrote and did not void."""
    return row["direction"] != LetterDirection.IN and row["stub_status"] != StubStatus.VOID


def outgoing_letters(rows: Iterable[Row], policy: Policy, as_of: date) -> tuple[Letter, ...]:
    """The letters written out by ``as_of`` that are not void, oldest first (R-XFER-EXPIRY, decisions on 回执应到日)."""
    found = [
        _letter(row, issued_on, policy, as_of)
        for row in rows
        if is_written(row) and (issued_on := happened(row, "issued_on", as_of)) is not None
    ]
    return tuple(sorted(found, key=lambda letter: letter.issued_on))


def _letter(row: Row, issued_on: date, policy: Policy, as_of: date) -> Letter:
    typed = row.whole("valid_days")
    valid_days = typed if typed is not None and 0 < typed <= _LONGEST_DAYS else policy.whole("letter.default_days")
    expires_on = deadline(issued_on, valid_days)
    return Letter(
        row=row,
        issued_on=issued_on,
        valid_days=valid_days,
        expires_on=expires_on,
        receipt_due_on=deadline(expires_on, policy.whole("receipt.grace_days")),
        receipt_on=happened(row, "receipt_on", as_of),
        is_settled=row["stub_status"] == StubStatus.CONFIRMED,
        is_permanent=row["change_kind"] != ChangeKind.TEMPORARY,
    )


def awaits_receipt(letter: Letter, policy: Policy) -> bool:
    """Whether a receipt is still expected: none logged, not settled otherwise, written since ``receipt.since``."""
    is_new = letter.issued_on >= policy.day("receipt.since")
    return letter.receipt_on is None and not letter.is_settled and is_new


def awaiting(letters: Sequence[Letter], policy: Policy) -> tuple[Letter, ...]:
    """The letters of one person whose receipt is still to come; a later letter that has landed settles the older."""
    landed = max((letter.issued_on for letter in letters if letter.receipt_on is not None), default=date.min)
    return tuple(letter for letter in letters if letter.issued_on >= landed and awaits_receipt(letter, policy))


def transferred_on(letters: Iterable[Letter]) -> date | None:
    """The day the transfer was complete (R-XFER-RECEIPT): the latest permanent letter has its receipt."""
    permanent = [letter for letter in letters if letter.is_permanent]
    return permanent[-1].receipt_on if permanent else None
