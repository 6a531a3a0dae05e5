"""Takes an installation away again: every file, folder and registration of the list, and nothing else."""

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from addin.installing.install import EXTENSION_ID, Installed, Run, fingerprint, one_line, remember, remembered_here
from addin.installing.places import Places


def removal(
    places: Places, unopkg: str | None, running: Path | None = None
) -> tuple[list[str], Callable[[Run], list[str]]]:
    """What removing would do, in words, and the function that does it and tells what was kept.

    ``running`` is the interpreter at work; Windows cannot delete that one.
    """
    running = running or Path(sys.executable)
    remembered = remembered_here(places)
    words = [f"删除 {path}" for path in remembered.files]
    if remembered.extension:
        words.append("注销 LibreOffice 扩展")
    if remembered.environment:
        words.append(f"删除运行环境 {places.interpreter_folder}")
    return words, lambda run: _remove(places, remembered, unopkg, running, run)


def _remove(places: Places, remembered: Installed, unopkg: str | None, running: Path, run: Run) -> list[str]:
    kept = _unregister(remembered, unopkg, run)
    for name, known in remembered.files.items():
        path = Path(name)
        if path.exists() and fingerprint(path.read_bytes()) != known:
            kept.append(f"{path} 装好后被改动过，没有删除")
        else:
            path.unlink(missing_ok=True)
    remembered.files = {}
    if remembered.environment and places.system == "windows" and running.is_relative_to(places.interpreter_folder):
        kept.append("运行环境正在使用，没有删除：请关闭 Excel，双击安装包里的“卸载.bat”")
    elif remembered.environment:
        shutil.rmtree(places.interpreter_folder, ignore_errors=True)
        remembered.environment = places.interpreter_folder.exists()
        if remembered.environment:
            kept.append(f"运行环境没有删干净：请关闭 LibreOffice 和 Excel，再卸载一次（{places.interpreter_folder}）")
    if remembered.extension or remembered.environment:
        # What is still there must stay known, so that removing can be tried again.
        remember(remembered, places)
    else:
        places.manifest.unlink(missing_ok=True)
    for name in (*reversed(remembered.folders), str(places.home)):
        with suppress(OSError):  # somebody else's files, or the log, lie in it
            Path(name).rmdir()
    return kept


def _unregister(remembered: Installed, unopkg: str | None, run: Run) -> list[str]:
    """Take the extension out of LibreOffice; what was in the way, if anything."""
    if not remembered.extension:
        return []
    if unopkg is None:
        return ["没有找到 LibreOffice 的扩展工具 unopkg，扩展没有注销：请在 LibreOffice 的“工具—扩展管理”里移除"]
    code, said = run((unopkg, "remove", EXTENSION_ID))
    if code != 0 and "no such extension" not in said.lower():
        return [f"LibreOffice 扩展没有注销：{one_line(said)}。请关闭 LibreOffice 后再卸载一次"]
    remembered.extension = False
    return []
