"""Keys from keys: sub-keys by HKDF-SHA256, and the app secret they come from.

Every purpose has its own key, so a value made for one is worthless for another. The salt is the
id of the deployment: two deployments with one secret still have nothing in common.
"""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from foundation.secret import Secret
from foundation.settings import SettingsRefused

KEY_BYTES = 32


def derive(key: bytes, *, salt: UUID, purpose: str) -> bytes:
    """Return the 32-byte sub-key of *key* for *purpose* (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt.bytes, purpose.encode()).derive(key)


def joined(*parts: str | bytes) -> bytes:
    """Return *parts* in one, each after its length in 4 bytes.

    A separator could occur inside a part and let two lists read the same; a length cannot.
    """
    out = bytearray()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        out += len(raw).to_bytes(4, "big") + raw
    return bytes(out)


def key_from_text(text: str) -> bytes | None:
    """Return the 32 bytes that *text* writes in base64, of either alphabet, or None."""
    try:
        raw = base64.b64decode(text.translate(str.maketrans("-_", "+/")), validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if len(raw) == KEY_BYTES else None


class AppSecret:
    """The secret for what may be lost: unfinished sign-ins and cached sessions.

    It has 32 bytes of base64 a line; the first line writes, all read, so it can be replaced
    without signing anybody out. It is not the vault's key ring and never becomes it.
    """

    __slots__ = ("_deployment", "_derived", "_keys")

    def __init__(self, secret: Secret, *, deployment: UUID) -> None:
        """Read *secret*; raises `SettingsRefused` naming the bad line, never its content."""
        keys = [key_from_text(line) for line in secret.reveal().split("\n") if line]
        bad = [number for number, key in enumerate(keys, start=1) if key is None]
        if bad or not keys:
            where = f"line {bad[0]} is not 32 bytes of base64" if bad else "it is empty"
            raise SettingsRefused([f"FOUNDATION_SECRET_KEY: {where}"])
        self._keys = tuple(key for key in keys if key is not None)
        self._deployment = deployment
        self._derived: dict[str, tuple[bytes, ...]] = {}  # by purpose, of which there are few

    def __repr__(self) -> str:
        return "AppSecret(***)"

    def keys(self, purpose: str) -> tuple[bytes, ...]:
        """Return the sub-keys for *purpose*; the first writes, all read."""
        known = self._derived.get(purpose)
        if known is None:
            salt = self._deployment
            known = tuple(derive(key, salt=salt, purpose=purpose) for key in self._keys)
            self._derived[purpose] = known
        return known

    def sign(self, purpose: str, message: bytes) -> bytes:
        """Return the HMAC-SHA256 of *message* under the writing key."""
        return hmac.digest(self.keys(purpose)[0], message, hashlib.sha256)

    def verify(self, purpose: str, message: bytes, tag: bytes) -> bool:
        """Tell whether *tag* was made by `sign` under any of the lines, in constant time."""
        return any(
            hmac.compare_digest(hmac.digest(key, message, hashlib.sha256), tag)
            for key in self.keys(purpose)
        )
