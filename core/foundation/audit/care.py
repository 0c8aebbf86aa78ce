"""What is done to the trail on purpose, each with its event: erase, open an epoch."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Target
from foundation.audit.models import AuditRow, EpochRow, PendingRow
from foundation.audit.outside import epoch_of
from foundation.audit.own import ERASED, OPENED
from foundation.audit.record import Recorder
from foundation.audit.sealer import LOCK, Sealer, append
from foundation.audit.tiles import Growth
from foundation.db.engine import Database
from foundation.errors import NotFound

AT_ONCE = 500
"""Events in one transaction, each of which has an event of its own."""


async def erase(
    database: Database, recorder: Recorder, *, events: Sequence[UUID], reason: str
) -> int:
    """Take what may name a person out of *events*, and record each; returns how many.

    The hash in the leaf stays, so every proof still holds. What is erased already is left alone.
    Raises `NotFound` when one is no event.
    """
    async with database.reading() as db:
        known = select(AuditRow.event_id).where(AuditRow.event_id.in_(events))
        missing = set(events) - set(await db.scalars(known))
    if missing:
        raise NotFound(f"no such event: {', '.join(sorted(map(str, missing)))}")
    parts = (events[at : at + AT_ONCE] for at in range(0, len(events), AT_ONCE))
    return sum([await _erase(database, recorder, events=part, reason=reason) for part in parts])


async def _erase(
    database: Database, recorder: Recorder, *, events: Sequence[UUID], reason: str
) -> int:
    async with database.transaction() as db:
        asked = select(AuditRow.event_id, AuditRow.detail.is_(None), AuditRow.format)
        found = (await db.execute(asked.where(AuditRow.event_id.in_(events)))).all()
        fresh = [id for id, erased, format in found if not erased and format > 0]
        for id in fresh:
            recorder.record(db, ERASED(Target("event", str(id)), why=reason), _by_command())
        await db.flush()
        await db.execute(
            update(AuditRow)
            .where(AuditRow.event_id.in_(fresh))
            .values(detail=None, detail_salt=None, actor_name="", target_title=None, reason=None)
            .execution_options(synchronize_session=False)
        )
    return len(fresh)


async def events_by(db: AsyncSession, actor: UUID) -> list[UUID]:
    """Return the events of *actor* that still hold what may name a person."""
    asked = select(AuditRow.event_id).where(AuditRow.actor_id == actor, AuditRow.format > 0)
    mine = asked.where(AuditRow.detail.is_not(None)).order_by(AuditRow.occurred_at)
    return list(await db.scalars(mine))


async def open_epoch(sealer: Sealer, *, reason: str) -> int:
    """Begin the tree anew, its first leaf committing to the last note outside; returns the epoch.

    This is the way on after a restore or a lossy fail-over, when sealing has halted.
    """
    former = _last_note(sealer)
    async with sealer.database.transaction() as db:
        await db.execute(select(func.pg_advisory_xact_lock(LOCK)))
        epoch = int(await db.scalar(select(func.max(EpochRow.epoch))) or 0) + 1
        epoch = max(epoch, former[0] + 1)
        hash = hashlib.sha256(former[1].encode()).hexdigest() if former[1] else ""
        db.add(
            EpochRow(
                epoch=epoch,
                origin=f"{sealer.origin}/e{epoch}",
                reason=reason,
                former_note=former[1] or None,
            )
        )
        event = OPENED(epoch=epoch, why=reason, former_note=hash)
        id = sealer.recorder.record(db, event, _by_command())
        await db.flush()
        asked = delete(PendingRow).where(PendingRow.event_id == id)
        (row,) = (await db.execute(asked.returning(*PendingRow.__table__.c))).mappings()
        await append(db, epoch, Growth(0, {}), [dict(row)])
    sealer.halted = None
    await sealer.publisher.publish()
    return epoch


def _last_note(sealer: Sealer) -> tuple[int, str]:
    """Return the epoch and the text of the last note outside the database."""
    outside = sealer.publisher.newest_outside()
    return (0, "") if outside is None else (epoch_of(outside.origin), outside.body())


def _by_command() -> Source:
    return Source(Actor("system", name="foundation audit"), "audit", str(ids.uuid7()))
