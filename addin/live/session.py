"""One press of a button: the open workbook, the desk, and what is said to the clerk afterwards."""

from collections.abc import Callable
from dataclasses import dataclass

import xlwings as xw

from addin.actions.terms import as_of_for, policy_of
from addin.desk import Desk
from addin.hosts.live import read_open_book
from addin.problem import CannotUse
from validators.rule import Case

TITLE = "台账工具"
TAKE_BACK = "要退回，请按“撤销上一步”。"
"""Ends what a button that wrote cells says: the program's own undo knows nothing of it, but in LibreOffice."""

NO_WORKBOOK = "没有打开的工作簿：请先打开支部台账或党委汇总，再按这个按钮。"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the clerk is told, and the exit code of the press (0 done, 1 errors found, 2 not possible)."""

    text: str
    code: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """The workbook in front (None when none is open), its program, and the outermost edge."""

    app: xw.App
    open_book: xw.Book | None
    desk: Desk
    asked: Callable[[str], bool] | None = None

    def ask(self, question: str) -> bool:
        """Whether the clerk says yes, in a window of the program unless ``asked`` answers."""
        if self.asked is not None:
            return self.asked(question)
        return self.app.alert(question, TITLE, buttons="yes_no") == "yes"

    @property
    def book(self) -> xw.Book:
        """The workbook in front. Raises CannotUse when none is open."""
        if self.open_book is None:
            raise CannotUse(NO_WORKBOOK)
        return self.open_book

    def case(self) -> Case:
        """The workbook as it stands now with its policy and 基准日. Raises CannotUse."""
        read = read_open_book(self.book)
        return Case(read, policy_of(read), as_of_for(read, None, self.desk))
