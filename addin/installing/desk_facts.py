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
from typing import Literal, Protocol

from addin.installing.install import has_internet_mark, remembered_here
from addin.installing.places import ADDIN_FILE, EXTENSION_FILE, Places, interpreters

EXCEL_SECURITY = r"Software\Microsoft\Office\16.0\Excel\Security"
EXCEL_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
TRUSTED = r"\Trusted Locations"
OFFICE_POLICY = r"Software\Policies\Microsoft\Office\16.0\Common"
OFFICE_VERSIONS = r"Software\Microsoft\Office\ClickToRun\Configuration"
EXCEL_CLASS = r"Excel.Application\CLSID"
WPS_CLASS = r"Ket.Application\CLSID"
FONTS = ("方正小标宋", "仿宋", "黑体", "微软雅黑", "Noto Sans CJK", "Noto Serif CJK")


Buttons = Literal["none", "half", "lost", "there"]
"""The buttons in LibreOffice: never installed, not finished, gone from its profile, or registered."""

Tool = Literal["none", "broken", "no bridge", "ready"]
"""The private interpreter: not there, without the tool's code, without LibreOffice's bridge, or ready."""

_NO_BRIDGE = 3
_TRY = f"""import sys, addin.registry
from addin.calc.bridge import uno
from addin.problem import CannotUse
try: uno()
except CannotUse: sys.exit({_NO_BRIDGE})
"""


class Registry(Protocol):
    """Reads one value of the Windows registry; None when it is not there."""

    def __call__(self, root: str, path: str, name: str = "") -> str | int | None: ...


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What was found. ``excel_server`` is the program behind Excel.Application; None where there is none.

    ``speaks_chinese`` is false where programs such as LibreOffice cannot open files with Chinese names.
    """

    system: str
    python: str
    bits: int
    interpreter: str
    excel_server: str | None = None
    excel_version: str | None = None
    wps_server: str | None = None
    macro_policy: int | None = None
    blocks_internet_macros: bool = False
    forbids_macros: bool = False
    forbids_addins: bool = False
    forbids_trusted_places: bool = False
    addin_installed: bool = False
    addin_is_marked: bool = False
    office_version: str | None = None
    speaks_chinese: bool = True
    buttons: Buttons = "none"
    tool: Tool = "none"
    fonts: tuple[str, ...] = ()
    can_write: Mapping[str, bool] = field(default_factory=dict)


def desk_facts(here: Places, registry: Registry, folders: Mapping[str, Path]) -> DeskFacts:
    """Look at the desk. ``folders`` are those that must be writable, by the name a clerk knows them by."""
    policy = registry("HKCU", EXCEL_POLICY, "VBAWarnings")
    macro_policy = policy if policy is not None else registry("HKCU", EXCEL_SECURITY, "VBAWarnings")
    start = here.excel_start / ADDIN_FILE if here.excel_start is not None else None
    locations = (EXCEL_POLICY + TRUSTED, EXCEL_SECURITY + TRUSTED)
    program = next((one for one in interpreters(here.interpreter_folder, here.system) if one.exists()), None)
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
        forbids_macros=registry("HKCU", OFFICE_POLICY, "VBAOff") == 1,
        forbids_addins=registry("HKCU", EXCEL_POLICY, "DisableAllAddins") == 1,
        forbids_trusted_places=any(registry("HKCU", path, "AllLocationsDisabled") == 1 for path in locations),
        addin_installed=start is not None and start.exists(),
        addin_is_marked=any(has_internet_mark(one) for one in (start, program) if one is not None),
        office_version=_office_version(),
        speaks_chinese=_speaks_chinese(here.system, os.environ),
        buttons=_office_buttons(here),
        tool=_tool(program),
        fonts=fonts_here(),
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


def _office_version() -> str | None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    said = _said([program, "--version"])
    return said.split("\n")[0] or None


def _speaks_chinese(system: str, environment: Mapping[str, str]) -> bool:
    """Where the language the desk is set to is not installed, programs fall back to plain ASCII file names.

    Python has mended that for itself on starting, so it is asked what others find.
    """
    if system != "linux" or shutil.which("locale") is None:
        return True
    seen = {name: value for name, value in environment.items() if (name, value) != ("LC_CTYPE", "C.UTF-8")}
    return _said(["locale", "charmap"], seen).strip() == "UTF-8"


def _office_buttons(here: Places) -> Buttons:
    """Whether LibreOffice has the extension: by our own list, by our copy, and by what lies in its profile."""
    known = remembered_here(here)
    ours = here.home / EXTENSION_FILE
    if not known.extension and str(ours) not in known.files:
        return "none"
    if not known.extension or not ours.exists():
        return "half"
    registered = here.office_profiles.glob(f"*/user/uno_packages/cache/uno_packages/*/{EXTENSION_FILE}")
    return "there" if any(registered) else "lost"


def _tool(program: Path | None) -> Tool:
    """Whether the interpreter the buttons start finds the tool, and LibreOffice's bridge where that is needed."""
    if program is None:
        return "none"
    run = partial(subprocess.run, capture_output=True, timeout=60, check=False)
    try:
        code = run([str(program), "-I", "-X", "utf8", "-c", _TRY]).returncode
    except (OSError, subprocess.TimeoutExpired):
        return "broken"
    answers: dict[int, Tool] = {0: "ready", _NO_BRIDGE: "no bridge"}
    return answers.get(code, "broken")


def fonts_here() -> tuple[str, ...]:
    """Which of the fonts official tables want are there."""
    if os.name == "nt":
        names = " ".join(path.name.lower() for path in (Path(os.environ["WINDIR"]) / "Fonts").glob("*"))
        known = {"仿宋": "simfang", "黑体": "simhei", "微软雅黑": "msyh", "方正小标宋": "fzxbs"}
        return tuple(font for font, file in known.items() if file in names)
    listed = _said(["fc-list", ":", "family"]) if shutil.which("fc-list") else ""
    return tuple(font for font in FONTS if font in listed)


def _said(command: list[str], environment: Mapping[str, str] | None = None) -> str:
    run = partial(subprocess.run, capture_output=True, text=True, timeout=30, check=False, env=environment)
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
