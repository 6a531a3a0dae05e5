"""The bundles people install from: complete, checkable, the same bytes each time."""

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Stand-ins for what the Windows runner brings: an embeddable interpreter and a folder of libraries."""
    folder = tmp_path_factory.mktemp("inputs")
    with zipfile.ZipFile(folder / "embed.zip", "w") as package:
        package.writestr("python311._pth", "python311.zip\n.\n#import site\n")
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
        "安装.bat",
    ):
        assert name in inside, name
    assert inside["python/python311._pth"].splitlines()[-2:] == [b"Lib\\site-packages", b"import site"]
    assert not any("__pycache__" in name for name in inside)
    assert b"\n" not in inside["安装.bat"].replace(b"\r\n", b"")


def test_every_file_has_its_checksum(inputs: list[str], tmp_path: Path) -> None:
    inside = parts(bundle(tmp_path, "windows", *inputs))
    listed = inside.pop("校验和.txt").decode("utf-8").splitlines()
    assert dict(reversed(line.split("  ", 1)) for line in listed) == {
        name: hashlib.sha256(data).hexdigest() for name, data in inside.items()
    }


def test_the_same_inputs_give_the_same_bytes(inputs: list[str], tmp_path: Path) -> None:
    assert bundle(tmp_path / "a", "windows", *inputs) == bundle(tmp_path / "b", "windows", *inputs)


def test_the_source_bundle_is_what_git_keeps(tmp_path: Path) -> None:
    inside = parts(bundle(tmp_path, "source"))
    assert {"taizhang/run.py", "taizhang/addin/cli.py", "taizhang/requirements.lock"} <= set(inside)
    assert not any(".venv" in name for name in inside)
