"""The Excel add-in (taizhang.xlam) as bytes, and macros with a ribbon put into a workbook; all from text sources."""

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

from addin.buttons import tab
from addin.ribbon import CALLBACK, MACROS, NAMESPACES, RUN, button_macros, ribbon_xml
from addin.vba.messages import MODULE as MESSAGES
from addin.vba.messages import messages_module
from addin.vba.modules import MacroSourceError, Module, class_module, document_module, standard_module
from addin.vba.project import Project

PROJECT = "Taizhang"
_RIBBON_LINKS = {
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}
_ENTRIES = {CALLBACK: r"Sub {}\(control As IRibbonControl\)", RUN: r"Function {}\(ByVal \w+ As String\)"}
"""How a procedure must be declared for Excel to call it: another form is a silent dead button."""

_OLDEST = (1980, 1, 1, 0, 0, 0)
_RIBBON_ID = "rIdTaizhang{number}"


def addin_bytes() -> bytes:
    """taizhang.xlam; equal sources give equal bytes. Raises MacroSourceError or ValueError for a faulty source."""
    parts = {name: text.read_bytes() for name, text in _package_parts()}
    parts["xl/vbaProject.bin"] = macro_project(1).to_bytes()
    return _zipped(with_ribbon(parts))


def macro_project(sheets: int) -> Project:
    """The macros for a workbook of so many sheets with the code names Sheet1, Sheet2 … Raises MacroSourceError."""
    modules: list[Module] = [document_module("ThisWorkbook", "workbook")]
    modules += [document_module(f"Sheet{number}", "sheet") for number in range(1, sheets + 1)]
    for source in sorted(files("macros").iterdir(), key=lambda entry: entry.name):
        text = source.read_bytes().decode("utf-8") if source.name.endswith((".bas", ".cls")) else ""
        if source.name.endswith(".bas"):
            modules.append(standard_module(text, source.name))
        elif source.name.endswith(".cls"):
            modules.append(class_module(text, source.name))
    texts = json.loads(files("macros").joinpath("messages.json").read_text(encoding="utf-8"))
    modules.append(standard_module(messages_module(texts), MESSAGES))
    modules.append(standard_module(button_macros(tab()), MACROS))
    check_entries(modules)
    return Project(PROJECT, modules)


def check_entries(modules: Sequence[Module]) -> None:
    """Every procedure that buttons call is there. Raises MacroSourceError naming the one that is not."""
    sources = {module.name: module.source for module in modules}
    for call, form in _ENTRIES.items():
        module, _, procedure = call.partition(".")
        if not re.search(rf"^Public {form.format(procedure)}", sources.get(module, ""), re.M):
            raise MacroSourceError(f"buttons call {call}, but {module} has no such public procedure for it")


def macro_project_bytes(sheets: int) -> bytes:
    """vbaProject.bin for a workbook of so many sheets."""
    return macro_project(sheets).to_bytes()


def with_ribbon(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a package with both ribbons and the relations that lead to them."""
    made = dict(parts)
    links = ""
    for number, (name, kind) in enumerate(_RIBBON_LINKS.items(), 1):
        made[name] = ribbon_xml(tab(), NAMESPACES[name]).encode("utf-8")
        links += f'<Relationship Id="{_RIBBON_ID.format(number=number)}" Type="{kind}" Target="{name}"/>'
    made["_rels/.rels"] = re.sub(rb"</Relationships>\s*$", links.encode() + b"</Relationships>", made["_rels/.rels"])
    return made


def workbook_with_ribbon(data: bytes) -> bytes:
    """A macro-enabled workbook, as bytes, with the ribbon added."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return _zipped(with_ribbon(parts))


def _package_parts() -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []

    def walk(folder: Traversable, path: str) -> None:
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.is_dir():
                walk(entry, f"{path}{entry.name}/")
            else:
                found.append((f"{path}{entry.name}", entry))

    walk(files("macros").joinpath("addin_package"), "")
    return found


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """The package, its content types first as readers expect, with one fixed time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name != "_rels/.rels", name)):
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
    return made.getvalue()
