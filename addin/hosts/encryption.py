"""Passwords on whole workbook files, as Excel and WPS set and open them (ECMA-376 agile encryption)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from addin.hosts.scratch import scratch_folder
from addin.problem import CannotUse

SHORTEST = 8
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def password_from(path: Path) -> str:
    """The password in the first line of a file. Raises CannotUse when it is missing or too short."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CannotUse(f"口令文件“{path.name}”不是文本文件：请用记事本新建，第一行只写口令。") from None
    password = text.splitlines()[0].strip() if text.strip() else ""
    if len(password) < SHORTEST:
        raise CannotUse(f"口令文件“{path.name}”第一行的口令不足 {SHORTEST} 位：请写长一些，字母数字混用。")
    return password


def encrypted(data: bytes, password: str) -> bytes:
    """A workbook's bytes under a password."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def is_encrypted(data: bytes) -> bool:
    """Whether the bytes are a workbook under a password."""
    return data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data


@contextmanager
def unlocked(path: Path, password: str) -> Iterator[Path]:
    """The file itself, or what is behind its password for as long as the block lasts. Raises CannotUse, OSError."""
    with path.open("rb") as stream:
        locked = password and stream.read(len(_OLE)) == _OLE and is_encrypted(path.read_bytes())
    if not locked:
        yield path
        return
    with scratch_folder() as scratch:
        plain = scratch / path.name
        plain.write_bytes(decrypted(path.read_bytes(), password, path.name))
        yield plain


def decrypted(data: bytes, password: str, name: str) -> bytes:
    """The workbook behind a password. Raises CannotUse when the password is not the right one."""
    out = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(out)
    except (InvalidKeyError, DecryptionError, FileFormatError, ValueError, OSError):
        raise CannotUse(f"“{name}”打不开：口令不对，或文件已损坏。请向报送单位核对口令。") from None
    return out.getvalue()
