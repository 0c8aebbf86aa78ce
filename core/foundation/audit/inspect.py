"""What is looked at each hour: rows that never waited for a leaf, and whether the tree fits."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Target
from foundation.audit.evidence import Evidence
from foundation.audit.models import AuditRow, EpochRow, LeafRow, PendingRow
from foundation.audit.own import REJECTED
from foundation.audit.reader import TrailFilter
from foundation.audit.sealer import Sealer
from foundation.audit.stretches import stretches
from foundation.telemetry.logging import logger

MOST = 256
WINDOW, GRACE = timedelta(hours=25), timedelta(minutes=5)


async def all_strays(db: AsyncSession) -> list[UUID]:
    """Return what `strays` finds in the whole trail, stretch by stretch."""
    parts = await stretches(db, TrailFilter())
    return [id for part in parts for id in await strays(db, part)]


async def strays(
    db: AsyncSession,
    part: TrailFilter | None = None,
    *,
    within: timedelta | None = None,
    older: timedelta | None = None,
) -> list[UUID]:
    """Return rows that have neither a leaf nor wait for one: nobody but a forger makes them.

    *part* looks at a stretch of the trail only, *within* at what is said to have happened so
    lately; *older* leaves out what was recorded just now.
    """
    opened = select(func.min(EpochRow.opened_at)).scalar_subquery()
    asked = (
        select(AuditRow.event_id)
        .where(or_(AuditRow.format > 0, AuditRow.occurred_at >= opened))
        .where(~exists().where(LeafRow.event_id == AuditRow.event_id))
        .where(~exists().where(PendingRow.event_id == AuditRow.event_id))
        .limit(MOST)
    )
    if part is not None:
        asked = asked.where(AuditRow.occurred_at < part.until)
        asked = asked.where(AuditRow.occurred_at >= part.since) if part.since else asked
    if within is not None:
        asked = asked.where(AuditRow.occurred_at >= func.now() - within)
    if older is not None:
        asked = asked.where(AuditRow.recorded_at < func.now() - older)
    return list(await db.scalars(asked))


async def inspect(sealer: Sealer) -> str | None:
    """Look, tell the trail of each stray once, and return what does not fit in the tree."""
    async with sealer.database.reading() as db:
        found = await strays(db, within=WINDOW, older=GRACE)
        broken = (await Evidence(db).standing()).broken
    if found:
        await _tell(sealer, found)
    if broken is not None:
        logger().error("audit_tree_broken", fault=broken)
    return broken


async def _tell(sealer: Sealer, found: list[UUID]) -> None:
    names = [str(id) for id in found]
    async with sealer.database.transaction() as db:
        about = (AuditRow.target_type == "event") & AuditRow.target_id.in_(names)
        told = await db.scalars(
            select(AuditRow.target_id).where(AuditRow.type == REJECTED.name, about)
        )
        source = Source(Actor("system"), "audit", str(ids.uuid7()))
        for name in sorted({*names} - {name for name in told if name}):
            fault = "the row never waited for a leaf: it was not written by Foundation"
            logger().error("audit_row_rejected", event_id=name, fault=fault)
            event = REJECTED(Target("event", name), event_id=name, fault=fault)
            sealer.recorder.record(db, event, source)
