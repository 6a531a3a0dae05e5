"""What the add-in's launcher starts in Excel: one button in the window it was pressed in, the answer into a file.

``pythonw -I -X utf8 -m addin.desktop BUTTON --window=HANDLE --reply=FILE``. The answer is UTF-16 text, which VBA reads
without knowing any code page; the exit code is that of the button.
"""

import argparse
import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from addin.desk import Desk
from addin.desk_log import desk_log_here
from addin.hosts.running_excel import book_in_front, running_app
from addin.installing.here import places_here
from addin.live.press import press
from addin.live.session import Reply, Session
from addin.problem import CannotUse
from addin.registry import CANNOT_USE


def main(argv: Sequence[str] | None = None) -> int:
    """Do one button and leave the answer; every problem is one Chinese sentence."""
    parser = argparse.ArgumentParser(prog="addin.desktop")
    parser.add_argument("button")
    parser.add_argument("--window", type=int, required=True)
    parser.add_argument("--reply", type=Path, required=True)
    args = parser.parse_args(argv)
    desk = Desk()
    detail = ""
    try:
        app = running_app(args.window)
        reply = press(args.button, Session(app, book_in_front(app), desk))
    except CannotUse as problem:
        reply = Reply(str(problem), CANNOT_USE)
    except Exception as fault:
        detail = traceback.format_exc()
        reply = Reply(f"台账工具内部出错（{type(fault).__name__}）；详情已记入日志，请告诉维护人员。", CANNOT_USE)
    args.reply.write_text(reply.text, encoding="utf-16")
    with contextlib.suppress(OSError):  # a desk that keeps no log must still do its work
        desk_log_here(os.environ, places_here().home).add(desk.now(), args.button, [], reply.code, detail)
    return reply.code


if __name__ == "__main__":
    sys.exit(main())
