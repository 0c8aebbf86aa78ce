"""A run that lasts only while it is allowed."""

from dataclasses import replace

import pytest

from foundation.ids import uuid7
from foundation.runs import moves
from foundation.runs.entitled import revoke
from foundation.runs.models import Run


@pytest.mark.parametrize(
    ("while_allowed", "is_allowed", "state"),
    [(True, False, "cancelling"), (True, True, "running"), (False, False, "running")],
)
async def test_a_run_ends_when_its_starter_may_not_have_it_any_more(
    office, while_allowed, is_allowed, state
):
    known = office.jobs["trials.wait"]
    jobs = {"trials.wait": replace(known, work=replace(known.work, while_allowed=while_allowed))}
    id, ada = await office.start("wait"), uuid7()
    async with office.database.transaction() as db:
        run = await moves.claim(db, office.record, run_id=id, attempt=0, worker_id=uuid7())
        run.requested_by = ada
    asked = []

    async def may(_db, user_id, kind):
        asked.append((user_id, kind))
        return is_allowed

    ended = await revoke(office.database, office.record, runs=[id], jobs=jobs, may=may)

    assert ended == ([id] if state == "cancelling" else [])
    assert asked == ([(ada, "trials.wait")] if while_allowed else [])
    async with office.database.reading() as db:
        assert (await db.get(Run, id)).state == state
    assert await revoke(office.database, office.record, runs=[id], jobs=jobs, may=None) == []
