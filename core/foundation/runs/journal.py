"""What an attempt says while it runs: log chunks and progress, each written under its fence."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from foundation.runs.job import LeaseLost
from foundation.runs.models import Attempt, LogChunk, Run
from foundation.runs.moves import Lease
from foundation.runs.states import BUSY

HEAD_BYTES = TAIL_BYTES = 5 * 1024 * 1024
"""Of a longer log the middle is dropped: 5 MB of its beginning and 5 MB of its end stay."""


def holds(lease: Lease) -> ColumnElement[bool]:
    """Return the condition under which *lease* may write."""
    mine: ColumnElement[bool] = (Run.id == lease.run_id) & (Run.fence == lease.fence)
    return mine & Run.state.in_(BUSY)


async def keep_chunk(
    db: AsyncSession, lease: Lease, *, n: int, lines: Sequence[tuple[datetime, str]]
) -> None:
    """Write chunk *n* of the log; raises `LeaseLost`."""
    text = "".join(f"{at.isoformat(timespec='milliseconds')} {line}\n" for at, line in lines)
    values = {
        "run_id": lease.run_id,
        "attempt": lease.attempt,
        "n": n,
        "first_at": lines[0][0],
        "last_at": lines[-1][0],
        "lines": len(lines),
        "data": zlib.compress(text.encode("utf-8", "replace"), 6),
    }
    table = LogChunk.__table__
    columns = [literal(value, table.c[name].type) for name, value in values.items()]
    await _written(
        db, insert(LogChunk).from_select([*values], select(*columns).where(holds(lease)))
    )


async def drop_chunk(db: AsyncSession, lease: Lease, *, n: int) -> None:
    """Delete chunk *n*, from the middle of a log that has grown too long."""
    await db.execute(
        delete(LogChunk).where(
            LogChunk.run_id == lease.run_id, LogChunk.attempt == lease.attempt, LogChunk.n == n
        )
    )


async def keep_progress(
    db: AsyncSession,
    lease: Lease,
    progress: dict[str, Any],  # JSON
) -> None:
    """Write how far the attempt is; raises `LeaseLost`."""
    mine = select(Run.id).where(holds(lease)).exists()
    await _written(
        db,
        update(Attempt)
        .where(Attempt.run_id == lease.run_id, Attempt.number == lease.attempt, mine)
        .values(progress=literal(progress, JSONB), seen_at=func.now())
        .execution_options(synchronize_session=False),
    )


async def _written(db: AsyncSession, statement: Any) -> None:  # an INSERT or an UPDATE
    result: Any = await db.execute(statement)
    if result.rowcount == 0:
        raise LeaseLost("another attempt writes for this run now")


def unpack(chunk: LogChunk) -> list[str]:
    """Return the lines of a chunk, each with its time in front."""
    return zlib.decompress(chunk.data).decode("utf-8").splitlines()
