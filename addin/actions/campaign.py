"""`taizhang campaign`: the calendar of a 集中排查 with reminders, and whether its dates follow each other."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from addin.actions.common import AS_OF, JSON_OUT, iso_date, write_json
from addin.actions.terms import as_of_for, policy_of
from addin.campaign_text import campaign_lines, numbers_of, reminders_of
from addin.desk import Desk
from addin.hosts.campaign_writer import write_campaign
from addin.loading import load_book
from addin.problem import WrongUsage
from addin.registry import FOUND_ERRORS, OK, action, argument
from validators.campaigns import Campaign, campaigns, order_faults


def moved_day(text: str) -> tuple[int, date]:
    """``编号=日期`` typed on the command line. Raises argparse's error in the clerk's words."""
    number, sign, day = text.partition("=")
    if not sign or not number.strip().isdigit():
        raise argparse.ArgumentTypeError(f"“{text}”看不懂，请写成 编号=日期，如 3=2027-03-20")
    return int(number), iso_date(day.strip())


@action(
    "campaign",
    label="排查日程",
    tip="列出集中排查的里程碑：谁、何时、向谁报什么、带哪些附件，提前7天、3天和当天提醒；上级的日期不晚于下级时指出来。",
    arguments=(
        argument(
            "file", metavar="工作簿", type=Path, nargs="?", help="台账；给出时用它的政策参数“排查日程方案”和基准日"
        ),
        argument("--profile", metavar="方案", choices=tuple(campaigns()), help="P1、P2、P3 或 P4；不写则取台账的设置"),
        argument("--year", metavar="年份", type=int, help="排查从哪一年开始，默认基准日所在年份"),
        argument(
            "--move", metavar="编号=日期", type=moved_day, action="append", default=[], help="把某个里程碑改到这一天"
        ),
        AS_OF,
        JSON_OUT,
        argument("-o", "--output", metavar="文件", type=Path, help="另存为可打印的日程表（.xlsx）"),
    ),
)
def campaign(args: argparse.Namespace, desk: Desk) -> int:
    """Show the calendar; exit code 1 when dates are out of order. Raises WrongUsage without a profile."""
    profile, as_of = args.profile, args.as_of
    if args.file is not None:
        book = load_book(args.file)
        profile = profile or policy_of(book).word("calendar.profile")
        as_of = as_of_for(book, as_of, desk)
    if profile not in campaigns():
        raise WrongUsage(f"没有说用哪个方案：请加 --profile，可选 {'、'.join(campaigns())}。")
    as_of = as_of or desk.today()
    year = args.year or as_of.year
    if not 2000 <= year <= 2100:
        raise WrongUsage(f"年份 {year} 不对，请写 2000 到 2100 之间的年份。")
    plan = moved(campaigns()[profile], args.move, year)
    if args.json is not None:
        write_json(args.json, campaign_json(plan, year, as_of))
    for line in campaign_lines(plan, year, as_of):
        desk.say(line)
    if args.output is not None:
        write_campaign(args.output, plan, year, as_of)
        desk.say()
        desk.say(f"已生成：{args.output}")
    return FOUND_ERRORS if order_faults(plan.milestones, year) else OK


def moved(plan: Campaign, moves: Sequence[tuple[int, date]], year: int) -> Campaign:
    """The plan with some milestones on other days. Raises WrongUsage for unknown ones and days out of reach."""
    days: Mapping[int, date] = dict(moves)
    numbers = numbers_of(plan)
    for number, day in days.items():
        if number not in numbers.values():
            raise WrongUsage(f"方案 {plan.key} 没有编号为 {number} 的里程碑，编号是 1 到 {len(numbers)}。")
        if day.year not in (year, year + 1):
            raise WrongUsage(f"编号 {number} 的里程碑改到 {day}，不在 {year} 或 {year + 1} 年。")
    rows = tuple(
        replace(row, due=_due(days[numbers[row.key]], year)) if numbers[row.key] in days else row
        for row in plan.milestones
    )
    return replace(plan, milestones=rows)


def _due(day: date, year: int) -> str:
    """A day as campaigns.json writes it."""
    return f"Y{'+1' if day.year > year else ''}-{day:%m-%d}"


def campaign_json(plan: Campaign, year: int, as_of: date) -> dict[str, Any]:
    """The calendar as JSON, the earliest milestone first; ``days`` are the days left, negative when past."""
    return {
        "schema": 1,
        "profile": plan.key,
        "title": plan.title,
        "year": year,
        "as_of": as_of,
        "milestones": [
            {
                "key": row.key,
                "number": numbers_of(plan)[row.key],
                "level": row.level,
                "what": row.what,
                "due": row.due_on(year),
                "days": (row.due_on(year) - as_of).days,
                "recipient": row.recipient,
                "attachments": list(row.attachments),
                "reminders": list(reminders_of(row, year)),
                "feeds": row.feeds,
                "note": row.note,
            }
            for row in sorted(plan.milestones, key=lambda row: row.due_on(year))
        ],
        "order_faults": [fault.text for fault in order_faults(plan.milestones, year)],
    }
