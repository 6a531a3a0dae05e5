"""The console script ``taizhang``: command line in, exit code out, every problem one Chinese sentence."""

import argparse
import contextlib
import errno
import io
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from addin.actions import MODULES, load_action, load_actions
from addin.desk import Desk
from addin.desk_log import desk_log_here, file_words
from addin.hosts.leftovers import sweep_beside
from addin.hosts.scratch import sweep_scratch
from addin.hosts.time_budget import time_budget
from addin.installing.here import places_here
from addin.problem import CannotUse, WrongUsage
from addin.registry import ACTIONS, CANNOT_USE, WRONG_USAGE, Action

_CHINESE = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "要给的内容",
    "show this help message and exit": "显示这页帮助",
    "show program's version number and exit": "显示版本",
    "the following arguments are required: %s": "还缺：%s",
    "unrecognized arguments: %s": "不认识这些内容：%s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "invalid %(type)s value: %(value)r": "%(value)r 不能用，请改成数字或正确的写法",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r 不在可选范围：%(choices)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不明确，可能是：%(matches)s",
    "ignored explicit argument %r": "这里不需要值 %r",
    "not allowed with argument %s": "不能和 %s 同时用",
}


class _Parser(argparse.ArgumentParser):
    """argparse speaking Chinese and raising instead of leaving."""

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{message}。写法见：{self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (0, 1, 2 or 3 as ``addin.registry`` says)."""
    _speak_utf8()
    desk = Desk()
    arguments = list(sys.argv[1:] if argv is None else argv)
    sweep_scratch()
    code, detail = _run(arguments, desk)
    with contextlib.suppress(OSError):
        # A desk that keeps no log must still do its work; `doctor` says when the folder cannot be written.
        command, *words = arguments or [""]
        desk_log_here(os.environ, places_here().home).add(desk.now(), command, file_words(words), code, detail)
    return code


def _run(arguments: Sequence[str], desk: Desk) -> tuple[int, str]:
    """Exit code, and the detail of an internal error for the log. Every problem is told as one sentence."""
    detail = ""
    code = CANNOT_USE
    try:
        args = _parser(arguments).parse_args(arguments)
        sweep_beside(path for path in vars(args).values() if isinstance(path, Path))
        with time_budget():
            code = args.run(args, desk)
    except WrongUsage as problem:
        desk.tell(f"taizhang：{problem}")
        code = WRONG_USAGE
    except CannotUse as problem:
        desk.tell(f"taizhang：{problem}")
    except KeyboardInterrupt:
        desk.tell("taizhang：已按您的要求停下，文件保持原样。")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as problem:
        desk.tell(f"taizhang：{_file_trouble(problem)}")
    except MemoryError:
        desk.tell(
            "taizhang：内存不够，已停下，文件保持原样：请关闭别的程序再试；还不行，检查文件里是否粘贴了大量别的数据。"
        )
    except Exception as fault:
        detail = traceback.format_exc()
        desk.tell(f"taizhang：工具内部出错（{type(fault).__name__}），文件保持原样；详情已记入日志，请告诉维护人员。")
    return code, detail


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    _translate_argparse()
    parser = _Parser(prog="taizhang", description="流动党员、失联党员台账工具：校核、逾期、失联名单、合并、出表。")
    parser.add_argument("--version", action="version", version=f"taizhang {version('taizhang')}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=_Parser)
    wanted = arguments[0] if arguments else ""
    if wanted in MODULES:
        load_action(wanted)
    else:
        load_actions()
    for name in MODULES:
        if name in ACTIONS:
            _add_command(commands, ACTIONS[name])
    return parser


def _add_command(commands: "argparse._SubParsersAction[_Parser]", action: Action) -> None:
    command = commands.add_parser(action.name, help=action.label, description=action.tip)
    for argument in action.arguments:
        command.add_argument(*argument.flags, **argument.settings)
    command.set_defaults(run=action.run)


def _translate_argparse() -> None:
    """argparse takes its own words through gettext's ``_``; it has no other door for another language."""
    argparse._ = lambda message: _CHINESE.get(message, message)  # type: ignore[attr-defined]


def _file_trouble(problem: OSError) -> str:
    """What the operating system refused, as one sentence with what to do."""
    name = problem.filename or "文件"
    logging.getLogger("taizhang").debug("file trouble", exc_info=problem)
    match problem:
        case PermissionError():
            return f"“{name}”不能写或不能读：请关闭正在打开它的程序，并确认不是只读，再试一次。"
        case FileNotFoundError():
            return f"找不到“{name}”：请检查文件名和文件夹是否写对。"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG):
            return f"磁盘（或U盘）空间不足，“{name}”没有写成，原来的文件没有改动：请腾出空间，再试一次。"
        case OSError(errno=errno.EROFS):
            return f"“{name}”所在的磁盘（或U盘）是只读的，没有写入：请换一个位置，再试一次。"
        case IsADirectoryError():
            return f"“{name}”是文件夹，这里要的是文件。"
        case _:
            return f"处理“{name}”时系统报告：{problem.strerror or problem}。请检查磁盘空间和U盘是否接好，再试一次。"


def _speak_utf8() -> None:
    """Consoles of Chinese Windows are GBK: print what they can show, never fail on a rare character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
