"""`taizhang undo`: takes the last change of a workbook back, byte for byte."""

import argparse
from pathlib import Path

from addin.actions.common import FILE
from addin.actions.passwords import new_password, password_for
from addin.desk import Desk
from addin.hosts.in_use import only_writer, refuse_when_open
from addin.hosts.merge_store import forget_memory
from addin.hosts.snapshots import Snapshot, broken_operation, fingerprint, is_locked, lock, restore, timeline, unlock
from addin.problem import CannotUse, WrongUsage
from addin.registry import OK, action, argument

OPERATION = "撤销"


@action(
    "undo",
    label="撤销上一步",
    tip="把工作簿退回到上一次写入之前，一个字节都不差；再撤销一次就回到现在。--list 看全部快照。",
    arguments=(
        FILE,
        argument("--list", action="store_true", help="列出全部快照，不改动文件"),
        argument("--to", metavar="编号", type=int, help="退回到 --list 中的某一个快照"),
        argument("--lock", action="store_true", help="给快照加口令：已有的和今后的都加密，撤销时要口令；写入时不问"),
        argument("--unlock", action="store_true", help="去掉快照的口令"),
        argument(
            "--password-file", metavar="口令文件", type=Path, help="快照的口令，写在这个文本文件的第一行；不写则当场问"
        ),
    ),
)
def undo(args: argparse.Namespace, desk: Desk) -> int:
    """Restore a snapshot, or list them. Raises CannotUse when there is none, or the workbook is open elsewhere."""
    path: Path = args.file
    if not path.parent.is_dir():
        raise CannotUse(f"找不到文件夹“{path.parent}”：请检查文件名是否写对。")
    if args.lock or args.unlock:
        return _change_lock(args, desk)
    snapshots = timeline(path)
    if not snapshots:
        raise CannotUse(f"“{path.name}”没有可以退回的快照：taizhang 还没有改动过它，或快照已被删除。")
    now = fingerprint(path.read_bytes()) if path.exists() else ""
    if args.list:
        for line in timeline_lines(path, snapshots, now):
            desk.say(line)
        number = broken_operation(path)
        if number:
            desk.say(f"注意：操作链第 {number} 行起与前面接不上，有人改动或删除过操作的记录。")
        return OK
    chosen = _chosen(path, snapshots, now, args.to)
    refuse_when_open(path)
    password = password_for(args.password_file, desk, f"“{path.name}”的快照口令：") if chosen.is_closed else ""
    with only_writer(path):
        restore(path, chosen, desk.now(), OPERATION, password)
    desk.say(f"已把“{path.name}”退回到 {chosen.at}“{chosen.operation}”之前的样子，与当时完全一致。")
    if now and snapshots[0].after and all(now not in (entry.after, entry.sha256) for entry in snapshots):
        desk.say("注意：上一次 taizhang 写入之后，文件又被改动并保存过，这些改动也一起退回了。")
    desk.say(f"要取消这次撤销，再运行一次：taizhang undo {path.name}")
    return OK


def _change_lock(args: argparse.Namespace, desk: Desk) -> int:
    """Put a password on the snapshots of a workbook, or take it away. Raises WrongUsage, CannotUse."""
    path: Path = args.file
    if args.lock and args.unlock:
        raise WrongUsage("--lock 和 --unlock 只能写一个。")
    if is_locked(path) == args.lock:
        raise CannotUse(
            f"“{path.name}”的快照已经加了口令；要换口令，先用 --unlock 去掉。"
            if args.lock
            else f"“{path.name}”的快照没有加口令。"
        )
    if not path.exists() and not timeline(path):
        raise CannotUse(f"找不到“{path.name}”：请检查文件名是否写对。")
    question = f"“{path.name}”的快照口令"
    with only_writer(path):
        if args.lock:
            lock(path, new_password(args.password_file, desk, question))
            forget_memory(path)
        else:
            unlock(path, password_for(args.password_file, desk, f"{question}："))
    if args.lock:
        desk.say(f"“{path.name}”的快照已加口令：已有的和今后的都加密，写入时不问口令，撤销时才问。")
        desk.say("请记牢口令：忘了口令，快照就取不回来了（台账本身不受影响）。")
    else:
        desk.say(f"“{path.name}”的快照已去掉口令。")
    return OK


def timeline_lines(path: Path, snapshots: tuple[Snapshot, ...], now: str) -> list[str]:
    """The snapshots as a list for the clerk, the latest first with number 1."""
    lines = [f"“{path.name}”的快照（编号 1 最新，共 {len(snapshots)} 个）："]
    for number, entry in enumerate(snapshots, 1):
        same = "，与现在的文件相同" if entry.sha256 == now else ""
        closed = "，加了口令" if entry.is_closed else ""
        lines.append(f"  {number:>2}. {entry.at}  “{entry.operation}”之前  {entry.sha256[:12]}{same}{closed}")
    lines.append(f"退回其中一个：taizhang undo {path.name} --to 编号")
    return lines


def _chosen(path: Path, snapshots: tuple[Snapshot, ...], now: str, number: int | None) -> Snapshot:
    """The snapshot asked for, else the latest that differs from the workbook as it is."""
    if number is not None:
        if not 1 <= number <= len(snapshots):
            raise CannotUse(f"没有编号为 {number} 的快照：用 taizhang undo {path.name} --list 看有哪些。")
        return snapshots[number - 1]
    chosen = next((entry for entry in snapshots if entry.sha256 != now), None)
    if chosen is None:
        raise CannotUse(f"“{path.name}”已经和最近的快照一样，没有可以退回的改动。")
    return chosen
