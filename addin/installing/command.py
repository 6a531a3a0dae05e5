"""The file that makes ``taizhang`` a word of the console, run by the tool's own interpreter wherever one stands."""

import shlex
from pathlib import Path

from addin.installing.places import Places, interpreters

_WORDS = "-I -X utf8 -m addin"
_WINDOWS = f"""@echo off\r
set TAIZHANG=%~dp0python\\python.exe\r
if not exist "%TAIZHANG%" set TAIZHANG=%~dp0python\\Scripts\\python.exe\r
"%TAIZHANG%" {_WORDS} %*\r
"""
"""Looked up beside the file itself: a folder name in another code page could not be written into it."""


def command_file(places: Places) -> bytes:
    """The file ``places.command``."""
    if places.system == "windows":
        return _WINDOWS.encode("ascii")
    (program,) = interpreters(places.interpreter_folder, places.system)
    return f'#!/bin/sh\nexec {shlex.quote(str(program))} {_WORDS} "$@"\n'.encode()


def is_foreign(path: Path) -> bool:
    """Whether something else of this name is there already, which we must not touch."""
    return path.exists() and _WORDS.encode() not in path.read_bytes()
