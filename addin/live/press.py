"""From a button's key to what it does and what the clerk is told."""

import logging
from collections.abc import Mapping
from importlib import import_module

from addin.buttons import button_of
from addin.live.session import Reply, Session
from addin.problem import CannotUse, WrongUsage
from addin.registry import CANNOT_USE, WRONG_USAGE
from addin.stopping import STOPPED

BUTTONS: Mapping[str, str] = {
    "check": "checking.check",
    "unmark": "checking.unmark",
    "tidy": "checking.tidy",
    "due": "listing.due",
    "lost": "listing.lost",
    "contact": "listing.contact",
    "submit": "commands.submit",
    "merge": "commands.merge",
    "forms": "commands.forms",
    "trace": "commands.trace",
    "matching": "looking.matching",
    "conflicts": "looking.conflicts",
    "return": "commands.send_back",
    "carry": "commands.carry",
    "new": "commands.new",
    "undo": "checking.undo",
    "doctor": "commands.doctor",
    "rules": "commands.rules",
    "help": "looking.show_help",
    "about": "looking.about",
}
"""What each button of ``addin.buttons`` does, by module; only the one pressed is loaded."""

CHANGES_CELLS = frozenset({"check", "unmark", "tidy", "due", "lost", "contact", "undo"})
"""Buttons that write into the open workbook; 撤销上一步 takes each back as one step."""


def press(control: str, session: Session) -> Reply:
    """Do what a button does. Problems of the input become sentences; mistakes of ours pass through."""
    try:
        module, function = BUTTONS[button_of(control).key].split(".")
        reply: Reply = getattr(import_module(f"addin.live.{module}"), function)(session)
        return reply
    except KeyError:
        if any(control.endswith(key) for key in BUTTONS):
            raise
        return Reply(f"不认识按钮“{control}”：请重新安装台账工具。", WRONG_USAGE)
    except (CannotUse, WrongUsage) as problem:
        return Reply(str(problem), CANNOT_USE)
    except KeyboardInterrupt:
        return Reply(STOPPED, CANNOT_USE)
    except OSError as problem:
        logging.getLogger("taizhang").debug("file trouble", exc_info=problem)
        name = problem.filename or "文件"
        return Reply(
            f"“{name}”读写不成：{problem.strerror or problem}。请检查它是否被别的程序占用，再试一次。", CANNOT_USE
        )
