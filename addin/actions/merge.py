"""`taizhang merge`: what branches handed in becomes one 党委汇总: who reported, what differs, what conflicts."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from addin.actions.common import AS_OF, FULL_IDS, JSON_OUT, PASSWORD_FILE, write_json
from addin.actions.terms import policy_for
from addin.desk import Desk
from addin.hosts.encryption import is_locked
from addin.hosts.helpers import helpers
from addin.hosts.in_use import only_writer, refuse_when_open
from addin.hosts.inbox import Found, handed_in
from addin.hosts.merge_memory import MergeMemory, merge_memory
from addin.hosts.password_file import passwords_from
from addin.hosts.scratch import scratch_folder
from addin.hosts.snapshots import kept
from addin.hosts.submission_reader import Terms, read_submissions
from addin.hosts.time_budget import grant
from addin.hosts.workbook_writer import write_workbook
from addin.loading import load_book
from addin.merging.merge import Merged, Settings
from addin.merging.merge import merge as merged_from
from addin.merging.previous import Previous, previous_of, sharing_rows
from addin.merging.report import merge_json, merge_lines
from addin.merging.result_sheets import balance_text
from addin.merging.sampling import Draw
from addin.merging.status_sheet import Standing, standings
from addin.merging.workbook import OPERATION, as_it_stands, as_read, is_unchanged, logged, workbook
from addin.problem import CannotUse, WrongUsage
from addin.registry import FOUND_ERRORS, OK, action, argument
from addin.submissions import Submission
from validators.collecting import collecting_paused
from validators.policy import Policy
from validators.wording import shown


@action(
    "merge",
    label="合并报送",
    tip="把下级报来的台账（文件夹、压缩包或文件）并进党委汇总：谁没报、有什么变化、哪里冲突、流出流入对不对得上。",
    arguments=(
        argument("places", metavar="文件夹或文件", nargs="+", type=Path, help="报来的台账：文件夹、.zip 或工作簿"),
        argument("--into", metavar="党委汇总", type=Path, required=True, help="并到哪个党委汇总（没有就新建）"),
        AS_OF,
        argument("--workers", metavar="个数", type=int, help="同时读几个文件（默认与处理器核数相同）"),
        argument(
            "--scheduler", metavar="地址", default="", help="用已有的 distributed 调度器来读，如 tcp://127.0.0.1:8786"
        ),
        PASSWORD_FILE,
        argument("--fresh", action="store_true", help="从头合并：这次没有给文件的党组织不沿用上次合并的内容"),
        argument("--redraw", metavar="理由", default="", help="重新抽取“抽查”的支部，并写明理由"),
        argument("--seed", metavar="种子", default="", help="抽查用的随机种子（默认取合并当天的日期）"),
        JSON_OUT,
        FULL_IDS,
    ),
)
def merge(args: argparse.Namespace, desk: Desk) -> int:
    """Merge and write; exit code 1 when a file was set aside. Raises CannotUse when nothing can be merged."""
    target: Path = args.into
    if target.suffix.lower() != ".xlsx":
        raise WrongUsage(f"党委汇总“{target.name}”要以 .xlsx 结尾。")
    if args.workers is not None and args.workers < 1:
        raise WrongUsage("--workers 至少是 1。")
    with only_writer(target, lambda: desk.tell(f"另一个 taizhang 正在写“{target.name}”，等它完成…")):
        refuse_when_open(target)
        with collecting_paused():
            return _merge(args, desk, target)


def _merge(args: argparse.Namespace, desk: Desk, target: Path) -> int:
    with merge_memory(target) as memory:
        previous = _standing(target, memory)
        profile = shown(previous.cover.get("policy_profile"))
        policy = policy_for(profile, previous.policy_overrides, target.name)
        typed = previous.cover.get("as_of")
        given = args.as_of or (typed if isinstance(typed, date) else None)
        submissions = list(sharing_rows(previous, _read(args, desk, target, memory, policy, given)))
        now = desk.now()
        seed = args.seed or (f"{now:%Y%m%d%H%M}" if args.redraw else f"{now:%Y%m%d}")
        draw = Draw(seed, f"{now:%Y-%m-%d}", args.redraw)
        as_of = given or _latest_as_of(submissions) or desk.today()
        settings = Settings(policy, as_of, f"{now:%Y-%m-%d %H:%M}", f"{now:%Y-%m-%d}", draw, args.fresh)
        merged = merged_from(previous, submissions, settings)
        found = standings(merged, previous, settings.merged_at)
        wrote = _write(target, memory, merged, previous, found, settings, now)
        memory.forget_the_rest()
    if args.json is not None:
        write_json(args.json, merge_json(merged, found, full_ids=args.full_ids))
    for line in merge_lines(merged, found):
        desk.say(line)
    desk.say(f"已写入：{target}" if wrote else f"与“{target.name}”里的完全相同，没有改动它。")
    if wrote and previous.additions:
        desk.say(
            f"原来“{target.name}”里自己加的内容没有带进新文件：{'、'.join(previous.additions)}。"
            f"要用的话，运行 taizhang undo {target.name} 可退回合并前的文件，把它另存一份后再合并。"
        )
    return FOUND_ERRORS if any(verdict.is_set_aside for verdict in merged.intake.verdicts) else OK


def _standing(target: Path, memory: MergeMemory) -> Previous:
    """What the committee workbook holds; one that nobody touched since it was written is not read again."""
    if not target.exists():
        return Previous()
    known = memory.workbook(target)
    if known is not None:
        grant(target.name, sum(len(rows) for rows in known.rows.values()))
        return known
    book = load_book(target)
    if book.kind != "committee":
        raise CannotUse(f"“{target.name}”是支部台账，不是党委汇总，没有改动它：请换一个文件名。")
    return previous_of(book)


def _read(
    args: argparse.Namespace, desk: Desk, target: Path, memory: MergeMemory, policy: Policy, as_of: date | None
) -> Iterator[Submission]:
    """Everything handed in, as it has been read, in parallel. Raises CannotUse when there is nothing to read."""
    with scratch_folder() as scratch:
        found = handed_in(args.places, target, scratch)
        if not found:
            raise CannotUse(
                f"在“{'、'.join(str(place) for place in args.places)}”里没有找到工作簿：请检查文件夹是否选对。"
            )
        passwords = _passwords(args, found, desk)
        terms = Terms(policy.profile, dict(policy.values), as_of, desk.today(), passwords)
        reading = read_submissions(found, terms, memory, lambda tasks: helpers(args.workers, tasks, args.scheduler))
        for one in desk.progress(reading, f"读取 {len(found)} 个文件", len(found), lambda one: one.file):
            grant(one.file, one.size)
            yield one


def _passwords(args: argparse.Namespace, found: Sequence[Found], desk: Desk) -> tuple[str, ...]:
    """What opens the files under a password: from the file of passwords, else one that is asked for."""
    if args.password_file is not None:
        return passwords_from(args.password_file)
    closed = sum(1 for one in found if not one.fault and is_locked(one.path))
    if not closed:
        return ()
    password = desk.ask_password(f"{closed} 个文件加了打开口令，请输入（没有就直接回车，这些文件会列为无法读取）：")
    return (password,) if password else ()


def _latest_as_of(submissions: Sequence[Submission]) -> date | None:
    days = [day for one in submissions if isinstance(day := one.cover.get("as_of"), date)]
    return max(days, default=None)


def _write(
    target: Path,
    memory: MergeMemory,
    merged: Merged,
    previous: Previous,
    found: Sequence[Standing],
    settings: Settings,
    now: datetime,
) -> bool:
    """Write the workbook, the earlier one kept as a snapshot, unless it says all this already; whether it was."""
    written = workbook(merged, previous, found, settings)
    if is_unchanged(written, as_it_stands(previous)):
        return False
    with kept(target, OPERATION, now) as before:
        account = merged.account
        outcome = balance_text(account.total, account.removed)
        written = logged(
            written, settings.merged_at, outcome, len(account.changes), before.file if before is not None else ""
        )
        cover = {key: value for key, value in written.cover.items() if key != "template_version"}
        write_workbook(target, "committee", cover=cover, rows=written.rows, policy_overrides=previous.policy_overrides)
    memory.keep_workbook(target, as_read(written, previous.policy_overrides), merged.intake.accepted)
    return True
