"""What commands on the host share: the settings, the database, and their name in the trail."""

import asyncio
import getpass
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from foundation import __version__, ids
from foundation.audit import guard
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Event
from foundation.audit.record import Recorder, declared
from foundation.auth.trail_seal import seal_with
from foundation.builtin.accounts import events
from foundation.cli.here import settings_here
from foundation.cli.refusals import refusals
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.errors import Unavailable
from foundation.settings import Settings
from foundation.supervisor.refused import Refused

T = TypeVar("T")

MET = (Unavailable, Refused)
"""What a command on the host may meet besides."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done on the host, in one transaction, which says so in the trail."""

    settings: Settings
    database: Database
    db: AsyncSession
    recorder: Recorder

    def record(self, event: Event) -> None:
        """Record *event* as done by whoever is signed in on this host."""
        actor = Actor("system", name=f"cli:{getpass.getuser()}")
        self.recorder.record(self.db, event, Source(actor, "accounts", str(ids.uuid7())))


def act(work: Callable[[Act], Awaitable[T]]) -> T:
    """Do *work* in a transaction; ends the command with 2 and a line when it cannot be done."""
    with refusals(*MET), settings_here() as settings:
        return asyncio.run(_acted(settings, work))


async def _acted(settings: Settings, work: Callable[[Act], Awaitable[T]]) -> T:
    recorder = Recorder(declared(events.ALL), SystemClock(), __version__)
    async with opened(settings) as database:
        await seal_with(database, settings)
        async with database.transaction() as db:
            guard.watch(db)
            return await work(Act(settings, database, db, recorder))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database of *settings*, and let go of it."""
    database = Database(settings.database_url, application_name="foundation/cli")
    try:
        yield database
    finally:
        await database.dispose()
