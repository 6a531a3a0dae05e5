"""The log of what the tool did on this desk: append-only, hash-chained, without full numbers, one file a month.

Each line holds the SHA-256 of the line before, so that a changed or missing line shows. Files are kept: nothing here
deletes one, and one that is missing shows unless six months (网络安全法第二十一条) and more are still there after it.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from addin.hosts.append_only import append_line, in_turn
from addin.hosts.chain import START, first_break, lines_of, link_of, linked
from addin.masking import mask_numbers

FOLDER_VARIABLE = "TAIZHANG_LOG"
MONTHS_KEPT = 6
_LOCK = ".lock"
_NAME = re.compile(r"\d{4}-\d{2}\.jsonl")


@dataclass(frozen=True, slots=True)
class DeskLog:
    """The log files of one folder."""

    folder: Path
    user: str = ""

    def add(self, now: datetime, command: str, words: Sequence[str], code: int, detail: str = "") -> None:
        """Append what was done: time, account, command, its words, exit code and, for an internal error, the detail.

        Raises OSError when the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        entry = {
            "time": now.isoformat(),
            "user": self.user,
            "command": command,
            "words": [mask_numbers(word) for word in words],
            "code": code,
            **({"detail": mask_numbers(detail)} if detail else {}),
        }
        with in_turn(self.folder / _LOCK):
            # A clock that was set back must not put a line before those that are there.
            last = max((path.name for path in self._files()), default="")
            target = self.folder / max(f"{now:%Y-%m}.jsonl", last)
            target.touch(mode=0o600)
            append_line(target, linked(entry, self._last_link()))

    def first_break(self) -> str | None:
        """Where the chain is broken, as ``file:line``; None while every line follows from the one before."""
        lines = [(f"{path.name}:{number}", line) for path in self._files() for number, line in _numbered(path)]
        number = first_break((line for _, line in lines), "" if self._is_long() else START)
        return lines[number - 1][0] if number else None

    def _is_long(self) -> bool:
        """Whether the log reaches back so far that older files may have been deleted."""
        months = [int(path.name[:4]) * 12 + int(path.name[5:7]) for path in self._files()]
        return bool(months) and months[-1] - months[0] >= MONTHS_KEPT

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.jsonl") if _NAME.fullmatch(path.name))

    def _last_link(self) -> str:
        for path in reversed(self._files()):
            lines = lines_of(path)
            if lines:
                return link_of(lines[-1])
        return START


def _numbered(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate(lines_of(path), 1)


def desk_log_here(environment: Mapping[str, str], home: Path) -> DeskLog:
    """The log of this desk: where ``TAIZHANG_LOG`` says, else below the tool's own folder."""
    named = environment.get(FOLDER_VARIABLE, "")
    user = environment.get("USERNAME") or environment.get("USER") or ""
    return DeskLog(Path(named) if named else home / "日志", user)


def file_words(arguments: Sequence[str]) -> list[str]:
    """The words of a command line worth keeping: options and file names without their folders."""
    return [Path(word).name if os.sep in word else word for word in arguments]
