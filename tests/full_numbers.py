"""Finds identity numbers and mobile numbers in whatever a command leaves behind, down to the parts of packages."""

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

NUMBER = re.compile(r"(?<![0-9A-Za-z*])(?:[1-9]\d{5}(?:19|20)\d{9}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z*])")
"""An identity number of 18 digits with a birth year, or a mobile number."""

_PACKED = re.compile(r"[A-Za-z0-9+/_=-]{60,}")


def numbers_in(path: Path) -> set[str]:
    """Every full number in a file: its name, its text, the parts of a package, what is packed in a cell."""
    found = set(NUMBER.findall(path.name))
    for text in texts(path.read_bytes()):
        found |= set(NUMBER.findall(text))
    return found


def texts(data: bytes) -> Iterator[str]:
    """A file as text; of a package every part, and every packed piece of text unpacked."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield name
                yield from texts(package.read(name))
        return
    text = data.decode("utf-8", "replace")
    yield text
    for packed in _PACKED.findall(text):
        yield from unpacked(packed)


def unpacked(packed: str) -> Iterator[str]:
    """What a compressed cell holds; nothing for other texts."""
    for decode in (base64.b64decode, base64.b85decode, base64.urlsafe_b64decode):
        try:
            data = decode(packed)
            yield zlib.decompress(data).decode()
        except (ValueError, zlib.error):
            continue
