"""The folder of a demonstration: only an empty one or one made by the demonstration itself is written into."""

import json
from collections.abc import Iterable
from pathlib import Path

from addin.problem import CannotUse

MARK = ".taizhang-demo.json"
"""Lists the files the demonstration wrote, so that the next run clears away those and nothing else."""


def claim(folder: Path) -> None:
    """Make the folder ready: create it, or clear away what an earlier demonstration wrote. Raises CannotUse."""
    if folder.exists() and not folder.is_dir():
        raise CannotUse(f"“{folder}”是一个文件，演示要放在文件夹里，请换一个名字，如 taizhang demo 演示。")
    if folder.is_dir() and any(folder.iterdir()):
        for file in _written(folder):
            file.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    note(folder, ())


def note(folder: Path, files: Iterable[Path]) -> None:
    """Remember the files written so far."""
    names = sorted(file.relative_to(folder).as_posix() for file in files)
    text = json.dumps({"made_by": "taizhang demo", "files": names}, ensure_ascii=False, indent=1)
    (folder / MARK).write_text(text + "\n", encoding="utf-8")


def _written(folder: Path) -> list[Path]:
    """What the mark in the folder lists; a list that leads out of the folder is nobody's mark."""
    foreign = CannotUse(f"“{folder}”里已经有别的文件，没有动它。请换一个新的文件夹名，如 taizhang demo 演示。")
    try:
        data = json.loads((folder / MARK).read_text(encoding="utf-8"))
        files = [folder / str(name) for name in data["files"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise foreign from None
    inside = folder.resolve()
    if not all(file.resolve().is_relative_to(inside) for file in files):
        raise foreign
    return files
