"""Passwords on whole workbook files, as Excel and WPS set and open them (ECMA-376 agile encryption)."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msoffcrypto
from msoffcrypto.format.ooxml import OOXMLFile

from addin.hosts.scratch import scratch_folder
from addin.problem import CannotUse

MOST_SPINS = 1_000_000
"""Turns of the hash over a password; Office writes 100 000. The file says how many, so it could keep us for days."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def encrypted(data: bytes, password: str) -> bytes:
    """A workbook's bytes under a password."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def is_encrypted(data: bytes) -> bool:
    """Whether the bytes are a workbook under a password."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


def is_locked(path: Path) -> bool:
    """Whether a file is a workbook under a password. Raises OSError."""
    with path.open("rb") as stream:
        return stream.read(len(_OLE)) == _OLE and is_encrypted(path.read_bytes())


@contextmanager
def unlocked(path: Path, passwords: Sequence[str]) -> Iterator[Path]:
    """The file itself, or what is behind its password for as long as the block lasts. Raises CannotUse, OSError."""
    if not passwords or not is_locked(path):
        yield path
        return
    with scratch_folder() as scratch:
        plain = scratch / path.name
        plain.write_bytes(decrypted(path.read_bytes(), passwords, path.name))
        yield plain


def decrypted(data: bytes, passwords: Sequence[str], name: str) -> bytes:
    """The workbook behind a password. Raises CannotUse when none of them is the right one."""
    for password in passwords:
        out = io.BytesIO()
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(data))
            if file.info["spinValue"] > MOST_SPINS:
                break
            file.load_key(password=password, verify_password=True)
            file.decrypt(out)
        except Exception:  # a file made by an attacker fails in whatever way the library comes upon
            continue
        return out.getvalue()
    raise CannotUse(f"“{name}”打不开：口令不对，或文件已损坏。请向报送单位核对口令。")
