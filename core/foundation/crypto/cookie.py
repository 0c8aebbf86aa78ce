"""Sealed notes: small values that a browser or a table keeps for us without reading them."""

import base64
import binascii
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.crypto.derive import AppSecret, derive

NONCE_BYTES = 12


class NoteBroken(ValueError):  # the case, as everywhere here
    """A note does not open: it was changed, made for something else, or under a lost secret."""


def seal_note(secret: AppSecret, note: bytes, *, purpose: str) -> str:
    """Return *note* sealed for *purpose*, as text that a cookie can hold (AES-256-GCM)."""
    sealed = _encrypt(secret.keys(purpose)[0], note, purpose)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_note(secret: AppSecret, text: str, *, purpose: str) -> bytes:
    """Return the note that *text* holds; raises `NoteBroken`."""
    try:
        sealed = base64.b64decode(
            text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4), validate=True
        )
    except (binascii.Error, ValueError):
        raise NoteBroken from None
    for key in secret.keys(purpose):
        try:
            return _decrypt(key, sealed, purpose)
        except NoteBroken:
            continue
    raise NoteBroken


def seal_under_token(token: str, note: bytes, *, deployment: UUID, purpose: str) -> bytes:
    """Seal *note* under a token that only its bearer has: a dump of the table cannot open it."""
    return _encrypt(derive(token.encode(), salt=deployment, purpose=purpose), note, purpose)


def open_under_token(token: str, sealed: bytes, *, deployment: UUID, purpose: str) -> bytes:
    """Return what `seal_under_token` sealed for the same token; raises `NoteBroken`."""
    return _decrypt(derive(token.encode(), salt=deployment, purpose=purpose), sealed, purpose)


def _encrypt(key: bytes, note: bytes, purpose: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, note, purpose.encode())


def _decrypt(key: bytes, sealed: bytes, purpose: str) -> bytes:
    nonce, ct = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ct, purpose.encode())
    except (InvalidTag, ValueError):
        raise NoteBroken from None
