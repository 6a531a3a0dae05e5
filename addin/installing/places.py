"""The documented places of one user's desk. Nothing here touches the disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
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
    interpreter and the list of what was installed; ``command`` is the file that makes ``taizhang`` a word of the
    console; ``office_profiles`` the folder of LibreOffice's user profiles.
    """

    system: System
    home: Path
    excel_start: Path | None
    command: Path
    office_profiles: Path

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
        roaming, home = Path(environment["APPDATA"]), Path(environment["LOCALAPPDATA"]) / HOME_NAME
        start = roaming / "Microsoft" / "Excel" / "XLSTART"
        return Places(system, home, start, home / "taizhang.cmd", roaming / "LibreOffice")
    command = user_home / ".local" / "bin" / "taizhang"
    if system == "mac":
        support = user_home / "Library" / "Application Support"
        return Places(system, support / HOME_NAME, None, command, support / "LibreOffice")
    data, settings = environment.get("XDG_DATA_HOME", ""), environment.get("XDG_CONFIG_HOME", "")
    home = (Path(data) if data else user_home / ".local" / "share") / HOME_NAME.lower()
    profiles = (Path(settings) if settings else user_home / ".config") / "libreoffice"
    return Places(system, home, None, command, profiles)


def interpreters(folder: Path, system: System) -> tuple[Path, ...]:
    """Where the interpreter of a private environment may lie: as unpacked from the bundle, or as a venv."""
    if system == "windows":
        return folder / "pythonw.exe", folder / "Scripts" / "pythonw.exe"
    return (folder / "bin" / "python3",)
