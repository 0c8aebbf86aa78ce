"""The job loads a source, and only with the credential that the run names."""

from uuid import UUID, uuid4

import pytest

from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.ids import uuid7
from foundation.runs import events as moved
from foundation.runs import moves
from foundation.runs.handling import RunContext
from foundation.runs.moves import Lease
from foundation.testing.people import SignIn
from foundation_etl import events
from foundation_etl.jobs import load
from foundation_etl.schemas import LoadParams
from foundation_etl.service.read import CannotRead

RECORDER = Recorder(declared([*moved.ALL, *events.ALL]), SystemClock(), "test")
QUERY = {"name": "Query", "kind": "postgres", "content": "SELECT 1", "credential_id": str(uuid4())}


async def test_a_source_is_loaded_in_a_run_and_not_with_another_credential(platform):
    app = await platform("etl")
    operator = await SignIn(app)("operator")
    csv = (await operator.post("/api/etl", {"name": "People", "content": "name\nAda\n"})).json
    query = (await operator.post("/api/etl", QUERY)).json
    asked = {"kind": "etl.load", "params": {"source_id": csv["id"]}}
    run_id = UUID((await operator.post("/api/runs", asked)).json["id"])
    database = app.parts.database

    def record(db, event):
        RECORDER.record(db, event, Source(Actor("system"), "runs", "test"))

    async with database.transaction() as db:
        run = await moves.claim(db, record, run_id=run_id, attempt=0, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
    ctx = RunContext(lease, "etl", Actor("system"), database, RECORDER, lambda _: None)

    assert await load(ctx, LoadParams(source_id=csv["id"])) == {"rows": 1}
    assert (await operator.get(f"/api/etl/{csv['id']}")).json["row_count"] == 1
    with pytest.raises(CannotRead, match="another credential"):
        await load(ctx, LoadParams(source_id=query["id"], credential_id=uuid4()))
