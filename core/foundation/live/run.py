"""One run as it goes: its log chunk by chunk after a place, and how it stands."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.live.said import News, Said
from foundation.runs.journal import unpack
from foundation.runs.models import Attempt, LogChunk, Run

MOST = 4
"""Chunks read at a time, of at most 64 KB each."""


class RunSource:
    """Tells each line of a log once and in order: a place is ``<attempt>.<chunk>``."""

    async def read(self, db: AsyncSession, ref: str, after: str | None) -> News:
        """Return the chunks after *after*, then how the run stands; no place means from now."""
        id = _id(ref)
        row = None if id is None else (await db.execute(_standing(id))).first()
        if id is None or row is None:
            return News((Said("gone", {}),), None)
        place = _chunk(after)
        if place is None:
            newest = await db.scalar(
                select(func.max(LogChunk.n)).where(
                    LogChunk.run_id == id, LogChunk.attempt == row.Run.attempt
                )
            )
            reached = f"{row.Run.attempt}.{newest or 0}"
            return News((_state(row, newest or 0),), reached)
        chunks = await _chunks(db, id, place)
        said = tuple(_log(chunk) for chunk in chunks)
        if len(chunks) == MOST:
            return News(said, said[-1].place, more=True)
        last = chunks[-1] if chunks else None
        n = last.n if last else (place[1] if place[0] == row.Run.attempt else 0)
        return News((*said, _state(row, n)), said[-1].place if said else after)


def _standing(id: UUID) -> Any:  # a SELECT
    newest = and_(Attempt.run_id == Run.id, Attempt.number == Run.attempt)
    return select(Run, Attempt.progress).outerjoin(Attempt, newest).where(Run.id == id)


async def _chunks(db: AsyncSession, id: UUID, place: tuple[int, int]) -> list[LogChunk]:
    after = tuple_(LogChunk.attempt, LogChunk.n) > place
    asked = select(LogChunk).where(LogChunk.run_id == id, after)
    return list(await db.scalars(asked.order_by(LogChunk.attempt, LogChunk.n).limit(MOST)))


def _log(chunk: LogChunk) -> Said:
    data = {"attempt": chunk.attempt, "n": chunk.n, "lines": unpack(chunk)}
    return Said("log", data, f"{chunk.attempt}.{chunk.n}")


def _state(row: Any, n: int) -> Said:  # a row of `_standing`
    run: Run = row.Run
    data = {
        "state": run.state,
        "attempt": run.attempt,
        "progress": row.progress,
        "waits": run.waits,
        "n": n,
    }
    return Said("run", data)


def _id(ref: str) -> UUID | None:
    try:
        return UUID(ref)
    except ValueError:
        return None


def _chunk(place: str | None) -> tuple[int, int] | None:
    attempt, _, n = (place or "").partition(".")
    try:
        return int(attempt), int(n)
    except ValueError:
        return None
