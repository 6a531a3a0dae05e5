"""run.py: the private environment is made once for a folder and a lock, and what cannot be made is one sentence."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as it stands in a folder of its own."""
    for name in ("run.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    spec = importlib.util.spec_from_file_location("run_script", tmp_path / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.sys, "argv", ["run.py", "doctor"])
    return module


class Programs:
    """Stands for pip and venv: remembers what was run, fails at one word."""

    def __init__(self, environment: Path, fails_at: str = "") -> None:
        self.environment, self.fails_at, self.run = environment, fails_at, list[str]()

    def __call__(self, command: list[str], **_: object) -> int:
        self.run.append(command[2])
        if command[2] == "venv":
            (self.environment / "bin").mkdir(parents=True)
            (self.environment / "bin" / "python").write_text("")
        if command[2] == self.fails_at:
            raise subprocess.CalledProcessError(1, command)
        return 0


def test_the_environment_is_made_once(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Programs(script.ENVIRONMENT)
    monkeypatch.setattr(script.subprocess, "check_call", programs)
    monkeypatch.setattr(script.subprocess, "call", lambda command, cwd: 0)
    assert (script.main(), script.main()) == (0, 0)
    assert programs.run == ["venv", "pip", "pip"]


def test_in_a_moved_folder_it_is_made_good_again(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = Programs(script.ENVIRONMENT)
    monkeypatch.setattr(script.subprocess, "check_call", programs)
    script.prepare("use")
    moved = tmp_path.with_name("搬到别处")
    tmp_path.rename(moved)
    for name in ("ROOT", "ENVIRONMENT", "PYTHON"):
        monkeypatch.setattr(script, name, moved / getattr(script, name).relative_to(tmp_path))
    script.prepare("use")
    assert programs.run == ["venv", "pip", "pip", "pip", "pip"]


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_what_cannot_be_made_is_told_and_can_be_tried_again(
    step: str, script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(script.subprocess, "check_call", Programs(script.ENVIRONMENT, step))
    assert script.main() == 2
    told = capsys.readouterr().err
    assert f"“{step}”这一步没有成功" in told and "python3-venv" in told and "Traceback" not in told
    assert script.PYTHON.exists() == (step == "pip")
    assert not (script.ENVIRONMENT / "use.stamp").exists()
