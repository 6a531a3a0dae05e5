"""Installing for one user: the plan, a made-up home, twice the same, and nothing left after removing."""

import json
import shutil
import site
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import addin
from addin.actions import install as install_action
from addin.cli import main
from addin.installing.command import command_file
from addin.installing.install import Step, carry_out, plan, unpacked_interpreter
from addin.installing.office_environment import office_environment
from addin.installing.places import Places, places
from addin.installing.removal import removal
from addin.problem import CannotUse


@pytest.fixture
def windows(tmp_path: Path) -> Places:
    return places("windows", {"APPDATA": str(tmp_path / "Roaming"), "LOCALAPPDATA": str(tmp_path / "Local")}, tmp_path)


@pytest.fixture
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an unpacked bundle."""
    folder = tmp_path_factory.mktemp("安装包") / "python"
    (folder / "Lib" / "site-packages" / "addin").mkdir(parents=True)
    for name in ("pythonw.exe", "python311._pth", "Lib/site-packages/addin/cli.py"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def linux(tmp_path: Path) -> Places:
    return places("linux", {}, tmp_path)


def tree(folder: Path) -> list[str]:
    """Everything below, folders too: an empty folder left behind is a trace."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


class Programs:
    """Stands for other programs: remembers what was run, answers with one exit code."""

    def __init__(self, code: int = 0, said: str = "") -> None:
        self.code, self.said, self.run = code, said, list[tuple[str, ...]]()

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.run.append(tuple(command))
        return self.code, self.said


def excel_steps(windows: Places, unpacked: Path) -> tuple[Step, ...]:
    return plan(windows, addin=b"addin", extension=None, unopkg=None, code=(), unpacked=unpacked)


def test_excel_gets_its_addin_in_the_start_up_folder_and_nothing_remains_after_removal(
    windows: Places, unpacked: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        steps = excel_steps(windows, unpacked)
        assert [step.path for step in steps] == [
            tmp_path / "Local/Taizhang/python",
            tmp_path / "Local/Taizhang/taizhang.cmd",
            tmp_path / "Roaming/Microsoft/Excel/XLSTART/taizhang.xlam",
        ]
        carry_out(steps, windows, Programs())
        (windows.interpreter_folder / "of an older version.py").write_text("")
    carry_out(steps, windows, Programs())
    assert [name for name in tree(tmp_path) if "." in name] == [
        "Local/Taizhang/installed.json",
        "Local/Taizhang/python/Lib/site-packages/addin/cli.py",
        "Local/Taizhang/python/python311._pth",
        "Local/Taizhang/python/pythonw.exe",
        "Local/Taizhang/taizhang.cmd",
        "Roaming/Microsoft/Excel/XLSTART/taizhang.xlam",
    ]
    words, remove = removal(windows, None)
    assert len(words) == 3 and remove(Programs()) == []
    assert tree(tmp_path) == []
    assert removal(windows, None)[0] == [], "once removed, there is nothing to remove"


def test_the_interpreter_of_a_bundle_is_known_by_its_path_file(unpacked: Path) -> None:
    assert unpacked_interpreter(unpacked / "python.exe") == unpacked
    assert unpacked_interpreter(Path(sys.executable)) is None


def test_from_its_final_place_the_interpreter_is_not_copied_onto_itself(windows: Places) -> None:
    steps = excel_steps(windows, windows.interpreter_folder)
    assert not any(step.is_environment for step in steps)


def test_an_interpreter_at_work_is_left_and_removed_later(windows: Places, unpacked: Path, tmp_path: Path) -> None:
    carry_out(excel_steps(windows, unpacked), windows, Programs())
    kept = removal(windows, None, windows.interpreter_folder / "python.exe")[1](Programs())
    assert len(kept) == 1 and "双击安装包里的“卸载.bat”" in kept[0]
    assert (windows.interpreter_folder / "pythonw.exe").exists()
    words, remove = removal(windows, None, unpacked / "python.exe")
    assert len(words) == 1 and remove(Programs()) == [] and tree(tmp_path) == []


def test_a_folder_with_somebody_elses_file_stays(windows: Places, unpacked: Path, tmp_path: Path) -> None:
    carry_out(excel_steps(windows, unpacked), windows, Programs())
    other = tmp_path / "Roaming/Microsoft/Excel/XLSTART/别人的.xlam"
    other.write_text("")
    assert removal(windows, None)[1](Programs()) == []
    assert other.exists() and not other.with_name("taizhang.xlam").exists()


def test_a_file_changed_since_is_kept_and_told(windows: Places, unpacked: Path, tmp_path: Path) -> None:
    carry_out(excel_steps(windows, unpacked), windows, Programs())
    target = tmp_path / "Roaming/Microsoft/Excel/XLSTART/taizhang.xlam"
    target.write_bytes(b"mine")
    kept = removal(windows, None)[1](Programs())
    assert len(kept) == 1 and "被改动过" in kept[0] and target.read_bytes() == b"mine"


def test_a_private_environment_that_finds_the_code_is_made_once(linux: Places, tmp_path: Path) -> None:
    code = (tmp_path / "代码 文件夹",)
    steps = plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=code)
    programs = Programs()
    carry_out(steps, linux, programs)
    (found,) = linux.interpreter_folder.rglob("taizhang.pth")
    assert found.read_text(encoding="utf-8").strip() == str(tmp_path / "代码 文件夹")
    assert (linux.interpreter_folder / "bin" / "python3").exists()
    assert programs.run == [("unopkg", "add", "--force", "--suppress-license", str(linux.home / "taizhang.oxt"))]
    again = plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=code)
    assert not any(step.is_environment for step in again)
    moved = plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=(tmp_path / "新版",))
    assert any(step.is_environment for step in moved), "a new version lies in another folder"
    assert json.loads(linux.manifest.read_text())["extension"] is True
    removed = Programs()
    assert removal(linux, "unopkg")[1](removed) == []
    assert removed.run[0][:2] == ("unopkg", "remove")
    assert tree(tmp_path) == []


