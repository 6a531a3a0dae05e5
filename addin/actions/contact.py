"""`taizhang contact`: what was typed into a 通话登记单 becomes rows of 联系记录."""

import argparse
from pathlib import Path

from addin.actions.common import FILE
from addin.actions.terms import as_of_for, policy_of
from addin.call_sheet import CallResults, call_results
from addin.desk import Desk
from addin.hosts.changing import changing
from addin.hosts.patching import append_rows
from addin.loading import load_book, load_sheet
from addin.problem import CannotUse
from addin.registry import OK, action, argument
from validators.facts import person_facts

_MOST_TOLD = 12


@action(
    "contact",
    label="登记联系",
    tip="把填好的“通话登记单”一次记进“联系记录”末尾；每行都对上党员名册才写，写错的逐行说明，已记过的不再记。",
    arguments=(
        FILE,
        argument(
            "--from", dest="source", metavar="通话登记单", type=Path, required=True, help="填好的通话登记单所在的工作簿"
        ),
    ),
)
def contact(args: argparse.Namespace, desk: Desk) -> int:
    """Append the contacts. Raises CannotUse when a row cannot be used (nothing is written then)."""
    book = load_book(args.file)
    if book.kind != "branch":
        raise CannotUse(f"“{book.file}”是党委汇总：联系记录请登记在党支部自己的台账里。")
    as_of = as_of_for(book, None, desk)
    everyone = person_facts(book, policy_of(book), as_of)
    typed = load_sheet(args.source, "call_sheet")
    results = call_results(typed, everyone, book["contact_log"], desk.today())
    if results.problems:
        raise CannotUse(_refusal(args.source, results))
    if results.rows:
        with changing(args.file, "登记联系", desk.now()) as change:
            append_rows(change.workbook, book["contact_log"], results.rows)
            change.outcome, change.rows_affected = f"从“{args.source.name}”登记", len(results.rows)
    again = f"；{results.repeated}行以前记过，没有重复记" if results.repeated else ""
    if results.rows:
        desk.say(f"已在“{args.file.name}”的“联系记录”末尾登记 {len(results.rows)} 次联系{again}。")
        desk.say(f"要退回，用 taizhang undo {args.file.name}。")
    else:
        desk.say(f"“{args.source.name}”里没有新填的联系{again}，台账没有改动。")
    return OK


def _refusal(source: Path, results: CallResults) -> str:
    told = "。".join(results.problems[:_MOST_TOLD])
    more = f"。另有{len(results.problems) - _MOST_TOLD}行" if len(results.problems) > _MOST_TOLD else ""
    return f"“{source.name}”有 {len(results.problems)} 行不能登记，台账没有改动：{told}{more}。请改好后再试一次。"
