"""Streams of a running Foundation: what they tell, whom they refuse, and when they end."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from foundation.auth.permissions import Role

CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'foundation/live' AND datname = current_database()
"""


async def seal(app):
    while await app.parts.sealer.seal():
        pass


async def refusals(viewer, following):
    async with following(viewer, "runs.run", "audit") as page:
        assert (await page.next("open"))["data"] == {"refused": ["audit"]}
    assert (await viewer.get("/api/live?topics=audit")).status == 403
    assert (await viewer.get("/api/live?topics=nobody.knows")).status == 403
    assert (await viewer.get("/api/live?topics=Not%20a%20topic")).status == 422
    assert (await viewer.send("HEAD", "/api/live?topics=runs.run")).status == 400
    elsewhere = await viewer.get("/api/live?topics=runs.run", headers={"origin": "https://evil"})
    assert elsewhere.status == 403


async def far_more_than_connections(sign_in, following):
    async with AsyncExitStack() as pages:
        people = [await sign_in("operator", name=name) for name in ("ada", "bob", "cid")]
        for client in people:
            for _ in range(6):
                one = await pages.enter_async_context(following(client, "runs.run", "audit"))
                await one.next("place")
        assert (await people[0].get("/api/live?topics=runs.run")).status == 429  # a seventh
        assert (await people[0].get("/api/runs")).status == 200


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a063_what_a_stream_tells_whom_and_until_when(product, sign_in, following):
    """One Foundation, because a start costs more than all that is asked of it here."""
    admin, viewer = await sign_in("admin"), await sign_in("viewer")
    leaver = await sign_in("operator", name="leaver")

    async with following(admin, "runs.run", "audit") as page, following(leaver, "runs.run") as last:
        opened = await page.next("open")
        await page.next("place")
        changed = await page.next("changed")
        await leaver.post("/api/auth/logout", json={})
        await seal(product)
        told = await page.next("events")
        ended = await last.next("end")
        await last.over.wait()

    assert page.status == 200
    assert page.headers["content-type"] == "text/event-stream"
    assert page.headers["cache-control"] == "no-cache, no-transform"
    assert page.headers["x-accel-buffering"] == "no"
    assert "content-length" not in page.headers
    assert opened["data"] == {"refused": []}
    assert changed["topic"] == "runs.run"
    assert "accounts.session.ended" in [event["type"] for event in told["data"]["events"]]
    assert page.places.startswith("audit=1.")
    assert ended["data"] == {"reason": "session"}

    # Each topic asks for its own right; only what leaves nothing is refused as a whole.
    await refusals(viewer, following)

    # A right that is taken away ends its topic and no other.
    operator = await sign_in("operator", name="demoted")
    async with following(operator, "runs.run", "audit") as page:
        await page.next("place")
        await sign_in("viewer", name="demoted")  # the same person, with another role
        product.parts.live.hub.wake_all()
        lost = await page.next("refused")
    assert lost["data"] == {"refused": ["audit"]}

    # Nothing is held for a client, and requests go on.
    await far_more_than_connections(sign_in, following)

    # A drain ends them at once, and lets nobody in who would wait.
    async with following(admin, "runs.run") as page:
        await page.next("changed")
        product.drain()
        assert (await page.next("end"))["data"] == {"reason": "drain"}
        async with asyncio.timeout(60):
            await page.over.wait()


async def test_the_tail_of_the_trail_cut_and_resumed_misses_and_repeats_nothing(
    platform, product, sign_in, following
):
    """A13.38: also across workers, and when the listener's connection is cut in the meantime."""
    database = product.parts.database
    other = await platform(
        "audit", FOUNDATION_DATABASE_URL=product.parts.settings.database_url.reveal()
    )
    admin = await sign_in("admin")
    elsewhere = admin.copy()
    elsewhere.app = type(sign_in)(other).app.asgi
    heard = []

    async def happen(count):
        for _ in range(count):
            await sign_in(Role.VIEWER, name="somebody")
        await seal(product)

    async def hear(page, count):
        while count > 0:
            told = await page.next("events")
            heard.extend(event["id"] for event in told["data"]["events"])
            count -= len(told["data"]["events"])

    await seal(product)
    async with following(elsewhere, "audit") as page:
        await page.next("place")
        await happen(4)
        await hear(page, 4)
    await happen(4)
    async with following(admin, "audit", after=page.places) as again:
        await hear(again, 4)
        async with database.transaction() as db:
            await db.execute(text(CUT))
        await happen(4)
        await hear(again, 4)

    async with database.reading() as db:
        sealed = list(
            await db.scalars(
                text(
                    "SELECT event_id::text FROM foundation.audit_leaves ORDER BY epoch, leaf_index"
                )
            )
        )
    assert heard == sealed[-12:]
