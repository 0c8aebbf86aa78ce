"""Signs committed heads, never others, and hands the notes on beyond the database's reach."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.models import EpochRow, HeadRow
from foundation.audit.proof.note import Checkpoint, NoteRefused, Verifier, open_note, read_notes
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

    *notes* is a file to which each note is added; it belongs outside the reach of whoever rules
    the database. Without *signs* nothing is signed here; *is_expected* says that somebody should.
    """

    database: Database
    clock: Clock
    signs: Signs | None
    notes: Path | None = None
    is_expected: bool = True
    _told: float = field(default=-TELL_EVERY_S, init=False)

    async def publish(self) -> int:
        """Sign and publish what waits for it; returns how many notes were made."""
        if self.signs is None:
            return 0
        made = list[str]()
        async with self.database.transaction() as db:
            for head, origin in await _unsigned(db):
                note = self.signs.signed(Checkpoint(origin, head.tree_size, head.root).body())
                if await self._keep(db, head, note):
                    made.append(note)
        if made:
            self._hand_on(made[-1])
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

    def _hand_on(self, note: str) -> None:
        """Publish the newest note: it stands for all before it."""
        if self.notes is not None:
            try:
                append_note(self.notes, note)
            except OSError as refused:
                logger().error("audit_note_not_written", reason=refused.strerror)
        now = time.monotonic()
        if now - self._told >= TELL_EVERY_S:
            self._told = now
            logger().info("audit_checkpoint", note=note)

    def newest_outside(self) -> Checkpoint | None:
        """Return the newest note of ours in the file, or None; raises `NoteRefused`."""
        if self.signs is None or self.notes is None or not self.notes.is_file():
            return None
        found = read_notes(self.notes.read_text("utf-8"))
        return open_note(found[-1], self.signs.verifiers) if found else None


def append_note(path: Path, note: str) -> None:
    """Add *note* to the file at *path* in one write, and see it to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, f"{note}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


async def _unsigned(db: AsyncSession) -> list[tuple[HeadRow, str]]:
    asked = (
        select(HeadRow, EpochRow.origin)
        .join(EpochRow, EpochRow.epoch == HeadRow.epoch)
        .where(HeadRow.note.is_(None))
        .order_by(HeadRow.epoch, HeadRow.tree_size)
        .limit(AT_ONCE)
    )
    return [(head, origin) for head, origin in await db.execute(asked)]


__all__ = ["KeyFile", "NoteRefused", "Publisher", "Signs", "append_note"]
