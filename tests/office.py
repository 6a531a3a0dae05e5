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
from addin.installing.office_environment import office_environment
from addin.problem import CannotUse

PROGRAMS = ("soffice", "unopkg", "Xvfb", "xdotool", "import")
INSTALL = "apt install libreoffice-calc libreoffice-gtk3 libreoffice-l10n-zh-cn python3-uno xvfb xdotool imagemagick"

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
    """A started office: how to reach it, its process, and what it and the processes it started say."""

    office: Office
    where: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def kill(self) -> None:
        """End it the hard way, with the processes it started."""
        os.killpg(self.process.pid, 9)
        self.process.wait()


def profile_arguments(profile: Path) -> tuple[str, str]:
    """The arguments that make an office (or unopkg) use this profile, and keep its own shared extensions there."""
    return f"-env:UserInstallation={profile.as_uri()}", f"-env:UNO_SHARED_PACKAGES_CACHE={(profile / 'all').as_uri()}"


def unopkg(profile: Path, verb: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run LibreOffice's extension tool for this profile. It refuses the root user's own folder, not the shared one."""
    shared = ("--shared",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    command = ["unopkg", verb, *shared, *profile_arguments(profile), *words]
    seen = office_environment(os.environ)
    return subprocess.run(command, check=False, capture_output=True, text=True, env=seen)


@contextmanager
def running_office(
    profile: Path, *, headless: bool = True, environment: Mapping[str, str] | None = None, pipe: str = ""
) -> Iterator[Running]:
    """An office listening on a pipe; ``environment`` adds to ours (DISPLAY, LANG …)."""
    where = f"pipe,name={pipe or 'taizhang' + uuid.uuid4().hex[:8]}"
    program = shutil.which("soffice") or "soffice"
    command = [program, *profile_arguments(profile), f"--accept={where};urp;", *FLAGS]
    if headless:
        command.append("--headless")
    log = profile.with_suffix(".log")
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            env={**office_environment(os.environ), **(environment or {})},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    try:
        yield Running(connect(where, _PATIENCE), where, process, log)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, 9)
            process.wait()
