"""The job of this section needs nobody: it is scheduled, and does its two pieces in one go."""

from sqlalchemy import text

from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.ids import uuid7
from foundation.runs import events as moved
from foundation.runs import moves
from foundation.runs.handling import RunContext
from foundation.runs.moves import Lease
from foundation_credentials import events
from foundation_credentials.jobs import UPKEEP, Nothing, upkeep

RECORDER = Recorder(declared([*moved.ALL, *events.ALL]), SystemClock(), "test")
SOURCE = Source(Actor("system"), "runs", "test")


async def test_what_was_deleted_is_destroyed_and_what_expires_is_told(
    operator, crm, gate, database, told
):
    await operator.delete(f"/api/creds/{gate['id']}", if_match=1)
    soon = {"expires_at": "2020-01-01T00:00:00Z"}
    await operator.patch(f"/api/creds/{crm['id']}", soon, if_match=1)
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await db.execute(
            text("UPDATE credentials.creds SET deleted_at = deleted_at - interval '8 d'")
        )
    asked = await operator.post("/api/runs", {"kind": "credentials.upkeep", "params": {}})
    assert asked.status == 201, asked.text

    def record(db, event):
        RECORDER.record(db, event, SOURCE)

    async with database.transaction() as db:
        run = await moves.claim(db, record, run_id=asked.json["id"], attempt=0, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
    ctx = RunContext(lease, "credentials", Actor("system"), database, RECORDER, lambda _: None)

    assert await upkeep(ctx, Nothing()) == {"destroyed": 1, "reminded": 1}
    assert len(await told("credentials.credential.shredded")) == 1
    (due,) = await told("credentials.credential.due")
    assert due["detail"] == {"what": "expires", "days": 0}
    assert UPKEEP.schedule is not None
