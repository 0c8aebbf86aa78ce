"""Signs committed heads, never others, and hands the notes on beyond the database's reach."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import EpochRow, HeadRow
from foundation.audit.outside import Outside
from foundation.audit.proof.note import Checkpoint, NoteRefused, Verifier
from foundation.clock import Clock
from foundation.crypto.signing import SigningKey
from foundation.db.engine import Database
from foundation.telemetry.logging import logger

TELL_EVERY_S = 600.0
AT_ONCE = 100


class Signs(Protocol):
    """Whoever can sign a note: a file of keys here, a device or another host elsewhere."""

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """The public halves."""

    def signed(self, body: str) -> str:
        """Return the note of *body*, signed by every key."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Signs with keys in memory; while two are in the file both sign: so one replaces another."""

    name: str
    keys: Sequence[SigningKey]

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """The public halves."""
        return tuple(Verifier(self.name, key.public) for key in self.keys)

    def signed(self, body: str) -> str:
        """Return the note of *body*, signed by every key."""
        message = body.encode()
        pairs = zip(self.verifiers, self.keys, strict=True)
        return body + "\n" + "".join(known.line(key.sign(message)) for known, key in pairs)


@dataclass(slots=True)
class Publisher:
    """Signs what is committed and unsigned, oldest first, and publishes it.

    *outside* is where notes go beyond the reach of whoever rules the database. Without *signs*
    nothing is signed here; *is_expected* says that somebody should.
    """

    database: Database
    clock: Clock
    signs: Signs | None
    outside: Outside = field(default_factory=Outside)
    is_expected: bool = True
    _told: float = field(default=-TELL_EVERY_S, init=False)

    async def publish(self) -> int:
        """Sign and publish what waits for it; returns how many notes were made."""
        if self.signs is None:
            return 0
        made = list[tuple[HeadRow, str]]()
        async with self.database.transaction() as db:
            for head, origin in await _unsigned(db):
                note = self.signs.signed(Checkpoint(origin, head.tree_size, head.root).body())
                if await self._keep(db, head, note):
                    made.append((head, note))
        if made:
            self._hand_on(*made[-1])
        return len(made)

    async def _keep(self, db: AsyncSession, head: HeadRow, note: str) -> bool:
        kept = (
            update(HeadRow)
            .where(HeadRow.epoch == head.epoch, HeadRow.tree_size == head.tree_size)
            .where(HeadRow.note.is_(None))
            .values(note=note, signed_at=self.clock.now())
            .returning(HeadRow.tree_size)
            .execution_options(synchronize_session=False)
        )
        return await db.scalar(kept) is not None

    def _hand_on(self, head: HeadRow, note: str) -> None:
        """Publish the newest note: it stands for all before it."""
        now, outside = time.monotonic(), self.outside
        is_time = now - self._told >= TELL_EVERY_S
        try:
            if outside.file is not None:
                outside.file.keep(note)
            if is_time and outside.folder is not None:
                outside.folder.keep(note, head.epoch, head.tree_size)
        except OSError as refused:
            logger().error("audit_note_not_written", reason=refused.strerror)
        if is_time:
            self._told = now
            logger().info("audit_checkpoint", note=note)

    def newest_outside(self) -> Checkpoint | None:
        """Return the newest note of ours outside, or None; raises `NoteRefused` and `OSError`."""
        return None if self.signs is None else self.outside.newest(self.signs.verifiers)


async def _unsigned(db: AsyncSession) -> list[tuple[HeadRow, str]]:
    asked = (
        select(HeadRow, EpochRow.origin)
        .join(EpochRow, EpochRow.epoch == HeadRow.epoch)
        .where(HeadRow.note.is_(None))
        .order_by(HeadRow.epoch, HeadRow.tree_size)
        .limit(AT_ONCE)
    )
    return [(head, origin) for head, origin in await db.execute(asked)]


__all__ = ["KeyFile", "NoteRefused", "Publisher", "Signs"]
