"""What can be found out about a desk: files, programs, fonts and, on Windows, the registry. Reads only."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol

from addin.installing.places import ADDIN_FILE, Places

EXCEL_SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
EXCEL_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
OFFICE_VERSIONS = r"Software\Microsoft\Office\ClickToRun\Configuration"
EXCEL_CLASS = r"Excel.Application\CLSID"
WPS_CLASS = r"Ket.Application\CLSID"
FONTS = ("方正小标宋", "仿宋", "黑体", "微软雅黑", "Noto Sans CJK", "Noto Serif CJK")


class Registry(Protocol):
    """Reads one value of the Windows registry; None when it is not there."""

    def __call__(self, root: str, path: str, name: str = "") -> str | int | None: ...


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What was found. ``excel_server`` is the program behind Excel.Application; None where there is none."""

    system: str
    python: str
    bits: int
    interpreter: str
    excel_server: str | None = None
    excel_version: str | None = None
    wps_server: str | None = None
    macro_policy: int | None = None
    blocks_internet_macros: bool = False
    addin_installed: bool = False
    addin_is_marked: bool = False
    office_version: str | None = None
    office_bridge: bool = False
    fonts: tuple[str, ...] = ()
    can_write: Mapping[str, bool] = field(default_factory=dict)


def desk_facts(here: Places, registry: Registry, folders: Mapping[str, Path]) -> DeskFacts:
    """Look at the desk. ``folders`` are those that must be writable, by the name a clerk knows them by."""
    policy = registry("HKCU", EXCEL_POLICY, "VBAWarnings")
    macro_policy = policy if policy is not None else registry("HKCU", EXCEL_SECURITY, "VBAWarnings")
    start = here.excel_start / ADDIN_FILE if here.excel_start is not None else None
    return DeskFacts(
        system=here.system,
        python=".".join(str(part) for part in sys.version_info[:3]),
        bits=64 if sys.maxsize > 2**32 else 32,
        interpreter=sys.executable,
        excel_server=_server(registry, EXCEL_CLASS),
        excel_version=_text(registry("HKLM", OFFICE_VERSIONS, "VersionToReport")),
        wps_server=_server(registry, WPS_CLASS),
        macro_policy=macro_policy if isinstance(macro_policy, int) else None,
        blocks_internet_macros=registry("HKCU", EXCEL_POLICY, "blockcontentexecutionfrominternet") == 1,
        addin_installed=start is not None and start.exists(),
        addin_is_marked=start is not None and _has_internet_mark(start),
        office_version=_office_version(),
        office_bridge=_office_bridge(),
        fonts=_fonts(),
        can_write={name: _writable(folder) for name, folder in folders.items()},
    )


def windows_registry(root: str, path: str, name: str = "") -> str | int | None:
    """One value of this machine's registry; None elsewhere than on Windows."""
    if os.name != "nt":
        return None
    winreg = import_module("winreg")
    roots = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE, "HKCR": winreg.HKEY_CLASSES_ROOT}
    try:
        with winreg.OpenKey(roots[root], path) as key:
            value = winreg.QueryValueEx(key, name)[0]
    except OSError:
        return None
    return value if isinstance(value, str | int) else None


def _server(registry: Registry, class_path: str) -> str | None:
    """The program a COM class starts."""
    number = registry("HKCR", class_path)
    return _text(registry("HKCR", rf"CLSID\{number}\LocalServer32")) if number is not None else None


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _has_internet_mark(path: Path) -> bool:
    """Whether Windows marked the file as coming from the internet (it then blocks its macros)."""
    try:
        return "ZoneId=3" in Path(f"{path}:Zone.Identifier").read_text(errors="replace")
    except OSError:
        return False


def _office_version() -> str | None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    said = _said([program, "--version"])
    return said.split("\n")[0] or None


def _office_bridge() -> bool:
    """Whether LibreOffice's Python bridge lies where Debian and LibreOffice itself put it."""
    usual = ("/usr/lib/python3/dist-packages/uno.py", "/usr/lib/libreoffice/program/pyuno.so")
    return any(Path(place).exists() for place in usual)


def _fonts() -> tuple[str, ...]:
    """Which of the fonts official tables want are there."""
    if os.name == "nt":
        names = " ".join(path.name.lower() for path in (Path(os.environ["WINDIR"]) / "Fonts").glob("*"))
        known = {"仿宋": "simfang", "黑体": "simhei", "微软雅黑": "msyh", "方正小标宋": "fzxbs"}
        return tuple(font for font, file in known.items() if file in names)
    listed = _said(["fc-list", ":", "family"]) if shutil.which("fc-list") else ""
    return tuple(font for font in FONTS if font in listed)


def _said(command: list[str]) -> str:
    run = partial(subprocess.run, capture_output=True, text=True, timeout=30, check=False)
    try:
        return str(run(command).stdout)
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
