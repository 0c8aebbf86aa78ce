"""B7.25: a live log cut and resumed shows each line once, in order, whatever becomes of Redis."""

from datetime import UTC, datetime

from foundation.audit.actor import Actor, Source
from foundation.auth.principal import SYSTEM
from foundation.ids import uuid7
from foundation.live.run import RunSource
from foundation.runs import events, journal, moves
from foundation.runs.models import Run
from foundation.testing.people import SignIn


async def begin(app):
    """Put a run under way as its worker would, and return the right to write for it."""
    database, worker = app.parts.database, uuid7()

    def record(db, event):
        app.parts.recorder.record(db, event, Source(Actor(SYSTEM.kind), "runs", "test"))

    async with database.transaction() as db:
        run = Run(id=uuid7(), kind="t.t", kind_version=1, plugin="t", title="T", params={})
        run.timeout_s, run.max_attempts = 60, 3
        db.add(run)
        record(db, events.REQUESTED(events.about(run.id, "T"), kind="t.t"))
    async with database.transaction() as db:
        run = await moves.claim(db, record, run_id=run.id, attempt=0, worker_id=worker)
    return moves.Lease(run.id, run.attempt, run.fence)


async def say(app, lease, n, *lines):
    async with app.parts.database.transaction() as db:
        stamped = [(datetime.now(UTC), line) for line in lines]
        await journal.keep_chunk(db, lease, n=n, lines=stamped)


async def test_a_log_cut_and_resumed_shows_each_line_once_with_redis_on_flushed_and_off(
    platform, valkey, following
):
    app = await platform(FOUNDATION_REDIS_URL=valkey.url)
    viewer = await SignIn(app)("viewer")
    lease = await begin(app)
    topic, seen = f"runs.run:{lease.run_id}", []

    async def hear(page, until):
        while not (seen and seen[-1] == until):
            told = await page.next("log")
            seen.extend(line.partition(" ")[2] for line in told["data"]["lines"])

    await say(app, lease, 1, "one", "two")
    async with following(viewer, topic, after=f"{topic}=0.0") as page:
        await hear(page, "two")
        await say(app, lease, 2, "three")
        await hear(page, "three")
        state = await page.next("run")
    await say(app, lease, 3, "four")
    valkey.command("FLUSHALL")
    async with following(viewer, topic, after=page.places) as page:
        await hear(page, "four")
        valkey.stop()
        for n in range(4, 14):
            await say(app, lease, n, f"line {n}")
        await hear(page, "line 13")

    assert seen == ["one", "two", "three", "four", *(f"line {n}" for n in range(4, 14))]
    assert (state["data"]["state"], state["data"]["n"]) == ("running", 2)


async def test_a_run_nobody_knows_is_told_as_gone(core_database):
    async with core_database.reading() as db:
        for ref in ("no-id", str(uuid7())):
            assert [said.kind for said in (await RunSource().read(db, ref, None)).said] == ["gone"]
