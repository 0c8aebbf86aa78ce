"""The seal of a row before it has a place in the tree: an HMAC that the database cannot make."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.crypto.keyfile import Keys, read_keys
from foundation.db.engine import Database

PURPOSE = "foundation/audit-mac/v1"
_MARK = "foundation_macs"
_LENT = b"foundation/audit-lent/v1\0"


@dataclass(frozen=True, slots=True)
class Macs:
    """The keys that seal rows, by their ids, and the id of the one that writes."""

    by_id: Mapping[str, bytes] = field(repr=False)
    active: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the keys at *path*; raises `foundation.crypto.keyfile.RingRefused`."""
        return cls.of(read_keys(path))

    @classmethod
    def of(cls, keys: Keys) -> Self:
        """Return the seal of the keys of a file."""
        return cls(keys.by_kid, keys.active)

    @classmethod
    def derived(cls, keys: Sequence[bytes]) -> Self:
        """Return the seal of keys without ids, the writing one first."""
        named = {f"d{hashlib.sha256(key).hexdigest()[:8]}": key for key in keys}
        return cls(named, next(iter(named)))

    def lent(self, name: str) -> Self:
        """Return a key made for *name* alone, for a process that must not have the others.

        Its rows carry that name in the key's id, so whoever has it seals as nobody else.
        """
        key = _made_for(name, self.by_id[self.active])
        return type(self)({f"{self.active}/{name}": key}, f"{self.active}/{name}")

    def seal(self, leaf: bytes) -> bytes:
        """Return the seal of *leaf* under the writing key."""
        return hmac.digest(self.by_id[self.active], leaf, hashlib.sha256)

    def holds(self, id: str | None, leaf: bytes, mac: bytes | None) -> bool:
        """Tell whether *mac* is the seal of *leaf* under the key *id*."""
        key = None if id is None else self._key(id)
        if key is None or mac is None:
            return False
        return hmac.compare_digest(hmac.digest(key, leaf, hashlib.sha256), mac)

    def _key(self, id: str) -> bytes | None:
        owner, lent, name = id.partition("/")
        if id in self.by_id or not lent or owner not in self.by_id:
            return self.by_id.get(id)
        return _made_for(name, self.by_id[owner])

    @property
    def finding_key(self) -> bytes:
        """The key under which details marked `Keyed` are hashed."""
        return hmac.digest(self.by_id[self.active], b"foundation/audit-keyed/v1", hashlib.sha256)


def _made_for(name: str, key: bytes) -> bytes:
    return hmac.digest(key, _LENT + name.encode(), hashlib.sha256)


def carry(database: Database, macs: Macs) -> None:
    """Let every session of *database* seal what is recorded in it, whichever recorder does."""
    database.marks[_MARK] = macs


def carried(db: AsyncSession) -> Macs | None:
    """Return the keys that *db* carries, or None."""
    found = db.info.get(_MARK)
    return found if isinstance(found, Macs) else None
