"""The sealer: gives each committed event its place in the tree. Every worker is a candidate."""

from dataclasses import dataclass, field
from typing import NoReturn
from uuid import UUID

from sqlalchemy import RowMapping, delete, func, insert, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Target
from foundation.audit.mac import Macs
from foundation.audit.models import AuditRow, EpochRow, HeadRow, LeafRow, PendingRow, TileRow
from foundation.audit.own import REJECTED
from foundation.audit.proof.leaf import leaf_of
from foundation.audit.proof.note import NoteRefused
from foundation.audit.record import Recorder
from foundation.audit.row import LEAF_COLUMNS, envelope_of
from foundation.audit.signer import Publisher
from foundation.audit.tiles import Growth, as_tiles, right_edge
from foundation.db.engine import Database
from foundation.telemetry.logging import logger
from foundation.telemetry.resources import tell_lead

LOCK = 0x666E_645F_7365_616C  # "fnd_seal"
BATCH = 5_000
NO_HASH = bytes(32)

Seen = tuple[int, int, bytes]
"""The epoch, size and root of a head."""


class Halted(Exception):
    """The tree in the database does not extend what was seen of it: nothing more is sealed."""


@dataclass(slots=True)
class Sealer:
    """Seals what waits; *origin* is the name of this log without its epoch.

    All it knows of the tree it reads each time, so whoever holds the lock goes on where another
    stopped. *halted* says why it does not seal any more; what people do still goes on. *broken*
    says what the last look at the stored tree found.
    """

    database: Database
    recorder: Recorder
    macs: Macs
    publisher: Publisher
    origin: str
    halted: str | None = None
    broken: str | None = None
    _seen: Seen | None = field(default=None, init=False)

    async def seal(self, *, batch: int = BATCH) -> int:
        """Give up to *batch* waiting events their leaves, and return how many.

        0 when nothing waits or another worker is at it. Raises `Halted`.
        """
        if self.halted is not None:
            raise Halted(self.halted)
        async with self.database.transaction() as db:
            if not await db.scalar(select(func.pg_try_advisory_xact_lock(LOCK))):
                return 0
            tell_lead("sealer")
            head = await current_head(db, self.origin)
            growth = await grow_from(db, head)
            await self._check(db, head, growth)
            sealed = await self._append(db, head.epoch, growth, batch)
        if sealed:
            self._seen = (head.epoch, growth.size, growth.root())
        return sealed

    async def _append(self, db: AsyncSession, epoch: int, growth: Growth, batch: int) -> int:
        rows = await _take(db, batch)
        if not rows:
            return 0
        leaves = [self._leaf(db, row) for row in rows]
        await append(db, epoch, growth, leaves)
        return len(leaves)

    def _leaf(self, db: AsyncSession, row: RowMapping) -> dict[str, object]:
        """Return the leaf of a taken row: a bad row has one too, and an event that says so."""
        fault, hash = None, row["promised"] or NO_HASH
        if row["present"] is None:
            fault = "the row was removed before it was sealed"
        else:
            hash = leaf_of(envelope_of(row), row["detail_hash"] or b"")
            if not self.macs.holds(row["mac_key_id"], hash, row["mac"]):
                fault = "the row was altered, or not written by Foundation"
        if fault is not None:
            self._reject(db, row["taken"], fault)
        return {
            "event_id": row["taken"],
            "occurred_at": row["taken_at"],
            "leaf_hash": hash,
        }

    def _reject(self, db: AsyncSession, id: UUID, fault: str) -> None:
        logger().error("audit_row_rejected", event_id=str(id), fault=fault)
        event = REJECTED(Target("event", str(id)), event_id=str(id), fault=fault)
        self.recorder.record(db, event, Source(Actor("system"), "audit", str(ids.uuid7())))

    async def _check(self, db: AsyncSession, head: HeadRow, growth: Growth) -> None:
        """Halt unless the head extends what this process, and the notes outside, have seen."""
        if growth.root() != head.root:
            self._halt("the tiles do not have the root of the newest head")
        if self._seen is not None and not await extends(db, head, self._seen):
            self._halt("the tree is shorter than, or other than, what this process saw before")
        try:
            outside = self.publisher.newest_outside()
        except (NoteRefused, OSError) as refused:
            self._halt(f"the newest note outside the database cannot be trusted: {refused}")
        if outside is None:
            return
        base, _, epoch = outside.origin.rpartition("/e")
        is_ours = base == self.origin and epoch.isdecimal()
        if not is_ours or not await extends(db, head, (int(epoch), outside.size, outside.root)):
            self._halt("the tree does not extend the newest note outside: was a backup restored?")

    def _halt(self, reason: str) -> NoReturn:
        self.halted = reason
        logger().error("audit_sealing_halted", reason=reason, mend="foundation audit epoch")
        raise Halted(reason)


