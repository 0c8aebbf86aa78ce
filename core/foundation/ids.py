"""The one maker of identifiers: sortable ids (RFC 9562 UUIDv7) and unguessable tokens."""

import secrets
import time
from uuid import UUID

_RANDOM_BITS = 74


def uuid7() -> UUID:
    """Return a UUID that sorts by its time of birth (48 bits of Unix milliseconds, 74 random)."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(_RANDOM_BITS)
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76
    value |= (random >> 62) << 64
    value |= 0b10 << 62
    value |= random & 0x3FFF_FFFF_FFFF_FFFF
    return UUID(int=value)


def token(size: int = 32) -> str:
    """Return *size* random bytes as base64url text; 32 bytes are 256 bits."""
    return secrets.token_urlsafe(size)
