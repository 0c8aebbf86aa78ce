"""Log chunks and progress, each written under its fence."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from foundation.ids import uuid7
from foundation.runs import journal, moves
from foundation.runs.job import LeaseLost
from foundation.runs.models import Attempt, LogChunk
from foundation.runs.moves import Lease

NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def test_a_chunk_comes_back_as_its_lines_with_their_times(office):
    id = await office.start("wait")
    async with office.database.transaction() as db:
        run = await moves.claim(db, office.record, run_id=id, attempt=0, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
        await journal.keep_chunk(db, lease, n=1, lines=[(NOW, "one"), (NOW, "two")])
        await journal.keep_chunk(db, lease, n=2, lines=[(NOW, "three")])
        await journal.drop_chunk(db, lease, n=2)
        await journal.keep_progress(db, lease, {"done": 3})

    async with office.database.reading() as db:
        (chunk,) = await db.scalars(select(LogChunk))
        progress = await db.scalar(select(Attempt.progress))
    assert journal.unpack(chunk) == [
        "2026-01-01T00:00:00.000+00:00 one",
        "2026-01-01T00:00:00.000+00:00 two",
    ]
    assert progress == {"done": 3}


async def test_nobody_writes_into_the_log_of_a_run_that_is_not_theirs(office):
    id = await office.start("wait")

    async with office.database.transaction() as db:
        with pytest.raises(LeaseLost):
            await journal.keep_chunk(db, Lease(id, 1, 1), n=1, lines=[(NOW, "one")])
