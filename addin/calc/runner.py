"""Runs one button for LibreOffice: ``python -m addin.calc.runner KEY --pipe NAME --document UID``."""

import argparse
import gc
import logging
import sys
from collections.abc import Sequence

import xlwings as xw

from addin.calc.app import App
from addin.calc.bridge import connect, plain_words
from addin.calc.engine import register
from addin.calc.undo import offer_undo, without_undo
from addin.desk import Desk
from addin.hosts.live_undo import next_undo
from addin.live.press import CHANGES_CELLS, press
from addin.live.session import TITLE, Reply, Session
from addin.problem import CannotUse
from addin.registry import CANNOT_USE, FOUND_ERRORS
from addin.stopping import STOPPED, finishing, stop_on_request

CLOSED = "工作簿在按钮做完以前被关闭了，这一步没有做完，文件是上次存盘时的样子：请重新打开，再按一次。"
OUR_FAULT = "台账工具自己出了错（{}）：请不要保存，关闭工作簿再重新打开，并把这句话告诉信息员。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Press the button in the document, show what it has to say there, and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("button")
    parser.add_argument("--pipe", required=True)
    parser.add_argument("--document", required=True)
    args = parser.parse_args(arguments)
    gc.disable()  # a press is over soon, and has lists of a million cells that would be looked through again and again
    desk = Desk()
    # A process forked for reading would close it, and wait for ever for the listener to let go of it.
    orders, sys.stdin = sys.stdin, None
    stop_on_request(orders)
    try:
        office = connect(f"pipe,name={args.pipe}")
        with plain_words(office):
            app = register(office)
            reply = _press(app, args.button, args.document, desk)
            with finishing():
                desk.tell(reply.text)
                if len(app.books):
                    app.alert(reply.text, TITLE, mode="info" if reply.code <= FOUND_ERRORS else "critical")
    except CannotUse as problem:
        desk.tell(str(problem))
        return CANNOT_USE
    except KeyboardInterrupt:
        desk.tell(STOPPED)
        return CANNOT_USE
    return reply.code


def _press(app: xw.App, button: str, document: str, desk: Desk) -> Reply:
    """The button; 撤销上一步 takes it back, not Calc's own undo. A mistake of ours is told and ends nothing else."""
    program: App = app.impl
    if not program.has_open(document):
        return Reply(CLOSED, CANNOT_USE)
    opened = program.book_of(document)
    program.front = program.pinned = opened.api
    session = Session(app, xw.Book(impl=opened), desk)
    try:
        if button not in CHANGES_CELLS:
            return press(button, session)
        with without_undo(opened):
            reply = press(button, session)
        with finishing():
            title = next_undo(session.book)
            if title is not None:
                offer_undo(opened, title)
        return reply
    except Exception as fault:
        if not program.office.answers():
            raise
        if not program.has_open(document):
            return Reply(CLOSED, CANNOT_USE)
        logging.getLogger("taizhang").exception("button %s", button)
        return Reply(OUR_FAULT.format(type(fault).__name__), CANNOT_USE)
    finally:
        program.pinned = None


if __name__ == "__main__":
    sys.exit(main())
