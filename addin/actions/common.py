"""What most commands share: their arguments, the opened case and JSON results."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from addin.actions.terms import as_of_for, policy_of
from addin.desk import Desk
from addin.disclosing import GRADES, INTERNAL, SUPERIOR, Disclosure, disclosure
from addin.hosts.atomic import atomic_path
from addin.hosts.changing import changing
from addin.hosts.export_log import noting_export
from addin.hosts.patching import put_results
from addin.loading import load_book
from addin.masking import mask_numbers
from addin.registry import argument
from validators.policy import Policy
from validators.registers import registers
from validators.rule import Case
from validators.table import Value


def iso_date(text: str) -> date:
    """A date typed on the command line as yyyy-mm-dd. Raises argparse's error in the clerk's words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期“{text}”看不懂，请写成 2026-03-31 这样") from None


FILE = argument("file", metavar="工作簿", type=Path, help="支部台账或党委汇总（.xlsx 或 .xlsm）")
AS_OF = argument("--as-of", metavar="日期", type=iso_date, help="基准日，如 2026-03-31；不写则取封面的基准日")
JSON_OUT = argument("--json", metavar="文件", type=Path, help="把结果另存为 JSON 文件")
FULL_IDS = argument("--full-ids", action="store_true", help="JSON 中写出完整的公民身份号码（默认遮住中间各位）")
PASSWORD_FILE = argument(
    "--password-file",
    metavar="口令文件",
    type=Path,
    help="报送文件的打开口令，写在这个文本文件里；读取时可写几个，每行一个",
)
DISCLOSURE = (
    argument("--mask", action="store_true", help="遮住公民身份号码和电话的中间各位"),
    argument(
        "--for", dest="grade", choices=GRADES, default=SUPERIOR, help="给谁用：上级用的遮号，公示用的只留首尾；默认上级"
    ),
    argument("--role", metavar="职务", default="", help="批准导出完整号码的人，如 书记（和 --reason 一起写）"),
    argument("--reason", metavar="理由", default="", help="为什么要完整号码，会记入日志"),
)
"""How the numbers of persons are printed in what is exported."""

WRITE = argument("--write", action="store_true", help="把结果写进工作簿（先留快照，可用 undo 退回）")


def open_case(args: argparse.Namespace, desk: Desk) -> Case:
    """The workbook named by ``args.file`` with the policy and as-of date that apply to it. Raises CannotUse."""
    book = load_book(args.file)
    return Case(book, policy_of(book), as_of_for(book, args.as_of, desk))


def disclosed(args: argparse.Namespace, policy: Policy) -> Disclosure:
    """How the export asked for prints numbers. Raises WrongUsage, CannotUse."""
    return disclosure(policy, args.grade, role=args.role.strip(), reason=args.reason.strip(), mask=args.mask)


@contextmanager
def noting_disclosure(workbook: Path, made: Disclosure, what: str, folder: Path, desk: Desk) -> Iterator[None]:
    """Log beside the workbook what leaves the branch, before it does; what stays inside is not logged."""
    if made.grade == INTERNAL and not made.role:
        yield
        return
    at = f"{desk.now():%Y-%m-%d %H:%M:%S}"
    entry = {"time": at, "what": what, "to": str(folder), "grade": made.grade, "numbers": made.text}
    with noting_export(workbook, {**entry, "role": made.role, "reason": mask_numbers(made.reason)}):
        yield
    desk.say(f"{made.text}；已记入报送记录。")


def write_result_sheet(
    case: Case, path: Path, desk: Desk, register: str, rows: Sequence[Mapping[str, Value]], outcome: str
) -> None:
    """Put a result sheet into the workbook (undoable, logged with ``outcome``) and say where it is."""
    title = registers()[register].title
    with changing(path, title, desk.now()) as change:
        put_results(change.workbook, {register: rows}, case.book.kind, case.book.cover.values)
        change.outcome, change.rows_affected, change.kind = outcome, len(rows), case.book.kind
    desk.say()
    desk.say(f"已写进“{path.name}”的“{title}”表（{len(rows)}行）；要退回，用 taizhang undo {path.name}。")


def case_json(case: Case, **content: Any) -> dict[str, Any]:
    """The head every JSON result about one workbook has (schema version, file, 基准日, policy), then its content."""
    return {
        "schema": 1,
        "file": case.book.file,
        "as_of": case.as_of.isoformat(),
        "profile": case.policy.profile,
        "policy": case.policy.fingerprint,
        **content,
    }


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Results as UTF-8 JSON, dates as ISO text, written whole or not at all."""
    with atomic_path(path) as fresh:
        fresh.write_text(json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
