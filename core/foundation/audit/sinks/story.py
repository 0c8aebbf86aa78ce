"""Events as sinks are told them: by their leaves, so that none is skipped and none comes twice."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import AuditRow, EpochRow, LeafRow
from foundation.audit.reader import Known, types_of
from foundation.audit.row import spelled

Told = dict[str, Any]  # JSON

MOST, MOST_BYTES = 100, 512 * 1024
"""Events and bytes in one batch."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A leaf in the tree; the order over all epochs."""

    epoch: int
    leaf: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.leaf}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in a row, the first of them at *first*; *next* is where the batch after it begins."""

    first: Place
    next: Place
    events: tuple[Told, ...]


async def batch_at(db: AsyncSession, place: Place) -> Batch | None:
    """Return what is there from *place* on, or None while there is nothing."""
    rows = await _rows(db, place)
    while not rows:
        following = select(EpochRow.epoch).where(EpochRow.epoch > place.epoch)
        epoch = await db.scalar(following.order_by(EpochRow.epoch).limit(1))
        if epoch is None:
            return None
        place = Place(epoch, 0)
        rows = await _rows(db, place)
    types = await types_of(db, {row["type"] for row in rows if row["type"]})
    events, size = list[Told](), 0
    for row in rows:
        told = _told(row, types)
        size += len(json.dumps(told))
        if events and size > MOST_BYTES:
            break
        events.append(told)
    return Batch(place, Place(place.epoch, place.leaf + len(events)), tuple(events))


async def _rows(db: AsyncSession, place: Place) -> list[RowMapping]:
    log = AuditRow.__table__.c
    asked = (
        select(
            LeafRow.epoch,
            LeafRow.leaf_index,
            LeafRow.leaf_hash.label("sealed"),
            LeafRow.event_id.label("sealed_id"),
            *(column for column in log if column.key not in {"leaf_hash", "mac", "detail_salt"}),
        )
        .outerjoin(
            AuditRow,
            (AuditRow.event_id == LeafRow.event_id) & (AuditRow.occurred_at == LeafRow.occurred_at),
        )
        .where(LeafRow.epoch == place.epoch, LeafRow.leaf_index >= place.leaf)
        .order_by(LeafRow.leaf_index)
        .limit(MOST)
    )
    return list((await db.execute(asked)).mappings())


def _told(row: RowMapping, types: Known) -> Told:
    leaf = {"epoch": row["epoch"], "index": row["leaf_index"], "hash": row["sealed"].hex()}
    if row["event_id"] is None:  # pruned by now, or removed: the leaf is what is left
        return {"id": str(row["sealed_id"]), "type": None, "leaf": leaf}
    plain = ("plugin", "severity", "outcome", "reason", "project_id", "request_id", "run_id")
    target = {"type": row["target_type"], "id": row["target_id"], "title": row["target_title"]}
    title, owasp = types.get((row["type"], row["type_version"]), (row["type"], ()))
    return {
        "id": str(row["event_id"]),
        "occurred_at": spelled(row["occurred_at"]),
        "type": row["type"],
        "version": row["type_version"],
        "title": title,
        "owasp": list(owasp),
        "actor": {
            "type": row["actor_type"],
            "id": spelled(row["actor_id"]),
            "name": row["actor_name"],
            "session": spelled(row["session_ref"]),
        },
        "target": target if row["target_type"] is not None else None,
        **{name: spelled(row[name]) for name in plain},
        "detail": row["detail"],
        "leaf": leaf,
    }
