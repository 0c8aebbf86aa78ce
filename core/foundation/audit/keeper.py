"""Keeps the trail provable while a worker runs: seals, signs, and makes the months to come."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import func, select, text

from foundation.audit.inspect import inspect
from foundation.audit.models import HeadRow, PendingRow
from foundation.audit.sealer import BATCH, Halted, Sealer, add_months
from foundation.audit.stamp import Stamper, StampRefused
from foundation.beside import running_beside
from foundation.errors import FoundationError
from foundation.telemetry.logging import logger
from foundation.telemetry.metrics import set_audit_tree

EVERY_S = 0.5
MONTHS_EVERY_S, HOURLY_S = 24 * 3600.0, 3600.0
LAG_S, DAYS_AHEAD = 60.0, 30

_DAYS_AHEAD = text("SELECT foundation.audit_days_ahead()")


@dataclass(slots=True)
class Keeper:
    """The background work of one worker for the trail; `problem_of` tells how it goes."""

    sealer: Sealer
    stamper: Stamper | None = None
    every_s: float = EVERY_S
    _months_at: float = field(default=0.0, init=False)
    _hour_at: float = field(default=0.0, init=False)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Keep the trail until the block ends."""
        async with running_beside(self._keep()):
            yield

    async def _keep(self) -> None:
        while True:
            try:
                await self.pass_once()
                await self.hourly()
            except Halted:
                pass  # it was logged when it began, and health says so
            except FoundationError as away:
                logger().warning("audit_sealing_waits", reason=away.detail or away.title)
            except Exception as fault:  # noqa: BLE001  # the next pass may go well
                logger().error("audit_sealing_failed", exc_info=fault)
            await asyncio.sleep(self.every_s * random.uniform(0.5, 1.5))  # noqa: S311  # jitter

    async def pass_once(self) -> int:
        """Seal all that waits, sign it and return how much that was."""
        if time.monotonic() >= self._months_at:
            await self._make_months()
        sealed, last = 0, BATCH
        while last == BATCH:
            last = await self.sealer.seal()
            sealed += last
        await self.sealer.publisher.publish()
        return sealed

    async def hourly(self) -> None:
        """Look whether all fits, and have the newest head stamped; at start, then each hour."""
        if time.monotonic() < self._hour_at:
            return
        self._hour_at = time.monotonic() + HOURLY_S
        self.sealer.broken = await inspect(self.sealer)
        if self.stamper is not None:
            try:
                await self.stamper.stamp()
            except (StampRefused, FoundationError) as refused:
                logger().warning("audit_not_stamped", reason=str(refused))

    async def _make_months(self) -> None:
        async with self.sealer.database.transaction() as db:
            made = await add_months(db)
        if made:
            logger().info("audit_months_made", months=made)
        self._months_at = time.monotonic() + MONTHS_EVERY_S


async def problem_of(sealer: Sealer) -> str:
    """Return what is wrong with the keeping of the trail, or nothing; the metrics learn it too."""
    async with sealer.database.reading() as db:
        oldest = await db.scalar(select(func.min(PendingRow.occurred_at)))
        size = await db.scalar(select(func.max(HeadRow.tree_size)))
        days = await db.scalar(_DAYS_AHEAD)
    lag = (sealer.recorder.clock.now() - oldest).total_seconds() if oldest else 0.0
    set_audit_tree(size=size or 0, lag=max(lag, 0.0), halted=sealer.halted is not None)
    if sealer.halted is not None:
        return f"sealing has halted: {sealer.halted}; foundation audit epoch goes on"
    if sealer.broken is not None:
        return f"{sealer.broken}: keep the database as it is and run: foundation audit export"
    if lag > LAG_S:
        return f"an event has waited {lag:.0f} s to be sealed"
    if days < DAYS_AHEAD:
        return f"the months of the trail end in {days} days"
    if sealer.publisher.signs is None and sealer.publisher.is_expected:
        return "heads are not signed: FOUNDATION_AUDIT_SIGNING_KEY_FILE is not set"
    return ""
