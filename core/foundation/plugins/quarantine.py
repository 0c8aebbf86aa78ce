"""Quarantine: what fails too often at run time is kept from running, in every worker, for a while.

A row of the ledger makes all workers agree; each looks at the rows every two seconds. After five
minutes one call is let through to see whether it works again; if not, the wait doubles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.actor import Actor
from foundation.plugins import trail
from foundation.plugins.breaker import FIRST_WAIT_S, next_wait
from foundation.plugins.models import FaultRow, QuarantineRow

ROUTES = "routes"
"""The part that all routes of a plugin are; others are named ``health:ping`` or ``job:x.sync``."""

Key = tuple[str, str]
"""A plugin and a part of it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One part that is kept from running: why, since when, and when it is tried again."""

    plugin: str
    part: str
    reason: str
    since: datetime
    probe_at: datetime


async def kept_parts(db: AsyncSession) -> Mapping[Key, Kept]:
    """Return everything in quarantine, by plugin and part."""
    rows = await db.scalars(select(QuarantineRow))
    return {
        (row.plugin, row.part): Kept(row.plugin, row.part, row.reason, row.since, row.probe_at)
        for row in rows
    }


async def put_away(db: AsyncSession, plugin: str, part: str, *, reason: str) -> bool:
    """Put a part in quarantine and say so; False if another worker did it first."""
    row = insert(QuarantineRow).values(
        plugin=plugin,
        part=part,
        reason=reason,
        wait_s=FIRST_WAIT_S,
        probe_at=func.now() + timedelta(seconds=FIRST_WAIT_S),
    )
    made = await db.scalar(row.on_conflict_do_nothing().returning(QuarantineRow.part))
    if made is None:
        return False
    trail.record(db, trail.quarantined(trail.target(plugin), reason=reason, part=part))
    return True


async def claim_probe(db: AsyncSession, plugin: str, part: str) -> bool:
    """Take the one call that tries the part again; False if it is not time, or another has it.

    The next one is due after the present wait, should whoever takes this one never come back.
    """
    due = (
        update(QuarantineRow)
        .where(*_is(plugin, part), QuarantineRow.probe_at <= func.now())
        .values(probe_at=func.now() + func.make_interval(0, 0, 0, 0, 0, 0, QuarantineRow.wait_s))
    )
    return await db.scalar(due.returning(QuarantineRow.part)) is not None


async def probe_passed(
    db: AsyncSession, plugin: str, part: str, *, actor: Actor = trail.PLATFORM
) -> bool:
    """Take a part out of quarantine because it works again, and say so."""
    taken = delete(QuarantineRow).where(*_is(plugin, part))
    if await db.scalar(taken.returning(QuarantineRow.part)) is None:
        return False
    event = trail.rearmed(trail.target(plugin), reason="a probe passed", part=part)
    trail.record(db, event, actor=actor)
    return True


async def probe_failed(db: AsyncSession, plugin: str, part: str) -> None:
    """Wait twice as long for the next probe."""
    row = await db.scalar(select(QuarantineRow).where(*_is(plugin, part)))
    if row is None:
        return
    wait = next_wait(row.wait_s)
    later = {"wait_s": wait, "probe_at": func.now() + timedelta(seconds=wait)}
    await db.execute(update(QuarantineRow).where(*_is(plugin, part)).values(later))


async def note_fault(db: AsyncSession, plugin: str, fault: str, *, request_id: str) -> None:
    """Remember the last exception *plugin* did not mean."""
    row = insert(FaultRow).values(plugin=plugin, fault=fault, request_id=request_id)
    fresh = {"at": func.now(), "fault": fault, "request_id": request_id}
    await db.execute(row.on_conflict_do_update(index_elements=["plugin"], set_=fresh))


def _is(plugin: str, part: str) -> tuple:  # type: ignore[type-arg]  # SQL conditions
    return QuarantineRow.plugin == plugin, QuarantineRow.part == part
