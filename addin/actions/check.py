"""`taizhang check`: every fault of a workbook at its cell, with what to do."""

import argparse
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from addin.actions.common import AS_OF, FILE, FULL_IDS, JSON_OUT, case_json, open_case, write_json
from addin.desk import Desk
from addin.finding_summary import summary_lines
from addin.identity_rescue import NOTHING_TO_RESCUE, Rescue, is_damaged, offer_lines, rescue, with_offers
from addin.loading import load_book
from addin.masking import mask_identity, mask_numbers
from addin.registry import FOUND_ERRORS, OK, action, argument
from validators.check import check as find_faults
from validators.rule import Case
from validators.table import Book, Finding


@action(
    "check",
    label="校核",
    tip="逐格检查台账：错误必须改，疑点要核对或说明，提示供参考。不加 --write、--fix 就不改动文件。",
    arguments=(
        FILE,
        AS_OF,
        JSON_OUT,
        FULL_IDS,
        argument("--signoff", action="store_true", help="按报送的条件检查：签字前必须办完的事也算错误"),
        argument("--write", action="store_true", help="把结果写进“问题清单”，并给有问题的格标颜色和批注（先留快照）"),
        argument("--fix", action="store_true", help="先整理：写回不丢内容的清理，救回别处能证明的身份证号，逐格列出"),
        argument("--from", dest="earlier", metavar="上期台账", type=Path, help="证明身份证号的另一本台账"),
        argument("--all", action="store_true", help="逐条列出全部问题（默认同类问题合并成一行）"),
    ),
)
def check(args: argparse.Namespace, desk: Desk) -> int:
    """Show the findings, grouped; exit code 1 when there are errors. Raises CannotUse for an unusable workbook."""
    earlier = [load_book(args.earlier)] if args.earlier is not None else []
    if args.fix:
        _writing().write_fixes(args.file, earlier, desk)
    case = open_case(args, desk)
    findings = find_faults(case, signoff=args.signoff)
    found = _rescue(case, findings, earlier)
    findings = with_offers(findings, found)
    if args.json is not None:
        write_json(args.json, findings_json(case, findings, full_ids=args.full_ids))
    for line in summary_lines(findings, case.book.file, case.as_of, every_one=args.all):
        desk.say(line)
    for line in offer_lines(found):
        desk.say(line)
    if args.write:
        _writing().write_findings(args.file, case, findings, desk)
    return FOUND_ERRORS if any(finding.level == "E" for finding in findings) else OK


def _rescue(case: Case, findings: Iterable[Finding], earlier: Sequence[Book]) -> Rescue:
    """What can be offered; only a workbook with a damaged number is searched for it."""
    return rescue(case.book, earlier) if is_damaged(findings) else NOTHING_TO_RESCUE


def _writing() -> ModuleType:
    """Only a check that writes pays for the libraries that write."""
    return import_module("addin.actions.writing_back")


def findings_json(case: Case, findings: Iterable[Finding], *, full_ids: bool) -> dict[str, Any]:
    """The findings as the contract's JSON; identity numbers are masked unless asked for in full."""
    return case_json(
        case,
        findings=[_entry(finding, full_ids) for finding in findings],
    )


def _entry(finding: Finding, full_ids: bool) -> dict[str, Any]:
    plain = str if full_ids else mask_numbers
    number = finding.identity_number
    return {
        "rule": finding.rule,
        "level": finding.level,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "row": finding.row,
        "column": finding.column,
        "title": finding.title,
        "value": plain(finding.value),
        "message": plain(finding.message),
        "fix": plain(finding.fix),
        "source": finding.source,
        "id": number if full_ids else mask_identity(number),
        "name": finding.name,
    }
