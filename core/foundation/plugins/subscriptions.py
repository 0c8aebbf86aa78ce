"""Hands committed events to the plugins that subscribed to them, in order and at least once.

Every worker tries; the row that says how far a subscription has come is locked by the one that
delivers, and moves on in the transaction of its handler.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit import guard
from foundation.audit.models import AuditRow, HeadRow, LeafRow
from foundation.audit.reader import Trail
from foundation.auth.principal import SYSTEM
from foundation.beside import running_beside
from foundation.errors import FoundationError
from foundation.http.context import Caller
from foundation.http.edge import Edge
from foundation.plugins.blame import where_of
from foundation.plugins.contributions import Subscription
from foundation.plugins.models import SubscriptionRow
from foundation.plugins.registry import Registry
from foundation.plugins.warden import Warden
from foundation.telemetry.acting import acting
from foundation.telemetry.logging import logger

EVERY_S = 0.5
WINDOW = 1_000
"""Leaves that one step looks at, so that none takes long however rare its events are."""

LONGEST_WAIT_S = 60.0

Place = tuple[int, int]
"""An epoch of the trail and a leaf in it."""


@dataclass(slots=True)
class _Course:
    """How one subscription does in this worker."""

    plugin: str
    one: Subscription
    failures: int = 0
    again_at: float = 0.0
    reached: Place = (0, 0)

    @property
    def part(self) -> str:
        return f"event:{self.one.name}"


@dataclass(slots=True)
class Dispatcher:
    """Delivers to the subscriptions of *registry*; one that fails is tried again, then rests."""

    registry: Registry
    edge: Edge
    warden: Warden
    every_s: float = EVERY_S
    _courses: list[_Course] = field(default_factory=list)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Deliver until the block ends; nothing is done where nobody subscribed."""
        if not self.registry.subscriptions:
            yield
            return
        await self.begin()
        async with running_beside(self._keep()):
            yield

    async def pass_once(self) -> int:
        """Deliver all that waits and return how many events that were."""
        async with self.edge.database.reading() as db:
            head = await _head(db)
        return sum([await self._catch_up(course, head) for course in self._courses])

    def retry_now(self) -> None:
        """Wait no longer with what failed."""
        for course in self._courses:
            course.again_at = 0.0

    async def _keep(self) -> None:
        while True:
            try:
                await self.pass_once()
            except FoundationError as away:
                logger().warning("events_not_delivered", reason=away.detail or away.title)
            except Exception as fault:  # noqa: BLE001  # the next pass may go well
                logger().error("events_not_delivered", exc_info=fault)
            await asyncio.sleep(self.every_s)

    async def begin(self) -> None:
        """Let new subscriptions begin at the present end, and tell of events nobody declares."""
        self._courses = [_Course(plugin, one) for plugin, one in self.registry.subscriptions]
        known = {event.name for event in self.registry.events}
        for course in self._courses:
            for name in sorted(set(course.one.events) - known):
                logger(course.plugin).warning("subscription_without_event", event_type=name)
        async with self.edge.database.transaction() as db:
            epoch, leaf = await _head(db)
            rows = [
                {"plugin": one.plugin, "name": one.one.name, "epoch": epoch, "next_leaf": leaf}
                for one in sorted(self._courses, key=lambda one: (one.plugin, one.one.name))
            ]
            await db.execute(insert(SubscriptionRow).values(rows).on_conflict_do_nothing())

    async def _catch_up(self, course: _Course, head: Place) -> int:
        """Deliver to one subscription all up to *head*, or until it fails."""
        if course.reached >= head or time.monotonic() < course.again_at:
            return 0
        is_probe = self.warden.is_kept(course.plugin, course.part)
        if is_probe and not await self.warden.may_probe(course.plugin, course.part):
            return 0
        delivered = 0
        while course.reached < head:
            try:
                async with asyncio.timeout(course.one.timeout_s):
                    is_event = await self._step(course, head)
            except Exception as fault:  # noqa: BLE001  # whatever a handler raises is its own
                self._failed(course, fault, is_probe=is_probe)
                break
            if is_event is None:
                break
            if is_event:
                delivered += 1
                course.failures = 0
                self.warden.part_ended(course.plugin, course.part, None, is_probe=is_probe)
                is_probe = False
        return delivered

    async def _step(self, course: _Course, head: Place) -> bool | None:
        """Move on by one event or one window; None while another worker is at it."""
        async with self.edge.database.transaction() as db:
            guard.watch(db)
            row = await db.scalar(_locked(course))
            if row is None:
                return None
            start = (row.epoch, row.next_leaf)
            found = await _next(db, course.one, start)
            if found is not None:
                await self._handle(db, course, found)
                reached = (found.epoch, found.leaf_index + 1)
            else:
                reached = await _window_end(db, start, head)
            row.epoch, row.next_leaf = reached
        course.reached = reached
        return found is not None

    async def _handle(
        self, db: AsyncSession, course: _Course, found: Row[int, int, AuditRow]
    ) -> None:
        event = await Trail(db).event(found.AuditRow.event_id)
        context = self.edge.context(
            db,
            plugin=course.plugin,
            principal=SYSTEM,
            request_id=event.request_id,
            caller=Caller(""),
            writes=True,
        )
        with acting(course.plugin):
            await course.one.handler(context, event)

    def _failed(self, course: _Course, fault: Exception, *, is_probe: bool) -> None:
        course.failures += 1
        wait = min(2.0 ** (course.failures - 1), LONGEST_WAIT_S)
        course.again_at = time.monotonic() + wait
        loaded = self.registry.find(course.plugin)
        module = loaded.module if loaded else ""
        where = where_of(fault, module=module)
        logger(course.plugin).error("subscriber_failed", part=course.part, fault=where)
        self.warden.part_ended(course.plugin, course.part, fault, is_probe=is_probe)


