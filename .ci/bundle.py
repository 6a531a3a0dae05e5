"""Makes the bundles people install from: one zip for Windows that needs no Python on the desk, one of the sources.

python .ci/bundle.py windows --interpreter python-embed.zip --libraries FOLDER -o dist
python .ci/bundle.py source -o dist

``--interpreter`` is the embeddable package of python.org, ``--libraries`` a folder filled with
``pip install --target FOLDER --require-hashes -r requirements.lock`` on Windows. Equal inputs give equal bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = ("addin", "validators", "workbook_templates", "macros", "docs")
PAPERS = ("README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE", "docs")
LEFT_OUT = ("__pycache__", ".pyc", "~$", ".~lock")
TIME = (1980, 1, 1, 0, 0, 0)
CHECKSUMS = "校验和.txt"

_RUN = "-I -X utf8 -m addin"
# cmd reads the file in the code page it is told first, so that only what is shown need not be ASCII.
_HEAD = "@echo off\r\nchcp 65001 >nul\r\n"
SCRIPTS = {
    "安装.bat": f"""{_HEAD}"%~dp0python\\python.exe" {_RUN} install --excel\r
if errorlevel 1 goto end\r
"%LOCALAPPDATA%\\Taizhang\\python\\python.exe" {_RUN} doctor\r
:end\r
pause\r
""",
    "卸载.bat": f"""{_HEAD}"%~dp0python\\python.exe" {_RUN} install --uninstall\r
pause\r
""",
    "命令行.bat": f"""{_HEAD}set "PATH=%LOCALAPPDATA%\\Taizhang;%PATH%"\r
cd /d "%USERPROFILE%\\Documents"\r
cmd /k taizhang --help\r
""",
}
"""What is double-clicked: to install, to remove, and for a console that knows the word ``taizhang``."""


def main() -> int:
    """Make the bundle the command line asks for and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("windows", "source"))
    parser.add_argument("--interpreter", type=Path)
    parser.add_argument("--libraries", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path("dist"))
    args = parser.parse_args()
    if args.kind == "windows":
        if args.interpreter is None or args.libraries is None:
            parser.error("a Windows bundle needs --interpreter and --libraries")
        parts = windows_parts(args.interpreter, args.libraries)
    else:
        parts = source_parts()
    target = args.output / f"taizhang-{version()}-{args.kind}.zip"
    args.output.mkdir(parents=True, exist_ok=True)
    target.write_bytes(zipped({**parts, CHECKSUMS: checksums(parts)}))
    print(f"{target} {hashlib.sha256(target.read_bytes()).hexdigest()}")
    return 0


def version() -> str:
    """The version in pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def metadata() -> bytes:
    """What an installed package says of itself, as far as anybody asks."""
    return f"Metadata-Version: 2.1\nName: taizhang\nVersion: {version()}\n".encode("ascii")


def windows_parts(interpreter: Path, libraries: Path) -> dict[str, bytes]:
    """Interpreter, libraries, code, the add-in built now, templates and papers, by path in the zip."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(interpreter) as package:
        parts |= {f"python/{name}": package.read(name) for name in package.namelist() if not name.endswith("/")}
    for name in [name for name in parts if name.endswith("._pth")]:
        # The embeddable package ignores PYTHONPATH and site-packages unless this file names them.
        parts[name] = f"{Path(name).stem}.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n".encode("ascii")
    site = "python/Lib/site-packages/"
    parts |= {site + name: path.read_bytes() for name, path in tree(libraries)}
    for folder in CODE:
        parts |= {f"{site}{folder}/{name}": path.read_bytes() for name, path in tree(ROOT / folder)}
    # Without it the tool does not know its own version.
    parts[f"{site}taizhang-{version()}.dist-info/METADATA"] = metadata()
    parts |= dict(papers())
    parts |= {f"模板/{name}": path.read_bytes() for name, path in tree(ROOT / "workbook_templates") if "/" not in name}
    parts["taizhang.xlam"] = addin()
    parts |= {name: script.encode("utf-8") for name, script in SCRIPTS.items()}
    return parts


def source_parts() -> dict[str, bytes]:
    """Every file git tracks, by path in the zip."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = [name.decode("utf-8") for name in listed.split(b"\0") if name]
    return {f"taizhang/{name}": (ROOT / name).read_bytes() for name in names}


def papers() -> Iterator[tuple[str, bytes]]:
    """README, manual and licence."""
    for name in PAPERS:
        path = ROOT / name
        if path.is_file():
            yield name, path.read_bytes()
        elif path.is_dir():
            yield from ((f"{name}/{inner}", file.read_bytes()) for inner, file in tree(path))


def tree(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below a folder with their path inside it, without caches and lock files."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(mark in name for mark in LEFT_OUT):
            yield name, path


def addin() -> bytes:
    """The Excel add-in, built in this very moment from its sources."""
    code = "import sys; from addin.excel_package import addin_bytes; sys.stdout.buffer.write(addin_bytes())"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True).stdout


def checksums(parts: Mapping[str, bytes]) -> bytes:
    """SHA-256 and path of every file, as ``sha256sum -c`` reads them."""
    lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(parts.items())]
    return "".join(lines).encode("utf-8")


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one zip, in order of their paths and with one fixed time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Whoever unpacks it for others must not find it closed to them.
            entry.external_attr = (0o755 if data.startswith(b"#!") else 0o644) << 16
            package.writestr(entry, data)
    return made.getvalue()


if __name__ == "__main__":
    sys.exit(main())