def test_the_console_gets_the_word_taizhang(linux: Places, tmp_path: Path) -> None:
    code = (Path(addin.__file__).parents[1], *(Path(folder) for folder in site.getsitepackages()))
    carry_out(plan(linux, addin=None, extension=None, unopkg=None, code=code), linux, Programs())
    done = subprocess.run(
        [str(linux.command), "--version"], capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"}
    )
    assert linux.command == tmp_path / ".local/bin/taizhang"
    assert done.stdout.startswith("taizhang ")


def test_a_strange_home_is_quoted_in_the_command(tmp_path: Path) -> None:
    here = places("linux", {}, tmp_path / "张 三's $HOME")
    assert f"exec '{tmp_path}/张 三'\"'\"'s $HOME/.local" in command_file(here).decode()
    windows = command_file(places("windows", {"APPDATA": "a", "LOCALAPPDATA": "b"}, tmp_path)).decode("ascii")
    assert "-I -X utf8 -m addin %*" in windows and "\n" not in windows.replace("\r\n", "")


def test_another_program_called_taizhang_is_left_alone(linux: Places) -> None:
    linux.command.parent.mkdir(parents=True)
    linux.command.write_text("#!/bin/sh\necho mine\n")
    steps = plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=())
    assert linux.command not in [step.path for step in steps]


def test_an_extension_that_cannot_be_taken_out_now_can_be_later(linux: Places, tmp_path: Path) -> None:
    steps = plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=())
    carry_out(steps, linux, Programs())
    kept = removal(linux, "unopkg")[1](Programs(1, "locked"))
    assert len(kept) == 1 and "请关闭 LibreOffice 后再卸载一次" in kept[0]
    assert removal(linux, None)[1](Programs()) == [
        "没有找到 LibreOffice 的扩展工具 unopkg，扩展没有注销：请在 LibreOffice 的“工具—扩展管理”里移除"
    ]
    gone = Programs(1, "ERROR: There is no such extension deployed: cn.taizhang.extension")
    assert removal(linux, "unopkg")[1](gone) == []
    assert tree(tmp_path) == []


@pytest.mark.parametrize("damage", ["remove", "spoil the list"])
def test_removing_what_was_removed_by_hand_is_no_trouble(damage: str, linux: Places) -> None:
    carry_out(plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=()), linux, Programs())
    if damage == "remove":
        shutil.rmtree(linux.interpreter_folder)
        linux.command.unlink()
        assert removal(linux, "unopkg")[1](Programs()) == []
        assert not linux.home.exists()
    else:
        linux.manifest.write_text("{not json")
        assert removal(linux, "unopkg")[0] == []


def test_what_cannot_be_installed_is_told_before_anything_happens(linux: Places, tmp_path: Path) -> None:
    with pytest.raises(CannotUse, match="不是 Windows"):
        plan(linux, addin=b"x", extension=None, unopkg=None, code=())
    with pytest.raises(CannotUse, match="unopkg"):
        plan(linux, addin=None, extension=b"x", unopkg=None, code=())
    assert tree(tmp_path) == []


def test_a_program_that_refuses_is_told_in_one_sentence(linux: Places) -> None:
    steps = [step for step in plan(linux, addin=None, extension=b"x", unopkg="unopkg", code=()) if step.command]
    with pytest.raises(CannotUse, match="没有成功：locked by another"):
        carry_out(steps, linux, Programs(1, "locked\n by another"))
    with pytest.raises(CannotUse, match="请用平时登录的普通用户"):
        carry_out(steps, linux, Programs(1, "ERROR: Cannot run unopkg as root without --shared"))


def test_an_installation_that_failed_half_way_can_be_removed(linux: Places, tmp_path: Path) -> None:
    steps = [
        step for step in plan(linux, addin=None, extension=b"x", unopkg="unopkg", code=()) if not step.is_environment
    ]
    with pytest.raises(CannotUse):
        carry_out(steps, linux, Programs(1))
    assert tree(tmp_path) != []
    assert removal(linux, "unopkg")[1](Programs()) == []
    assert tree(tmp_path) == []


def test_the_command_tells_its_plan_and_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install_action, "places_here", lambda: places("linux", {}, tmp_path))
    monkeypatch.setattr(install_action.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert main(["install", "--libreoffice", "--dry-run"]) == 0
    assert "将要做" in capsys.readouterr().out and tree(tmp_path) == []
    assert main(["install", "--uninstall"]) == 0
    assert "没有装过" in capsys.readouterr().out
    assert main(["install", "--excel"]) == 2


def test_libreoffice_never_sees_another_python() -> None:
    """An office started with somebody else's python3 first on PATH dies when the extension is loaded."""
    seen = office_environment(
        {"PATH": "/home/x/.pyenv/bin:/usr/bin", "PYTHONPATH": "x", "PYENV_VERSION": "3", "LANG": "C"}
    )
    assert "LANG" in seen and not any(name.startswith("PY") for name in seen)
    assert "pyenv" not in seen["PATH"]
