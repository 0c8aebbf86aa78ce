"""Sessions in the shared cache: they count for thirty seconds, and what ended here counts no more.

So neither an emptied, a stopped nor a restored Redis signs anybody in or out.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache, partial

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.entry import LEASE, UNKNOWN_LEASE, Entry, pack, unpack
from foundation.cache import Cache
from foundation.clock import Clock
from foundation.crypto.derive import AppSecret

KEEP_S = 7 * 24 * 3600
READ_WITHIN_S = 0.05
MOST_UNPACKED, LONGEST_KEPT = 512, 4_096
REREAD = LEASE + timedelta(seconds=5)


class SessionCache:
    """Keeps what PostgreSQL said of a session; one object for each process."""

    def __init__(self, cache: Cache, *, secret: AppSecret, clock: Clock) -> None:
        self._cache = cache
        self._secret = secret
        self._clock = clock
        # What was signed and read once is so each time: the same bytes, for the same hash.
        self._unpack = partial(_unpack, secret)
        self._unpacked = lru_cache(MOST_UNPACKED)(self._unpack)
        self._reread: dict[bytes, datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def get(self, token_hash: bytes) -> tuple[Entry | None, bool]:
        """Return the entry that counts, if any, and whether a new one may be kept."""
        now = self._clock.now()
        if self._reread.get(token_hash, now) > now:
            return None, False
        names = _entry_key(token_hash), _mark_key(token_hash)
        packed, mark = await self._cache.get(*names, within_s=READ_WITHIN_S)
        if mark is not None:
            return None, False
        # A neighbour in a shared Redis may write anything: what is long is not kept.
        read = self._unpacked if len(packed or b"") <= LONGEST_KEPT else self._unpack
        entry = read(token_hash, packed)
        return (entry, True) if entry and entry.counts(now) else (None, True)

    async def keep(self, token_hash: bytes, entry: Entry) -> None:
        """Keep *entry* where every worker finds it."""
        packed = pack(entry, token_hash=token_hash, secret=self._secret)
        ttl_s = KEEP_S if entry.session else int(UNKNOWN_LEASE.total_seconds())
        await self._cache.put(_entry_key(token_hash), packed, ttl_s=ttl_s)

    def reread_after_commit(self, db: AsyncSession, hashes: Sequence[bytes]) -> None:
        """Once *db* has committed, let no cached entry of *hashes* count any more.

        This process knows at once; the others by a mark beside the entry, which also outlives an
        entry that some worker is just about to write from what it read before the commit.
        """
        if not hashes:
            return

        def committed(_: object) -> None:
            now = self._clock.now()
            self._reread = {known: until for known, until in self._reread.items() if until > now}
            self._reread.update(dict.fromkeys(hashes, now + REREAD))
            task = asyncio.get_running_loop().create_task(self._forget(hashes))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

        event.listen(db.sync_session, "after_commit", committed)

    async def settle(self) -> None:
        """Wait until the cache knows what was ended so far."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    async def _forget(self, hashes: Sequence[bytes]) -> None:
        for token_hash in hashes:
            ttl_s = int(REREAD.total_seconds())
            await self._cache.put(_mark_key(token_hash), b"1", ttl_s=ttl_s)
            await self._cache.drop(_entry_key(token_hash))


def _unpack(secret: AppSecret, token_hash: bytes, packed: bytes | None) -> Entry | None:
    return unpack(packed, token_hash=token_hash, secret=secret)


def _entry_key(token_hash: bytes) -> str:
    return "session:" + token_hash.hex()


def _mark_key(token_hash: bytes) -> str:
    return "session-reread:" + token_hash.hex()
