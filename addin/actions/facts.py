"""`taizhang facts`: everything derived per member, each value with the rows it rests on."""

import argparse
from collections.abc import Iterable
from typing import Any

from addin.actions.common import AS_OF, FILE, FULL_IDS, JSON_OUT, case_json, open_case, write_json
from addin.desk import Desk
from addin.facts_text import facts_lines, person_lines
from addin.masking import mask_identity, mask_numbers
from addin.problem import CannotUse
from addin.registry import OK, action, argument
from validators.case_facts import facts as facts_of_everyone
from validators.facts import PersonFacts, fact_titles
from validators.rule import Case


@action(
    "facts",
    label="党员情况",
    tip="按基准日算出每名党员的主状态、联系和失联期限、年龄党龄等，并说明依据哪一行。不改动文件。",
    arguments=(
        FILE,
        AS_OF,
        JSON_OUT,
        FULL_IDS,
        argument("--name", metavar="姓名", help="只看这名党员，并列出每个数据的算法和依据"),
    ),
)
def facts(args: argparse.Namespace, desk: Desk) -> int:
    """Show the derived values. Raises CannotUse for an unusable workbook or a name that is not on the roster."""
    case = open_case(args, desk)
    everyone = facts_of_everyone(case)
    wanted = [one for one in everyone if args.name in (None, one.name)]
    if args.name is not None and not wanted:
        raise CannotUse(f"“{case.book.file}”的党员名册里没有“{args.name}”：请检查姓名写法。")
    if args.json is not None:
        write_json(args.json, facts_json(case, wanted, full_ids=args.full_ids))
    if args.name is None:
        for line in facts_lines(wanted, case.book.file, case.as_of):
            desk.say(line)
    else:
        for one in wanted:
            for line in person_lines(one, case.as_of):
                desk.say(line)
    return OK


def facts_json(case: Case, everyone: Iterable[PersonFacts], *, full_ids: bool) -> dict[str, Any]:
    """The derived values as the contract's JSON, named as on 说明; values that do not apply are null."""
    return case_json(
        case,
        persons=[_entry(one, full_ids) for one in everyone],
    )


def _entry(one: PersonFacts, full_ids: bool) -> dict[str, Any]:
    number, titles = one.key.identity_number, fact_titles()
    plain = str if full_ids else mask_numbers
    return {
        "name": one.name,
        "id": number if full_ids else mask_identity(number),
        "organisation": one.key.organisation,
        "sheet": one.member.origin.sheet,
        "row": one.member.origin.row,
        "contact_person": one.contact_person,
        **{title: getattr(one, key) for key, title in titles.items()},
        "basis": {
            titles[key]: [{"sheet": rest.sheet, "row": rest.row, "text": plain(rest.text)} for rest in rests]
            for key, rests in one.basis.items()
        },
    }
