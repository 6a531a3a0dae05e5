"""The bundles people install from: complete, checkable, the same bytes each time."""

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from addin.installing.places import places

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Stand-ins for what the Windows runner brings: an embeddable interpreter and a folder of libraries."""
    folder = tmp_path_factory.mktemp("inputs")
    with zipfile.ZipFile(folder / "embed.zip", "w") as package:
        package.writestr(
            "python311._pth", "python311.zip\r\n.\r\n\r\n# Uncomment to run site.main()\r\n#import site\r\n"
        )
        package.writestr("python.exe", b"MZ")
        package.writestr("pythonw.exe", b"MZ")
    library = folder / "libraries" / "lib"
    (library / "__pycache__").mkdir(parents=True)
    (library / "__init__.py").write_text("")
    (library / "__pycache__" / "x.pyc").write_bytes(b"x")
    return ["--interpreter", str(folder / "embed.zip"), "--libraries", str(folder / "libraries")]


def bundle(target: Path, *words: str) -> bytes:
    command = [sys.executable, ".ci/bundle.py", *words, "-o", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = target.glob("*.zip")
    return made.read_bytes()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_windows_bundle_has_everything_a_desk_needs(inputs: list[str], tmp_path: Path) -> None:
    inside = parts(bundle(tmp_path, "windows", *inputs))
    site = "python/Lib/site-packages/"
    for name in (
        "python/pythonw.exe",
        f"{site}lib/__init__.py",
        f"{site}addin/desktop.py",
        f"{site}validators/codes.json",
        f"{site}workbook_templates/支部台账.xlsx",
        f"{site}macros/Launcher.bas",
        "模板/支部台账.xlsx",
        "taizhang.xlam",
        "README.zh-CN.md",
        "docs/使用手册.html",
        "docs/live_check.png",
        f"{site}docs/使用手册.html",
        f"{site}docs/live_check.png",
        "安装.bat",
        "卸载.bat",
        "命令行.bat",
    ):
        assert name in inside, name
    assert inside["python/python311._pth"].splitlines() == [
        b"python311.zip",
        b".",
        b"Lib\\site-packages",
        b"import site",
    ]
    assert not any("__pycache__" in name for name in inside)


SCRIPT_LINE = re.compile(r'"([^"]+)" -I -X utf8 -m addin (\w+)')


def test_scripts_launcher_and_installation_mean_the_same_interpreter(inputs: list[str], tmp_path: Path) -> None:
    inside = parts(bundle(tmp_path, "windows", *inputs))
    scripts = {name: data.decode("utf-8") for name, data in inside.items() if name.endswith(".bat")}
    assert set(scripts) == {"安装.bat", "卸载.bat", "命令行.bat"}
    assert all("\n" not in script.replace("\r\n", "") for script in scripts.values())
    assert all(script.split("\r\n")[1] == "chcp 65001 >nul" for script in scripts.values())
    here = places("windows", {"APPDATA": "%APPDATA%", "LOCALAPPDATA": "%LOCALAPPDATA%"}, tmp_path)
    installed = str(here.interpreter_folder).replace("/", "\\")
    own = "%~dp0python\\python.exe"
    assert SCRIPT_LINE.findall(scripts["安装.bat"]) == [(own, "install"), (f"{installed}\\python.exe", "doctor")]
    assert SCRIPT_LINE.findall(scripts["卸载.bat"]) == [(own, "install")]
    assert f"PATH={str(here.command.parent).replace('/', chr(92))};" in scripts["命令行.bat"]
    launcher = inside["python/Lib/site-packages/macros/Launcher.bas"].decode("ascii")
    assert f'"{installed}\\pythonw.exe"' in launcher and "-I -X utf8 -m addin.desktop" in launcher
    assert {"python/python.exe", "python/pythonw.exe"} <= set(inside)


def test_the_code_in_the_bundle_runs_by_itself(inputs: list[str], tmp_path: Path) -> None:
    """Only the libraries come from here; code, version, manual and templates are those of the zip."""
    with zipfile.ZipFile(io.BytesIO(bundle(tmp_path / "dist", "windows", *inputs))) as package:
        package.extractall(tmp_path / "解压 后")
    site = tmp_path / "解压 后" / "python" / "Lib" / "site-packages"
    program = (
        f"import sys; sys.path.insert(0, {str(site)!r}); import addin.manual, importlib.metadata as m;"
        "print(m.distribution('taizhang').locate_file('').resolve()); print(addin.manual.manual_page());"
        "from addin.cli import main; sys.exit(main(['new', 'branch', '-o', sys.argv[1]]))"
    )
    made = tmp_path / "支部台账.xlsx"
    command = [sys.executable, "-I", "-X", "utf8", "-c", program, str(made)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[:2] == [str(site), str(site / "docs" / "使用手册.html")]
    assert made.exists()


LACKING = ("venv", "ensurepip", "tkinter", "idlelib", "lib2to3", "turtledemo", "test")
"""Parts of the standard library that Windows' embeddable Python comes without."""


def test_nothing_needs_what_the_embeddable_python_lacks() -> None:
    program = (
        f"import sys; sys.modules.update(dict.fromkeys({LACKING}, None));"
        "import addin.cli, addin.desktop, addin.actions; addin.actions.load_actions()"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", program], cwd=ROOT, check=True)


def test_the_workflow_is_readable_and_takes_only_what_is_pinned() -> None:
    text = (ROOT / ".github" / "workflows" / "windows-bundle.yml").read_text(encoding="utf-8")
    (job,) = yaml.safe_load(text)["jobs"].values()
    actions = [step["uses"] for step in job["steps"] if "uses" in step]
    assert actions and all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action) for action in actions)
    assert re.fullmatch(r"[0-9a-f]{64}", job["env"]["EMBEDDED_SHA256"])
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert all("--require-hashes" in run for run in runs if "pip install" in run)
    assert all("PSNativeCommandUseErrorActionPreference" in run for run in runs if "taizhang.cmd" in run)
    assert any("Get-FileHash embed.zip" in run for run in runs)


def test_every_file_has_its_checksum(inputs: list[str], tmp_path: Path) -> None:
    inside = parts(bundle(tmp_path, "windows", *inputs))
    listed = inside.pop("校验和.txt").decode("utf-8").splitlines()
    assert dict(reversed(line.split("  ", 1)) for line in listed) == {
        name: hashlib.sha256(data).hexdigest() for name, data in inside.items()
    }


def test_the_same_inputs_give_the_same_bytes(inputs: list[str], tmp_path: Path) -> None:
    assert bundle(tmp_path / "a", "windows", *inputs) == bundle(tmp_path / "b", "windows", *inputs)


def test_what_is_unpacked_can_be_read_by_others_too(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(bundle(tmp_path, "source"))) as package:
        modes = {entry.filename: entry.external_attr >> 16 for entry in package.infolist()}
    assert set(modes.values()) == {0o644, 0o755}
    assert modes["taizhang/.ci/run"] == 0o755


def test_the_source_bundle_is_what_git_keeps(tmp_path: Path) -> None:
    inside = parts(bundle(tmp_path, "source"))
    assert {"taizhang/run.py", "taizhang/addin/cli.py", "taizhang/requirements.lock"} <= set(inside)
    assert not any(".venv" in name for name in inside)
