"""A source-only macro project ([MS-OVBA]): Excel compiles it when it first opens the file."""

import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from addin.vba.compound_file import write_compound_file
from addin.vba.compression import compress
from addin.vba.modules import MacroSourceError, Module

_CODE_PAGE = 1252
_SOURCE_ONLY = b"\xcc\x61\xff\xff\x00\x01\x00"
"""_VBA_PROJECT with version 0xFFFF: no compiled code is stored, and none is believed (2.3.4.1)."""

_REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    (
        "Office",
        (
            r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files"
            r"\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library"
        ),
    ),
)
_SEEDS = {"CMG": 0x5C, "DPB": 0x3A, "GC": 0x18}


@dataclass(frozen=True, slots=True)
class Project:
    """A macro project: its name and modules, the document modules first."""

    name: str
    modules: Sequence[Module]

    def to_bytes(self) -> bytes:
        """vbaProject.bin; equal sources give equal bytes. Raises MacroSourceError for two modules of one name."""
        names = [module.name.lower() for module in self.modules]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise MacroSourceError(f"module name used twice: {', '.join(doubled)}")
        streams: dict[str, bytes] = {"_VBA_PROJECT": _SOURCE_ONLY, "dir": compress(self._directory())}
        streams |= {module.name: compress(module.source.encode("ascii")) for module in self.modules}
        wide = b"".join(_both(module.name) for module in self.modules) + b"\0\0"
        return write_compound_file({"VBA": streams, "PROJECT": self._project_stream(), "PROJECTwm": wide})

    def _directory(self) -> bytes:
        """The dir stream (2.3.4.2): project information, references, modules."""
        record, name = _record, self.name.encode("ascii")
        parts = [record(0x01, _long(3)), record(0x02, _long(0x409)), record(0x14, _long(0x409))]
        parts += [record(0x03, struct.pack("<H", _CODE_PAGE)), record(0x04, name)]
        parts += [record(0x05, b""), record(0x40, b""), record(0x06, b""), record(0x3D, b"")]
        parts += [record(0x07, _long(0)), record(0x08, _long(0)), struct.pack("<HIIH", 0x09, 4, 0x6112A5E5, 1)]
        parts += [record(0x0C, b""), record(0x3C, b"")]
        for title, library in _REFERENCES:
            path = library.encode("ascii")
            parts += [record(0x16, title.encode("ascii")), record(0x3E, title.encode("utf-16-le"))]
            parts.append(record(0x0D, _long(len(path)) + path + bytes(6)))
        parts += [record(0x0F, struct.pack("<H", len(self.modules))), record(0x13, b"\xff\xff")]
        for module in self.modules:
            parts += _module_records(module)
        return b"".join(parts) + record(0x10, b"")

    def _project_stream(self) -> bytes:
        """The PROJECT stream (2.3.1): modules, protection state (none), workspace."""
        identity = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"vba:{self.name}")).upper() + "}"
        states = {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}
        lines = [f'ID="{identity}"', *(_declaration(module) for module in self.modules)]
        lines += [f'Name="{self.name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
        lines += [f'{key}="{encrypt(identity, data, _SEEDS[key])}"' for key, data in states.items()]
        lines += ["", "[Host Extender Info]"]
        lines += ["&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", "", "[Workspace]"]
        lines += [f"{module.name}=0, 0, 0, 0, C" for module in self.modules]
        return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _declaration(module: Module) -> str:
    words = {"standard": f"Module={module.name}", "class": f"Class={module.name}"}
    return words.get(module.kind, f"Document={module.name}/&H00000000")


def _module_records(module: Module) -> list[bytes]:
    narrow, wide = module.name.encode("ascii"), module.name.encode("utf-16-le")
    found = [_record(0x19, narrow), _record(0x47, wide), _record(0x1A, narrow), _record(0x32, wide)]
    found += [_record(0x1C, b""), _record(0x48, b""), _record(0x31, _long(0)), _record(0x1E, _long(0))]
    found += [_record(0x2C, b"\xff\xff"), _record(0x21 if module.kind == "standard" else 0x22, b"")]
    return [*found, _record(0x2B, b"")]


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _long(number: int) -> bytes:
    return struct.pack("<I", number)


def _both(name: str) -> bytes:
    return name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0"


def encrypt(identity: str, data: bytes, seed: int) -> str:
    """Data encryption of [MS-OVBA] 2.4.3 with a fixed seed, as hex digits."""
    key = sum(identity.encode("ascii")) & 0xFF
    written = [seed, seed ^ 2, seed ^ key]
    plain, one, two = key, written[2], written[1]
    for byte in bytes((seed & 6) // 2) + _long(len(data)) + data:
        coded = byte ^ ((two + plain) & 0xFF)
        written.append(coded)
        two, one, plain = one, coded, byte
    return bytes(written).hex().upper()
