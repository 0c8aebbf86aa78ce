"""The jobs of accounts: each does its part once, with its event, and nothing the second time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from foundation.audit.actor import Actor, Source
from foundation.auth.models import ApiToken, Session
from foundation.builtin.accounts.jobs import FORGET, WARN_OF_TOKENS, Nothing
from foundation.ids import uuid7
from foundation.runs.handling import RunContext
from foundation.runs.moves import Lease, claim


async def test_a_token_near_its_end_is_told_once(client_as, app, kit, events) -> None:
    admin = await client_as("admin")
    end = (datetime.now(UTC) + timedelta(days=13)).isoformat()
    body = {"name": "ci", "scopes": ["accounts:user:read"], "expires_at": end}
    made = (await admin.post("/api/me/tokens", body)).json
    assert await _run(app, admin) == {"tokens": 0}

    await _shorten(app, kit, made["id"])

    assert [await _run(app, admin), await _run(app, admin)] == [{"tokens": 1}, {"tokens": 0}]
    (told,) = await events("accounts.token.expiring")
    assert (told.target.id, told.plugin) == (made["id"], "accounts")
    assert (told.detail["days"], told.detail["owner"]) == (7, "Admin")


async def test_sessions_that_are_long_over_are_forgotten_with_one_event(
    client_as, app, kit, events
) -> None:
    admin, other = await client_as("admin"), await client_as("viewer")
    assert await _run(app, admin, FORGET) == {"sessions": 0}
    assert await events("accounts.sessions.forgotten") == []
    async with app.parts.database.transaction() as db:
        long_ago = func.now() - timedelta(days=40)
        mine = select(Session.user_id).order_by(Session.created_at).limit(1).scalar_subquery()
        await db.execute(update(Session).where(Session.user_id != mine).values(expires_at=long_ago))
        await kit.audited(db)

    assert [await _run(app, admin, FORGET) for _ in range(2)] == [{"sessions": 1}, {"sessions": 0}]
    (told,) = await events("accounts.sessions.forgotten")
    assert told.detail == {"sessions": 1}
    assert (await admin.get("/api/me/sessions")).status == 200
    assert (await other.get("/api/me/sessions")).status == 401


async def _run(app, admin, job=WARN_OF_TOKENS) -> dict[str, int]:
    """Start the job as a person does, and do what its worker would."""
    started = await admin.post("/api/runs", {"kind": job.kind, "params": {}})
    assert started.status == 201, started.text
    parts = app.parts

    def record(db, event) -> None:
        parts.recorder.record(db, event, Source(Actor("system"), "runs", "test"))

    async with parts.database.transaction() as db:
        run = await claim(db, record, run_id=started.json["id"], attempt=0, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
    context = RunContext(
        lease, "accounts", Actor("system"), parts.database, parts.recorder, lambda _: None
    )
    return await job.run(context, Nothing())


async def _shorten(app, kit, id: str) -> None:
    async with app.parts.database.transaction() as db:
        end = func.now() + timedelta(days=5)
        await db.execute(update(ApiToken).where(ApiToken.id == UUID(id)).values(expires_at=end))
        await kit.audited(db)
