"""The tail of the audit trail: what was sealed after a leaf, in the order of the tree."""

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import AuditRow, LeafRow
from foundation.live.said import News, Said

MOST = 200
"""Events in one message."""


class TrailSource:
    """Follows leaves and never times: a leaf comes after all that were there, without a gap."""

    async def read(self, db: AsyncSession, ref: str, after: str | None) -> News:
        """Return the events after the leaf ``<epoch>.<index>``, as one message."""
        del ref
        leaf = _leaf(after)
        if leaf is None:
            return News((), await _newest(db))
        place = tuple_(LeafRow.epoch, LeafRow.leaf_index)
        asked = (
            select(LeafRow.epoch, LeafRow.leaf_index, LeafRow.event_id, AuditRow.type)
            .outerjoin(
                AuditRow,
                (AuditRow.occurred_at == LeafRow.occurred_at)
                & (AuditRow.event_id == LeafRow.event_id),
            )
            .where(place > leaf)
            .order_by(LeafRow.epoch, LeafRow.leaf_index)
            .limit(MOST)
        )
        rows = list(await db.execute(asked))
        if not rows:
            return News((), after)
        reached = f"{rows[-1].epoch}.{rows[-1].leaf_index}"
        events = [{"id": str(row.event_id), "type": row.type or ""} for row in rows]
        return News((Said("events", {"events": events}, reached),), reached, len(rows) == MOST)


def _leaf(place: str | None) -> tuple[int, int] | None:
    epoch, _, index = (place or "").partition(".")
    try:
        return int(epoch), int(index)
    except ValueError:
        return None


async def _newest(db: AsyncSession) -> str:
    newest = (
        select(LeafRow.epoch, LeafRow.leaf_index)
        .order_by(LeafRow.epoch.desc(), LeafRow.leaf_index.desc())
        .limit(1)
    )
    row = (await db.execute(newest)).first()
    return "0.-1" if row is None else f"{row.epoch}.{row.leaf_index}"
