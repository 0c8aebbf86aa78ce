"""One connection that hears what PostgreSQL notifies, and comes back by itself when it is cut."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from foundation.beside import running_beside
from foundation.db.address import direct_engine
from foundation.secret import Secret

BEAT_S, ANSWER_S, LONGEST_WAIT_S = 15.0, 5.0, 5.0

Heard = Callable[[str, str], object]
"""Called with a channel and what was said on it."""

Cut = Callable[[str], object]
"""Called with why it hears no more, for the log."""

_SERVER: Mapping[str, str] = {"statement_timeout": "5000"}


class Listener:
    """Listens on *channels* outside of the pool; *back* is called each time it begins to hear.

    What was said while it was cut is lost, so whoever is told *back* looks for itself. It must
    reach PostgreSQL directly: a pooler that hands connections on by transaction hears nothing.
    """

    def __init__(
        self,
        url: Secret,
        *,
        channels: Sequence[str],
        heard: Heard,
        back: Callable[[], object],
        cut: Cut,
        application_name: str = "foundation/live",
    ) -> None:
        self._engine = direct_engine(url, application_name=application_name, server=_SERVER)
        self._channels = tuple(channels)
        self._heard = heard
        self._back = back
        self._cut = cut
        self._driver: Any = None  # asyncpg's connection, which has no types
        self._asking = asyncio.Lock()

    @property
    def is_connected(self) -> bool:
        """Whether it hears at present."""
        return self._driver is not None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Listen until the block ends."""
        try:
            async with running_beside(self._keep_on()):
                yield
        finally:
            self._driver = None
            await self._engine.dispose()

    async def hold(self, key: int) -> bool | None:
        """Take the lock *key* for as long as this connection lives; None while it is cut.

        Whoever dies lets go of it without a word. The same connection gets it twice, so whoever
        asks knows what it holds.
        """
        return await self._ask("SELECT pg_try_advisory_lock($1)", key)

    async def let_go(self, key: int) -> None:
        """Give the lock *key* back."""
        await self._ask("SELECT pg_advisory_unlock($1)", key)

    async def _ask(self, sql: str, *given: object) -> bool | None:
        driver = self._driver
        if driver is None:
            return None
        try:
            async with self._asking:
                return bool(await driver.fetchval(sql, *given, timeout=ANSWER_S))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            return None

    async def _keep_on(self) -> None:
        wait = 0.2
        while True:
            try:
                await self._listen()
            except Exception as fault:  # noqa: BLE001  # whatever it is: tell it, wait, come back
                self._cut(type(fault).__name__)
            wait = 0.2 if self._driver is not None else min(wait * 2, LONGEST_WAIT_S)
            self._driver = None
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311  # jitter is no secret

    async def _listen(self) -> None:
        async with self._engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            cut = asyncio.Event()
            driver.add_termination_listener(lambda _: cut.set())
            for channel in self._channels:
                await driver.add_listener(channel, self._hear)
            self._driver = driver
            self._back()
            while not await _within(cut, BEAT_S):
                # A connection that is only half there says nothing by itself.
                async with self._asking:
                    await driver.fetchval("SELECT 1", timeout=ANSWER_S)

    def _hear(self, _driver: object, _pid: int, channel: str, said: str) -> None:
        self._heard(channel, said)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
