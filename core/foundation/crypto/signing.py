"""Ed25519: the keys that sign the heads of the audit trail, each known by its public half."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from foundation.crypto.keyfile import read_keys


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One private key; it prints as its public half."""

    _key: Ed25519PrivateKey = field(repr=False)
    public: bytes

    @classmethod
    def of(cls, seed: bytes) -> "SigningKey":
        """Return the key of a *seed* of 32 bytes."""
        key = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(key, key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """Return the signature of *message*, the same each time."""
        return self._key.sign(message)


def read_signing_keys(path: Path) -> tuple[SigningKey, ...]:
    """Return every key of the ring at *path*, the active one first; raises `RingRefused`."""
    keys = read_keys(path)
    ordered = sorted(keys.by_kid, key=lambda kid: (kid != keys.active, kid))
    return tuple(SigningKey.of(keys.by_kid[kid]) for kid in ordered)
