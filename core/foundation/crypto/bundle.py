"""Bundles: values on their way from one deployment to another, under a passphrase.

The passphrase is stretched with scrypt (RFC 7914) and the content sealed with AES-256-GCM. A
bundle is text: a header line and one line of base64.
"""

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from foundation.errors import Invalid
from foundation.secret import Secret

HEADER = "foundation-bundle 1"
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
COST, BLOCK, PARALLEL = 2**15, 8, 1
"""scrypt's parameters: 32 MB and about a tenth of a second for each guess."""


class BundleRefused(Invalid):
    """A bundle does not open: another passphrase, another format, or changed on its way."""

    code, title = "bundle_refused", "This bundle does not open"


def seal_bundle(content: Secret, passphrase: Secret) -> str:
    """Return *content* as a bundle."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(_key(passphrase, salt))
    ct = cipher.encrypt(nonce, content.reveal().encode(), HEADER.encode())
    return f"{HEADER}\n{base64.b64encode(salt + nonce + ct).decode()}\n"


def open_bundle(bundle: str, passphrase: Secret) -> Secret:
    """Return what `seal_bundle` sealed; raises `BundleRefused`."""
    header, _, body = bundle.strip().partition("\n")
    if header.strip() != HEADER:
        raise BundleRefused("this is no bundle of a format known here")
    try:
        raw = base64.b64decode("".join(body.split()), validate=True)
        salt, nonce = raw[:SALT_BYTES], raw[SALT_BYTES : SALT_BYTES + NONCE_BYTES]
        cipher = AESGCM(_key(passphrase, salt))
        plain = cipher.decrypt(nonce, raw[SALT_BYTES + NONCE_BYTES :], HEADER.encode())
        return Secret(plain.decode())
    except (InvalidTag, ValueError, binascii.Error):
        raise BundleRefused("the passphrase is another one, or the bundle was changed") from None


def _key(passphrase: Secret, salt: bytes) -> bytes:
    return Scrypt(salt, KEY_BYTES, COST, BLOCK, PARALLEL).derive(passphrase.reveal().encode())
