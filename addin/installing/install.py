"""Installs the buttons: which files go where is planned first, shown, then done, and remembered."""

import hashlib
import json
import shutil
import site
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path

from addin.hosts.atomic import atomic_path
from addin.installing.command import command_file, is_foreign
from addin.installing.places import ADDIN_FILE, EXTENSION_FILE, Places, interpreters
from addin.problem import CannotUse

PATH_FILE = "taizhang.pth"
EXTENSION_ID = "cn.taizhang.extension"
INTERNET_MARK = ":Zone.Identifier"
"""The stream in which Windows notes that a file came from the internet."""

Run = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a program and returns its exit code and what it said."""


@dataclass(slots=True)
class Installed:
    """What an installation left behind: SHA-256 by file, folders it had to make (outermost first), whether extension
    and private environment are there.
    """

    files: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    extension: bool = False
    environment: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the installation does, in words, and how: a file to write, a program to run, or an environment to
    make, as a copy of the one that came unpacked with the bundle where there is one.
    """

    what: str
    path: Path | None = None
    data: bytes = b""
    command: tuple[str, ...] = ()
    is_environment: bool = False
    is_program: bool = False
    copy_of: Path | None = None


def plan(
    places: Places,
    *,
    addin: bytes | None,
    extension: bytes | None,
    unopkg: str | None,
    code: Sequence[Path],
    unpacked: Path | None = None,
) -> tuple[Step, ...]:
    """The steps of an installation. ``addin`` for Excel, ``extension`` for LibreOffice (None: not wanted), ``code``
    the folders the private interpreter must find, ``unpacked`` the interpreter of a bundle, which has them inside.

    Raises CannotUse when Excel has no add-in folder on this system, or the LibreOffice tool is missing.
    """
    steps = [*_interpreter_steps(places, code, unpacked)]
    if not is_foreign(places.command):
        what = f"让命令行认得 taizhang：{places.command}"
        steps.append(Step(what, places.command, command_file(places), is_program=True))
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


def _interpreter_steps(places: Places, code: Sequence[Path], unpacked: Path | None) -> list[Step]:
    """What makes the private interpreter ready; nothing when it is, for this very code."""
    target = places.interpreter_folder
    if unpacked is not None:
        what = f"把运行环境放到固定的位置：{target}"
        return [] if unpacked == target else [Step(what, target, is_environment=True, copy_of=unpacked)]
    lines = "".join(f"{folder}\n" for folder in code).encode("utf-8")
    known = next(iter(sorted(target.rglob(PATH_FILE))), None)
    is_there = any(program.exists() for program in interpreters(target, places.system))
    if is_there and known is not None and known.read_bytes() == lines:
        return []
    return [Step(f"准备专用的运行环境：{target}", target, lines, is_environment=True)]


def unpacked_interpreter(program: Path) -> Path | None:
    """The folder of a running interpreter that came in the bundle: Windows' embeddable one, known by its path file."""
    return program.parent if any(program.parent.glob("python*._pth")) else None


def has_internet_mark(path: Path) -> bool:
    """Whether Windows marked the file as coming from the internet: it blocks its macros, or asks before it runs."""
    try:
        return "ZoneId=3" in Path(f"{path}{INTERNET_MARK}").read_text(errors="replace")
    except OSError:
        return False


def carry_out(steps: Sequence[Step], places: Places, run: Run) -> None:
    """Do the steps and write the list of what was installed. Raises CannotUse when a program refuses."""
    remembered = remembered_here(places)
    _remember_folders(remembered, places.home)
    for step in steps:
        if step.path is not None:
            _remember_folders(remembered, step.path.parent)
        _do(step, remembered, run)
        # After each step: what an installation that fails half-way leaves behind must be removable too.
        remember(remembered, places)


def _do(step: Step, remembered: Installed, run: Run) -> None:
    if step.command:
        code, said = run(step.command)
        if code != 0:
            raise CannotUse(f"“{step.what}”没有成功：{_why(said)}")
        remembered.extension = True
    elif step.is_environment and step.path is not None:
        if step.copy_of is not None:
            _copy_environment(step.copy_of, step.path)
        else:
            _make_environment(step.path, step.data)
        remembered.environment = True
    elif step.path is not None:
        with atomic_path(step.path) as fresh:
            fresh.write_bytes(step.data)
        if step.is_program:
            step.path.chmod(0o755)
        remembered.files[str(step.path)] = fingerprint(step.data)


def _remember_folders(remembered: Installed, folder: Path) -> None:
    """Note which folders will be made on the way to this one; they go again when they are empty."""
    missing = [str(one) for one in (folder, *folder.parents) if not one.exists()]
    remembered.folders += [name for name in reversed(missing) if name not in remembered.folders]


def _why(said: str) -> str:
    """What a program complained about, with what to do."""
    if "as root" in said:
        return "LibreOffice 的扩展不能由 root 用户安装，请用平时登录的普通用户安装。"
    return f"{one_line(said)}。请关闭 LibreOffice 后再试一次。"


def remembered_here(places: Places) -> Installed:
    """What was installed before; nothing when there is no list, or one nobody can read."""
    try:
        kept = json.loads(places.manifest.read_text(encoding="utf-8"))
        return Installed(**kept)
    except (FileNotFoundError, ValueError, TypeError):
        return Installed()


def remember(installed: Installed, places: Places) -> None:
    """Write the list of what was installed."""
    with atomic_path(places.manifest) as fresh:
        fresh.write_text(json.dumps(asdict(installed), ensure_ascii=False, indent=1), encoding="utf-8")


def _make_environment(folder: Path, code: bytes) -> None:
    """A private environment without pip that finds the tool's code through one path file."""
    # Windows' embeddable Python has no venv; there the environment came unpacked and is never made.
    venv = import_module("venv")
    venv.EnvBuilder(with_pip=False, clear=True).create(folder)
    found = [place for place in folder.rglob("site-packages") if place.is_dir()]
    (found[0] / PATH_FILE).write_bytes(code)


def _copy_environment(source: Path, target: Path) -> None:
    """The content alone: not the mark that a file came from the internet, which would make Windows ask each time."""
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(source, fresh, copy_function=shutil.copyfile)
    if target.exists():
        shutil.rmtree(target)
    fresh.rename(target)


def code_folders(root: Path) -> tuple[Path, ...]:
    """The folders the running tool is imported from: its own and the libraries'."""
    return (root, *(Path(folder) for folder in site.getsitepackages()))


def fingerprint(data: bytes) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(data).hexdigest()


def one_line(said: str) -> str:
    """What a program said, as one line."""
    return " ".join(said.split()) or "没有说明原因"
