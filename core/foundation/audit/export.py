"""An export of the sealed trail, line by line, as the offline verifier takes it."""

import base64
from collections.abc import AsyncIterator, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.evidence import Evidence
from foundation.audit.inspect import all_strays
from foundation.audit.models import AuditRow, HeadRow, LeafRow
from foundation.audit.proof.leaf import ERASABLE
from foundation.audit.row import LEAF_COLUMNS, envelope_of, erasable_of
from foundation.audit.tiles import WIDTH

Line = dict[str, Any]  # JSON

STRIDE = 4
"""Tiles that are read at once: a thousand rows, whatever the size of the trail."""


async def whole(db: AsyncSession, head: HeadRow) -> AsyncIterator[Line]:
    """Give every leaf of *head*, tile by tile, and then each row that never got one."""
    evidence, count = Evidence(db), 0
    yield await _header(evidence, head, whole=True)
    for first in range(0, head.tree_size, WIDTH * STRIDE):
        end = min(first + WIDTH * STRIDE, head.tree_size)
        spots = {(0, index) for index in range(first // WIDTH, (end - 1) // WIDTH + 1)}
        tiles = await evidence.tiles(head.epoch, spots)
        told = -1
        for row in await _rows(db, head.epoch, first, end):
            if row["leaf_index"] // WIDTH != told:
                told = row["leaf_index"] // WIDTH
                yield _tile(told, tiles.get((0, told), b""))
            line = _line(row)
            count += line["kind"] == "event"
            yield line
    for id in await all_strays(db):
        yield {"kind": "stray", "event_id": str(id)}
    yield {"kind": "end", "events": count}


async def chosen(db: AsyncSession, head: HeadRow, ids: list[UUID]) -> AsyncIterator[Line]:
    """Give the sealed ones among *ids*, each with its own proof."""
    pages = (ids[at : at + WIDTH] for at in range(0, len(ids), WIDTH))
    async for line in proved(db, head, _each(pages)):
        yield line


async def proved(
    db: AsyncSession, head: HeadRow, pages: AsyncIterator[list[UUID]]
) -> AsyncIterator[Line]:
    """Give the sealed ones among the ids of *pages*, each with its own proof, page by page."""
    evidence, count = Evidence(db), 0
    yield await _header(evidence, head, whole=False)
    async for part in pages:
        rows = await _rows_of(db, head, part)
        leaves = [row["leaf_index"] for row in rows]
        paths = await evidence.paths(head.epoch, leaves, head.tree_size)
        for row, path in zip(rows, paths, strict=True):
            count += 1
            yield {**_line(row), "proof": [base64.b64encode(step).decode() for step in path]}
    yield {"kind": "end", "events": count}


async def _each(pages: Iterable[list[UUID]]) -> AsyncIterator[list[UUID]]:
    for page in pages:
        yield page


async def _header(evidence: Evidence, head: HeadRow, *, whole: bool) -> Line:
    return {
        "kind": "export",
        "format": 1,
        "origin": await evidence.origin(head.epoch),
        "epoch": head.epoch,
        "size": head.tree_size,
        "whole": whole,
        "note": head.note,
    }


def _tile(index: int, hashes: bytes) -> Line:
    return {"kind": "tile", "index": index, "hashes": base64.b64encode(hashes).decode()}


_COLUMNS = (
    LeafRow.leaf_index,
    LeafRow.event_id.label("sealed_id"),
    AuditRow.recorded_at,
    *LEAF_COLUMNS,
    *(getattr(AuditRow, name) for name in ERASABLE),
    AuditRow.detail_salt,
    AuditRow.detail_hash,
)
_SAME = (AuditRow.event_id == LeafRow.event_id) & (AuditRow.occurred_at == LeafRow.occurred_at)


async def _rows(db: AsyncSession, epoch: int, first: int, end: int) -> list[RowMapping]:
    asked = (
        select(*_COLUMNS)
        .select_from(LeafRow)
        .outerjoin(AuditRow, _SAME)
        .where(LeafRow.epoch == epoch, LeafRow.leaf_index >= first, LeafRow.leaf_index < end)
        .order_by(LeafRow.leaf_index)
    )
    return list((await db.execute(asked)).mappings())


async def _rows_of(db: AsyncSession, head: HeadRow, ids: list[UUID]) -> list[RowMapping]:
    asked = (
        select(*_COLUMNS)
        .select_from(LeafRow)
        .join(AuditRow, _SAME)
        .where(LeafRow.event_id.in_(ids), LeafRow.epoch == head.epoch)
        .where(LeafRow.leaf_index < head.tree_size)
        .order_by(LeafRow.leaf_index)
    )
    return list((await db.execute(asked)).mappings())


def _line(row: RowMapping) -> Line:
    id = str(row["sealed_id"])
    if row["recorded_at"] is None:
        return {"kind": "absent", "leaf": row["leaf_index"], "event_id": id}
    has_detail = row["detail"] is not None
    return {
        "kind": "event",
        "leaf": row["leaf_index"],
        "event_id": id,
        "recorded_at": row["recorded_at"].isoformat(),
        "envelope": envelope_of(row),
        "detail_hash": (row["detail_hash"] or b"").hex(),
        "erasable": erasable_of(row) if has_detail else None,
        "salt": (row["detail_salt"] or b"").hex() if has_detail else None,
    }
