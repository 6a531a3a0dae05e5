"""The log of what the tool did on this desk: append-only, hash-chained, without full numbers, one file a month.

Each line holds the SHA-256 of the line before, so that a changed or missing line shows. Files are kept: nothing here
deletes one, and one that is missing shows unless six months (网络安全法第二十一条) and more are still there after it.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from addin.hosts.append_only import append_line, in_turn
from addin.masking import mask_numbers

FOLDER_VARIABLE = "TAIZHANG_LOG"
START = "0" * 64
MONTHS_KEPT = 6
_LOCK = ".lock"
_NAME = re.compile(r"\d{4}-\d{2}\.jsonl")


@dataclass(frozen=True, slots=True)
class DeskLog:
    """The log files of one folder."""

    folder: Path

    def add(self, now: datetime, command: str, words: Sequence[str], code: int, detail: str = "") -> None:
        """Append what was done: time, command, its words, exit code and, for an internal error, the detail.

        Raises OSError when the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        entry = {
            "time": now.isoformat(),
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
            append_line(target, _linked(entry, self._last_link()))

    def first_break(self) -> str | None:
        """Where the chain is broken, as ``file:line``; None while every line follows from the one before."""
        link = "" if self._is_long() else START
        for path, number, line in self._lines():
            entry = _parsed(line)
            # What a power cut left of a line is no entry; the next one still follows from it.
            if entry is not None and link and entry.get("before") != link:
                return f"{path.name}:{number}"
            link = _link(line)
        return None

    def _is_long(self) -> bool:
        """Whether the log reaches back so far that older files may have been deleted."""
        months = [int(path.name[:4]) * 12 + int(path.name[5:7]) for path in self._files()]
        return bool(months) and months[-1] - months[0] >= MONTHS_KEPT

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.jsonl") if _NAME.fullmatch(path.name))

    def _lines(self) -> Iterator[tuple[Path, int, str]]:
        for path in self._files():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield path, number, line

    def _last_link(self) -> str:
        for path in reversed(self._files()):
            lines = path.read_text(encoding="utf-8").splitlines()
            if lines:
                return _link(lines[-1])
        return START


def desk_log_here(environment: Mapping[str, str], home: Path) -> DeskLog:
    """The log of this desk: where ``TAIZHANG_LOG`` says, else below the tool's own folder."""
    named = environment.get(FOLDER_VARIABLE, "")
    return DeskLog(Path(named) if named else home / "日志")


def _linked(entry: Mapping[str, object], link: str) -> str:
    return json.dumps({**entry, "before": link}, ensure_ascii=False)


def _link(line: str) -> str:
    return sha256(line.encode("utf-8")).hexdigest()


def _parsed(line: str) -> Mapping[str, object] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def file_words(arguments: Sequence[str]) -> list[str]:
    """The words of a command line worth keeping: options and file names without their folders."""
    return [Path(word).name if os.sep in word else word for word in arguments]
