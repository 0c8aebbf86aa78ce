"""The hub of one worker: who follows what, and whom a notification wakes."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from foundation.live.topics import ALL, name_of

CHANGES, RUNS = "foundation_live", "foundation_runs"
"""The channels: keys that woke, and ``<run> <state>``."""

RUN = "runs.run"
RIGHTS = "accounts"
"""Whatever core's accounts say may end a session or a right."""


class Subscription:
    """One stream's ear: it keeps which keys are due, and nothing more for a client that is slow."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = frozenset(keys)
        self.must_recheck = False
        self._due = set(keys)
        self._bell = asyncio.Event()

    def ring(self, keys: frozenset[str]) -> None:
        """Note that *keys* may have something to say."""
        self._due |= keys & self.keys
        self._bell.set()

    def recheck(self) -> None:
        """Ask for another look at who this is."""
        self.must_recheck = True
        self._bell.set()

    def taken(self) -> list[str]:
        """Return what is due, and take it off."""
        due, self._due = sorted(self._due), set[str]()
        self._bell.clear()
        return due

    async def rung(self, within_s: float) -> bool:
        """Wait until something is due; False when nothing was."""
        if self._due or self.must_recheck:
            return True
        try:
            async with asyncio.timeout(within_s):
                return await self._bell.wait()
        except TimeoutError:
            return False

    def knock(self) -> None:
        """Wake it, whatever is due: the hub has closed."""
        self._bell.set()


class Hub:
    """Wakes the streams of this worker."""

    def __init__(self) -> None:
        self._present: set[Subscription] = set()
        self.is_closed = False

    @property
    def size(self) -> int:
        """How many follow."""
        return len(self._present)

    @contextmanager
    def following(self, keys: Sequence[str]) -> Iterator[Subscription]:
        """Follow *keys* inside the block; each is due at once."""
        one = Subscription(keys)
        self._present.add(one)
        try:
            yield one
        finally:
            self._present.discard(one)

    def heard(self, channel: str, said: str) -> None:
        """Wake whom a notification is for."""
        run = said.partition(" ")[0]
        self.wake(f"{RUN}:{run}" if channel == RUNS else said)

    def wake(self, key: str) -> None:
        """Wake those who follow *key* or, without the id, its name; ``:*`` wakes for every id."""
        name = name_of(key)
        for one in self._present:
            if key.endswith(f":{ALL}"):
                one.ring(frozenset(mine for mine in one.keys if name_of(mine) == name))
            elif not one.keys.isdisjoint((key, name)):
                one.ring(frozenset((key, name)))
            if name.partition(".")[0] == RIGHTS:
                one.recheck()

    def wake_all(self) -> None:
        """Wake everybody for everything: what was said in the meantime is not known."""
        for one in self._present:
            one.ring(one.keys)
            one.recheck()

    def close(self) -> None:
        """End every stream, now and from now on."""
        self.is_closed = True
        for one in self._present:
            one.knock()
