"""Signs of life: each process tells which keys it has, and hears which key writes."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.keys import active_kid
from foundation.auth.models import Process
from foundation.beside import running_beside
from foundation.crypto.ring import KeyRing
from foundation.db.engine import Database
from foundation.ids import uuid7
from foundation.telemetry.logging import logger

EVERY_S = 5.0
ALIVE = timedelta(seconds=30)
"""A process not seen for so long is taken for dead."""

FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alive:
    """A process as it was last seen: the keys it has, and the one it writes with."""

    name: str
    kids: tuple[str, ...]
    active: str


@asynccontextmanager
async def sign_of_life(
    database: Database, ring: KeyRing, *, every_s: float = EVERY_S
) -> AsyncIterator[None]:
    """Tell that this process lives, now and every *every_s* seconds, until the block ends.

    Each time *ring* learns which key writes, so an activation needs no restart.
    """
    id = uuid7()
    await beat(database, ring, id=id)
    try:
        async with running_beside(_keep_beating(database, ring, id=id, every_s=every_s)):
            yield
    finally:
        await _leave(database, id)


async def beat(database: Database, ring: KeyRing, *, id: UUID) -> None:
    """Tell once that the process *id* lives and which keys it has."""
    async with database.transaction() as db:
        writes = await active_kid(db)
        if writes:
            ring.activate(writes)
        told = {"kids": list(ring.kids), "active": ring.active, "seen_at": func.clock_timestamp()}
        fresh = insert(Process).values(id=id, name=f"{socket.gethostname()}:{os.getpid()}", **told)
        await db.execute(fresh.on_conflict_do_update(index_elements=[Process.id], set_=told))
        gone = delete(Process).where(Process.seen_at < func.now() - FORGOTTEN)
        await db.execute(gone)


async def alive(db: AsyncSession) -> list[Alive]:
    """Return the processes that were seen lately, by name."""
    found = select(Process).where(Process.seen_at > func.clock_timestamp() - ALIVE)
    rows = (await db.execute(found.order_by(Process.name))).scalars()
    return [Alive(row.name, tuple(row.kids), row.active) for row in rows]


async def _keep_beating(database: Database, ring: KeyRing, *, id: UUID, every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        try:
            await beat(database, ring, id=id)
        except Exception as fault:  # noqa: BLE001  # the next beat may reach the database again
            logger().warning("no_sign_of_life", fault=type(fault).__name__)


async def _leave(database: Database, id: UUID) -> None:
    try:
        async with database.transaction() as db:
            await db.execute(delete(Process).where(Process.id == id))
    except Exception as fault:  # noqa: BLE001  # it is taken for dead soon anyway
        logger().warning("no_farewell", fault=type(fault).__name__)
