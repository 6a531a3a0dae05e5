"""Buttons behind which a command stands that works on stored files: it runs on the stored workbook, then is told."""

import argparse
import io
from collections.abc import Sequence
from pathlib import Path

from addin.actions import MODULES, load_action
from addin.actions.trace import told, trace_in, value_at
from addin.desk import Desk
from addin.hosts.live import every_sheet, open_file, saved_path, sheet_named
from addin.hosts.live_saving import save, stored_file
from addin.installing.diagnosis import FINE
from addin.live.last_period import EARLIER, earlier_files
from addin.live.session import Reply, Session
from addin.problem import CannotUse
from addin.registry import ACTIONS
from addin.stopping import finishing
from validators.registers import registers

INBOX, SUBMITTED, FORMS, RETURNED = "报送", "报送", "官方表格", "退回单"
"""Folders beside the workbook: nothing has to be asked, and the clerk finds everything in one place."""

DIRECTORY = "organisation_directory"
_MOST_LINES, _LAST_LINES = 24, 4


def submit(session: Session) -> Reply:
    """报送: the sealed copy in the folder 报送 beside the workbook."""
    path = _stored(session, "报送")
    return run(session.desk, "submit", [str(path), "-o", str(path.parent / SUBMITTED)])


def forms(session: Session) -> Reply:
    """出表: the official tables in the folder 官方表格 beside the workbook."""
    path = _stored(session, "出表")
    return run(session.desk, "forms", [str(path), "-o", str(path.parent / FORMS)])


def send_back(session: Session) -> Reply:
    """退回单: one workbook a branch in the folder 退回单 beside the committee's, which is closed meanwhile."""
    path = _committee_path(session)
    return _while_closed(session, "退回单", "return", [str(path), "-o", str(path.parent / RETURNED)])


def merge(session: Session) -> Reply:
    """合并下级: the files of the folder 报送 into this committee workbook, which is closed meanwhile."""
    path = _committee_path(session)
    inbox = path.parent / INBOX
    if not inbox.is_dir():
        raise CannotUse(f"没有找到文件夹“{inbox}”：请把下级报来的文件放进本文件旁的“{INBOX}”文件夹，再按一次。")
    return _while_closed(session, "合并下级", "merge", [str(inbox), "--into", str(path)])


def carry(session: Session) -> Reply:
    """两期衔接: last period's workbook from the folder 上期 against this one."""
    earlier = earlier_files(saved_path(session.book))
    if len(earlier) != 1:
        raise CannotUse(
            f"请在本文件旁建“{EARLIER}”文件夹，只放上一期的那一本台账，再按一次（现在有 {len(earlier)} 本）。"
        )
    return run(session.desk, "carry", [str(earlier[0]), str(_stored(session, "两期衔接"))])


def trace(session: Session) -> Reply:
    """反查: the persons behind the selected number of an official table; nothing is stored for it."""
    book, chosen = session.book, session.app.selection
    if chosen is None:
        raise CannotUse("请先在生成的官方表格里选中一个数字，再按“反查”。")
    sheets = every_sheet(book)
    found = trace_in(sheets, book.name, chosen[0, 0].get_address(False, False))
    shown = next(sheet for sheet in sheets if sheet.name == chosen.sheet.name)
    return Reply("\n".join(shortened(list(told(found, value_at(shown, found.address), every_one=False)))))


def new(session: Session) -> Reply:
    """新建台账: a blank branch workbook beside this one (or in the home folder), opened."""
    folder = _folder(session)
    names = ("支部台账.xlsx", *(f"支部台账_{number}.xlsx" for number in range(2, 100)))
    target = next((folder / name for name in names if not (folder / name).exists()), folder / names[0])
    reply = run(session.desk, "new", ["branch", "-o", str(target)])
    open_file(session.app, target)
    return Reply(f"已新建并打开 {target}：请先填“封面”的红字项，再填“党员名册”，填完点“校核”。", reply.code)


def doctor(session: Session) -> Reply:
    """环境自检: the verdict and what is wrong; the whole page lies beside the workbook (or in the home folder)."""
    target = _folder(session) / "环境自检.txt"
    reply = run(session.desk, "doctor", ["-o", str(target)])
    lines = [line for line in reply.text.splitlines() if line and not line.startswith(FINE)]
    return Reply("\n".join([*lines, f"整页已存到 {target}，可以交给信息员。"]), reply.code)


def rules(session: Session) -> Reply:
    """规则清单: as a workbook beside this one (or in the home folder), opened."""
    target = _folder(session) / "规则清单.xlsx"
    reply = run(session.desk, "rules", ["-o", str(target)])
    open_file(session.app, target)
    return reply


def run(desk: Desk, name: str, words: Sequence[str]) -> Reply:
    """Run a command as the console would and give back what it said. Raises CannotUse as the command does."""
    if name not in MODULES:
        raise CannotUse(f"这个版本的台账工具没有“{name}”命令：请换用新的版本。")
    load_action(name)
    action = ACTIONS[name]
    parser = argparse.ArgumentParser(prog=name)
    for argument in action.arguments:
        parser.add_argument(*argument.flags, **argument.settings)
    said, told = io.StringIO(), io.StringIO()
    code = action.run(parser.parse_args(list(words)), _Aside(desk, said, told))
    return Reply("\n".join(shortened((said.getvalue() or told.getvalue()).strip().splitlines())), code)


def shortened(lines: Sequence[str]) -> Sequence[str]:
    """As many lines as a window holds; how it ends says most, so the middle gives way."""
    if len(lines) <= _MOST_LINES:
        return lines
    return [*lines[: _MOST_LINES - _LAST_LINES], "……", *lines[-_LAST_LINES:]]


class _Aside(Desk):
    """The same clock, but what is said is kept for the clerk's window."""

    def __init__(self, desk: Desk, out: io.StringIO, err: io.StringIO) -> None:
        super().__init__(out, err)
        self.today, self.now = desk.today, desk.now  # type: ignore[method-assign]


def _folder(session: Session) -> Path:
    """The folder of the workbook in front; the home folder when there is none or it was never saved."""
    folder = Path(session.open_book.fullname).parent if session.open_book is not None else Path.home()
    return folder if folder.is_absolute() and folder.is_dir() else Path.home()


def _committee_path(session: Session) -> Path:
    """Where the 党委汇总 in front is stored. Raises CannotUse for any other workbook, before it would be closed."""
    if sheet_named(session.book, registers()[DIRECTORY].title) is None:
        raise CannotUse(f"“{session.book.name}”不是党委汇总：请打开党委汇总，再按这个按钮。")
    return saved_path(session.book)


def _stored(session: Session, operation: str) -> Path:
    return stored_file(session.book, operation, session.desk.now())


def _while_closed(session: Session, operation: str, name: str, words: Sequence[str]) -> Reply:
    """A command that replaces this very file: the program must not hold the old one meanwhile."""
    path = save(session.book, operation, session.desk.now())
    session.book.close()
    try:
        return run(session.desk, name, words)
    finally:
        with finishing():
            open_file(session.app, path)
