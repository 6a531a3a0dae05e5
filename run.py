"""Sets up a private environment and runs taizhang or its tests in it. Needs only Python 3.11 or newer.

python run.py demo      make a demonstration committee and run the whole job on it
python run.py test      run the tests (further words go to pytest)
python run.py lint      style and types
python run.py check …   any other word is a taizhang command
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
NOT_READY = """run.py: the step "{0}" failed, see above. Debian and Ubuntu need python3-venv; the first run a network.
run.py：“{0}”这一步没有成功，原因见上面。Debian、Ubuntu 请信息员安装 python3-venv；第一次运行要联网，请接通后再试。"""
LOCKS = {"use": "requirements.lock", "develop": "requirements-dev.lock"}


def main() -> int:
    """Prepare what the first word needs, then run it; its exit code is ours."""
    if sys.version_info < (3, 11):
        print("taizhang needs Python 3.11 or newer / 需要 Python 3.11 或更新的版本", file=sys.stderr)
        return 2
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    purpose = "develop" if words[0] in ("test", "lint") else "use"
    try:
        prepare(purpose)
    except subprocess.CalledProcessError as trouble:
        print(NOT_READY.format(trouble.cmd[2]), file=sys.stderr)
        return 2
    folder = ROOT if purpose == "develop" else Path.cwd()
    return max(run(command, folder) for command in commands(words))


def commands(words: list[str]) -> list[list[str]]:
    """The command lines behind the first word."""
    first, rest = words[0], words[1:]
    if first == "test":
        return [["-m", "pytest", *(rest or ["-q", "-n", "auto"])]]
    if first == "lint":
        return [["-m", "ruff", "check", "."], ["-m", "ruff", "format", "--check", "."], ["-m", "mypy"]]
    return [["-m", "addin", *words]]


def run(command: list[str], folder: Path) -> int:
    """Run Python in the private environment, UTF-8 everywhere."""
    return subprocess.call([str(PYTHON), "-X", "utf8", *command], cwd=folder)


def prepare(purpose: str) -> None:
    """Create the environment and install the locked packages, unless that was done for this very lock file."""
    lock = ROOT / LOCKS[purpose]
    stamp = ENVIRONMENT / f"{purpose}.stamp"
    # The folder counts too: what is installed points into it, and it may have been moved.
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + bytes(ROOT)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Setting up {ENVIRONMENT.name} (once) / 正在准备运行环境（仅第一次）…", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        make_environment()
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.check_call([*pip, "--require-hashes", "-r", str(lock)], cwd=ROOT)
    subprocess.check_call([*pip, "--no-deps", "--no-build-isolation", "--editable", "."], cwd=ROOT)
    stamp.write_text(wanted)


def make_environment() -> None:
    """An empty private environment; half of one, as a Python without ensurepip leaves it, is taken away again."""
    try:
        subprocess.check_call([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    except subprocess.CalledProcessError:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        raise


if __name__ == "__main__":
    sys.exit(main())
