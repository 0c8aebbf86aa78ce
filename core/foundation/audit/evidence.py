"""What proves the trail: its newest signed head, and for one event the way from its leaf to it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import AuditRow, EpochRow, HeadRow, LeafRow, PendingRow, TileRow
from foundation.audit.proof.leaf import leaf_bytes
from foundation.audit.proof.tree import (
    consistency_proof,
    inclusion_proof,
    is_included,
    leaf_hash,
)
from foundation.audit.row import LEAF_COLUMNS, envelope_of
from foundation.audit.tiles import Missing, Nodes, Spot, as_tiles, spots_of
from foundation.errors import Conflict, NotFound

MOST_SMALL, MOST_LARGE = 1 << 15, 1 << 63
FORMAT = "c2sp.org/tlog-proof@v1"


class NotSealed(Conflict):
    """409: the event has no proof yet; it will in a moment."""

    code, title = "not_sealed", "Not sealed yet"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the proof of the trail is.

    *broken* says what does not fit in the newest part of the tree; *waiting* events have no leaf
    yet, the oldest of them since *waiting_since*.
    """

    epoch: int
    size: int
    note: str | None
    signed_at: datetime | None
    waiting: int
    waiting_since: datetime | None
    broken: str | None


@dataclass(frozen=True, slots=True)
class Proof:
    """That one event is in the signed log, as text that anybody can check, and whether it is so."""

    event_id: UUID
    leaf_index: int
    size: int
    holds: bool
    text: str


