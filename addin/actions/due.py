"""`taizhang due`: what is overdue and what falls due next, by contact person."""

import argparse
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from addin.actions.common import (
    AS_OF,
    FILE,
    FULL_IDS,
    JSON_OUT,
    WRITE,
    case_json,
    iso_date,
    open_case,
    write_json,
    write_result_sheet,
)
from addin.call_sheet import call_rows
from addin.desk import Desk
from addin.due_calendar import month_pages
from addin.due_sheet import due_rows
from addin.due_text import counts_words, due_lines
from addin.hosts.due_report_writer import DueReport, write_due_report
from addin.load_table import load_table
from addin.masking import mask_identity, mask_numbers
from addin.organisations import organisation_names
from addin.problem import WrongUsage
from addin.registry import OK, action, argument
from validators.case_facts import facts
from validators.dates import Quarter
from validators.due import DueItem, due_items
from validators.forecast import forecast
from validators.rule import Case

_MOST_CALENDAR_DAYS = 366


def whole_days(text: str) -> int:
    """A number of days typed on the command line. Raises argparse's error in the clerk's words."""
    if not text.isdigit() or len(text) > 4:
        raise argparse.ArgumentTypeError(f"天数“{text}”看不懂，请写 0 到 9999 的整数，如 90")
    return int(text)


@action(
    "due",
    label="逾期与到期",
    tip="列出逾期和快到期的联系、查找、回执、期限，按支部联系人排好，每件事写明日期是怎样算出来的。",
    arguments=(
        FILE,
        AS_OF,
        argument("--days", metavar="天数", type=whole_days, default=90, help="往后看多少天（默认 90；0 只列已逾期的）"),
        JSON_OUT,
        FULL_IDS,
        WRITE,
        argument(
            "-o",
            "--output",
            metavar="文件夹",
            type=Path,
            help="另存可打印的“通话与期限”：登记单、日历、预测等",
        ),
        argument("--until", metavar="日期", type=iso_date, help="预测到哪一天（默认本季度末），如上报日 2026-12-31"),
    ),
)
def due(args: argparse.Namespace, desk: Desk) -> int:
    """Show the deadlines, and write them as a sheet. Raises CannotUse for an unusable workbook."""
    case = open_case(args, desk)
    items = due_items(case.book, facts(case), case.policy, case.as_of, args.days)
    if args.json is not None:
        write_json(args.json, due_json(case, items, args.days, full_ids=args.full_ids))
    for line in due_lines(items, case.book.file, case.as_of, args.days):
        desk.say(line)
    if args.write:
        rows = due_rows(items, organisation_names(case.book))
        write_result_sheet(case, args.file, desk, "due_list", rows, f"基准日 {case.as_of}：{counts_words(items)}")
    if args.output is not None:
        target = free_name(args.output, f"{args.file.stem}_通话与期限_{case.as_of}")
        write_due_report(target, due_report(case, items, args.days, args.until or reporting_day(case.as_of)))
        desk.say()
        desk.say(f"已生成：{target}")
    return OK


def reporting_day(as_of: date) -> date:
    """The last day of the running quarter, of the next one when that is the as-of date itself."""
    return Quarter.of(as_of + timedelta(days=1)).last


def free_name(folder: Path, stem: str) -> Path:
    """A file in the folder that is not there yet: a filled call sheet is never overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    names = (f"{stem}.xlsx", *(f"{stem}_{number}.xlsx" for number in range(2, 1000)))
    return next(path for name in names if not (path := folder / name).exists())


def due_report(case: Case, items: Sequence[DueItem], days: int, until: date) -> DueReport:
    """What the printable workbook shows. Raises WrongUsage when ``until`` is not after the as-of date."""
    if until <= case.as_of:
        raise WrongUsage(f"预测日 {until} 要晚于基准日 {case.as_of}。")
    return DueReport(
        kind=case.book.kind,
        cover=case.book.cover.values,
        as_of=case.as_of,
        until=until,
        summary=counts_words(items),
        calls=call_rows(items, facts(case)),
        deadlines=due_rows(items, organisation_names(case.book)),
        months=tuple(month_pages(items, case.as_of, case.as_of + timedelta(days=min(days, _MOST_CALENDAR_DAYS)))),
        load=load_table(items, case.as_of),
        changes=forecast(case.book, case.policy, case.as_of, until),
    )


def due_json(case: Case, items: Iterable[DueItem], days: int, *, full_ids: bool) -> dict[str, Any]:
    """The deadlines as the contract's JSON; ``days`` of an item are the days left, negative when late."""
    return case_json(
        case,
        within_days=days,
        items=[_entry(item, full_ids) for item in items],
    )


def _entry(item: DueItem, full_ids: bool) -> dict[str, Any]:
    number = item.key.identity_number
    return {
        "kind": item.kind,
        "rule": item.rule,
        "name": item.name,
        "id": number if full_ids else mask_identity(number),
        "organisation": item.key.organisation,
        "sheet": item.sheet,
        "row": item.row,
        "contact_person": item.contact_person,
        "due": item.due.isoformat(),
        "status": item.status,
        "days": item.days,
        "text": item.text if full_ids else mask_numbers(item.text),
    }
