"""Waits for the proof of what must not leave before it is proved."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, func, select

from foundation.audit.models import HeadRow, LeafRow
from foundation.db.engine import Database

WITHIN_S, STEP_S = 2.0, 0.05


async def is_proved(
    database: Database, events: Sequence[UUID], *, within_s: float = WITHIN_S
) -> bool:
    """Tell whether a signed head covers *events*, now or within *within_s* seconds."""
    covered = exists().where(
        HeadRow.epoch == LeafRow.epoch,
        HeadRow.tree_size > LeafRow.leaf_index,
        HeadRow.note.is_not(None),
    )
    asked = select(func.count()).select_from(LeafRow).where(LeafRow.event_id.in_(events), covered)
    loop = asyncio.get_running_loop()
    give_up = loop.time() + within_s
    while True:
        async with database.reading() as db:
            found = await db.scalar(asked) or 0
        if found == len(events):
            return True
        if loop.time() >= give_up:
            return False
        await asyncio.sleep(STEP_S)