@dataclass(frozen=True, slots=True)
class Consistency:
    """That a tree begins with a smaller one."""

    epoch: int
    proof: list[bytes]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Reads the tree in the session it was made for."""

    db: AsyncSession

    async def standing(self) -> Standing:
        """Return how far the proof is, and whether the newest head is that of the stored tree."""
        waiting, since = (
            await self.db.execute(select(func.count(), func.min(PendingRow.occurred_at)))
        ).one()
        head, signed = await self.head(), await self.head(signed=True)
        return Standing(
            epoch=head.epoch if head else 0,
            size=signed.tree_size if signed else 0,
            note=signed.note if signed else None,
            signed_at=signed.signed_at if signed else None,
            waiting=waiting,
            waiting_since=since,
            broken=await self._fault(head) if head else None,
        )

    async def head(self, *, signed: bool = False, epoch: int | None = None) -> HeadRow | None:
        """Return the newest head, of all or of those that are signed."""
        asked = select(HeadRow).order_by(HeadRow.epoch.desc(), HeadRow.tree_size.desc()).limit(1)
        if signed:
            asked = asked.where(HeadRow.note.is_not(None))
        if epoch is not None:
            asked = asked.where(HeadRow.epoch == epoch)
        found: HeadRow | None = await self.db.scalar(asked)
        return found

    async def origin(self, epoch: int) -> str:
        """Return the name of the log in *epoch*; raises `NotFound`."""
        origin = await self.db.scalar(select(EpochRow.origin).where(EpochRow.epoch == epoch))
        if origin is None:
            raise NotFound("the trail has no such epoch")
        return str(origin)

    async def proof(self, id: UUID) -> Proof:
        """Return the proof of the event *id*; raises `NotSealed` and `NotFound`."""
        leaf = await self.db.scalar(select(LeafRow).where(LeafRow.event_id == id))
        if leaf is None:
            waits = select(PendingRow.event_id).where(PendingRow.event_id == id)
            if await self.db.scalar(waits) is None:
                raise NotFound("no such event in the sealed trail")
            raise NotSealed("The event waits to be sealed; ask again in a few seconds.")
        head = await self.head(signed=True, epoch=leaf.epoch)
        if head is None or head.note is None or head.tree_size <= leaf.leaf_index:
            raise NotSealed("The event is sealed, and its checkpoint is not signed yet.")
        envelope, detail = await self._leaf_of_row(leaf)
        steps = (await self.paths(leaf.epoch, [leaf.leaf_index], head.tree_size))[0]
        data = leaf_bytes(envelope, detail) if envelope is not None else b""
        holds = envelope is not None and _leads(data, leaf, head, steps)
        lines = [base64.b64encode(step).decode() for step in steps]
        extra = base64.b64encode(data).decode()
        body = "\n".join([FORMAT, f"extra {extra}", f"index {leaf.leaf_index}", *lines])
        return Proof(id, leaf.leaf_index, head.tree_size, holds, f"{body}\n\n{head.note}")

    async def consistency(self, old: int, new: int, *, epoch: int | None = None) -> Consistency:
        """Return the proof that the tree of *new* leaves begins with that of *old*.

        Raises `NotFound` where the signed tree is not that large.
        """
        head = await self.head(signed=True, epoch=epoch)
        if head is None or not 0 < old <= new <= head.tree_size:
            raise NotFound("the signed tree has no such sizes")
        spots = spots_of(lambda node: consistency_proof(old, new, node))
        nodes = Nodes(await self.tiles(head.epoch, spots))
        return Consistency(head.epoch, consistency_proof(old, new, nodes))

    async def tile(self, epoch: int, level: int, index: int) -> bytes:
        """Return the hashes of one tile; raises `NotFound`."""
        if max(epoch, level) >= MOST_SMALL or not 0 <= index < MOST_LARGE:
            raise NotFound("the tree has no such tile")
        found = await self.tiles(epoch, {(level, index)})
        if (level, index) not in found:
            raise NotFound("the tree has no such tile")
        return found[level, index]

    async def paths(self, epoch: int, leaves: Sequence[int], size: int) -> list[list[bytes]]:
        """Return the inclusion proof of each of *leaves*; raises `Missing`."""
        spots = spots_of(lambda node: [inclusion_proof(leaf, size, node) for leaf in leaves])
        nodes = Nodes(await self.tiles(epoch, spots))
        return [inclusion_proof(leaf, size, nodes) for leaf in leaves]

    async def tiles(self, epoch: int, spots: set[Spot]) -> dict[Spot, bytes]:
        """Return those of *spots* that are stored."""
        place = tuple_(TileRow.level, TileRow.idx)
        asked = select(TileRow.level, TileRow.idx, TileRow.hashes).where(
            TileRow.epoch == epoch, place.in_(sorted(spots))
        )
        found = await self.db.execute(asked)
        return as_tiles((level, idx, hashes) for level, idx, hashes in found)

    async def _leaf_of_row(self, leaf: LeafRow) -> tuple[dict[str, object] | None, bytes]:
        asked = select(*LEAF_COLUMNS, AuditRow.detail_hash).where(
            AuditRow.event_id == leaf.event_id, AuditRow.occurred_at == leaf.occurred_at
        )
        row = (await self.db.execute(asked)).mappings().one_or_none()
        return (None, b"") if row is None else (envelope_of(row), row["detail_hash"] or b"")

    async def _fault(self, head: HeadRow) -> str | None:
        """Return what is wrong in the newest part: its last leaf does not lead to its head."""
        last = await self.db.scalar(
            select(LeafRow).where(
                LeafRow.epoch == head.epoch, LeafRow.leaf_index == head.tree_size - 1
            )
        )
        if last is None:
            return f"leaf {head.tree_size - 1} is missing"
        try:
            steps = (await self.paths(head.epoch, [last.leaf_index], head.tree_size))[0]
        except Missing as gone:
            return f"{gone} is missing"
        size, root = head.tree_size, head.root
        if not is_included(last.leaf_hash, last.leaf_index, size, steps, root):
            return f"the stored tree does not have the root of its head of {size} leaves"
        return None


def _leads(data: bytes, leaf: LeafRow, head: HeadRow, steps: list[bytes]) -> bool:
    hash = leaf_hash(data)
    return is_included(hash, leaf.leaf_index, head.tree_size, steps, head.root)
