"""Installs and removes the add-in: which files go where is planned first, shown, then done, and remembered."""

import hashlib
import json
import site
import venv
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from addin.hosts.atomic import atomic_path
from addin.installing.places import ADDIN_FILE, EXTENSION_FILE, Places, interpreters
from addin.problem import CannotUse

PATH_FILE = "taizhang.pth"
EXTENSION_ID = "cn.taizhang.extension"

Run = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a program and returns its exit code and what it said."""


@dataclass(slots=True)
class Installed:
    """What an installation left behind: SHA-256 by file, whether extension and private environment are there."""

    files: dict[str, str] = field(default_factory=dict)
    extension: bool = False
    environment: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the installation does, in words, and how: a file to write, a program to run, or an environment."""

    what: str
    path: Path | None = None
    data: bytes = b""
    command: tuple[str, ...] = ()
    is_environment: bool = False


def plan(
    places: Places, *, addin: bytes | None, extension: bytes | None, unopkg: str | None, code: Sequence[Path]
) -> tuple[Step, ...]:
    """The steps of an installation. ``addin`` for Excel, ``extension`` for LibreOffice (None: not wanted), ``code``
    the folders the private interpreter must find.

    Raises CannotUse when Excel has no add-in folder on this system, or the LibreOffice tool is missing.
    """
    steps = []
    if not any(Path(program).exists() for program in interpreters(places.interpreter_folder, places.system)):
        what = f"准备专用的运行环境：{places.interpreter_folder}"
        lines = "".join(f"{folder}\n" for folder in code)
        steps.append(Step(what, places.interpreter_folder, lines.encode("utf-8"), is_environment=True))
    if addin is not None:
        if places.excel_start is None:
            raise CannotUse("这台电脑不是 Windows，没有可以装 Excel 按钮的位置：请用 --libreoffice，或直接用命令行。")
        target = places.excel_start / ADDIN_FILE
        steps.append(Step(f"把 Excel 按钮放进个人启动文件夹：{target}", target, addin))
    if extension is not None:
        if unopkg is None:
            raise CannotUse("没有找到 LibreOffice 的扩展工具 unopkg：请先安装 LibreOffice，再试一次。")
        target = places.home / EXTENSION_FILE
        steps.append(Step(f"写出 LibreOffice 扩展：{target}", target, extension))
        command = (unopkg, "add", "--force", "--suppress-license", str(target))
        steps.append(Step("登记 LibreOffice 扩展（仅当前用户）", command=command))
    return tuple(steps)


def carry_out(steps: Sequence[Step], places: Places, run: Run) -> None:
    """Do the steps and write the list of what was installed. Raises CannotUse when a program refuses."""
    remembered = _remembered(places)
    for step in steps:
        if step.command:
            code, said = run(step.command)
            if code != 0:
                raise CannotUse(f"“{step.what}”没有成功：{_why(said)}")
            remembered.extension = True
        elif step.is_environment and step.path is not None:
            _make_environment(step.path, step.data)
            remembered.environment = True
        elif step.path is not None:
            with atomic_path(step.path) as fresh:
                fresh.write_bytes(step.data)
            remembered.files[str(step.path)] = _fingerprint(step.data)
        # After each step: what an installation that fails half-way leaves behind must be removable too.
        with atomic_path(places.manifest) as fresh:
            fresh.write_text(json.dumps(asdict(remembered), ensure_ascii=False, indent=1), encoding="utf-8")


def _why(said: str) -> str:
    """What a program complained about, with what to do."""
    if "as root" in said:
        return "LibreOffice 的扩展不能由 root 用户安装，请用平时登录的普通用户安装。"
    return f"{_one_line(said)}。请关闭 LibreOffice 后再试一次。"


def removal(places: Places, unopkg: str | None) -> tuple[list[str], Callable[[Run], list[str]]]:
    """What removing would do, in words, and the function that does it and tells what was kept."""
    remembered = _remembered(places)
    words = [f"删除 {path}" for path in remembered.files]
    if remembered.extension and unopkg:
        words.append("注销 LibreOffice 扩展")
    if remembered.environment:
        words.append(f"删除运行环境 {places.interpreter_folder}")
    return words, lambda run: _remove(places, remembered, unopkg, run)


def _remove(places: Places, remembered: Installed, unopkg: str | None, run: Run) -> list[str]:
    kept = []
    if remembered.extension and unopkg:
        code, said = run((unopkg, "remove", EXTENSION_ID))
        if code != 0:
            kept.append(f"LibreOffice 扩展没有注销：{_one_line(said)}")
    for name, fingerprint in remembered.files.items():
        path = Path(name)
        if path.exists() and _fingerprint(path.read_bytes()) != fingerprint:
            kept.append(f"{path} 装好后被改动过，没有删除")
        else:
            path.unlink(missing_ok=True)
    if remembered.environment:
        _delete_tree(places.interpreter_folder)
    places.manifest.unlink(missing_ok=True)
    if places.home.exists() and not any(places.home.iterdir()):
        places.home.rmdir()
    return kept


def _remembered(places: Places) -> Installed:
    """What was installed before; nothing when there is no list."""
    if not places.manifest.exists():
        return Installed()
    return Installed(**json.loads(places.manifest.read_text(encoding="utf-8")))


def _make_environment(folder: Path, code: bytes) -> None:
    """A private environment without pip that finds the tool's code through one path file."""
    venv.EnvBuilder(with_pip=False, clear=True).create(folder)
    found = [place for place in folder.rglob("site-packages") if place.is_dir()]
    (found[0] / PATH_FILE).write_bytes(code)


def code_folders(root: Path) -> tuple[Path, ...]:
    """The folders the running tool is imported from: its own and the libraries'."""
    return (root, *(Path(folder) for folder in site.getsitepackages()))


def _delete_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    folder.rmdir()


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _one_line(said: str) -> str:
    return " ".join(said.split()) or "没有说明原因"
