"""`taizhang unmark`: removes the colours and notes of the last check; cells look exactly as they did before."""

import argparse

from addin.actions.common import FILE
from addin.desk import Desk
from addin.hosts.changing import changing
from addin.hosts.marks import clear_marks
from addin.registry import OK, action


@action(
    "unmark",
    label="清除标记",
    tip="去掉校核时标在单元格上的颜色和批注，恢复原来的样子；“问题清单”和您自己的批注不动。",
    arguments=(FILE,),
)
def unmark(args: argparse.Namespace, desk: Desk) -> int:
    """Clear all marks as one step that can be undone. Raises CannotUse for an unusable workbook."""
    with changing(args.file, "清除标记", desk.now()) as change:
        cleared = clear_marks(change.workbook)
        change.outcome, change.rows_affected = f"清除 {cleared} 格标记", cleared
        change.is_needed = cleared > 0
    desk.say(f"已清除 {cleared} 个单元格上的标记。" if cleared else f"“{args.file.name}”上没有标记，没有改动。")
    return OK
