"""The milestones of a 集中排查 as lines of text: who owes what to whom by when, reminders, dates out of order."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from addin.due_sheet import days_words
from addin.text_width import table_lines
from validators.campaigns import Campaign, Milestone, order_faults, reminder_days

_TITLES = ("截止日", "剩余", "层级", "编号", "做什么", "报给谁", "附件")


def campaign_lines(plan: Campaign, year: int, as_of: date) -> Iterator[str]:
    """The calendar of a campaign that begins in ``year``, the earliest milestone first."""
    rows = sorted(plan.milestones, key=lambda row: row.due_on(year))
    yield f"集中排查日程“{plan.title}”（{plan.key}，{year}年开始），基准日 {as_of}，依据：{plan.source}。"
    yield ""
    yield from table_lines(_TITLES, [_cells(row, numbers_of(plan)[row.key], year, as_of) for row in rows])
    for row in rows:
        if row.note:
            yield f"  注：{row.what}——{row.note}"
    yield from _reminders(rows, year, as_of)
    faults = order_faults(plan.milestones, year)
    if faults:
        yield ""
        yield "日期先后有误："
        yield from (f"  {fault.text}" for fault in faults)


def numbers_of(plan: Campaign) -> Mapping[str, int]:
    """The number (编号) of each milestone by its key, in the order of the plan: what a clerk calls it by."""
    return {row.key: number for number, row in enumerate(plan.milestones, 1)}


def reminders_of(row: Milestone, year: int) -> tuple[date, ...]:
    """The days on which one is reminded of a milestone: 7 and 3 days before, and on the day."""
    return tuple(row.due_on(year) - timedelta(days=days) for days in reminder_days())


def next_reminder(row: Milestone, year: int, as_of: date) -> date | None:
    """The next of these days, today included; None when all are past."""
    return min((day for day in reminders_of(row, year) if day >= as_of), default=None)


def _reminders(rows: Sequence[Milestone], year: int, as_of: date) -> Iterator[str]:
    near = [row for row in rows if 0 <= (row.due_on(year) - as_of).days <= max(reminder_days())]
    if near:
        yield ""
        yield "近期提醒："
    for row in near:
        yield f"  {row.due_on(year)}（{days_words((row.due_on(year) - as_of).days)}）{row.level}：{row.what}"


def _cells(row: Milestone, number: int, year: int, as_of: date) -> tuple[str, ...]:
    due = row.due_on(year)
    left = days_words((due - as_of).days).replace("逾期", "已过")
    attachments = "、".join(row.attachments) or "—"
    return due.isoformat(), left, row.level, str(number), row.what, row.recipient or "—", attachments
