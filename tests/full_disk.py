"""Runs the commands of ``desk_scene`` on a small disk that is really full, and reports what went wrong.

    python -m tests.full_disk SCENE REPORT [--limit]

mounts a disk of memory of its own, which takes a namespace of its own (``unshare``); with ``--limit`` no file of the
process may grow instead, for machines where nothing can be mounted.
"""

import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from addin.desk_log import DeskLog
from tests.desk_scene import COMMANDS, LOG, at, files, run

SIZE = 12 << 20
ROOM = (0, 24 << 10, 150 << 10)
"""So many bytes are left: none, enough for a log line, enough for one workbook but not for two."""

_PROGRESS = ("出表…", "读取 ", "  ")


def report(scene: Path, limited: bool) -> dict[str, object]:
    """What went wrong by command, and how often each failed for want of room."""
    wrong: list[str] = []
    refused = dict.fromkeys(COMMANDS, 0)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "盘"
        place.mkdir()
        if not limited:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(place)], check=True)
        for name, room in ((name, room) for name in COMMANDS for room in ROOM):
            desk = Path(shutil.copytree(scene, place / "桌面"))
            with at(desk):
                before = files(desk)
                with only(room, place, limited):
                    code, told = run(COMMANDS[name].words)
                refused[name] += code == 2
                wrong += [f"{name}, {room} bytes left: {why}" for why in faults(name, desk, before, code, told)]
            shutil.rmtree(desk)
        if not limited:
            subprocess.run(["umount", str(place)], check=True)
    return {"wrong": wrong, "refused": refused}


@contextmanager
def only(room: int, place: Path, limited: bool) -> Iterator[None]:
    """No more than so many bytes are left on the disk."""
    if limited:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return
    ballast = place / "占满"
    ballast.write_bytes(b"\0" * (shutil.disk_usage(place).free - room))
    try:
        yield
    finally:
        ballast.unlink()


def faults(name: str, desk: Path, before: dict[str, bytes], code: int, told: str) -> Iterator[str]:
    """What a clerk would have to complain of."""
    after, writing = files(desk), COMMANDS[name]
    if code != 2:
        missing = [made for made in writing.makes if made not in after]
        if missing:
            yield f"exit code {code}, but no {missing}"
        return
    lines = [line for line in told.splitlines() if not line.startswith(_PROGRESS)]
    if len(lines) != 1 or not lines[0].startswith("taizhang：") or "空间不足" not in lines[0]:
        yield f"told {lines}"
    changed = [file for file, data in before.items() if after.get(file) != data and not is_log(file)]
    if changed:
        yield f"changed or lost {changed}"
    added = [file for file in after if file not in {*before, *writing.makes} and not is_log(file)]
    if added:
        yield f"left behind {added}"
    if DeskLog(desk / LOG).first_break() is not None:
        yield "the log is broken"


def is_log(file: str) -> bool:
    return file.endswith((".jsonl", "合并记忆.sqlite", "合并记忆.sqlite-journal"))


if __name__ == "__main__":
    found = report(Path(sys.argv[1]), "--limit" in sys.argv)
    Path(sys.argv[2]).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
