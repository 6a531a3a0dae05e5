"""The documented places of one user's desk. Nothing here touches the disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Literal

System = Literal["windows", "linux", "mac"]

ADDIN_FILE = "taizhang.xlam"
EXTENSION_FILE = "taizhang.oxt"
HOME_NAME = "Taizhang"
"""The folder of the tool's own interpreter, as the launcher in the add-in knows it."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where things belong for one user. ``excel_start`` is None where Excel has no add-in folder we may write to.

    Excel opens every file of its user start-up folder (XLSTART) and trusts it by default; ``home`` holds the private
    interpreter and the list of what was installed.
    """

    system: System
    home: Path
    excel_start: Path | None

    @property
    def manifest(self) -> Path:
        """The list of installed files."""
        return self.home / "installed.json"

    @property
    def interpreter_folder(self) -> Path:
        """The private environment the launcher starts."""
        return self.home / "python"


def places(system: System, environment: Mapping[str, str], user_home: Path) -> Places:
    """The places of a user from his environment variables. Raises KeyError when Windows lacks APPDATA."""
    if system == "windows":
        start = Path(environment["APPDATA"]) / "Microsoft" / "Excel" / "XLSTART"
        return Places(system, Path(environment["LOCALAPPDATA"]) / HOME_NAME, start)
    if system == "mac":
        return Places(system, user_home / "Library" / "Application Support" / HOME_NAME, None)
    data = environment.get("XDG_DATA_HOME", "")
    return Places(system, (Path(data) if data else user_home / ".local" / "share") / HOME_NAME.lower(), None)


def interpreters(folder: PurePath, system: System) -> tuple[PurePath, ...]:
    """Where the interpreter of a private environment may lie: as unpacked from the bundle, or as a venv."""
    if system == "windows":
        base = PureWindowsPath(folder)
        return base / "pythonw.exe", base / "Scripts" / "pythonw.exe"
    return (PurePosixPath(folder) / "bin" / "python3",)
