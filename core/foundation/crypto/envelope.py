"""Sealed values: the shape of one value at rest and what it is bound to.

The format is decision 15: a fresh data key for each value (AES-256-GCM), wrapped under a key of
the ring with AES-256-GCM-SIV. Both are bound to deployment, thing, version, field and type, so a
row, a field or a version cannot be put in the place of another.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Binding:
    """What a sealed value belongs to; it opens nowhere else."""

    thing: UUID
    version: int
    field: str
    type: str


@dataclass(frozen=True, slots=True)
class SealedValue:
    """One value at rest: format number, key id, wrapped data key, ciphertext and both nonces."""

    fmt: int
    kid: str
    wnonce: bytes
    wdek: bytes
    nonce: bytes
    ct: bytes
