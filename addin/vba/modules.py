"""Modules of a macro project from their text files: standard (.bas), class (.cls) and document modules."""

import re
from dataclasses import dataclass
from typing import Literal

from addin.vba.blocks import unbalanced

Kind = Literal["standard", "class", "workbook", "sheet"]

_NAME = re.compile(r'Attribute VB_Name = "(\w+)"\r\n')
_CLASS_HEAD = re.compile(r"\AVERSION 1\.0 CLASS\r\nBEGIN\r\n.*?\r\nEND\r\n", re.S)
_CLASS_ATTRIBUTE = re.compile(
    r"^Attribute VB_(?:Name|Base|GlobalNameSpace|Creatable|PredeclaredId|Exposed).*\r\n", re.M
)
_CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_DOCUMENT_BASE = {
    "workbook": "0{00020819-0000-0000-C000-000000000046}",
    "sheet": "0{00020820-0000-0000-C000-000000000046}",
}
_LONGEST_NAME, _LONGEST_LINE = 31, 1023


class MacroSourceError(Exception):
    """A macro source Excel would refuse, with file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module as it stands in its stream: attribute lines, then code, CRLF line ends."""

    name: str
    kind: Kind
    source: str


def standard_module(text: str, file: str) -> Module:
    """A .bas file. Raises MacroSourceError."""
    source = _checked(text, file)
    return Module(_name_of(source, file), "standard", source)


def class_module(text: str, file: str) -> Module:
    """A .cls file with the attributes Excel adds on import. Raises MacroSourceError."""
    source = _CLASS_HEAD.sub("", _checked(text, file))
    name = _name_of(source, file)
    if "Attribute VB_Base" not in source:
        source = _NAME.sub(lambda found: f'{found[0]}Attribute VB_Base = "{_CLASS_BASE}"\r\n', source, count=1)
    if "Attribute VB_Customizable" not in source:
        end = max(found.end() for found in _CLASS_ATTRIBUTE.finditer(source))
        added = "Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"
        source = source[:end] + added + source[end:]
    return Module(name, "class", source)


def document_module(name: str, kind: Literal["workbook", "sheet"], code: str = "") -> Module:
    """The module behind the workbook or a sheet, which must exist under its code name. Raises MacroSourceError."""
    flags = {"GlobalNameSpace": False, "Creatable": False, "PredeclaredId": True, "Exposed": True}
    flags |= {"TemplateDerived": False, "Customizable": True}
    lines = [f'Attribute VB_Name = "{name}"', f'Attribute VB_Base = "{_DOCUMENT_BASE[kind]}"']
    lines += [f"Attribute VB_{flag} = {value}" for flag, value in flags.items()]
    return Module(name, kind, "\r\n".join(lines) + "\r\n" + (_checked(code, name) if code else ""))


def _name_of(source: str, file: str) -> str:
    found = _NAME.match(source)
    if found is None:
        raise MacroSourceError(f'{file}: the first line must be Attribute VB_Name = "…"')
    name = found[1]
    if len(name) > _LONGEST_NAME:
        raise MacroSourceError(f"{file}: module name {name} is longer than {_LONGEST_NAME} characters")
    if not name[0].isalpha():
        raise MacroSourceError(f"{file}: module name {name} must begin with a letter")
    return name


def _checked(text: str, file: str) -> str:
    """The text as stored. Editors that leave LF, non-ASCII letters or endless lines make Excel reject the project."""
    if "\n" in text.replace("\r\n", "") or "\r" in text.replace("\r\n", ""):
        raise MacroSourceError(f"{file}: line ends must be CRLF")
    for number, line in enumerate(text.split("\r\n"), 1):
        if not line.isascii():
            raise MacroSourceError(
                f"{file}:{number}: only ASCII letters; texts for people belong into macros/messages.json"
            )
        if len(line) > _LONGEST_LINE:
            raise MacroSourceError(f"{file}:{number}: longer than {_LONGEST_LINE} characters")
    fault = unbalanced(text)
    if fault is not None:
        raise MacroSourceError(f"{file}:{fault}")
    return text if text.endswith("\r\n") else text + "\r\n"
