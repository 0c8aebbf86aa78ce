"""Months over their time: archived, verified, told in the trail, sealed, and only then dropped."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.archive import Archive, archive
from foundation.audit.models import LeafRow
from foundation.audit.months import Month, take_out
from foundation.audit.own import PRUNED
from foundation.audit.proof.note import Verifier
from foundation.audit.sealer import Sealer
from foundation.errors import Unavailable

PATIENCE_S = 30.0


async def prune(
    sealer: Sealer, month: Month, *, folder: Path, keys: Sequence[Verifier]
) -> list[Archive]:
    """Take *month* out of the database into *folder*; returns the files.

    Its leaves and tiles stay, so every proof holds, and those made before go on verifying. Raises
    `ArchiveRefused`, and then nothing has happened. Interrupted, it is done again from the start.
    """
    made = list[Archive]()
    if month.attached:
        async with sealer.database.reading() as db:
            made = await archive(db, month, folder=folder, keys=keys)
        told = await _tell(sealer, month, made)
        await _sealed(sealer, told)
    await take_out(sealer.database, month)
    return made


async def _tell(sealer: Sealer, month: Month, made: Sequence[Archive]) -> list[UUID]:
    """Record what is about to go; a month without rows is told too."""
    files = made or [Archive("", 0, 0, -1, 0, "")]
    source = Source(Actor("system", name="foundation audit"), "audit", str(ids.uuid7()))
    async with sealer.database.transaction() as db:
        return [
            sealer.recorder.record(
                db,
                PRUNED(
                    month=month.name,
                    epoch=each.epoch,
                    first_leaf=each.first_leaf,
                    last_leaf=each.last_leaf,
                    rows=each.rows,
                    sha256=each.sha256,
                ),
                source,
            )
            for each in files
        ]


async def _sealed(sealer: Sealer, events: Sequence[UUID]) -> None:
    """Wait until *events* have their leaves, whoever gives them; raises `Unavailable`."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + PATIENCE_S
    while True:
        await sealer.seal()
        async with sealer.database.reading() as db:
            asked = select(LeafRow.event_id).where(LeafRow.event_id.in_(events))
            found = (await db.scalars(asked)).all()
        if len(found) == len(events):
            await sealer.publisher.publish()
            return
        if loop.time() > give_up:
            raise Unavailable("the event of the pruning was not sealed; nothing was dropped")
        await asyncio.sleep(0.2)