def _locked(course: _Course) -> Select[SubscriptionRow]:
    mine = SubscriptionRow.plugin == course.plugin, SubscriptionRow.name == course.one.name
    return select(SubscriptionRow).where(*mine).with_for_update(skip_locked=True)


async def _head(db: AsyncSession) -> Place:
    """Return the place of the next leaf to come."""
    newest = select(HeadRow.epoch, HeadRow.tree_size).order_by(
        HeadRow.epoch.desc(), HeadRow.tree_size.desc()
    )
    found = (await db.execute(newest.limit(1))).first()
    return (found.epoch, found.tree_size) if found is not None else (1, 0)


async def _next(
    db: AsyncSession, one: Subscription, start: Place
) -> Row[int, int, AuditRow] | None:
    """Return the first event for *one* within a window from *start*, with its place."""
    place = tuple_(LeafRow.epoch, LeafRow.leaf_index)
    window = (
        select(LeafRow.epoch, LeafRow.leaf_index, LeafRow.event_id, LeafRow.occurred_at)
        .where(place >= tuple_(*start))
        .order_by(LeafRow.epoch, LeafRow.leaf_index)
        .limit(WINDOW)
        .subquery()
    )
    asked = (
        select(window.c.epoch, window.c.leaf_index, AuditRow)
        .join(
            AuditRow,
            (AuditRow.event_id == window.c.event_id)
            & (AuditRow.occurred_at == window.c.occurred_at),
        )
        .where(AuditRow.type.in_(one.events))
        .order_by(window.c.epoch, window.c.leaf_index)
        .limit(1)
    )
    return (await db.execute(asked)).first()


async def _window_end(db: AsyncSession, start: Place, head: Place) -> Place:
    """Return the place after the window that begins at *start*, at most *head*."""
    place = tuple_(LeafRow.epoch, LeafRow.leaf_index)
    window = (
        select(LeafRow.epoch, LeafRow.leaf_index)
        .where(place >= tuple_(*start))
        .order_by(LeafRow.epoch, LeafRow.leaf_index)
        .limit(WINDOW)
        .subquery()
    )
    last = select(window).order_by(window.c.epoch.desc(), window.c.leaf_index.desc()).limit(1)
    found = (await db.execute(last)).first()
    return max(start, min(head, (found.epoch, found.leaf_index + 1) if found else head))
