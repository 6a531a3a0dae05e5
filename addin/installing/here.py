"""This desk: the current user's places, and programs run without a shell."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from addin.installing.office_environment import office_environment
from addin.installing.places import Places, System, places


def places_here() -> Places:
    """The places of the current user."""
    systems: dict[str, System] = {"win32": "windows", "darwin": "mac"}
    return places(systems.get(sys.platform, "linux"), os.environ, Path.home())


def run_program(command: Sequence[str]) -> tuple[int, str]:
    """Run a program of LibreOffice without a shell; its exit code and what it said."""
    seen = office_environment(os.environ)
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, env=seen)
    return done.returncode, done.stderr or done.stdout