async def current_head(db: AsyncSession, origin: str) -> HeadRow:
    """Return the newest head; the first epoch is opened, empty, when there is none."""
    epoch = await db.scalar(select(func.max(EpochRow.epoch)))
    if epoch is None:
        epoch = 1
        first = EpochRow(epoch=epoch, origin=f"{origin}/e{epoch}", reason="the first")
        db.add(first)
        await db.flush()
    newest = select(HeadRow).where(HeadRow.epoch == epoch).order_by(HeadRow.tree_size.desc())
    head = await db.scalar(newest.limit(1))
    return head or HeadRow(epoch=epoch, tree_size=0, root=Growth(0, {}).root())


async def grow_from(db: AsyncSession, head: HeadRow) -> Growth:
    """Return the tree of *head*, ready to grow; raises `Halted` when a tile is missing."""
    place = tuple_(TileRow.level, TileRow.idx)
    asked = select(TileRow.level, TileRow.idx, TileRow.hashes).where(
        TileRow.epoch == head.epoch, place.in_(right_edge(head.tree_size))
    )
    found = as_tiles((level, idx, hashes) for level, idx, hashes in await db.execute(asked))
    try:
        return Growth.at(head.tree_size, found)
    except KeyError as gone:
        raise Halted(f"the tile {gone} is missing") from None


async def append(
    db: AsyncSession, epoch: int, growth: Growth, leaves: list[dict[str, object]]
) -> None:
    """Write *leaves*, the tiles they change, and the head over all, unsigned.

    A second sealer that got here all the same fails on a unique key.
    """
    first = growth.size
    for at, leaf in enumerate(leaves):
        leaf |= {"epoch": epoch, "leaf_index": first + at}
        hash = leaf["leaf_hash"]
        assert isinstance(hash, bytes)
        growth.push(hash)
    await db.execute(insert(LeafRow), leaves)
    tiles = [
        {"epoch": epoch, "level": level, "idx": idx, "hashes": hashes}
        for (level, idx), hashes in sorted(growth.changed.items())
    ]
    await db.execute(_GROW, tiles)
    db.add(HeadRow(epoch=epoch, tree_size=growth.size, prev_size=first, root=growth.root()))
    await db.flush()


_TILE = pg_insert(TileRow)
_GROW = _TILE.on_conflict_do_update(
    index_elements=["epoch", "level", "idx"], set_={"hashes": _TILE.excluded.hashes}
)


async def extends(db: AsyncSession, head: HeadRow, seen: Seen) -> bool:
    """Tell whether the tree of *head* goes on from the head *seen*."""
    epoch, size, root = seen
    if epoch < head.epoch:
        return True
    if epoch > head.epoch or size > head.tree_size:
        return False
    kept = select(HeadRow.root).where(HeadRow.epoch == epoch, HeadRow.tree_size == size)
    return bool(await db.scalar(kept) == root)


async def _take(db: AsyncSession, batch: int) -> list[RowMapping]:
    """Take the oldest waiting events out of the queue, each with its row, in their order."""
    oldest = select(PendingRow.event_id).order_by(PendingRow.event_id).limit(batch)
    taken = (
        delete(PendingRow)
        .where(PendingRow.event_id.in_(oldest))
        .returning(PendingRow.event_id, PendingRow.occurred_at, PendingRow.leaf_hash)
        .cte("taken")
    )
    log = AuditRow.__table__.c
    asked = (
        select(
            taken.c.event_id.label("taken"),
            taken.c.occurred_at.label("taken_at"),
            taken.c.leaf_hash.label("promised"),
            log.recorded_at.label("present"),
            *(log[column.key] for column in LEAF_COLUMNS),
            log.detail_hash,
            log.mac,
            log.mac_key_id,
        )
        .select_from(taken)
        .outerjoin(
            AuditRow.__table__,
            (log.occurred_at == taken.c.occurred_at) & (log.event_id == taken.c.event_id),
        )
        .order_by(taken.c.event_id)
    )
    return list((await db.execute(asked)).mappings())


async def add_months(db: AsyncSession, *, ahead: int = 3) -> int:
    """Make the months to come of the trail, and return how many were missing."""
    asked = text("SELECT foundation.audit_add_months((now() - interval '1 day')::date, :ahead)")
    return int(await db.scalar(asked, {"ahead": ahead}) or 0)
