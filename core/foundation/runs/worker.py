"""A worker: takes deliveries, claims runs, has a child do each attempt, and writes how it ended."""

import asyncio
import os
import random
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.actor import Actor, Source
from foundation.audit.events import Event
from foundation.errors import Unavailable
from foundation.ids import uuid7
from foundation.runs import journal, moves, schedules
from foundation.runs.attempt import Running
from foundation.runs.children import Children
from foundation.runs.delivery import deliver
from foundation.runs.engine import conninfo
from foundation.runs.entitled import revoke
from foundation.runs.guard import Door
from foundation.runs.heartbeat import Heartbeat
from foundation.runs.job import LeaseLost, Work
from foundation.runs.logbook import LogBook
from foundation.runs.models import Attempt, Run, WorkerRow
from foundation.runs.moves import Ending, Lease
from foundation.runs.outfit import Outfit
from foundation.runs.sweeper import sweep
from foundation.telemetry.logging import logger
from foundation.telemetry.runs import count_run

T = TypeVar("T")


class Worker:
    """One worker from its boot to its end; it has a new id each time."""

    def __init__(self, outfit: Outfit) -> None:
        self.id = uuid7()
        self._outfit = outfit
        self._held: set[UUID] = set()
        self._door = Door(outfit.jobs, outfit.guard)
        self._running: dict[UUID, Running] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._children = Children(outfit.environ, preload=outfit.preload)
        self._heart = Heartbeat(
            conninfo(outfit.url),
            self.id,
            pace=outfit.pace,
            cancelled=self._hear_cancel,
            fence=self._kill_all,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Work until *stop*, then let what is under way end or interrupt it."""
        self._loop = asyncio.get_running_loop()
        await self._sign_in()
        self._heart.start()
        sweeping = asyncio.create_task(self._sweep())
        outfit = self._outfit
        serving = asyncio.create_task(
            outfit.delivery.serve(self._delivered, queues=outfit.queues, slots=outfit.slots)
        )
        stopped = asyncio.create_task(stop.wait())
        logger().info("run_worker_ready", worker=str(self.id), queues=list(outfit.queues))
        await asyncio.wait([serving, stopped], return_when=asyncio.FIRST_COMPLETED)
        try:
            await self._drain(serving)
        finally:
            for task in (sweeping, stopped):
                task.cancel()
            self._heart.stop()
            self._children.close()
        await serving  # raises what the engine died of

    async def _sign_in(self) -> None:
        outfit = self._outfit
        values = {
            "id": self.id,
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "version": outfit.version,
            "kinds": sorted(outfit.jobs),
            "queues": list(outfit.queues),
            "slots": outfit.slots,
        }
        async with outfit.database.transaction() as db:
            await db.execute(insert(WorkerRow).values(**values))

    async def _drain(self, serving: asyncio.Task[None]) -> None:
        """Take nothing more, ask the children to leave, wait until they have."""
        own = update(WorkerRow).where(WorkerRow.id == self.id)
        async with self._outfit.database.transaction() as db:
            await db.execute(own.values(draining=True))
        await self._outfit.delivery.stop()
        for running in list(self._running.values()):
            running.stop("drain", grace_s=self._outfit.pace.drain)
        await asyncio.wait([serving])
        if self._working:
            await asyncio.wait(self._working)
        async with self._outfit.database.transaction() as db:
            await db.execute(own.values(heartbeat_at=func.now() - timedelta(days=1)))

    # One delivery

    async def _delivered(self, run_id: UUID, attempt: int) -> None:
        """Do what a delivery asks; the engine may cancel its own task, never this work."""
        task = asyncio.create_task(self._work(run_id, attempt))
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        await asyncio.shield(task)

    async def _work(self, run_id: UUID, attempt: int) -> None:
        if run_id in self._held:
            return  # the same delivery twice
        self._held.add(run_id)
        try:
            run = await self._persistently(lambda db: self._claim(db, run_id, attempt))
            if run is not None:
                await self._do(run)
        finally:
            self._held.discard(run_id)

    async def _do(self, run: Run) -> None:
        log = logger().bind(run=str(run.id), attempt=run.attempt)
        lease, began = Lease(run.id, run.attempt, run.fence), time.monotonic()
        try:
            ending = await self._attempt(run, lease, self._outfit.jobs[run.kind].work)
            state = await self._persistently(
                lambda db: moves.finish(db, self.record, lease=lease, ending=ending)
            )
        except LeaseLost:
            log.warning("run_lease_lost")
            return
        self._door.ended(run, ending)
        count_run(run.plugin, run.kind, state, time.monotonic() - began)
        log.info("run_attempt_ended", kind=run.kind, how=ending.how, state=state)

    async def _claim(self, db: AsyncSession, run_id: UUID, attempt: int) -> Run | None:
        run = await db.get(Run, run_id)
        if run is not None and (why := await self._door.why_not(run)):
            await self._put_back(db, run_id, attempt, why)
            return None
        if run is not None and await self._is_ours(db, run, attempt):
            return run
        return await moves.claim(db, self.record, run_id=run_id, attempt=attempt, worker_id=self.id)

    async def _is_ours(self, db: AsyncSession, run: Run, attempt: int) -> bool:
        """Tell whether an earlier try to claim it was kept, though its commit had no answer."""
        if run.state != "running" or run.attempt != attempt + 1:
            return False
        held = await db.get(Attempt, (run.id, run.attempt))
        return held is not None and held.worker_id == self.id

    async def _put_back(self, db: AsyncSession, run_id: UUID, attempt: int, why: str) -> None:
        """Leave a run for later, or for another worker, and say why it waits."""
        run = await db.scalar(select(Run).where(Run.id == run_id).with_for_update())
        if run is None or run.state != "queued" or run.attempt != attempt:
            return
        run.waits = why
        now = (await db.execute(select(func.now()))).scalar_one()
        await db.flush()  # the delivery's columns are set beside the session
        await deliver(db, run, at=now + timedelta(seconds=self._outfit.pace.put_back))

    async def _attempt(self, run: Run, lease: Lease, work: Work) -> Ending:
        outfit = self._outfit
        running = Running(
            outfit.orders(run),
            grace_s=work.grace_s,
            pace=outfit.pace,
            clock=outfit.clock,
            book=self._book(lease),
            progress=lambda told: self._persistently(
                lambda db: journal.keep_progress(db, lease, told)
            ),
            lend=lambda asked: outfit.lender(run, asked),
        )
        self._running[run.id] = running
        try:
            return await running.run(self._children)
        finally:
            del self._running[run.id]

    def _book(self, lease: Lease) -> LogBook:
        return LogBook(
            lambda n, lines: self._persistently(
                lambda db: journal.keep_chunk(db, lease, n=n, lines=lines)
            ),
            lambda n: self._persistently(lambda db: journal.drop_chunk(db, lease, n=n)),
        )

    # All along

    async def _sweep(self) -> None:
        """Sweep now and then; after an outage wait a whole period, so that all may beat again."""
        outfit = self._outfit
        quiet_until = 0.0
        while True:
            await asyncio.sleep(outfit.pace.sweep * random.uniform(0.8, 1.2))  # noqa: S311  # jitter is no secret
            if time.monotonic() < quiet_until:
                continue
            try:
                async with outfit.database.transaction() as db:
                    await sweep(db, self.record, pace=outfit.pace)
                async with outfit.database.transaction() as db:
                    await schedules.fire_due(db, self.record, jobs=outfit.jobs, lets=outfit.lets)
                may, mine = outfit.may, list(self._running)
                for id in await revoke(
                    outfit.database, self.record, runs=mine, jobs=outfit.jobs, may=may
                ):
                    self._cancel(id)
            except (DBAPIError, Unavailable) as fault:
                quiet_until = time.monotonic() + outfit.pace.dead_after
                logger().warning("run_sweep_failed", reason=type(fault).__name__)
            except Exception as fault:  # noqa: BLE001  # one bad row must not end the sweeping
                logger().error("run_sweep_failed", exc_info=fault)

    def _hear_cancel(self, run_id: UUID) -> None:
        """Be told by the heartbeat's thread that a run is to stop."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._cancel, run_id)

    def _cancel(self, run_id: UUID) -> None:
        running = self._running.get(run_id)
        if running is not None:
            running.stop("cancel")

    def _kill_all(self) -> None:
        for running in list(self._running.values()):
            running.kill()

    def record(self, db: AsyncSession, event: Event) -> None:
        """Record *event* as the machine's own."""
        about = event.target.id if event.target else ""
        source = Source(Actor("system", name="Foundation"), "runs", about)
        self._outfit.recorder.record(db, event, source)

    async def _persistently(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Do *work* in a transaction, again while the database is away or asks for it.

        A commit whose outcome is unknown is repeated too: the fence makes a second one harmless.
        """
        give_up = time.monotonic() + self._outfit.pace.fence_after
        while True:
            try:
                async with self._outfit.database.transaction() as db:
                    return await work(db)
            except (DBAPIError, Unavailable):
                if time.monotonic() >= give_up:
                    raise
                await asyncio.sleep(random.uniform(0.05, 0.5))  # noqa: S311  # jitter is no secret
