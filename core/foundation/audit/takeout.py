"""The whole trail in the forms that others read, piece by piece: for a run, in bounded memory."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.evidence import Evidence, NotSealed
from foundation.audit.export import Line, proved, whole
from foundation.audit.handout import PAGE, Form, as_csv, as_ocsf, joined
from foundation.audit.models import HeadRow, PendingRow
from foundation.audit.reader import Entry, Trail, TrailFilter
from foundation.audit.stretches import Stretches, stretches

LINES = 1_000
"""Lines in a piece."""

SETTLES_S, STEP_S = 5.0, 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of what is taken out; put together in their order they are the whole."""

    text: str
    events: int


@dataclass(frozen=True, slots=True)
class Takeout:
    """Takes the trail out, in the session it was made for."""

    db: AsyncSession

    async def stretches(self, filter: TrailFilter) -> Stretches:
        """Return *filter* for each stretch of the trail, newest first, up to now."""
        return await stretches(self.db, filter)

    async def count(self, parts: Stretches) -> int:
        """Return how many events *parts* find."""
        return sum([await Trail(self.db).count(part, most=None) for part in parts])

    async def pieces(self, parts: Stretches, form: Form) -> AsyncIterator[Piece]:
        """Give all that *parts* find, in their order; raises `NotSealed` for a form with proofs."""
        if form == "ndjson":
            async for piece in self._proved(parts):
                yield piece
            return
        if form == "csv":
            yield Piece(as_csv(()), 0)
        async for entries in self._pages(parts):
            lines = (json.dumps(as_ocsf(entry), ensure_ascii=False) for entry in entries)
            text = as_csv(entries, headed=False) if form == "csv" else joined(lines)
            yield Piece(text, len(entries))

    async def heads(self) -> list[HeadRow]:
        """Return the newest signed head of each epoch; raises `NotSealed` where there is none."""
        newest = distinct_on(HeadRow.epoch)
        signed = select(HeadRow).where(HeadRow.note.is_not(None)).ext(newest)
        rows = await self.db.scalars(signed.order_by(HeadRow.epoch, HeadRow.tree_size.desc()))
        if found := list(rows):
            return found
        raise NotSealed("No head of the trail is signed yet.")

    async def everything(self, head: HeadRow) -> AsyncIterator[Piece]:
        """Give every leaf of *head* with its tiles, oldest first: one proof is that of them all."""
        async for piece in _by_pieces(whole(self.db, head)):
            yield piece

    async def settled(self, *, within_s: float = SETTLES_S) -> bool:
        """Tell whether all that waits now for its proof has it, at the latest in *within_s* s."""
        newest = PendingRow.event_id.desc()
        waits = await self.db.scalar(select(PendingRow.event_id).order_by(newest).limit(1))
        for _ in range(int(within_s / STEP_S)):
            if await self._is_settled(waits):
                return True
            await asyncio.sleep(STEP_S)
        return await self._is_settled(waits)

    async def _is_settled(self, waits: UUID | None) -> bool:
        if waits is not None:
            left = select(PendingRow.event_id).where(PendingRow.event_id <= waits).limit(1)
            if await self.db.scalar(left) is not None:
                return False
        head = await Evidence(self.db).head()
        return head is None or head.note is not None

    async def _proved(self, parts: Stretches) -> AsyncIterator[Piece]:
        head = await Evidence(self.db).head(signed=True)
        if head is None:
            raise NotSealed("No head of the trail is signed yet.")

        async def pages() -> AsyncIterator[list[UUID]]:
            async for entries in self._pages(parts):
                yield [entry.id for entry in entries]

        async for piece in _by_pieces(proved(self.db, head, pages())):
            yield piece

    async def _pages(self, parts: Stretches) -> AsyncIterator[list[Entry]]:
        for part in parts:
            cursor, is_over = None, False
            while not is_over:
                entries, cursor = await Trail(self.db).page(part, limit=PAGE, cursor=cursor)
                is_over = cursor is None
                if entries:
                    yield entries


async def _by_pieces(told: AsyncIterator[Line]) -> AsyncIterator[Piece]:
    lines, count = list[str](), 0
    async for line in told:
        lines.append(json.dumps(line, ensure_ascii=False))
        count += line["kind"] == "event"
        if len(lines) >= LINES:
            yield Piece(joined(lines), count)
            lines, count = [], 0
    yield Piece(joined(lines), count)
