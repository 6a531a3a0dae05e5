"""Reads passwords from a text file: one a line, the first for what is written, all of them tried on what is opened."""

from pathlib import Path

from addin.problem import CannotUse

MOST = 20
"""So many passwords are tried on one file: each try takes a tenth of a second."""


def passwords_from(path: Path) -> tuple[str, ...]:
    """The passwords in a file, at least one. Raises CannotUse when there is none, or there are too many to try."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CannotUse(f"口令文件“{path.name}”不是文本文件：请用记事本新建，每行只写一个口令。") from None
    found = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not found:
        raise CannotUse(f"口令文件“{path.name}”是空的：请在第一行写上口令。")
    if len(found) > MOST:
        raise CannotUse(f"口令文件“{path.name}”有 {len(found)} 行，超过 {MOST} 行：请按口令分开文件夹，分几次合并。")
    return found
