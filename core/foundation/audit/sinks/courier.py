"""Hands the trail on to its sinks, after the commit and beside every request.

For each sink one process of all leads, by a lease in its row; no transaction is open while it
sends. A place is moved on only after its batch was taken, so each event comes at least once.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import EpochRow, HeadRow, SinkRow
from foundation.audit.sinks.sink import Sink, SinkRefused
from foundation.audit.sinks.story import Batch, Place, batch_at
from foundation.beside import running_beside
from foundation.db.engine import Database
from foundation.errors import FoundationError
from foundation.ids import uuid7
from foundation.telemetry.keeping import count_sink
from foundation.telemetry.logging import logger
from foundation.telemetry.resources import tell_lead

EVERY_S, WITHIN_S, SPARE_S = 1.0, 15.0, 15.0
MOST_WAIT_S = 600.0

_NOW = func.clock_timestamp()  # of the database: the processes' clocks may differ


@dataclass(slots=True)
class Courier:
    """The hander-on of one process; each sink has a task of its own, so none waits for another."""

    database: Database
    sinks: Sequence[Sink]
    every_s: float = EVERY_S
    within_s: float = WITHIN_S
    first_wait_s: float = 1.0
    id: UUID = field(default_factory=uuid7)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Hand on until the block ends, then let others lead."""
        try:
            async with running_beside(*(self._keep(sink) for sink in self.sinks)):
                yield
        finally:
            if self.sinks:
                await self._release()

    async def _keep(self, sink: Sink) -> None:
        while True:
            handed = False
            try:
                handed = await self.hand_on(sink)
            except FoundationError as away:
                logger().warning("audit_sink_waits", sink=sink.name, reason=away.title)
            except Exception as fault:  # noqa: BLE001  # the next pass may go well
                logger().error("audit_sink_failed", sink=sink.name, exc_info=fault)
            if not handed:
                await asyncio.sleep(self.every_s * random.uniform(0.5, 1.5))  # noqa: S311  # jitter

    async def hand_on(self, sink: Sink) -> bool:
        """Hand the next batch to *sink*, if this process leads; tells whether one was taken."""
        batch = await self._next(sink.name)
        if batch is None:
            return False
        tell_lead("courier")
        reason = await self._refusal(sink, batch)
        async with self.database.transaction() as db:
            if reason is None:
                await self._move_on(db, sink.name, batch)
            else:
                await self._pause(db, sink.name, reason)
        count_sink(sink.name, sent=0 if reason else len(batch.events))
        if reason is not None:
            logger().warning("audit_sink_refused", sink=sink.name, reason=reason)
        return reason is None

    async def _next(self, name: str) -> Batch | None:
        """Return the batch that is due, having taken the lead, or None."""
        mine = or_(
            SinkRow.held_by == self.id, SinkRow.held_until.is_(None), SinkRow.held_until < _NOW
        )
        awake = or_(SinkRow.paused_until.is_(None), SinkRow.paused_until < _NOW)
        async with self.database.reading() as db:
            row = await db.scalar(select(SinkRow).where(SinkRow.name == name))
            place = Place(row.epoch, row.next_leaf) if row is not None else None
            batch = await batch_at(db, place) if place is not None else None
        if place is None:
            await begin(self.database, name)
            return None
        if batch is None:
            return None
        lead = (
            update(SinkRow)
            .where(SinkRow.name == name, mine, awake)
            .where(SinkRow.epoch == place.epoch, SinkRow.next_leaf == place.leaf)
            .values(held_by=self.id, held_until=_NOW + timedelta(seconds=self.within_s + SPARE_S))
            .returning(SinkRow.name)
            .execution_options(synchronize_session=False)
        )
        async with self.database.transaction() as db:
            return batch if await db.scalar(lead) is not None else None

    async def _refusal(self, sink: Sink, batch: Batch) -> str | None:
        try:
            async with asyncio.timeout(self.within_s):
                await sink.send(batch)
        except TimeoutError:
            return f"it did not take a batch within {self.within_s:g} s"
        except SinkRefused as refused:
            return str(refused)
        except OSError as fault:
            return fault.strerror or type(fault).__name__
        return None

    async def _move_on(self, db: AsyncSession, name: str, batch: Batch) -> None:
        following = {"epoch": batch.next.epoch, "next_leaf": batch.next.leaf}
        await self._write(
            db, name, **following, failures=0, paused_until=None, last_error=None, sent_at=_NOW
        )

    async def _pause(self, db: AsyncSession, name: str, reason: str) -> None:
        failures = await db.scalar(select(SinkRow.failures).where(SinkRow.name == name)) or 0
        wait = min(self.first_wait_s * 2.0 ** min(failures, 20), MOST_WAIT_S)
        wait *= random.uniform(0.8, 1.0)  # noqa: S311  # jitter
        until = _NOW + timedelta(seconds=wait)
        await self._write(
            db, name, failures=failures + 1, paused_until=until, last_error=reason[:500]
        )

    async def _write(self, db: AsyncSession, name: str, **values: object) -> None:
        """Write to the row of *name*, unless another process leads by now."""
        held = update(SinkRow).where(SinkRow.name == name, SinkRow.held_by == self.id)
        await db.execute(held.values(**values).execution_options(synchronize_session=False))

    async def _release(self) -> None:
        free = update(SinkRow).where(SinkRow.held_by == self.id).values(held_until=None)
        try:
            async with self.database.transaction() as db:
                await db.execute(free.execution_options(synchronize_session=False))
        except FoundationError:
            pass  # the lease runs out by itself


async def begin(database: Database, name: str, place: Place | None = None) -> Place:
    """Set the place of the sink *name*, a new one to the present end of the tree; returns it."""
    async with database.transaction() as db:
        at = place or await end_of(db)
        values = {"name": name, "epoch": at.epoch, "next_leaf": at.leaf}
        row = insert(SinkRow).values(**values)
        if place is None:
            await db.execute(row.on_conflict_do_nothing())
            return at
        anew = {"epoch": at.epoch, "next_leaf": at.leaf, "failures": 0, "paused_until": None}
        free = {"held_by": None, "held_until": None, "last_error": None}
        await db.execute(row.on_conflict_do_update(index_elements=["name"], set_=anew | free))
    return at


async def end_of(db: AsyncSession) -> Place:
    """Return the place of the leaf that comes next."""
    epoch = await db.scalar(select(func.max(EpochRow.epoch))) or 1
    size = await db.scalar(select(func.max(HeadRow.tree_size)).where(HeadRow.epoch == epoch))
    return Place(epoch, size or 0)
