"""What is known of one session: read from the table, or from a cache that others can write to."""

from datetime import datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError

from foundation.crypto.derive import AppSecret, joined

LEASE = timedelta(seconds=30)
"""How long an entry counts: nothing ended lives longer, and PostgreSQL may be away so long.

The bound within which every worker knows of an end and of other rights, though nobody told it.
"""

UNKNOWN_LEASE = timedelta(seconds=10)
SKEW = timedelta(seconds=2)
PURPOSE = "foundation/session-entry/v1"


class Session(BaseModel):
    """A living session and whose it is; its cookie and its hash are not here."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    public_id: UUID
    user_id: UUID
    name: str
    email: str
    kind: Literal["user", "service"]
    roles: tuple[str, ...]
    grants: tuple[str, ...] = ()
    auth_time: datetime
    expires_at: datetime
    last_seen_at: datetime


class Entry(BaseModel):
    """One cached answer: the session, or that there is none, and for how long that counts.

    ``v`` is the number of this schema; an entry of another one is no entry.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    v: Literal[2] = 2
    checked_at: datetime
    lease_s: float
    session: Session | None

    def counts(self, now: datetime) -> bool:
        """Tell whether it still counts at *now*; one from the future never does."""
        lease = min(timedelta(seconds=self.lease_s), LEASE)
        return -SKEW <= now - self.checked_at <= lease


def pack(entry: Entry, *, token_hash: bytes, secret: AppSecret) -> bytes:
    """Return *entry* as signed JSON: a neighbour in a shared Redis cannot make a session."""
    body = entry.model_dump_json().encode()
    tag = secret.sign(PURPOSE, joined(token_hash, body))
    return tag.hex().encode() + b"." + body


def unpack(packed: bytes | None, *, token_hash: bytes, secret: AppSecret) -> Entry | None:
    """Return the entry that *packed* holds, or None for anything that is not ours for this hash."""
    tag, _, body = (packed or b"").partition(b".")
    try:
        signed = bytes.fromhex(tag.decode("ascii"))
    except ValueError:
        return None
    if not secret.verify(PURPOSE, joined(token_hash, body), signed):
        return None
    try:
        return Entry.model_validate_json(body)
    except ValidationError:
        return None
