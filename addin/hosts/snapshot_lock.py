"""Closes snapshots so that only a password opens them, while making one needs none (X25519, scrypt, AES-GCM).

A clerk sets the password once; every change is then kept closed without asking, and only going back asks.
"""

import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from addin.problem import CannotUse

_MAGIC = b"TAIZHANG-SNAPSHOT-1\n"
_KEY, _NONCE, _SALT = 32, 12, 16
_COST = 1 << 15
"""Of scrypt: a tenth of a second and 32 MB for each password tried."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A key pair as hexadecimal: the public half closes, the private half is itself closed by the password."""

    public: str
    salt: str
    private: str


def new_lock(password: str) -> Lock:
    """A lock that this password opens."""
    key, salt, nonce = X25519PrivateKey.generate(), os.urandom(_SALT), os.urandom(_NONCE)
    private = nonce + AESGCM(_stretched(password, salt)).encrypt(nonce, key.private_bytes_raw(), None)
    return Lock(key.public_key().public_bytes_raw().hex(), salt.hex(), private.hex())


def closed(data: bytes, lock: Lock) -> bytes:
    """The data closed; it carries its lock along, so that the password is all one needs."""
    once, nonce = X25519PrivateKey.generate(), os.urandom(_NONCE)
    head = _MAGIC + json.dumps(asdict(lock)).encode() + b"\n" + once.public_key().public_bytes_raw() + nonce
    secret = once.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(lock.public)))
    return head + AESGCM(_derived(secret, head)).encrypt(nonce, data, head)


def is_closed(data: bytes) -> bool:
    """Whether the data were closed by a lock."""
    return data.startswith(_MAGIC)


def opened(data: bytes, password: str, name: str) -> bytes:
    """What was closed. Raises CannotUse when the password is not the right one or the data were changed."""
    try:
        line, _, rest = data.removeprefix(_MAGIC).partition(b"\n")
        lock = Lock(**json.loads(line))
        head = data[: len(_MAGIC) + len(line) + 1 + _KEY + _NONCE]
        nonce, body = rest[_KEY : _KEY + _NONCE], rest[_KEY + _NONCE :]
        secret = _private_key(lock, password).exchange(X25519PublicKey.from_public_bytes(rest[:_KEY]))
        return AESGCM(_derived(secret, head)).decrypt(nonce, body, head)
    except (InvalidTag, ValueError, TypeError):
        raise CannotUse(
            f"快照“{name}”打不开：口令不对，或快照已损坏；台账和快照都没有改动。请核对口令（注意大小写）后再试。"
        ) from None


def check(lock: Lock, password: str) -> None:
    """Raises CannotUse when this is not the password of the lock."""
    try:
        _private_key(lock, password)
    except (InvalidTag, ValueError):
        raise CannotUse("快照口令不对，没有改动：请核对口令（注意大小写）后再试。") from None


@lru_cache(maxsize=4)
def _private_key(lock: Lock, password: str) -> X25519PrivateKey:
    kept = bytes.fromhex(lock.private)
    key = AESGCM(_stretched(password, bytes.fromhex(lock.salt))).decrypt(kept[:_NONCE], kept[_NONCE:], None)
    return X25519PrivateKey.from_private_bytes(key)


def _stretched(password: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=_KEY, n=_COST, r=8, p=1).derive(password.encode())


def _derived(secret: bytes, head: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=head).derive(secret)
