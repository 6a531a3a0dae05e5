"""The outermost edge: the clock, the console and progress. Nothing below this module reads the clock."""

import sys
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from getpass import getpass
from pathlib import Path
from typing import TextIO, TypeVar

from tqdm import tqdm

from addin.masking import mask_numbers

Item = TypeVar("Item")

_BAR = "{desc} {n}/{total} |{bar}| 剩余 {remaining}{postfix}"
_PLAIN_LINES = 10


class Desk:
    """What an action may use of the outside world: today, results on ``out``, progress and problems on ``err``."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.err = err or sys.stderr

    def today(self) -> date:
        """Today's date, used only where neither the command line nor the cover gives a 基准日."""
        return date.today()

    def now(self) -> datetime:
        """The time to the second, for logs and snapshots."""
        return datetime.now().replace(microsecond=0)

    def show_page(self, page: Path) -> bool:
        """Open a page of our own in the desk's browser; False when there is none."""
        return webbrowser.open(page.as_uri())

    def say(self, text: str = "") -> None:
        """One line of result; whatever full number is in it is masked, for screens are looked at by many."""
        print(mask_numbers(text), file=self.out)

    def tell(self, text: str) -> None:
        """One line of progress or advice, kept apart from results."""
        print(mask_numbers(text), file=self.err, flush=True)

    def ask_password(self, question: str) -> str:
        """A password typed unseen; "" where nobody sits at the console."""
        return getpass(question, stream=self.err) if sys.stdin is not None and sys.stdin.isatty() else ""

    def progress(
        self,
        items: Iterable[Item],
        what: str,
        total: int | None = None,
        name: Callable[[Item], str] | None = None,
    ) -> Iterator[Item]:
        """Passes items on while showing how far we are, and with ``name`` at which one: a bar on a terminal, a few
        plain lines otherwise.
        """
        if self.err.isatty():
            with tqdm(total=total, file=self.err, leave=False, bar_format=_BAR, desc=what) as bar:
                for item in items:
                    bar.set_postfix_str(mask_numbers(name(item)) if name else "", refresh=False)
                    bar.update()
                    yield item
            return
        self.tell(f"{what}…")
        step = max(1, (total or 0) // _PLAIN_LINES)
        for number, item in enumerate(items, 1):
            if name and total and number % step == 0:
                self.tell(f"  {number}/{total} {name(item)}")
            yield item
