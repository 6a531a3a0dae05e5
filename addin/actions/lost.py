"""`taizhang lost`: the ten lists of members to look at, with the arithmetic shown."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from addin.actions.common import (
    AS_OF,
    FILE,
    FULL_IDS,
    JSON_OUT,
    WRITE,
    case_json,
    open_case,
    write_json,
    write_result_sheet,
)
from addin.desk import Desk
from addin.lost_sheet import lost_rows
from addin.lost_text import lost_lines
from addin.masking import mask_identity, mask_numbers
from addin.organisations import organisation_names
from addin.registry import OK, action
from validators.case_facts import facts
from validators.lost import ListedPerson, lost_lists
from validators.rule import Case


@action(
    "lost",
    label="失联名单",
    tip="列出失控、季度未联系、疑似失联、失联等名单，每个人写明从哪天起算、还缺什么。只供核查，不作认定。",
    arguments=(FILE, AS_OF, JSON_OUT, FULL_IDS, WRITE),
)
def lost(args: argparse.Namespace, desk: Desk) -> int:
    """Show the lists, and write them as a sheet. Raises CannotUse for an unusable workbook."""
    case = open_case(args, desk)
    lists = lost_lists(case.book, facts(case), case.policy, case.as_of)
    if args.json is not None:
        write_json(args.json, lost_json(case, lists, full_ids=args.full_ids))
    for line in lost_lines(lists, case.book.file, case.as_of):
        desk.say(line)
    if args.write:
        rows = lost_rows(lists, organisation_names(case.book))
        counts = "，".join(f"{name} {len(people)} 人" for name, people in lists.items() if people) or "没有人"
        write_result_sheet(case, args.file, desk, "lost_list", rows, f"基准日 {case.as_of}：{counts}")
    return OK


def lost_json(case: Case, lists: Mapping[str, Sequence[ListedPerson]], *, full_ids: bool) -> dict[str, Any]:
    """The lists as the contract's JSON, by their Chinese names, empty ones included."""
    return case_json(
        case,
        lists={name: [_entry(one, full_ids) for one in people] for name, people in lists.items()},
    )


def _entry(one: ListedPerson, full_ids: bool) -> dict[str, Any]:
    number = one.key.identity_number
    return {
        "name": one.name,
        "id": number if full_ids else mask_identity(number),
        "organisation": one.key.organisation,
        "sheet": one.sheet,
        "row": one.row,
        "text": one.text if full_ids else mask_numbers(one.text),
        "rule": one.rule,
        "state": one.state,
        "contact_person": one.contact_person,
        "contact_clock_start": one.contact_clock_start,
        "lost_on": one.lost_on,
        "form_clock_start": one.form_clock_start,
        "months_lost": one.months_lost,
        "file_number": one.file_number,
        "made_up": one.made_up,
        "missing": list(one.missing),
        "next_step": one.next_step,
        "next_due": one.next_due,
        "next_rule": one.next_rule,
        "outcomes": one.outcomes,
    }
