"""Kills the commands of ``desk_scene`` at chosen moments, as a power cut does, and reports what was found afterwards.

    python -m tests.killed SCENE REPORT

Each run is a process of its own, which ends itself with SIGKILL just before it opens, renames or removes a file.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from addin.desk_log import DeskLog
from addin.hosts.leftovers import MARK
from tests.desk_scene import COMMANDS, LOG, at, files, run

MOMENTS = 5
"""So many moments of each command are tried, spread over all there are."""

_EVENTS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate", "tempfile.mkstemp"})


def report(scene: Path) -> dict[str, object]:
    """What went wrong, and how many runs were killed by command."""
    wrong: list[str] = []
    killed = dict.fromkeys(COMMANDS, 0)
    left = 0
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "桌面"
        for name in COMMANDS:
            moments = number_of_moments(scene, desk, name)
            chosen = sorted({1 + moments * step // MOMENTS for step in range(MOMENTS)} | {moments})
            for moment in chosen:
                before = fresh_scene(scene, desk)
                killed[name] += in_process(desk, name, moment)
                left += len(left_behind(desk))
                wrong += [f"{name}, killed at {moment} of {moments}: {why}" for why in faults(name, desk, before)]
    return {"wrong": wrong, "killed": killed, "left": left}


def fresh_scene(scene: Path, desk: Path) -> dict[str, bytes]:
    shutil.rmtree(desk, ignore_errors=True)
    shutil.copytree(scene, desk)
    return files(desk)


def number_of_moments(scene: Path, desk: Path, name: str) -> int:
    """How often the command touches a file; counted in a process that runs to its end."""
    fresh_scene(scene, desk)
    count = desk.parent / "次数"
    in_process(desk, name, 0, count)
    return int(count.read_text())


def in_process(desk: Path, name: str, moment: int, count: Path | None = None) -> bool:
    """Run the command in a process of its own; whether it was killed."""
    child = os.fork()
    if child == 0:
        seen = 0

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal seen
            if event in _EVENTS and writes(event, arguments):
                seen += 1
                if seen == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        with at(desk):
            sys.addaudithook(watch)
            run(COMMANDS[name].words)
        if count is not None:
            count.write_text(str(seen))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def writes(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether something on the desk (working folder) is about to change; what Python keeps elsewhere does not count."""
    path = arguments[0]
    if not isinstance(path, str | os.PathLike) or not Path(path).absolute().is_relative_to(Path.cwd()):
        return False
    if event != "open":
        return True
    mode = arguments[1]
    return isinstance(mode, str) and any(letter in mode for letter in "wax+")


def faults(name: str, desk: Path, before: dict[str, bytes]) -> Iterator[str]:
    """What a clerk would find damaged; then the same command once more, which must do its work."""
    writing, after = COMMANDS[name], files(desk)
    kept = {file: data for file, data in before.items() if not file.startswith(".taizhang") and "/." not in file}
    for file, data in kept.items():
        if after.get(file) != data and (file not in writing.changes or not is_whole(desk / file)):
            yield f"{file} is neither the old nor the complete new one"
    yield from (f"{file} is half a file" for file in writing.makes if file in after and not is_whole(desk / file))
    open_to_others = [
        path.name for path in left_behind(desk) if path.name.startswith(".台账") and path.stat().st_mode & 0o077
    ]
    if open_to_others:
        yield f"others may read {open_to_others}"
    for path in left_behind(desk):
        os.utime(path, (0, 0))
    with at(desk):
        code, told = run(("undo", "台账.xlsx", "--list"))
        if code != 0:
            yield f"the timeline is lost: {told}"
        code, told = run(writing.words)
    if code not in (0, 1) and "已经存在" not in told and "没有可以退回的改动" not in told:
        yield f"the command no longer works: {told}"
    untidy = [path.relative_to(desk).as_posix() for path in left_behind(desk)]
    if untidy:
        yield f"the next run left {untidy}"
    if DeskLog(desk / LOG).first_break() is not None:
        yield "the log is broken"


def left_behind(desk: Path) -> list[Path]:
    """Half-written files on the desk."""
    return [path for path in desk.rglob(f".*{MARK}*") if path.is_file()]


def is_whole(path: Path) -> bool:
    """Whether a file is complete: a package with every part in order, or JSON."""
    if path.suffix == ".json":
        return isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
    if not path.exists():
        return False
    data = path.read_bytes()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return len(data) > 10_000
    with zipfile.ZipFile(path) as package:
        return package.testzip() is None


if __name__ == "__main__":
    found = report(Path(sys.argv[1]))
    Path(sys.argv[2]).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
