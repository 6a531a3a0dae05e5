"""Installing for one user: the plan, a made-up home, twice the same, and nothing left after removing."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from addin.actions import install as install_action
from addin.cli import main
from addin.installing.install import carry_out, plan, removal
from addin.installing.office_environment import office_environment
from addin.installing.places import Places, places
from addin.problem import CannotUse


@pytest.fixture
def windows(tmp_path: Path) -> Places:
    here = places("windows", {"APPDATA": str(tmp_path / "Roaming"), "LOCALAPPDATA": str(tmp_path / "Local")}, tmp_path)
    (here.interpreter_folder).mkdir(parents=True)
    return here


@pytest.fixture
def linux(tmp_path: Path) -> Places:
    return places("linux", {}, tmp_path)


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class Programs:
    """Stands for other programs: remembers what was run, answers with one exit code."""

    def __init__(self, code: int = 0, said: str = "") -> None:
        self.code, self.said, self.run = code, said, list[tuple[str, ...]]()

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.run.append(tuple(command))
        return self.code, self.said


def test_excel_gets_its_addin_in_the_start_up_folder_and_nothing_remains_after_removal(
    windows: Places, tmp_path: Path
) -> None:
    (windows.interpreter_folder / "placeholder").write_text("")
    before = tree(tmp_path)
    steps = [step for step in plan(windows, addin=b"addin", extension=None, unopkg=None, code=()) if step.data]
    assert [step.path for step in steps] == [tmp_path / "Roaming/Microsoft/Excel/XLSTART/taizhang.xlam"]
    for _ in range(2):
        carry_out(steps, windows, Programs())
    assert set(tree(tmp_path)) - set(before) == {
        "Roaming/Microsoft/Excel/XLSTART/taizhang.xlam",
        "Local/Taizhang/installed.json",
    }
    words, remove = removal(windows, None)
    assert len(words) == 1 and remove(Programs()) == []
    assert tree(tmp_path) == before


def test_a_file_changed_since_is_kept_and_told(windows: Places, tmp_path: Path) -> None:
    steps = [step for step in plan(windows, addin=b"addin", extension=None, unopkg=None, code=()) if step.data]
    carry_out(steps, windows, Programs())
    target = tmp_path / "Roaming/Microsoft/Excel/XLSTART/taizhang.xlam"
    target.write_bytes(b"mine")
    kept = removal(windows, None)[1](Programs())
    assert len(kept) == 1 and "被改动过" in kept[0] and target.read_bytes() == b"mine"


def test_a_private_environment_that_finds_the_code_is_made_once(linux: Places, tmp_path: Path) -> None:
    steps = plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=(tmp_path / "代码 文件夹",))
    programs = Programs()
    carry_out(steps, linux, programs)
    (found,) = linux.interpreter_folder.rglob("taizhang.pth")
    assert found.read_text(encoding="utf-8").strip() == str(tmp_path / "代码 文件夹")
    assert (linux.interpreter_folder / "bin" / "python3").exists()
    assert programs.run == [("unopkg", "add", "--force", "--suppress-license", str(linux.home / "taizhang.oxt"))]
    again = plan(linux, addin=None, extension=b"oxt", unopkg="unopkg", code=())
    assert not any(step.is_environment for step in again)
    assert json.loads(linux.manifest.read_text())["extension"] is True
    removed = Programs()
    assert removal(linux, "unopkg")[1](removed) == []
    assert removed.run[0][:2] == ("unopkg", "remove")
    assert tree(tmp_path) == [] and not linux.home.exists()


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
