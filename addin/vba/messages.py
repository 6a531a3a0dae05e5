"""Texts for people in macros: a generated module of constants in pure ASCII, whatever the machine's code page."""

import re
import struct
from collections.abc import Mapping

MODULE = "Messages"
_RUN = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]")
_PER_LINE = 20


def messages_module(texts: Mapping[str, str]) -> str:
    """The source of the module: one function a text, named after its key, with CRLF line ends."""
    lines = [f'Attribute VB_Name = "{MODULE}"', "Option Explicit", ""]
    for key, text in texts.items():
        lines += [f"Public Function {key}() As String", "    Dim s As String"]
        parts = _parts(text)
        for start in range(0, len(parts), _PER_LINE):
            lines.append(f"    s = s & {' & '.join(parts[start : start + _PER_LINE])}")
        lines += [f"    {key} = s", "End Function", ""]
    return "\r\n".join(lines)


def _parts(text: str) -> list[str]:
    """The text as VBA expressions: quoted ASCII, ChrW of every other UTF-16 unit (negative from 32768 on)."""
    found = []
    for run in _RUN.findall(text):
        if run[0].isascii() and run[0].isprintable():
            found.append('"' + run.replace('"', '""') + '"')
            continue
        units = run.encode("utf-16-le")
        for unit in struct.unpack(f"<{len(units) // 2}H", units):
            found.append(f"ChrW({unit if unit < 0x8000 else unit - 0x10000})")
    return found
