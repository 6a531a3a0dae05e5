"""Conditional formats of a table sheet as formulas: filled rows, blank required cells, lost members, overdue dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from addin.layout import AS_OF_NAME, FIRST_ROW, SheetPlan
from validators.table import column_letter
from validators.words import DueStatus, LostListName, RelationBelonging, YesNo

Look = Literal["filled", "missing", "lost", "left", "overdue"]

AS_OF = f"IF(ISNUMBER({AS_OF_NAME}),{AS_OF_NAME},TODAY())"
"""The day dates are compared with in a workbook: the cover's 基准日, else today."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """One conditional format: how it looks, its formula for the first data row, its 0-based first and last column."""

    look: Look
    formula: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Duty:
    """A date to be kept: late once past 基准日 while every ``done`` column is blank. ``days`` adds a column of days."""

    register: str
    date: str
    done: tuple[str, ...] = ()
    days: str | None = None


DUTIES = (
    Duty("outflow", "expected_return_on", ("returned_on",)),
    Duty("lost_file", "search_deadline", ("found_on", "search_ended_on")),
    Duty("transfer_letter", "issued_on", ("receipt_on", "settlement"), days="valid_days"),
    Duty("disposition", "correction_ends_on", ("correction_conclusion",)),
    Duty("abroad", "expected_return_on", ("returned_on",)),
    Duty("agreement", "expires_on"),
    Duty("agreement", "next_consultation_on"),
    Duty("inspection_sample", "rectify_by", ("closed_on",)),
)


def highlights(plan: SheetPlan) -> tuple[Highlight, ...]:
    """The conditional formats of a sheet, the most telling first."""
    return (*_missing(plan), *_overdue(plan), *_states(plan), _filled(plan))


def _overdue(plan: SheetPlan) -> Iterator[Highlight]:
    for duty in DUTIES:
        if duty.register != plan.register.key:
            continue
        day = _cell(plan, duty.date)
        due = f"{day}+{_cell(plan, duty.days)}" if duty.days else day
        given = [f"ISNUMBER({_cell(plan, key)})" for key in (duty.date, duty.days) if key]
        undone = [f'{_cell(plan, key)}=""' for key in duty.done]
        number = plan.position(duty.date) or 0
        yield Highlight("overdue", f"AND({','.join([*given, *undone, f'{due}<{AS_OF}'])})", number, number)


def _states(plan: SheetPlan) -> Iterator[Highlight]:
    last = len(plan.columns) - 1
    if plan.register.key == "member_roster":
        yield Highlight("left", f'{_cell(plan, "relation_belonging")}="{RelationBelonging.LEFT}"', 0, last)
        yield Highlight("lost", f'{_cell(plan, "is_lost")}="{YesNo.YES}"', 0, last)
    if plan.register.key == "due_list":
        first, last = plan.position("status") or 0, plan.position("days") or 0
        yield Highlight("overdue", f'{_cell(plan, "status")}="{DueStatus.OVERDUE}"', first, last)
        yield Highlight("missing", f'{_cell(plan, "status")}="{DueStatus.DUE}"', first, last)
    if plan.register.key == "lost_list":
        of = ",".join(f'{_cell(plan, "list")}="{name}"' for name in (LostListName.LOST, LostListName.NOT_FOUND))
        yield Highlight("lost", f"OR({of})", 0, plan.frozen - 1)


def _missing(plan: SheetPlan) -> Iterator[Highlight]:
    if not plan.protected:
        return
    for number, column in enumerate(plan.columns):
        if column.required:
            letter = column_letter(number + 1)
            yield Highlight("missing", f'AND({_counted(plan)}>0,{letter}{FIRST_ROW}="")', number, number)


def _filled(plan: SheetPlan) -> Highlight:
    return Highlight("filled", f"{_counted(plan)}>0", 0, len(plan.columns) - 1)


def _counted(plan: SheetPlan) -> str:
    return f"COUNTA($A{FIRST_ROW}:${column_letter(len(plan.columns))}{FIRST_ROW})"


def _cell(plan: SheetPlan, key: str) -> str:
    position = plan.position(key)
    if position is None:
        raise KeyError(f"{plan.register.key}.{key}")
    return f"${column_letter(position + 1)}{FIRST_ROW}"
