"""Starts a LibreOffice of its own for a test: own profile, own pipe, gone afterwards."""

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from addin.calc.bridge import Office, connect, uno
from addin.problem import CannotUse

PROGRAMS = ("soffice", "unopkg", "Xvfb", "xdotool", "import")
INSTALL = "apt install libreoffice-calc libreoffice-gtk3 python3-uno xvfb xdotool imagemagick"

FLAGS = ("--norestore", "--nologo", "--nofirststartwizard", "--nodefault")
_PATIENCE = 60.0


def why_not() -> str:
    """Why tests with a running office cannot run here; empty when they can."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    try:
        uno()
    except CannotUse:
        absent.append("uno")
    return f"no {', '.join(absent)} here ({INSTALL})" if absent else ""


@dataclass(frozen=True, slots=True)
class Running:
    """A started office: how to reach it, and its process."""

    office: Office
    where: str
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End it the hard way, with the processes it started."""
        os.killpg(self.process.pid, 9)
        self.process.wait()


def profile_argument(profile: Path) -> str:
    """The argument that makes an office (or unopkg) use this profile."""
    return f"-env:UserInstallation={profile.as_uri()}"


@contextmanager
def running_office(
    profile: Path, *, headless: bool = True, environment: Mapping[str, str] | None = None, pipe: str = ""
) -> Iterator[Running]:
    """An office listening on a pipe; ``environment`` adds to ours (DISPLAY, LANG …)."""
    where = f"pipe,name={pipe or 'taizhang' + uuid.uuid4().hex[:8]}"
    program = shutil.which("soffice") or "soffice"
    command = [program, profile_argument(profile), f"--accept={where};urp;", *FLAGS]
    if headless:
        command.append("--headless")
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    started = None
    try:
        started = Running(connect(where, _PATIENCE), where, process)
        yield started
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 9)
            process.wait()
